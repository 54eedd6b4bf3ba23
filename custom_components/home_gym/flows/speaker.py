"""Adding a way to reach the runner: a media player that speaks, or a phone that is notified."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import ATTR_FRIENDLY_NAME
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig, EntityWithDeviceFilterSelectorConfig

from ..const import CONF_MEDIA_PLAYER, CONF_NOTIFY, CONF_TTS_ENGINE
from ..references import entity_id_of, reference_to

MEDIA_PLAYER = vol.Schema(
    {
        vol.Required(CONF_MEDIA_PLAYER): EntitySelector(
            EntitySelectorConfig(
                filter=EntityWithDeviceFilterSelectorConfig(
                    domain="media_player", supported_features=["media_player.MediaPlayerEntityFeature.PLAY_MEDIA"]
                )
            )
        ),
        vol.Required(CONF_TTS_ENGINE): EntitySelector(EntitySelectorConfig(domain="tts")),
    }
)
NOTIFY = vol.Schema({vol.Required(CONF_NOTIFY): EntitySelector(EntitySelectorConfig(domain="notify"))})


class SpeakerFlow(ConfigSubentryFlow):
    """Describes a speaker; its entities are stored in a way that survives their renaming."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask which kind it is; the menu leads on to its form."""
        return self.async_show_menu(step_id="user", menu_options=[CONF_MEDIA_PLAYER, CONF_NOTIFY])

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Go on with the kind it is."""
        if CONF_MEDIA_PLAYER in self._get_reconfigure_subentry().data:
            return await self.async_step_media_player()
        return await self.async_step_notify()

    async def async_step_media_player(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a media player and the engine that gives it a voice."""
        return self._step(CONF_MEDIA_PLAYER, MEDIA_PLAYER, user_input)

    async def async_step_notify(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a phone, or whatever else can be notified."""
        return self._step(CONF_NOTIFY, NOTIFY, user_input)

    def _step(self, kind: str, schema: vol.Schema, user_input: dict[str, Any] | None) -> SubentryFlowResult:
        """Show the form of a kind, or keep what was filled in; the kind's field names the speaker."""
        if user_input is None:
            schema = self.add_suggested_values_to_schema(schema, self._known())
            return self.async_show_form(step_id=kind, data_schema=schema)
        state = self.hass.states.get(user_input[kind])
        title = state.attributes.get(ATTR_FRIENDLY_NAME, user_input[kind]) if state else user_input[kind]
        data = {field: reference_to(self.hass, entity_id) for field, entity_id in user_input.items()}
        if self.source == "reconfigure":
            subentry = self._get_reconfigure_subentry()
            return self.async_update_and_abort(self._get_entry(), subentry, title=title, data=data)
        return self.async_create_entry(title=title, data=data)

    def _known(self) -> dict[str, str | None]:
        if self.source != "reconfigure":
            return {}
        data = self._get_reconfigure_subentry().data
        return {field: entity_id_of(self.hass, reference) for field, reference in data.items()}
