from datetime import timedelta

import pytest

from custom_components.home_gym.gym.habits.habit import Habit, Session, distinct, session_of, sessions_within
from custom_components.home_gym.gym.runs.activity import Activity, Intensity, Lap, Sport
from tests.support.unit.make import A_MINUTE, BERLIN, NOON, activity, lap, run

DAY = BERLIN.day_of(NOON)


def recorded(end: float, minutes: float | None = 10) -> Session:
    """Return a session recorded by a watch, with its end in minutes after noon."""
    duration = None if minutes is None else minutes * 60
    return Session(habit=Habit.CORE, end=NOON + end * A_MINUTE, day=DAY, duration=duration)


def logged(end: float) -> Session:
    """Return a session logged by the user, in minutes after noon."""
    return Session(habit=Habit.CORE, end=NOON + end * A_MINUTE, day=DAY, logged=NOON + end * A_MINUTE)


@pytest.mark.parametrize(
    ("sport", "habit"),
    [
        (Sport.STRENGTH, Habit.CORE),
        (Sport.MOBILITY, Habit.STRETCH),
        (Sport.RUN, None),
        (Sport.WALK, None),
        (Sport.OTHER, None),
    ],
)
def test_habit_of_recorded_activity(sport: Sport, habit: Habit | None) -> None:
    session = session_of(activity(sport=sport, minutes=20), DAY)
    if habit is None:
        assert session is None
    else:
        assert session == Session(habit=habit, end=NOON + 20 * A_MINUTE, day=DAY, duration=1200)
        assert session.start == NOON


def test_activity_without_time_is_no_session() -> None:
    assert session_of(Activity(sport=Sport.STRENGTH, start=None), DAY) is None


@pytest.mark.parametrize(
    ("laps", "habits"),
    [
        ([], {}),
        ([lap(10), lap(20, Intensity.ACTIVE), lap(5, Intensity.REST)], {}),
        ([lap(10, Intensity.WARM_UP)], {Habit.WARM_UP: 600}),
        ([lap(1, Intensity.WARM_UP)], {Habit.WARM_UP: 60}),
        ([lap(0.99, Intensity.WARM_UP)], {}),
        (
            [lap(0.5, Intensity.COOL_DOWN), lap(0.75, Intensity.COOL_DOWN, start=NOON + A_MINUTE)],
            {Habit.COOL_DOWN: 75},
        ),
        # Overlapping laps, by hand and by distance, count once.
        ([lap(5, Intensity.WARM_UP), lap(6, Intensity.WARM_UP, start=NOON + 2 * A_MINUTE)], {Habit.WARM_UP: 480}),
        ([lap(5, Intensity.WARM_UP), lap(6, Intensity.COOL_DOWN)], {Habit.WARM_UP: 300, Habit.COOL_DOWN: 360}),
        ([Lap(start=NOON, moving_time=90, intensity=Intensity.WARM_UP)], {Habit.WARM_UP: 90}),
        ([Lap(start=NOON, intensity=Intensity.WARM_UP)], {}),
    ],
)
def test_habits_of_marked_laps(laps: list[Lap], habits: dict[Habit, float]) -> None:
    sessions = sessions_within(run(laps=tuple(laps)))
    assert {session.habit: session.duration for session in sessions} == habits


def test_warm_up_ends_with_last_lap() -> None:
    later = lap(3, Intensity.WARM_UP, start=NOON + timedelta(minutes=5))
    (session,) = sessions_within(run(laps=(later, lap(5, Intensity.WARM_UP))))
    assert (session.end, session.day, session.duration) == (NOON + 8 * A_MINUTE, DAY, 480)


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([], []),
        ([recorded(10), recorded(20)], [10, 20]),  # 0 to 10, 10 to 20
        ([recorded(10), recorded(19)], [10]),  # 0 to 10, 9 to 19
        ([recorded(10), recorded(10)], [10]),
        ([recorded(10, None), recorded(10, None)], [10]),
        ([recorded(10), recorded(10, None)], [10]),
        ([recorded(10), recorded(11, None)], [10, 11]),
        ([recorded(10), recorded(15), recorded(20)], [10, 20]),  # the middle one overlaps both
        ([logged(1), logged(1.1)], [1, 1.1]),  # by hand: all are meant
        ([recorded(10), logged(0)], [10]),  # during, and up to half an hour after, a recording
        ([recorded(10), logged(-0.1)], [-0.1, 10]),
        ([recorded(10), logged(40)], [10]),
        ([recorded(10), logged(40.1)], [10, 40.1]),
        ([logged(40), logged(41), recorded(10)], [10, 41]),
    ],
)
def test_distinct_sessions(sessions: list[Session], expected: list[float]) -> None:
    ends = [NOON + minutes * A_MINUTE for minutes in expected]
    assert [session.end for session in distinct(sessions)] == ends
    assert [session.end for session in distinct(reversed(sessions))] == ends
