"""The memory that reading takes: prints the megabytes beyond the resting process for each input, and the seconds.

`python -m tests.bench.memory [NAME…]`, from the project's folder, measures the offenders of the tests at their largest;
each in a process of its own, which imports it, and gets it as a post and as a recording in a folder.
"""

from collections.abc import Callable
from datetime import UTC, datetime
import gc
import json
from multiprocessing import get_context
from pathlib import Path
import subprocess
import sys
from tempfile import TemporaryDirectory
import time

from tests.support.offenders import OFFENDERS

LIMIT = 64
"""Megabytes beyond the resting process, for any single file, post or archive."""

PARTS = (1, 2, 4, 8, 16, 32, 100)
"""Shares of an offender's largest size that are measured: the largest may be refused before it takes memory."""

type Figures = dict[str, float]

FORM = "multipart/form-data; boundary=x"


def by_import(path: Path) -> None:
    """Import a file, batch by batch."""
    from custom_components.home_gym.importer.reader import IMPORT_START, ImportReader  # noqa: PLC0415

    reader = ImportReader(str(path), IMPORT_START)
    while reader.read():
        pass


def by_post(path: Path) -> None:
    """Read a file as the body of a post."""
    from custom_components.home_gym.gym.recordings.phone_json import DEFAULT_CONTEXT  # noqa: PLC0415
    from custom_components.home_gym.sources.webhook.endpoint import MAX_BODY  # noqa: PLC0415
    from custom_components.home_gym.sources.webhook.intake import parse_post  # noqa: PLC0415

    if path.stat().st_size <= MAX_BODY:
        body = path.read_bytes()
        kind = FORM if body.startswith(b"\r\n--x") else "application/octet-stream"
        parse_post(kind, body, DEFAULT_CONTEXT, datetime.now(UTC))


def by_folder(path: Path) -> None:
    """Read a file in a watched folder, in which nothing else changes."""
    from custom_components.home_gym.sources.folder.recordings import Recordings  # noqa: PLC0415

    recordings = Recordings(str(path.parent), 0)
    for now in (0.0, 20.0):
        found = recordings.find(now, lambda *_: False) or ()
        # Most inputs are read in the first second, others after they have settled.
        if readings := recordings.read(found, now):
            break
    recordings.settle(readings, taken={path.name}, now=now)


WAYS: dict[str, Callable[[Path], None]] = {"import": by_import, "post": by_post, "folder": by_folder}


def megabytes(field: str) -> float:
    """Return this process's memory in megabytes, current or peak."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(field))


def measure(way: str, path: Path) -> Figures:
    """Read a file in this process, and return the megabytes beyond those at rest, and the seconds."""
    gc.collect()
    # 5 resets the peak.
    Path("/proc/self/clear_refs").write_text("5")
    before, started = megabytes("VmRSS"), time.process_time()
    WAYS[way](path)
    return {"megabytes": megabytes("VmHWM") - before, "seconds": time.process_time() - started}


def measure_all(way: str, folder: Path) -> Figures:
    """Return the most that any file of a folder takes, each in a copy of this process that has read a small one."""
    small = folder.parent / "small" / "run.json"
    small.parent.mkdir(exist_ok=True)
    small.write_text("[]")
    WAYS[way](small)
    copies = get_context("fork")
    found = []
    for path in sorted(folder.glob("*/recording")):
        with copies.Pool(1) as pool:
            found.append(pool.apply(measure, (way, path)))
    return {key: max(figures[key] for figures in found) for key in found[0]}


def taken(name: str, way: str, folder: Path) -> Figures:
    """Return the most that an offender takes at its largest and at smaller sizes, measured in other processes."""
    offender = OFFENDERS[name]
    for part in PARTS:
        path = folder / name / str(part) / "recording"
        if not path.exists():
            path.parent.mkdir(parents=True)
            path.write_bytes(offender.build(offender.largest // part))
    command = [sys.executable, "-m", "tests.bench.memory", "--measure", way, str(folder / name)]
    found: Figures = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def main(names: list[str]) -> None:
    """Measure offenders, and print a table."""
    sys.stdout.write(f"{'memory beyond the resting process, limit 64 MB':<48} {'way':<8} {'MB':>6} {'s':>6}\n")
    for name in names or list(OFFENDERS):
        with TemporaryDirectory() as folder:
            for way in WAYS:
                found = taken(name, way, Path(folder))
                mark = "" if found["megabytes"] <= LIMIT else " TOO MUCH"
                line = f"{name:<48} {way:<8} {found['megabytes']:>6.0f} {found['seconds']:>6.2f}{mark}"
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        json.dump(measure_all(sys.argv[2], Path(sys.argv[3])), sys.stdout)
    else:
        main(sys.argv[1:])
