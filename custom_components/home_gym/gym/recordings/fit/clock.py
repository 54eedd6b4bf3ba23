"""Clock of a FIT file: instants, and the offset of the local time from UTC."""

from datetime import UTC, datetime, timedelta

from .layout import Message
from .profile import Key

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
MIN_CLOCK = 0x10000000
"""Smallest absolute timestamp; lower ones count from switching on a device with an unset clock."""

OFFSETS = range(-12 * 3600, 14 * 3600 + 1)
"""Seconds between the local time of a place and UTC."""
OFFSET_STEP, OFFSET_TOLERANCE = 900, 60
"""Seconds between two offsets in use, and those by which a watch may round."""

DEGREE = 2**31 / 180
"""Units of a longitude in a degree."""
FURTHEST_FROM_SUN = 3.5
"""Hours between the local time of a place and that of the sun; western China has most."""


def instant(timestamp: float | None) -> datetime | None:
    """Return the instant of a raw timestamp, None if the clock was not set."""
    if timestamp is None or timestamp < MIN_CLOCK:
        return None
    return EPOCH + timedelta(seconds=timestamp)


def utc_offset(activity: Message, session: Message) -> int | None:
    """Return the seconds by which the local time was ahead of UTC, None if unknown.

    Some apps write UTC as local time, or an offset of elsewhere: where the longitude contradicts, there is none.
    Without a position, 0 stands for an unknown zone.
    """
    local, timestamp = activity.numbers.get(Key.LOCAL_TIME), activity.numbers.get(Key.TIMESTAMP)
    if local is None or timestamp is None or min(local, timestamp) < MIN_CLOCK:
        return None
    offset = round((local - timestamp) / OFFSET_STEP) * OFFSET_STEP
    if offset not in OFFSETS or abs(local - timestamp - offset) > OFFSET_TOLERANCE:
        return None
    longitude = session.numbers.get(Key.LONGITUDE)
    if longitude is None:
        return offset or None
    # The date line is where both sides meet.
    apart = abs(offset / 3600 - longitude / DEGREE / 15)
    return offset if min(apart, 24 - apart) <= FURTHEST_FROM_SUN else None
