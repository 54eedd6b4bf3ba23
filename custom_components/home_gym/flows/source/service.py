"""Screens of a known service with an installed integration."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig

from ...const import CONF_ACCOUNT, CONF_ENTITY, CONF_FOLDER, CONF_GEAR, CONF_ONLINE, CONF_SERVICE, CONF_WEBHOOK
from ...sources.entities.snapshots import anchors
from .preview import PreviewSteps

# The kinds of sources that work without an installed integration.
OTHER_KINDS = [CONF_ONLINE, CONF_WEBHOOK, CONF_FOLDER, CONF_ENTITY]


class ServiceSteps(PreviewSteps):
    """Flow steps for an account of a known service, by one of its entities."""

    async def async_step_service(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for one of the available accounts."""
        found = anchors(self.hass)
        if not found:
            return self.async_show_menu(step_id="no_service", menu_options=OTHER_KINDS)
        errors: dict[str, str] = {}
        known = self._known()
        owner = known.get(CONF_SERVICE), known.get(CONF_ACCOUNT)
        if user_input is not None:
            entity_id = user_input[CONF_SERVICE]
            service, account = found[entity_id]
            errors = self._service_errors_of(service, account)
            if not errors:
                gear = known[CONF_GEAR] if (service, account) == owner else {}
                draft = {CONF_SERVICE: service, CONF_ACCOUNT: account, CONF_GEAR: gear}
                return await self._async_preview(entity_id, draft)
        chosen = next((entity_id for entity_id in found if found[entity_id] == owner), None)
        selector = EntitySelector(EntitySelectorConfig(include_entities=sorted(found)))
        schema = vol.Schema({vol.Required(CONF_SERVICE): selector})
        suggested = user_input or ({CONF_SERVICE: chosen} if chosen else {})
        return self.async_show_form(
            step_id="service", data_schema=self.add_suggested_values_to_schema(schema, suggested), errors=errors
        )

    async def async_step_no_service(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the kinds of sources that need no integration."""
        return await self.async_step_service(user_input)

    async def async_step_reconfigure_service(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the account again; the screens are those of a new source."""
        return await self.async_step_service()

    def _service_errors_of(self, service: str, account: str) -> dict[str, str]:
        return {CONF_SERVICE: "service_taken"} if self._is_taken(service=service, account=account) else {}
