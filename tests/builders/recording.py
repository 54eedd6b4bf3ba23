"""Content of a recording, independent of its format.

Nothing here knows of bytes or tags; `fit`, `tcx` and `gpx` write this description.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate


@dataclass(frozen=True, slots=True, kw_only=True)
class LapPlan:
    """One lap: moving seconds, metres, steps a minute of both feet, and a pause in seconds after it."""

    duration: float
    distance: float | None = None
    cadence: float | None = None
    intensity: str = "active"
    pause: float = 0

    @property
    def elapsed(self) -> float:
        """The seconds from the lap's start to the next lap's."""
        return self.duration + self.pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The device that recorded, by its makers' numbers in the FIT profile."""

    manufacturer: int = 1
    product: int = 4315
    product_name: str | None = None
    serial_number: int = 3_401_229_117


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One effort of one sport, in the FIT profile's words for sports.

    `cadence_fade` is how many steps a minute the cadence loses from the first record to the last, around each lap's
    own. `record_interval` is the seconds between records: 1 for a watch that writes each second, more for a watch
    that records smartly.
    """

    start: datetime
    laps: tuple[LapPlan, ...]
    sport: str = "running"
    sub_sport: str = "generic"
    heart_rate: int | None = 148
    power: int | None = None
    cadence_fade: float = 0
    record_interval: int = 1
    outdoors: bool = True
    watch: Watch = Watch()

    @property
    def moving_time(self) -> float:
        """The seconds of the watch's running timer."""
        return sum(lap.duration for lap in self.laps)

    @property
    def elapsed_time(self) -> float:
        """The seconds from start to end, pauses included."""
        return sum(lap.elapsed for lap in self.laps)

    @property
    def distance(self) -> float | None:
        """The metres of all laps, None if no lap has any."""
        known = [lap.distance for lap in self.laps if lap.distance is not None]
        return sum(known) if known else None

    @property
    def cadence(self) -> float | None:
        """The mean steps a minute, each lap weighted by its moving time."""
        known = [(lap.cadence, lap.duration) for lap in self.laps if lap.cadence is not None]
        weight = sum(duration for _, duration in known)
        return sum(cadence * duration for cadence, duration in known) / weight if weight else None

    @property
    def end(self) -> datetime:
        """The instant of the effort's end."""
        return self.start + timedelta(seconds=self.elapsed_time)

    def lap_starts(self) -> Iterator[tuple[datetime, LapPlan]]:
        """Give each lap with the instant of its start."""
        offsets = accumulate((lap.elapsed for lap in self.laps), initial=0.0)
        for offset, lap in zip(offsets, self.laps, strict=False):
            yield self.start + timedelta(seconds=offset), lap


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A watch's figures at one instant; positions are invented, on the open sea."""

    time: datetime
    distance: float | None
    speed: float | None
    cadence: float | None
    heart_rate: int | None
    power: int | None
    latitude: float | None
    longitude: float | None


METRES_A_DEGREE = 111_195.08
"""Metres along a meridian, on a sphere of 6 371 008.8 m."""


def samples(recording: Recording) -> Iterator[tuple[LapPlan, Sample]]:
    """Yield a watch's samples from start to end, each with its lap.

    The runner goes due north from a point at sea, so that the metres between positions are the metres run.
    """
    covered, moved = 0.0, 0.0
    for start, lap in recording.lap_starts():
        speed = lap.distance / lap.duration if lap.distance is not None and lap.duration else None
        offsets = [*range(0, int(lap.duration), recording.record_interval)]
        if lap.pause or lap is recording.laps[-1]:
            offsets.append(int(lap.duration))
        for offset in offsets:
            share = (moved + offset) / recording.moving_time if recording.moving_time else 0
            done = None if recording.distance is None else covered + offset * (speed or 0)
            placed = recording.outdoors and done is not None
            yield (
                lap,
                Sample(
                    time=start + timedelta(seconds=offset),
                    distance=done,
                    speed=speed,
                    cadence=None if lap.cadence is None else lap.cadence + recording.cadence_fade * (0.5 - share),
                    heart_rate=recording.heart_rate,
                    power=recording.power,
                    latitude=-30 + (done or 0) / METRES_A_DEGREE if placed else None,
                    longitude=-25.0 if placed else None,
                ),
            )
        covered += lap.distance or 0
        moved += lap.duration
