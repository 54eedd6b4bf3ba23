"""A switch thrown by a level that is noisy, by votes that are counted over time.

Nothing here knows of treadmills.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from ..codec.schema import Within

NO_TIME = timedelta(0)
# What speaks against a change weighs this much more than what speaks for it: spikes that come again and again, each
# shorter than the hold, never add up to a change unless they fill three quarters of the time.
WEIGHT_OF_DOUBT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How a toggle stands, and how the votes for the next change do.

    `since` is when the level first spoke for that change, None while nothing does. `held` is what the votes had come to
    at the instant `at`; from there on they grow (`trend` 1), wear off (-1) or stay as they are (0).
    """

    on: bool = False
    since: datetime | None = None
    held: timedelta = NO_TIME
    at: datetime | None = None
    trend: Annotated[int, Within(low=-1, high=1)] = 0


class Hysteresis:
    """On from one level, off below another that is not higher, each once it was so for the length of a hold.

    Time in which the level speaks for a change counts up to the hold, time in which it doesn't counts off again. Time
    in which the level is unknown counts as nothing. A change is dated to when the level first spoke for it.
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
        """Go on from a tally."""
        self._rise, self._rise_hold = rise, rise_hold
        self._fall, self._fall_hold = fall, fall_hold
        self._doubt = doubt
        self.tally = tally

    @property
    def on(self) -> bool:
        """Whether it is on."""
        return self.tally.on

    def vote(self, level: float | None, at: datetime, lost: datetime) -> None:
        """Count what was, and go on with another level.

        `lost` is since when nobody knows what the level was, or `at`: a level that came back low fell then at the
        earliest, and is taken to have done so.
        """
        began, held, trend = self.since(at), self._held(at), self._trend(level)
        if trend > 0 and began is None:
            began = lost if self.on else at
        self.tally = Tally(on=self.on, since=began, held=held, at=at, trend=trend)

    def since(self, at: datetime) -> datetime | None:
        """Return since when the level has spoken for a change, None where by then nothing of that is left."""
        return self.tally.since if self.tally.trend > 0 or self._held(at) else None

    def due(self) -> datetime | None:
        """Return when it changes unless the level does, None where nothing speaks for a change."""
        if self.tally.trend <= 0 or self.tally.at is None:
            return None
        return self.tally.at + (self._hold - self.tally.held)

    def flip(self) -> None:
        """Change."""
        self.reset(on=not self.on)

    def reset(self, *, on: bool) -> None:
        """Be on or off, with no votes for anything else."""
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
