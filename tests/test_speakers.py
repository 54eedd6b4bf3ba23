"""One line on each kind of speaker, on real platforms, and what can be wrong with it."""

import asyncio
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.home_gym.speakers import Line, Priority, async_perform
from homeassistant.components.assist_satellite import SatelliteBusyError
from homeassistant.components.media_player.const import MediaPlayerEntityFeature as Feature
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from .voice_home import VoiceHome, error_key, mp3


def line(text: str = "Roll", **changes: Any) -> Line:
    """Return a line."""
    return Line(title="Home Gym", text=text, **changes)


@pytest.fixture
async def home(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> VoiceHome:
    """Return a home that can speak."""
    home = VoiceHome(hass, clock)
    await home.move_in()
    return home


async def test_a_media_player(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(), line("Roll, Alex"))
    assert home.player.calls == [("say", "Roll, Alex")]
    assert [(text, language) for text, language, _ in home.engine.asked] == [("Roll, Alex", "en")]


async def test_a_satellite(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_satellite(), line("Roll, Alex"))
    assert home.satellite.said == [("Roll, Alex", True)]


# One after the other


async def test_two_runners_on_one_player(hass: HomeAssistant, home: VoiceHome) -> None:
    """The sound lasts 0.96 seconds, and the pause one."""
    entry = er.async_get(hass).async_get(home.player.entity_id)
    assert entry
    await async_perform(hass, home.on_player(), line("one"))
    other = await home.begin(async_perform(hass, home.on_player(media_player=entry.id), line("two")))
    await home.wait(1.9)
    assert home.player.said == ["one"]
    await home.wait(0.2)
    assert home.player.said == ["one", "two"]
    await other


@pytest.mark.parametrize("kind", ["player", "satellite"])
async def test_the_more_important_goes_first(hass: HomeAssistant, home: VoiceHome, kind: str) -> None:
    speaker: dict[str, Any] = getattr(home, f"on_{kind}")()
    home.satellite.is_done.clear()
    order = [Priority.PROMPT, Priority.ROUTINE, Priority.PROMPT, Priority.SAFETY, Priority.ROUTINE]
    lines = [
        await home.begin(async_perform(hass, speaker, line(f"{n} {priority.name}"), priority=priority))
        for n, priority in enumerate(order)
    ]
    for _ in order:
        home.satellite.is_done.set()
        await home.settle()
        await home.wait(2.1)

    said = home.player.said if kind == "player" else [text for text, _ in home.satellite.said]
    assert said == ["0 PROMPT", "3 SAFETY", "1 ROUTINE", "4 ROUTINE", "2 PROMPT"]
    await asyncio.gather(*lines)


async def test_a_satellite_says_one_line_at_a_time(hass: HomeAssistant, home: VoiceHome) -> None:
    home.satellite.is_done.clear()
    first = await home.begin(async_perform(hass, home.on_satellite(), line("one")))
    second = await home.begin(async_perform(hass, home.on_satellite(), line("two")))
    await home.wait(10)
    assert [text for text, _ in home.satellite.said] == ["one"]
    assert not first.done()

    home.satellite.is_done.set()
    await asyncio.gather(first, second)
    assert [text for text, _ in home.satellite.said] == ["one", "two"]


async def test_a_line_that_comes_too_late(hass: HomeAssistant, home: VoiceHome) -> None:
    now = dt_util.utcnow()
    await async_perform(hass, home.on_player(), line("one"), until=now)
    late = await home.begin(async_perform(hass, home.on_player(), line("two"), until=now + timedelta(seconds=1)))
    in_time = await home.begin(async_perform(hass, home.on_player(), line("three"), until=now + timedelta(seconds=5)))
    await home.wait(2.1)

    assert home.player.said == ["one", "three"]
    assert error_key(late.exception()) == "line_too_late"
    await in_time


async def test_more_lines_than_anybody_would_listen_to(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(), line("now"))
    prompts = [await home.begin(async_perform(hass, home.on_player(), line(str(n)))) for n in range(9)]
    assert error_key(prompts[8].exception()) == "line_crowded_out"
    warning = await home.begin(async_perform(hass, home.on_player(), line("Stop"), priority=Priority.SAFETY))
    assert error_key(prompts[7].exception()) == "line_crowded_out"

    for _ in range(9):
        await home.wait(2.1)
    assert home.player.said == ["now", "Stop", *"0123456"]
    await asyncio.gather(warning, *prompts[:7])


async def test_a_line_that_is_not_wanted_any_more(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(), line("one"))
    second = await home.begin(async_perform(hass, home.on_player(), line("two")))
    third = await home.begin(async_perform(hass, home.on_player(), line("three")))
    second.cancel()
    await home.wait(2.1)
    assert second.cancelled()
    assert home.player.said == ["one", "three"]
    await third


async def test_a_line_that_is_given_up_the_moment_its_turn_comes(hass: HomeAssistant, home: VoiceHome) -> None:
    home.satellite.is_done.clear()
    first = await home.begin(async_perform(hass, home.on_satellite(), line("one")))
    second = await home.begin(async_perform(hass, home.on_satellite(), line("two")))
    third = await home.begin(async_perform(hass, home.on_satellite(), line("three")))
    first.cancel()
    second.cancel()
    home.satellite.is_done.set()
    await home.settle()
    assert second.cancelled()
    assert [text for text, _ in home.satellite.said] == ["one", "three"]
    await third


async def test_a_slow_voice_keeps_its_place_but_stops_nothing_important(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(), line("one"))
    waits_for = home.engine.waits_for = asyncio.Event()
    slow = await home.begin(async_perform(hass, home.on_player(), line("two")))
    home.engine.waits_for = None
    equal = await home.begin(async_perform(hass, home.on_player(), line("three")))
    await home.wait(2.1)
    assert home.player.said == ["one"]
    important = await home.begin(async_perform(hass, home.on_player(), line("Stop"), priority=Priority.SAFETY))
    assert home.player.said == ["one", "Stop"]

    waits_for.set()
    await home.wait(2.1)
    await home.wait(2.1)
    assert home.player.said == ["one", "Stop", "two", "three"]
    await asyncio.gather(slow, equal, important)


@pytest.mark.parametrize("kind", ["player", "satellite"])
async def test_a_speaker_that_goes_while_a_line_waits(hass: HomeAssistant, home: VoiceHome, kind: str) -> None:
    speaker: dict[str, Any] = getattr(home, f"on_{kind}")()
    entity = getattr(home, kind)
    home.satellite.is_done.clear()
    first = await home.begin(async_perform(hass, speaker, line("one")))
    second = await home.begin(async_perform(hass, speaker, line("two")))
    entity._attr_available = False
    entity.async_write_ha_state()
    home.satellite.is_done.set()
    await home.wait(2.1)

    assert len(entity.said) == 1
    assert error_key(second.exception()) == "speaker_unavailable"
    await first


# What can be wrong


@pytest.mark.parametrize(
    ("sound", "fault"),
    [
        (b"", None),
        (None, None),
        (b"sound", HomeAssistantError("no voice")),
        (b"sound", RuntimeError("an engine's own fault")),
    ],
)
async def test_a_voice_that_fails_frees_the_player(
    hass: HomeAssistant, home: VoiceHome, sound: bytes | None, fault: Exception | None
) -> None:
    home.engine.sound, home.engine.fault = sound, fault
    with pytest.raises(type(fault) if fault else HomeAssistantError):
        await async_perform(hass, home.on_player(), line("one"))
    assert home.player.said == []

    home.engine.sound, home.engine.fault = mp3(40), None
    await async_perform(hass, home.on_player(), line("two"))
    assert home.player.said == ["two"]


async def test_a_sound_that_does_not_tell_its_length(hass: HomeAssistant, home: VoiceHome) -> None:
    """28 letters are two seconds, with a second's pause."""
    home.engine.sound = b"sound"
    await async_perform(hass, home.on_player(), line("a" * 28))
    second = await home.begin(async_perform(hass, home.on_player(), line("two")))
    await home.wait(2.9)
    assert len(home.player.said) == 1
    await home.wait(0.2)
    assert len(home.player.said) == 2
    await second


@pytest.mark.parametrize("kind", ["player", "satellite", "engine"])
async def test_a_speaker_that_is_not_there(hass: HomeAssistant, home: VoiceHome, kind: str) -> None:
    field = {"player": "media_player", "satellite": "satellite", "engine": "tts_engine"}[kind]
    speaker = (home.on_satellite() if kind == "satellite" else home.on_player()) | {field: f"{kind}.gone"}
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform(hass, speaker, line())
    assert error_key(raised.value) == "speaker_unavailable"


@pytest.mark.parametrize("kind", ["engine", "player", "satellite"])
async def test_a_speaker_that_never_answers(hass: HomeAssistant, home: VoiceHome, kind: str) -> None:
    never = asyncio.Event()
    home.engine.waits_for = never if kind == "engine" else None
    home.player.waits_for = never if kind == "player" else None
    home.satellite.is_done = never
    speaker = home.on_satellite() if kind == "satellite" else home.on_player()
    hanging = await home.begin(async_perform(hass, speaker, line("a" * 14)))
    # Those that speak until they are done have twice the two seconds that it should take, and 20 seconds.
    await home.wait(19 if kind != "satellite" else 23)
    assert not hanging.done()
    await home.wait(2)
    assert error_key(hanging.exception()) == "speaker_silent"
    never.set()
    await home.settle()


@pytest.mark.parametrize(
    ("state", "fault", "priority", "said"),
    [
        ("idle", SatelliteBusyError(), Priority.PROMPT, 1),
        ("listening", None, Priority.PROMPT, 0),
        ("processing", None, Priority.ROUTINE, 0),
        ("responding", None, Priority.PROMPT, 0),
        # Danger is worth an interruption, but not every satellite can be interrupted.
        ("listening", SatelliteBusyError(), Priority.SAFETY, 1),
    ],
)
async def test_a_satellite_that_is_busy(
    hass: HomeAssistant, home: VoiceHome, state: str, fault: Exception | None, priority: Priority, said: int
) -> None:
    hass.states.async_set(home.satellite.entity_id, state)
    home.satellite.fault = fault
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform(hass, home.on_satellite(), line(), priority=priority)
    assert error_key(raised.value) == "satellite_busy"
    assert len(home.satellite.said) == said


async def test_a_warning_interrupts_a_conversation(hass: HomeAssistant, home: VoiceHome) -> None:
    hass.states.async_set(home.satellite.entity_id, "listening")
    await async_perform(hass, home.on_satellite(), line("Stop"), priority=Priority.SAFETY)
    assert home.satellite.said == [("Stop", False)]


async def test_a_satellite_with_a_fault_of_its_own(hass: HomeAssistant, home: VoiceHome) -> None:
    home.satellite.fault = HomeAssistantError("no connection")
    with pytest.raises(HomeAssistantError, match="no connection"):
        await async_perform(hass, home.on_satellite(), line())
    home.satellite.fault = None
    await async_perform(hass, home.on_satellite(), line())
    assert len(home.satellite.said) == 2


@pytest.mark.parametrize(
    ("chosen", "priority", "chime"),
    [
        ({}, Priority.PROMPT, True),
        ({"chime": True}, Priority.PROMPT, True),
        ({"chime": False}, Priority.PROMPT, False),
        ({"chime": True}, Priority.ROUTINE, False),
    ],
)
async def test_a_chime_before_a_prompt(
    hass: HomeAssistant, home: VoiceHome, chosen: dict[str, bool], priority: Priority, chime: bool
) -> None:
    await async_perform(hass, home.on_satellite(**chosen), line(), priority=priority)
    assert home.satellite.said == [("Roll", chime)]


@pytest.mark.parametrize(
    ("home_language", "country", "line_language", "spoken"),
    [
        ("en", "GB", None, "en"),
        ("de", "AT", None, "de-AT"),
        ("de", "DE", None, "de-DE"),
        # the lines of a home whose language has none
        ("pl", "PL", "en", "en"),
        ("en", "US", "de", {"de-AT", "de-DE"}),
        # an engine that lacks the language speaks its own
        ("fr", "FR", None, "en"),
    ],
)
async def test_the_language_of_a_line(
    hass: HomeAssistant,
    home: VoiceHome,
    home_language: str,
    country: str,
    line_language: str | None,
    spoken: str | set[str],
) -> None:
    hass.config.language, hass.config.country = home_language, country
    await async_perform(hass, home.on_player(), line(language=line_language))
    [(_, language, _)] = home.engine.asked
    assert language in ({spoken} if isinstance(spoken, str) else spoken)


# Volume and music


async def test_the_volume_of_a_line(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(volume=60), line("one"))
    assert home.player.calls == [("volume", 0.6), ("say", "one")]
    await home.wait(1.9)
    assert home.player.volume_level == 0.6
    await home.wait(0.2)
    assert home.player.calls[2:] == [("volume", 0.3)]


@pytest.mark.parametrize(
    ("changed", "then"),
    [
        # somebody turned it up or down
        ({"volume_level": 0.8}, []),
        ({"volume_level": 0.1}, []),
        # a player that rounds, one that is slow to tell, one that is off, and one that tells nothing
        ({"volume_level": 0.59}, [("volume", 0.3)]),
        ({"volume_level": 0.3}, [("volume", 0.3)]),
        ({"state": "off"}, [("volume", 0.3)]),
        ({"volume_level": None}, [("volume", 0.3)]),
    ],
)
async def test_what_somebody_does_to_the_volume_meanwhile(
    hass: HomeAssistant, home: VoiceHome, changed: dict[str, Any], then: list[Any]
) -> None:
    await async_perform(hass, home.on_player(volume=60), line("one"))
    home.player.change(**changed)
    await home.wait(2.1)
    assert home.player.calls[2:] == then


@pytest.mark.parametrize(
    "changed", [{"supported_features": Feature.PLAY_MEDIA | Feature.MEDIA_ANNOUNCE}, {"volume_level": None}]
)
async def test_a_volume_that_could_not_be_put_back_stays(
    hass: HomeAssistant, home: VoiceHome, changed: dict[str, Any]
) -> None:
    home.player.change(**changed)
    await async_perform(hass, home.on_player(volume=60), line("one"))
    await home.wait(2.1)
    assert home.player.calls == [("say", "one")]


async def test_a_player_that_fails_is_put_right_at_once(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.fault = HomeAssistantError("no connection")
    with pytest.raises(HomeAssistantError, match="no connection"):
        await async_perform(hass, home.on_player(volume=60), line("one"))
    assert home.player.calls == [("volume", 0.6), ("volume", 0.3)]
    home.player.fault = None
    await async_perform(hass, home.on_player(), line("two"))
    assert home.player.said == ["two"]


async def test_a_line_given_up_while_the_player_begins(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.waits_for = asyncio.Event()
    begun = await home.begin(async_perform(hass, home.on_player(volume=60), line("one")))
    begun.cancel()
    home.player.waits_for.set()
    await home.settle()
    assert begun.cancelled()
    assert home.player.calls[-1] == ("volume", 0.3)


async def test_a_player_that_can_not_be_put_right(
    hass: HomeAssistant, home: VoiceHome, caplog: pytest.LogCaptureFixture
) -> None:
    await async_perform(hass, home.on_player(volume=60), line("one"))
    second = await home.begin(async_perform(hass, home.on_player(), line("two")))
    home.player.fault_of_volume = HomeAssistantError("no connection")
    await home.wait(2.1)
    assert f"{home.player.entity_id} is not as it was before a line was spoken: no connection" in caplog.text
    assert home.player.said == ["one", "two"]
    await second


async def test_the_volume_is_put_back_when_home_assistant_stops(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(volume=60), line("one"))
    await hass.async_stop(force=True)
    assert home.player.calls[2:] == [("volume", 0.3)]


PLAIN = Feature.PLAY_MEDIA | Feature.VOLUME_SET
PAUSES = PLAIN | Feature.PAUSE | Feature.PLAY


@pytest.mark.parametrize(
    ("features", "song", "before", "after"),
    [
        # a player that ducks by itself
        (PAUSES | Feature.MEDIA_ANNOUNCE, {}, [], []),
        # one that loses its music to the line
        (PLAIN, {}, [], [("play", "song.mp3", "music")]),
        (PAUSES, {}, [("pause",)], [("play", "song.mp3", "music")]),
        # one that can go on in the middle, 40 seconds in when the line came
        (
            PAUSES | Feature.SEEK,
            {"media_position": 30},
            [("pause",)],
            [("play", "song.mp3", "music"), ("seek", 40.0)],
        ),
        (PAUSES | Feature.SEEK, {}, [("pause",)], [("play", "song.mp3", "music")]),
        # one that doesn't tell what is on, or has only another line on
        (PLAIN, {"content_id": None}, [], []),
        (PLAIN, {"content_id": "http://home/api/tts_proxy/other.mp3"}, [], []),
    ],
)
async def test_music(
    hass: HomeAssistant, home: VoiceHome, features: Feature, song: dict[str, Any], before: list[Any], after: list[Any]
) -> None:
    if "media_position" in song:
        song = song | {"media_position_updated_at": dt_util.utcnow()}
    home.player.change(supported_features=features)
    home.player.play(**song)
    await home.wait(10)
    await async_perform(hass, home.on_player(), line("one"))
    await home.wait(2.1)
    assert home.player.calls == [*before, ("say", "one"), *after]


@pytest.mark.parametrize(
    ("meanwhile", "then"),
    [
        ({"state": "off"}, []),
        ({"media_content_id": "radio"}, []),
        ({"media_content_id": "song.mp3"}, []),
        ({"media_content_id": "song.mp3", "state": "paused"}, [("go on",)]),
        ({"state": "idle"}, [("play", "song.mp3", "music")]),
        ({"media_content_id": None}, [("play", "song.mp3", "music")]),
    ],
)
async def test_what_somebody_does_to_the_music_meanwhile(
    hass: HomeAssistant, home: VoiceHome, meanwhile: dict[str, Any], then: list[Any]
) -> None:
    home.player.change(supported_features=PAUSES)
    home.player.play()
    await async_perform(hass, home.on_player(), line("one"))
    home.player.change(**meanwhile)
    await home.wait(2.1)
    assert home.player.calls == [("pause",), ("say", "one"), *then]


async def test_music_goes_on_on_a_player_that_fails(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.change(supported_features=PAUSES)
    home.player.play()
    home.player.fault = HomeAssistantError("not this sound")
    with pytest.raises(HomeAssistantError, match="not this sound"):
        await async_perform(hass, home.on_player(), line("one"))
    assert home.player.calls == [("pause",), ("go on",)]


async def test_a_player_that_is_removed_while_it_speaks(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.change(supported_features=PAUSES)
    home.player.play()
    await async_perform(hass, home.on_player(volume=60), line("one"))
    er.async_get(hass).async_remove(home.player.entity_id)
    await home.wait(2.1)
    assert home.player.calls == [("pause",), ("volume", 0.6), ("say", "one")]
