"""Each word has its place: a routine's words are the gym's in its room, and Home Assistant's elsewhere."""

import asyncio
import json
import threading
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed, async_mock_service

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.player import PlayerState
from custom_components.home_gym.gym.voice_commands import SentenceContext
from custom_components.home_gym.languages import PHRASES
from homeassistant.components.conversation import agent_manager
from homeassistant.components.conversation.default_agent import DefaultAgent
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.media_player import DOMAIN as MEDIA_PLAYER
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar, entity_registry as er
from homeassistant.setup import async_setup_component
from tests.support.commands import LANGUAGES, commands_in
from tests.support.integration import assist, coach
from tests.support.integration.assist import Say, ask, runner, speaker_in
from tests.support.integration.coach import Lines
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.unit.commands_table import ASKED, GUIDED, taken

pytestmark = pytest.mark.usefixtures("clock")
say, satellite, lines = assist.say, assist.satellite, coach.lines

STOPS = {
    "en": ["Stop", "That's enough"],
    "de": ["Stopp", "Mir reicht's"],
    "fr": ["Arrête", "Ça suffit"],
    "nl": ["Stop", "Ik kan niet meer"],
    "es": ["Para", "Basta ya"],
}
HURTS = {
    "en": "Stop, my back hurts",
    "de": "Stopp, mein Rücken tut weh",
    "fr": "Stop, j'ai mal au dos",
    "nl": "Stop, mijn rug doet pijn",
    "es": "Para, me duele la espalda",
}


class Rooms:
    """A gym with the runner's speaker, a kitchen, and a place without satellite and area."""

    def __init__(self, hass: HomeAssistant, satellite: Any) -> None:
        """Add a satellite to both rooms."""
        self.gym, _ = satellite("Gym")
        self.kitchen, _ = satellite("Kitchen")
        area = ar.async_get(hass).async_get_area_by_name("Gym")
        assert area is not None
        self.area = area.id


@pytest.fixture
def rooms(hass: HomeAssistant, satellite: Any) -> Rooms:
    """Return the rooms."""
    return Rooms(hass, satellite)


@pytest.fixture
async def alex(set_up: SetUp, rooms: Rooms, lines: Lines, say: Say) -> Any:
    """Return the coordinator of a runner with a speaker in the gym."""
    return await set_up(runner("Alex", ENTRY_ID, speaker_in(rooms.area, "A1")))


def state_of(alex: Any) -> PlayerState | None:
    """Return the state of the runner's routine."""
    player = alex.config_entry.runtime_data.routines.player
    return player.state if player else None


async def test_words_of_routine_count_in_its_room_and_on_the_phone(alex: Any, rooms: Rooms, say: Say) -> None:
    await say("Start core", device_id=rooms.gym)
    for language in LANGUAGES:
        for text in taken(language, here=(GUIDED,)):
            await say(text, language=language, device_id=rooms.kitchen)
            assert state_of(alex) is PlayerState.RUNNING, text
    for text, device, state in (
        ("Hang on a sec", rooms.gym, PlayerState.PAUSED),
        ("okay carry on", rooms.kitchen, PlayerState.PAUSED),
        ("okay carry on", rooms.gym, PlayerState.RUNNING),
        ("pause", None, PlayerState.PAUSED),
        ("resume", None, PlayerState.RUNNING),
        ("pause the workout", rooms.kitchen, PlayerState.PAUSED),
        ("Enough", rooms.gym, None),
    ):
        await say(text, device_id=device)
        assert state_of(alex) is state, text


async def test_stop_stops_in_every_language(alex: Any, rooms: Rooms, say: Say) -> None:
    for language, texts in STOPS.items():
        for text in texts:
            await say("Start core", device_id=rooms.gym)
            assert state_of(alex) is PlayerState.RUNNING
            await say(text, language=language, device_id=rooms.gym)
            assert state_of(alex) is None, text


async def test_pain_stops_or_pauses_the_routine_from_any_place(alex: Any, rooms: Rooms, say: Say) -> None:
    for language, text in HURTS.items():
        await say("Start stretching", device_id=rooms.gym)
        answer = await say(text, language=language, device_id=rooms.gym)
        assert state_of(alex) is None, text
        assert "10" in answer or any(word in answer for word in ("ten", "zehn", "dix", "tien", "diez")), answer
        # The number is the answer to the question.
        await say("two" if language == "en" else "2", language=language, device_id=rooms.gym)
    await say("Start stretching", device_id=rooms.gym)
    for place in (rooms.kitchen, None):
        await say("Ow, my back hurts", device_id=place)
        assert state_of(alex) is PlayerState.PAUSED


async def test_skip_belongs_to_music_in_the_room_of_a_prompt(
    hass: HomeAssistant, alex: Any, rooms: Rooms, say: Say
) -> None:
    assert await async_setup_component(hass, MEDIA_PLAYER, {})
    skipped = async_mock_service(hass, MEDIA_PLAYER, "media_next_track")
    entities = er.async_get(hass)
    stereo = entities.async_get_or_create(MEDIA_PLAYER, "test", "stereo").entity_id
    entities.async_update_entity(stereo, area_id=rooms.area)
    features = {"supported_features": MediaPlayerEntityFeature.NEXT_TRACK | MediaPlayerEntityFeature.PAUSE}
    hass.states.async_set(stereo, "playing", features)
    await ask(hass, "stretch")
    await say("skip", device_id=rooms.gym)
    assert len(skipped) == 1
    hass.states.async_set(stereo, "idle", features)
    assert await say("skip", device_id=rooms.gym) == "All right, not today."
    assert len(skipped) == 1


async def test_exposed_script_wins_unless_a_prompt_waits(
    hass: HomeAssistant, alex: Any, rooms: Rooms, say: Say
) -> None:
    assert await async_setup_component(hass, "script", {"script": {"massage": {"alias": "Massage", "sequence": []}}})
    await hass.async_block_till_done()
    async_expose_entity(hass, "conversation", "script.massage", True)
    ran: list[Any] = []
    hass.bus.async_listen("script_started", ran.append)
    await say("start massage", device_id=rooms.gym)
    assert (len(ran), state_of(alex)) == (1, None)
    await ask(hass, "massage")
    await say("start massage", device_id=rooms.gym)
    assert (len(ran), state_of(alex)) == (1, PlayerState.RUNNING)


async def test_free_sentences_are_performed_or_answered_by_examples(alex: Any, rooms: Rooms, say: Say) -> None:
    assert (await say("foam rolling is so boring")).startswith("You can say, for instance:")
    assert await say("how far should I run tomorrow?") == "I don't know any of your runs yet."
    assert await say("how long will my kicks last") == "You have no shoes yet."
    assert await say("I got my stretches in") == "Noted: stretching."
    assert alex.data.done_today == {Habit.STRETCH}
    assert await say("let's get stretching", device_id=rooms.gym) == "Here we go: stretching."
    assert (await say("whatever again", device_id=rooms.gym)).startswith("You can say:")


EXAMPLES = {
    language: json.loads((PHRASES / f"{language}.json").read_text(encoding="utf-8"))["assist.help.guided"]
    for language in LANGUAGES
}
MOMENTS: dict[str, tuple[SentenceContext, ...]] = {"idle": (), "asked": (ASKED,), "guided": (GUIDED,)}


@pytest.mark.full
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("place", ["gym", "kitchen", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_usual_commands_are_answered_as_without_home_gym(
    hass: HomeAssistant,
    set_up: SetUp,
    rooms: Rooms,
    lines: Lines,
    say: Say,
    language: str,
    place: str,
    moment: str,
) -> None:
    """The words of the guide's table alone are taken: in the room that asked or guides, and on the phone."""
    device = {"gym": rooms.gym, "kitchen": rooms.kitchen, "phone": None}[place]

    async def answer(text: str) -> str:
        result = await agent_manager.async_converse(
            hass, text, None, context=Context(), language=language, device_id=device
        )
        # Some commands are answered without speech.
        speech: str = result.response.speech.get("plain", {}).get("speech", "")
        return speech

    without = {text: await answer(text) for text in commands_in(language)}
    alex = await set_up(runner("Alex", ENTRY_ID, speaker_in(rooms.area, "A1")))

    async def begin() -> None:
        if moment == "guided" and state_of(alex) is not PlayerState.RUNNING:
            if state_of(alex):
                await say("Stop", device_id=rooms.gym)
            await say("Start core", device_id=rooms.gym)

    await begin()
    if moment == "asked":
        await ask(hass, "stretch")
    found = []
    for text, expected in without.items():
        said = await answer(text)
        # Near the routine, an unknown sentence with one of its words is answered by examples.
        if said != expected and said not in EXAMPLES[language]:
            found.append(text)
            await begin()
        assert state_of(alex) is (PlayerState.RUNNING if moment == "guided" else None), text
    words = [] if place == "kitchen" else taken(language, here=MOMENTS[moment])
    # A prompt is answered once: after its answer, another word for it is nobody's.
    assert found == (words[:1] if moment == "asked" else words)


async def test_sentences_are_compiled_before_one_is_spoken(
    hass: HomeAssistant, alex: Any, rooms: Rooms, say: Say, clock: FrozenDateTimeFactory
) -> None:
    def is_compiled() -> bool:
        agent = agent_manager.get_agent_manager(hass).default_agent
        return agent is not None and agent._trigger_intents is not None

    await say("Start core", device_id=rooms.gym)
    assert not is_compiled()
    clock.tick(1)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert is_compiled()
    await say("Pause", device_id=rooms.gym)
    assert state_of(alex) is PlayerState.PAUSED


async def test_sentences_that_change_while_they_are_compiled_are_compiled_again(
    hass: HomeAssistant,
    alex: Any,
    rooms: Rooms,
    say: Say,
    clock: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A stale result names handlers that are gone; the agent would answer each sentence by "Done"."""
    rebuild = DefaultAgent._rebuild_trigger_intents

    async def change() -> None:
        await hass.services.async_call(DOMAIN, "prompt", {"config_entry_id": ENTRY_ID, "habit": "stretch"})
        for _ in range(200):
            await asyncio.sleep(0)

    def slow(agent: DefaultAgent) -> None:
        rebuild(agent)
        if threading.current_thread() is not threading.main_thread():
            # A prompt registers other sentences meanwhile, before this result is there.
            compiled = agent._trigger_intents
            asyncio.run_coroutine_threadsafe(change(), hass.loop).result(10)
            agent._trigger_intents = compiled

    monkeypatch.setattr(DefaultAgent, "_rebuild_trigger_intents", slow)
    clock.tick(1)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert await say("Start my core workout", device_id=rooms.gym) != "Done"
    assert state_of(alex) is PlayerState.RUNNING
