"""What no source may put into a journal."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.intake.objection import objection_to
from custom_components.home_gym.gym.recordings.errors import Reason
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
        ({"km": 501}, Reason.IMPOSSIBLE),
        ({"km": 900}, Reason.IMPOSSIBLE),
        ({"km": 900, "sport": Sport.OTHER}, None),
        ({"km": -1}, Reason.IMPOSSIBLE),
        ({"km": float("nan")}, Reason.IMPOSSIBLE),
        ({"minutes": -1}, Reason.IMPOSSIBLE),
        ({"start": None}, Reason.NO_START),
        ({"start": NOON.replace(year=1960)}, Reason.IMPOSSIBLE),
        # A watch that takes local time for UTC is up to 14 hours ahead; 30 minutes it ran.
        ({"start": NOON + 14 * HOUR}, None),
        ({"start": NOON + 15 * HOUR}, Reason.FUTURE),
        ({"start": NOON.replace(year=9999)}, Reason.IMPOSSIBLE),
    ],
)
def test_what_can_be_counted(figures: dict[str, Any], objection: Reason | None) -> None:
    assert objection_to(activity(**figures), NOON) is objection
