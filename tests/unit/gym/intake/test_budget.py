"""Budget of a delivery: its last value within, and its first beyond."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.home_gym.gym.intake.budget import MAX_ACTIVITIES, MAX_LAPS, MAX_TEXT_LENGTH, excess_of
from custom_components.home_gym.gym.recordings.errors import RecordingFault
from custom_components.home_gym.gym.runs.activity import Activity
from tests.support.unit.make import activity, lap

RUN = activity()
LAP = lap(1)


def with_text(name: str, text: str) -> Activity:
    """Return an activity with a text in one of its fields."""
    fields: dict[str, Any] = {name: text}
    return replace(RUN, **fields)


@pytest.mark.parametrize(
    ("delivery", "expected"),
    [
        ([], None),
        ([RUN] * MAX_ACTIVITIES, None),
        ([RUN] * (MAX_ACTIVITIES + 1), RecordingFault.TOO_MANY),
        ([replace(RUN, laps=(LAP,) * MAX_LAPS)], None),
        ([RUN, replace(RUN, laps=(LAP,) * (MAX_LAPS + 1))], RecordingFault.TOO_MANY),
        ([replace(RUN, laps=(LAP,) * MAX_LAPS)] * 100, RecordingFault.TOO_LARGE),
        *(
            ([RUN, with_text(name, "é" * length)], expected)
            for name in ("sub_sport", "device", "manufacturer", "serial_number", "origin_id", "gear")
            for length, expected in ((MAX_TEXT_LENGTH, None), (MAX_TEXT_LENGTH + 1, RecordingFault.LONG_TEXT))
        ),
    ],
)
def test_delivery_beyond_budget_is_refused(delivery: list[Activity], expected: RecordingFault | None) -> None:
    """A hundred activities of 2,000 laps write 44 MB."""
    assert excess_of(delivery) is expected
