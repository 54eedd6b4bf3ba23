"""Subentry flow of a speaker: a voice satellite, a media player with a voice, a notify action, or a phone."""

import asyncio
from typing import Any

import voluptuous as vol

from homeassistant.components.assist_satellite import AssistSatelliteEntityFeature as Feature
from homeassistant.config_entries import ConfigEntryState, SubentryFlowResult
from homeassistant.const import ATTR_DEVICE_CLASS, ATTR_FRIENDLY_NAME, ATTR_SUPPORTED_FEATURES, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, State

from ..coach.hello import async_greet, async_say_hello
from ..const import (
    CONF_CHIME,
    CONF_MEDIA_PLAYER,
    CONF_NIGHT_VOLUME,
    CONF_NOTIFY,
    CONF_NOTIFY_ACTION,
    CONF_SATELLITE,
    CONF_TTS_ENGINE,
    CONF_VOLUME,
    LOGGER,
)
from ..entity_references import entity_id_of, reference_to
from ..options.field import form
from ..options.speaker import ENTITIES, SPEAKER, is_written
from ..speech.media_player import VolumeOf, driver_of, refusal_of
from ..speech.satellite import voice_of_satellite
from ..speech.satellite_line import player_beside
from ..speech.voice import async_try_out, preferred_engine, voice_of_engine
from .subentry import RunnerSubentryFlow

# Seconds that a form may take to check a voice, and that it waits for a line before it asks about it.
TRY_OUT_TIMEOUT = 10
# Steps of the volume in per cent, and the first one where none was chosen.
VOLUME_STEP, USUAL_VOLUME = 15, 50
DOMAINS = {CONF_SATELLITE: "assist_satellite", CONF_MEDIA_PLAYER: "media_player"}


class SpeakerFlow(RunnerSubentryFlow):
    """Subentry flow of a speaker; references to its entities survive a change of entity id."""

    _kind = ""
    _chosen: dict[str, Any]
    _hello: asyncio.Task[None] | None = None

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

    async def async_step_notify_action(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a notify action without an entity, such as a broadcast to loudspeakers."""
        return await self._step(CONF_NOTIFY_ACTION, user_input)

    async def async_step_did_you_hear(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Say a line for real, and ask whether it was heard."""
        await self._async_say_hello()
        answers = ["heard", *(["too_quiet", "too_loud"] if self._has_volume() else []), "unheard"]
        return self.async_show_menu(
            step_id="did_you_hear", menu_options=answers, description_placeholders={"speaker": self._title()}
        )

    async def async_step_heard(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Save the speaker."""
        return self._save()

    async def async_step_too_quiet(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Say the line again, louder."""
        return await self._step_of_volume(VOLUME_STEP)

    async def async_step_too_loud(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Say the line again, more quietly."""
        return await self._step_of_volume(-VOLUME_STEP)

    async def async_step_unheard(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the remedies, with the fault if one was reported."""
        return self.async_show_menu(
            step_id="unheard",
            menu_options=["did_you_hear", "change", "heard"],
            description_placeholders={"speaker": self._title(), "fault": self._fault()},
        )

    async def async_step_change(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Go back to the form."""
        return self._form(self._chosen, {})

    async def _step(self, kind: str, user_input: dict[str, Any] | None) -> SubentryFlowResult:
        """Show the form of a kind, or continue with its input."""
        self._kind = kind
        errors = await self._errors_of(user_input)
        if user_input is None or errors:
            return self._form(user_input or self._known(), errors)
        self._chosen = user_input
        return await self.async_step_did_you_hear() if self._can_say_hello() else self._save()

    def _form(self, suggested: dict[str, Any], errors: dict[str, str]) -> SubentryFlowResult:
        fields = vol.Schema(form(self.hass, SPEAKER[self._kind]))
        schema = self.add_suggested_values_to_schema(fields, suggested)
        return self.async_show_form(step_id=self._kind, data_schema=schema, errors=errors)

    def _save(self) -> SubentryFlowResult:
        data = self._data()
        if self.source == "reconfigure":
            subentry = self._get_reconfigure_subentry()
            return self.async_update_and_abort(self._get_entry(), subentry, title=self._title(), data=data)
        return self.async_create_entry(title=self._title(), data=data)

    def _data(self) -> dict[str, Any]:
        return {
            field: reference_to(self.hass, value) if field in ENTITIES else value
            for field, value in self._chosen.items()
        }

    def _title(self) -> str:
        """Return the name of the speaker: that of its entity or action."""
        named = self._chosen[self._kind]
        state = self.hass.states.get(named)
        title: str = state.attributes.get(ATTR_FRIENDLY_NAME, named) if state else named
        return title

    async def _step_of_volume(self, step: int) -> SubentryFlowResult:
        usual = self._chosen.get(CONF_VOLUME, USUAL_VOLUME)
        self._chosen = {**self._chosen, CONF_VOLUME: min(max(usual + step, 1), 100)}
        return await self.async_step_did_you_hear()

    def _has_volume(self) -> bool:
        return _volume_of(self.hass, self._chosen) is not VolumeOf.FIXED

    def _can_say_hello(self) -> bool:
        """Return whether the speaker speaks, and its entity is there just now."""
        if is_written(self._chosen):
            return False
        return self._kind == CONF_NOTIFY_ACTION or is_available(self.hass, self._chosen[self._kind])

    async def _async_say_hello(self) -> None:
        """Say a line in the background, and wait a moment for its end or its fault."""
        entry = self._get_entry()
        if self._hello:
            self._hello.cancel()
        hello = (
            async_say_hello(self.hass, entry.runtime_data, self._data())
            if entry.state is ConfigEntryState.LOADED
            else async_greet(self.hass, entry.title, self._data())
        )
        self._hello = self.hass.async_create_background_task(hello, "hello of a speaker")
        await asyncio.wait([self._hello], timeout=TRY_OUT_TIMEOUT)

    def _fault(self) -> str:
        """Return the fault that kept the line from being spoken, "" without one."""
        if self._hello is None or not self._hello.done() or self._hello.cancelled():
            return ""
        error = self._hello.exception()
        if error is None:
            return ""
        LOGGER.warning("%s didn't speak: %s", self._title(), error)
        return str(error)

    async def _errors_of(self, user_input: dict[str, Any] | None) -> dict[str, str]:
        """Return the errors of a speaker that would stay silent."""
        filled_in = user_input or {}
        if satellite := filled_in.get(CONF_SATELLITE):
            state = self.hass.states.get(satellite)
            if state is None or state.state == STATE_UNAVAILABLE:
                return {CONF_SATELLITE: "satellite_unavailable"}
            if error := self._volume_errors_of(filled_in):
                return error
            return {} if await self._is_heard(satellite=satellite) else {CONF_SATELLITE: "pipeline_mute"}
        if player := filled_in.get(CONF_MEDIA_PLAYER):
            return await self._player_errors_of(player, filled_in)
        return {}

    async def _player_errors_of(self, player: str, filled_in: dict[str, Any]) -> dict[str, str]:
        is_there = self.hass.states.get(player) is not None
        if is_there and (reason := refusal_of(self.hass, player)):
            return {CONF_MEDIA_PLAYER: reason}
        if error := self._volume_errors_of(filled_in):
            return error
        if is_there and driver_of(self.hass, player).traits(self.hass, player).takes_text:
            return {}
        if CONF_TTS_ENGINE not in filled_in:
            return {CONF_TTS_ENGINE: "voice_missing"}
        if not await self._is_heard(engine=filled_in[CONF_TTS_ENGINE]):
            return {CONF_TTS_ENGINE: "voice_silent"}
        return {}

    def _volume_errors_of(self, filled_in: dict[str, Any]) -> dict[str, str]:
        chosen = [field for field in (CONF_VOLUME, CONF_NIGHT_VOLUME) if field in filled_in]
        if not chosen or _volume_of(self.hass, filled_in) is not VolumeOf.FIXED:
            return {}
        return {chosen[0]: "volume_fixed"}

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
        """Return the suggested values: those of the speaker, or for a new one the only entity of its kind."""
        if self.source == "reconfigure":
            data = self._get_reconfigure_subentry().data
            return {
                field: entity_id_of(self.hass, value) if field in ENTITIES else value for field, value in data.items()
            }
        there = fitting(self.hass, self._kind) if self._kind in DOMAINS else []
        suggested: dict[str, Any] = {self._kind: there[0]} if len(there) == 1 else {}
        if self._kind == CONF_MEDIA_PLAYER and (engine := preferred_engine(self.hass)):
            suggested[CONF_TTS_ENGINE] = engine
        return suggested


def fitting(hass: HomeAssistant, kind: str) -> list[str]:
    """Return the entities that can be a speaker of a kind, televisions last."""
    there = sorted(hass.states.async_all(DOMAINS[kind]), key=lambda state: (_is_television(state), state.entity_id))
    if kind == CONF_SATELLITE:
        return [each.entity_id for each in there if Feature.ANNOUNCE in Feature(_features_of(each))]
    return [each.entity_id for each in there if refusal_of(hass, each.entity_id) is None]


def _features_of(state: State) -> int:
    return int(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0))


def _is_television(state: State) -> bool:
    return bool(state.attributes.get(ATTR_DEVICE_CLASS) == "tv")


def first_speaker(hass: HomeAssistant) -> tuple[str, dict[str, Any]] | None:
    """Return the kind and the filled-in form of the likeliest speaker that is available, None without one."""
    available = {kind: [each for each in fitting(hass, kind) if is_available(hass, each)] for kind in DOMAINS}
    for satellite in available[CONF_SATELLITE]:
        return CONF_SATELLITE, {CONF_SATELLITE: satellite, CONF_CHIME: True}
    engine = preferred_engine(hass)
    for player in available[CONF_MEDIA_PLAYER]:
        if driver_of(hass, player).traits(hass, player).takes_text:
            return CONF_MEDIA_PLAYER, {CONF_MEDIA_PLAYER: player}
        if engine:
            return CONF_MEDIA_PLAYER, {CONF_MEDIA_PLAYER: player, CONF_TTS_ENGINE: engine}
    return None


def is_available(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether an entity is there and reachable."""
    state = hass.states.get(entity_id)
    return state is not None and state.state != STATE_UNAVAILABLE


def _volume_of(hass: HomeAssistant, filled_in: dict[str, Any]) -> VolumeOf:
    """Return the volume that can be set on a speaker; that of an absent player is unknown, and taken as its own."""
    if satellite := filled_in.get(CONF_SATELLITE):
        return VolumeOf.PLAYER if player_beside(hass, satellite) else VolumeOf.FIXED
    player = filled_in.get(CONF_MEDIA_PLAYER)
    if player is None:
        return VolumeOf.FIXED
    if hass.states.get(player) is None:
        return VolumeOf.PLAYER
    return driver_of(hass, player).traits(hass, player).volume
