"""Recordings as files."""

from datetime import UTC, datetime, timedelta

from tests.builders import run_recording

START = datetime(2026, 5, 4, 17, 0, tzinfo=UTC)


def recording(number: int = 0, distance: float = 8012.34) -> bytes:
    """Return a run of half an hour, each number's on a day of its own, counted backwards."""
    return run_recording(START - timedelta(days=number), distance, 1800)
