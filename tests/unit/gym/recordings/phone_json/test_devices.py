"""Posted records of several devices in the same second."""

import json
from typing import Any

import pytest

from custom_components.home_gym.gym.recordings import read
from custom_components.home_gym.gym.recordings.phone_json import fullest

OWN = {"sport": "run", "start": "2026-11-01T10:00:00Z", "end": "2026-11-01T10:30:00Z", "distance": 5000}
SESSION = {"exerciseType": 56, "startTime": "2026-11-01T10:00:00Z", "endTime": "2026-11-01T10:30:00Z"}


def own(device: str | None, **more: Any) -> dict[str, Any]:
    """Return a row in Home Gym's own format."""
    return OWN | ({"device": device} if device else {}) | more


def session(device: str | None, **more: Any) -> dict[str, Any]:
    """Return a session of Health Connect."""
    return SESSION | {"metadata": ({"dataOrigin": device} if device else {}) | more}


@pytest.mark.parametrize("row", [own, session])
def test_each_device_has_a_record_of_its_own(row: Any) -> None:
    rows = [row("phone"), row("watch"), row(None), row("phone"), row("x" * 190), row("x" * 190)]
    found = read("post", json.dumps(rows).encode()).activities
    assert len(fullest(list(found))) == 4


@pytest.mark.parametrize("row", [own, session])
def test_id_of_the_source_decides_without_the_device(row: Any) -> None:
    rows = [row("phone", id="7"), row("watch", id="7")]
    found = read("post", json.dumps(rows).encode()).activities
    assert len({each.id for each in found}) == 1
