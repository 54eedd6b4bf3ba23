"""Adding a source of runs, and changing it; each kind has its own screens."""

from typing import Any

from homeassistant.config_entries import SubentryFlowResult

from ...const import CONF_ENTITY, CONF_FOLDER, CONF_SERVICE, CONF_WEBHOOK
from .entity import EntitySteps
from .folder import FolderSteps
from .service import ServiceSteps
from .webhook import WebhookSteps

KINDS = (CONF_FOLDER, CONF_WEBHOOK, CONF_SERVICE, CONF_ENTITY)


class SourceFlow(FolderSteps, WebhookSteps, ServiceSteps, EntitySteps):
    """Leads to the screens of a kind of source; the field that is named as the kind tells what a source is."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask which kind it is."""
        return self.async_show_menu(step_id="user", menu_options=list(KINDS))

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Go on with the kind it is."""
        data = self._get_reconfigure_subentry().data
        kind = next(kind for kind in KINDS if kind in data)
        result: SubentryFlowResult = await getattr(self, f"async_step_reconfigure_{kind}")()
        return result
