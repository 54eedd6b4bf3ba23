"""Subentry flow of a speaker: a voice satellite, a media player with a voice, or a phone."""

import asyncio
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import ATTR_FRIENDLY_NAME, STATE_UNAVAILABLE

from ..const import CONF_MEDIA_PLAYER, CONF_NOTIFY, CONF_SATELLITE, CONF_TTS_ENGINE, CONF_VOLUME, LOGGER
from ..entity_references import entity_id_of, reference_to
from ..ha.media_player import MediaPlayerEntityFeature
from ..options.field import form
from ..options.speaker import ENTITIES, SPEAKER
from ..speech.player import features_of
from ..speech.satellite import voice_of_satellite
from ..speech.voice import async_try_out, voice_of_engine

# Seconds that a form may take to check a voice.
TRY_OUT_TIMEOUT = 10


class SpeakerFlow(ConfigSubentryFlow):
    """Subentry flow of a speaker; references to its entities survive a change of entity id."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the kind; the menu leads to its form."""
        return self.async_show_menu(step_id="user", menu_options=list(SPEAKER))

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Continue with the form of the speaker's kind."""
        data = self._get_reconfigure_subentry().data
        return await self._step(next(kind for kind in SPEAKER if kind in data), None)

    async def async_step_satellite(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a voice satellite."""
        return await self._step(CONF_SATELLITE, user_input)

    async def async_step_media_player(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a media player and its text-to-speech engine."""
        return await self._step(CONF_MEDIA_PLAYER, user_input)

    async def async_step_notify(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a phone or another notify entity."""
        return await self._step(CONF_NOTIFY, user_input)

    async def _step(self, kind: str, user_input: dict[str, Any] | None) -> SubentryFlowResult:
        """Show the form of a kind, or save its input; the kind's field gives the speaker its name."""
        errors = await self._errors_of(user_input)
        if user_input is None or errors:
            fields = vol.Schema(form(self.hass, SPEAKER[kind]))
            schema = self.add_suggested_values_to_schema(fields, user_input or self._known())
            return self.async_show_form(step_id=kind, data_schema=schema, errors=errors)
        state = self.hass.states.get(user_input[kind])
        title = state.attributes.get(ATTR_FRIENDLY_NAME, user_input[kind]) if state else user_input[kind]
        data = {
            field: reference_to(self.hass, value) if field in ENTITIES else value for field, value in user_input.items()
        }
        if self.source == "reconfigure":
            subentry = self._get_reconfigure_subentry()
            return self.async_update_and_abort(self._get_entry(), subentry, title=title, data=data)
        return self.async_create_entry(title=title, data=data)

    async def _errors_of(self, user_input: dict[str, Any] | None) -> dict[str, str]:
        """Return the errors of a speaker that would stay silent."""
        filled_in = user_input or {}
        if satellite := filled_in.get(CONF_SATELLITE):
            state = self.hass.states.get(satellite)
            if state is None or state.state == STATE_UNAVAILABLE:
                return {CONF_SATELLITE: "satellite_unavailable"}
            return {} if await self._is_heard(satellite=satellite) else {CONF_SATELLITE: "pipeline_mute"}
        if player := filled_in.get(CONF_MEDIA_PLAYER):
            state = self.hass.states.get(player)
            has_volume = state is None or MediaPlayerEntityFeature.VOLUME_SET in features_of(state)
            if CONF_VOLUME in filled_in and not has_volume:
                return {CONF_VOLUME: "volume_fixed"}
            if not await self._is_heard(engine=filled_in[CONF_TTS_ENGINE]):
                return {CONF_TTS_ENGINE: "voice_silent"}
        return {}

    async def _is_heard(self, *, satellite: str | None = None, engine: str = "") -> bool:
        """Return whether the voice of a satellite or of an engine produces sound."""
        try:
            async with asyncio.timeout(TRY_OUT_TIMEOUT):
                voice = voice_of_satellite(self.hass, satellite) if satellite else voice_of_engine(self.hass, engine)
                if voice is not None:
                    # A name is the shortest text valid in any language.
                    await async_try_out(self.hass, voice, self._get_entry().title)
        # Engines are third-party code; after any exception this voice cannot be chosen.
        except Exception as error:  # noqa: BLE001
            LOGGER.warning("%s has no voice: %s", satellite or engine, error)
            return False
        return voice is not None

    def _known(self) -> dict[str, Any]:
        if self.source != "reconfigure":
            return {}
        data = self._get_reconfigure_subentry().data
        return {field: entity_id_of(self.hass, value) if field in ENTITIES else value for field, value in data.items()}
