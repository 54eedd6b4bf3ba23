from datetime import datetime, timedelta

from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.habits.session_history import SessionHistory
from tests.support.unit.make import BERLIN, NOON

MONDAY = BERLIN.day_of(NOON)


def core(end: datetime, habit: Habit = Habit.CORE) -> Session:
    """Return a session of ten minutes."""
    return Session(habit=habit, end=end, day=BERLIN.day_of(end), duration=600)


def test_nothing_was_done() -> None:
    sessions = SessionHistory()
    assert sessions.last(Habit.CORE) is None
    assert not sessions.done_since(Habit.CORE, NOON)
    assert not sessions.done_on(Habit.CORE, MONDAY)
    assert sessions.in_week(Habit.CORE, MONDAY) == []
    sessions.drop("what was never put")


def test_what_a_fact_tells_is_replaced_and_dropped() -> None:
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


def test_two_facts_that_tell_the_same_are_one_session_until_both_are_dropped() -> None:
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


def test_a_week_holds_the_sessions_of_its_seven_days() -> None:
    sessions = SessionHistory()
    for number in range(-1, 8):
        sessions.put(f"{number}", [core(NOON + number * A_DAY)])
    ends = [session.end for session in sessions.in_week(Habit.CORE, MONDAY)]
    assert ends == [NOON + number * A_DAY for number in range(7)]
