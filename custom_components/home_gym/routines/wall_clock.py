"""The clock on the wall, which may be set while somebody goes by it."""

from datetime import datetime, timedelta
from time import monotonic

from homeassistant.util import dt as dt_util

# Clocks that are kept in time move by less.
DRIFT = timedelta(seconds=0.5)


class WallClock:
    """Tells the time, and by how much the clock was set since it was looked at last."""

    def __init__(self) -> None:
        """Look at it for the first time."""
        self._seen = dt_util.utcnow()
        self._steady = monotonic()

    def look(self) -> tuple[datetime, timedelta]:
        """Return the time, and by how much it is another than the time that passed would make it."""
        now, steady = dt_util.utcnow(), monotonic()
        set_by = now - self._seen - timedelta(seconds=steady - self._steady)
        self._seen, self._steady = now, steady
        return now, set_by if abs(set_by) > DRIFT else timedelta(0)
