"""Runs on the treadmill that no watch recorded, and their likeness to the activities of a service."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Origin
from custom_components.home_gym.gym.unseen_runs import CreatedRun, unseen_runs

from ...support.unit.make import NOON, activity, run, settings

HOUR = timedelta(hours=1)


def belt(hours_ago: float, **changes: Any) -> Activity:
    """Return a run of half an hour on the treadmill that began some hours before noon."""
    start = NOON - hours_ago * HOUR
    given: dict[str, Any] = {"origin": Origin.TREADMILL, "origin_id": f"{hours_ago}", **changes}
    return activity(start, moving_time=1800, **given)


@pytest.mark.parametrize(
    ("activities", "since", "expected"),
    [
        ([belt(10), belt(30)], 200, [30, 10]),
        ([belt(10, origin=Origin.POWER)], 200, [10]),
        ([belt(10), belt(10, origin=Origin.ENTITY)], 200, []),
        ([belt(10, origin=Origin.FILE)], 200, []),
        ([belt(10, origin=Origin.PERSON)], 200, []),
        ([belt(10, km=None)], 200, []),
        # Ended 6 hours before noon, or less.
        ([belt(6.5)], 200, [6.5]),
        ([belt(6.4)], 200, []),
        # Older than a week, and older than the option.
        ([belt(7 * 24), belt(7 * 24 + 1)], 200, [7 * 24]),
        ([belt(60), belt(70)], 60, [60]),
    ],
)
def test_unseen_runs_are_those_of_treadmill_alone(
    activities: list[Activity], since: float, expected: list[float]
) -> None:
    runner = Runner(settings(), Journal())
    for each in activities:
        runner.deliveries.learn([each], now=NOON, live=False)
    found = unseen_runs(runner, NOON - since * HOUR, NOON)
    assert [(NOON - each.start) / HOUR for each in found] == expected


@pytest.mark.parametrize(
    ("seconds", "metres", "expected"),
    [(1800, 5000, (30, 5.0)), (1829, 5000.4, (30, 5.0)), (1831, 12.3456, (31, 0.012)), (5, 20, (1, 0.02))],
)
def test_created_run_has_whole_minutes_and_metres(seconds: float, metres: float, expected: tuple[int, float]) -> None:
    created = CreatedRun.of(run(moving_time=seconds, distance=metres), NOON)
    assert (created.minutes, created.kilometres) == expected


CREATED = CreatedRun(start=NOON, minutes=30, kilometres=5.0, asked=NOON)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"start": NOON + timedelta(seconds=60)}, True),
        ({"start": NOON - timedelta(seconds=61)}, False),
        ({"start": None}, False),
        ({"distance": 5020}, True),
        ({"distance": 5021}, False),
        ({"distance": None}, False),
        ({"moving_time": 1741}, True),
        ({"moving_time": 1739}, False),
        ({"moving_time": None, "elapsed_time": None}, False),
        # A watch's run has a sensor's figures.
        ({"cadence": 170}, False),
        ({"heart_rate": 140}, False),
        ({"max_heart_rate": 160}, False),
    ],
)
def test_service_shows_created_run_by_its_figures(changes: dict[str, Any], expected: bool) -> None:
    shown = activity(elapsed_time=1800, moving_time=1800, distance=5000, cadence=None)
    assert CREATED.is_shown_by(replace(shown, **changes)) is expected


@pytest.mark.parametrize(("seconds", "expected"), [(0, True), (60, True), (61, False), (-61, False)])
def test_created_run_is_known_by_its_start(seconds: float, expected: bool) -> None:
    assert CREATED.is_of(run(NOON + timedelta(seconds=seconds))) is expected
