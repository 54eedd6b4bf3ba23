"""One line on each kind of speaker, on real platforms, with its possible failures."""

import asyncio
from datetime import timedelta

import pytest

from custom_components.home_gym.speech import LineDroppedError, UtterancePriority, async_perform, async_perform_sound
from homeassistant.components.assist_pipeline import PipelineEvent, PipelineEventType
from homeassistant.components.assist_satellite import SatelliteBusyError
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

from ...support.integration.voice_home import Player, VoiceHome, error_key, line, mp3


async def test_line_plays_on_media_player(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(), line("Roll, Alex"))
    assert home.player.calls == [("say", "Roll, Alex")]
    assert [(text, language) for text, language, _ in home.engine.asked] == [("Roll, Alex", "en")]


async def test_line_is_announced_on_satellite(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_satellite(), line("Roll, Alex"))
    assert home.satellite.said == [("Roll, Alex", True)]


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


async def test_length_of_unknown_sound_is_estimated_from_text(hass: HomeAssistant, home: VoiceHome) -> None:
    """28 letters take two seconds, with a second's pause."""
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
    # Platforms that return at the end have twice the two seconds of the line, and 20 seconds.
    await home.wait(19 if kind != "satellite" else 23)
    assert not hanging.done()
    await home.wait(2)
    assert error_key(hanging.exception()) == "speaker_silent"
    never.set()
    await home.settle()


@pytest.mark.parametrize(
    ("state", "fault", "priority", "said"),
    [
        ("idle", SatelliteBusyError(), UtterancePriority.PROMPT, 1),
        ("listening", None, UtterancePriority.PROMPT, 0),
        ("processing", None, UtterancePriority.ROUTINE, 0),
        ("responding", None, UtterancePriority.PROMPT, 0),
        # A warning is worth an interruption, but not every satellite can be interrupted.
        ("listening", SatelliteBusyError(), UtterancePriority.SAFETY, 1),
    ],
)
async def test_a_satellite_that_is_busy(
    hass: HomeAssistant, home: VoiceHome, state: str, fault: Exception | None, priority: UtterancePriority, said: int
) -> None:
    hass.states.async_set(home.satellite.entity_id, state)
    home.satellite.fault = fault
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform(hass, home.on_satellite(), line(), priority=priority)
    assert error_key(raised.value) == "satellite_busy"
    assert len(home.satellite.said) == said


async def test_a_step_of_a_routine_waits_for_the_end_of_a_conversation(hass: HomeAssistant, home: VoiceHome) -> None:
    """After a "yes", the reply comes before the routine."""
    until = dt_util.utcnow() + timedelta(seconds=15)
    for state in ("processing", "responding"):
        hass.states.async_set(home.satellite.entity_id, state)
    waiting = await home.begin(
        async_perform(hass, home.on_satellite(), line(), priority=UtterancePriority.ROUTINE, until=until)
    )
    await home.wait(14)
    assert home.satellite.said == []
    hass.states.async_set(home.satellite.entity_id, "idle")
    await home.settle()
    await home.wait(0.6)
    assert home.satellite.said == [("Roll", False)]
    await waiting


@pytest.mark.parametrize(
    ("said", "spoken_after"),
    [
        # The reply ends while the user already says the next sentence, which is then processed.
        ([(0, "listening"), (0.3, "idle"), (3, "processing"), (1, "responding"), (2, "idle")], 6.3 + 0.5),
        # The same without a result: 15 seconds after its start it must be over.
        ([(0, "listening"), (0.3, "idle")], 15),
        # An answer cut off by the next sentence is no end of the conversation.
        ([(0, "idle"), (0.3, "listening"), (2, "processing"), (1, "idle")], 3.3 + 0.5),
    ],
)
async def test_a_step_of_a_routine_cuts_no_sentence_short(
    hass: HomeAssistant, home: VoiceHome, said: list[tuple[float, str]], spoken_after: float
) -> None:
    until = dt_util.utcnow() + timedelta(seconds=20)
    hass.states.async_set(home.satellite.entity_id, "responding")
    waiting = await home.begin(
        async_perform(hass, home.on_satellite(), line(), priority=UtterancePriority.ROUTINE, until=until)
    )
    for after, state in said:
        await home.wait(after)
        hass.states.async_set(home.satellite.entity_id, state)
        await home.settle()
    await home.wait(spoken_after - sum(after for after, _ in said) - 0.1)
    assert home.satellite.said == []
    await home.wait(0.2)
    assert home.satellite.said == [("Roll", False)]
    await waiting


async def test_a_step_of_a_routine_that_waited_too_long(hass: HomeAssistant, home: VoiceHome) -> None:
    until = dt_util.utcnow() + timedelta(seconds=15)
    hass.states.async_set(home.satellite.entity_id, "listening")
    waiting = await home.begin(
        async_perform(hass, home.on_satellite(), line(), priority=UtterancePriority.ROUTINE, until=until)
    )
    await home.wait(15.1)
    assert isinstance(waiting.exception(), LineDroppedError)
    hass.states.async_set(home.satellite.entity_id, "idle")
    await async_perform(hass, home.on_satellite(), line("two"))
    assert home.satellite.said == [("two", True)]


@pytest.mark.parametrize(("understood_after", "free_after"), [(3, 3), (None, 15)])
async def test_user_talking_during_line_can_finish(
    hass: HomeAssistant, home: VoiceHome, understood_after: int | None, free_after: int
) -> None:
    """The satellite reports idle at the end of the line, though it still listens."""
    satellite = home.satellite
    satellite.is_done.clear()
    first = await home.begin(async_perform(hass, home.on_satellite(), line("one")))
    satellite._internal_on_pipeline_event(PipelineEvent(PipelineEventType.STT_START))
    satellite.is_done.set()
    second = await home.begin(async_perform(hass, home.on_satellite(), line("two")))
    state = hass.states.get(satellite.entity_id)
    assert state is not None
    assert state.state == "idle"

    await home.wait(free_after - 0.5)
    assert [text for text, _ in satellite.said] == ["one"]
    if understood_after:
        satellite._internal_on_pipeline_event(PipelineEvent(PipelineEventType.INTENT_START))
        satellite._internal_on_pipeline_event(PipelineEvent(PipelineEventType.RUN_END))
    await home.wait(0.6)
    assert [text for text, _ in satellite.said] == ["one", "two"]
    await asyncio.gather(first, second)


async def test_a_warning_interrupts_a_conversation(hass: HomeAssistant, home: VoiceHome) -> None:
    hass.states.async_set(home.satellite.entity_id, "listening")
    await async_perform(hass, home.on_satellite(), line("Stop"), priority=UtterancePriority.SAFETY)
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
        ({}, UtterancePriority.PROMPT, True),
        ({"chime": True}, UtterancePriority.PROMPT, True),
        ({"chime": False}, UtterancePriority.PROMPT, False),
        ({"chime": True}, UtterancePriority.ROUTINE, False),
    ],
)
async def test_a_chime_before_a_prompt(
    hass: HomeAssistant, home: VoiceHome, chosen: dict[str, bool], priority: UtterancePriority, chime: bool
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


async def beside(home: VoiceHome, *players: Player) -> None:
    """Put media players on the satellite's device."""
    entities = er.async_get(home.hass)
    device = dr.async_get(home.hass).async_get_or_create(
        config_entry_id=home.entry.entry_id, identifiers={("test", "device")}
    )
    for number, player in enumerate(players):
        player._attr_unique_id = f"beside {number}"
    if players:
        await home.join("beside", *players)
    for entity in (home.satellite, *players):
        entities.async_update_entity(entity.entity_id, device_id=device.id)


async def test_volume_of_a_satellite_is_that_of_the_player_beside_it(hass: HomeAssistant, home: VoiceHome) -> None:
    player = Player()
    await beside(home, player)
    home.satellite.is_done.clear()
    speaking = await home.begin(async_perform(hass, home.on_satellite(volume=60), line("one")))
    assert player.calls == [("volume", 0.6)]
    await home.wait(2)
    home.satellite.is_done.set()
    await speaking
    assert player.calls[1:] == [("volume", 0.3)]

    home.satellite.is_done.clear()
    sounding = async_perform_sound(hass, home.on_satellite(volume=60), "http://home/beat.wav", timedelta(minutes=1))
    playing = await home.begin(sounding)
    home.satellite.is_done.set()
    await playing
    assert player.calls[2:] == [("volume", 0.6), ("volume", 0.3)]


async def test_satellite_that_returns_early_keeps_its_turn_and_volume(hass: HomeAssistant, home: VoiceHome) -> None:
    player = Player()
    await beside(home, player)
    # 28 letters take two seconds, with a second's pause.
    await async_perform(hass, home.on_satellite(volume=60), line("a" * 28))
    second = await home.begin(async_perform(hass, home.on_satellite(), line("two")))
    assert player.calls == [("volume", 0.6)]
    assert len(home.satellite.said) == 1
    await home.wait(3.1)
    await second
    assert player.calls[1:] == [("volume", 0.3)]
    assert len(home.satellite.said) == 2


@pytest.mark.parametrize("number", [0, 2])
async def test_satellite_without_one_player_speaks_at_its_own_volume(
    hass: HomeAssistant, home: VoiceHome, number: int
) -> None:
    players = [Player() for _ in range(number)]
    await beside(home, *players)
    await async_perform(hass, home.on_satellite(volume=60), line("one"))
    assert home.satellite.said == [("one", True)]
    assert [player.calls for player in players] == [[]] * number


async def test_volume_that_fails_keeps_no_line_from_a_satellite(
    hass: HomeAssistant, home: VoiceHome, caplog: pytest.LogCaptureFixture
) -> None:
    player = Player()
    await beside(home, player)
    player.fault_of_volume = HomeAssistantError("no connection")
    await async_perform(hass, home.on_satellite(volume=60), line("one"))
    assert home.satellite.said == [("one", True)]
    assert f"{home.satellite.entity_id} speaks at its own volume: no connection" in caplog.text

    await home.wait(10)
    player.fault_of_volume = None
    home.satellite.is_done.clear()
    speaking = await home.begin(async_perform(hass, home.on_satellite(volume=60), line("two")))
    player.fault_of_volume = HomeAssistantError("no connection")
    await home.wait(2)
    home.satellite.is_done.set()
    await speaking
    assert f"{player.entity_id} is not as it was before a line was spoken: no connection" in caplog.text


async def test_satellite_stuck_in_its_answer_speaks(hass: HomeAssistant, home: VoiceHome) -> None:
    hass.states.async_set(home.satellite.entity_id, "responding")
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform(hass, home.on_satellite(), line("one"))
    assert error_key(raised.value) == "satellite_busy"
    await home.wait(61)
    await async_perform(hass, home.on_satellite(), line("one"))
    assert home.satellite.said == [("one", True)]
