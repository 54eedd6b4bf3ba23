"""Figures that a treadmill reports beside its record: steps a minute and heart rate, by services of their own.

Running Speed and Cadence 1.0 and Heart Rate 1.0 of the Bluetooth SIG.
"""

from ..recordings.samples import feet_of
from .ftms import TreadmillData

RUNNING_SPEED_UUID = "00002a53-0000-1000-8000-00805f9b34fb"
HEART_RATE_UUID = "00002a37-0000-1000-8000-00805f9b34fb"

RUNS = 4
WIDE = 1


def decode_running_speed(data: bytes) -> TreadmillData:
    """Decode one notification of RSC Measurement (0x2A53): its cadence.

    Raises ValueError for fewer bytes than flags, speed and cadence have.
    """
    if len(data) < 4:
        raise ValueError(f"RSC Measurement has at least 4 bytes, not {len(data)}")
    return TreadmillData(cadence=steps_a_minute(data[3], is_running=bool(data[0] & RUNS)))


def decode_heart_rate(data: bytes) -> TreadmillData:
    """Decode one notification of Heart Rate Measurement (0x2A37); 0 is unknown.

    Raises ValueError for fewer bytes than its flags promise.
    """
    size = 2 if data and data[0] & WIDE else 1
    if len(data) < 1 + size:
        raise ValueError(f"Heart Rate Measurement has at least {1 + size} bytes, not {len(data)}")
    return TreadmillData(heart_rate=float(int.from_bytes(data[1 : 1 + size], "little")) or None)


def steps_a_minute(cadence: float, *, is_running: bool) -> float:
    """Return the steps of both feet; runners' sensors may count one foot."""
    return float(cadence * feet_of(cadence)) if is_running else float(cadence)
