"""A home's pulse: what happens in it every second, so that it shows when its machine had no time for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from .api import Json
from .home import Home
from .process import wait_for

PULSE = "pulse"
BETWEEN_BEATS = timedelta(seconds=1)


async def give_pulse(home: Home) -> None:
    """Have an event of the kind `pulse` fired every second, for good."""
    automation = {
        "alias": "Pulse",
        "triggers": [{"trigger": "time_pattern", "seconds": "/1"}],
        "actions": [{"event": PULSE}],
    }
    await home.api.post("/api/config/automation/config/pulse", automation)


async def another_beat(beats: Sequence[Json]) -> None:
    """Wait until a beat was told of after those that were, so that what happened by now is between two."""
    before = len(beats)
    await wait_for(lambda: len(beats) > before, "the pulse of the home")


def standstill(beats: Sequence[Json], since: datetime, until: datetime) -> timedelta:
    """Return for how long a home stood still at most, at some time between two instants; fails where it had no pulse.

    Whatever it was to do meanwhile is late by as much, and no later.
    """
    times = [datetime.fromisoformat(beat["time_fired"]) for beat in beats]
    first, last = min(since, until), max(since, until)
    between = [after - before for before, after in pairwise(times) if before <= last and after >= first]
    return max(max(between) - BETWEEN_BEATS, timedelta(0))
