"""Catalogue of exercises, and the built-in routines."""

from collections.abc import Iterator
from itertools import groupby, product

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.back.limits import Limit, Limits
from custom_components.home_gym.gym.exercises.exercise import Exercise, Side, Variant, catalogue
from custom_components.home_gym.gym.exercises.exercise_facts import ALL_EXERCISES, Kit
from custom_components.home_gym.gym.exercises.level import Length, Level
from custom_components.home_gym.gym.exercises.plans import SEQUENCES, GentleReason
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.exercises.standing import Standing
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.choice import has_exercises, routine_for
from custom_components.home_gym.gym.routines.routine import NothingLeftError, Routine

EXERCISES = list(catalogue().values())
MINUTE = 60

habits = st.sampled_from(Habit)
lengths = st.sampled_from(Length)
levels = st.sampled_from(Level)
progresses = st.builds(
    Progress,
    weeks=st.integers(0, 60),
    missed=st.integers(0, 10),
    pain=st.none() | st.floats(0, 10),
    rotation=st.sampled_from([None, "A", "B", "C"]),
    is_deload=st.booleans(),
)


# The catalogue


def test_exercise_has_its_own_id() -> None:
    assert all(identifier == exercise.id for identifier, exercise in catalogue().items())


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_exercise_is_consistent(exercise: Exercise) -> None:
    assert exercise.habits
    assert exercise.id not in {exercise.easier, exercise.harder}
    assert exercise.harder is None or catalogue()[exercise.harder].habits & exercise.habits


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_harder_form_leads_back(exercise: Exercise) -> None:
    if exercise.harder:
        assert catalogue()[exercise.harder].easier == exercise.id


def reached() -> Iterator[str]:
    """Yield every exercise of some runner's routine."""
    for habit, rotation, pain, kit in product(SEQUENCES, (None, "A", "B"), (None, 10), (frozenset(Kit), frozenset())):
        progress = Progress(rotation=rotation, pain=pain, kit=kit, with_opt_in=True)
        if has_exercises(habit, progress.all_limits, kit):
            yield from (step.exercise for step in routine_for(habit, minutes=30, progress=progress).steps)
    for habit in (Habit.STRETCH, Habit.CORE):
        routine = routine_for(habit, progress=Progress(limits=Limits(present=frozenset({Limit.LEG_PAIN}))))
        yield from (step.exercise for step in routine.steps)


def test_every_exercise_is_used() -> None:
    harder = {exercise.harder for exercise in EXERCISES}
    assert set(reached()) | harder >= set(catalogue()) - {"heat_or_ice", "compression"}


def test_every_exercise_of_sequences_belongs_to_habit() -> None:
    for habit, rotations in SEQUENCES.items():
        assert list(rotations) == ["A", "B", "C"]
        for entries in rotations.values():
            assert all(habit in ALL_EXERCISES[entry.exercise].habits for entry in entries)
            assert {entry.minutes for entry in entries} <= {5, 10, 20, 30}
            assert 5 in {entry.minutes for entry in entries}


# Routines


@given(habits, lengths, levels, progresses)
def test_routine_has_valid_steps(habit: Habit, length: Length, level: Level, progress: Progress) -> None:
    routine = routine_for(habit, length=length, level=level, progress=progress)
    assert (routine.id, routine.habit, routine.name) == (habit, habit, None)
    assert routine.seconds == sum(step.seconds for step in routine.steps) + sum(step.rest for step in routine.steps)
    assert routine.steps[-1].rest == 0
    for step in routine.steps:
        exercise = catalogue()[step.exercise]
        # A plan for a sore back has a walk before a run, a long warm-up core work.
        assert habit in exercise.habits or step.exercise == "easy_walk"
        assert (step.side is not None) == exercise.sided
        assert step.repetitions is None or exercise.is_counted
        assert step.name is None


@given(lengths, levels, progresses)
def test_stretches_are_held_30_to_60_seconds(length: Length, level: Level, progress: Progress) -> None:
    for habit in (Habit.STRETCH, Habit.COOL_DOWN):
        routine = routine_for(habit, length=length, level=level, progress=progress)
        assert all(30 <= step.seconds <= 60 for step in routine.steps if step.exercise != "easy_walk")


@given(habits, levels, progresses, st.floats(1, 45))
def test_both_sides_are_equal(habit: Habit, level: Level, progress: Progress, minutes: float) -> None:
    try:
        routine = routine_for(habit, level=level, progress=progress, minutes=minutes)
    except ValueError:
        return
    for _, steps in groupby((step for step in routine.steps if step.side), key=lambda step: step.exercise):
        done = list(steps)
        assert [step.side for step in done] == [Side.LEFT, Side.RIGHT] * (len(done) // 2)
        assert len({step.seconds for step in done}) == 1


def test_full_routine_is_longer() -> None:
    for habit, level in product(set(Habit) - {Habit.COMPRESSION}, Level):
        assert routine_for(habit, level=level).seconds < routine_for(habit, length=Length.FULL, level=level).seconds


def seconds_of(routine: Routine) -> dict[str, tuple[float, int | None]]:
    """Return seconds and repetitions of each exercise."""
    return {step.exercise: (step.seconds, step.repetitions) for step in routine.steps}


def test_standing_decides_about_form_and_dose() -> None:
    """Two steps: 20 + 2 x 5 s of plank, 6 + 2 bird dogs of 5 + 2 s; the bridge at the ceiling of 20 x 3 s."""
    standings = {
        "front_plank": Standing(form="front_plank", grade=2),
        "bird_dog": Standing(form="bird_dog", grade=2),
        "glute_bridge": Standing(form="glute_bridge", grade=50),
        "dead_bug": Standing(form="heel_tap", grade=1),
    }
    done = seconds_of(routine_for(Habit.CORE, progress=Progress(standings=standings)))
    wanted = {"front_plank": (30, None), "bird_dog": (6 * 7, 6), "glute_bridge": (60, 20), "heel_tap": (10 * 4, 10)}
    assert {name: done[name] for name in wanted} == wanted
    assert "dead_bug" not in done


def test_lighter_week_takes_two_steps_and_a_round() -> None:
    standings = {"front_plank": Standing(form="front_plank", grade=3), "squat": Standing(form="squat", grade=1)}
    usual = routine_for(Habit.CORE, minutes=20, progress=Progress(standings=standings))
    lighter = routine_for(Habit.CORE, minutes=20, progress=Progress(standings=standings, is_deload=True))
    assert (seconds_of(usual)["front_plank"], seconds_of(lighter)["front_plank"]) == ((35, None), (25, None))
    assert (seconds_of(usual)["squat"], seconds_of(lighter)["squat"]) == ((40, 10), (32, 8))
    assert max(sum(step.exercise == "squat" for step in each.steps) for each in (lighter,)) <= 2
    assert all(step.guide and step.guide.eased for step in lighter.steps)


def test_level_sets_the_first_doses_alone() -> None:
    beginner, advanced = (
        routine_for(Habit.CORE, minutes=20, level=level) for level in (Level.BEGINNER, Level.ADVANCED)
    )
    assert {step.exercise for step in beginner.steps} == {step.exercise for step in advanced.steps}
    assert (seconds_of(beginner)["front_plank"], seconds_of(advanced)["front_plank"]) == ((20, None), (40, None))


def test_sore_back_gets_easier_exercises() -> None:
    standings = {"front_plank": Standing(form="plank_leg_lift", grade=3)}
    progress = Progress(pain=3, standings=standings)
    routine = routine_for(Habit.CORE, level=Level.ADVANCED, minutes=20, progress=progress)
    done = seconds_of(routine)
    assert done == {
        **dict.fromkeys(("knee_plank", "knee_side_plank"), (10, None)),
        "leg_reach": (6 * 4, 6),
        "heel_tap": (8 * 4, 8),
        "squat": (8 * 4, 8),
        "glute_bridge": (10 * 3, 10),
    }
    assert routine.because is GentleReason.SORE


def ways(routine: Routine) -> dict[str, Variant | None]:
    """Return the variant of each exercise, the same on both sides and in every round."""
    done = {(step.exercise, step.way) for step in routine.steps}
    assert len(done) == len(dict(done))
    return dict(done)


@given(habits, lengths, st.sampled_from([Level.BEGINNER, Level.INTERMEDIATE]), st.none() | st.floats(0, 2.99))
def test_usual_form_has_no_variant(habit: Habit, length: Length, level: Level, pain: float | None) -> None:
    routine = routine_for(habit, length=length, level=level, progress=Progress(pain=pain))
    assert set(ways(routine).values()) == {None}


# The time that the runner has


@pytest.mark.parametrize(
    ("habit", "minutes"), [(Habit.STRETCH, 1), (Habit.STRETCH, 0), (Habit.HEAT_OR_ICE, 9.9), (Habit.CORE, 0.4)]
)
def test_too_little_time(habit: Habit, minutes: float) -> None:
    with pytest.raises(ValueError, match=r"^too_little_time$"):
        routine_for(habit, minutes=minutes)


def test_gentle_plan_is_shortened() -> None:
    progress = Progress(pain=3)
    whole = routine_for(Habit.WARM_UP, progress=progress)
    shorter = routine_for(Habit.WARM_UP, minutes=6, progress=progress)
    assert [step.exercise for step in whole.steps][:1] == [step.exercise for step in shorter.steps]


def test_habit_without_kit_is_refused() -> None:
    assert not has_exercises(Habit.FOAM_ROLL, Progress().limits, frozenset())
    with pytest.raises(NothingLeftError):
        routine_for(Habit.FOAM_ROLL, progress=Progress(kit=frozenset()))
    assert has_exercises(Habit.MASSAGE, Progress().limits, frozenset({Kit.BALL}))


def test_habit_without_routine_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^no_routine$"):
        routine_for("sleep")  # type: ignore[arg-type]
