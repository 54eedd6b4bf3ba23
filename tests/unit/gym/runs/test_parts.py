"""One whole recording covers the parts that another device recorded of it."""

from datetime import timedelta
from itertools import islice, permutations
from typing import Any

import pytest

from custom_components.home_gym.gym.runs.activity import Activity, Origin
from custom_components.home_gym.gym.runs.run import Run
from custom_components.home_gym.gym.runs.run_history import RunHistory
from tests.support.unit.make import NOON, activity


def part(number: int, start: float, minutes: float, km: float, origin: Origin, **rest: Any) -> Activity:
    """Return an activity of a device of its kind, beginning so many minutes after noon."""
    rest = {"device": origin.value, "origin_id": f"{origin}/{number}", **rest}
    return activity(NOON + timedelta(minutes=start), minutes=minutes, km=km, origin=origin, **rest)


def runs_of(*activities: Activity) -> list[Run]:
    """Return the runs, the same in every order of delivery, and at once."""
    at_once = RunHistory()
    at_once.fill((one, NOON.date()) for one in activities)
    for order in islice(permutations(activities), 120):
        runs = RunHistory()
        for one in order:
            runs.put(one, NOON.date())
        assert runs.all() == at_once.all()
    return at_once.all()


WATCH, PHONE, BELT, PLUG = Origin.FILE, Origin.CLOUD, Origin.TREADMILL, Origin.POWER


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        # 12 minutes, 60 seconds, 12 minutes on the belt
        (part(0, 0, 25, 5.2, WATCH), [part(1, 0, 12, 2.5, BELT), part(2, 13, 12, 2.5, BELT)]),
        # four times four minutes with 90 seconds between
        (part(0, 0, 20.5, 4, WATCH), [part(number, 5.5 * number, 4, 0.9, BELT) for number in range(4)]),
        # 10 km against a phone in two parts
        (part(0, 0, 60, 10, WATCH), [part(1, 0, 28, 4.6, PHONE), part(2, 30, 30, 5, PHONE)]),
        (part(0, 0, 60, 10, WATCH), [part(number, 20 * number, 19, 3, PLUG) for number in range(3)]),
        # the parts of two watches against a cloud's whole
        (
            part(0, 0, 60, 10, PHONE),
            [part(1, 0, 30, 5, WATCH, device="one"), part(2, 30, 30, 5, WATCH, device="two")],
        ),
        # a phone's two files against a watch's whole
        (
            part(0, 0, 60, 10, WATCH),
            [part(1, 0, 29, 4.8, WATCH, device="phone"), part(2, 30, 30, 5, WATCH, device="phone")],
        ),
    ],
)
def test_whole_and_parts_are_one_run_with_the_figures_of_the_whole(whole: Activity, parts: list[Activity]) -> None:
    [run] = runs_of(whole, *parts)
    assert run.activities == {whole.id, *(each.id for each in parts)}
    assert (run.start, run.distance, run.elapsed_time) == (whole.start, whole.distance, whole.elapsed_time)


@pytest.mark.parametrize(
    ("activities", "number"),
    [
        # Two files of one watch on a belt that never stopped: two efforts.
        ([part(0, 0, 60, 10, BELT), part(1, 0, 28, 5, WATCH), part(2, 30, 30, 5, WATCH)], 2),
        # The legs of a duathlon and a phone that recorded all of it: half an hour of two are runs.
        (
            [
                part(0, 0, 120, 40, WATCH, device="phone"),
                part(1, 0, 20, 4, WATCH),
                part(2, 100, 20, 4, WATCH),
            ],
            2,
        ),
        # A plug that was on all day, and two runs on it.
        ([part(0, 0, 600, 20, PLUG), part(1, 0, 30, 5, WATCH), part(2, 300, 30, 5, WATCH)], 2),
        # A part that reaches out of the whole by more than half is another run.
        ([part(0, 0, 20, 4, WATCH), part(1, 0, 9, 2, BELT), part(2, 16, 12, 2, BELT)], 2),
    ],
)
def test_separate_efforts_stay_separate(activities: list[Activity], number: int) -> None:
    assert len(runs_of(*activities)) == number


def test_parts_without_their_whole_are_runs_of_their_own() -> None:
    whole = part(0, 0, 25, 5.2, WATCH)
    parts = [part(1, 0, 12, 2.5, BELT), part(2, 13, 12, 2.5, BELT)]
    runs = RunHistory()
    for one in (*parts, whole):
        runs.put(one, NOON.date())
    assert [run.distance for run in runs.all()] == [5200]
    runs.drop(whole.id)
    assert [run.distance for run in runs.all()] == [2500, 2500]
