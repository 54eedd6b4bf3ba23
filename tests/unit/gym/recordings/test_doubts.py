"""Doubtful recordings: what names no sport, broke off, or has an empty track is kept with what is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import gzip
import json

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, parse, read
from custom_components.home_gym.gym.recordings.index import Listed
from custom_components.home_gym.gym.recordings.sports import guess
from custom_components.home_gym.gym.runs.activity import Activity, Doubt, Sport
from tests.builders import FitShape, LapPlan, Recording, build_fit, build_gpx, build_tcx

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
RUN = Recording(start=START, laps=(LapPlan(duration=1200, distance=3600, cadence=170),))
WALK = replace(RUN, laps=(LapPlan(duration=1200, distance=1500, cadence=110),))
RIDE = replace(RUN, laps=(LapPlan(duration=1200, distance=12_000, cadence=80),))
FIT = build_fit(RUN)
UNNAMED_FIT = build_fit(RUN, shape=FitShape(sessions=False, sport_message=False, laps=False))


def gpx(recording: Recording = RUN, kind: str = "", title: str = "Workout") -> bytes:
    """Return a GPX file with another type, none by default."""
    data = build_gpx(recording).replace(b"<type>running</type>", kind.encode())
    return data.replace(b"Workout", title.encode())


def tcx(recording: Recording = RUN, sport: str = "") -> bytes:
    """Return a TCX file with another sport."""
    return build_tcx(recording).replace(b'Sport="Running"', f'Sport="{sport}"'.encode())


def only(data: bytes) -> Activity:
    """Return the only activity in a recording."""
    (activity,) = read("recording", data).activities
    return activity


@pytest.mark.parametrize(
    "kind",
    ["", "<type></type>", "<type> </type>", "<type>unknown</type>", "<type>N/A</type>", "<type>Unbekannt</type>"],
)
def test_track_without_a_sport_is_doubtful_with_a_runs_figures(kind: str) -> None:
    named, unnamed = only(build_gpx(RUN)), only(gpx(kind=kind))
    assert (unnamed.sport, unnamed.sub_sport, unnamed.doubt, unnamed.guess) == (
        Sport.OTHER,
        None,
        Doubt.NO_SPORT,
        Sport.RUN,
    )
    same = ("start", "distance", "moving_time", "elapsed_time", "cadence", "cadence_thirds", "heart_rate")
    assert all(getattr(unnamed, name) == getattr(named, name) for name in same)


@pytest.mark.parametrize("data", [tcx(), tcx(sport="Unknown"), UNNAMED_FIT], ids=["tcx", "unknown", "fit"])
def test_other_formats_without_a_sport_are_doubtful(data: bytes) -> None:
    found = only(data)
    assert (found.sport, found.doubt, found.guess) == (Sport.OTHER, Doubt.NO_SPORT, Sport.RUN)
    assert found.distance == pytest.approx(3600, rel=0.01)


@pytest.mark.parametrize("word", ["cycling", "Other", "16", "Yoga", "kitesurfing", "workout"])
def test_track_of_a_named_sport_is_no_question(word: str) -> None:
    assert only(gpx(kind=f"<type>{word}</type>")).doubt is None


def test_places_all_over_the_world_are_no_question() -> None:
    """Cleaning them takes long, and leaves no run."""
    places = ((latitude * 7 % 60, latitude * 13 % 90) for latitude in range(40))
    points = "".join(
        f'<trkpt lat="{north}" lon="{east}"><time>{(START + timedelta(seconds=second)).isoformat()}</time></trkpt>'
        for second, (north, east) in enumerate(places)
    )
    found = only(f"<gpx><trk><name>Run</name><trkseg>{points}</trkseg></trk></gpx>".encode())
    assert (found.sport, found.doubt) == (Sport.OTHER, None)


def test_ride_that_names_no_sport_is_no_question() -> None:
    """36 km/h for twenty minutes are no run."""
    assert (only(gpx(RIDE)).sport, only(gpx(RIDE)).doubt) == (Sport.OTHER, None)


@pytest.mark.parametrize(
    ("recording", "title", "expected"),
    [
        (RUN, "Workout", Sport.RUN),
        (WALK, "Workout", Sport.WALK),
        (WALK, "Morgenlauf", Sport.RUN),
        (WALK, "Lauf am Morgen", Sport.RUN),
        (RUN, "Walk with the dog", Sport.WALK),
        (RUN, "Cycling to work", Sport.OTHER),
        (RUN, "Bike and run", Sport.RUN),
        (replace(RUN, laps=(LapPlan(duration=1200, distance=6600, cadence=80),)), "Workout", None),
    ],
)
def test_guess_follows_title_and_pace(recording: Recording, title: str, expected: Sport | None) -> None:
    """A title that names two sports says nothing, and the pace decides."""
    found = only(gpx(recording, title=title))
    assert (found.guess, found.title) == (expected, title)


def test_guess_without_figures_or_title_is_none() -> None:
    assert guess(Activity(sport=Sport.OTHER, start=START)) is None
    assert guess(Activity(sport=Sport.OTHER, start=START, distance=50, elapsed_time=600)) is None


def test_long_title_is_cut() -> None:
    assert len(only(gpx(title="Run " * 200)).title or "") == 200


@pytest.mark.parametrize("part", [0.4, 0.6, 0.9])
@pytest.mark.parametrize("whole", [FIT, build_gpx(RUN), build_tcx(RUN), gpx()], ids=["fit", "gpx", "tcx", "unnamed"])
def test_recording_that_broke_off_is_doubtful(whole: bytes, part: float) -> None:
    found = only(whole[: int(len(whole) * part)])
    assert (found.sport, found.doubt, found.guess, found.incomplete) == (
        Sport.OTHER,
        Doubt.BROKEN_OFF,
        Sport.RUN,
        True,
    )
    assert found.start == START
    if found.moving_time is not None and not whole.startswith(b"<?xml") and found.distance:
        assert found.distance == pytest.approx(3600 / 1200 * found.moving_time, rel=0.02)


@pytest.mark.parametrize(
    "data",
    [
        FIT[: len(FIT) // 2],
        build_gpx(RUN)[:-3],
        build_tcx(RUN)[:-3],
        gzip.compress(FIT)[: len(gzip.compress(FIT)) // 2],
    ],
    ids=["fit", "gpx", "tcx", "gzip"],
)
def test_parse_counts_nothing_of_a_broken_recording(data: bytes) -> None:
    with pytest.raises(RecordingError) as refused:
        parse("recording", data)
    assert refused.value.reason is RecordingFault.DAMAGED
    assert only(data).doubt is Doubt.BROKEN_OFF


def test_parse_names_the_missing_sport_of_a_file_without_a_session() -> None:
    with pytest.raises(RecordingError) as refused:
        parse("recording", UNNAMED_FIT)
    assert refused.value.reason is RecordingFault.NO_SPORT


@pytest.mark.parametrize("sport", ["Biking", "Other"])
def test_ride_that_broke_off_is_damaged(sport: str) -> None:
    data = tcx(sport=sport)
    with pytest.raises(RecordingError) as refused:
        read("recording", data[: len(data) // 2])
    assert refused.value.reason is RecordingFault.DAMAGED


def test_whole_tracks_before_the_break_are_doubtful_too() -> None:
    """The file as a whole is a part of something."""
    later = replace(RUN, start=START + timedelta(days=1))
    found = read("recording", build_gpx(RUN, later)[:-2000]).activities
    assert [each.doubt for each in found] == [Doubt.BROKEN_OFF] * 2


PLACES = '<trkpt lat="1" lon="1"/><trkpt lat="1.1" lon="1"/>'
TRACKS = {
    "time of the track": "<trk><time>{time}</time><type>treadmill running</type><trkseg/></trk>",
    "no segment": "<trk><type>running</type><time>{time}</time></trk>",
    "time of the file": "<metadata><time>{time}</time></metadata><trk><type>Laufband</type><trkseg></trkseg></trk>",
    "older file": "<time>{time}</time><trk><type>running</type></trk>",
    "one point": '<trk><type>running</type><trkseg><trkpt lat="1" lon="1"><time>{time}</time></trkpt></trkseg></trk>',
}


@pytest.mark.parametrize("track", TRACKS.values(), ids=TRACKS)
def test_empty_track_of_a_run_is_doubtful(track: str) -> None:
    found = only(f"<gpx>{track.format(time='2026-11-01T10:00:00Z')}</gpx>".encode())
    assert (found.sport, found.doubt, found.guess) == (Sport.OTHER, Doubt.NO_FIGURES, Sport.RUN)
    assert (found.start, found.distance, found.duration) == (START, None, None)


@pytest.mark.parametrize(
    "track",
    [
        "<trk><type>running</type><trkseg/></trk>",
        "<time>2026-11-01T10:00:00Z</time><trk><type>cycling</type></trk>",
        "<time>2026-11-01T10:00:00Z</time><trk><name>Route</name></trk>",
        f"<time>2026-11-01T10:00:00Z</time><trk><type>running</type><trkseg>{PLACES}</trkseg></trk>",
    ],
    ids=["no time", "ride", "no sport", "route"],
)
def test_empty_track_of_no_run_is_nothing(track: str) -> None:
    assert read("recording", f"<gpx>{track}</gpx>".encode()).activities == ()


def test_posted_row_without_a_sport_is_doubtful() -> None:
    row = {"exerciseType": "unknown", "startTime": "2026-11-01T10:00:00Z", "endTime": "2026-11-01T10:30:00Z"}
    found = only(json.dumps(row).encode())
    assert (found.sport, found.doubt, found.duration) == (Sport.OTHER, Doubt.NO_SPORT, 1800)


@pytest.mark.parametrize(("kind", "sport"), [("Run", Sport.RUN), ("Ride", Sport.OTHER)])
def test_list_of_an_export_names_the_sport(kind: str, sport: Sport) -> None:
    named = Listed(gear=None, kind=kind).applied_to(only(gpx()))
    assert (named.sport, named.doubt, named.guess, named.title) == (sport, None, None, None)


def test_list_of_an_export_makes_no_whole_of_a_part() -> None:
    part = only(FIT[: len(FIT) // 2])
    assert Listed(gear=None, kind="Run").applied_to(part) == part


def test_parse_of_an_empty_track_is_empty() -> None:
    assert parse("recording", b"<gpx><trk><type>run</type><time>2026-11-01T10:00:00Z</time></trk></gpx>") == []


def test_export_of_apple_that_broke_off_is_damaged() -> None:
    with pytest.raises(RecordingError) as refused:
        read("export.xml", b"<HealthData><Workout workoutActivityType='HKWorkoutActivityTypeRunning'>")
    assert refused.value.reason is RecordingFault.DAMAGED


def test_track_of_a_ride_that_broke_off_is_damaged() -> None:
    data = gpx(kind="<type>cycling</type>")
    with pytest.raises(RecordingError) as refused:
        read("recording", data[: len(data) // 2])
    assert refused.value.reason is RecordingFault.DAMAGED
