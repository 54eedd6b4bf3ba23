from datetime import date, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.calendar import A_DAY, A_WEEK
from custom_components.home_gym.gym.habits.core_goal import CoreGoal, goal_in, merged, with_goal
from custom_components.home_gym.gym.habits.streak import Streak, streak

TODAY = date(2026, 3, 2)


def weeks_of(row: str) -> Streak:
    """Return the streak of weeks: met (+), missed (-) or frozen (*), the current one last."""
    signs = {TODAY - ago * A_WEEK: sign for ago, sign in enumerate(reversed(row))}
    met = [week for week, sign in signs.items() if sign == "+"]
    return streak(
        TODAY,
        A_WEEK,
        lambda week: signs.get(week) == "+",
        lambda week: signs.get(week) == "*",
        earliest=min(met, default=None),
        forgiven_in=8,
        marks=(1, 3),
    )


@pytest.mark.parametrize(
    ("met_days_ago", "expected"),
    [
        ([], 0),
        ([0], 1),
        ([1], 1),
        ([0, 1], 2),
        ([1, 2, 3], 3),
        ([2, 3], 0),
        ([0, 2, 3], 1),
        ([0, 1, 3], 2),
    ],
)
@pytest.mark.parametrize("step", [A_DAY, A_WEEK])
def test_streak_counts_periods_in_row(met_days_ago: list[int], expected: int, step: timedelta) -> None:
    met = {TODAY - ago * step for ago in met_days_ago}
    assert streak(TODAY, step, met.__contains__, earliest=min(met, default=None)).length == expected


@pytest.mark.parametrize("step", [A_DAY, A_WEEK])
def test_endless_rest_begins_at_earliest(step: timedelta) -> None:
    """All periods rested but one, four ago; nothing before it is searched."""
    met, looked = {TODAY - 4 * step}, list[date]()

    def is_frozen(period: date) -> bool:
        looked.append(period)
        return True

    found = streak(TODAY, step, met.__contains__, is_frozen, earliest=TODAY - 4 * step)
    assert (found.length, found.best) == (1, 1)
    assert looked == [TODAY - ago * step for ago in (3, 2, 1)]
    assert streak(TODAY, step, met.__contains__, is_frozen, earliest=None) == Streak()


@pytest.mark.parametrize("days_before", range(1, 8))
def test_week_of_first_session_counts_from_any_day(days_before: int) -> None:
    week = TODAY - A_WEEK
    found = streak(TODAY, A_WEEK, {week}.__contains__, earliest=week + (days_before - 2) * A_DAY)
    assert found.length == 1


@given(st.sets(st.integers(1, 40)))
def test_period_in_progress_never_breaks_streak(met_days_ago: set[int]) -> None:
    met = {TODAY - ago * A_DAY for ago in met_days_ago}

    def at(today: date, days: set[date]) -> int:
        return streak(today, A_DAY, days.__contains__, earliest=min(days, default=None)).length

    if TODAY - A_DAY in met:
        assert at(TODAY, met) == at(TODAY - A_DAY, met)
    assert at(TODAY, met | {TODAY}) == at(TODAY, met) + 1


@pytest.mark.parametrize(
    ("row", "length", "best", "forgiven_ago"),
    [
        ("+++-", 3, 3, None),  # the current week is not over
        ("+++--", 3, 3, 1),
        ("+++---", 0, 3, None),
        ("+++-+", 4, 4, 1),
        ("++-+-+", 1, 3, None),  # the second miss in eight weeks breaks it
        ("++-+++++++-+", 10, 10, 1),  # eight weeks after the first
        ("++-++++++-++", 2, 8, None),  # seven weeks after it
        ("-+", 1, 1, None),  # nothing to forgive before the first
        ("++*-*++", 4, 4, 3),
        ("+++++--++", 2, 5, None),
        ("+-*+-*+", 1, 2, None),  # rest makes no miss older
    ],
)
def test_one_missed_week_in_eight_is_forgiven(row: str, length: int, best: int, forgiven_ago: int | None) -> None:
    found = weeks_of(row)
    forgiven = None if forgiven_ago is None else TODAY - forgiven_ago * A_WEEK
    assert (found.length, found.best, found.forgiven) == (length, best, forgiven)


@given(st.text("+-*", min_size=1, max_size=60))
def test_forgiven_weeks_are_eight_weeks_apart(row: str) -> None:
    """The streak at the end of each week, followed by the next: it grows by one, stays or ends, and never returns."""
    rows = [weeks_of(row[: end + 1]) for end in range(len(row))]
    forgiven = sorted({found.forgiven for found in rows if found.forgiven})
    # Each row ends on the same day, so the weeks of the shorter ones are that much older.
    dates = {found.forgiven - (len(row) - end) * A_WEEK for end, found in enumerate(rows, 1) if found.forgiven}
    assert all(later - earlier >= 8 * A_WEEK for earlier, later in zip(sorted(dates), sorted(dates)[1:], strict=False))
    assert len(forgiven) <= len(row)
    assert [found.best for found in rows] == [max(each.length for each in rows[: end + 1]) for end in range(len(rows))]


def test_marks_have_the_week_in_which_they_were_first_reached() -> None:
    assert weeks_of("++--+++++").reached == {1: TODAY - 8 * A_WEEK, 3: TODAY - 2 * A_WEEK}


def test_changed_goal_counts_from_its_week_on() -> None:
    """From 2 to 3 on a Wednesday, to 1 five weeks later on a Monday."""
    goals = with_goal((), 2, TODAY - 10 * A_WEEK)
    goals = with_goal(goals, 3, TODAY + 2 * A_DAY)
    assert with_goal(goals, 3, TODAY + 4 * A_DAY) == goals
    goals = with_goal(goals, 1, TODAY + 5 * A_WEEK)
    found = [goal_in(goals, TODAY + number * A_WEEK) for number in (-20, -1, 0, 1, 4, 5, 6)]
    assert found == [2, 2, 2, 3, 3, 1, 1]
    assert merged(goals[1:], goals[:2]) == goals


def test_goal_of_a_slip_is_forgotten_after_its_week() -> None:
    goals = with_goal(with_goal(with_goal((), 2, TODAY), 5, TODAY), 2, TODAY)
    assert goals == with_goal((), 2, TODAY)
    assert {goal_in(goals, TODAY + number * A_WEEK) for number in range(-3, 3)} == {2}
    assert goal_in((CoreGoal(sessions=4, since=TODAY),), TODAY - A_WEEK) == 4
