"""Subentry flow of a source of runs, with screens for each kind."""

from typing import Any

from homeassistant.config_entries import SubentryFlowResult

from ...const import CONF_ENTITY, CONF_FOLDER, CONF_ONLINE, CONF_SERVICE, CONF_WEBHOOK
from .entity import EntitySteps
from .folder import FolderSteps
from .online import OnlineSteps
from .service import ServiceSteps
from .webhook import WebhookSteps

KINDS = (CONF_FOLDER, CONF_ONLINE, CONF_WEBHOOK, CONF_SERVICE, CONF_ENTITY)


class SourceFlow(FolderSteps, OnlineSteps, WebhookSteps, ServiceSteps, EntitySteps):
    """Subentry flow of a source; the field named after the kind identifies the source."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the kind."""
        return self.async_show_menu(step_id="user", menu_options=list(KINDS))

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Continue with the screens of the source's kind."""
        data = self._get_reconfigure_subentry().data
        kind = next(kind for kind in KINDS if kind in data)
        result: SubentryFlowResult = await getattr(self, f"async_step_reconfigure_{kind}")()
        return result
