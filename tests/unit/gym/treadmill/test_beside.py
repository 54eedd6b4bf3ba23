"""Steps a minute and heart rates as the Bluetooth services beside a treadmill's own send them."""

import pytest

from custom_components.home_gym.gym.treadmill.beside import decode_heart_rate, decode_running_speed
from custom_components.home_gym.gym.treadmill.ftms import TreadmillData


@pytest.mark.parametrize(
    ("sent", "cadence"),
    [
        # Flags, speed in 1/256 m/s, steps a minute; bit 2 says that the runner runs.
        ("04 0003 AA", 170),
        ("04 0003 55", 170),  # strides of one foot
        ("00 8001 64", 100),  # a walk of 100 steps
        ("07 0003 AC 7800 10270000", 172),  # with stride length and distance
        ("00 0000 00", 0),
    ],
)
def test_cadence(sent: str, cadence: float) -> None:
    assert decode_running_speed(bytes.fromhex(sent)) == TreadmillData(cadence=cadence)


@pytest.mark.parametrize(
    ("sent", "beats"),
    [("00 96", 150), ("01 9600", 150), ("16 96 0A0B", 150), ("00 00", None), ("01 0000", None)],
)
def test_heart_rate(sent: str, beats: float | None) -> None:
    assert decode_heart_rate(bytes.fromhex(sent)) == TreadmillData(heart_rate=beats)


@pytest.mark.parametrize("sent", ["", "04", "04 0003"])
def test_too_short_cadence_is_refused(sent: str) -> None:
    with pytest.raises(ValueError, match="at least 4 bytes"):
        decode_running_speed(bytes.fromhex(sent))


@pytest.mark.parametrize("sent", ["", "00", "01 96"])
def test_too_short_heart_rate_is_refused(sent: str) -> None:
    with pytest.raises(ValueError, match="Heart Rate"):
        decode_heart_rate(bytes.fromhex(sent))
