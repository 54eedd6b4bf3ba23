"""Errors of the key of a service, the same on each screen that asks for one."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant

from ..const import CONF_KEY, CONF_ONLINE
from ..sources.services.client import Account
from ..sources.services.errors import ServiceError, ServiceFault
from ..sources.services.registry import SERVICES


class KeyErrors:
    """Part of a flow with the errors of a key."""

    hass: HomeAssistant

    async def _async_account(self, data: Mapping[str, Any]) -> Account | None:
        """Return the owner of a source's key, None without a key; raises ServiceError."""
        return await SERVICES[data[CONF_ONLINE]].client(self.hass, data).async_account() if data[CONF_KEY] else None

    def _missing_errors_of(self) -> dict[str, str]:
        return {CONF_KEY: "key_missing"}

    def _failure_errors_of(self, failure: ServiceError) -> dict[str, str]:
        """Return the errors for a failed request."""
        by_fault = {
            ServiceFault.REFUSED: "key_refused",
            ServiceFault.BUSY: "online_busy",
            ServiceFault.UNREACHABLE: "online_unreachable",
            ServiceFault.FAILING: "online_failing",
        }
        odd = {CONF_KEY: "online_odd"}
        return {CONF_KEY: by_fault[failure.fault]} if failure.fault in by_fault else odd
