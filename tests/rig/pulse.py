"""A home's pulse: an event every second, which shows pauses of a busy machine."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from .api import Json
from .home import Home
from .process import wait_for

PULSE = "pulse"
BETWEEN_BEATS = timedelta(seconds=1)


async def give_pulse(home: Home) -> None:
    """Fire an event of the type `pulse` every second, forever."""
    automation = {
        "alias": "Pulse",
        "triggers": [{"trigger": "time_pattern", "seconds": "/1"}],
        "actions": [{"event": PULSE}],
    }
    await home.api.post("/api/config/automation/config/pulse", automation)


async def another_beat(beats: Sequence[Json]) -> None:
    """Wait for another beat, so that anything before now lies between two."""
    before = len(beats)
    await wait_for(lambda: len(beats) > before, "the pulse of the home")


def standstill(beats: Sequence[Json], since: datetime, until: datetime) -> timedelta:
    """Return the longest pause of a home between two instants; fails without a pulse.

    Anything due in the pause is late by as much, and no later.
    """
    times = [datetime.fromisoformat(beat["time_fired"]) for beat in beats]
    first, last = min(since, until), max(since, until)
    between = [after - before for before, after in pairwise(times) if before <= last and after >= first]
    return max(max(between) - BETWEEN_BEATS, timedelta(0))
