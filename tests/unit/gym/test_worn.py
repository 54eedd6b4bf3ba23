"""Pairs worn in the activities of recent runs, and the gear that a service lacks."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.worn import LATEST, Worn, gear_to_assign, pairs_worn

from ...support.unit.make import NOON, activity, settings, shoe

A, B, OTHER = "garmin_connect:a", "garmin_connect:b", "garmin_connect:other"
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("links", "shown", "assigned", "expected"),
    [
        ({A: "blue"}, None, None, A),
        ({A: "blue"}, A, None, None),
        ({A: "blue"}, OTHER, None, A),
        ({A: "blue"}, None, A, None),
        # After a correction of what was assigned, whatever the service shows.
        ({A: "blue"}, A, OTHER, A),
        # Either of two is the pair.
        ({A: "blue", B: "blue"}, B, None, None),
        ({A: "blue", B: "blue"}, None, None, A),
        ({A: "red"}, None, None, None),
        ({}, None, None, None),
    ],
)
def test_gear_is_assigned_unless_activity_has_it(
    links: dict[str, str], shown: str | None, assigned: str | None, expected: str | None
) -> None:
    worn = Worn(activity=activity(gear=shown), shoe="blue")
    assert gear_to_assign(worn, links, assigned) == expected


def worn_by(*shoes: str, since: timedelta) -> list[tuple[timedelta, str]]:
    """Return the days ago and the pairs of runs of 40, 3 and 2 days ago, with some pairs in the rack."""
    runner = Runner(settings(shoes=tuple(map(shoe, shoes))), Journal())
    for days in (2, 40, 3):
        start = NOON - days * DAY
        runner.deliveries.learn([activity(start)], now=start, live=False)
    found = pairs_worn(runner, NOON - since, NOON)
    return [(NOON - (each.activity.start or NOON), each.shoe) for each in found]


@pytest.mark.parametrize(
    ("shoes", "since", "expected"),
    [
        (("blue",), 100 * DAY, [(3 * DAY, "blue"), (2 * DAY, "blue")]),
        (("blue",), 2 * DAY, [(2 * DAY, "blue")]),
        (("blue",), DAY, []),
        # One of two pairs is a guess.
        (("blue", "red"), LATEST, []),
        ((), LATEST, []),
    ],
)
def test_certain_pairs_of_recent_runs_are_worn(
    shoes: tuple[str, ...], since: timedelta, expected: list[tuple[timedelta, str]]
) -> None:
    assert worn_by(*shoes, since=since) == expected
