"""Conversion of efforts into activities: sports by the user's list, impossible figures dropped."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.integrations.efforts import RUNS, distinct, effort, sport_of, with_named_sport
from custom_components.home_gym.gym.runs.activity import Activity, Doubt, Origin, Sport, Surface

from ....support.unit.shown import BERLIN, NOW, START


def run_of(start: datetime | None = START, **facts: Any) -> list[Activity]:
    """Return the activities of a service's run."""
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
def test_sport_of_word(word: str | None, sport: Sport) -> None:
    assert sport_of(word, RUNS) is sport


def test_list_of_words_selects_runs() -> None:
    assert sport_of("Wandern", ["Wandern"]) is Sport.RUN
    assert sport_of("Juoksu ulkona", ["juoksu*"]) is Sport.RUN
    assert sport_of("treadmill_running", ["running"]) is Sport.OTHER
    assert sport_of("running", []) is Sport.OTHER


def test_run_has_all_figures() -> None:
    [run] = run_of(word="treadmill_running", own_id="7", distance=8012.3, cadence=169.4, gear="g1", device="Watch")
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


def test_start_replaces_missing_id() -> None:
    [run] = run_of()
    [later] = run_of(START + timedelta(milliseconds=900))
    assert run.origin_id == "service:2026-08-19T05:02:11+00:00"
    assert later.id == run.id


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("distance", 0),
        ("distance", -5),
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
def test_impossible_figure_is_dropped(figure: str, value: float) -> None:
    facts: dict[str, Any] = {figure: value}
    [run] = run_of(**facts)
    assert getattr(run, figure) is None


@pytest.mark.parametrize("distance", [40_000, 900_000, 1e300])
def test_run_at_impossible_speed_is_left_out(distance: float) -> None:
    """The time is 43 minutes."""
    assert run_of(distance=distance) == []


def test_long_distance_without_time_is_kept() -> None:
    [run] = run_of(elapsed_time=None, distance=40_000)
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
def test_effort_without_valid_start_is_left_out(start: datetime | None) -> None:
    assert run_of(start) == []


def test_start_wrong_by_time_zone_is_accepted() -> None:
    assert run_of(NOW + timedelta(hours=14), elapsed_time=300) != []


def test_repeated_activity_is_kept_once() -> None:
    [one], [again], [other] = run_of(own_id="1"), run_of(own_id="1", distance=9000), run_of(own_id="2")
    assert distinct([one, again, other]) == [one, other]


def test_gear_is_taken_from_any_report() -> None:
    [one], [named] = run_of(own_id="1"), run_of(own_id="1", gear="g1")
    assert distinct([one, named]) == [replace(one, gear="service:g1")]
    assert distinct([named, one]) == [named]


@pytest.mark.parametrize(
    ("doubt", "word", "expected"),
    [
        (Doubt.NO_SPORT, "trail_running", (Sport.RUN, "trail_running", Surface.TRAIL, None, None)),
        (Doubt.NO_SPORT, "treadmill_running", (Sport.RUN, "treadmill_running", Surface.TREADMILL, True, None)),
        (Doubt.NO_SPORT, "cycling", (Sport.OTHER, "cycling", None, None, None)),
        (Doubt.NO_SPORT, None, (Sport.OTHER, None, None, None, Doubt.NO_SPORT)),
        (Doubt.BROKEN_OFF, "running", (Sport.OTHER, None, None, None, Doubt.BROKEN_OFF)),
        (None, "running", (Sport.OTHER, None, None, None, None)),
    ],
)
def test_service_names_sport_of_recording_without_any(
    doubt: Doubt | None, word: str | None, expected: tuple[object, ...]
) -> None:
    recorded = Activity(sport=Sport.OTHER, start=START, elapsed_time=1800, distance=5000, doubt=doubt)
    named = with_named_sport(recorded, word, RUNS)
    assert (named.sport, named.sub_sport, named.surface, named.indoor, named.doubt) == expected
    assert named.guess is None
