"""The forms for a treadmill, and its plug."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from custom_components.home_gym.const import DOMAIN
from homeassistant.components.bluetooth import BluetoothServiceInfoBleak
from homeassistant.config_entries import (
    SOURCE_BLUETOOTH,
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigFlowContext,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from tests.support.integration.runner_entry import ENTRY_ID

TREADMILL = "01TREADMILL"
ADDRESS = "AA:BB:CC:DD:EE:FF"
WHO: dict[str, Any] = {"name": "Treadmill", "runners": [ENTRY_ID], "claim": "only"}
# Thresholds suggested without a measurement: watts, seconds, minutes for the longest session.
GUESS: dict[str, float] = {
    "standby": 1,
    "stop": 40,
    "start": 80,
    "start_hold": 5,
    "stop_hold": 20,
    "run_hold": 10,
    "patience": 300,
    "longest": 240,
}
# The stored data of fields left as suggested.
KEPT: dict[str, Any] = {name: float(value) for name, value in GUESS.items()}


class Plug:
    """A smart plug with a registered sensor, and reports under the test's control."""

    def __init__(self, hass: HomeAssistant, object_id: str = "plug_power", unit: str = "W") -> None:
        """Start at zero watts."""
        self.hass = hass
        self.unit = unit
        self.entity = er.async_get(hass).async_get_or_create(
            "sensor", "shelly", object_id, suggested_object_id=object_id, original_device_class="power"
        )
        self.say(0)

    @property
    def entity_id(self) -> str:
        """Its sensor's entity id."""
        return self.entity.entity_id

    def say(self, power: float | str) -> None:
        """Report once, in the sensor's unit."""
        attributes = {"unit_of_measurement": self.unit, "device_class": "power"}
        self.hass.states.async_set(self.entity_id, str(power), attributes)


async def go_on(hass: HomeAssistant, screen: Any, values: Mapping[str, Any] | None = None) -> Any:
    """Fill in a screen, and return the next."""
    return await hass.config_entries.flow.async_configure(screen["flow_id"], None if values is None else dict(values))


async def choose(hass: HomeAssistant, screen: Any, step: str) -> Any:
    """Choose from a menu."""
    return await go_on(hass, screen, {"next_step_id": step})


async def open_form(hass: HomeAssistant) -> Any:
    """Open the screen for a new treadmill on a plug, with an existing runner."""
    return await choose(hass, await open_menu(hass), "treadmill_plug")


async def open_menu(hass: HomeAssistant) -> Any:
    """Open the menu of the ways to add a treadmill, with an existing runner."""
    menu = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    return await choose(hass, menu, "treadmill")


async def after(hass: HomeAssistant, screen: Any) -> Any:
    """Return the screen after a progress, by repeated polling as in the frontend."""
    async with asyncio.timeout(60):
        while screen["type"] in (FlowResultType.SHOW_PROGRESS, FlowResultType.SHOW_PROGRESS_DONE):
            await asyncio.sleep(0.01)
            screen = await go_on(hass, screen)
    return screen


def found(address: str = ADDRESS, name: str = "Horizon", service_data: str = "") -> BluetoothServiceInfoBleak:
    """Return a discovered machine; `service_data` is that of the Fitness Machine Service, in hex."""
    service = "00001826-0000-1000-8000-00805f9b34fb"
    data = {service: bytes.fromhex(service_data)} if service_data else {}
    return BluetoothServiceInfoBleak(
        name=name,
        address=address,
        rssi=-60,
        manufacturer_data={},
        service_data=data,
        service_uuids=[service],
        source="local",
        device=BLEDevice(address, name, {}),
        advertisement=AdvertisementData(name, {}, data, [service], None, -60, ()),
        connectable=True,
        time=0,
        tx_power=None,
    )


async def discover(hass: HomeAssistant, info: BluetoothServiceInfoBleak | None = None) -> Any:
    """Return the first screen of a treadmill's discovery."""
    return await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_BLUETOOTH}, data=info or found())


async def start_reconfigure(hass: HomeAssistant, entry_id: str) -> Any:
    """Open the screen to reconfigure a treadmill."""
    context = ConfigFlowContext(source=SOURCE_RECONFIGURE, entry_id=entry_id)
    return await hass.config_entries.flow.async_init(DOMAIN, context=context)
