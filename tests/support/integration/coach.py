"""A runner with a speaker and a phone, and their lines."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
)

from custom_components.home_gym.const import DOMAIN
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant, ServiceCall
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, entity_id_of, with_id

PLAYER = "media_player.gym"
ENGINE = "tts.coach"
PHONE = "notify.phone"
SPEAKER_ID = "01SPEAKER"
PHONE_ID = "01PHONE"


class Lines:
    """Replacement of a text-to-speech engine, a player and a phone that records all lines."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Register the services of the other integrations."""
        self.hass = hass
        self.made: list[str] = []
        self.heard: list[str] = []
        self.written: list[str] = []
        self.engine_fault: Exception | None = None
        self.player_fault: Exception | None = None
        self.sound = b"sound"
        self.engine_hangs = False
        for entity_id in (PLAYER, ENGINE, PHONE):
            hass.states.async_set(entity_id, "idle")
        hass.services.async_register("media_player", "play_media", self._play)
        hass.services.async_register("notify", "send_message", self._write)

    async def make(self, _hass: HomeAssistant, media_id: str) -> tuple[str, bytes]:
        """Render a line."""
        if self.engine_fault:
            raise self.engine_fault
        if self.engine_hangs:
            await asyncio.Event().wait()
        self.made.append(media_id)
        return "mp3", self.sound

    async def _play(self, call: ServiceCall) -> None:
        if self.player_fault:
            raise self.player_fault
        assert call.data["announce"] is True
        assert call.data["entity_id"] == PLAYER
        self.heard.append(call.data["media_content_id"])

    async def _write(self, call: ServiceCall) -> None:
        assert call.data["entity_id"] == PHONE
        assert call.data["title"] == "Home Gym"
        self.written.append(call.data["message"])


@pytest.fixture
def lines(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> Lines:
    """Return the record of all lines."""
    lines = Lines(hass)
    speakers = "custom_components.home_gym.speech.voice.tts"
    monkeypatch.setattr(f"{speakers}.async_get_media_source_audio", lines.make)
    monkeypatch.setattr(
        f"{speakers}.generate_media_source_id", lambda _hass, message, *, engine, **_: f"{engine}: {message}"
    )
    return lines


def speaker() -> Any:
    """Return the subentry of a media player with a voice."""
    data = {"media_player": PLAYER, "tts_engine": ENGINE}
    return with_id(
        ConfigSubentryData(data=data, subentry_type="speaker", title="Gym speaker", unique_id=None), SPEAKER_ID
    )


def phone() -> Any:
    """Return the subentry of a phone."""
    return with_id(
        ConfigSubentryData(data={"notify": PHONE}, subentry_type="speaker", title="Phone", unique_id=None), PHONE_ID
    )


def runner(*speakers: Any, person: str | None = None, **options: Any) -> MockConfigEntry:
    """Return the entry of a runner with speakers."""
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"} | ({"person": person} if person else {}),
        options=options,
        subentries_data=list(speakers),
    )


type Move = Callable[[datetime], Any]


@pytest.fixture
def move_to(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> Move:
    """Return a function that moves the clock and runs everything due."""

    async def move_to(moment: datetime) -> None:
        clock.move_to(moment)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return move_to


@pytest.fixture
def prompts(hass: HomeAssistant) -> Callable[[], list[tuple[str, ...]]]:
    """Return a function for the prompt events so far, each with habit and channel."""
    events = async_capture_events(hass, "state_changed")

    def told() -> list[tuple[str, ...]]:
        entity_id = entity_id_of(hass, "event", "prompt")
        changes = [event.data for event in events if event.data["entity_id"] == entity_id]
        # The present silence is an attribute, too; its changes are no events.
        states = [
            change["new_state"]
            for change in changes
            if not (change["old_state"] and change["new_state"])
            or change["old_state"].state != change["new_state"].state
        ]
        return [
            (state.attributes["event_type"], state.attributes["habit"], *_how(state.attributes))
            for state in states
            if state and state.attributes.get("event_type")
        ]

    return told


def _how(attributes: dict[str, Any]) -> tuple[str, ...]:
    return (f"{attributes['channel']} {attributes['attempts']}",) if "channel" in attributes else ()


async def deliver(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Deliver the run."""
    await entry.runtime_data.coordinator.async_deliver([RUN], live=True)
    await hass.async_block_till_done(wait_background_tasks=True)
