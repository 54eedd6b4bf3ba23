"""Exercises by the limits of a day: easier forms, smaller doses, and exclusions."""

from itertools import product

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.back.limits import PAIN_LIMITS, Limit, Limits
from custom_components.home_gym.gym.exercises.adaptation import BEFORE_A_DOCTOR
from custom_components.home_gym.gym.exercises.exercise_facts import ALL_EXERCISES
from custom_components.home_gym.gym.exercises.level import Length, Level
from custom_components.home_gym.gym.exercises.plans import GentleReason
from custom_components.home_gym.gym.exercises.progression import Progress
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.choice import has_exercises, routine_for
from custom_components.home_gym.gym.routines.routine import NothingLeftError, Routine

GENTLE = ["easy_walk", "calf_stretch", "quad_stretch", "hip_flexor_stretch", "cat_cow"]


def limited(*limits: Limit, week: int | None = None) -> Progress:
    """Return the progress of a runner with these limits."""
    return Progress(limits=Limits(present=frozenset(limits), week=week))


def exercises(routine: Routine) -> list[str]:
    """Return the exercises of a routine, each once."""
    return list(dict.fromkeys(step.exercise for step in routine.steps))


@pytest.mark.parametrize(
    ("limits", "habit", "expected"),
    [
        ([Limit.LEG_PAIN], Habit.STRETCH, GENTLE),
        ([Limit.LEG_PAIN], Habit.COOL_DOWN, GENTLE),
        ([Limit.LEG_PAIN, Limit.SORE], Habit.COOL_DOWN, GENTLE),
        ([Limit.LEG_PAIN], Habit.CORE, ["squat", "bird_dog", "heel_tap"]),
        ([Limit.LEG_PAIN, Limit.SORE], Habit.CORE, ["squat", "bird_dog", "heel_tap"]),
        ([Limit.LEG_PAIN], Habit.FOAM_ROLL, None),
        ([Limit.LEG_PAIN], Habit.MASSAGE, None),
        ([Limit.SORE], Habit.WARM_UP, ["easy_walk", "marching", "hip_circles"]),
        ([Limit.SORE], Habit.COOL_DOWN, ["easy_walk"]),
        (
            [Limit.SORE],
            Habit.STRETCH,
            [
                *("calf_stretch", "lying_hamstring_stretch", "quad_stretch", "seated_figure_four", "childs_pose"),
                "knees_to_chest",
            ],
        ),
        ([Limit.DOCTOR], Habit.WARM_UP, ["easy_walk", "marching", "hip_circles"]),
        ([Limit.DOCTOR], Habit.COOL_DOWN, ["easy_walk", "cat_cow"]),
        ([Limit.DOCTOR], Habit.CORE, None),
        ([Limit.DOCTOR], Habit.FOAM_ROLL, None),
        ([Limit.DOCTOR], Habit.HEAT_OR_ICE, None),
        # The four gentle ones as well, where they hurt.
        ([Limit.DOCTOR, Limit.ONE_SIDED], Habit.WARM_UP, ["easy_walk", "marching"]),
        ([Limit.DOCTOR, Limit.BRITTLE_BONES], Habit.COOL_DOWN, ["easy_walk"]),
        ([Limit.DOCTOR, Limit.LEG_PAIN], Habit.COOL_DOWN, ["easy_walk", "cat_cow"]),
        # Worse on leaning back: nothing that arches.
        ([Limit.LEANING_BACK], Habit.CORE, ["squat", "bird_dog", "front_plank", "side_plank", "dead_bug"]),
        (
            [Limit.LEANING_BACK],
            Habit.STRETCH,
            [
                *("calf_stretch", "hamstring_stretch", "quad_stretch", "supported_pigeon", "childs_pose"),
                *("figure_four", "knees_to_chest"),
            ],
        ),
        ([Limit.ONE_SIDED], Habit.WARM_UP, ["brisk_walk", "light_jog", "leg_swing_front", "squat", "marching"]),
        (
            [Limit.ONE_SIDED],
            Habit.STRETCH,
            [
                *("calf_stretch", "hamstring_stretch", "hip_flexor_stretch", "seated_figure_four", "childs_pose"),
                *("figure_four", "knees_to_chest"),
            ],
        ),
        (
            [Limit.HIP],
            Habit.STRETCH,
            ["calf_stretch", "hamstring_stretch", "hip_flexor_stretch", "seated_figure_four", "childs_pose"],
        ),
        ([Limit.UPPER_BODY], Habit.CORE, ["squat", "bird_dog", "dead_bug", "glute_bridge"]),
        # The medical history.
        ([Limit.VESSELS], Habit.FOAM_ROLL, None),
        ([Limit.NUMB_SKIN], Habit.HEAT_OR_ICE, None),
        ([Limit.BONE_STRESS], Habit.MASSAGE, None),
        (
            [Limit.BRITTLE_BONES],
            Habit.STRETCH,
            ["calf_stretch", "hamstring_stretch", "hip_flexor_stretch", "supported_pigeon", "seated_figure_four"],
        ),
        ([Limit.PREGNANT], Habit.CORE, ["step_down", "bird_dog", "side_plank", "side_lying_leg_raise"]),
        (
            [Limit.UNSTEADY],
            Habit.WARM_UP,
            [
                *("brisk_walk", "marching", "squat", "hip_circles", "leg_swing_front", "leg_swing_side"),
                *("high_knees", "light_jog"),
            ],
        ),
        (
            [Limit.AFTER_BIRTH],
            Habit.WARM_UP,
            [
                *("brisk_walk", "marching", "squat", "hip_circles", "leg_swing_front", "leg_swing_side"),
                "walking_lunge",
            ],
        ),
    ],
)
def test_exercises_beside_limits(limits: list[Limit], habit: Habit, expected: list[str] | None) -> None:
    progress = limited(*limits)
    assert has_exercises(habit, progress.limits) is (expected is not None)
    if expected is None:
        with pytest.raises(NothingLeftError):
            routine_for(habit, progress=progress)
    else:
        assert exercises(routine_for(habit, progress=progress, minutes=20)) == expected


@pytest.mark.parametrize(
    ("week", "habit", "expected"),
    [
        (1, Habit.WARM_UP, ["easy_walk"]),
        (1, Habit.COOL_DOWN, ["easy_walk"]),
        (1, Habit.STRETCH, ["calf_stretch", "quad_stretch", "hamstring_stretch"]),
        (2, Habit.WARM_UP, ["marching", "squat", "hip_circles", "leg_swing_side", "leg_swing_front"]),
        (2, Habit.COOL_DOWN, ["easy_walk", "calf_stretch", "quad_stretch", "hamstring_stretch"]),
        (2, Habit.CORE, ["knee_plank", "knee_side_plank", "leg_reach", "heel_tap", "glute_bridge"]),
        (3, Habit.CORE, ["front_plank", "side_plank", "bird_dog", "dead_bug", "glute_bridge"]),
        (4, Habit.FOAM_ROLL, ["roll_calves", "roll_hamstrings", "roll_glutes", "roll_quads"]),
    ],
)
def test_exercises_of_return(week: int, habit: Habit, expected: list[str]) -> None:
    routine = routine_for(habit, length=Length.FULL, level=Level.ADVANCED, progress=limited(Limit.RETURNING, week=week))
    assert exercises(routine) == expected
    assert routine.because is GentleReason.RETURNING


def test_return_is_never_rolled_beside_the_spine_while_sore() -> None:
    chosen = Progress(limits=Limits(present=frozenset({Limit.SORE})), with_opt_in=True)
    usual = routine_for(Habit.FOAM_ROLL, progress=Progress(with_opt_in=True))
    assert exercises(usual)[0] == "roll_lower_back"
    assert "roll_lower_back" not in exercises(routine_for(Habit.FOAM_ROLL, progress=chosen))


def test_planks_of_sore_back_are_short_and_several() -> None:
    routine = routine_for(Habit.CORE, progress=limited(Limit.SORE))
    holds = [step.seconds for step in routine.steps if step.exercise == "knee_plank"]
    assert holds == [10, 10, 10]


def test_high_blood_pressure_shortens_holds_only() -> None:
    core = routine_for(Habit.CORE, level=Level.ADVANCED, progress=limited(Limit.BLOOD_PRESSURE))
    assert {step.seconds for step in core.steps if step.repetitions is None} == {20}
    # 15 squats and 10 bird dogs, of 4 and 5 s.
    assert {60, 50} <= {step.seconds for step in core.steps if step.repetitions}
    roll = routine_for(Habit.FOAM_ROLL, progress=limited(Limit.BLOOD_PRESSURE))
    assert roll == routine_for(Habit.FOAM_ROLL)


@pytest.mark.parametrize(
    ("limits", "habit", "reason"),
    [
        ((), Habit.CORE, None),
        ((Limit.SORE,), Habit.HEAT_OR_ICE, GentleReason.SORE),
        ((Limit.SORE, Limit.LEG_PAIN), Habit.CORE, GentleReason.LEG_PAIN),
        ((Limit.DOCTOR, Limit.SORE, Limit.LEG_PAIN), Habit.STRETCH, GentleReason.DOCTOR),
        ((Limit.PREGNANT,), Habit.CORE, GentleReason.LIMITS),
        # A limit that changes nothing isn't mentioned.
        ((Limit.VESSELS,), Habit.CORE, None),
    ],
)
def test_reason_is_given(limits: tuple[Limit, ...], habit: Habit, reason: GentleReason | None) -> None:
    assert routine_for(habit, progress=limited(*limits)).because is reason


@given(
    st.sampled_from(Habit),
    st.sampled_from(Level),
    st.frozensets(st.sampled_from(Limit)),
    st.none() | st.integers(1, 4),
    st.booleans(),
)
def test_no_routine_has_excluded_exercise(
    habit: Habit, level: Level, limits: frozenset[Limit], week: int | None, by_choice: bool
) -> None:
    progress = Progress(limits=Limits(present=limits, week=week), with_opt_in=by_choice)
    if not has_exercises(habit, progress.limits):
        return
    for length in Length:
        routine = routine_for(habit, length=length, level=level, progress=progress)
        for step in routine.steps:
            assert not ALL_EXERCISES[step.exercise].not_with & limits
            assert Limit.DOCTOR not in limits or step.exercise in BEFORE_A_DOCTOR
            assert step.seconds > 0
        if limits & PAIN_LIMITS:
            assert {step.way for step in routine.steps} <= {None, "easier"}
            assert all(
                step.repetitions in {None, ALL_EXERCISES[step.exercise].doses[Level.BEGINNER].repetitions}
                for step in routine.steps
            )


@pytest.mark.parametrize(
    ("limit", "habit"),
    product([limit for limit in Limit if limit is not Limit.DOCTOR], (Habit.WARM_UP, Habit.COOL_DOWN)),
)
def test_every_limit_leaves_something_before_and_after_a_run(limit: Limit, habit: Habit) -> None:
    assert has_exercises(habit, Limits(present=frozenset({limit})))
