"""intervals.icu's lists, turned into activities and planned runs."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.home_gym.gym.integrations.intervals_icu import account_of, gear, listed, planned
from custom_components.home_gym.gym.integrations.service_model import AnswerError, combined
from custom_components.home_gym.gym.recordings import read
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport, Surface
from custom_components.home_gym.gym.runs.exertion import Exertion
from tests.builders import LapPlan, Recording, build_fit
from tests.support.services.intervals_icu import row, stub, workout

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 5, 4, 5, tzinfo=UTC)


def activity_of(**fields: Any) -> Activity:
    """Return the activity of a list with one."""
    (found,) = listed([row("i1", START, **fields)], BERLIN)
    assert found.activity is not None
    return found.activity


def recorded(**changes: Any) -> list[Activity]:
    """Return the activities of a recording of 50 minutes."""
    recording = Recording(start=START, laps=(LapPlan(duration=3000, distance=9000, cadence=168),), **changes)
    return list(read("i1", build_fit(recording)).activities)


def test_run_has_figures_of_its_list() -> None:
    """84.5 steps a minute of one foot are 169 of both."""
    run = activity_of()
    assert (run.sport, run.start, run.origin, run.origin_id) == (Sport.RUN, START, Origin.CLOUD, "intervals_icu:i1")
    assert (run.distance, run.moving_time, run.elapsed_time, run.cadence) == (8012.3, 2700, 2760, 169)
    assert (run.heart_rate, run.max_heart_rate, run.ascent, run.utc_offset) == (148, 171, 61, 7200)
    assert (run.device, run.title, run.gear, run.exertion) == ("Garmin Forerunner 965", "Morning Run", None, None)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"type": "TrailRun"}, {"sport": Sport.RUN, "surface": Surface.TRAIL}),
        ({"type": "VirtualRun"}, {"sport": Sport.RUN, "indoor": True, "surface": Surface.TREADMILL}),
        ({"trainer": True}, {"sport": Sport.RUN, "indoor": True, "surface": Surface.TREADMILL}),
        ({"type": "Walk"}, {"sport": Sport.WALK, "cadence": 84.5}),
        ({"type": "WeightTraining"}, {"sport": Sport.STRENGTH}),
        ({"type": "Yoga"}, {"sport": Sport.MOBILITY}),
        ({"type": "Ride", "average_watts": 210}, {"sport": Sport.OTHER, "power": None}),
        ({"average_watts": 280}, {"power": 280}),
        ({"average_cadence": 168}, {"cadence": 168}),
        ({"distance": 0, "average_heartrate": 0}, {"distance": None, "heart_rate": None}),
        ({"gear": {"id": "g77", "name": "Pegasus"}}, {"gear": "intervals_icu:g77"}),
        ({"gear": "g77"}, {"gear": None}),
        ({"icu_rpe": 7, "feel": 2}, {"exertion": Exertion(perceived=7, feel=75)}),
        ({"icu_rpe": 0, "feel": 9}, {"exertion": None}),
        ({"start_date": None}, {"start": START, "utc_offset": None}),
        ({"name": "x" * 500}, {"title": "x" * 200}),
        ({"distance": "far", "moving_time": [], "name": 7.5}, {"distance": None, "moving_time": None, "title": None}),
    ],
)
def test_fields_of_list_are_read(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    found = activity_of(**fields)
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(
    "shown",
    [
        {"id": None},
        {"id": "../../athlete/0"},
        {"id": "i" * 41},
        {"start_date": None, "start_date_local": None},
        {"start_date": "soon", "start_date_local": "2026-05-04"},
    ],
)
def test_row_without_usable_id_or_start_is_left_out(shown: dict[str, Any]) -> None:
    assert listed([row("i1", START) | shown, "odd", None], BERLIN) == []


def test_stub_of_strava_has_no_activity() -> None:
    (found,) = listed([stub("12345", START)], BERLIN)
    assert (found.id, found.start, found.is_stub, found.activity) == ("12345", START, True, None)


def test_strava_activity_with_figures_is_no_stub() -> None:
    (found,) = listed([row("i1", START, source="STRAVA")], BERLIN)
    assert not found.is_stub


@pytest.mark.parametrize("change", [{"distance": 8100}, {"name": "Tempo"}, {"gear": {"id": "g1"}}, {"icu_rpe": 5}])
def test_stamp_changes_with_each_field_that_counts(change: dict[str, Any]) -> None:
    (before,), (same,), (after,) = (
        listed([row("i1", START, **fields)], BERLIN) for fields in ({}, {"icu_atl": 31}, change)
    )
    assert before.stamp == same.stamp != after.stamp


@pytest.mark.parametrize("answer", [None, {}, {"error": "no"}, "<html>", 7])
def test_other_answer_than_list_is_odd(answer: object) -> None:
    for read_answer in (lambda: listed(answer, BERLIN), lambda: gear(answer), lambda: planned(answer, BERLIN)):
        with pytest.raises(AnswerError):
            read_answer()


@pytest.mark.parametrize(
    ("answer", "account"),
    [
        ({"id": "i7", "name": "Alex"}, ("i7", "Alex")),
        ({"athlete": {"id": "i7", "name": "Alex"}}, ("i7", "Alex")),
        ({"id": 7}, ("7", "7")),
    ],
)
def test_account_is_owner_of_key(answer: object, account: tuple[str, str]) -> None:
    assert account_of(answer) == account


@pytest.mark.parametrize("answer", [None, [], {}, {"name": "Alex"}, {"athlete": 7}])
def test_answer_without_athlete_is_odd(answer: object) -> None:
    with pytest.raises(AnswerError):
        account_of(answer)


def test_gear_has_names_of_pairs_in_use() -> None:
    rows = [
        row("i1", START, gear={"id": "g1", "name": "Pegasus"}),
        row("i2", START, gear={"id": "g2"}),
        row("i3", START, gear={"name": "no id"}),
        row("i4", START),
    ]
    assert gear(rows) == {"intervals_icu:g1": "Pegasus", "intervals_icu:g2": "g2"}


def test_planned_runs_of_calendar_have_time_or_day() -> None:
    events = [
        workout("Tempo", "2026-05-05T18:30:00"),
        workout("Easy", "2026-05-06T00:00:00"),
        workout("Ride", "2026-05-06T00:00:00", type="Ride"),
        workout("Race", "2026-05-07T00:00:00", category="RACE_A"),
        workout("Lost", "some day"),
    ]
    assert [(each.title, each.start, each.is_of_day) for each in planned(events, BERLIN)] == [
        ("Tempo", datetime(2026, 5, 5, 18, 30, tzinfo=BERLIN), False),
        ("Easy", datetime(2026, 5, 6, tzinfo=BERLIN), True),
    ]


def test_recording_takes_entries_of_its_list() -> None:
    """The recording's distance stays; the pair, the title and the rating are the service's."""
    (found,) = listed([row("i1", START, gear={"id": "g1"}, icu_rpe=6, name="Tempo")], BERLIN)
    (run,) = combined(found, recorded())
    assert (run.origin, run.origin_id, run.distance) == (Origin.FILE, "intervals_icu:i1", 9000)
    assert (run.gear, run.title, run.exertion and run.exertion.perceived) == ("intervals_icu:g1", "Tempo", 6)
    assert run.cadence_thirds is not None


def test_sport_changed_at_service_wins() -> None:
    (found,) = listed([row("i1", START, type="Walk")], BERLIN)
    (walk,) = combined(found, recorded())
    assert walk.sport is Sport.WALK


def test_sport_of_recording_without_name_is_that_of_service() -> None:
    unnamed = recorded(sport="generic")
    (found,) = listed([row("i1", START, type="VirtualRun")], BERLIN)
    (run,) = combined(found, unnamed)
    assert (run.sport, run.doubt, run.indoor, run.surface) == (Sport.RUN, None, True, Surface.TREADMILL)


def test_list_stands_alone_without_recording() -> None:
    (found,) = listed([row("i1", START)], BERLIN)
    assert combined(found, ()) == [found.activity]


def test_stub_without_recording_gives_nothing() -> None:
    (found,) = listed([stub("i1", START)], BERLIN)
    assert combined(found, ()) == []


def test_parts_of_one_recording_have_ids_of_their_own() -> None:
    (found,) = listed([row("i1", START)], BERLIN)
    later = Recording(start=START + timedelta(hours=2), laps=(LapPlan(duration=600, distance=2000),))
    first = Recording(start=START, laps=(LapPlan(duration=600, distance=2000),))
    parts = combined(found, read("i1", build_fit(first) + build_fit(later)).activities)
    assert [part.origin_id for part in parts] == ["intervals_icu:i1/0", "intervals_icu:i1/1"]
