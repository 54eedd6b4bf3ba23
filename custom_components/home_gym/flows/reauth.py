"""Screens that ask for another key of a service, after it refused the former one."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult, ConfigSubentry

from ..const import CONF_ACCOUNT, CONF_KEY, CONF_SUBENTRY
from ..options.selectors import password
from ..sources.services.errors import ServiceError
from .key_errors import KeyErrors


class ReauthSteps(KeyErrors, ConfigFlow):
    """Flow steps for another key of one of a runner's sources."""

    _source_id: str

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """Ask for another key of a source."""
        self._source_id = entry_data[CONF_SUBENTRY]
        return await self.async_step_reauth_key()

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
