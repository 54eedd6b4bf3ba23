"""Standing in an exercise by how hard its sessions felt, and after breaks, pain and lighter weeks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from custom_components.home_gym.gym.exercises.exercise import Variant
from custom_components.home_gym.gym.exercises.exercise_facts import ALL_EXERCISES
from custom_components.home_gym.gym.exercises.familiarity import familiar_forms, warned_forms
from custom_components.home_gym.gym.exercises.level import Level
from custom_components.home_gym.gym.exercises.standing import (
    Circumstances,
    Standing,
    easier_than,
    gap_before,
    harder_than,
    is_deload_week,
    standings_of,
)
from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.habits.practice import Effort, ExerciseDone, Practice

MONDAY = date(2026, 3, 2)
EASY, RIGHT, HARD = Effort.EASY, Effort.RIGHT, Effort.HARD


def week_of(day: date) -> date:
    """Return the Monday of a day."""
    return day - timedelta(days=day.weekday())


def done_on(
    days: int, effort: Effort | None, exercise: str = "front_plank", *, hurt: bool = False, **done: object
) -> Session:
    """Return a session of core some days after a Monday."""
    day = MONDAY + timedelta(days=days)
    practised = replace(ExerciseDone(planned="front_plank", exercise=exercise), **done)  # type: ignore[arg-type]
    return Session(
        habit=Habit.CORE,
        end=datetime.combine(day, time(18), UTC),
        day=day,
        practice=Practice(exercises=(practised,), effort=effort, hurt=exercise if hurt else None),
    )


def standing(
    sessions: Sequence[Session],
    *,
    today: int | None = None,
    level: Level = Level.BEGINNER,
    pain: Callable[[date, int], float | None] = lambda _day, _days: None,
    is_met: bool = True,
    is_older: bool = False,
) -> Standing:
    """Return the standing in the plank, on the day of the last session unless another is given."""
    days = sorted({session.day for session in sessions})
    circumstances = Circumstances(
        level=level,
        gap=lambda _habit, day: gap_before(days, day, week_of),
        is_met=lambda _habit, _week: is_met,
        worst_pain=pain,
        is_older=is_older,
    )
    on = days[-1] if today is None else MONDAY + timedelta(days=today)
    return standings_of(sessions, circumstances, habit=Habit.CORE, today=on, week_of=week_of)["front_plank"]


def every_three_days(*efforts: Effort | None) -> list[Session]:
    """Return sessions, three days from one to the next."""
    return [done_on(3 * number, effort) for number, effort in enumerate(efforts)]


@pytest.mark.parametrize(
    ("efforts", "grade"),
    [
        ([EASY], 1),
        # Twice running two steps.
        ([EASY, EASY], 1 + 2),
        ([EASY, RIGHT, EASY], 1 + 0 + 1),
        ([RIGHT], 1),
        # One step a week: the first three of these days are of one week, the fourth of the next.
        ([RIGHT, RIGHT, RIGHT], 1),
        ([RIGHT, RIGHT, RIGHT, RIGHT], 2),
        ([HARD], 0),
        ([EASY, EASY, HARD, HARD], 3 - 1),
        ([EASY, HARD, RIGHT, HARD], 1),
        # Without an answer a step in two weeks: on day 15.
        ([None, None, None, None, None], 0),
        ([None, None, None, None, None, None], 1),
    ],
)
def test_steps_by_effort(efforts: Sequence[Effort | None], grade: int) -> None:
    assert standing(every_three_days(*efforts)) == Standing(form="front_plank", grade=grade)


def test_right_grows_only_with_the_goal_met() -> None:
    assert standing(every_three_days(RIGHT, RIGHT), is_met=False).grade == 0


def test_hard_three_times_leads_to_the_easier_form() -> None:
    assert standing(every_three_days(EASY, HARD, HARD, HARD)) == Standing(form="knee_plank")


def test_growth_of_weeks_before_is_the_first_grade() -> None:
    assert standing([done_on(0, EASY, grade=4)]).grade == 5


CEILING = ALL_EXERCISES["front_plank"].top_grade(Level.BEGINNER)


def test_ceiling_leads_to_harder_form_after_two_sessions() -> None:
    """From 20 to 60 s in steps of 5: eight."""
    assert CEILING == 8
    at_ceiling = [done_on(0, EASY, grade=CEILING), done_on(2, RIGHT), done_on(4, RIGHT)]
    assert standing(at_ceiling[:1]) == Standing(form="front_plank", grade=CEILING)
    assert standing(at_ceiling[:2]) == Standing(form="plank_leg_lift")


@pytest.mark.parametrize(("pain", "form"), [(None, "plank_leg_lift"), (2.9, "plank_leg_lift"), (3.0, "front_plank")])
def test_pain_of_two_weeks_keeps_from_harder_form(pain: float | None, form: str) -> None:
    asked: list[int] = []

    def worst(_day: date, days: int) -> float | None:
        asked.append(days)
        return pain

    sessions = [done_on(0, RIGHT, grade=CEILING), done_on(2, RIGHT)]
    assert standing(sessions, pain=worst).form == form
    assert set(asked) == {14}


def test_hard_session_at_ceiling_does_not_count() -> None:
    sessions = [done_on(0, RIGHT, grade=CEILING), done_on(2, HARD), done_on(4, RIGHT)]
    assert standing(sessions) == Standing(form="front_plank", grade=CEILING)


def test_hardest_form_stays() -> None:
    """A plank with leg lifts to its ceiling, then its variant, then nothing more."""
    top = ALL_EXERCISES["plank_leg_lift"].top_grade(Level.BEGINNER)
    sessions = [done_on(day, EASY, grade=CEILING) for day in range(2 + top // 2 + 3 + 20)]
    assert standing(sessions) == Standing(form="plank_leg_lift", way=Variant.HARDER, grade=top)


def test_lighter_or_easier_session_shows_no_progress() -> None:
    assert standing([done_on(0, EASY, eased=True), done_on(3, EASY, eased=True)]).grade == 0


def test_pain_in_exercise_leads_to_easier_form_and_back() -> None:
    sessions = [done_on(0, EASY, grade=3), done_on(2, None, hurt=True)]
    assert standing(sessions) == Standing(form="knee_plank")
    calm = [done_on(4, EASY, "knee_plank"), done_on(6, None, "knee_plank")]
    assert standing([*sessions, *calm]) == Standing(form="knee_plank")
    # From 3 + 1 steps, one lower, after three sessions that weren't hard.
    back = [*sessions, *calm, done_on(8, RIGHT, "knee_plank")]
    assert standing(back) == Standing(form="front_plank", grade=3)
    assert standing(back, pain=lambda _day, _days: 2.5) == Standing(form="knee_plank")
    hard = [*sessions, *calm, done_on(8, HARD, "knee_plank")]
    assert standing(hard) == Standing(form="knee_plank")


@pytest.mark.parametrize(
    ("days", "is_older", "expected"),
    [
        # Sunday of the week after: no whole week is missed.
        (13, False, Standing(form="front_plank", grade=6)),
        (14, False, Standing(form="front_plank", grade=4)),
        (27, False, Standing(form="front_plank", grade=4)),
        (28, False, Standing(form="knee_plank", grade=3)),
        (55, False, Standing(form="knee_plank", grade=3)),
        (56, False, Standing(form="front_plank", grade=0)),
        (400, False, Standing(form="front_plank", grade=0)),
        (14, True, Standing(form="knee_plank", grade=3)),
        (28, True, Standing(form="front_plank", grade=0)),
    ],
)
def test_break_takes_steps(days: int, is_older: bool, expected: Standing) -> None:
    assert standing([done_on(0, EASY, grade=5)], today=days, is_older=is_older) == expected


def test_break_from_end_of_week_costs_one_step() -> None:
    """From a Sunday to the Monday after next: eight days, and a whole week between."""
    assert standing([done_on(6, EASY, grade=5)], today=14).grade == 6 - 1


def test_break_before_other_rotation_counts_for_all() -> None:
    """The session after the break had another exercise."""
    other = Session(
        habit=Habit.CORE,
        end=datetime.combine(MONDAY + timedelta(days=20), time(18), UTC),
        day=MONDAY + timedelta(days=20),
        practice=Practice(exercises=(ExerciseDone(planned="squat", exercise="squat"),)),
    )
    assert standing([done_on(0, EASY, grade=5), other], today=21).grade == 6 - 2


def test_break_of_another_habit_takes_nothing() -> None:
    """The plank is of core work; a stretch after three weeks says nothing about it."""
    stretch = replace(done_on(21, None), habit=Habit.STRETCH, practice=None)
    days = {Habit.CORE: [MONDAY], Habit.STRETCH: [MONDAY - timedelta(days=30), stretch.day]}
    circumstances = Circumstances(
        level=Level.BEGINNER,
        gap=lambda habit, day: gap_before(days[habit], day, week_of),
        is_met=lambda _habit, _week: True,
        worst_pain=lambda _day, _days: None,
    )
    sessions = [done_on(0, EASY, grade=5), stretch]
    found = standings_of(sessions, circumstances, habit=Habit.STRETCH, today=stretch.day, week_of=week_of)
    assert found == {"front_plank": Standing(form="front_plank", grade=6)}


def test_exercise_that_does_not_grow_stays() -> None:
    practice = Practice(exercises=(ExerciseDone(planned="cat_cow", exercise="cat_cow"),), effort=EASY)
    sessions = [replace(done_on(day, None), practice=practice) for day in (0, 2, 4)]
    circumstances = Circumstances(
        level=Level.BEGINNER,
        gap=lambda _habit, _day: 0,
        is_met=lambda _habit, _week: True,
        worst_pain=lambda _day, _days: None,
    )
    found = standings_of(sessions, circumstances, habit=Habit.CORE, today=MONDAY, week_of=week_of)
    assert found == {"cat_cow": Standing(form="cat_cow")}


def test_one_session_a_week_takes_nothing_away() -> None:
    sessions = [done_on(0, EASY, grade=2), *(done_on(7 * week + 6 * (week % 2), HARD) for week in (1,))]
    assert standing(sessions).grade == 3


def test_gap_without_sessions_is_none() -> None:
    assert gap_before([], MONDAY, week_of) == 0


def test_easier_and_harder_forms() -> None:
    squat = Standing(form="squat")
    assert harder_than(squat) == Standing(form="split_squat")
    assert easier_than(squat) == Standing(form="squat", way=Variant.EASIER)
    assert harder_than(Standing(form="squat", way=Variant.EASIER)) == squat
    split = Standing(form="split_squat")
    hardest = harder_than(split)
    assert hardest == Standing(form="split_squat", way=Variant.HARDER)
    assert harder_than(hardest) is None
    assert easier_than(hardest) == split
    # No harder form is of use.
    assert harder_than(Standing(form="cat_cow")) is None
    assert easier_than(Standing(form="squat", way=Variant.EASIER)).form == "squat"


@pytest.mark.parametrize(
    ("trained", "is_lighter"),
    [("", False), ("t", False), ("ttt", False), ("tttt", True), ("ttttt", False), ("t" * 9, True), ("tttt.", False)],
)
def test_every_fifth_week_in_a_row_is_lighter(trained: str, is_lighter: bool) -> None:
    first = MONDAY - timedelta(weeks=len(trained))
    weeks = {first + timedelta(weeks=number) for number, letter in enumerate(trained) if letter == "t"}
    assert is_deload_week(weeks.__contains__, MONDAY) is is_lighter


def test_search_for_weeks_ends() -> None:
    assert not is_deload_week(lambda _week: True, MONDAY)


@pytest.mark.parametrize(
    ("days", "today", "is_familiar"),
    [
        ([0, 3], 6, False),
        ([0, 3, 6], 9, True),
        ([0, 3, 6], 6 + 27, True),
        # After four weeks it is explained again, and three times more.
        ([0, 3, 6], 6 + 28, False),
        ([0, 3, 6, 40], 41, False),
        ([0, 3, 6, 40, 43, 46], 47, True),
    ],
)
def test_practised_form_needs_a_word(days: Sequence[int], today: int, is_familiar: bool) -> None:
    sessions = [done_on(day, None) for day in days]
    familiar = familiar_forms(sessions, MONDAY + timedelta(days=today))
    assert familiar == ({"front_plank"} if is_familiar else set())


def test_variant_is_a_form_of_its_own() -> None:
    sessions = [done_on(day, None, "squat", way="harder") for day in (0, 2, 4)]
    assert familiar_forms(sessions, MONDAY + timedelta(days=5)) == {"squat.harder"}


@pytest.mark.parametrize(("today", "is_warned"), [(1, True), (6, True), (7, False)])
def test_stop_line_is_due_once_a_week(today: int, is_warned: bool) -> None:
    sessions = [done_on(0, None, warned=True), done_on(0, None, "squat"), replace(done_on(0, None), practice=None)]
    warned = warned_forms(sessions, MONDAY + timedelta(days=today))
    assert warned == ({"front_plank"} if is_warned else set())
