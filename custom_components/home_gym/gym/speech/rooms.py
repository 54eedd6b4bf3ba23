"""Choice of a room to speak in: the runner's, never an empty one."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A channel and the occupancy of its room; None if unknown."""

    channel: str
    occupied: bool | None


def speaking_order(rooms: Sequence[Room]) -> tuple[str, ...]:
    """Return the channels to try, from rooms in the order of their set-up.

    Occupied rooms come first, then those of unknown occupancy. A room known to be empty is left out.
    """
    certain = tuple(room.channel for room in rooms if room.occupied)
    uncertain = tuple(room.channel for room in rooms if room.occupied is None)
    return certain + uncertain
