"""Guided routines through the actions, the clock, and speakers that work or fail."""

from collections.abc import Callable
from datetime import datetime, timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)
import voluptuous as vol

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.exercises.level import Level
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.routine import Routine
from custom_components.home_gym.languages import PHRASES
from custom_components.home_gym.routines import wall_clock
from custom_components.home_gym.speech import Line, async_perform
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED, EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from tests.support.integration import coach, routines
from tests.support.integration.coach import SPEAKER_ID, Lines, phone, runner, speaker
from tests.support.integration.full_disk import full_disk
from tests.support.integration.routines import SHORT, Pass, act, begin, built_in, settle, step
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of, state_of
from tests.support.integration.stored import stored_plain

from ...support.integration.automations import automate, device_of, told

let_pass = routines.let_pass


pytestmark = pytest.mark.usefixtures("clock")
lines = coach.lines

WORDS = json.loads((PHRASES / "en.json").read_text(encoding="utf-8"))
SECOND = timedelta(seconds=1)


def shown(hass: HomeAssistant, owner: str = ENTRY_ID) -> dict[str, Any]:
    """Return the sensor's attributes with its state."""
    state = hass.states.get(entity_id_of(hass, "sensor", "routine", owner))
    assert state is not None
    keys = ("habit", "exercise", "side", "step", "steps", "ends")
    return {"state": state.state} | {key: state.attributes[key] for key in keys}


def after(seconds: float) -> str:
    """Return an instant in its displayed form."""
    return (NOW + seconds * SECOND).isoformat()


@pytest.fixture
def events(hass: HomeAssistant) -> Callable[[], list[dict[str, Any]]]:
    """Return a function for the routine's events so far, with their attributes."""
    changes = async_capture_events(hass, "state_changed")

    def told_of() -> list[dict[str, Any]]:
        entity_id = entity_id_of(hass, "event", "routine")
        states = [change.data["new_state"] for change in changes if change.data["entity_id"] == entity_id]
        names = {"event_types", "friendly_name"}
        return [
            {key: value for key, value in state.attributes.items() if key not in names}
            for state in states
            if state and state.attributes.get("event_type")
        ]

    return told_of


def kinds(told_of: list[dict[str, Any]]) -> list[str]:
    """Return the events' types."""
    return [event["event_type"] for event in told_of]


def is_line(said: str, key: str, **values: object) -> bool:
    """Return whether an utterance contains a line in any of its variants."""
    return any(words.format(**values) in said for words in WORDS[key])


async def test_a_routine_from_beginning_to_end(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, events: Callable[[], list[dict[str, Any]]]
) -> None:
    entry = runner(speaker(), phone())
    coordinator = await set_up(entry)
    assert shown(hass) == {"state": "idle", **dict.fromkeys(("habit", "exercise", "side", "step", "steps", "ends"))}

    await begin(hass, entry)
    first = {"state": "running", "habit": "core", "exercise": "front_plank", "side": None, "step": 1, "steps": 2}
    assert shown(hass) == {**first, "ends": after(35)}
    await let_pass(34)
    assert shown(hass)["ends"] == after(35)
    await let_pass(1)
    assert shown(hass) == {**first, "ends": after(45)}
    await let_pass(10)
    assert shown(hass) == {**first, "exercise": "dead_bug", "step": 2, "ends": after(75)}
    await let_pass(30)
    assert shown(hass)["state"] == "idle"

    common = {"routine": "core", "habit": "core"}
    assert [{key: value for key, value in event.items() if key != "event_type"} for event in events()] == [
        common,
        common
        | {"exercise": "front_plank", "side": None, "step": 1, "steps": 2, "begins": after(15), "ends": after(35)},
        common | {"exercise": "dead_bug", "side": None, "step": 2, "steps": 2, "begins": after(55), "ends": after(75)},
        common | {"done_share": 1, "duration": 75},
    ]
    assert kinds(events()) == ["started", "step", "step", "finished"]
    assert [(session.habit, session.end, session.duration) for session in coordinator.runner.sessions.all()] == [
        (Habit.CORE, NOW + 75 * SECOND, 75)
    ]
    assert state_of(hass, "sensor", "last_core") == after(75)
    assert coordinator.runner.journal.routine is None
    # Each is one utterance on the first speaker.
    assert lines.written == []
    assert is_line(lines.heard[0], "player.begin_short", routine="Core strength")
    assert is_line(lines.heard[0], "exercise.front_plank.cue")
    assert [heard for heard in lines.heard if is_line(heard, "exercise.dead_bug.cue")]
    assert is_line(lines.heard[-1], "player.finished")


async def test_each_step_has_two_states(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    """Regardless of countdowns: a step changes the state at its start, and at the start of its rest."""
    entry = runner(speaker())
    coordinator = await set_up(entry)
    sensor = entity_id_of(hass, "sensor", "routine")
    changes = async_capture_events(hass, "state_changed")

    await begin(hass, entry, Routine(id="core", habit=Habit.CORE, steps=(step(40, rest=20),) * 3))
    await let_pass(60)
    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    await let_pass(200)

    written = [event for event in changes if event.data["entity_id"] == sensor]
    # Three steps, two of which end in a rest, and the end.
    assert len(written) == 3 + 2 + 1
    assert shown(hass)["state"] == "idle"


async def test_two_weeks_of_practice_lengthen_holds(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    """Two weeks of stretching before there was a standing add ten seconds to the first thirty."""
    coordinator = await set_up(runner(speaker()))
    for days in (2, 3, 4, 9, 10, 11):
        await coordinator.async_apply(verbs.log_session(Habit.STRETCH, end=NOW - timedelta(days=days)))

    await act(hass, "start_routine", habit="stretch")

    assert shown(hass)["exercise"] == "hamstring_stretch"
    assert coordinator.config_entry.runtime_data.routines.player.step.seconds == 30 + 2 * 5


async def test_actions_control_routine(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, events: Callable[[], list[dict[str, Any]]]
) -> None:
    await set_up(runner(speaker()))
    whole = built_in(Habit.STRETCH, level=Level.INTERMEDIATE)

    await act(hass, "start_routine", habit="stretch", level="intermediate")
    assert (shown(hass)["habit"], shown(hass)["steps"]) == ("stretch", len(whole.steps))
    await act(hass, "next_step")
    assert shown(hass)["step"] == 2
    await act(hass, "previous_step")
    assert shown(hass)["step"] == 1
    await let_pass(5)
    await act(hass, "repeat_step")
    # The lead-in of the first step, and 5 s of greeting.
    guide = whole.steps[0].guide
    assert guide
    lead_in = guide.lead_in + 5
    assert datetime.fromisoformat(shown(hass)["ends"]) == NOW + timedelta(seconds=5 + lead_in + whole.steps[0].seconds)
    await act(hass, "pause_routine")
    assert (shown(hass)["state"], shown(hass)["ends"]) == ("paused", None)
    await act(hass, "next_step")
    assert (shown(hass)["state"], shown(hass)["step"]) == ("paused", 2)
    await act(hass, "resume_routine")
    assert shown(hass)["state"] == "running"
    await act(hass, "resume_routine")
    await act(hass, "stop_routine")

    assert shown(hass)["state"] == "idle"
    assert kinds(events()) == ["started", "step", "step", "step", "step", "paused", "resumed", "step", "stopped"]
    assert events()[5]["reason"] == "asked"
    assert (events()[-1]["done_share"], events()[-1]["duration"]) == (0, 5)


@pytest.mark.parametrize(("held", "counts"), [(9, 0), (10, 1)])
async def test_half_of_a_routine_counts(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, held: int, counts: int
) -> None:
    entry = runner(speaker())
    coordinator = await set_up(entry)
    await begin(hass, entry, Routine(id="core", habit=Habit.CORE, steps=(step(20),)))
    await let_pass(15 + held)
    await act(hass, "stop_routine")
    assert [session.duration for session in coordinator.runner.sessions.all()] == [25] * counts


OWN = {"name": "Evening stretch", "habit": "stretch", "steps": "Couch stretch, 20 s, each side\nDog, 10 s"}


async def test_a_routine_of_the_runners_own(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, events: Callable[[], list[dict[str, Any]]]
) -> None:
    """15 s of introduction, 20 s held, 5 and 20 s for the other side, 10 s and 10 s for the dog: 80 s."""
    coordinator = await set_up(runner(speaker(), routines=[OWN]))
    await act(hass, "start_routine", routine=" evening STRETCH")
    assert (shown(hass)["habit"], shown(hass)["exercise"], shown(hass)["side"]) == ("stretch", "Couch stretch", "left")
    await let_pass(80)
    assert shown(hass)["state"] == "idle"
    [session] = coordinator.runner.sessions.all()
    assert (session.habit, session.duration) == (Habit.STRETCH, 80)
    assert "Evening stretch" in lines.heard[0]
    assert any("Dog" in line for line in lines.heard)
    assert {event["routine"] for event in events() if "routine" in event} == {"Evening stretch"}


async def test_a_routine_of_the_runners_own_survives_a_restart(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    """It continues at its position, even if it was removed meanwhile, which leaves it running."""
    entry = runner(speaker(), routines=[OWN])
    await set_up(entry)
    await act(hass, "start_routine", routine="Evening stretch")
    await let_pass(20)
    hass.config_entries.async_update_entry(entry, options={})
    await hass.async_block_till_done()
    assert (shown(hass)["state"], shown(hass)["exercise"]) == ("running", "Couch stretch")
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert (shown(hass)["state"], shown(hass)["exercise"]) == ("paused", "Couch stretch")


async def test_a_routine_of_the_runners_own_within_the_time_there_is(
    hass: HomeAssistant, set_up: SetUp, lines: Lines
) -> None:
    """Both sides of the stretch take a minute, 15 + 20 + 5 + 20 s, and there is no time for the dog."""
    await set_up(runner(speaker(), routines=[OWN]))
    await act(hass, "start_routine", routine="Evening stretch", minutes=1)
    assert shown(hass)["steps"] == 2
    await act(hass, "stop_routine")
    long = OWN | {"name": "Long", "steps": "Pigeon, 2 min"}
    hass.config_entries.async_update_entry(
        hass.config_entries.async_get_known_entry(ENTRY_ID), options={"routines": [long]}
    )
    await hass.async_block_till_done()
    with pytest.raises(ServiceValidationError, match="1 minutes are not enough"):
        await act(hass, "start_routine", routine="Long", minutes=1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"routine": "Yoga"}, "Alex has no routine called Yoga"),
        ({}, "either a habit or the name"),
        ({"routine": "Evening stretch", "habit": "core"}, "either a habit or the name"),
    ],
)
async def test_routine_needs_habit_or_known_name(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, data: dict[str, str], message: str
) -> None:
    await set_up(runner(speaker(), routines=[OWN]))
    with pytest.raises(ServiceValidationError, match=message):
        await act(hass, "start_routine", **data)


async def test_the_time_that_the_runner_has(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    await set_up(runner(speaker()))
    await act(hass, "start_routine", habit="stretch", length="full", minutes=4)
    steps = shown(hass)["steps"]
    await act(hass, "stop_routine")
    await act(hass, "start_routine", habit="stretch", length="full")
    assert 0 < steps < shown(hass)["steps"]
    await act(hass, "stop_routine")
    with pytest.raises(ServiceValidationError, match="1 minutes are not enough"):
        await act(hass, "start_routine", habit="heat_or_ice", minutes=1)
    assert shown(hass)["state"] == "idle"


@pytest.mark.parametrize(("minutes", "wanted"), [(None, 5), (6, 6), (30, 30)])
async def test_routine_fills_the_minutes(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, minutes: int | None, wanted: int
) -> None:
    await set_up(runner(speaker()))
    await act(hass, "start_routine", habit="stretch", **({"minutes": minutes} if minutes else {}))
    assert shown(hass)["steps"] == len(built_in(Habit.STRETCH, minutes=wanted).steps)


@pytest.mark.parametrize(("said", "level"), [({}, Level.ADVANCED), ({"level": "intermediate"}, Level.INTERMEDIATE)])
async def test_a_routine_is_at_the_runners_level(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, said: dict[str, str], level: Level
) -> None:
    coordinator = await set_up(runner(speaker(), level="advanced"))
    await act(hass, "start_routine", habit="core", **said)
    assert coordinator.config_entry.runtime_data.routines.player is not None
    assert coordinator.config_entry.runtime_data.routines.player.routine == built_in(Habit.CORE, level=level)


@pytest.mark.parametrize(
    "action", ["pause_routine", "resume_routine", "next_step", "previous_step", "repeat_step", "stop_routine"]
)
async def test_commands_without_routine_are_rejected(hass: HomeAssistant, set_up: SetUp, action: str) -> None:
    await set_up(runner())
    with pytest.raises(ServiceValidationError, match="Alex has no active routine"):
        await act(hass, action)


@pytest.mark.parametrize(
    "data", [{"habit": "yoga"}, {"habit": "core", "minutes": 0}, {"habit": "core", "level": "hero"}]
)
async def test_invalid_data_is_rejected(hass: HomeAssistant, set_up: SetUp, data: dict[str, Any]) -> None:
    await set_up(runner())
    with pytest.raises(vol.Invalid):
        await act(hass, "start_routine", **data)


async def test_one_routine_at_a_time(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, events: Callable[[], list[dict[str, Any]]]
) -> None:
    await set_up(runner(speaker()))
    await act(hass, "start_routine", habit="core")
    with pytest.raises(ServiceValidationError, match="Alex already has an active routine"):
        await act(hass, "start_routine", habit="stretch")
    assert shown(hass)["habit"] == "core"
    await act(hass, "pause_routine")
    await act(hass, "start_routine", habit="stretch")
    assert (shown(hass)["state"], shown(hass)["habit"]) == ("running", "stretch")
    assert kinds(events()) == ["started", "step", "paused", "stopped", "started", "step"]


# Speakers


async def test_speaker_is_found_by_name_or_id(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    await set_up(runner(phone(), speaker()))
    with pytest.raises(ServiceValidationError, match="no speaker called Attic"):
        await act(hass, "start_routine", habit="core", speaker="Attic")
    assert shown(hass)["state"] == "idle"
    await act(hass, "start_routine", habit="core", speaker="phone")
    await let_pass(30)
    # A phone gets each next step, and no countdown.
    assert len(lines.written) == 1
    assert lines.heard == []
    await act(hass, "stop_routine")
    await act(hass, "start_routine", habit="core", speaker=SPEAKER_ID)
    assert len(lines.heard) == 1
    await act(hass, "stop_routine")
    await let_pass(30)
    lines.heard.clear()
    # A voice comes before a phone.
    await act(hass, "start_routine", habit="core")
    assert len(lines.heard) == 1


async def test_without_a_speaker_or_a_voice_it_is_silent(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    entry = runner()
    await set_up(entry)
    await begin(hass, entry)
    await let_pass(75)
    assert state_of(hass, "sensor", "last_core") == after(75)
    await hass.config_entries.async_remove(ENTRY_ID)

    entry = runner(speaker())
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.allow_voice(False))
    await begin(hass, entry)
    await let_pass(75)
    assert shown(hass)["state"] == "idle"
    assert (lines.heard, lines.written) == ([], [])


def another(*speakers: Any) -> MockConfigEntry:
    """Return the entry of a second runner."""
    return MockConfigEntry(
        domain=DOMAIN, title="Robin", entry_id="01ROBIN", data={"name": "Robin"}, subentries_data=list(speakers)
    )


async def test_a_speaker_speaks_one_routine(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    alex, robin = runner(speaker()), another({**speaker(), "subentry_id": "01SAME"})
    await set_up(alex)
    await set_up(robin)
    await begin(hass, alex)
    with pytest.raises(ServiceValidationError, match="busy with another runner's routine"):
        await begin(hass, robin)
    await act(hass, "pause_routine")
    await begin(hass, robin)
    with pytest.raises(ServiceValidationError, match="Gym speaker is busy with another runner's routine"):
        await act(hass, "resume_routine")
    assert shown(hass)["state"] == "paused"
    await let_pass(75)
    await act(hass, "resume_routine")
    assert shown(hass)["state"] == "running"


async def test_two_runners_on_two_speakers(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    alex = runner(speaker())
    first = {**speaker(), "subentry_id": "01SAME"}
    robin = another(first, {**phone(), "subentry_id": "01OTHER"})
    await set_up(alex)
    await set_up(robin)
    await begin(hass, alex)
    await let_pass(10)
    # The first is taken, so it is the next one that is free.
    await begin(hass, robin)
    await let_pass(70)
    assert shown(hass)["state"] == "idle"
    assert shown(hass, "01ROBIN")["state"] == "running"
    await let_pass(10)
    assert shown(hass, "01ROBIN")["state"] == "idle"
    assert is_line(lines.written[-1], "player.finished")


@pytest.mark.parametrize("fault", [HomeAssistantError("no answer"), RuntimeError("a player's own fault")])
async def test_routine_pauses_after_three_failed_lines(
    hass: HomeAssistant,
    set_up: SetUp,
    lines: Lines,
    let_pass: Pass,
    events: Callable[[], list[dict[str, Any]]],
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    # Too short for a countdown: a line at each step's start, and at each rest's.
    await begin(hass, entry, Routine(id="core", habit=Habit.CORE, steps=(step(10, rest=20),) * 6))
    assert len(lines.heard) == 1
    lines.player_fault = fault
    await let_pass(35)
    assert shown(hass)["step"] == 2
    # Two lines failed, the rest and the next step; the next one is heard.
    lines.player_fault = None
    await let_pass(30)
    assert shown(hass)["state"] == "running"
    assert len(lines.heard) > 1
    assert caplog.text.count("The routine of Alex can't be heard") == 1

    lines.player_fault = fault
    heard = len(lines.heard)
    await let_pass(70)

    assert len(lines.heard) == heard
    assert shown(hass)["state"] == "paused"
    assert events()[-1]["event_type"] == "paused"
    assert events()[-1]["reason"] == "speaker"
    assert caplog.text.count("The routine of Alex can't be heard") == 2
    lines.player_fault = None
    await act(hass, "resume_routine")
    assert shown(hass)["state"] == "running"
    assert len(lines.heard) == heard + 1


async def test_hanging_speaker_does_not_delay_routine(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    lines.engine_hangs = True
    await entry.runtime_data.routines.async_begin(SHORT)
    await let_pass(50)
    assert (shown(hass)["step"], shown(hass)["ends"]) == (2, after(75))
    assert lines.heard == []


@pytest.mark.parametrize(("resumed", "is_heard"), [(28, False), (30, True)])
async def test_most_important_waiting_line_is_spoken_next(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, resumed: int, is_heard: bool
) -> None:
    """During a slow line, the next cue waits while it is of use, and no countdown replaces it."""
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry)
    await let_pass(28)
    lines.engine_hangs = True
    await act(hass, "pause_routine")
    await let_pass(resumed - 28)
    await act(hass, "resume_routine")
    await let_pass(40 - resumed)
    assert (len(lines.heard), shown(hass)["state"]) == (1, "running")
    lines.engine_hangs = False
    # The engine had 20 s from 28 on; "resumed" is of use for 20 s.
    await let_pass(8)
    assert [is_line(said, "player.resumed") for said in lines.heard[1:]] == [True] * is_heard


async def test_a_countdown_is_one_breath(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry)
    await let_pass(34)
    assert [said.removeprefix("tts.coach: ") for said in lines.heard[1:]] == ["Five. Four. Three. Two. One."]


async def test_lines_that_are_too_late_are_no_failures(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, caplog: pytest.LogCaptureFixture
) -> None:
    """The speaker is busy for two minutes, longer than the whole routine."""
    entry = runner(speaker())
    await set_up(entry)
    long = Line(title="Home Gym", text="and so on " * 300)
    hass.async_create_background_task(async_perform(hass, speaker()["data"], long), "a long story")
    await settle(hass)
    assert len(lines.heard) == 1
    await begin(hass, entry)
    await let_pass(130)
    assert state_of(hass, "sensor", "last_core") == after(75)
    assert len(lines.heard) == 1
    assert "can't be heard" not in caplog.text


# Restarts and clocks


async def restart(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Reload the runner in a Home Assistant that is starting."""
    assert await hass.config_entries.async_unload(ENTRY_ID)
    hass.set_state(CoreState.starting)
    assert await hass.config_entries.async_setup(ENTRY_ID)
    await settle(hass)


async def start(hass: HomeAssistant) -> None:
    """Finish Home Assistant's start."""
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await settle(hass)


async def test_a_restart_pauses_and_says_so_once(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, events: Callable[[], list[dict[str, Any]]]
) -> None:
    entry = runner(speaker(), phone())
    await set_up(entry)
    await begin(hass, entry, speaker="Gym speaker")
    await let_pass(20)
    lines.heard.clear()

    await restart(hass, entry)
    assert (shown(hass)["state"], shown(hass)["step"]) == ("paused", 1)
    assert lines.heard == []
    await start(hass)
    assert len(lines.heard) == 1
    assert is_line(lines.heard[0], "player.restored_paused")
    assert (events()[-1]["event_type"], events()[-1]["reason"]) == ("paused", "restart")
    await restart(hass, entry)
    await start(hass)
    assert len(lines.heard) == 1
    assert shown(hass)["state"] == "paused"

    await let_pass(60)
    await act(hass, "resume_routine")
    # 5 s were held of 20, and the lead-in takes 5.
    assert shown(hass)["ends"] == after(80 + 5 + 15)
    await let_pass(60)
    assert state_of(hass, "sensor", "core_sessions_this_week") == "1"


async def test_routine_stopped_during_start_is_not_announced(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, events: Callable[[], list[dict[str, Any]]]
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry)
    lines.heard.clear()
    await restart(hass, entry)
    await act(hass, "stop_routine")
    await start(hass)
    assert lines.heard == []
    assert kinds(events())[-1] == "stopped"


async def test_a_reload_is_no_restart(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry)
    await let_pass(20)
    await hass.config_entries.async_reload(ENTRY_ID)
    await settle(hass)
    assert shown(hass)["state"] == "paused"
    assert is_line(lines.heard[-1], "player.paused")


async def test_restored_routine_is_silent_in_quiet_hours(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    # It is 20:00 in Berlin.
    entry = runner(speaker(), quiet_start="20:00:00", quiet_end="21:00:00")
    await set_up(entry)
    await begin(hass, entry)
    lines.heard.clear()
    await restart(hass, entry)
    await start(hass)
    assert lines.heard == []
    assert shown(hass)["state"] == "paused"


async def test_a_stop_of_home_assistant_keeps_the_place(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry)
    await let_pass(22)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await settle(hass)
    kept = stored_plain(hass)["routine"]
    assert (kept["elapsed"], kept["running"], kept["speaker"]) == (22, True, SPEAKER_ID)
    await let_pass(100)
    assert state_of(hass, "sensor", "last_core") == "unknown"


async def test_a_power_cut_costs_at_most_the_step(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry)
    await let_pass(60)
    kept = stored_plain(hass)["routine"]
    assert (kept["step"], kept["elapsed"], kept["done"]) == (1, 0, [20, 0])


async def test_a_speaker_that_went_meanwhile(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    entry = runner(speaker(), phone())
    await set_up(entry)
    await begin(hass, entry, speaker="Gym speaker")
    hass.config_entries.async_remove_subentry(entry, SPEAKER_ID)
    await settle(hass)
    assert shown(hass)["state"] == "paused"
    lines.written.clear()
    await act(hass, "resume_routine")
    assert shown(hass)["state"] == "running"
    assert len(lines.written) == 1


async def test_hours_that_passed_unseen_pause(
    hass: HomeAssistant,
    set_up: SetUp,
    lines: Lines,
    let_pass: Pass,
    clock: FrozenDateTimeFactory,
    events: Callable[[], list[dict[str, Any]]],
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    await begin(hass, entry)
    await let_pass(20)
    clock.tick(timedelta(hours=8))
    await let_pass(1)
    assert shown(hass)["state"] == "paused"
    assert (events()[-1]["event_type"], events()[-1]["reason"]) == ("paused", "clock")


@pytest.mark.parametrize(("moved", "reason"), [(-3600, "asked"), (20, "asked"), (3600, "clock")])
async def test_a_clock_that_is_set_mid_hold(
    hass: HomeAssistant,
    set_up: SetUp,
    lines: Lines,
    let_pass: Pass,
    clock: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    events: Callable[[], list[dict[str, Any]]],
    moved: float,
    reason: str,
) -> None:
    """The wall clock is set, and the elapsed time is unaffected."""
    passed = 0.0
    monkeypatch.setattr(wall_clock, "monotonic", lambda: (datetime.now(NOW.tzinfo) - NOW).total_seconds() - passed)
    entry = runner()
    await set_up(entry)
    await begin(hass, entry)
    await let_pass(20)
    passed = moved
    clock.tick(moved)
    await act(hass, "pause_routine")
    assert events()[-1]["reason"] == reason
    await act(hass, "resume_routine")
    # 5 of 20 s were held, and the lead-in takes 5 s.
    assert shown(hass)["ends"] == after(20 + moved + 5 + 15)


async def test_a_disk_that_is_full_stops_no_routine(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass, caplog: pytest.LogCaptureFixture
) -> None:
    entry = runner(speaker())
    coordinator = await set_up(entry)
    with full_disk():
        await begin(hass, entry)
        await let_pass(75)
    assert shown(hass)["state"] == "idle"
    assert "The position in the routine of Alex was not saved" in caplog.text
    assert "A session of core that Alex finished was not saved" in caplog.text
    # The next change saves it too.
    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    assert state_of(hass, "sensor", "last_core") == after(75)


async def test_an_automation_when_it_is_finished(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass
) -> None:
    entry = runner(speaker())
    await set_up(entry)
    event = entity_id_of(hass, "event", "routine")
    last_core = entity_id_of(hass, "sensor", "last_core")
    calls = await automate(
        hass,
        {"trigger": "home_gym.routine_finished", "target": {"device_id": device_of(hass, event)}},
        data={
            "habit": "{{ trigger.habit }}",
            "share": "{{ trigger.done_share }}",
            "seconds": "{{ trigger.duration }}",
            "last": f"{{{{ states('{last_core}') }}}}",
        },
    )
    await begin(hass, entry)
    await let_pass(20)
    await act(hass, "stop_routine")
    assert told(calls) == []
    await begin(hass, entry)
    await let_pass(80)
    # The session is in the journal before the event fires.
    assert told(calls) == [{"habit": "core", "share": 1, "seconds": 75.0, "last": after(95)}]


async def test_a_satellite_speaks_one_routine(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    def satellite(subentry_id: str) -> Any:
        return {**speaker(), "subentry_id": subentry_id, "data": {"satellite": "assist_satellite.gym"}}

    alex, robin = runner(satellite(SPEAKER_ID)), another(satellite("01SAME"))
    await set_up(alex)
    await set_up(robin)
    await begin(hass, alex)
    with pytest.raises(ServiceValidationError, match="busy with another runner's routine"):
        await begin(hass, robin)
