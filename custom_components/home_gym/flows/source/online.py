"""Screens of a service on the internet, by a key of one's own, and the way to a sign-in there."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

import voluptuous as vol

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigFlowContext,
    ConfigFlowResult,
    FlowType,
    SubentryFlowResult,
)
from homeassistant.util import dt as dt_util

from ...const import (
    CONF_ACCOUNT,
    CONF_GEAR,
    CONF_KEY,
    CONF_ONLINE,
    CONF_PLANNED,
    CONF_SINCE,
    CONF_SUBENTRY,
    DOMAIN,
    SUBENTRY_SHOE,
)
from ...gym.integrations import intervals_icu
from ...options.field import form
from ...options.source import ONLINE
from ...sources.services.client import Account
from ...sources.services.errors import ServiceError
from ...sources.services.registry import SERVICES
from ..key_errors import KeyErrors
from .preview import PreviewSteps

GEAR_PERIOD = timedelta(days=365)
"""Period of the pairs in use."""


class OnlineSteps(KeyErrors, PreviewSteps):
    """Flow steps for an account at a service, by its key."""

    async def async_step_online(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the key, and find its owner and pairs."""
        return await self._async_step_key("online", user_input)

    async def async_step_reconfigure_online(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for another key; an empty field keeps the former one. A sign-in is repeated on its own screens."""
        if SERVICES[self._known()[CONF_ONLINE]].has_sign_in:
            return await self._async_sign_in_again()
        return await self._async_step_key("reconfigure_online", user_input)

    async def async_step_polar(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Lead to the screens for an account at Polar, since only the flow of an entry can leave for a sign-in."""
        flows = self.hass.config_entries.flow
        menu = await flows.async_init(DOMAIN, context={"source": SOURCE_USER})
        await flows.async_configure(menu["flow_id"], {"next_step_id": "polar"})
        return _followed(self.async_abort(reason="polar_begun"), menu["flow_id"])

    async def _async_sign_in_again(self) -> SubentryFlowResult:
        entry = self._get_entry()
        context = ConfigFlowContext(source=SOURCE_REAUTH, entry_id=entry.entry_id)
        data = {CONF_SUBENTRY: self._reconfigure_subentry_id}
        screen = await self.hass.config_entries.flow.async_init(DOMAIN, context=context, data=data)
        return _followed(self.async_abort(reason="sign_in_begun"), screen["flow_id"])

    async def _async_step_key(self, step: str, user_input: dict[str, Any] | None) -> SubentryFlowResult:
        known = self._known()
        errors: dict[str, str] = {}
        if user_input is not None:
            key = user_input.get(CONF_KEY, "").strip() or known.get(CONF_KEY, "")
            draft = {CONF_ONLINE: known.get(CONF_ONLINE, intervals_icu.SERVICE), CONF_KEY: key}
            try:
                account = await self._async_account(draft)
                errors = self._online_errors_of(draft, account)
                if account and not errors:
                    gear = await self._async_gear(draft)
                    return await self._async_complete(draft | {CONF_PLANNED: user_input[CONF_PLANNED]}, account, gear)
            except ServiceError as failure:
                errors = self._failure_errors_of(failure)
        fields = form(self.hass, ONLINE)
        if self.source == SOURCE_RECONFIGURE:
            fields = {vol.Optional(CONF_KEY) if marker == CONF_KEY else marker: each for marker, each in fields.items()}
        shown = {CONF_PLANNED: (user_input or known).get(CONF_PLANNED, True)}
        schema = self.add_suggested_values_to_schema(vol.Schema(fields), shown)
        return self.async_show_form(step_id=step, data_schema=schema, errors=errors)

    async def _async_gear(self, draft: Mapping[str, Any]) -> dict[str, str]:
        """Return the names of the pairs of an account; raises ServiceError."""
        today = dt_util.utcnow().date()
        return await SERVICES[draft[CONF_ONLINE]].client(self.hass, draft).async_gear(today - GEAR_PERIOD, today)

    def _online_errors_of(self, draft: Mapping[str, Any], account: Account | None) -> dict[str, str]:
        if account is None:
            return self._missing_errors_of()
        taken = self._is_taken(online=draft[CONF_ONLINE], account=account.id)
        return {CONF_KEY: "account_taken"} if taken else {}

    async def _async_complete(
        self, draft: dict[str, Any], account: Account, gear: dict[str, str]
    ) -> SubentryFlowResult:
        """Continue with the pairs; another account begins anew."""
        known = self._known()
        is_same = known.get(CONF_ACCOUNT) == account.id
        self._draft = {
            **draft,
            CONF_ACCOUNT: account.id,
            CONF_SINCE: known[CONF_SINCE] if is_same else dt_util.utcnow().isoformat(),
            CONF_GEAR: known.get(CONF_GEAR, {}) if is_same else {},
        }
        self._title = f"{SERVICES[draft[CONF_ONLINE]].name}: {account.name}"
        has_shoes = any(self._get_entry().get_subentries_of_type(SUBENTRY_SHOE))
        self._unasked = dict(gear) if has_shoes else {}
        return await self.async_step_gear()


def _followed(ended: SubentryFlowResult, flow_id: str) -> SubentryFlowResult:
    """Return an end that is followed by another flow at once; a client that doesn't follow shows the reason."""
    result = cast("ConfigFlowResult", ended)
    result["next_flow"] = FlowType.CONFIG_FLOW, flow_id
    return cast("SubentryFlowResult", result)
