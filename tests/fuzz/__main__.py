"""`scripts/fuzz`: tries inputs until their number is reached, and prints the seeds of failures."""

from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
import sys
import time

from . import originals
from .inputs import BUILT, COLLECTED
from .judge import Failure, failures, prepare

PART = 5000
"""Inputs of one task of a process."""


def main() -> None:
    """Run the fuzz."""
    parser = ArgumentParser(prog="scripts/fuzz", description="Mutate recordings, posts, archives and rows of journals.")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="inputs to try, half of them of the collection")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    origins = [BUILT, COLLECTED] if originals.collected() else [BUILT]
    each = options.inputs // len(origins)
    parts = [
        (origin, range(start, min(start + PART, options.first + each)))
        for start in range(options.first, options.first + each, PART)
        for origin in origins
    ]
    started, tried = time.monotonic(), Counter[str]()
    found: list[Failure] = []
    with ProcessPoolExecutor(options.workers, initializer=prepare, max_tasks_per_child=20) as pool:
        for (origin, seeds), failed in zip(parts, pool.map(failures, *zip(*parts, strict=True)), strict=True):
            tried[origin] += len(seeds)
            found += failed
            for failure in failed:
                sys.stdout.write(f"{failure.origin} {failure.seed}: {failure.reason}\n")
                sys.stdout.flush()
    counts = ", ".join(f"{number} of {origin}" for origin, number in tried.items())
    sys.stdout.write(f"{tried.total()} inputs ({counts}) in {time.monotonic() - started:.0f} s, {len(found)} failed\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
