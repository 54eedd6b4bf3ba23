"""Catalogue of exercises, and the built-in routines."""

from collections.abc import Iterator
from itertools import groupby, pairwise, product

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.back.limits import Limit, Limits
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.exercise import Exercise, Side, Variant, catalogue
from custom_components.home_gym.gym.routines.level import Length, Level
from custom_components.home_gym.gym.routines.plans import GentleReason
from custom_components.home_gym.gym.routines.progression import Progress
from custom_components.home_gym.gym.routines.routine import Routine, routine_for

EXERCISES = list(catalogue().values())
MINUTE = 60

habits = st.sampled_from(Habit)
lengths = st.sampled_from(Length)
levels = st.sampled_from(Level)
progresses = st.builds(Progress, weeks=st.integers(0, 60), missed=st.integers(0, 10), pain=st.none() | st.floats(0, 10))


def names(routine: Routine) -> list[str]:
    """Return the exercises with their sides."""
    return [f"{step.exercise} {step.side}" if step.side else step.exercise for step in routine.steps]


# The catalogue


def test_exercise_has_its_own_id() -> None:
    assert all(identifier == exercise.id for identifier, exercise in catalogue().items())


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_exercise_is_consistent(exercise: Exercise) -> None:
    assert exercise.habits
    assert exercise.hold is not None
    assert exercise.hold >= 20
    assert exercise.repetitions is None or exercise.repetitions > 0
    assert exercise.id not in {exercise.easier, exercise.harder}
    assert exercise.harder is None or catalogue()[exercise.harder].habits & exercise.habits


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_harder_form_leads_back(exercise: Exercise) -> None:
    if exercise.harder:
        assert catalogue()[exercise.harder].easier == exercise.id


def reached() -> Iterator[str]:
    """Yield every exercise of some runner's routine."""
    everybody = product(Habit, Length, Level, (None, 10))
    for habit, length, level, pain in everybody:
        routine = routine_for(habit, length=length, level=level, progress=Progress(pain=pain, with_opt_in=True))
        yield from (step.exercise for step in routine.steps)
    for habit in (Habit.STRETCH, Habit.CORE):
        routine = routine_for(habit, progress=Progress(limits=Limits(present=frozenset({Limit.LEG_PAIN}))))
        yield from (step.exercise for step in routine.steps)


def test_every_exercise_is_used() -> None:
    # A sore back isn't rolled, so nothing comes in place of the roll.
    assert set(reached()) == set(catalogue()) - {"ball_lower_back"}


# Routines


@pytest.mark.parametrize(
    ("habit", "expected"),
    [
        (
            Habit.WARM_UP,
            [
                *("leg_swing_front left", "leg_swing_front right", "leg_swing_side left", "leg_swing_side right"),
                *("walking_lunge", "high_knees", "light_jog"),
            ],
        ),
        (
            Habit.COOL_DOWN,
            [
                *("easy_walk", "hip_flexor_stretch left", "hip_flexor_stretch right"),
                *("hamstring_stretch left", "hamstring_stretch right", "knees_to_chest"),
            ],
        ),
        (
            Habit.CORE,
            [
                *("front_plank", "side_plank left", "side_plank right", "bird_dog left", "bird_dog right"),
                *("dead_bug", "glute_bridge"),
            ],
        ),
        (
            Habit.STRETCH,
            [
                *("hip_flexor_stretch left", "hip_flexor_stretch right", "hamstring_stretch left"),
                *("hamstring_stretch right", "figure_four left", "figure_four right", "pigeon left", "pigeon right"),
            ],
        ),
        (
            Habit.FOAM_ROLL,
            [
                *("roll_glutes left", "roll_glutes right", "roll_hamstrings left", "roll_hamstrings right"),
            ],
        ),
        (Habit.HEAT_OR_ICE, ["heat_or_ice"]),
    ],
)
def test_exercises_of_habit(habit: Habit, expected: list[str]) -> None:
    assert names(routine_for(habit)) == expected


MINUTES = {
    Habit.WARM_UP: (5, 10),
    Habit.COOL_DOWN: (5, 10),
    Habit.CORE: (4, 15),
    Habit.STRETCH: (4, 15),
    Habit.FOAM_ROLL: (4, 10),
    Habit.MASSAGE: (4, 10),
    Habit.HEAT_OR_ICE: (15, 20),
    Habit.WALK: (10, 30),
}


@pytest.mark.parametrize(("habit", "length", "level"), product(Habit, Length, Level))
@pytest.mark.parametrize("progress", [Progress(), Progress(weeks=60), Progress(weeks=60, pain=10)])
def test_duration_of_routine(habit: Habit, length: Length, level: Level, progress: Progress) -> None:
    shortest, longest = MINUTES[habit]
    # Beside pain each muscle gets the first dose of a beginner.
    shortest = min(shortest, 2) if progress.is_sparing else shortest
    routine = routine_for(habit, length=length, level=level, progress=progress)
    assert shortest * MINUTE <= routine.seconds <= longest * MINUTE


@given(habits, lengths, levels, progresses)
def test_routine_has_valid_steps(habit: Habit, length: Length, level: Level, progress: Progress) -> None:
    routine = routine_for(habit, length=length, level=level, progress=progress)
    assert (routine.id, routine.habit, routine.name) == (habit, habit, None)
    assert routine.seconds == sum(step.seconds for step in routine.steps) + sum(step.rest for step in routine.steps)
    assert routine.steps[-1].rest == 0
    for step in routine.steps:
        exercise = catalogue()[step.exercise]
        # A plan for a sore back has a walk before a run.
        assert habit in exercise.habits or step.exercise == "easy_walk"
        assert (step.side is not None) == exercise.sided
        assert (step.repetitions is None) == (exercise.repetitions is None)
        assert step.name is None


@given(lengths, levels, progresses)
def test_stretches_are_held_30_to_60_seconds(length: Length, level: Level, progress: Progress) -> None:
    for habit in (Habit.STRETCH, Habit.COOL_DOWN):
        routine = routine_for(habit, length=length, level=level, progress=progress)
        assert all(30 <= step.seconds <= 60 for step in routine.steps if step.exercise != "easy_walk")


@given(habits, lengths, levels, progresses, st.none() | st.floats(0, 2000))
def test_both_sides_are_equal(
    habit: Habit, length: Length, level: Level, progress: Progress, seconds: float | None
) -> None:
    try:
        routine = routine_for(habit, length=length, level=level, progress=progress, seconds=seconds)
    except ValueError:
        return
    for _, steps in groupby((step for step in routine.steps if step.side), key=lambda step: step.exercise):
        done = list(steps)
        assert [step.side for step in done] == [Side.LEFT, Side.RIGHT] * (len(done) // 2)
        assert len({step.seconds for step in done}) == 1


def test_full_routine_is_longer() -> None:
    for habit, level in product(Habit, Level):
        assert routine_for(habit, level=level).seconds < routine_for(habit, length=Length.FULL, level=level).seconds


def test_progress_lengthens_planks_and_stretches() -> None:
    """In 2 weeks a beginner's plank of 20 s, two side planks and the 8 holds of a stretch routine grow by 10 s."""
    progress = Progress(weeks=2)
    for habit, grown in {Habit.CORE: 3 * 10, Habit.STRETCH: 8 * 10, Habit.WARM_UP: 0, Habit.FOAM_ROLL: 0}.items():
        assert routine_for(habit, progress=progress).seconds == routine_for(habit).seconds + grown


def test_missed_week_shortens_stretches() -> None:
    """From 60 s to 50 s, in each of a stretch routine's 8 holds."""
    kept_up = routine_for(Habit.STRETCH, progress=Progress(weeks=6))
    assert routine_for(Habit.STRETCH, progress=Progress(weeks=6, missed=1)).seconds == kept_up.seconds - 8 * 10


def test_level_changes_exercises() -> None:
    assert names(routine_for(Habit.CORE, level=Level.ADVANCED)) == [
        *("plank_leg_lift", "side_plank_leg_lift left", "side_plank_leg_lift right", "bird_dog left", "bird_dog right"),
        *("dead_bug", "single_leg_bridge left", "single_leg_bridge right"),
    ]


def test_sore_back_gets_easier_exercises() -> None:
    routine = routine_for(Habit.CORE, level=Level.ADVANCED, progress=Progress(weeks=8, pain=3))
    assert names(routine) == [
        *["knee_plank"] * 3,
        *["knee_side_plank left", "knee_side_plank right"] * 3,
        *("leg_reach left", "leg_reach right", "heel_tap", "glute_bridge"),
    ]
    assert [step.seconds for step in routine.steps[:9]] == [10] * 9
    # 6 times 4 s, 8 times 4 s, 10 times 3 s.
    doses = [(step.repetitions, step.seconds) for step in routine.steps[9:]]
    assert doses == [(6, 24), (6, 24), (8, 32), (10, 30)]
    assert routine.because is GentleReason.SORE


def ways(routine: Routine) -> dict[str, Variant | None]:
    """Return the variant of each exercise, the same on both sides and in every round."""
    done = {(step.exercise, step.way) for step in routine.steps}
    assert len(done) == len(dict(done))
    return dict(done)


def test_exercise_without_replacement_has_variant() -> None:
    advanced = routine_for(Habit.CORE, length=Length.FULL, level=Level.ADVANCED)
    assert ways(advanced) == {
        **dict.fromkeys(("plank_leg_lift", "side_plank_leg_lift", "single_leg_bridge")),
        **dict.fromkeys(("bird_dog", "dead_bug"), Variant.HARDER),
    }
    sore = routine_for(Habit.FOAM_ROLL, level=Level.ADVANCED, progress=Progress(pain=3))
    assert ways(sore) == dict.fromkeys(("roll_glutes", "roll_hamstrings"), Variant.EASIER)


@given(habits, lengths, st.sampled_from([Level.BEGINNER, Level.INTERMEDIATE]), st.none() | st.floats(0, 2.99))
def test_usual_form_has_no_variant(habit: Habit, length: Length, level: Level, pain: float | None) -> None:
    routine = routine_for(habit, length=length, level=level, progress=Progress(pain=pain))
    assert set(ways(routine).values()) == {None}


# The time that the runner has


def test_least_important_exercises_are_dropped() -> None:
    """Four stretches of 2 x 30 s, with 5 s between any two, take 8 x 30 + 7 x 5 = 275 s; three of them 205 s."""
    whole = routine_for(Habit.STRETCH, seconds=275)
    assert whole == routine_for(Habit.STRETCH)
    three = routine_for(Habit.STRETCH, seconds=274)
    assert three.seconds == 6 * 30 + 5 * 5
    assert [step.exercise for step in three.steps] == [step.exercise for step in whole.steps[:6]]
    assert routine_for(Habit.STRETCH, seconds=205) == three
    assert routine_for(Habit.STRETCH, seconds=65).seconds == 2 * 30 + 5


@pytest.mark.parametrize(
    ("habit", "seconds"),
    [(Habit.STRETCH, 64.9), (Habit.STRETCH, 0), (Habit.STRETCH, -1), (Habit.HEAT_OR_ICE, 899), (Habit.CORE, 19)],
)
def test_too_little_time(habit: Habit, seconds: float) -> None:
    with pytest.raises(ValueError, match=r"^too_little_time$"):
        routine_for(habit, seconds=seconds)


@given(habits, lengths, levels, progresses, st.floats(0, 2000))
def test_routine_fits_into_time(habit: Habit, length: Length, level: Level, progress: Progress, seconds: float) -> None:
    whole = routine_for(habit, length=length, level=level, progress=progress)
    try:
        routine = routine_for(habit, length=length, level=level, progress=progress, seconds=seconds)
    except ValueError:
        assert seconds < sum(step.seconds for step in whole.steps)
        return
    assert routine.seconds <= seconds
    kept = len(routine.steps)
    assert [(step.exercise, step.side, step.seconds) for step in routine.steps] == [
        (step.exercise, step.side, step.seconds) for step in whole.steps[:kept]
    ]
    rest = whole.steps[kept:]
    if rest:
        dropped = next(list(steps) for _, steps in groupby(rest, key=lambda step: step.exercise))
        more = sum(step.seconds for step in dropped) + sum(step.rest for step in dropped)
        assert routine.seconds + more + whole.steps[kept - 1].rest > seconds, "one more would have fitted"


@given(habits, st.floats(60, 2000), st.floats(60, 2000))
def test_more_time_never_drops_exercises(habit: Habit, one: float, other: float) -> None:
    done = []
    for seconds in sorted((one, other)):
        try:
            done.append(len(routine_for(habit, seconds=seconds).steps))
        except ValueError:
            done.append(0)
    assert all(less <= more for less, more in pairwise(done))


def test_habit_without_routine_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^no_routine$"):
        routine_for("sleep")  # type: ignore[arg-type]
