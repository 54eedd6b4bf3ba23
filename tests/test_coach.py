"""The coach after a fresh run: through real services of test integrations, in quiet hours, away, and with faults."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

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
from homeassistant.exceptions import HomeAssistantError

from .conftest import ENTRY_ID, NOW, SetUp, entity_id_of, with_id
from .test_platforms import RUN

pytestmark = pytest.mark.usefixtures("clock")

PLAYER = "media_player.gym"
ENGINE = "tts.coach"
PHONE = "notify.phone"
SPEAKER_ID = "01SPEAKER"
PHONE_ID = "01PHONE"


class Lines:
    """Stands where the world begins: a text-to-speech engine, a player and a phone that note what reaches them."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Register what other integrations would."""
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
        """Make the sound of a line."""
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
    """Return what notes the lines."""
    lines = Lines(hass)
    speakers = "custom_components.home_gym.speakers.voice.tts"
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
    """Return what moves time on and lets everything happen."""

    async def move_to(moment: datetime) -> None:
        clock.move_to(moment)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return move_to


@pytest.fixture
def prompts(hass: HomeAssistant) -> Callable[[], list[tuple[str, ...]]]:
    """Return what tells the prompt events so far, each with habit and channel."""
    events = async_capture_events(hass, "state_changed")

    def told() -> list[tuple[str, ...]]:
        entity_id = entity_id_of(hass, "event", "prompt")
        states = [event.data["new_state"] for event in events if event.data["entity_id"] == entity_id]
        return [
            (state.attributes["event_type"], state.attributes["habit"], *_how(state.attributes))
            for state in states
            if state and state.attributes.get("event_type")
        ]

    return told


def _how(attributes: dict[str, Any]) -> tuple[str, ...]:
    return (f"{attributes['channel']} {attributes['attempts']}",) if "channel" in attributes else ()


async def deliver(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Let the run become known."""
    await entry.runtime_data.async_deliver([RUN], live=True)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_roll_then_stretch(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker(), phone())
    await set_up(entry)

    await deliver(hass, entry)
    assert len(lines.heard) == 1
    assert "roller" in lines.heard[0]
    await move_to(NOW + timedelta(minutes=4, seconds=59))
    assert len(lines.heard) == 1
    await move_to(NOW + timedelta(minutes=5))
    await move_to(NOW + timedelta(hours=3))

    assert len(lines.heard) == 2
    assert "tretch" in lines.heard[1]
    assert all(line.startswith(ENGINE) and "Alex" in line for line in lines.heard)
    assert lines.made == lines.heard
    assert lines.written == []
    assert prompts() == [
        ("due", "foam_roll"),
        ("spoken", "foam_roll", "Gym speaker 1"),
        ("due", "stretch"),
        # Nobody answered before the next one is asked, nor after.
        ("expired", "foam_roll"),
        ("spoken", "stretch", "Gym speaker 1"),
        ("expired", "stretch"),
    ]


@pytest.mark.parametrize(
    "fault",
    [HomeAssistantError("no answer"), RuntimeError("a player's own fault"), TimeoutError()],
)
async def test_a_speaker_that_fails_is_tried_again_then_the_phone(
    hass: HomeAssistant,
    set_up: SetUp,
    lines: Lines,
    move_to: Move,
    prompts: Callable[[], Any],
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
) -> None:
    entry = runner(speaker(), phone(), prompts=["foam_roll"])
    await set_up(entry)
    lines.player_fault = fault

    await deliver(hass, entry)
    assert (lines.heard, lines.written) == ([], [])
    await move_to(NOW + timedelta(seconds=10))
    assert (lines.heard, lines.written) == ([], [])
    await move_to(NOW + timedelta(seconds=20))

    assert lines.heard == []
    assert len(lines.written) == 1
    assert "roller" in lines.written[0]
    assert prompts() == [("due", "foam_roll"), ("spoken", "foam_roll", "Phone 3")]
    assert caplog.text.count("Alex wasn't asked for foam_roll") == 2


@pytest.mark.parametrize("broken", ["engine", "silence", "engine gone", "player gone", "player unknown"])
async def test_what_can_be_wrong_with_a_speaker(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any], broken: str
) -> None:
    entry = runner(speaker(), prompts=["foam_roll"])
    await set_up(entry)
    match broken:
        case "engine":
            lines.engine_fault = HomeAssistantError("no voice")
        case "silence":
            lines.sound = b""
        case "engine gone":
            hass.states.async_set(ENGINE, "unavailable")
        case "player gone":
            hass.states.async_set(PLAYER, "unavailable")
        case "player unknown":
            hass.states.async_remove(PLAYER)

    await deliver(hass, entry)
    assert lines.heard == []
    lines.engine_fault, lines.sound = None, b"sound"
    for entity_id in (PLAYER, ENGINE):
        hass.states.async_set(entity_id, "idle")
    await move_to(NOW + timedelta(seconds=10))

    assert len(lines.heard) == 1
    assert prompts()[-1] == ("spoken", "foam_roll", "Gym speaker 2")


async def test_a_speaker_that_never_answers(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker(), phone(), prompts=["foam_roll"])
    await set_up(entry)
    lines.engine_hangs = True
    with patch("custom_components.home_gym.speakers.PATIENCE", 0):
        await deliver(hass, entry)
        for seconds in range(5, 60, 5):
            await move_to(NOW + timedelta(seconds=seconds))

    assert prompts()[-1] == ("spoken", "foam_roll", "Phone 3")


async def test_an_entity_that_was_removed(hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move) -> None:
    data = {"media_player": "0123456789abcdef0123456789abcdef", "tts_engine": ENGINE}
    gone = {**speaker(), "data": data}
    entry = runner(gone, phone(), prompts=["foam_roll"])
    await set_up(entry)

    await deliver(hass, entry)
    await move_to(NOW + timedelta(seconds=10))
    await move_to(NOW + timedelta(seconds=20))

    assert len(lines.written) == 1


async def test_nobody_is_woken(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    # It is 20:00 in Berlin.
    entry = runner(speaker(), prompts=["foam_roll"], quiet_start="19:00:00", quiet_end="21:00:00")
    await set_up(entry)

    await deliver(hass, entry)
    await move_to(NOW + timedelta(minutes=59))
    assert (lines.heard, prompts()) == ([], [])
    await move_to(NOW + timedelta(minutes=60))

    assert len(lines.heard) == 1
    assert prompts()[-1] == ("spoken", "foam_roll", "Gym speaker 1")


async def test_a_night_that_outlasts_the_prompt(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker(), prompts=["foam_roll"], quiet_start="19:00:00", quiet_end="07:00:00")
    await set_up(entry)

    await deliver(hass, entry)
    await move_to(NOW + timedelta(minutes=90))
    await move_to(NOW + timedelta(hours=12))

    assert lines.heard == []
    assert prompts() == [("expired", "foam_roll")]


async def test_nobody_is_spoken_to_who_is_not_at_home(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, prompts: Callable[[], Any]
) -> None:
    hass.states.async_set("person.alex", "not_home")
    entry = runner(speaker(), person="person.alex", prompts=["foam_roll"])
    await set_up(entry)
    await deliver(hass, entry)
    assert lines.heard == []
    assert prompts() == [("due", "foam_roll")]

    hass.states.async_set("person.alex", "not_home", {"latitude": 50.2})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert lines.heard == []
    hass.states.async_set("person.alex", "home")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(lines.heard) == 1


async def test_a_person_whom_nothing_tracks(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    hass.states.async_set("person.alex", "unknown", {"device_trackers": []})
    entry = runner(speaker(), person="person.alex", prompts=["foam_roll"])
    await set_up(entry)

    await deliver(hass, entry)

    assert len(lines.heard) == 1


async def test_a_silenced_coach(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker(), phone(), prompts=["foam_roll"])
    coordinator = await set_up(entry)
    await coordinator.async_allow_voice(False)

    await deliver(hass, entry)
    await move_to(NOW + timedelta(hours=2))

    assert (lines.heard, lines.written) == ([], [])
    assert prompts() == [("due", "foam_roll"), ("expired", "foam_roll")]


async def test_a_restart_neither_repeats_nor_loses(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await deliver(hass, entry)
    assert len(lines.heard) == 1

    await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(lines.heard) == 1
    assert await hass.config_entries.async_unload(ENTRY_ID)
    await move_to(NOW + timedelta(minutes=7))
    assert len(lines.heard) == 1
    assert await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert len(lines.heard) == 2
    assert "tretch" in lines.heard[1]


async def test_what_was_done_is_not_asked_for(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await deliver(hass, entry)
    for key in ("log_foam_roll", "log_stretch"):
        await hass.services.async_call(
            "button", "press", {"entity_id": entity_id_of(hass, "button", key)}, blocking=True
        )

    await move_to(NOW + timedelta(minutes=5))

    assert len(lines.heard) == 1
    assert prompts() == [
        ("due", "foam_roll"),
        ("spoken", "foam_roll", "Gym speaker 1"),
        ("done", "foam_roll"),
    ]
