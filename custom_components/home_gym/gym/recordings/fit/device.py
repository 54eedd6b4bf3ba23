"""Recording device of a FIT file."""

from dataclasses import dataclass
from typing import Self

from .layout import Message
from .products import GARMIN
from .profile import MANUFACTURERS, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A recording device, named by the file, or by its number if it is a known model of Garmin's."""

    name: str | None
    manufacturer: str | None
    serial_number: str | None

    @classmethod
    def read(cls, identity: Message, watch: Message) -> Self:
        """Read a device from the file's identity, completed by the watch's own device message."""
        numbers = watch.numbers | identity.numbers
        manufacturer = MANUFACTURERS.get(int(numbers.get(Key.MANUFACTURER, 0)))
        product, serial = numbers.get(Key.PRODUCT), numbers.get(Key.SERIAL_NUMBER)
        name = identity.texts.get(Key.PRODUCT_NAME) or watch.texts.get(Key.PRODUCT_NAME)
        if name is None and manufacturer and product is not None:
            model = GARMIN.get(int(product)) if manufacturer == "Garmin" else None
            name = model or f"{manufacturer} {int(product)}"
        return cls(
            name=name,
            manufacturer=manufacturer,
            serial_number=None if serial is None else str(int(serial)),
        )
