"""In which room the coach speaks: where the runner is, never where nobody is."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A channel, and whether somebody is where it is heard; None where nothing tells."""

    channel: str
    occupied: bool | None


def speaking_order(rooms: Sequence[Room]) -> tuple[str, ...]:
    """Return the channels to try, given in the order in which they were set up.

    Rooms with somebody come first, then those that nobody can tell of. A room that is known to be empty is left out.
    """
    certain = tuple(room.channel for room in rooms if room.occupied)
    uncertain = tuple(room.channel for room in rooms if room.occupied is None)
    return certain + uncertain
