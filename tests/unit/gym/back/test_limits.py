"""Limits of exercise by reports, states and medical history."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.back.history import AgeBand, Condition, MedicalHistory
from custom_components.home_gym.gym.back.limits import LIMITS_OF_CONDITIONS
from custom_components.home_gym.gym.back.pain import Area, PainSide, PainTiming, RedFlag
from custom_components.home_gym.gym.back.signs import Answer
from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.routines.routine import NothingLeftError
from custom_components.home_gym.gym.runner import Runner

from ....support.unit.make import NOON, settings

A_MINUTE = timedelta(minutes=1)


def limits(someone: Runner, day: int = 0) -> set[str]:
    """Return the limits some days after the first, by name."""
    return {str(limit) for limit in someone.back.limits(NOON + day * A_DAY + A_MINUTE).present}


def answer_no(someone: Runner, day: int = 0) -> None:
    """Answer all open questions with no."""
    now = NOON + day * A_DAY
    while someone.back.status(now).question:
        someone.manual_entries.answer_question(Answer.NO, now=now)


def reporting(score: float, **details: Any) -> Runner:
    """Return a runner with one report and all its questions answered with no."""
    someone = Runner(settings(), Journal())
    someone.manual_entries.report_pain(score, now=NOON, **details)
    answer_no(someone)
    return someone


@pytest.mark.parametrize(
    ("score", "details", "expected"),
    [
        (0, {}, set()),
        (0, {"area": Area.LEG}, set()),
        (2, {}, set()),
        (3, {}, {"sore"}),
        (6, {}, {"sore"}),
        (1, {"area": Area.LEG}, {"leg_pain"}),
        (4, {"area": Area.LEG}, {"leg_pain", "sore"}),
        (2, {"area": Area.SACROILIAC_JOINT}, {"one_sided"}),
        (2, {"area": Area.BUTTOCK}, set()),
        (2, {"area": Area.BUTTOCK, "side": PainSide.BOTH}, set()),
        (2, {"area": Area.BUTTOCK, "side": PainSide.LEFT}, {"one_sided"}),
        (2, {"area": Area.HIP}, set()),
        (3, {"area": Area.HIP}, {"hip", "sore"}),
        (3, {"area": Area.HIP, "moment": PainTiming.DURING_RUN}, {"hip", "sore", "bone_stress", "doctor"}),
        (1, {"area": Area.NECK}, {"upper_body"}),
        (7, {}, {"sore", "doctor"}),
        (
            2,
            {"area": Area.BUTTOCK, "side": PainSide.RIGHT, "moment": PainTiming.DURING_RUN},
            {"one_sided", "bone_stress", "doctor"},
        ),
        (2, {"red_flags": [RedFlag.BONE_STRESS]}, {"bone_stress", "leaning_back", "doctor"}),
        (0, {"red_flags": [RedFlag.FOOT_NUMBNESS]}, {"leg_pain", "doctor"}),
        (9, {"red_flags": [RedFlag.NUMBNESS]}, {"sore", "doctor"}),
    ],
)
def test_limits_of_report(score: float, details: dict[str, Any], expected: set[str]) -> None:
    assert limits(reporting(score, **details)) == expected


def test_pain_limits_for_a_week() -> None:
    someone = reporting(2, area=Area.LEG)
    assert [limits(someone, day) for day in (0, 6, 7)] == [{"leg_pain"}, {"leg_pain"}, set()]


def test_area_limits_for_as_long_as_the_back_is_sore() -> None:
    """A 4 and then silence is sore for two weeks, and so is the leg that it was in."""
    someone = reporting(4, area=Area.LEG)
    assert [limits(someone, day) for day in (6, 13, 14)] == [{"leg_pain", "sore"}, {"leg_pain", "sore"}, set()]


def test_clearance_settles_earlier_pain() -> None:
    someone = reporting(8, area=Area.LEG)
    assert limits(someone) == {"sore", "leg_pain", "doctor"}
    cleared = NOON + A_DAY
    someone.manual_entries.clear_back(cleared.date(), now=cleared, may_run=False)
    assert limits(someone, 1) == {"returning"}
    assert someone.back.limits(cleared).week == 1
    someone.manual_entries.report_pain(2, now=NOON + 3 * A_DAY, area=Area.LEG)
    assert limits(someone, 3) == {"doctor", "leg_pain"}
    answer_no(someone, 3)
    assert limits(someone, 3) == {"returning", "leg_pain"}


def test_withdrawn_report_limits_nothing() -> None:
    someone = reporting(4, area=Area.LEG)
    someone.manual_entries.withdraw_report(now=NOON + A_MINUTE)
    assert limits(someone) == set()


@pytest.mark.parametrize("condition", Condition)
def test_history_limits_exercises(condition: Condition) -> None:
    someone = Runner(settings(history=MedicalHistory(conditions=frozenset({condition}))), Journal())
    assert limits(someone) == ({str(LIMITS_OF_CONDITIONS[condition])} if condition in LIMITS_OF_CONDITIONS else set())


@pytest.mark.parametrize(("age", "expected"), [(AgeBand.FROM_51_TO_65, set()), (AgeBand.OVER_65, {"unsteady"})])
def test_age_limits_exercises(age: AgeBand, expected: set[str]) -> None:
    assert limits(Runner(settings(history=MedicalHistory(age=age)), Journal())) == expected


def test_habit_without_exercise_is_neither_due_nor_guided() -> None:
    history = MedicalHistory(conditions=frozenset({Condition.BLOOD_THINNERS}))
    someone = Runner(settings(history=history), Journal())
    assert not someone.silence.coaches(Habit.FOAM_ROLL, NOON)
    assert someone.silence.coaches(Habit.STRETCH, NOON)
    with pytest.raises(NothingLeftError):
        someone.require_coached(Habit.MASSAGE, NOON)
