"""Rest periods freeze streaks and prompts."""

from datetime import date, timedelta

import pytest

from custom_components.home_gym.gym.events import SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.habits.rest import BackwardsRestError, Rest, is_rest, is_rest_within
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import NOON, Household, activity, restarted, settings

# NOON is on a Monday.
TODAY = NOON.date()
A_DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def day(ago: int) -> date:
    """Return the day this many days ago."""
    return TODAY - ago * A_DAY


def runner() -> Runner:
    """Return a runner with an empty journal."""
    return Runner(settings(), Journal())


@pytest.mark.parametrize(
    ("start", "end", "ago", "expected"),
    [(3, 1, 4, False), (3, 1, 3, True), (3, 1, 1, True), (3, 1, 0, False), (3, None, 0, True), (3, None, 4, False)],
)
def test_days_of_rest(start: int, end: int | None, ago: int, expected: bool) -> None:
    rest = Rest(start=day(start), end=None if end is None else day(end), recorded_at=NOON)
    assert is_rest([rest], day(ago)) is expected
    assert is_rest_within([rest], day(ago), 1) is expected


@pytest.mark.parametrize(("first", "expected"), [(20, False), (17, False), (16, True), (9, True), (8, False)])
def test_week_with_day_of_rest(first: int, expected: bool) -> None:
    """The rest was ten and nine days ago; seven days from 16 days ago on reach to ten days ago."""
    rest = Rest(start=day(10), end=day(9), recorded_at=NOON)
    assert is_rest_within([rest], day(first), 7) is expected


def test_rest_freezes_streaks() -> None:
    """Stretched three days, rested four, stretched yesterday: four in a row."""
    someone = runner()
    for ago in (8, 7, 6, 1):
        someone.manual_entries.log_session(Habit.STRETCH, now=NOON - A_DAY, end=NOON - ago * A_DAY)
    assert someone.summary(NOON).stretch_streak == 1
    someone.manual_entries.rest(start=day(5), end=day(2), now=NOON)
    assert someone.summary(NOON).stretch_streak == 4
    assert restarted(someone).summary(NOON).stretch_streak == 4
    someone.manual_entries.undo_last()
    assert someone.summary(NOON).stretch_streak == 1


def test_week_of_rest_breaks_no_core_streak() -> None:
    someone = runner()
    for weeks in (4, 1):
        for hours in (0, 24):
            someone.manual_entries.log_session(Habit.CORE, now=NOON, end=NOON - timedelta(weeks=weeks, hours=-hours))
    assert someone.summary(NOON).core_streak == 1
    # Of the two weeks between, one is forgiven.
    someone.manual_entries.rest(start=day(12), end=day(11), now=NOON)
    assert someone.summary(NOON).core_streak == 2


def test_no_prompt_during_rest() -> None:
    home = Household(runner(), NOON)
    home.runner.manual_entries.rest(start=TODAY, end=None, now=NOON)
    home.learn(activity(NOON - timedelta(minutes=30)))
    home.go_on(NOON + timedelta(hours=3))
    assert [event for _, event in home.events if isinstance(event, SpeakPrompt)] == []
    summary = home.runner.summary(NOON)
    assert (summary.resting, summary.due, summary.next_habit) == (True, {}, None)


def test_rest_is_ended() -> None:
    someone = runner()
    someone.manual_entries.rest(start=day(3), end=None, now=NOON)
    someone.manual_entries.rest(start=TODAY, end=None, now=NOON)
    assert someone.summary(NOON).resting
    someone.manual_entries.end_rest(NOON + MINUTE)
    assert not someone.summary(NOON).resting
    assert [(rest.start, rest.end) for rest in someone.journal.rests.values() if rest.has_days] == [(day(3), day(1))]
    assert not restarted(someone).summary(NOON).resting


def test_end_of_rest_is_undone() -> None:
    """One command ends both, one undoes that, and only the next ones undo the earlier commands."""
    someone = runner()
    someone.manual_entries.rest(start=day(3), end=TODAY + A_DAY, now=NOON)
    someone.manual_entries.rest(start=TODAY, end=None, now=NOON + MINUTE)
    someone.manual_entries.log_session(Habit.STRETCH, now=NOON + 2 * MINUTE)
    before = dict(someone.journal.rests)
    someone.manual_entries.end_rest(NOON + 3 * MINUTE)
    again = restarted(someone)
    again.manual_entries.undo_last()
    assert again.journal.rests == before
    assert again.summary(NOON).resting
    assert len(again.sessions.all()) == 1
    again.manual_entries.undo_last()
    assert again.sessions.all() == []
    again.manual_entries.undo_last()
    assert [rest.start for rest in again.journal.rests.values()] == [day(3)]


def test_rest_ended_on_first_day_has_no_days() -> None:
    rest = Rest(start=TODAY, recorded_at=NOON).ended_before(TODAY, NOON)
    assert not rest.has_days
    assert not is_rest([rest], TODAY)
    assert not is_rest_within([rest], day(6), 13)


def test_rest_cannot_end_before_it_begins() -> None:
    someone = runner()
    with pytest.raises(BackwardsRestError):
        someone.manual_entries.rest(start=TODAY, end=day(1), now=NOON)
    assert someone.journal.rests == {}


def test_rest_before_all_calendars_is_refused() -> None:
    someone = runner()
    with pytest.raises(ValueError, match="day"):
        someone.manual_entries.rest(start=date.min, end=None, now=NOON)
    assert someone.journal.rests == {}
    someone.manual_entries.rest(start=date(1970, 1, 1), end=date.max, now=NOON)
    assert restarted(someone).summary(NOON).resting


def test_endless_rest_in_old_journal_keeps_streaks_countable() -> None:
    """Earlier versions accepted such a rest: streaks can be counted, in the week of the first session and later."""
    rest = Rest(start=date.min, recorded_at=NOON)
    someone = Runner(settings(), Journal(rests={rest.key: rest}))
    assert (someone.summary(NOON).core_streak, someone.summary(NOON).stretch_streak) == (0, 0)
    for hours, habit in enumerate((Habit.CORE, Habit.CORE, Habit.STRETCH)):
        someone.manual_entries.log_session(habit, now=NOON + timedelta(hours=hours))
    summary = restarted(someone).summary(NOON + 50 * A_DAY)
    assert (summary.core_streak, summary.stretch_streak) == (1, 1)
