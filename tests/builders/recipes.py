"""Ready-made recordings for demos and end-to-end tests: a run as people run it, and the habits that watches record."""

from datetime import datetime
from typing import Literal

from .fit import build_fit
from .recording import LapPlan, Recording, Watch


def run_recording(
    start: datetime,
    distance: float,
    moving_time: float,
    cadence: float = 174,
    *,
    warm_up: float = 0,
    cool_down: float = 0,
    pause: float = 0,
    cadence_fade: float = 0,
    heart_rate: int | None = 148,
    power: int | None = None,
    surface: Literal["road", "trail", "treadmill", "track"] = "road",
    watch: Watch = Watch(),
) -> bytes:
    """Return the FIT file of a run.

    `distance` is metres, `moving_time` and `pause` are seconds, `cadence` is steps a minute of both feet. `warm_up`
    and `cool_down` are the seconds of `moving_time` that the watch's own warm-up and cool-down laps take. The run
    ends `moving_time + pause` seconds after `start`.
    """
    laps = [
        LapPlan(
            duration=duration,
            distance=distance * duration / moving_time,
            cadence=cadence,
            intensity=intensity,
            pause=pause if intensity == "active" else 0,
        )
        for intensity, duration in (
            ("warm_up", warm_up),
            ("active", moving_time - warm_up - cool_down),
            ("cool_down", cool_down),
        )
        if duration > 0
    ]
    return build_fit(
        Recording(
            start=start,
            laps=tuple(laps),
            sub_sport="generic" if surface == "road" else surface,
            cadence_fade=cadence_fade,
            heart_rate=heart_rate,
            power=power,
            outdoors=surface != "treadmill",
            watch=watch,
        )
    )


def habit_recording(
    start: datetime,
    duration: float,
    kind: Literal["strength_training", "yoga", "pilates", "flexibility_training", "breathing"] = "strength_training",
    *,
    heart_rate: int | None = 104,
    watch: Watch = Watch(),
) -> bytes:
    """Return the FIT file of a session on the mat, `duration` in seconds."""
    return build_fit(
        Recording(
            start=start,
            laps=(LapPlan(duration=duration),),
            sport="training",
            sub_sport=kind,
            heart_rate=heart_rate,
            outdoors=False,
            watch=watch,
        )
    )


def strength_recording(start: datetime, duration: float) -> bytes:
    """Return the FIT file of a strength session, `duration` in seconds."""
    return habit_recording(start, duration, "strength_training")


def yoga_recording(start: datetime, duration: float) -> bytes:
    """Return the FIT file of a yoga session, `duration` in seconds."""
    return habit_recording(start, duration, "yoga")
