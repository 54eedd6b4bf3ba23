"""Screens that ask for another key of a service, or another sign-in there, after it refused the former one."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, ConfigSubentry

from ..const import CONF_ACCOUNT, CONF_AUTH_IMPLEMENTATION, CONF_KEY, CONF_ONLINE, CONF_SUBENTRY
from ..options.selectors import password
from ..sources.services.errors import ServiceError
from ..sources.services.registry import SERVICES
from .account import AccountSteps
from .key_errors import KeyErrors


class ReauthSteps(KeyErrors, AccountSteps):
    """Flow steps for another key of one of a runner's sources, or another sign-in."""

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """Ask for another key of a source."""
        self._source_id = entry_data[CONF_SUBENTRY]
        source = self._get_reauth_entry().subentries.get(self._source_id)
        if source and SERVICES[source.data[CONF_ONLINE]].has_sign_in:
            return await self.async_step_reauth_sign_in()
        return await self.async_step_reauth_key()

    async def async_step_reauth_sign_in(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Announce the sign-in at the service, with the application of the former one."""
        entry = self._get_reauth_entry()
        source = entry.subentries.get(self._source_id)
        if source is None:
            return self.async_abort(reason="source_gone")
        if user_input is not None:
            return await self.async_step_pick_implementation({"implementation": source.data[CONF_AUTH_IMPLEMENTATION]})
        return self.async_show_form(
            step_id="reauth_sign_in",
            data_schema=vol.Schema({}),
            description_placeholders={"source": source.title, "runner": entry.title},
        )

    async def async_step_reauth_key(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for another key of the same account."""
        entry = self._get_reauth_entry()
        source = entry.subentries.get(self._source_id)
        if source is None:
            return self.async_abort(reason="source_gone")
        errors: dict[str, str] = {}
        if user_input is not None:
            key = user_input[CONF_KEY].strip()
            errors = await self._async_key_errors_of(source, key)
            if not errors:
                self.hass.config_entries.async_update_subentry(entry, source, data={**source.data, CONF_KEY: key})
                return self.async_abort(reason="reauth_successful")
        return self.async_show_form(
            step_id="reauth_key",
            data_schema=vol.Schema({vol.Required(CONF_KEY): password(self.hass)}),
            description_placeholders={"source": source.title, "runner": entry.title},
            errors=errors,
        )

    async def _async_key_errors_of(self, source: ConfigSubentry, key: str) -> dict[str, str]:
        try:
            account = await self._async_account({**source.data, CONF_KEY: key})
        except ServiceError as failure:
            return self._failure_errors_of(failure)
        if account is None:
            return self._missing_errors_of()
        return {} if account.id == source.data[CONF_ACCOUNT] else {CONF_KEY: "other_account"}
