"""Figures that apps and pods add to FIT files, where the watch has none of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
import struct

import pytest

from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.runs.activity import Activity
from tests.builders import FitShape, FitWriter
from tests.builders.fit_tables import FIELD_DESCRIPTION, FILE_ID, RECORD, STRAIN, Value

NOW = 1_162_000_000
RUN: dict[str, Value] = {"start_time": NOW, "timestamp": NOW + 9, "sport": 1, "sub_sport": 0}
UINT8, UINT16, FLOAT = (0x02, "B"), (0x84, "H"), (0x88, "f")
INVALID = {"B": 0xFF, "H": 0xFFFF, "f": float("nan")}


@dataclass(frozen=True, slots=True, kw_only=True)
class AppField:
    """A field of an app: name, unit, type, divisor, and its value in each record, None for none."""

    name: str
    units: str
    values: tuple[float | None, ...]
    base_type: tuple[int, str] = UINT16
    scale: int | None = None


def recorded(
    *fields: AppField, big_endian: bool = False, sessions: int = 1, session: Mapping[str, float] | None = None
) -> list[Activity]:
    """Return the activities of a file with some apps' fields; each session has as many of the records."""
    writer = FitWriter(FitShape(big_endian=big_endian))
    order = ">" if big_endian else "<"
    writer.message(0, FILE_ID, {"type": 4})
    for number, field in enumerate(fields):
        about: dict[str, Value] = {"developer_data_index": 0, "field_definition_number": number}
        form: dict[str, Value] = {"fit_base_type_id": field.base_type[0], "scale": field.scale}
        writer.message(1, FIELD_DESCRIPTION, about | form | {"field_name": field.name, "units": field.units})
    sizes = [struct.calcsize(field.base_type[1]) for field in fields]
    writer.define(2, RECORD, bytes(each for number, size in enumerate(sizes) for each in (number, size, 0)))
    count = len(fields[0].values)
    for second in range(count):
        values = [(field.base_type[1], field.values[second]) for field in fields]
        developer = b"".join(
            struct.pack(f"{order}{code}", INVALID[code] if value is None else value) for code, value in values
        )
        writer.write(2, {"timestamp": NOW + second, "distance": 3 * second}, developer)
    each = count // sessions
    for number in range(sessions):
        span = {"start_time": NOW + number * each, "timestamp": NOW + (number + 1) * each - 1}
        writer.message(3, STRAIN, RUN | span | dict(session or {}))
    return parse("run.fit", writer.file())


def run_with(*fields: AppField, big_endian: bool = False, **session: float) -> Activity:
    """Return the run of a file with some apps' fields."""
    (run,) = recorded(*fields, big_endian=big_endian, session=session)
    return run


OSCILLATION = AppField(name="Vertical Oscillation", units="Centimeters", base_type=FLOAT, values=(8.0, 0, 7.5, None))
CONTACT = AppField(name="Ground Time", units="Milliseconds", values=(240, 250, None, 0))
POWER = AppField(name="Power", units="Watts", values=(0, 250, 262, None))


@pytest.mark.parametrize("big_endian", [False, True])
def test_stryd_completes_the_watch(big_endian: bool) -> None:
    """A value of 0, and one that stands for none, are left out of the means."""
    run = run_with(OSCILLATION, CONTACT, POWER, big_endian=big_endian)
    assert run.dynamics
    assert run.dynamics.vertical_oscillation == pytest.approx(0.0775)
    assert run.dynamics.ground_contact_time == pytest.approx(0.245)
    assert run.power == 256


def test_figures_of_the_watch_come_first() -> None:
    run = run_with(OSCILLATION, CONTACT, avg_vertical_oscillation=94.6)
    assert run.dynamics
    assert run.dynamics.vertical_oscillation == pytest.approx(0.0946)
    assert run.dynamics.ground_contact_time == pytest.approx(0.245)


def test_both_feet_of_runscribe_are_one_figure() -> None:
    left = AppField(name="GCT_L", units="ms", values=(240, 244))
    right = AppField(name="GCT_R", units="ms", values=(250, 254))
    run = run_with(left, right, AppField(name="Power", units="W", values=(200, 210)))
    assert run.dynamics
    assert run.dynamics.ground_contact_time == pytest.approx(0.247)
    assert run.power == 205


@pytest.mark.parametrize(
    ("field", "metres"),
    [
        (AppField(name="Vertical Oscillation", units="mm", values=(80, 82)), 0.081),
        (AppField(name="vertical_oscillation", units="cm", base_type=UINT8, values=(8, 9)), 0.085),
        (AppField(name="Vertical Oscillation", units="cm", scale=10, values=(80, 82)), 0.081),
        (AppField(name="Vertical Oscillation", units="inches", values=(3, 4)), None),
        (AppField(name="Vertical Speed", units="cm", values=(8, 9)), None),
        (AppField(name="Vertical Oscillation", units="cm", base_type=(0x07, "B"), values=(8, 9)), None),
    ],
)
def test_units_and_names_of_fields(field: AppField, metres: float | None) -> None:
    run = run_with(field)
    assert (run.dynamics and run.dynamics.vertical_oscillation) == (metres and pytest.approx(metres))


def test_each_leg_has_the_figures_of_its_time() -> None:
    first, second = recorded(AppField(name="Power", units="W", values=(200, 210, 300, 310)), sessions=2)
    assert (first.power, second.power) == (205, 305)


def test_field_of_another_size_than_described_is_left_out() -> None:
    writer = FitWriter(FitShape())
    writer.message(0, FILE_ID, {"type": 4})
    about: dict[str, Value] = {"developer_data_index": 0, "field_definition_number": 0, "fit_base_type_id": 0x84}
    writer.message(1, FIELD_DESCRIPTION, about | {"field_name": "Power", "units": "W"})
    writer.define(2, RECORD, bytes([0, 1, 0]))
    writer.write(2, {"timestamp": NOW}, b"\xc8")
    writer.message(3, STRAIN, RUN)
    (run,) = parse("run.fit", writer.file())
    assert run.power is None


def test_ride_keeps_its_own_figures_alone() -> None:
    assert run_with(POWER, sport=2).power is None
