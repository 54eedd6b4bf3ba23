from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.habits.session_history import SessionHistory
from tests.support.profiles import examples
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


sessions = st.builds(
    lambda minute, duration, logged, habit: Session(
        habit=habit,
        end=NOON + timedelta(minutes=minute),
        day=BERLIN.day_of(NOON + timedelta(minutes=minute)),
        duration=60.0 * duration,
        logged=NOON + timedelta(minutes=minute) if logged else None,
    ),
    st.integers(-8000, 8000),
    st.sampled_from([0, 1, 30, 600, 2000]),
    st.booleans(),
    st.sampled_from([Habit.CORE, Habit.STRETCH]),
)


@examples(300)
@given(st.lists(sessions, max_size=20), st.integers(-9000, 9000), st.integers(0, 9000))
def test_sessions_of_a_period_are_those_of_the_whole(known: list[Session], start: int, length: int) -> None:
    history = SessionHistory()
    for number, session in enumerate(known):
        history.put(str(number), [session])
    since = NOON + timedelta(minutes=start)
    until = since + timedelta(minutes=length)
    assert history.between(since, until) == [one for one in history.all() if since <= one.end < until]


@examples(100)
@given(st.lists(sessions, max_size=8).flatmap(lambda known: st.tuples(st.just(known), st.permutations(known))))
def test_sessions_have_one_order_whichever_came_first(orders: tuple[list[Session], list[Session]]) -> None:
    found = []
    for order in orders:
        history = SessionHistory()
        for number, session in enumerate(order):
            history.put(str(number), [session])
        found.append(history.all())
    assert found[0] == found[1]


def test_period_without_limits_has_all_sessions() -> None:
    history = SessionHistory()
    assert history.between(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)) == []
    for days in range(30):
        history.put(str(days), [core(NOON + days * A_DAY)])
    everything = history.between(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    assert everything == history.all()
    assert len(everything) == 30


def test_chain_of_overlapping_recordings_is_followed_to_its_beginning() -> None:
    """Each recording overlaps the one before; the first, the third and so on count."""
    history = SessionHistory()
    for number in range(20):
        end = NOON + timedelta(hours=20 * number)
        history.put(str(number), [Session(habit=Habit.CORE, end=end, day=BERLIN.day_of(end), duration=30 * 3600.0)])
    whole = history.all()
    for number in range(20):
        since = NOON + timedelta(hours=20 * number)
        expected = [one for one in whole if since <= one.end < since + A_DAY]
        assert history.between(since, since + A_DAY) == expected
    assert len(whole) == 10
