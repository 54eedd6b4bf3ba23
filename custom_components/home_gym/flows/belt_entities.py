"""Flow steps of a treadmill with entities of its own: its device, their preview, and the check of its speed's unit."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult
from homeassistant.const import CONF_DEVICE_ID, CONF_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from ..const import CONF_SPEED_UNIT, DOMAIN
from ..entity_references import reference_to
from ..gym.treadmill.presets import (
    SPEED_UNITS,
    BeltFigure,
    DeviceEntity,
    figures_of,
    is_treadmill_device,
)
from ..gym.treadmill.quirks import SpeedUnit
from ..gym.treadmill.signal import MILE
from ..ha.websocket_api import async_register_command
from ..languages import formats_at_home
from ..treadmill.entity_source import BeltEntities, has_unit
from ..treadmill.settings import references_in
from .belt_preview import handle_preview

# Kilometres an hour of a metre a second, and the least speed that a display can be compared with.
KILOMETRES = 3.6
COMPARABLE = 0.2


type Device = dr.DeviceEntry | dr.ChildDeviceEntry


class BeltEntitySteps(ConfigFlow):
    """Flow steps for the entities of a treadmill; `_treadmill` holds the choices so far."""

    _treadmill: dict[str, Any]
    _device: str | None = None

    @staticmethod
    async def async_setup_preview(hass: HomeAssistant) -> None:
        """Register the command behind the preview."""
        async_register_command(hass, handle_preview)

    async def async_step_treadmill_device(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the device, of those that show a speed; without any, ask for entities."""
        devices = devices_with_speed(self.hass)
        if user_input is not None or not devices:
            self._device = (user_input or {}).get(CONF_DEVICE_ID)
            return await self.async_step_treadmill_entities()
        options = [SelectOptionDict(value=device.id, label=_name_of(device)) for device in devices]
        # A list of radio buttons can't be left empty again.
        selector = SelectSelector(SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN))
        schema = vol.Schema({vol.Optional(CONF_DEVICE_ID): selector})
        known = next((device.id for device in devices if _is_treadmill(self.hass, device)), None)
        return self.async_show_form(
            step_id="treadmill_device",
            data_schema=self.add_suggested_values_to_schema(schema, {CONF_DEVICE_ID: known} if known else {}),
        )

    async def async_step_treadmill_entities(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the entities and the runners; the flow of treadmills does it."""
        raise NotImplementedError

    async def async_step_console(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the figure on the treadmill's own display; without a moving belt, keep the unit."""
        speed = self._speed_as_sent()
        if speed is None or speed < COMPARABLE:
            return self._finish_treadmill()
        formats = formats_at_home(self.hass)
        sent = speed * KILOMETRES
        return self.async_show_menu(
            step_id="console",
            menu_options=["console_right", "console_miles", "console"],
            description_placeholders={"sent": formats.number(sent, 1), "miles": formats.number(sent / MILE, 1)},
        )

    async def async_step_console_right(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Keep the unit that the treadmill names."""
        self._treadmill[CONF_SPEED_UNIT] = SpeedUnit.AS_SENT
        return self._finish_treadmill()

    async def async_step_console_miles(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Take the treadmill's kilometres for miles."""
        self._treadmill[CONF_SPEED_UNIT] = SpeedUnit.MILES
        return self._finish_treadmill()

    def _finish_treadmill(self) -> ConfigFlowResult:
        """Save the treadmill in `_treadmill`."""
        raise NotImplementedError

    def _connected_speed(self) -> float | None:
        """Return the corrected metres a second of a treadmill over Bluetooth, None without a connection."""
        return None

    def _speed_as_sent(self) -> float | None:
        """Return the present metres a second in the unit that the treadmill names."""
        if BeltFigure.SPEED in self._treadmill:
            return BeltEntities(self.hass, references_in(self._treadmill)).data().speed
        return self._connected_speed()

    def _suggested_entities(self) -> dict[str, Any]:
        """Return the name and the entities of the chosen device."""
        if self._device is None:
            return {}
        device = dr.async_get(self.hass).async_get(self._device)
        figures = figures_of(device_entities(self.hass, self._device))
        shown = {str(figure): entity_id for figure, entity_id in figures.items()}
        return shown | ({CONF_NAME: _name_of(device)} if device else {})

    def _entity_errors_of(self, user_input: dict[str, Any], taken: set[str]) -> dict[str, str]:
        """Return an error for each entity that can't show its figure; `taken` are those of other treadmills."""
        errors = {}
        for figure in BeltFigure:
            state = self.hass.states.get(user_input.get(figure, ""))
            # An unavailable entity may have no unit; it has one when the treadmill is switched on.
            if state and state.state not in ("unavailable", "unknown") and not has_unit(state, figure):
                errors[str(figure)] = "unit_wrong"
        if user_input.get(BeltFigure.SPEED) and reference_to(self.hass, user_input[BeltFigure.SPEED]) in taken:
            errors[BeltFigure.SPEED] = "plug_taken"
        return errors

    def _entities_from(self, user_input: dict[str, Any]) -> dict[str, Any]:
        """Return the fields of a form with references in place of entity ids."""
        figures = {
            figure: reference_to(self.hass, user_input[figure]) for figure in BeltFigure if user_input.get(figure)
        }
        return {key: value for key, value in user_input.items() if key not in set(BeltFigure)} | {
            str(figure): reference for figure, reference in figures.items()
        }


@callback
def devices_with_speed(hass: HomeAssistant) -> list[Device]:
    """Return the devices that show a speed, certain treadmills first; those of Home Gym itself are none."""
    registry = dr.async_get(hass)
    ids = {
        entity.device_id
        for entity in er.async_get(hass).entities.values()
        if entity.device_id and entity.platform != DOMAIN and unit_of(hass, entity) in SPEED_UNITS
    }
    devices = [device for device in map(registry.async_get, ids) if device and not device.disabled]
    return sorted(devices, key=lambda device: (not _is_treadmill(hass, device), _name_of(device).casefold()))


@callback
def device_entities(hass: HomeAssistant, device_id: str) -> list[DeviceEntity]:
    """Return the enabled entities of a device."""
    return [
        DeviceEntity(
            entity_id=entity.entity_id,
            platform=entity.platform,
            unique_id=entity.unique_id,
            name=entity.original_name or "",
            unit=unit_of(hass, entity),
        )
        for entity in er.async_entries_for_device(er.async_get(hass), device_id)
    ]


@callback
def unit_of(hass: HomeAssistant, entity: er.RegistryEntry) -> str | None:
    """Return the unit of an entity, as shown now or as registered."""
    state = hass.states.get(entity.entity_id)
    shown: str | None = state.attributes.get("unit_of_measurement") if state else None
    return shown or entity.unit_of_measurement


def _is_treadmill(hass: HomeAssistant, device: Device) -> bool:
    return is_treadmill_device(device_entities(hass, device.id))


def _name_of(device: Device) -> str:
    return device.name_by_user or device.name or device.id
