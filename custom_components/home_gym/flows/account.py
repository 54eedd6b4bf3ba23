"""Screens that connect an account at Polar by a sign-in there; it becomes a source of a runner.

Home Assistant returns from a sign-in to flows of entries alone, not to those of subentries. So the source is added to
the chosen runner here, and the flow ends without an entry of its own.
"""

from collections.abc import Mapping
import logging
from types import MappingProxyType
from typing import Any, override

import voluptuous as vol

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry, ConfigFlowResult, ConfigSubentry
from homeassistant.helpers.config_entry_oauth2_flow import AbstractOAuth2FlowHandler
from homeassistant.helpers.selector import SelectSelector, SelectSelectorConfig
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_ACCOUNT,
    CONF_GEAR,
    CONF_ONLINE,
    CONF_REGISTERED,
    CONF_SINCE,
    CONF_TOKEN,
    DOMAIN,
    LOGGER,
    SUBENTRY_SOURCE,
)
from ..gym.integrations.polar_accesslink import SERVICE
from ..sources.services.client import Account
from ..sources.services.errors import ServiceError, ServiceFault
from ..sources.services.polar_accesslink import PolarAccessLink
from ..sources.services.polar_accesslink.sign_in import USER
from ..sources.services.registry import SERVICES
from .runner_entries import RunnerEntries

CONF_RUNNER = "runner"

FAILURES: Mapping[ServiceFault, str] = {
    ServiceFault.REFUSED: "consent_missing",
    ServiceFault.BUSY: "online_busy",
    ServiceFault.UNREACHABLE: "online_unreachable",
    ServiceFault.FAILING: "online_failing",
    ServiceFault.MISSING: "online_odd",
    ServiceFault.ODD: "online_odd",
    ServiceFault.TOO_LARGE: "online_odd",
}
"""The reasons to end a sign-in without a source, by failure."""


class AccountSteps(RunnerEntries, AbstractOAuth2FlowHandler):
    """Flow steps for a sign-in at Polar, also for another sign-in of a source."""

    DOMAIN = DOMAIN

    _runner_id: str
    _source_id: str

    @property
    @override
    def logger(self) -> logging.Logger:
        """Return the logger for sign-ins."""
        return LOGGER

    async def async_step_polar(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the runner, and continue with the sign-in."""
        runners = self._runner_options()
        if not runners:
            return self.async_abort(reason="no_runners")
        if user_input is not None:
            self._runner_id = user_input[CONF_RUNNER]
            return await self.async_step_pick_implementation()
        select = SelectSelector(SelectSelectorConfig(options=runners))
        fields = {vol.Required(CONF_RUNNER, default=runners[0]["value"]): select}
        return self.async_show_form(step_id="polar", data_schema=vol.Schema(fields))

    @override
    async def async_oauth_create_entry(self, data: dict[str, Any]) -> ConfigFlowResult:
        """Register the user with the application, and keep the token in a source."""
        draft = {CONF_ONLINE: SERVICE, CONF_ACCOUNT: str(data[CONF_TOKEN][USER]), CONF_GEAR: {}, **data}
        client = PolarAccessLink(self.hass, draft)
        try:
            await client.async_register()
            account = await client.async_account()
        except ServiceError as failure:
            return self.async_abort(reason=FAILURES[failure.fault])
        registered = account.registered or dt_util.utcnow()
        draft |= {CONF_ACCOUNT: account.id, CONF_REGISTERED: registered.isoformat()}
        if self.source == SOURCE_REAUTH:
            return self._renewed(draft)
        return self._added(draft, account)

    def _added(self, draft: dict[str, Any], account: Account) -> ConfigFlowResult:
        entry = self.hass.config_entries.async_get_entry(self._runner_id)
        if entry is None:
            return self.async_abort(reason="no_runners")
        if self._is_connected(account):
            return self.async_abort(reason="account_taken")
        source = ConfigSubentry(
            data=MappingProxyType({**draft, CONF_SINCE: dt_util.utcnow().isoformat()}),
            subentry_type=SUBENTRY_SOURCE,
            title=f"{SERVICES[SERVICE].name}: {account.name}",
            unique_id=None,
        )
        self.hass.config_entries.async_add_subentry(entry, source)
        return self.async_abort(reason="account_added", description_placeholders={"runner": entry.title})

    def _renewed(self, draft: dict[str, Any]) -> ConfigFlowResult:
        """Keep another token of the same account."""
        entry: ConfigEntry = self._get_reauth_entry()
        source = entry.subentries.get(self._source_id)
        if source is None:
            return self.async_abort(reason="source_gone")
        if source.data[CONF_ACCOUNT] != draft[CONF_ACCOUNT]:
            return self.async_abort(reason="other_account")
        self.hass.config_entries.async_update_subentry(entry, source, data={**source.data, **draft, **_kept(source)})
        return self.async_abort(reason="account_renewed")

    def _is_connected(self, account: Account) -> bool:
        """Return whether a runner has this account already, since a run counts for one runner."""
        chosen = {CONF_ONLINE: SERVICE, CONF_ACCOUNT: account.id}
        return any(
            chosen.items() <= source.data.items()
            for entry in self._runner_entries()
            for source in entry.get_subentries_of_type(SUBENTRY_SOURCE)
        )


def _kept(source: ConfigSubentry) -> dict[str, Any]:
    return {CONF_GEAR: source.data[CONF_GEAR], CONF_SINCE: source.data[CONF_SINCE]}
