"""Own routines: accepted texts, and the reasons and places of refusals."""

from datetime import timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.exercises.exercise import Side
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.own_routine import (
    EACH_SIDE,
    LONGEST_STEP,
    MAX_ROUTINE_STEPS,
    SECONDS_IN,
    SHORTEST_STEP,
    RoutineTextError,
    RoutineTextFault,
    own_routine,
)
from custom_components.home_gym.gym.routines.routine import Routine, Step
from custom_components.home_gym.gym.routines.timing import duration, plan_of, shortened


def written(text: str, name: str = "Mine") -> Routine:
    """Return a routine for stretching."""
    return own_routine(name, Habit.STRETCH, text)


def steps_of(routine: Routine) -> list[tuple[str | None, float, Side | None]]:
    """Return the name, seconds and side of each step."""
    return [(step.name, step.seconds, step.side) for step in routine.steps]


def test_each_line_is_step() -> None:
    routine = written("Couch stretch, 45 s, each side\n\nChild's pose, 1 min\n", "  Evening   stretch ")
    assert (routine.id, routine.name, routine.habit) == ("Evening stretch", "Evening stretch", Habit.STRETCH)
    assert steps_of(routine) == [
        ("Couch stretch", 45, Side.LEFT),
        ("Couch stretch", 45, Side.RIGHT),
        ("Child's pose", 60, None),
    ]
    assert routine.steps[2] == Step(exercise="", side=None, seconds=60, rest=0, repetitions=None, name="Child's pose")


@pytest.mark.parametrize(
    ("line", "name", "seconds", "sides"),
    [
        ("Plank, 45 s", "Plank", 45, 1),
        ("Plank, 45", "Plank", 45, 1),
        ("Plank,45s", "Plank", 45, 1),
        ("Plank; 45 sec.", "Plank", 45, 1),
        ("Plank, 45 Seconds", "Plank", 45, 1),
        ("Plank, 1:30", "Plank", 90, 1),
        ("Plank, 1.5 min", "Plank", 90, 1),
        ("Plank, 1,5 min", "Plank", 90, 1),
        ("Plank, 1 min 30 s", "Plank", 90, 1),
        ("Plank, 1m30s", "Plank", 90, 1),
        ("Plank, 30 min", "Plank", 1800, 1),
        ("Plank, 5 s", "Plank", 5, 1),
        ("Plank, each side, 45 s", "Plank", 45, 2),
        ("Plank, 45 s, EACH SIDE,", "Plank", 45, 2),
        ("Leg swings, front to back, 30 s", "Leg swings, front to back", 30, 1),
        ("Warrior 2, 30 s", "Warrior 2", 30, 1),
        ("Warrior, 2 ways, 30 s", "Warrior, 2 ways", 30, 1),
        ("Plank,, 30 s", "Plank", 30, 1),
        ("- Plank, 45 s", "Plank", 45, 1),
        ("\N{BULLET} Plank, 45 s", "Plank", 45, 1),
        ("3. Plank, 45 s", "Plank", 45, 1),
        ("  12) Plank, 45 s", "Plank", 45, 1),
        ("Couch\tstretch,\N{NO-BREAK SPACE}45\N{NO-BREAK SPACE}s", "Couch stretch", 45, 1),
        ("Dehnung, 45 Sek., je Seite", "Dehnung", 45, 2),
        ("Pigeon, 2 minutes, de chaque côté", "Pigeon", 120, 2),
        ("Plank, 2 minuten, elke kant", "Plank", 120, 2),
        ("Plancha, 40 segundos, cada lado", "Plancha", 40, 2),
        ("{0} %s {runner}, 45 s", "{0} %s {runner}", 45, 1),
    ],
)
def test_step_notations(line: str, name: str, seconds: float, sides: int) -> None:
    expected: list[Side | None] = list(Side) if sides == 2 else [None]
    assert steps_of(written(line)) == [(name, seconds, side) for side in expected]


@pytest.mark.parametrize(
    ("text", "flaw", "line", "shown"),
    [
        ("", RoutineTextFault.NO_STEPS, 0, ""),
        (" \n\n\t", RoutineTextFault.NO_STEPS, 0, ""),
        ("Plank", RoutineTextFault.STEP_INCOMPLETE, 1, "Plank"),
        ("Dog, 30 s\n\nPlank, long", RoutineTextFault.STEP_INCOMPLETE, 3, "Plank, long"),
        ("Warrior 2", RoutineTextFault.STEP_INCOMPLETE, 1, "Warrior 2"),
        ("45 s", RoutineTextFault.STEP_INCOMPLETE, 1, "45 s"),
        (", 45 s", RoutineTextFault.STEP_INCOMPLETE, 1, ", 45 s"),
        ("Plank, each side", RoutineTextFault.STEP_INCOMPLETE, 1, "Plank, each side"),
        ("Plank, -45 s", RoutineTextFault.STEP_INCOMPLETE, 1, "Plank, -45 s"),
        ("Plank, 45 sheep", RoutineTextFault.STEP_UNIT_UNKNOWN, 1, "Plank, 45 sheep"),
        ("Plank, 2 x 45 s", RoutineTextFault.STEP_UNIT_UNKNOWN, 1, "Plank, 2 x 45 s"),
        ("Plank, 45 s/side", RoutineTextFault.STEP_UNIT_UNKNOWN, 1, "Plank, 45 s/side"),
        ("Plank, 1:75", RoutineTextFault.STEP_UNIT_UNKNOWN, 1, "Plank, 1:75"),
        ("Plank, 1 hour", RoutineTextFault.STEP_UNIT_UNKNOWN, 1, "Plank, 1 hour"),
        ("Plank, 0 s", RoutineTextFault.STEP_TOO_SHORT, 1, "Plank, 0 s"),
        ("Plank, 4.9 s", RoutineTextFault.STEP_TOO_SHORT, 1, "Plank, 4.9 s"),
        ("Plank, 30 min 1 s", RoutineTextFault.STEP_TOO_LONG, 1, "Plank, 30 min 1 s"),
        ("Plank, " + "9" * 30, RoutineTextFault.STEP_TOO_LONG, 1, "Plank, " + "9" * 30),
        ("P" * 81 + ", 45 s", RoutineTextFault.STEP_NAME_TOO_LONG, 1, "P" * 60 + "\N{HORIZONTAL ELLIPSIS}"),
        ("Plank, 45 s\n" * 500, RoutineTextFault.TOO_MANY_STEPS, 101, "Plank, 45 s"),
        ("Plank, 45 s, each side\n" * 51, RoutineTextFault.TOO_MANY_STEPS, 51, "Plank, 45 s, each side"),
    ],
)
def test_faulty_text_is_refused_with_line(text: str, flaw: RoutineTextFault, line: int, shown: str) -> None:
    with pytest.raises(RoutineTextError) as refused:
        written(text)
    assert (refused.value.flaw, refused.value.line, refused.value.text) == (flaw, line, shown)


@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        ("", RoutineTextFault.NAME_MISSING),
        (" \n\x00", RoutineTextFault.NAME_MISSING),
        ("N" * 81, RoutineTextFault.NAME_TOO_LONG),
    ],
)
def test_invalid_name_is_refused(name: str, flaw: RoutineTextFault) -> None:
    with pytest.raises(RoutineTextError, match=f"^{flaw}$"):
        written("Plank, 45 s", name)


def test_limits_of_steps_and_names() -> None:
    routine = written("Plank, 5 s, each side\n" * 50, "N" * 80)
    assert len(routine.steps) == MAX_ROUTINE_STEPS == 100
    assert written("P" * 80 + ", 30 min").seconds == LONGEST_STEP == 1800


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_arbitrary_text_is_accepted_or_refused(text: str) -> None:
    try:
        routine = written(text)
    except RoutineTextError:
        return
    assert routine.steps
    assert all(SHORTEST_STEP <= step.seconds <= LONGEST_STEP and step.name for step in routine.steps)


@given(
    st.sampled_from(["Plank", "Leg swings, front to back"]),
    st.integers(1, 1800),
    st.sampled_from(sorted(unit for unit in SECONDS_IN if unit)),
    st.sampled_from([None, *sorted(EACH_SIDE)]),
)
def test_all_words_for_units_and_sides(name: str, number: int, unit: str, side: str | None) -> None:
    line = f"{name}, {number} {unit}" + (f", {side}" if side else "")
    seconds = number * (60 if unit.startswith("m") else 1)
    if not 5 <= seconds <= 1800:
        with pytest.raises(RoutineTextError):
            written(line)
        return
    sides: list[Side | None] = list(Side) if side else [None]
    assert steps_of(written(line)) == [(name, seconds, one) for one in sides]


def test_other_side_of_other_step_has_full_lead_in() -> None:
    """Lead-ins: 10 s for a step, 5 more for the greeting, 5 for the other side of the same step."""
    plan = plan_of(written("Couch stretch, 30 s, each side\nPigeon, 30 s, each side"))
    assert [slot.other_side for slot in plan] == [None, Side.RIGHT, None, Side.RIGHT]
    assert [slot.lead_in for slot in plan] == [timedelta(seconds=seconds) for seconds in (15, 5, 10, 5)]


@pytest.mark.parametrize(
    ("seconds", "steps"),
    [
        # 15 + 30 and 5 + 30, 10 + 60, 10 + 30 and 5 + 30
        (80 + 70 + 75, 5),
        (80 + 70 + 74, 3),
        (80 + 70, 3),
        (80 + 69, 2),
        (80, 2),
    ],
)
def test_routine_is_shortened_to_time(seconds: float, steps: int) -> None:
    routine = written("Couch stretch, 30 s, each side\nChild's pose, 60 s\nPigeon, 30 s, each side")
    fitting = shortened(routine, timedelta(seconds=seconds))
    assert fitting.steps == routine.steps[:steps]
    assert (fitting.name, fitting.habit) == (routine.name, routine.habit)
    assert duration(fitting) <= timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["Couch stretch, 30 s, each side", "Child's pose, 65 s"])
def test_too_little_time(text: str) -> None:
    """Both sides take 80 s, and so does the pose with its lead-in."""
    assert shortened(written(text), timedelta(seconds=80))
    with pytest.raises(ValueError, match=r"^too_little_time$"):
        shortened(written(text), timedelta(seconds=79))
