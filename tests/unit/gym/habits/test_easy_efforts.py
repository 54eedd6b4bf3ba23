from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport
from tests.support.unit.make import NOON, activity, restarted, settings

MINUTE = timedelta(minutes=1)
# The run of all cases takes half an hour from noon on.
RUN = activity(NOON, minutes=30)
END = NOON + 30 * MINUTE


def walk(start: datetime, minutes: float, **rest: Any) -> Activity:
    """Return a walk, by default on a belt with a smart plug."""
    return activity(start, minutes=minutes, km=None, **{"sport": Sport.WALK, "origin": Origin.POWER, **rest})


def sessions_after(*activities: Activity) -> list[tuple[Habit, datetime]]:
    """Return the resulting sessions, the same for every order of the activities."""
    outcomes: list[list[tuple[Habit, datetime]]] = []
    for order in permutations(activities):
        someone = Runner(settings(), Journal())
        for one in order:
            someone.deliveries.learn([one], now=NOON + timedelta(hours=5), live=True)
        outcomes += [
            [(session.habit, session.end) for session in each.sessions.all()] for each in (someone, restarted(someone))
        ]
    assert all(outcome == outcomes[0] for outcome in outcomes)
    return outcomes[0]


@pytest.mark.parametrize(
    ("start", "minutes", "habit"),
    [
        (END, 5, Habit.COOL_DOWN),
        (END, 10, Habit.COOL_DOWN),
        (END, 25, Habit.COOL_DOWN),
        # A plug that reports every 15 seconds makes so much of five minutes.
        (END, 4.75, Habit.COOL_DOWN),
        (END, 4.5, None),
        (END + 10 * MINUTE, 5, Habit.COOL_DOWN),
        (END + 10.5 * MINUTE, 5, None),
        # A watch that was stopped after the walk, or two minutes later.
        (END - 6 * MINUTE, 6, Habit.COOL_DOWN),
        (END - 7 * MINUTE, 5, Habit.COOL_DOWN),
        (NOON - 5 * MINUTE, 5, Habit.WARM_UP),
        (NOON - 15 * MINUTE, 5, Habit.WARM_UP),
        (NOON - 15.5 * MINUTE, 5, None),
        (NOON - 4.5 * MINUTE, 4.5, None),
        # A watch that was started with the walk.
        (NOON, 6, Habit.WARM_UP),
        (NOON + 2 * MINUTE, 6, Habit.WARM_UP),
        (NOON + 3 * MINUTE, 6, None),
        # A break in the midst of the run.
        (NOON + 12 * MINUTE, 6, None),
    ],
)
def test_habit_of_walk(start: datetime, minutes: float, habit: Habit | None) -> None:
    one = walk(start, minutes)
    assert sessions_after(one, RUN) == ([(habit, one.end)] if habit else [])


def test_walks_around_run_are_warm_up_and_cool_down() -> None:
    before, after = walk(NOON - 6 * MINUTE, 6), walk(END, 7)
    assert sessions_after(before, RUN, after) == [(Habit.WARM_UP, NOON), (Habit.COOL_DOWN, END + 7 * MINUTE)]


def test_walk_between_two_runs_is_cool_down() -> None:
    second = activity(END + 6 * MINUTE, minutes=20)
    assert sessions_after(RUN, walk(END, 6), second) == [(Habit.COOL_DOWN, END + 6 * MINUTE)]


@pytest.mark.parametrize("origin", [Origin.FILE, Origin.CLOUD, Origin.ENTITY, Origin.PERSON])
@pytest.mark.parametrize(
    ("start", "minutes", "habit"),
    [
        (END, 6, Habit.COOL_DOWN),
        (END + 10 * MINUTE, 30, Habit.COOL_DOWN),
        # Of the dog, perhaps.
        (END, 31, None),
        (END + 11 * MINUTE, 6, None),
        (END, 4, None),
        (NOON - 6 * MINUTE, 6, Habit.WARM_UP),
        (NOON - 16 * MINUTE, 6, Habit.WARM_UP),
        (NOON - 17 * MINUTE, 6, None),
        # The run itself, as a phone took it for a walk.
        (NOON + MINUTE, 30, None),
        (NOON - MINUTE, 30, None),
        (NOON + 10 * MINUTE, 15, None),
    ],
)
def test_walk_recorded_on_its_own_counts_in_sequence(
    origin: Origin, start: datetime, minutes: float, habit: Habit | None
) -> None:
    # Any other walk of ten minutes is a walk.
    habit = habit or (Habit.WALK if minutes >= 10 else None)
    expected = [(habit, start + minutes * MINUTE)] if habit else []
    assert sessions_after(RUN, walk(start, minutes, origin=origin)) == expected


@pytest.mark.parametrize(
    ("jog", "habit"),
    [
        # The run is at 6:00 a kilometre; 85 % of its speed are 7:04.
        ({"start": NOON - 12 * MINUTE, "minutes": 10, "km": 1.4}, Habit.WARM_UP),
        ({"start": END + 5 * MINUTE, "minutes": 10, "km": 1.4}, Habit.COOL_DOWN),
        ({"start": NOON - 12 * MINUTE, "minutes": 10, "km": 1.45}, None),
        ({"start": NOON - 22 * MINUTE, "minutes": 10, "km": 1.4}, None),
        ({"start": END + 11 * MINUTE, "minutes": 10, "km": 1.4}, None),
        ({"start": NOON - 6 * MINUTE, "minutes": 4, "km": 0.5}, None),
        ({"start": NOON - 21 * MINUTE, "minutes": 21, "km": 2}, None),
        ({"start": NOON - 12 * MINUTE, "minutes": 10, "km": None}, None),
        # As hard as the run for the heart: uphill, or in snow.
        ({"start": NOON - 12 * MINUTE, "minutes": 10, "km": 1.4, "heart_rate": 146}, None),
        ({"start": NOON - 12 * MINUTE, "minutes": 10, "km": 1.4, "heart_rate": 144}, Habit.WARM_UP),
    ],
)
def test_jog_recorded_on_its_own_beside_brisker_run(jog: dict[str, Any], habit: Habit | None) -> None:
    run = activity(NOON, minutes=30, km=5, heart_rate=160)
    one = activity(**jog)
    expected = [(habit, one.end)] if habit else []
    assert sessions_after(run, one) == expected


def test_jog_race_and_jog_have_both() -> None:
    race = activity(NOON, minutes=45, km=10)
    before, after = activity(NOON - 20 * MINUTE, minutes=15, km=2.2), activity(NOON + 50 * MINUTE, minutes=10, km=1.3)
    assert sessions_after(before, race, after) == [
        (Habit.WARM_UP, NOON - 5 * MINUTE),
        (Habit.COOL_DOWN, NOON + 60 * MINUTE),
    ]


def test_sessions_beside_a_run_are_derived() -> None:
    someone = Runner(settings(), Journal())
    someone.deliveries.learn([RUN, walk(END, 6)], now=END + 6 * MINUTE, live=True)
    assert [session.derived for session in someone.sessions.all()] == [True]


def test_withdrawn_run_takes_the_meaning_of_its_jog() -> None:
    someone = Runner(settings(), Journal())
    race, jog = activity(NOON, minutes=45, km=10), activity(NOON - 20 * MINUTE, minutes=15, km=2.2)
    someone.deliveries.learn([race, jog], now=END, live=False)
    someone.deliveries.withdraw(race.id)
    assert someone.sessions.all() == []
    someone.deliveries.learn([race], now=END, live=False)
    someone.deliveries.withdraw(jog.id)
    assert someone.sessions.all() == []


def test_walk_without_run_is_a_walk_from_ten_minutes() -> None:
    assert sessions_after(walk(NOON, 9)) == []
    assert [habit for habit, _ in sessions_after(walk(NOON, 10))] == [Habit.WALK]


def test_removed_walk_or_run_removes_session() -> None:
    someone = Runner(settings(), Journal())
    one = walk(END, 6)
    someone.deliveries.learn([RUN, one], now=END + 6 * MINUTE, live=True)
    someone.deliveries.withdraw(RUN.id)
    assert someone.sessions.all() == []
    someone.deliveries.learn([RUN], now=END + 6 * MINUTE, live=True)
    assert [session.habit for session in someone.sessions.all()] == [Habit.COOL_DOWN]
    someone.deliveries.withdraw(one.id)
    assert someone.sessions.all() == []


def test_walk_changed_to_other_sport_is_no_session() -> None:
    someone = Runner(settings(), Journal())
    someone.deliveries.learn([RUN, walk(END, 6, origin_id="one")], now=END + 6 * MINUTE, live=True)
    someone.deliveries.learn([walk(END, 6, origin_id="one", sport=Sport.STRENGTH)], now=END + 6 * MINUTE, live=True)
    assert [session.habit for session in someone.sessions.all()] == [Habit.CORE]
