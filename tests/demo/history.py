"""A few months of a runner's life, as a watch's files."""

from collections.abc import Iterator
from datetime import datetime, timedelta
import os
from pathlib import Path
from random import Random
from typing import Literal

from tests.builders import run_recording, strength_recording, yoga_recording

WEEKS = 16
RUN_MINUTES = 40
RUN_METRES = 7_240.0

type File = tuple[str, datetime, bytes]


def write_history(folder: Path, now: datetime) -> int:
    """Write the files of the time before `now` to a folder, and return their number."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, end, data in past(now):
        path = folder / name
        path.write_bytes(data)
        os.utime(path, (end.timestamp(), end.timestamp()))
        count += 1
    return count


def write_recording(path: Path, now: datetime) -> None:
    """Write a run that ended two minutes before `now`, complete at once, as a careful watch would."""
    start = now - timedelta(minutes=RUN_MINUTES + 2)
    data = run_recording(start, RUN_METRES, RUN_MINUTES * 60.0, 174, warm_up=300, cool_down=240, cadence_fade=4)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(data)
    draft.rename(path)


def past(now: datetime) -> Iterator[File]:
    """Yield each file's name, its end, and its content, oldest first; the same files for the same day."""
    chance = Random(42)
    first = (now - timedelta(days=now.weekday(), weeks=WEEKS)).replace(hour=0, minute=0, second=0, microsecond=0)
    for week in range(WEEKS + 1):
        monday = first + timedelta(weeks=week)
        files = [*_runs(monday, week, chance), *_habits(monday, chance)]
        # future runs are not recorded, and the last hours stay free for the run to try
        yield from sorted((file for file in files if file[1] < now - timedelta(hours=6)), key=lambda file: file[1])


def _runs(monday: datetime, week: int, chance: Random) -> Iterator[File]:
    """Yield a week's runs: two easy ones, one fast, one long; every fourth week is a light one."""
    load = (0.7 if week % 4 == 3 else 1.0) * (1 + week / 60)
    plans: tuple[tuple[int, int, float, float, Literal["road", "trail", "treadmill", "track"], int], ...] = (
        (1, 18, 6_500, 5.7, "road", 0),
        (3, 18, 8_000, 5.0, "track", 600),
        (5, 9, 6_000, 5.9, "treadmill", 0),
        (6, 8, 12_500, 5.8, "trail" if week % 3 == 1 else "road", 300),
    )
    for day, hour, metres, pace, surface, warm_up in plans:
        if chance.random() < 0.1:
            continue
        start = monday + timedelta(days=day, hours=hour, minutes=chance.randrange(50))
        distance = metres * load * chance.uniform(0.94, 1.06)
        seconds = round(distance / 1000 * pace * chance.uniform(0.97, 1.03) * 60)
        data = run_recording(
            start,
            distance,
            seconds,
            round(184 - 2.2 * pace + chance.uniform(-2, 2)),
            warm_up=warm_up,
            cool_down=warm_up / 2,
            pause=chance.choice((0, 0, 40, 90)),
            cadence_fade=chance.uniform(0, 5),
            heart_rate=round(178 - 6 * pace),
            surface=surface,
        )
        yield _file(start, "run", seconds, data)


def _habits(monday: datetime, chance: Random) -> Iterator[File]:
    """Yield a week's sessions on the mat: strength once to three times, yoga on some evenings."""
    for day, likely in ((0, 0.9), (2, 0.85), (4, 0.3)):
        if chance.random() < likely:
            start = monday + timedelta(days=day, hours=19, minutes=chance.randrange(45))
            seconds = 60 * chance.randrange(14, 26)
            yield _file(start, "strength", seconds, strength_recording(start, seconds))
    if chance.random() < 0.85:
        start = monday + timedelta(days=4, hours=20, minutes=chance.randrange(45))
        seconds = 60 * chance.randrange(15, 40)
        yield _file(start, "yoga", seconds, yoga_recording(start, seconds))


def _file(start: datetime, kind: str, seconds: int, data: bytes) -> File:
    """Name a file as a watch does."""
    return f"{start:%Y-%m-%d-%H-%M-%S}-{kind}.fit", start + timedelta(seconds=seconds), data
