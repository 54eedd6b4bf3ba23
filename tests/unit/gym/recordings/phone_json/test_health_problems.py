"""Invalid JSON: the reason for refusing it, and its isolation from valid rows."""

import json
from typing import Any

import pytest

from custom_components.home_gym.gym.recordings import RecordingError, RecordingFault, parse, phone_json as health, read
from tests.builders.health import GARMIN_DETAILED, HAE_V2, OWN, ROWS, build_json, changed
from tests.support.archives import zipped

from .....support.unit.bounds import within


def refused(data: bytes) -> RecordingFault:
    """Return the reason for refusing a whole document."""
    with pytest.raises(RecordingError) as refusal:
        read("post", data)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({}, RecordingFault.UNKNOWN_FORMAT),
        ({"hello": "world"}, RecordingFault.UNKNOWN_FORMAT),
        ([1, 2, None], RecordingFault.UNKNOWN_FORMAT),
        ({"data": {"hello": []}}, RecordingFault.UNKNOWN_FORMAT),
        ({"object_type": "activity", "aspect_type": "create", "object_id": 1}, RecordingFault.UNKNOWN_FORMAT),
        ([{"type": "Run", "start_date_local": "2026-05-04T19:00:00"}], RecordingFault.UNKNOWN_FORMAT),
        ([OWN] * (health.MAX_ROWS + 1), RecordingFault.TOO_LARGE),
    ],
)
def test_json_of_unknown_sender_is_refused(document: Any, reason: RecordingFault) -> None:
    assert refused(json.dumps(document).encode()) is reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", RecordingFault.DAMAGED),
        (b" [\r\n", RecordingFault.DAMAGED),
        (b"[section]\nname=value\n", RecordingFault.UNKNOWN_FORMAT),
        (b"{\\rtf1 a letter}", RecordingFault.UNKNOWN_FORMAT),
        (b'{"data": {"workouts": [{"name": "Runn', RecordingFault.DAMAGED),
        (b"[" + b"9" * 5000 + b"]", RecordingFault.DAMAGED),
        (b'{"\xff\xfe": 1}', RecordingFault.DAMAGED),
        (b"[" * 200_000, RecordingFault.HOSTILE),
        (b"[" + b" " * health.MAX_JSON_SIZE + b"]", RecordingFault.TOO_LARGE),
    ],
    ids=[
        "cut off",
        "cut off in a list",
        "settings",
        "a letter",
        "cut off in a name",
        "a number without end",
        "no text",
        "a well",
        "too large",
    ],
)
def test_invalid_json_is_refused(data: bytes, reason: RecordingFault) -> None:
    with within(seconds=20, mebibytes=256):
        assert refused(data) is reason


def test_json_of_single_value_is_refused() -> None:
    with pytest.raises(RecordingError, match=r"^unknown_format"):
        health.read_json(b"7")


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"data": {"metrics": [{"name": "step_count", "data": []}]}},
        {"data": {"workouts": []}},
        {"data": {"workouts": None}},
        {"timestamp": "2026-05-04T18:00:00Z", "app_version": "1.0", "steps": []},
        {"exercise": {"2026-05-04": {"sessions": None}}},
        {"activities": []},
    ],
)
def test_document_without_activities_is_accepted(document: Any) -> None:
    """Senders of steps or heart rates alone are valid."""
    assert parse("post", json.dumps(document).encode()) == []


@pytest.mark.parametrize("document", [{"workouts": HAE_V2}, {"data": {"workouts": HAE_V2}}, HAE_V2, [HAE_V2]])
def test_single_activity_is_read_in_any_envelope(document: Any) -> None:
    [activity] = parse("post", json.dumps(document).encode())
    assert activity.distance == 5000


BAD: list[tuple[str, dict[str, Any], RecordingFault]] = [
    ("own", {"start": "yesterday"}, RecordingFault.NO_START),
    ("own", {"start": "2026-13-45T99:99:99Z"}, RecordingFault.NO_START),
    ("own", {"start": "2026-05-04T17:00:00+25:00"}, RecordingFault.NO_START),
    ("own", {"start": "4 Mai 2026 at 19:00"}, RecordingFault.NO_START),
    ("own", {"start": 1e300}, RecordingFault.NO_START),
    ("own", {"start": [2026, 5, 4]}, RecordingFault.NO_START),
    ("own", {"start": "1970-01-01T00:00:00Z"}, RecordingFault.NO_START),
    ("own", {"start": "2300-01-01T00:00:00Z"}, RecordingFault.NO_START),
    ("own", {"distance": 900_000}, RecordingFault.IMPOSSIBLE),
    ("own", {"distance": 10**400}, RecordingFault.IMPOSSIBLE),
    ("own", {"distance": 50_000}, RecordingFault.IMPOSSIBLE),
    ("own", {"distance": "Infinity"}, RecordingFault.IMPOSSIBLE),
    ("own", {"sport": "ride", "distance": 10**8}, RecordingFault.IMPOSSIBLE),
    ("hae_v2", {"start": "2026-05-04", "end": "2026-05-04"}, RecordingFault.NO_START),
    ("strava", {"start_date": "now"}, RecordingFault.NO_START),
    ("garmin_listed", {"distance": 900_000}, RecordingFault.IMPOSSIBLE),
]


@pytest.mark.parametrize(("shape", "changes", "reason"), BAD)
def test_bad_row_leaves_other_rows(shape: str, changes: dict[str, Any], reason: RecordingFault) -> None:
    bad, good = changed(ROWS[shape], **changes), ROWS[shape]

    batch = read("post", build_json(shape, bad, good))

    assert len(batch.activities) == 1
    [problem] = batch.problems
    assert problem.reason is reason
    assert problem.which == str(bad.get("id") or bad.get("activityId") or "#1")
    with pytest.raises(RecordingError, match=rf"^{reason}: post: "):
        parse("post", build_json(shape, bad))


@pytest.mark.parametrize(
    ("shape", "changes", "figure"),
    [
        ("own", {"end": "2026-05-04T16:00:00Z"}, "elapsed_time"),
        ("own", {"distance": -5000}, "distance"),
        ("own", {"moving_time": -1}, "moving_time"),
        ("own", {"moving_time": 10**7}, "moving_time"),
        ("hae_v2", {"end": "2026-05-04 06:00:00 PM +0200"}, "elapsed_time"),
        ("garmin_exported", {"duration": -1}, "moving_time"),
    ],
)
def test_impossible_figure_is_dropped(shape: str, changes: dict[str, Any], figure: str) -> None:
    [activity] = read("post", build_json(shape, changed(ROWS[shape], **changes))).activities
    assert getattr(activity, figure) is None


def test_rows_of_unknown_sender_are_numbered() -> None:
    batch = read("post", build_json("own", OWN, 7, {"hello": "world"}, GARMIN_DETAILED))
    assert [(problem.which, problem.reason) for problem in batch.problems] == [
        ("#2", RecordingFault.UNKNOWN_FORMAT),
        ("#3", RecordingFault.UNKNOWN_FORMAT),
    ]
    assert len(batch.activities) == 2


def test_invalid_day_leaves_other_days() -> None:
    document = {"exercise": {"2026-05-04": {"sessions": [ROWS["hc_day"]]}, "2026-05-05": 3, "2026-05-06": {}}}
    assert len(parse("post", json.dumps(document).encode())) == 1


def test_json_without_activities_in_archive_is_skipped() -> None:
    """An account's export is full of JSON, mostly without activities."""
    assert len(parse("export.zip", zipped({"run.fit": build_json("garmin_exported")}))) == 1
    assert parse("export.zip", zipped({"run.fit": b'{"settings": true}'})) == []
    half = json.dumps([changed(OWN, start="never"), OWN]).encode()
    assert len(read("export.zip", zipped({"run.fit": half})).problems) == 1


@pytest.mark.parametrize(
    "bomb",
    [
        b'{"data":' * 3000 + b"{}" + b"}" * 3000,
        b"[" * 3000 + b"]" * 3000,
        b'[{"sport": "run", "start": "2026-05-04T17:00:00Z", "distance": ' + b'{"qty":' * 3000 + b"1" + b"}" * 3003,
        b'[{"sport": "run", "start": "' + b"9 " * 100_000 + b'"}]',
        b'[{"type": "Run", "startDate": "4 May 2026 at 17:00", "duration": "' + b", " * 100_000 + b'x"}]',
        b"[" + b"[]," * 1_000_000 + b"[]]",
    ],
    ids=["envelopes", "lists", "quantities", "digits", "signs", "rows"],
)
def test_wasteful_json_is_refused(bomb: bytes) -> None:
    with within(seconds=20, mebibytes=256):
        try:
            read("post", bomb)
        except RecordingError as error:
            assert error.reason in RecordingFault  # noqa: PT017
