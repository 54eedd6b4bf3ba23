"""Flow steps of a treadmill: its plug or Bluetooth address, and its runners."""

from typing import Any, override

import voluptuous as vol

from homeassistant.components.bluetooth import BluetoothServiceInfoBleak
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigEntry, ConfigFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorConfig, TextSelector

from ..const import CONF_ADDRESS, CONF_CLAIM, CONF_POWER, CONF_RUNNERS
from ..entity_references import entity_id_of, reference_to
from ..gym.treadmill.ftms import SERVICE_UUID, announces_treadmill
from ..gym.treadmill.log import ClaimMode
from ..options.field import form
from ..options.treadmill import CLAIM, POWER
from ..treadmill import is_treadmill
from .calibration import CalibrationSteps


class TreadmillSteps(CalibrationSteps):
    """Flow steps to describe a treadmill; the domain's flow offers them beside the runner's."""

    _discovered: BluetoothServiceInfoBleak | None = None

    async def async_step_treadmill(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the plug and the runners."""
        return await self._async_runners("treadmill", user_input)

    async def async_step_reconfigure_treadmill(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask again for the plug and the runners."""
        return await self._async_runners("reconfigure_treadmill", user_input)

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
        return await self._async_runners("bluetooth_treadmill", user_input)

    def _runner_entries(self) -> list[ConfigEntry]:
        """Return the entries of runners, without ignored discoveries of treadmills."""
        entries = self._async_current_entries(include_ignore=False)
        return [entry for entry in entries if not is_treadmill(entry)]

    async def _async_runners(self, step_id: str, user_input: dict[str, Any] | None) -> ConfigFlowResult:
        options = [SelectOptionDict(value=entry.entry_id, label=entry.title) for entry in self._runner_entries()]
        # Bluetooth would not discover the treadmill again, so its flow waits for the first runner.
        if not options and self._discovered is None:
            return self.async_abort(reason="no_runners")
        stored = self._stored()
        errors = self._runners_errors_of(user_input, options)
        if user_input is not None and not errors:
            self._treadmill = {**stored, **user_input}
            if CONF_ADDRESS in stored:
                return self._finish_treadmill()
            self._treadmill[CONF_POWER] = reference_to(self.hass, user_input[CONF_POWER])
            return await self.async_step_calibrate()
        schema = self._runners_schema(options, by_bluetooth=CONF_ADDRESS in stored)
        shown = user_input or self._shown_of(stored, [option["value"] for option in options])
        return self.async_show_form(
            step_id=step_id, data_schema=self.add_suggested_values_to_schema(schema, shown), errors=errors
        )

    def _runners_schema(self, options: list[SelectOptionDict], *, by_bluetooth: bool) -> vol.Schema:
        return vol.Schema(
            {
                vol.Required(CONF_NAME): TextSelector(),
                **form(self.hass, () if by_bluetooth else (POWER,)),
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
        if CONF_POWER in user_input and self._is_taken(user_input[CONF_POWER]):
            errors[CONF_POWER] = "plug_taken"
        return errors

    def _is_taken(self, power: str) -> bool:
        """Return whether a plug's sensor belongs to another treadmill."""
        reference = reference_to(self.hass, power)
        mine = self._get_reconfigure_entry() if self.source == SOURCE_RECONFIGURE else None
        others = (entry for entry in self._async_current_entries() if entry is not mine)
        return any(entry.data.get(CONF_POWER) == reference for entry in others)

    def _stored(self) -> dict[str, Any]:
        """Return the treadmill's stored data."""
        if self.source == SOURCE_RECONFIGURE:
            return dict(self._get_reconfigure_entry().data)
        return {CONF_ADDRESS: self._discovered.address} if self._discovered else {}

    def _shown_of(self, stored: dict[str, Any], runners: list[str]) -> dict[str, Any]:
        """Return the initial values of the form, without removed runners."""
        shown: dict[str, Any] = {
            CONF_RUNNERS: [runner for runner in stored.get(CONF_RUNNERS, runners) if runner in runners],
            CONF_CLAIM: stored.get(CONF_CLAIM, ClaimMode.ONLY if len(runners) == 1 else ClaimMode.ALONE_AT_HOME),
        }
        if self.source == SOURCE_RECONFIGURE:
            shown[CONF_NAME] = self._get_reconfigure_entry().title
        elif self._discovered:
            shown[CONF_NAME] = self._discovered.name
        if CONF_POWER in stored and (entity_id := entity_id_of(self.hass, stored[CONF_POWER])):
            shown[CONF_POWER] = entity_id
        return shown

    @override
    def _finish_treadmill(self) -> ConfigFlowResult:
        title = self._treadmill.pop(CONF_NAME).strip()
        if self.source == SOURCE_RECONFIGURE:
            entry = self._get_reconfigure_entry()
            self.hass.config_entries.async_update_entry(entry, title=title, data=self._treadmill)
            return self.async_abort(reason="reconfigure_successful")
        return self.async_create_entry(title=title, data=self._treadmill)
