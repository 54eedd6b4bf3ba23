"""Ceiling of a recording: never less than its activities."""

import gzip

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.recordings.ceiling import ceiling
from custom_components.home_gym.gym.recordings.memory import Memory
from tests.builders.health import ROWS, build_json
from tests.support.archives import zipped
from tests.support.unit.containers import FIT, GPX, TCX

MANY = {
    "fit": FIT,
    "chained": FIT * 7,
    "tcx": TCX,
    "gpx": GPX,
    "gpx with a namespace": GPX.replace(b"<trk>", b"<g:trk>").replace(b"</trk>", b"</g:trk>"),
    "tcx in UTF-16": TCX.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"),
    "gzipped": gzip.compress(FIT * 3),
    "archive in gzip": gzip.compress(zipped({"a": FIT, "b": TCX})),
    **{shape: build_json(shape) for shape in ROWS},
}


@pytest.mark.parametrize("name", MANY)
def test_ceiling_is_not_exceeded(name: str) -> None:
    activities = parse(name, MANY[name])
    assert activities
    assert ceiling(MANY[name], Memory()) >= len(activities)


# Up to fifty are counted only by the bytes behind the first definition of sessions.
@pytest.mark.parametrize(
    ("data", "least", "most"),
    [(FIT, 1, 50), (FIT * 7, 7, 50), (FIT * 60, 60, 60), (gzip.compress(FIT), 1, 50), (b"\x1f\x8b\x08", 0, 0)],
)
def test_ceiling_of_watch_recording_is_near_its_sessions(data: bytes, least: int, most: int) -> None:
    assert least <= ceiling(data, Memory()) <= most
