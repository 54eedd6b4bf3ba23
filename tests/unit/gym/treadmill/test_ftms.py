from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from math import isfinite
import struct

from hypothesis import assume, given, strategies as st
import pytest

from custom_components.home_gym.gym.treadmill.ftms import (
    TreadmillData,
    TreadmillDataMerger,
    announces_treadmill,
    decode_treadmill_data,
)

FIGURES = [field.name for field in fields(TreadmillData) if field.name != "more_data"]
KM_H = Fraction(1000, 3600)
KCAL = 4184

# The table of the characteristic, as the GATT XML of 2017 has it: flag, format, unit in ours, name. The formats are
# those of struct, which knows no three bytes: "I" stands for them.
TABLE: list[tuple[int, str, Fraction, str]] = [
    (0x0001, "H", KM_H / 100, "speed"),
    (0x0002, "H", KM_H / 100, "average_speed"),
    (0x0004, "I", Fraction(1), "total_distance"),
    (0x0008, "h", Fraction(1, 10), "inclination"),
    (0x0008, "h", Fraction(1, 10), "ramp_angle"),
    (0x0010, "H", Fraction(1, 10), "positive_elevation_gain"),
    (0x0010, "H", Fraction(1, 10), "negative_elevation_gain"),
    (0x0080, "H", Fraction(KCAL), "total_energy"),
    (0x0080, "H", Fraction(KCAL), "energy_per_hour"),
    (0x0080, "B", Fraction(KCAL), "energy_per_minute"),
    (0x0100, "B", Fraction(1), "heart_rate"),
    (0x0200, "B", Fraction(1, 10), "metabolic_equivalent"),
    (0x0400, "H", Fraction(1), "elapsed_time"),
    (0x0800, "H", Fraction(1), "remaining_time"),
    (0x1000, "h", Fraction(1), "force_on_belt"),
    (0x1000, "h", Fraction(1), "power_output"),
]
NOT_AVAILABLE = {"B": 0xFF, "H": 0xFFFF, "I": 0xFFFFFF, "h": 0x7FFF}
LEAST = {"B": 0, "H": 0, "I": 0, "h": -0x8000}
OPTIONAL = sorted({flag for flag, *_ in TABLE} - {0x0001})
UNITS = {name: unit for _, _, unit, name in TABLE}


def encode(numbers: Mapping[str, int]) -> bytes:
    """Return the record with these numbers, and the speed if its number is given."""
    flags, body = 0x0001, b""
    for flag, layout, _, name in TABLE:
        if name in numbers:
            flags = flags & ~0x0001 if flag == 0x0001 else flags | flag
            packed = struct.pack(f"<{layout}", numbers[name])
            body += packed[:3] if layout == "I" else packed
    return struct.pack("<H", flags) + body


@st.composite
def numbers(draw: st.DrawFn) -> dict[str, int]:
    """Draw the numbers of a record, all of them available."""
    chosen = {*draw(st.sets(st.sampled_from(OPTIONAL))), *([0x0001] if draw(st.booleans()) else [])}
    return {
        name: draw(st.integers(max(LEAST[layout], name == "heart_rate"), NOT_AVAILABLE[layout] - 1), label=name)
        for flag, layout, _, name in TABLE
        if flag in chosen
    }


def shown(data: TreadmillData) -> dict[str, float]:
    """Return the figures of a record that are not None."""
    return {name: value for name in FIGURES if (value := getattr(data, name)) is not None}


# Notifications that people recorded: of a Kettler Alpha Run 600 at 1 km/h and of a Horizon that stands still.
@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        pytest.param(
            "8C05 6400 140000 0000 0000 0500 E700 03 00 5B00",  # 0x058C: bits 2, 3, 7, 8, 10
            {
                "speed": 100 * 0.01 / 3.6,
                "total_distance": 20,
                "inclination": 0,
                "ramp_angle": 0,
                "total_energy": 5 * KCAL,
                "energy_per_hour": 231 * KCAL,  # 0xE7 = 14 * 16 + 7
                "energy_per_minute": 3 * KCAL,
                # a heart rate of 0 means no strap
                "elapsed_time": 91,  # 0x5B = 5 * 16 + 11
            },
            id="Kettler Alpha Run 600",
        ),
        pytest.param(
            "8404 0000 000000 0000 0000 00 0000",  # 0x0484: bits 2, 7, 10
            dict.fromkeys(
                ["speed", "total_distance", "total_energy", "energy_per_hour", "energy_per_minute", "elapsed_time"], 0
            ),
            id="Horizon",
        ),
    ],
)
def test_recorded_notifications(recorded: str, expected: dict[str, float]) -> None:
    assert shown(decode_treadmill_data(bytes.fromhex(recorded))) == pytest.approx(expected)


# How known treadmills fill the record in ways of their own; the figures in it are the test's.
@pytest.mark.parametrize(
    ("notification", "expected"),
    [
        pytest.param(
            "8424 2C01 960000 0C00 FFFF FF 7800 B40000",  # 0x2484: bits 2, 7, 10 and the reserved 13
            {"speed": 3.0 / 3.6, "total_distance": 150, "total_energy": 12 * KCAL, "elapsed_time": 120},
            id="walking pads: steps at the end, no energy an hour or a minute",
        ),
        pytest.param(
            "8C05 F401 0A0000 1400 FF7F FFFF FFFF FF 00 0900",  # 0x058C: bits 2, 3, 7, 8, 10
            {"speed": 5.0 / 3.6, "total_distance": 10, "inclination": 2.0, "elapsed_time": 9},
            id="FITSHOW: all that is not available",
        ),
        pytest.param(
            "9E1F E803 8403 E80300 0F00 0000 6400 0000 2A00 FF",  # 0x1F9E: all but the speed's bit and the paces
            {
                "speed": 10.0 / 3.6,
                "average_speed": 9.0 / 3.6,  # 0x0384 = 3 * 256 + 8 * 16 + 4 = 900
                "total_distance": 1000,
                "inclination": 1.5,
                "ramp_angle": 0,
                "positive_elevation_gain": 10,
                "negative_elevation_gain": 0,
                "total_energy": 42 * KCAL,
            },
            id="Matrix: 33 bytes promised, cut at 20",
        ),
    ],
)
def test_notifications_beyond_specification(notification: str, expected: dict[str, float]) -> None:
    assert shown(decode_treadmill_data(bytes.fromhex(notification))) == pytest.approx(expected)


@given(numbers())
def test_all_figures_are_converted_to_si_units(carried: dict[str, int]) -> None:
    data = decode_treadmill_data(encode(carried))
    assert data.more_data is ("speed" not in carried)
    assert shown(data) == pytest.approx({name: float(number * UNITS[name]) for name, number in carried.items()})


@pytest.mark.parametrize(("flag", "layout", "name"), [(flag, layout, name) for flag, layout, _, name in TABLE])
def test_unavailable_figure_is_none(flag: int, layout: str, name: str) -> None:
    group = [other for other_flag, _, _, other in TABLE if other_flag == flag]
    data = decode_treadmill_data(encode({other: NOT_AVAILABLE[layout] if other == name else 1 for other in group}))
    assert shown(data).keys() == set(group) - {name}


@given(numbers(), st.binary(max_size=8))
def test_bytes_after_last_field_are_ignored(carried: dict[str, int], more: bytes) -> None:
    # Two bytes more than a record without a speed has are the speed that its bit 0 denies.
    assume("speed" in carried or len(more) != 2)
    record = encode(carried)
    assert decode_treadmill_data(record + more) == decode_treadmill_data(record)


@given(numbers().filter(lambda carried: "speed" in carried))
def test_speed_is_read_although_its_bit_denies_it(carried: dict[str, int]) -> None:
    right = encode(carried)
    wrong = bytes([right[0] | 1, *right[1:]])
    assert decode_treadmill_data(wrong) == decode_treadmill_data(right)


# Bit 0 is set. 0x64 metres behind a speed of 0 would be 0x640000 metres without the speed: 6,554 km.
@pytest.mark.parametrize(
    ("notification", "always_has_speed", "expected"),
    [
        ("8504 2003 640000 0A00 5802 0A 3C00", False, (8 / 3.6, 100, 60)),
        ("8504 0000 640000 0A00 5802 0A 3C00", False, (0, 100, 60)),
        # One of several parts, without a speed, and one with two bytes of its maker's.
        ("8504 640000 0A00 5802 0A 3C00", False, (None, 100, 60)),
        ("8524 640000 0A00 5802 0A 3C00 1200", False, (None, 100, 60)),
        # Cut at twenty bytes: only the name of the treadmill can show it.
        ("9F1F 2003 8403 E80300 0F00 0000 6400 0000 2A00 FF", True, (8 / 3.6, 1000, None)),
        ("8504 2003 640000 0A00 5802 0A 3C00", True, (8 / 3.6, 100, 60)),
    ],
)
def test_speed_beside_a_set_bit_0(
    notification: str, always_has_speed: bool, expected: tuple[float | None, float, float | None]
) -> None:
    data = decode_treadmill_data(bytes.fromhex(notification), always_has_speed=always_has_speed)
    assert (data.speed, data.total_distance, data.elapsed_time) == pytest.approx(expected)
    assert data.more_data is (expected[0] is None)


@given(numbers(), st.data())
def test_truncated_record_is_refused(carried: dict[str, int], data: st.DataObject) -> None:
    record = encode(carried)
    length = data.draw(st.integers(0, len(record) - 1))
    if length == 20:
        # The smallest notification ends there; the fields that arrived whole are right.
        assert shown(decode_treadmill_data(record[:length])).items() <= shown(decode_treadmill_data(record)).items()
    else:
        with pytest.raises(ValueError, match="Treadmill Data"):
            decode_treadmill_data(record[:length])


# Flags 0x0460: both paces and the time, 62 seconds; 0x0420 and 0x0440 have one of the paces.
@pytest.mark.parametrize(
    ("notification", "expected"),
    [
        ("6004 E803 02 01 3E00", {"pace": 0.6 / 2, "average_pace": 0.6 / 1, "elapsed_time": 62}),
        ("6004 E803 9600 9001 3E00", {"pace": 150 / 500, "average_pace": 400 / 500, "elapsed_time": 62}),
        ("2004 E803 02 3E00", {"pace": 60 / (2 * 100), "elapsed_time": 62}),
        ("4004 E803 9600 3E00", {"average_pace": 150 / 500, "elapsed_time": 62}),
        ("6004 E803 00 00 3E00", {"elapsed_time": 62}),
        ("6004 E803 0000 0000 3E00", {"elapsed_time": 62}),
        ("6004 E803 FF FF 3E00", {"elapsed_time": 62}),
        # Between the two lengths, or with bytes behind, nothing from the pace on has a known place.
        ("6004 E803 02 01 3E00 00", {}),
        ("6004 E803 9600 9001 3E00 00", {}),
        # Twenty bytes, cut.
        ("FE1F E803 8403 E80300 0F00 0000 6400 0000 02 01 2A", {"average_speed": 2.5, "total_distance": 1000}),
    ],
)
def test_pace_of_one_or_two_bytes(notification: str, expected: dict[str, float]) -> None:
    found = shown(decode_treadmill_data(bytes.fromhex(notification)))
    assert found.pop("speed") == pytest.approx(10 / 3.6)
    for name in ("inclination", "ramp_angle", "positive_elevation_gain", "negative_elevation_gain"):
        found.pop(name, None)
    assert found == pytest.approx(expected)


def test_truncated_record_with_paces_is_refused() -> None:
    with pytest.raises(ValueError, match="flags 0x0460 has at least 8 bytes, not 7"):
        decode_treadmill_data(bytes.fromhex("6004 E803 02 01 3E"))


@given(st.binary(max_size=48))
def test_arbitrary_bytes_are_decoded_or_refused(notification: bytes) -> None:
    try:
        data = decode_treadmill_data(notification)
    except ValueError:
        return
    assert all(isfinite(value) for value in shown(data).values())


@pytest.mark.parametrize(("speed", "moving"), [(None, False), (0.0, False), (0.1, True)])
def test_belt_with_unknown_speed_does_not_move(speed: float | None, moving: bool) -> None:
    assert TreadmillData(speed=speed).is_moving is moving


@given(numbers().filter(lambda carried: "speed" in carried), st.data())
def test_parts_of_record_are_merged(carried: dict[str, int], data: st.DataObject) -> None:
    parts: list[dict[str, int]] = [{}, {}, {}]
    for flag in OPTIONAL:
        part = data.draw(st.sampled_from(parts))
        part.update({name: carried[name] for other, _, _, name in TABLE if other == flag and name in carried})
    *first, last = parts
    last["speed"] = carried["speed"]
    merger = TreadmillDataMerger()
    assert [merger.feed(decode_treadmill_data(encode(part))) for part in first] == [None, None]
    assert merger.feed(decode_treadmill_data(encode(last))) == decode_treadmill_data(encode(carried))


def test_complete_record_is_returned_at_once() -> None:
    merger = TreadmillDataMerger()
    for record in (TreadmillData(speed=1.0, total_distance=5), TreadmillData(speed=2.0, total_distance=6)):
        assert merger.feed(record) == record


def test_repeated_figure_begins_next_record() -> None:
    merger = TreadmillDataMerger()
    orphan = TreadmillData(more_data=True, total_distance=5)
    assert merger.feed(orphan) is None
    assert merger.feed(TreadmillData(more_data=True, total_distance=6)) == orphan
    assert merger.feed(TreadmillData(speed=1.0, elapsed_time=9)) == TreadmillData(
        speed=1.0, total_distance=6, elapsed_time=9
    )


def test_parts_are_not_mixed_into_complete_record() -> None:
    merger = TreadmillDataMerger()
    merger.feed(TreadmillData(more_data=True, total_distance=5, heart_rate=150))
    whole = TreadmillData(speed=1.0, total_distance=6)
    assert merger.feed(whole) == whole
    assert merger.feed(whole) == whole


@pytest.mark.parametrize(
    ("service_data", "expected"),
    [
        ("01 0100", True),
        ("00 0100", True),
        ("01 2100", True),
        ("01 2000", False),  # bit 5: an indoor bike
        ("01 1000", False),  # bit 4: a rower
        ("01 00", None),
        ("", None),
    ],
)
def test_advertised_machine_type(service_data: str, expected: bool | None) -> None:
    assert announces_treadmill(bytes.fromhex(service_data)) is expected
