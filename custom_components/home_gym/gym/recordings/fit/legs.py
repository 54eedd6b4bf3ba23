"""Assignment of records and laps to the sessions of a FIT file."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from .layout import Message
from .profile import Key
from .records import Records


@dataclass(frozen=True, slots=True)
class Leg:
    """A session with its records and laps."""

    session: Message
    records: Records
    laps: list[Message]


def span(numbers: dict[Key, float]) -> tuple[float | None, float | None]:
    """Return the raw start and end of a lap or session; a missing one is derived from the other."""
    start, end = numbers.get(Key.START_TIME), numbers.get(Key.TIMESTAMP)
    elapsed = numbers.get(Key.ELAPSED_TIME)
    if start is None and end is not None and elapsed is not None:
        start = end - elapsed
    if end is None and start is not None and elapsed is not None:
        end = start + elapsed
    return start, end


def legs(sessions: list[Message], records: Records, laps: list[Message]) -> list[Leg]:
    """Return each session with its records and laps, in the order of the sessions.

    A single session has all of them. Of several, each has those from its start to its end or to the start of the next,
    so that nothing is counted twice; a session without times has none.
    """
    if len(sessions) == 1:
        return [Leg(sessions[0], records, laps)]
    timed = sorted((start, end, index) for index, (start, end) in enumerate(map(_known_span, sessions)) if end > 0)
    limits = {
        index: (start, min(end + 1, next_start))
        for (start, end, index), (next_start, _, _) in pairwise([*timed, (inf, inf, len(sessions))])
    }
    laps = sorted(laps, key=_lap_start)
    lap_starts = [_lap_start(lap) for lap in laps]
    found = []
    for index, session in enumerate(sessions):
        start, limit = limits.get(index, (0, 0))
        first, last = bisect_left(lap_starts, start), bisect_left(lap_starts, limit)
        found.append(Leg(session, records.between(start, limit), laps[first:last]))
    return found


def _known_span(session: Message) -> tuple[float, float]:
    """Return a session's start and end, zeros if unknown."""
    start, end = span(session.numbers)
    return (0, 0) if start is None or end is None else (start, end)


def _lap_start(lap: Message) -> float:
    """Return the start of a lap; a lap without one is sorted to the end."""
    start, _ = span(lap.numbers)
    return inf if start is None else start
