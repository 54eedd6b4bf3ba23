"""Whether a recording is all there, as far as its format says."""

from datetime import UTC, datetime

import pytest

from custom_components.home_gym.gym.files.completeness import completeness
from tests.builders import LapPlan, Recording, build_fit, build_gpx, build_tcx

RUN = Recording(start=datetime(2026, 11, 1, 10, tzinfo=UTC), laps=(LapPlan(duration=60, distance=180, cadence=170),))
FIT, TCX, GPX = build_fit(RUN), build_tcx(RUN), build_gpx(RUN)


@pytest.mark.parametrize("whole", [FIT, FIT + FIT, FIT + b"rubbish", TCX, GPX + b"\n", GPX.decode().encode("utf-16")])
def test_all_there(whole: bytes) -> None:
    """What ends as its format ends is complete."""
    assert completeness(whole) is True


@pytest.mark.parametrize("part", [FIT[:-1], FIT[:14], FIT + FIT[:-1], TCX[:-2], GPX[:100]])
def test_still_being_copied(part: bytes) -> None:
    """What breaks off is not."""
    assert completeness(part) is False


@pytest.mark.parametrize("other", [b"", b"\x1f\x8b\x08", b"PK\x03\x04", b"Activity ID"])
def test_nobody_knows(other: bytes) -> None:
    """Other formats don't say."""
    assert completeness(other) is None
