"""Answers belong to the room that asked; a sentence elsewhere is for other agents."""

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


class Rooms:
    """The satellites of a home, by their area."""

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
        """Set the state of an area's satellite."""
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
def announced(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts announced by satellites, which take no time."""
    monkeypatch.setattr("custom_components.home_gym.speech.media_player.driver.RETURNED_EARLY", 0)
    said: list[str] = []

    async def announce(call: ServiceCall) -> None:
        said.append(call.data["message"])

    hass.services.async_register("assist_satellite", "announce", announce)
    return said


@pytest.mark.parametrize(
    ("heard_in", "answer"),
    [("Gym", NOTED), ("Kitchen", NOT_OURS), (None, NOTED)],
)
async def test_answer_counts_in_room_that_asked(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, rooms: Rooms, heard_in: str | None, answer: str
) -> None:
    """A chat, without a room, answers the only open question."""
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker_in(rooms.area_id("Gym"), "A1")))
    await ask(hass, "stretch")

    assert await say("done", device_id=rooms.devices[heard_in]) == answer
    assert (coordinator.data.done_today == {Habit.STRETCH}) == (answer == NOTED)


@pytest.mark.parametrize("heard_in", ["Gym", "Kitchen"])
async def test_speaker_without_room_is_answered_from_every_room(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, rooms: Rooms, heard_in: str
) -> None:
    await set_up(runner("Alex", ENTRY_ID, speaker()))
    await ask(hass, "stretch")

    assert await say("done", device_id=rooms.devices[heard_in]) == NOTED


async def test_satellite_that_asked_is_answered_in_spite_of_its_area(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    """Its entity is assigned to the kitchen, while its device stands in the gym."""
    in_kitchen = {"area": rooms.area_id("Kitchen")}
    alex = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"], **in_kitchen)))
    await ask(hass, "stretch")
    assert len(announced) == 1

    assert await say("done", device_id=rooms.devices["Gym"]) == NOTED
    assert alex.data.done_today == {Habit.STRETCH}


async def test_paused_routine_does_not_prevent_answers(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str], clock: FrozenDateTimeFactory
) -> None:
    """Core work was paused and forgotten; an hour later another prompt is agreed to."""
    alex = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))
    await say("Start my core workout", device_id=rooms.devices["Gym"])
    await say("Pause", device_id=rooms.devices["Gym"])
    clock.tick(timedelta(hours=1))
    await ask(hass, "stretch")

    await say("yes", device_id=rooms.devices["Gym"])

    assert alex.config_entry.runtime_data.routines.player is not None
    assert alex.config_entry.runtime_data.routines.player.routine.habit is Habit.STRETCH


async def test_routine_ends_after_two_hours_of_pause(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str], clock: FrozenDateTimeFactory
) -> None:
    """By then "again" no longer controls a routine."""
    alex = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))
    await say("Start my core workout", device_id=rooms.devices["Gym"])
    await say("Pause", device_id=rooms.devices["Gym"])
    clock.tick(timedelta(hours=2))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()

    assert alex.config_entry.runtime_data.routines.player is None
    assert await say("again", device_id=rooms.devices["Gym"]) == NOT_OURS


async def test_two_asked_runners_answer_in_their_rooms(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    alex = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))
    sam = await set_up(runner("Sam", SAM, satellite_speaker(rooms.satellites["Kitchen"], "S1")))
    await ask(hass, "stretch")
    await ask(hass, "core", SAM)

    assert await say("done") == NOT_OURS
    assert await say("done for Alex", device_id=rooms.devices["Kitchen"]) == NOT_OURS
    assert await say("done", device_id=rooms.devices["Kitchen"]) == "Noted: core work."
    assert not alex.data.done_today
    assert sam.data.done_today == {Habit.CORE}
    assert await say("done", device_id=rooms.devices["Kitchen"]) == NOT_OURS
    assert await say("Alex is done") == NOTED
    assert alex.data.done_today == {Habit.STRETCH}


async def test_two_runners_on_one_satellite_are_asked_for_their_name(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    for name, entry_id in (("Alex", ENTRY_ID), ("Sam", SAM)):
        await set_up(runner(name, entry_id, satellite_speaker(rooms.satellites["Gym"], f"{entry_id}S")))
        await ask(hass, "stretch", entry_id)

    who = "Who is it: Alex or Sam? Say it again with the name."
    assert await say("done", device_id=rooms.devices["Gym"]) == who
    assert await say("Sam is done", device_id=rooms.devices["Gym"]) == NOTED


async def test_answer_means_prompt_of_its_room(
    hass: HomeAssistant,
    set_up: SetUp,
    say: Say,
    rooms: Rooms,
    announced: list[str],
    clock: FrozenDateTimeFactory,
) -> None:
    """Core work is prompted in the gym, and then a stretch in the kitchen."""
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


async def test_prompt_on_removed_speaker_is_answered_anywhere(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, rooms: Rooms
) -> None:
    entry = runner("Alex", ENTRY_ID, speaker_in(rooms.area_id("Gym"), "A1"), phone())
    await set_up(entry)
    await ask(hass, "stretch")
    assert hass.config_entries.async_remove_subentry(entry, "A1")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert await say("done", device_id=rooms.devices["Kitchen"]) == NOTED


class Elsewhere(intent.IntentHandler):
    """Another intent with the same words."""

    intent_type = "Elsewhere"

    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Answer."""
        response = intent_obj.create_response()
        response.async_set_speech("Left for later.")
        return response


@pytest.fixture
async def agent_knows_later(hass: HomeAssistant) -> None:
    """Add a sentence of the user's own."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {"conversation": {"intents": {"Elsewhere": ["later"]}}})
    intent.async_register(hass, Elsewhere())


async def test_sentence_in_other_room_is_left_to_agent(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, rooms: Rooms, agent_knows_later: None, say: Say
) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker_in(rooms.area_id("Gym"), "A1")))
    await ask(hass, "stretch")

    assert await say("later", device_id=rooms.devices["Kitchen"]) == "Left for later."
    [fact] = coordinator.runner.journal.prompts.values()
    assert fact.state == "spoken"
    assert await say("later", device_id=rooms.devices["Gym"]) == "All right, I will ask again later."


@pytest.mark.parametrize("hearing", ["listening", "processing"])
async def test_no_sentence_is_registered_while_other_room_listens(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, rooms: Rooms, hearing: str
) -> None:
    """So the sentence takes its usual way: other agents get it, and the words are theirs."""
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
    assert await say("done", device_id=rooms.devices["Kitchen"]) == NOT_OURS
    rooms.become("Gym", "idle")
    rooms.become("Kitchen", "responding")
    assert is_heard()
    assert await say("done", device_id=rooms.devices["Gym"]) == NOTED
    assert not is_heard()


async def test_routine_confirms_commands_on_its_own_satellite(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    """Each command has one response: from the routine in the gym, and none of the routine elsewhere."""
    await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))

    async def told(text: str, area: str | None) -> tuple[str, bool]:
        before = len(announced)
        answer = await say(text, device_id=rooms.devices[area])
        await hass.async_block_till_done(wait_background_tasks=True)
        return answer, len(announced) > before

    for text in ("Start my core workout", "Pause", "Resume", "Next exercise", "Repeat this exercise"):
        assert await told(text, "Gym") == ("", True), text
    answer, is_announced = await told("Pause", "Kitchen")
    assert answer != "All right."
    assert not is_announced
    assert await told("Pause", "Gym") == ("", True)
    # A command without an effect makes the routine say nothing.
    assert await told("Pause", "Gym") == ("All right.", False)
    assert await told("Stop the routine", "Gym") == ("", True)
    assert await told("Pause the routine", "Gym") == ("No routine is active. Start one first.", False)


async def test_agent_answers_for_silent_routine(
    hass: HomeAssistant, set_up: SetUp, say: Say, rooms: Rooms, announced: list[str]
) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, satellite_speaker(rooms.satellites["Gym"])))
    await coordinator.async_apply(verbs.allow_voice(False))

    assert await say("Start my core workout", device_id=rooms.devices["Gym"]) == "Here we go: core work."
    assert announced == []
