from datetime import datetime, timedelta

from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.habits.session_history import SessionHistory
from tests.support.unit.make import BERLIN, NOON

MONDAY = BERLIN.day_of(NOON)


def core(end: datetime, habit: Habit = Habit.CORE) -> Session:
    """Return a session of ten minutes."""
    return Session(habit=habit, end=end, day=BERLIN.day_of(end), duration=600)


def test_empty_history() -> None:
    sessions = SessionHistory()
    assert sessions.last(Habit.CORE) is None
    assert not sessions.done_since(Habit.CORE, NOON)
    assert not sessions.done_on(Habit.CORE, MONDAY)
    assert sessions.in_week(Habit.CORE, MONDAY) == []
    sessions.drop("unknown")


def test_sessions_of_fact_are_replaced_and_dropped() -> None:
    sessions = SessionHistory()
    sessions.put("a", [core(NOON), core(NOON, Habit.STRETCH)])
    sessions.put("b", [core(NOON - A_DAY)])
    assert sessions.last(Habit.CORE) == NOON
    sessions.put("a", [core(NOON + A_DAY)])
    assert sessions.last(Habit.CORE) == NOON + A_DAY
    assert sessions.last(Habit.STRETCH) is None
    assert not sessions.done_on(Habit.CORE, MONDAY)
    sessions.drop("a")
    assert sessions.last(Habit.CORE) == NOON - A_DAY
    assert sessions.done_on(Habit.CORE, MONDAY - A_DAY)


def test_session_of_two_facts_stays_until_both_are_dropped() -> None:
    sessions = SessionHistory()
    for fact in ("a", "b"):
        sessions.put(fact, [core(NOON)])
    assert len(sessions.in_week(Habit.CORE, MONDAY)) == 1
    sessions.drop("a")
    assert len(sessions.in_week(Habit.CORE, MONDAY)) == 1
    sessions.drop("b")
    assert sessions.in_week(Habit.CORE, MONDAY) == []


def test_done_since_includes_the_instant() -> None:
    sessions = SessionHistory()
    sessions.put("a", [core(NOON)])
    assert sessions.done_since(Habit.CORE, NOON)
    assert not sessions.done_since(Habit.CORE, NOON + timedelta(microseconds=1))


def test_week_has_sessions_of_seven_days() -> None:
    sessions = SessionHistory()
    for number in range(-1, 8):
        sessions.put(f"{number}", [core(NOON + number * A_DAY)])
    ends = [session.end for session in sessions.in_week(Habit.CORE, MONDAY)]
    assert ends == [NOON + number * A_DAY for number in range(7)]
