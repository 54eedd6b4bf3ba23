"""Exertion: figures of the strain of an effort, as a watch computed them or its wearer rated them."""

from dataclasses import dataclass

EASIEST, HARDEST = 1, 10
"""Ends of the scale on which a runner rates an outing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartRateZones:
    """Seconds in each zone of the heart rate, as the watch counted them.

    `seconds` are those below the first limit, between each limit and the next, and above the last. `limits` are beats
    a minute, empty if the recording has none.
    """

    seconds: tuple[float, ...]
    limits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exertion:
    """Strain of an effort.

    `training_load` is the watch's own measure, without a unit. The aerobic and the anaerobic training effect are from
    0 to 5. `perceived` is the rate of perceived exertion from 0 to 10, `feel` the wearer's well-being from 0 (very
    weak) to 100 (very strong).
    """

    training_load: float | None = None
    aerobic_effect: float | None = None
    anaerobic_effect: float | None = None
    perceived: float | None = None
    feel: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartRateProfile:
    """The wearer's resting and maximum heart rate, as set in the watch or learnt by it, in beats a minute."""

    resting: float | None = None
    maximum: float | None = None
