"""The race of FIT readers over the collection of recordings, and the cost of scale, as two printed tables.

`python -m tests.bench [--rounds N]`, from the project's folder. Every reader runs in a process of its own, one after
the other, on the same files.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
import json
from pathlib import Path
from statistics import median
import subprocess
import sys

from tests.bench import cards, scale, services
from tests.corpus import FOLDER, Recorded, Seen, SeenRun, collection, deviations

HERE = Path(__file__).parent
NODE_MODULE = HERE.parents[1] / ".home_gym" / "bench" / "node_modules" / "@garmin" / "fitsdk"
SLOW_ROUNDS = 1
"""Rounds of readers that take ten seconds for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A reader in the race: its name in the table, its command, and the reason if it can't take part."""

    name: str
    command: Sequence[str | Path] = ()
    absent: str = ""
    rounds: int = SLOW_ROUNDS


def contestants(rounds: int) -> list[Contestant]:
    """Return the contestants, ours first."""
    script = HERE / "readers.py"
    python: list[str | Path] = [sys.executable, script]
    return [
        Contestant(name="Home Gym", command=[*python, "home_gym"], rounds=rounds),
        Contestant(name=f"garmin-fit-sdk {version('garmin-fit-sdk')}", command=[*python, "garmin-fit-sdk"]),
        Contestant(name=f"fitdecode {version('fitdecode')}", command=[*python, "fitdecode"]),
        node(rounds),
    ]


def node(rounds: int) -> Contestant:
    """Return Garmin's reader for Node.js, if scripts/bench could install it."""
    package = NODE_MODULE / "package.json"
    if not package.exists():
        return Contestant(name="@garmin/fitsdk on Node.js", absent="npm could not install it")
    described = json.loads(package.read_text())
    return Contestant(
        name=f"@garmin/fitsdk {described['version']} on Node.js",
        command=["node", HERE / "reader.mjs", NODE_MODULE / described["main"]],
        rounds=min(rounds, 3),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Result of a reader: seconds for all files (the median of its rounds), peak megabytes, files read right."""

    seconds: float
    peak: float
    right: int


def race(contestant: Contestant, recordings: Sequence[Recorded]) -> Result:
    """Run one reader over all recordings."""
    paths = "\n".join(str(recorded.path) for recorded in recordings)
    command = [*map(str, contestant.command), str(contestant.rounds)]
    run = subprocess.run(command, input=paths, capture_output=True, text=True, check=True)
    outcome = json.loads(run.stdout)
    right = sum(
        not deviations(recorded, seen(result), cadence=False)
        for recorded, result in zip(recordings, outcome["results"], strict=True)
    )
    return Result(seconds=median(outcome["seconds"]), peak=outcome["peak"], right=right)


def seen(result: dict[str, object]) -> Seen:
    """Return a reader's result of a file in the judge's form, without cadences, which other readers don't double."""
    runs = result["runs"]
    assert isinstance(runs, list)
    return Seen(kind=str(result["kind"]), runs=tuple(map(seen_run, runs)))


def seen_run(run: dict[str, str | float | None]) -> SeenRun:
    """Return one run in the judge's form."""
    start = datetime.fromisoformat(str(run["start"])) if run["start"] else None
    distance, moving_time, elapsed_time = (
        None if (figure := run[key]) is None else float(figure) for key in ("distance", "moving_time", "elapsed_time")
    )
    return SeenRun(
        start=start.astimezone(UTC) if start else None,
        distance=distance,
        moving_time=moving_time,
        elapsed_time=elapsed_time,
    )


def say(line: str) -> None:
    """Print a line of the table at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Run the race and print its table."""
    parser = ArgumentParser(prog="scripts/bench", description="Race FIT readers over the collection of recordings.")
    parser.add_argument("--rounds", type=int, default=7, help="rounds of the fast readers; their median counts")
    rounds = parser.parse_args().rounds
    recordings = [
        recorded for recorded in collection() if recorded.format == "fit" and recorded.path.suffix.lower() == ".fit"
    ]
    if not recordings:
        sys.exit(f"No collection of recordings in {FOLDER}: nothing to race over.")
    size = sum(recorded.path.stat().st_size for recorded in recordings) / 1e6
    say(f"{len(recordings)} FIT files, {size:.1f} MB, Python {sys.version.split()[0]}\n")
    say(f"{'reader':<32} {'files/s':>8} {'MB/s':>7} {'peak MB':>8} {'right':>10} {'ours wins':>9}")
    ours: Result | None = None
    for contestant in contestants(rounds):
        if contestant.absent:
            say(f"{contestant.name:<32} {contestant.absent}")
            continue
        result = race(contestant, recordings)
        ours = ours or result
        say(
            f"{contestant.name:<32} {len(recordings) / result.seconds:>8.1f} {size / result.seconds:>7.1f}"
            f" {result.peak:>8.0f} {f'{result.right} of {len(recordings)}':>10}"
            f" {result.seconds / ours.seconds:>8.1f}x"
        )
    scale.main()
    services.main()
    cards.main()


if __name__ == "__main__":
    main()
