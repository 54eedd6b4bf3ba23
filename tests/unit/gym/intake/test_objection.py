"""Objections to activities, the same for every source."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.intake.objection import objection_to
from custom_components.home_gym.gym.recordings.errors import RecordingFault
from custom_components.home_gym.gym.runs.activity import Sport

from ....support.unit.make import NOON, activity

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("figures", "objection"),
    [
        ({}, None),
        ({"km": None, "minutes": None}, None),
        ({"sport": Sport.STRENGTH, "km": None}, None),
        ({"km": 500}, None),
        ({"km": 501}, RecordingFault.IMPOSSIBLE),
        ({"km": 900}, RecordingFault.IMPOSSIBLE),
        ({"km": 900, "sport": Sport.OTHER}, None),
        ({"km": -1}, RecordingFault.IMPOSSIBLE),
        ({"km": float("nan")}, RecordingFault.IMPOSSIBLE),
        ({"minutes": -1}, RecordingFault.IMPOSSIBLE),
        ({"start": None}, RecordingFault.NO_START),
        ({"start": NOON.replace(year=1960)}, RecordingFault.IMPOSSIBLE),
        # A watch that stores local time as UTC is up to 14 hours ahead; it ran for 30 minutes.
        ({"start": NOON + 14 * HOUR}, None),
        ({"start": NOON + 15 * HOUR}, RecordingFault.FUTURE),
        ({"start": NOON.replace(year=9999)}, RecordingFault.IMPOSSIBLE),
    ],
)
def test_objection_depends_on_start_figures_and_distance(
    figures: dict[str, Any], objection: RecordingFault | None
) -> None:
    assert objection_to(activity(**figures), NOON) is objection
