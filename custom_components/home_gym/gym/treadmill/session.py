"""Treadmill sessions, open and closed.

A *level* measures the belt's effort: watts of a smart plug, or the metres a second that a Bluetooth treadmill reports.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from ..codec.schema import OneOf, Within

SLICE = timedelta(seconds=15)
_SLICE = SLICE.total_seconds()


class BeltState(StrEnum):
    """State of a treadmill."""

    OFF = "off"
    STANDBY = "standby"
    WALKING = "walking"
    RUNNING = "running"

    @property
    def is_moving(self) -> bool:
        """Whether the belt moves."""
        return self in (BeltState.WALKING, BeltState.RUNNING)


type Gait = Annotated[BeltState, OneOf(BeltState.WALKING, BeltState.RUNNING)]
type Sum = tuple[float, Annotated[float, Within(low=0, high=_SLICE)]]
"""Level times seconds of a slice, and the seconds of it that are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A part of a session with one gait."""

    state: Gait
    start: datetime
    end: datetime

    @property
    def duration(self) -> float:
        """The duration in seconds."""
        return (self.end - self.start).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time with a constant level."""

    start: datetime
    end: datetime
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BeltSession:
    """A closed session.

    The phases follow each other without a gap from start to end. `levels` are the means of each `SLICE` from the start
    on, the last of which may be cut short by the end; None if no level was known.
    """

    start: datetime
    end: datetime
    phases: tuple[Phase, ...]
    levels: tuple[float | None, ...]

    @property
    def running_time(self) -> float:
        """The seconds of running."""
        return sum(phase.duration for phase in self.phases if phase.state is BeltState.RUNNING)

    def slices(self, start: datetime, end: datetime) -> Iterable[tuple[float, float | None]]:
        """Yield the seconds and the mean level of each slice between two instants, as far as the session covers it."""
        start, end = max(start, self.start), min(end, self.end)
        for number, level in enumerate(self.levels):
            first = self.start + number * SLICE
            seconds = (min(end, first + SLICE) - max(start, first)).total_seconds()
            if seconds > 0:
                yield seconds, level

    def mean_level(self, start: datetime, end: datetime) -> float | None:
        """Return the mean of the known levels between two instants, None without any."""
        known = [(seconds, level) for seconds, level in self.slices(start, end) if level is not None]
        total = sum(seconds for seconds, _ in known)
        return sum(seconds * level for seconds, level in known) / total if total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session in progress: its closed phases, and its present gait with the instant at which that began.

    `sums` has, for each slice from the start on, the sum of level times seconds, and the seconds with a known level.
    """

    start: datetime
    gait: Gait
    since: datetime
    phases: tuple[Phase, ...] = ()
    sums: tuple[Sum, ...] = ()
    slowed: bool = False

    def __post_init__(self) -> None:
        """Refuse phases with gaps between the start and the present phase."""
        bounds = [self.start, *(instant for phase in self.phases for instant in (phase.start, phase.end)), self.since]
        gaps = bounds[::2], bounds[1::2]
        if any(one > other for one, other in pairwise(bounds)) or gaps[0] != gaps[1]:
            raise ValueError("phases")

    def changed(self, gait: BeltState, at: datetime) -> OpenSession:
        """Return the session continued in another gait."""
        over = Phase(state=self.gait, start=self.since, end=at)
        phases = (*self.phases, over) if over.duration else self.phases
        return replace(self, gait=gait, since=at, phases=phases)

    def measured(self, stretches: Iterable[Stretch]) -> OpenSession:
        """Return the session with the levels of these stretches added."""
        sums = list(self.sums)
        for stretch in stretches:
            self._add(sums, stretch)
        return replace(self, sums=tuple(sums))

    def running_time(self, until: datetime) -> float:
        """Return the seconds of running up to an instant."""
        return self.closed(until).running_time

    def closed(self, end: datetime) -> BeltSession:
        """Return the session as closed at an instant."""
        phases = (*self.phases, Phase(state=self.gait, start=self.since, end=max(end, self.since)))
        cut = (replace(phase, end=min(phase.end, end)) for phase in phases if phase.start < end)
        count = -((self.start - end) // SLICE)
        means = [total / seconds if seconds else None for total, seconds in self.sums[:count]]
        return BeltSession(
            start=self.start, end=end, phases=tuple(cut), levels=(*means, *[None] * (count - len(means)))
        )

    def _add(self, sums: list[tuple[float, float]], stretch: Stretch) -> None:
        start = max(stretch.start, self.start)
        while start < stretch.end:
            number = (start - self.start) // SLICE
            until = min(stretch.end, self.start + (number + 1) * SLICE)
            seconds = (until - start).total_seconds()
            sums.extend([(0.0, 0.0)] * (number + 1 - len(sums)))
            total, known = sums[number]
            sums[number] = total + stretch.level * seconds, known + seconds
            start = until
