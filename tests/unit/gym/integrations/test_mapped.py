"""Entities read by the user's mapping."""

from typing import Any

import pytest

from custom_components.home_gym.gym.integrations.mapped import fields_of, read
from custom_components.home_gym.gym.runs.activity import Sport

from ....support.unit.shown import BERLIN, START, snapshot

SHOWN: dict[str, Any] = {
    "when": "2026-08-19 07:02:11",
    "number": 15501,
    "far": "8.01",
    "long": "43:11",
    "steps": 84,
    "what": "Trail Run",
}
FIELDS: dict[str, Any] = {
    "start": "when",
    "own_id": "number",
    "distance": "far",
    "distance_unit": "km",
    "duration": "long",
    "duration_unit": "min",
    "cadence": "steps",
    "one_foot": True,
    "sport": "what",
}


def test_all_fields_are_mapped() -> None:
    [run] = read(snapshot("01ENTITY", "Title", **SHOWN), fields_of(FIELDS), BERLIN)
    assert run.origin_id == "entity:01ENTITY:15501"
    assert (run.sport, run.sub_sport, run.start) == (Sport.RUN, "Trail Run", START)
    assert (run.elapsed_time, run.cadence) == (2591, 168)
    assert run.distance == pytest.approx(8010)


def test_start_alone_is_enough() -> None:
    [run] = read(snapshot("01ENTITY", "Title", **SHOWN), fields_of({"start": "when", "distance": ""}), BERLIN)
    assert run.origin_id == "entity:01ENTITY:2026-08-19T05:02:11+00:00"
    assert (run.sport, run.sub_sport, run.start) == (Sport.RUN, None, START)
    assert (run.elapsed_time, run.distance, run.cadence) == (None, None, None)


@pytest.mark.parametrize(("unit", "distance"), [("mi", 8046.72), (None, 5000)])
def test_state_has_its_own_unit(unit: str | None, distance: float) -> None:
    shown = snapshot("01ENTITY", "5", when=START, unit_of_measurement=unit)
    [run] = read(shown, fields_of({"start": "when", "distance": "state", "distance_unit": "km"}), BERLIN)
    assert run.distance == pytest.approx(distance)


def test_cadence_of_both_feet_is_not_doubled() -> None:
    [run] = read(snapshot("01ENTITY", "", when=START, steps=168), fields_of(FIELDS | {"one_foot": False}), BERLIN)
    assert run.cadence == 168


def test_missing_value_of_mapped_sport_is_no_run() -> None:
    [activity] = read(snapshot("01ENTITY", "", when=START), fields_of(FIELDS), BERLIN)
    assert activity.sport is Sport.OTHER


def test_no_activity_without_start() -> None:
    assert read(snapshot("01ENTITY", "Title"), fields_of(FIELDS), BERLIN) == []
