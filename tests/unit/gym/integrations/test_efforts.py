"""One effort made an activity: sports by a list that people edit, and nothing absurd."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.integrations.efforts import RUNS, distinct, effort, sport_of
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport, Surface

from ....support.unit.shown import BERLIN, NOW, START


def told(start: datetime | None = START, **facts: Any) -> list[Activity]:
    """Return what a service's telling of a run amounts to."""
    return effort(BERLIN, "service", **{"word": "running", "start": start, "elapsed_time": 2591, **facts})


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("running", Sport.RUN),
        ("trail_running", Sport.RUN),
        ("treadmill_running", Sport.RUN),
        ("TrailRun", Sport.RUN),
        ("VirtualRun", Sport.RUN),
        ("Indoor Run", Sport.RUN),
        ("Laufen", Sport.RUN),
        ("Outdoor Walk", Sport.WALK),
        ("walking", Sport.WALK),
        ("Hiking", Sport.WALK),
        ("strength_training", Sport.STRENGTH),
        ("Functional Strength Training", Sport.STRENGTH),
        ("Yoga", Sport.MOBILITY),
        ("lap_swimming", Sport.OTHER),
        ("cycling", Sport.OTHER),
        ("", Sport.OTHER),
        (None, Sport.OTHER),
    ],
)
def test_sports(word: str | None, sport: Sport) -> None:
    assert sport_of(word, RUNS) is sport


def test_the_list_decides_what_is_a_run() -> None:
    assert sport_of("Wandern", ["Wandern"]) is Sport.RUN
    assert sport_of("Juoksu ulkona", ["juoksu*"]) is Sport.RUN
    assert sport_of("treadmill_running", ["running"]) is Sport.OTHER
    assert sport_of("running", []) is Sport.OTHER


def test_what_a_run_is_made_of() -> None:
    [run] = told(word="treadmill_running", own_id="7", distance=8012.3, cadence=169.4, gear="g1", device="Watch")
    assert run == Activity(
        sport=Sport.RUN,
        sub_sport="treadmill_running",
        start=START,
        elapsed_time=2591,
        distance=8012.3,
        cadence=169.4,
        indoor=True,
        surface=Surface.TREADMILL,
        device="Watch",
        manufacturer="service",
        origin=Origin.ENTITY,
        origin_id="service:7",
        gear="service:g1",
    )


def test_the_start_is_the_id_of_what_has_none() -> None:
    [run] = told()
    [later] = told(START + timedelta(milliseconds=900))
    assert run.origin_id == "service:2026-08-19T05:02:11+00:00"
    assert later.id == run.id


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("distance", 0),
        ("distance", -5),
        ("distance", 900_000),
        ("distance", 40_000),
        ("cadence", 0),
        ("cadence", 900),
        ("heart_rate", 3),
        ("max_heart_rate", 900),
        ("power", 90_000),
        ("elapsed_time", -1),
        ("elapsed_time", 1e7),
        ("moving_time", 1e7),
    ],
)
def test_what_cannot_be_is_dropped(figure: str, value: float) -> None:
    facts: dict[str, Any] = {figure: value}
    [run] = told(**facts)
    assert getattr(run, figure) is None


def test_nobody_knows_how_far_is_too_far_for_an_unknown_time() -> None:
    [run] = told(elapsed_time=None, distance=40_000)
    assert run.distance == 40_000
    assert run.end == START


@pytest.mark.parametrize(
    "start",
    [
        None,
        NOW + timedelta(hours=15),
        NOW + timedelta(days=300),
        datetime.max.replace(tzinfo=START.tzinfo),
        START.replace(year=1800),
    ],
)
def test_what_cannot_be_dated_is_left_out(start: datetime | None) -> None:
    assert told(start) == []


def test_a_clock_in_the_wrong_zone() -> None:
    assert told(NOW + timedelta(hours=14), elapsed_time=300) != []


def test_each_activity_once() -> None:
    [one], [again], [other] = told(own_id="1"), told(own_id="1", distance=9000), told(own_id="2")
    assert distinct([one, again, other]) == [one, other]


def test_gear_is_taken_from_whoever_names_it() -> None:
    [one], [named] = told(own_id="1"), told(own_id="1", gear="g1")
    assert distinct([one, named]) == [replace(one, gear="service:g1")]
    assert distinct([named, one]) == [named]
