"""Answers belong to the room in which was asked; what is said elsewhere is for whoever else listens."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from homeassistant.components.conversation import agent_manager
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import area_registry as ar, intent
from homeassistant.setup import async_setup_component
from tests.support.integration import assist
from tests.support.integration.assist import NOT_OURS, SAM, Say, ask, runner, speaker_in
from tests.support.integration.coach import Lines, phone, speaker
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, with_id

pytestmark = pytest.mark.usefixtures("clock")
lines, say, satellite = assist.lines, assist.say, assist.satellite

NOTED = "Noted: stretching."
MISHEARD = "I didn't get that."


class Rooms:
    """The devices that hear somebody, by their area, and what they are like."""

    def __init__(self, hass: HomeAssistant, satellite: Any) -> None:
        """Put a satellite into each of two rooms."""
        self._hass = hass
        self.devices: dict[str | None, str | None] = {None: None}
        self.satellites: dict[str, str] = {}
        for area in ("Gym", "Kitchen"):
            self.devices[area], self.satellites[area] = satellite(area)
            self.become(area, "idle")

    def area_id(self, name: str) -> str:
        """Return the id of an area."""
        area = ar.async_get(self._hass).async_get_area_by_name(name)
        assert area is not None
        return area.id

    def become(self, area: str, state: str) -> None:
        """Have the satellite of an area hear something, or be done with that."""
        self._hass.states.async_set(self.satellites[area], state)


@pytest.fixture
def rooms(hass: HomeAssistant, satellite: Any) -> Rooms:
    """Return two rooms."""
    return Rooms(hass, satellite)


def satellite_speaker(entity_id: str, subentry_id: str = "SAT", **data: str) -> Any:
    """Return a satellite as a speaker."""
    return with_id(
        ConfigSubentryData(
            data={"satellite": entity_id} | data, subentry_type="speaker", title="Satellite", unique_id=None
        ),
        subentry_id,
    )


@pytest.fixture
def announced(hass: HomeAssistant) -> list[str]:
    """Return what satellites were told to announce."""
    said: list[str] = []

    async def announce(call: ServiceCall) -> None:
        said.append(call.data["message"])

    hass.services.async_register("assist_satellite", "announce", announce)
    return said


@pytest.mark.parametrize(
    ("heard_in", "answer"),
    [("Gym", NOTED), ("Kitchen", MISHEARD), (None, NOTED)],
)
async def test_an_answer_counts_where_was_asked(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, rooms: Rooms, heard_in: str | None, answer: str
) -> None:
    """A chat, which is in no room, answers whoever was asked alone."""
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker_in(rooms.area_id("Gym"), "A1")))
    await ask(hass, "stretch")

    assert await say("done", device_id=rooms.devices[heard_in]) == answer
    assert (coordinator.data.done_today == {Habit.STRETCH}) == (answer == NOTED)


@pytest.mark.parametrize("heard_in", ["Gym", "Kitchen"])
async def test_a_speaker_in_no_room_is_answered_from_all(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, rooms: Rooms, heard_in: str
) -> None:
    await set_up(runner("Alex", ENTRY_ID, speaker()))
    await ask(hass, "stretch")

    assert await say("done", device_id=rooms.devices[heard_in]) == NOTED


async def test_the_satellite_that_asked_is_answered_whatever_its_area(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    """It says of itself that it is heard in the kitchen, and stands in the gym."""
    in_kitchen = {"area": rooms.area_id("Kitchen")}
    alex = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"], **in_kitchen)))
    await ask(hass, "stretch")
    assert len(announced) == 1

    assert await say("done", device_id=rooms.devices["Gym"]) == NOTED
    assert alex.data.done_today == {Habit.STRETCH}


async def test_a_routine_that_waits_keeps_nobody_from_answering(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str], clock: FrozenDateTimeFactory
) -> None:
    """Core work was paused and forgotten; an hour later something else is asked for, and agreed to."""
    alex = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))
    await say("Start my core workout", device_id=rooms.devices["Gym"])
    await say("Pause", device_id=rooms.devices["Gym"])
    clock.tick(timedelta(hours=1))
    await ask(hass, "stretch")

    await say("yes", device_id=rooms.devices["Gym"])

    assert alex.config_entry.runtime_data.routines.player is not None
    assert alex.config_entry.runtime_data.routines.player.routine.habit is Habit.STRETCH


async def test_a_routine_that_waits_for_two_hours_is_over(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str], clock: FrozenDateTimeFactory
) -> None:
    """By then "again" is nobody's any more."""
    alex = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))
    await say("Start my core workout", device_id=rooms.devices["Gym"])
    await say("Pause", device_id=rooms.devices["Gym"])
    clock.tick(timedelta(hours=2))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()

    assert alex.config_entry.runtime_data.routines.player is None
    assert await say("again", device_id=rooms.devices["Gym"]) == NOT_OURS


async def test_two_who_were_asked_answer_in_their_rooms(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    alex = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))
    sam = await set_up(runner("Sam", SAM, satellite_speaker(rooms.satellites["Kitchen"], "S1")))
    await ask(hass, "stretch")
    await ask(hass, "core", SAM)

    assert await say("done") == MISHEARD
    assert await say("done for Alex", device_id=rooms.devices["Kitchen"]) == MISHEARD
    assert await say("done", device_id=rooms.devices["Kitchen"]) == "Noted: core work."
    assert not alex.data.done_today
    assert sam.data.done_today == {Habit.CORE}
    assert await say("done", device_id=rooms.devices["Kitchen"]) == MISHEARD
    assert await say("Alex is done") == NOTED
    assert alex.data.done_today == {Habit.STRETCH}


async def test_two_who_share_a_satellite_are_asked_who_it_is(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    for name, entry_id in (("Alex", ENTRY_ID), ("Sam", SAM)):
        await set_up(runner(name, entry_id, satellite_speaker(rooms.satellites["Gym"], f"{entry_id}S")))
        await ask(hass, "stretch", entry_id)

    who = "Who is it: Alex or Sam? Say it again with the name."
    assert await say("done", device_id=rooms.devices["Gym"]) == who
    assert await say("Sam is done", device_id=rooms.devices["Gym"]) == NOTED


async def test_what_was_asked_in_this_room_is_meant(
    hass: HomeAssistant,
    set_up: SetUp,
    say: Say,
    rooms: Rooms,
    announced: list[str],
    clock: FrozenDateTimeFactory,
) -> None:
    """Asked for core work in the gym, and after that for a stretch in the kitchen."""
    speakers = []
    for area in ("Gym", "Kitchen"):
        sensor = f"binary_sensor.{area.lower()}"
        speakers.append(satellite_speaker(rooms.satellites[area], area, presence=sensor))
    coordinator = await set_up(runner("Alex", ENTRY_ID, *speakers))
    for habit, there, elsewhere in (("core", "gym", "kitchen"), ("stretch", "kitchen", "gym")):
        hass.states.async_set(f"binary_sensor.{there}", "on")
        hass.states.async_set(f"binary_sensor.{elsewhere}", "off")
        clock.tick(timedelta(seconds=30))
        await ask(hass, habit)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert len(announced) == 2

    for area, answer in (("Gym", "Noted: core work."), ("Kitchen", NOTED)):
        assert await say("done", device_id=rooms.devices[area]) == answer
    assert coordinator.data.done_today == {Habit.CORE, Habit.STRETCH}


async def test_a_speaker_that_was_removed_since(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, rooms: Rooms
) -> None:
    entry = runner("Alex", ENTRY_ID, speaker_in(rooms.area_id("Gym"), "A1"), phone())
    await set_up(entry)
    await ask(hass, "stretch")
    assert hass.config_entries.async_remove_subentry(entry, "A1")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert await say("done", device_id=rooms.devices["Kitchen"]) == NOTED


class Elsewhere(intent.IntentHandler):
    """Something else that a word may mean."""

    intent_type = "Elsewhere"

    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Say so."""
        response = intent_obj.create_response()
        response.async_set_speech("Left for later.")
        return response


@pytest.fixture
async def agent_knows_later(hass: HomeAssistant) -> None:
    """Have somebody's own sentence mean something."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {"conversation": {"intents": {"Elsewhere": ["later"]}}})
    intent.async_register(hass, Elsewhere())


async def test_what_is_said_elsewhere_is_the_agents(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, rooms: Rooms, agent_knows_later: None, say: Say
) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker_in(rooms.area_id("Gym"), "A1")))
    await ask(hass, "stretch")

    assert await say("later", device_id=rooms.devices["Kitchen"]) == "Left for later."
    [fact] = coordinator.runner.journal.prompts.values()
    assert fact.state == "spoken"
    assert await say("later", device_id=rooms.devices["Gym"]) == "All right, I will ask again later."


@pytest.mark.parametrize("hearing", ["listening", "processing"])
async def test_nothing_is_listened_for_while_a_satellite_elsewhere_hears_somebody(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, rooms: Rooms, hearing: str
) -> None:
    """So the sentence goes where it would go without the gym: other agents get it, and the words are theirs."""
    await set_up(runner("Alex", ENTRY_ID, speaker_in(rooms.area_id("Gym"), "A1")))
    await ask(hass, "stretch")

    def is_heard() -> bool:
        return any("not now" in sentence for sentence in agent_manager.get_agent_manager(hass).trigger_sentences)

    assert is_heard()
    rooms.become("Kitchen", hearing)
    assert not is_heard()
    assert NOT_OURS in await say("done", device_id=rooms.devices["Kitchen"])
    rooms.become("Gym", hearing)
    assert is_heard()
    assert await say("done", device_id=rooms.devices["Kitchen"]) == MISHEARD
    rooms.become("Gym", "idle")
    rooms.become("Kitchen", "responding")
    assert is_heard()
    assert await say("done", device_id=rooms.devices["Gym"]) == NOTED
    assert not is_heard()


async def test_a_routine_answers_itself_where_it_speaks(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    """Each command is heard of once: from the routine in the gym, and as an answer elsewhere."""
    await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))

    async def told(text: str, area: str | None) -> tuple[str, bool]:
        before = len(announced)
        answer = await say(text, device_id=rooms.devices[area])
        await hass.async_block_till_done(wait_background_tasks=True)
        return answer, len(announced) > before

    for text in ("Start my core workout", "Pause", "Resume", "Next exercise", "Repeat this exercise"):
        assert await told(text, "Gym") == ("", True), text
    assert await told("Pause", "Kitchen") == ("All right.", True)
    # What changes nothing has the routine say nothing.
    assert await told("Pause", "Gym") == ("All right.", False)
    assert await told("Stop the routine", "Gym") == ("", True)
    assert await told("Pause the routine", "Gym") == ("No routine is active. Start one first.", False)


async def test_a_routine_that_may_not_speak_leaves_the_answer_to_the_agent(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))
    await coordinator.async_apply(verbs.allow_voice(False))

    assert await say("Start my core workout", device_id=rooms.devices["Gym"]) == "Here we go: core work."
    assert announced == []
