"""Outings: what belongs together, what is too short, and how long a pause may be."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.runs.effort.outing import Outing, outings_of, usual_pause, wait_for_more
from custom_components.home_gym.gym.runs.run import Run
from tests.support.unit.make import NOON, run

MINUTE = timedelta(minutes=1)
WEEK = timedelta(weeks=1)


def workout(*parts: tuple[float, float], at: timedelta = timedelta(0)) -> list[Run]:
    """Return runs, each as the minute of its start and its minutes."""
    return [run(NOON + at + start * MINUTE, minutes=minutes, km=minutes / 6) for start, minutes in parts]


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        ([(0, 15), (35, 42), (112, 14)], 1),  # pauses of 20 and 35 minutes: a jog, a race, a jog home
        ([(0, 30), (89.9, 30)], 1),
        ([(0, 30), (90, 30)], 2),  # an hour apart
        ([(0, 120), (30, 10), (170, 30)], 1),  # the second lies within the first
        ([], 0),
    ],
)
def test_runs_less_than_an_hour_apart_are_one_outing(parts: list[tuple[float, float]], number: int) -> None:
    runs = workout(*parts)
    assert len(outings_of(runs)) == number
    assert outings_of(reversed(runs)) == outings_of(runs)


def test_moments_belong_to_outings() -> None:
    [outing] = outings_of(workout((0, 30)), [NOON - 59 * MINUTE, NOON + 40 * MINUTE])
    assert (outing.start, outing.end) == (NOON - 59 * MINUTE, NOON + 40 * MINUTE)
    [alone, other] = outings_of(workout((0, 30)), [NOON - 60 * MINUTE])
    assert (alone.runs, alone.last_run, alone.is_short) == ((), None, False)
    assert other.includes(NOON + 89 * MINUTE)
    assert not other.includes(NOON + 90 * MINUTE)


@pytest.mark.parametrize(
    ("minutes", "km", "is_short"),
    [(9.9, 2, True), (10, 1.5, False), (12, 1.4, True), (9, None, True), (11, None, False), (None, 5, False)],
)
def test_outing_under_ten_minutes_or_a_kilometre_and_a_half_is_short(
    minutes: float | None, km: float | None, is_short: bool
) -> None:
    [outing] = outings_of([run(minutes=minutes, km=km)])
    assert outing.is_short is is_short


def test_short_runs_add_up_to_an_outing() -> None:
    [outing] = outings_of(workout((0, 4), (6, 4), (12, 4)))
    assert not outing.is_short
    assert outing.pauses == [2 * MINUTE, 2 * MINUTE]
    assert len(outing.activities) == 3


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [([], 0), ([3], 0), ([2, 18], 2.5), ([2, 4, 3], 3.75), ([40, 50], 20)],
)
def test_usual_pause_is_a_quarter_longer_than_all_but_the_longest(minutes: list[float], expected: float) -> None:
    assert usual_pause(pause * MINUTE for pause in minutes) == expected * MINUTE


def earlier(*parts: tuple[float, float], weeks: int) -> list[Outing]:
    """Return an outing with these parts on the same weekday of as many weeks."""
    return [outing for week in range(weeks, 0, -1) for outing in outings_of(workout(*parts, at=-week * WEEK))]


SPLIT = ((0.0, 12.0), (14.0, 18.0), (35.0, 10.0))


@pytest.mark.parametrize(
    ("so_far", "before", "minutes"),
    [
        # The second recording ends 20 minutes after the first, the third 13 minutes later; a quarter more of each.
        (SPLIT[:1], earlier(*SPLIT, weeks=2), 25),
        (SPLIT[:2], earlier(*SPLIT, weeks=2), 16.25),
        (SPLIT, earlier(*SPLIT, weeks=2), 0),
        (SPLIT[:1], earlier(*SPLIT, weeks=1), 0),
        (SPLIT[:1], earlier((0.0, 40.0), weeks=4), 0),
        # Half of the earlier ones are no habit.
        (SPLIT[:1], [*earlier(*SPLIT, weeks=4)[:2], *earlier((0.0, 40.0), weeks=2)], 0),
        (SPLIT[:1], earlier((0.0, 12.0), (60.0, 80.0), weeks=2), 90),
    ],
)
def test_another_recording_is_awaited_where_it_usually_follows(
    so_far: tuple[tuple[float, float], ...], before: list[Outing], minutes: float
) -> None:
    [outing] = outings_of(workout(*so_far))
    assert wait_for_more(outing, before) == minutes * MINUTE


def test_nothing_is_awaited_on_another_weekday_or_before_a_run() -> None:
    [outing] = outings_of(workout(SPLIT[0], at=timedelta(days=1)))
    assert wait_for_more(outing, earlier(*SPLIT, weeks=2)) == timedelta(0)
    assert wait_for_more(Outing(start=NOON, end=NOON), earlier(*SPLIT, weeks=2)) == timedelta(0)
