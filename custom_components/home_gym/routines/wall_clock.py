"""Wall clock that may be set during use."""

from datetime import datetime, timedelta
from time import monotonic

from homeassistant.util import dt as dt_util

# A synchronized clock's corrections are smaller.
DRIFT = timedelta(seconds=0.5)


class WallClock:
    """Reads the time, and the shift since the last reading."""

    def __init__(self) -> None:
        """Take the first reading."""
        self._seen = dt_util.utcnow()
        self._steady = monotonic()

    def read(self) -> tuple[datetime, timedelta]:
        """Return the time, and its deviation from the time elapsed since the last reading."""
        now, steady = dt_util.utcnow(), monotonic()
        set_by = now - self._seen - timedelta(seconds=steady - self._steady)
        self._seen, self._steady = now, steady
        return now, set_by if abs(set_by) > DRIFT else timedelta(0)
