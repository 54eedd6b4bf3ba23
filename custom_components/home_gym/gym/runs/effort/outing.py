"""Outings: runs and moments less than an hour apart, with the pauses between them.

A jog, a race and a jog home are one outing, and so are intervals, a drink on the way, and a workout in three
recordings. The coach asks about outings, never about recordings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from ..run import Run

APART = timedelta(hours=1)
"""Runs so far apart are two outings."""
# A shorter one asks for nothing by itself.
SHORTEST_TIME = timedelta(minutes=10).total_seconds()
SHORTEST_DISTANCE = 1_500.0
# Outings of the same weekday tell whether another recording follows, and when.
WEEKDAYS_LEARNT_FROM = 4
# The pauses of some weeks tell how long the next one may be; one long pause is chance.
PAUSES_LEARNT_FROM = 20
# What is awaited may take longer than before by this factor.
LONGER_THAN_USUAL = 1.25
LONGEST_PAUSE = timedelta(minutes=20)
LONGEST_WAIT = timedelta(minutes=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """Runs that belong to one going-out, from `start` to `end`, moments such as a treadmill's start included."""

    start: datetime
    end: datetime
    runs: tuple[Run, ...] = ()

    @property
    def activities(self) -> frozenset[str]:
        """The ids of all activities of its runs."""
        return frozenset(activity for run in self.runs for activity in run.activities)

    @property
    def last_run(self) -> Run | None:
        """The run that ended last, None before the first is known."""
        return max(self.runs, key=lambda run: (run.end, run.id), default=None)

    @property
    def is_short(self) -> bool:
        """Whether its runs are too short to ask for anything; an unknown figure is never too short."""
        if not self.runs:
            return False
        durations, distances = [run.duration for run in self.runs], [run.distance for run in self.runs]
        too_brief = all(durations) and sum(known or 0 for known in durations) < SHORTEST_TIME
        too_near = all(distances) and sum(known or 0 for known in distances) < SHORTEST_DISTANCE
        return too_brief or too_near

    @property
    def pauses(self) -> list[timedelta]:
        """The times between its runs."""
        runs = sorted(self.runs, key=lambda run: (run.start, run.id))
        ends = [max(run.end for run in runs[: number + 1]) for number in range(len(runs) - 1)]
        return [run.start - end for run, end in zip(runs[1:], ends, strict=True) if run.start > end]

    def includes(self, instant: datetime) -> bool:
        """Return whether an instant is less than the time between two outings away."""
        return self.start - APART < instant < self.end + APART


def outings_of(runs: Iterable[Run], moments: Iterable[datetime] = ()) -> list[Outing]:
    """Return the outings of runs and other moments, the earliest first."""
    parts = [Outing(start=run.start, end=run.end, runs=(run,)) for run in runs]
    parts += [Outing(start=moment, end=moment) for moment in moments]
    found: list[Outing] = []
    for part in sorted(parts, key=lambda part: (part.start, part.end)):
        last = found[-1] if found else None
        if last is None or part.start - last.end >= APART:
            found.append(part)
        else:
            found[-1] = replace(last, end=max(last.end, part.end), runs=(*last.runs, *part.runs))
    return found


def usual_pause(pauses: Iterable[timedelta]) -> timedelta:
    """Return the longest pause to wait for, by those so far in their order; none before the second."""
    latest = sorted([*pauses][-PAUSES_LEARNT_FROM:])
    return min(latest[-2] * LONGER_THAN_USUAL, LONGEST_PAUSE) if len(latest) > 1 else timedelta(0)


def wait_for_more(outing: Outing, earlier: Sequence[Outing]) -> timedelta:
    """Return the time after its last run in which another recording of an outing is likely, none for a whole one.

    It is, where most of the earlier outings of the same weekday had more recordings than the present one so far.
    """
    last = outing.last_run
    if last is None:
        return timedelta(0)
    weekday = last.day.weekday()
    others = (other for other in reversed(earlier) if other.runs and other.runs[0].day.weekday() == weekday)
    alike = list(islice((other for other in others if other.end < outing.start), WEEKDAYS_LEARNT_FROM))
    following = [_time_to_next(other, len(outing.runs)) for other in alike if len(other.runs) > len(outing.runs)]
    if len(following) < 2 or len(following) * 2 <= len(alike):
        return timedelta(0)
    return min(max(following) * LONGER_THAN_USUAL, LONGEST_WAIT)


def _time_to_next(outing: Outing, number: int) -> timedelta:
    """Return the time from the end of the first runs of an outing to the end of the next one."""
    runs = sorted(outing.runs, key=lambda run: (run.end, run.id))
    return runs[number].end - runs[number - 1].end
