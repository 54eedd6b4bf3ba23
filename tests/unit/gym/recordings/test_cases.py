"""Inputs from the field that once failed, as they came; skipped with one line without the collection of recordings."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
import json
from typing import Any

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.recordings.index import read_index
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from tests.corpus import FOLDER

CASES = FOLDER / "cases"
if not CASES.exists():
    pytest.skip(f"no cases in {CASES}", allow_module_level=True)


def expected(case: str) -> Mapping[str, Any]:
    """Return the truth about a case."""
    found: Mapping[str, Any] = json.loads((CASES / case / "expected.json").read_text())
    return found


def only(case: str, name: str) -> Activity:
    """Return the only activity of an input."""
    (activity,) = parse(name, (CASES / case / name).read_bytes())
    return activity


def type_numbers() -> Iterator[tuple[str, str]]:
    """Yield the number and the sport of each input of Health Connect."""
    for number, sport in expected("F01-hc-webhook-type-numbers")["sport"].items():
        if (CASES / "F01-hc-webhook-type-numbers" / f"type_{number}.json").exists():
            yield number, sport


@pytest.mark.parametrize(("number", "sport"), type_numbers())
def test_numbers_of_health_connect(number: str, sport: str) -> None:
    word, _, place = sport.partition(", ")
    activity = only("F01-hc-webhook-type-numbers", f"type_{number}.json")
    assert activity.sport == word.partition(" ")[0]
    assert activity.indoor is (place == "indoor")


@pytest.mark.parametrize("name", [path.name for path in (CASES / "F03-zero-is-no-figure").glob("*.[ft]*")])
def test_zero_is_no_figure(name: str) -> None:
    activity = only("F03-zero-is-no-figure", name)
    for figure, value in expected("F03-zero-is-no-figure")["expected"][name].items():
        assert getattr(activity, figure) == (None if value is None else pytest.approx(value)), figure


def test_spike_of_a_receiver() -> None:
    truth = expected("F04-gpx-impossible-step")["expected"]["*.gpx"]
    for path in (CASES / "F04-gpx-impossible-step").glob("*.gpx"):
        distance = only("F04-gpx-impossible-step", path.name).distance
        assert distance == pytest.approx(truth["distance_m"], abs=truth["tolerance"])


@pytest.mark.parametrize("name", ["training-session.json", "polar-user-data-export.zip"])
def test_export_of_polar(name: str) -> None:
    truth, run = expected("F05-polar-export")["expected"], only("F05-polar-export", name)
    assert (run.sport, run.start) == (truth["sport"], datetime.fromisoformat(truth["start"]))
    assert (run.distance, run.elapsed_time) == (truth["distance_m"], truth["elapsed_s"])
    assert run.heart_rate == truth["heart_rate"]


@pytest.mark.parametrize("name", ["opentracks_de.gpx", "opentracks_es.gpx", "running_treadmill.gpx"])
def test_words_for_runs(name: str) -> None:
    assert only("F06-gpx-sport-word", name).sport is Sport.RUN


def test_list_of_strava_in_another_language() -> None:
    rows = "A,B,C,Aktivitätsart,E,F,G\n1,b,c,Lauf,e,Brooks Ghost,activities/123.gpx\n"
    listed = read_index("activities.csv", rows.encode())
    truth = expected("F07-strava-list-language")["expected"]
    run = listed["activities/123.gpx"].applied_to(only("F07-strava-list-language", "export_de.zip"))
    assert (run.sport, run.gear) == (truth["sport"], truth["gear"])


def test_times_out_of_order() -> None:
    truth, run = expected("F14-gpx-times-out-of-order")["expected"], only("F14-gpx-times-out-of-order", "jitter.gpx")
    assert run.elapsed_time == truth["elapsed_s"]
    assert run.moving_time == pytest.approx(1800, abs=5)
    assert (run.moving_time or 0) <= truth["elapsed_s"]
    assert run.distance == pytest.approx(5401, abs=2)


def test_impossible_cadence() -> None:
    run = only("F16-cadence-nobody-has", "cad405.gpx")
    assert (run.cadence, run.cadence_thirds, run.sport) == (None, None, Sport.RUN)


def test_export_of_apple_health() -> None:
    truth = expected("F18-apple-health-export")["expected"]
    activities = parse("export.zip", (CASES / "F18-apple-health-export" / "export.zip").read_bytes())
    (run,) = (activity for activity in activities if activity.sport is Sport.RUN)
    assert run.start == datetime.fromisoformat(truth["start"])
    assert (run.distance, run.elapsed_time) == (truth["distance_m"], truth["elapsed_s"])


def test_lap_in_2088() -> None:
    run = only("R02-lap-in-2088", "lap_in_2088.fit")
    assert (run.distance, run.laps) == (8000, ())
    assert run.end
    assert run.end < datetime(2027, 1, 1, tzinfo=UTC)
