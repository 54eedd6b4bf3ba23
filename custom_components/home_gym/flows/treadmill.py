"""Flow steps of a treadmill: its entities, plug or Bluetooth address, and its runners."""

from typing import Any, override

import voluptuous as vol

from homeassistant.components.bluetooth import BluetoothServiceInfoBleak
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigEntryState, ConfigFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorConfig, TextSelector

from ..const import CONF_ADDRESS, CONF_CADENCE_WORDS, CONF_CLAIM, CONF_POWER, CONF_RUNNERS, CONF_SPEED_UNIT, DOMAIN
from ..entity_references import entity_id_of, reference_to
from ..gym.treadmill.ftms import SERVICE_UUID, announces_treadmill
from ..gym.treadmill.log import ClaimMode
from ..gym.treadmill.presets import BeltFigure
from ..gym.treadmill.quirks import Quirk, SpeedUnit, quirks_of
from ..gym.treadmill.signal import MILE
from ..options.field import OptionField, form
from ..options.treadmill import CADENCE_WORDS, CLAIM, ENTITIES, POWER, SPEED_UNIT
from ..treadmill import TreadmillConfigEntry
from ..treadmill.settings import quirks_in
from .belt_entities import BeltEntitySteps
from .calibration import CalibrationSteps
from .runner_entries import RunnerEntries


class TreadmillSteps(BeltEntitySteps, CalibrationSteps, RunnerEntries):
    """Flow steps to describe a treadmill; the domain's flow offers them beside the runner's."""

    _discovered: BluetoothServiceInfoBleak | None = None

    async def async_step_treadmill(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Offer the ways in which Home Assistant may know a treadmill."""
        if not self._runner_entries():
            return self.async_abort(reason="no_runners")
        return self.async_show_menu(step_id="treadmill", menu_options=["treadmill_device", "treadmill_plug"])

    async def async_step_treadmill_plug(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the plug and the runners."""
        return await self._async_runners("treadmill_plug", (POWER,), user_input)

    @override
    async def async_step_treadmill_entities(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the entities and the runners."""
        return await self._async_runners("treadmill_entities", (*ENTITIES, SPEED_UNIT, CADENCE_WORDS), user_input)

    async def async_step_reconfigure_treadmill(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask again for the plug, the entities or the unit, and for the runners."""
        stored = self._stored()
        if BeltFigure.SPEED in stored:
            return await self.async_step_treadmill_entities(user_input)
        fields = (SPEED_UNIT, CADENCE_WORDS) if CONF_ADDRESS in stored else (POWER,)
        step_id = "reconfigure_bluetooth" if CONF_ADDRESS in stored else "reconfigure_treadmill"
        return await self._async_runners(step_id, fields, user_input)

    async def async_step_reconfigure_bluetooth(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask again for the unit and the runners of a treadmill over Bluetooth."""
        return await self.async_step_reconfigure_treadmill(user_input)

    @override
    async def async_step_bluetooth(self, discovery_info: BluetoothServiceInfoBleak) -> ConfigFlowResult:
        """Handle a machine discovered over Bluetooth; bikes and rowers advertise the same service, and say so."""
        if announces_treadmill(discovery_info.service_data.get(SERVICE_UUID, b"")) is False:
            return self.async_abort(reason="no_treadmill")
        await self.async_set_unique_id(discovery_info.address)
        self._abort_if_unique_id_configured()
        self._discovered = discovery_info
        self.context["title_placeholders"] = {"name": discovery_info.name}
        return await self.async_step_bluetooth_treadmill()

    async def async_step_bluetooth_treadmill(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the runners of a discovered treadmill."""
        return await self._async_runners("bluetooth_treadmill", (SPEED_UNIT, CADENCE_WORDS), user_input)

    async def _async_runners(
        self, step_id: str, fields: tuple[OptionField, ...], user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        options = self._runner_options()
        # Bluetooth would not discover the treadmill again, so its flow waits for the first runner.
        if not options and self._discovered is None:
            return self.async_abort(reason="no_runners")
        stored = self._stored()
        errors = self._runners_errors_of(user_input, options)
        if user_input is not None and not errors:
            return await self._async_continue(stored, user_input)
        shown = user_input or self._shown_of(stored, [option["value"] for option in options])
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(self._runners_schema(options, fields), shown),
            errors=errors,
            preview=DOMAIN if BeltFigure.SPEED in {field.key for field in fields} else None,
        )

    async def _async_continue(self, stored: dict[str, Any], user_input: dict[str, Any]) -> ConfigFlowResult:
        """Calibrate a plug, check the unit of a speed, or finish."""
        # A figure that was cleared in the form is gone.
        kept = {key: value for key, value in stored.items() if key not in set(BeltFigure)}
        self._treadmill = {**kept, **self._entities_from(user_input)}
        if CONF_POWER not in user_input:
            return await self.async_step_console()
        self._treadmill[CONF_POWER] = reference_to(self.hass, user_input[CONF_POWER])
        return await self.async_step_calibrate()

    def _runners_schema(self, options: list[SelectOptionDict], fields: tuple[OptionField, ...]) -> vol.Schema:
        return vol.Schema(
            {
                vol.Required(CONF_NAME): TextSelector(),
                **form(self.hass, fields),
                vol.Required(CONF_RUNNERS): SelectSelector(SelectSelectorConfig(options=options, multiple=True)),
                **form(self.hass, (CLAIM,)),
            }
        )

    def _runners_errors_of(self, user_input: dict[str, Any] | None, options: list[SelectOptionDict]) -> dict[str, str]:
        errors: dict[str, str] = {}
        if not options:
            errors["base"] = "no_runners"
        if user_input is None:
            return errors
        if not user_input[CONF_NAME].strip():
            errors[CONF_NAME] = "name_missing"
        if not user_input[CONF_RUNNERS]:
            errors[CONF_RUNNERS] = "runners_missing"
        if user_input[CONF_CLAIM] == ClaimMode.ONLY and len(user_input[CONF_RUNNERS]) > 1:
            errors[CONF_CLAIM] = "more_than_one"
        taken = self._taken()
        if CONF_POWER in user_input and reference_to(self.hass, user_input[CONF_POWER]) in taken:
            errors[CONF_POWER] = "plug_taken"
        return errors | self._entity_errors_of(user_input, taken)

    def _taken(self) -> set[str]:
        """Return the sensors that detect the sessions of other treadmills."""
        mine = self._get_reconfigure_entry() if self.source == SOURCE_RECONFIGURE else None
        others = (entry.data for entry in self._async_current_entries() if entry is not mine)
        return {data[key] for data in others for key in (CONF_POWER, BeltFigure.SPEED) if key in data}

    @override
    def _connected_speed(self) -> float | None:
        if self.source != SOURCE_RECONFIGURE or self._get_reconfigure_entry().state is not ConfigEntryState.LOADED:
            return None
        entry: TreadmillConfigEntry = self._get_reconfigure_entry()
        live = entry.runtime_data.live
        speed = live.speed if live else None
        is_in_miles = Quirk.IN_MILES in quirks_in(entry.data)
        return speed / MILE if speed is not None and is_in_miles else speed

    def _stored(self) -> dict[str, Any]:
        """Return the treadmill's stored data."""
        if self.source == SOURCE_RECONFIGURE:
            return dict(self._get_reconfigure_entry().data)
        return {CONF_ADDRESS: self._discovered.address} if self._discovered else {}

    def _shown_of(self, stored: dict[str, Any], runners: list[str]) -> dict[str, Any]:
        """Return the initial values of the form, without removed runners."""
        shown: dict[str, Any] = {
            **self._suggested_entities(),
            CONF_RUNNERS: [runner for runner in stored.get(CONF_RUNNERS, runners) if runner in runners],
            CONF_CLAIM: stored.get(CONF_CLAIM, ClaimMode.ONLY if len(runners) == 1 else ClaimMode.ALONE_AT_HOME),
        }
        if self.source == SOURCE_RECONFIGURE:
            shown[CONF_NAME] = self._get_reconfigure_entry().title
        elif self._discovered:
            shown[CONF_NAME] = self._discovered.name
        is_in_miles = self._discovered and Quirk.IN_MILES in quirks_of(self._discovered.name)
        unit = SpeedUnit.MILES if is_in_miles else SpeedUnit.AS_SENT
        shown[CONF_SPEED_UNIT] = stored.get(CONF_SPEED_UNIT, unit)
        shown[CONF_CADENCE_WORDS] = stored.get(CONF_CADENCE_WORDS, False)
        for key in (CONF_POWER, *BeltFigure):
            if key in stored and (entity_id := entity_id_of(self.hass, stored[key])):
                shown[key] = entity_id
        return shown

    @override
    def _finish_treadmill(self) -> ConfigFlowResult:
        title = self._treadmill.pop(CONF_NAME).strip()
        if self.source == SOURCE_RECONFIGURE:
            entry = self._get_reconfigure_entry()
            self.hass.config_entries.async_update_entry(entry, title=title, data=self._treadmill)
            return self.async_abort(reason="reconfigure_successful")
        return self.async_create_entry(title=title, data=self._treadmill)
