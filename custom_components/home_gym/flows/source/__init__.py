"""Subentry flow of a source of runs, with screens for each kind."""

from typing import Any

from homeassistant.config_entries import SubentryFlowResult

from ...const import CONF_ENTITY, CONF_FOLDER, CONF_ONLINE, CONF_SERVICE, CONF_WEBHOOK
from ..subentry import async_is_loaded
from ..upload import CONF_FILE, UPLOAD, UploadErrors
from .entity import EntitySteps
from .folder import FolderSteps
from .online import OnlineSteps
from .service import ServiceSteps
from .webhook import WebhookSteps

KINDS = (CONF_FOLDER, CONF_ONLINE, CONF_WEBHOOK, CONF_SERVICE, CONF_ENTITY)


class SourceFlow(UploadErrors, FolderSteps, OnlineSteps, WebhookSteps, ServiceSteps, EntitySteps):
    """Subentry flow of a source; the field named after the kind identifies the source."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the kind."""
        return self.async_show_menu(
            step_id="user", menu_options=[CONF_FOLDER, CONF_ONLINE, "polar", *KINDS[2:], "export"]
        )

    async def async_step_export(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for an export of past runs, and import it in the background; that adds no source."""
        entry = self._get_entry()
        if not await async_is_loaded(self.hass, entry):
            return self.async_abort(reason="not_loaded")
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await self._async_upload_errors_of(entry, user_input[CONF_FILE])
            if not errors:
                return self.async_abort(reason="import_begun")
        return self.async_show_form(step_id="export", data_schema=UPLOAD, errors=errors)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Continue with the screens of the source's kind."""
        data = self._get_reconfigure_subentry().data
        kind = next(kind for kind in KINDS if kind in data)
        result: SubentryFlowResult = await getattr(self, f"async_step_reconfigure_{kind}")()
        return result
