"""Thresholds of one treadmill."""

from dataclasses import dataclass
from datetime import timedelta
from math import inf

from .hysteresis import NO_TIME


@dataclass(frozen=True, slots=True, kw_only=True)
class BeltSettings:
    """Thresholds of one treadmill's level, and the hold time of each.

    From `standby` on the electronics are awake, from `start` on the belt moves, below `stop` it stands still, from
    `run` on its runner runs; if `run` is None every movement counts as running. `patience` is the longest time to wait
    for an unknown level. A session ends after the `longest` time, and one of less than the `shortest` does not count.

    Raises ValueError with the name of the first setting that does not fit those before it.
    """

    standby: float
    start: float
    stop: float
    run: float | None
    start_hold: timedelta = timedelta(seconds=5)
    stop_hold: timedelta = timedelta(seconds=20)
    run_hold: timedelta = timedelta(seconds=10)
    slow_hold: timedelta = timedelta(seconds=15)
    patience: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=4)
    shortest: timedelta = timedelta(minutes=2)

    def __post_init__(self) -> None:
        """Refuse settings that can't distinguish a moving belt from a still one."""
        wrong = {
            "standby": not 0 <= self.standby < inf,
            "stop": not self.standby <= self.stop < inf,
            "start": not self.stop < self.start < inf,
            "run": self.run is not None and not self.start < self.run < inf,
            "start_hold": self.start_hold < NO_TIME,
            "stop_hold": self.stop_hold < NO_TIME,
            "run_hold": self.run_hold < NO_TIME,
            "slow_hold": self.slow_hold < NO_TIME,
            "patience": self.patience < NO_TIME,
            "longest": self.longest <= max(self.start_hold, self.stop_hold),
            "shortest": not NO_TIME <= self.shortest <= self.longest,
        }
        for name, is_wrong in wrong.items():
            if is_wrong:
                raise ValueError(name)
