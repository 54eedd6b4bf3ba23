"""Fields of a pair of shoes; distances are stored in metres and shown in the home's unit."""

from collections.abc import Sequence
from datetime import date

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig, NumberSelectorMode, SelectSelectorMode

from ..const import CONF_BRAND, CONF_INSOLES_SINCE, CONF_MODEL, CONF_PRICE, CONF_RETIRED
from ..gym.runs.activity import Surface
from ..gym.shoes.shoe import Arch, Insoles, Shoe
from .field import OptionField
from .selectors import color, day, distance, lines, one_of, some_of, switch, text

MAX_SHOE_DISTANCE = 5000


def _price(hass: HomeAssistant) -> NumberSelector:
    return NumberSelector(
        NumberSelectorConfig(min=0, step="any", mode=NumberSelectorMode.BOX, unit_of_measurement=hass.config.currency)
    )


def _surfaces(stored: list[str]) -> frozenset[Surface]:
    return frozenset(Surface(surface) for surface in stored)


def _hex(stored: Sequence[int]) -> str:
    """Return a color of red, green and blue, 0 to 255 each, as CSS writes it."""
    return f"#{bytes(stored).hex()}"


FIRST_USED = OptionField(
    key="first_used", section="wear", selector=day, in_diagnostics=True, settings=Shoe, parse=date.fromisoformat
)
INITIAL_DISTANCE = OptionField(
    key="initial_distance", section="wear", selector=distance(MAX_SHOE_DISTANCE), in_diagnostics=True, settings=Shoe
)
WARN_AT = OptionField(
    key="warn_at", section="wear", selector=distance(MAX_SHOE_DISTANCE), in_diagnostics=True, settings=Shoe
)
REPLACE_AT = OptionField(
    key="replace_at", section="wear", selector=distance(MAX_SHOE_DISTANCE), in_diagnostics=True, settings=Shoe
)
RETIRED = OptionField(
    key=CONF_RETIRED,
    selector=day,
    is_required=False,
    in_diagnostics=True,
    settings=Shoe,
    parse=date.fromisoformat,
)
SURFACES = OptionField(
    key="surfaces",
    section="wear",
    selector=some_of(Surface, "surfaces"),
    is_required=False,
    in_diagnostics=True,
    settings=Shoe,
    parse=_surfaces,
)
BRAND = OptionField(key=CONF_BRAND, section="purchase", selector=text, is_required=False)
MODEL = OptionField(key=CONF_MODEL, section="purchase", selector=text, is_required=False)
COLOR = OptionField(key="color", section="purchase", selector=color, is_required=False, settings=Shoe, parse=_hex)
PURCHASED = OptionField(key="purchased", section="purchase", selector=day, is_required=False)
PRICE = OptionField(key=CONF_PRICE, section="purchase", selector=_price, is_required=False, settings=Shoe)
INSOLES_SINCE = OptionField(
    key=CONF_INSOLES_SINCE,
    section="fit",
    selector=day,
    is_required=False,
    settings=Insoles,
    attribute="first_used",
    parse=date.fromisoformat,
)
INSOLES_REPLACE_AT = OptionField(
    key="insoles_replace_at",
    section="fit",
    selector=distance(MAX_SHOE_DISTANCE),
    is_required=False,
    settings=Insoles,
    attribute="replace_at",
)
FITTED = OptionField(
    key="fitted", section="fit", selector=day, is_required=False, settings=Shoe, parse=date.fromisoformat
)
ARCH = OptionField(
    key="arch",
    section="fit",
    selector=one_of(Arch, "arch", mode=SelectSelectorMode.DROPDOWN),
    is_required=False,
    settings=Shoe,
    parse=Arch,
)
ORTHOTICS = OptionField(key="orthotics", section="fit", selector=switch, is_required=False, settings=Shoe)
HINTS_READ = OptionField(key="hints_read", settings=Shoe, parse=frozenset)
"""The hints about the pair's fitting that were read on its card."""
NOTES = OptionField(key="notes", section="purchase", selector=lines, is_required=False)

SHOE = (
    RETIRED,
    *(FIRST_USED, INITIAL_DISTANCE, WARN_AT, REPLACE_AT, SURFACES),
    *(BRAND, MODEL, COLOR, PURCHASED, PRICE, NOTES),
    *(INSOLES_SINCE, INSOLES_REPLACE_AT, FITTED, ARCH, ORTHOTICS),
    HINTS_READ,
)
"""Fields of the screen of a pair below its name, in its order."""
DISTANCES = (INITIAL_DISTANCE, WARN_AT, REPLACE_AT, INSOLES_REPLACE_AT)
