"""Objections to activities, the same for every source."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.intake.objection import Refusal, admission_of, objection_to
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
        ({"km": 500, "minutes": None}, None),
        ({"km": 501, "minutes": None}, RecordingFault.IMPOSSIBLE),
        ({"km": 900}, RecordingFault.IMPOSSIBLE),
        ({"km": 900, "minutes": 30, "sport": Sport.OTHER}, None),
        ({"km": 10_001, "sport": Sport.OTHER}, RecordingFault.IMPOSSIBLE),
        # World records: 100 m in 9.58 s, 1,000 m in 2:11.96, 5,000 m in 12:35.36, the marathon in 1:59:40.
        ({"km": 0.1, "minutes": 9.58 / 60}, None),
        ({"km": 0.4, "minutes": 43.03 / 60}, None),
        ({"km": 1, "minutes": 131.96 / 60}, None),
        ({"km": 5, "minutes": 755.36 / 60}, None),
        ({"km": 42.195, "minutes": 7180 / 60}, None),
        # Nobody, and a bus at 40 km/h.
        ({"km": 0.2, "minutes": 15.9 / 60}, RecordingFault.IMPOSSIBLE),
        ({"km": 1, "minutes": 129 / 60}, RecordingFault.IMPOSSIBLE),
        ({"km": 5, "minutes": 745 / 60}, RecordingFault.IMPOSSIBLE),
        ({"km": 20, "minutes": 30}, RecordingFault.IMPOSSIBLE),
        ({"km": 20, "minutes": 30, "sport": Sport.WALK}, RecordingFault.IMPOSSIBLE),
        ({"km": 900_000, "minutes": 1}, RecordingFault.IMPOSSIBLE),
        # A figure that can't be is dropped, and the rest counts.
        ({"km": -1}, None),
        ({"km": float("nan")}, None),
        ({"minutes": -1}, None),
        ({"minutes": 8 * 24 * 60}, None),
        ({"device": "x" * 201}, RecordingFault.LONG_TEXT),
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


def test_admission_has_countable_activities() -> None:
    fine, bus, ahead = (
        activity(),
        activity(NOON - 2 * HOUR, km=20, minutes=30),
        activity(NOON + 24 * HOUR),
    )
    admission = admission_of([fine, bus, ahead], NOON)
    assert admission.activities == (fine,)
    assert admission.refusals == (Refusal(bus, RecordingFault.IMPOSSIBLE), Refusal(ahead, RecordingFault.FUTURE))
