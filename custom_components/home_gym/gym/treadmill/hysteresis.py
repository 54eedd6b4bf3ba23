"""Hysteresis: a switch controlled by a noisy level, through votes counted over time.

It is independent of treadmills.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from ..codec.schema import Within

NO_TIME = timedelta(0)
# Votes against a change weigh this much more than votes for it: repeated spikes, each shorter than the hold, never add
# up to a change unless they fill three quarters of the time.
WEIGHT_OF_DOUBT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """State of a hysteresis, and the votes for its next change.

    `since` is the instant of the first vote for that change, None without any. `held` is the sum of the votes at the
    instant `at`; from there on they grow (`trend` 1), decrease (-1) or stay the same (0).
    """

    on: bool = False
    since: datetime | None = None
    held: timedelta = NO_TIME
    at: datetime | None = None
    trend: Annotated[int, Within(low=-1, high=1)] = 0


class Hysteresis:
    """A switch that is on from one level and off below another, not higher one, each after a hold.

    Time in which the level votes for a change counts up to the hold, time in which it doesn't counts down again. Time
    in which the level is unknown counts as nothing. A change is dated to the level's first vote for it.
    """

    def __init__(
        self,
        *,
        rise: float,
        rise_hold: timedelta,
        fall: float,
        fall_hold: timedelta,
        doubt: int = WEIGHT_OF_DOUBT,
        tally: Tally,
    ) -> None:
        """Continue from a tally."""
        self._rise, self._rise_hold = rise, rise_hold
        self._fall, self._fall_hold = fall, fall_hold
        self._doubt = doubt
        self.tally = tally

    @property
    def on(self) -> bool:
        """Whether the switch is on."""
        return self.tally.on

    def vote(self, level: float | None, at: datetime, lost: datetime) -> None:
        """Count the votes of the previous level, and continue with another one.

        `lost` is the instant since which the level has been unknown, or `at`: a level that came back low is taken to
        have fallen at that instant, the earliest possible.
        """
        began, held, trend = self.since(at), self._held(at), self._trend(level)
        if trend > 0 and began is None:
            began = lost if self.on else at
        self.tally = Tally(on=self.on, since=began, held=held, at=at, trend=trend)

    def since(self, at: datetime) -> datetime | None:
        """Return the instant of the first vote for a change, None if no votes are left at `at`."""
        return self.tally.since if self.tally.trend > 0 or self._held(at) else None

    def due(self) -> datetime | None:
        """Return the time of the change at a constant level, None without votes for one."""
        if self.tally.trend <= 0 or self.tally.at is None:
            return None
        return self.tally.at + (self._hold - self.tally.held)

    def flip(self) -> None:
        """Change to the other state."""
        self.reset(on=not self.on)

    def reset(self, *, on: bool) -> None:
        """Set the state, without votes for a change."""
        self.tally = Tally(on=on)

    @property
    def _hold(self) -> timedelta:
        return self._fall_hold if self.on else self._rise_hold

    def _trend(self, level: float | None) -> int:
        if level is None:
            return 0
        speaks_for_change = level < self._fall if self.on else level >= self._rise
        return 1 if speaks_for_change else -1

    def _held(self, at: datetime) -> timedelta:
        tally = self.tally
        passed = at - (tally.at or at)
        votes = passed if tally.trend > 0 else tally.trend * self._doubt * passed
        return min(max(tally.held + votes, NO_TIME), self._hold)
