"""Set-up of a runner; the screens for treadmills, shoes, sources, speakers and options are in `flows`."""

from typing import Any, override

import voluptuous as vol

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import callback
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig, TextSelector

from .const import CONF_PERSON, DOMAIN, ENTRY_VERSION, SUBENTRY_SHOE, SUBENTRY_SOURCE, SUBENTRY_SPEAKER
from .entity_references import entity_id_of, reference_to
from .flows.options import RunnerOptionsFlow
from .flows.path import SCREENS, PathSteps
from .flows.reauth import ReauthSteps
from .flows.treadmill import TreadmillSteps
from .treadmill import is_treadmill

RUNNER_SCHEMA = vol.Schema(
    {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Optional(CONF_PERSON): EntitySelector(EntitySelectorConfig(domain="person")),
    }
)


class HomeGymConfigFlow(PathSteps, TreadmillSteps, ReauthSteps, domain=DOMAIN):
    """Adds a runner, a treadmill or an account at Polar, or changes one."""

    VERSION = ENTRY_VERSION

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the screen for goals, prompts and quiet hours."""
        return RunnerOptionsFlow()

    @classmethod
    @callback
    @override
    def async_supports_options_flow(cls, config_entry: ConfigEntry) -> bool:
        """Return whether an entry has options; a treadmill's are asked for during its setup."""
        return not is_treadmill(config_entry)

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(cls, config_entry: ConfigEntry) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the subentry types of a runner; a treadmill has none."""
        if is_treadmill(config_entry):
            return {}
        return {
            SUBENTRY_SHOE: SCREENS[SUBENTRY_SHOE],
            SUBENTRY_SOURCE: SCREENS[SUBENTRY_SOURCE],
            SUBENTRY_SPEAKER: SCREENS[SUBENTRY_SPEAKER],
        }

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for a new runner; with an existing runner, offer a runner, a treadmill or Polar first."""
        if self._runner_entries():
            return self.async_show_menu(step_id="user", menu_options=["runner", "treadmill", "polar"])
        return await self.async_step_runner()

    async def async_step_runner(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for a runner's name and person; the only person without a runner is filled in."""
        errors: dict[str, str] = {}
        if user_input is not None:
            name = user_input[CONF_NAME].strip()
            errors = self._errors_of(name)
            if not errors:
                return self.begin(name, self._data_of(name, user_input))
        return self.async_show_form(
            step_id="runner",
            data_schema=self.add_suggested_values_to_schema(RUNNER_SCHEMA, user_input or self._likeliest()),
            errors=errors,
        )

    @override
    async def async_on_create_entry(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Continue after a new runner with a webhook's address or a treadmill."""
        return result if is_treadmill(result["result"]) else await self.async_follow_up(result)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask again for a runner's name and person, or for a treadmill's settings."""
        entry = self._get_reconfigure_entry()
        if is_treadmill(entry):
            return await self.async_step_reconfigure_treadmill()
        errors: dict[str, str] = {}
        if user_input is not None:
            name = user_input[CONF_NAME].strip()
            errors = self._errors_of(name, entry)
            if not errors:
                self.hass.config_entries.async_update_entry(entry, title=name, data=self._data_of(name, user_input))
                return self.async_abort(reason="reconfigure_successful")
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self.add_suggested_values_to_schema(RUNNER_SCHEMA, user_input or self._shown(entry)),
            errors=errors,
        )

    def _likeliest(self) -> dict[str, Any]:
        """Return the name and the person of the only one at home without a runner."""
        taken = {entity_id_of(self.hass, entry.data.get(CONF_PERSON, "")) for entry in self._runner_entries()}
        persons = [person for person in self.hass.states.async_all("person") if person.entity_id not in taken]
        return {CONF_NAME: persons[0].name, CONF_PERSON: persons[0].entity_id} if len(persons) == 1 else {}

    def _errors_of(self, name: str, changed: ConfigEntry | None = None) -> dict[str, str]:
        if not name:
            return {CONF_NAME: "name_missing"}
        others = (entry for entry in self._runner_entries() if entry is not changed)
        if any(entry.title.casefold() == name.casefold() for entry in others):
            return {CONF_NAME: "name_taken"}
        return {}

    def _data_of(self, name: str, user_input: dict[str, Any]) -> dict[str, Any]:
        person = user_input.get(CONF_PERSON)
        return {CONF_NAME: name} | ({CONF_PERSON: reference_to(self.hass, person)} if person else {})

    def _shown(self, entry: ConfigEntry) -> dict[str, Any]:
        person = entity_id_of(self.hass, entry.data[CONF_PERSON]) if CONF_PERSON in entry.data else None
        return {CONF_NAME: entry.title} | ({CONF_PERSON: person} if person else {})
