"""Bounds of one input: no untyped error, no second of processor time, no 64 megabytes of memory."""

from collections.abc import Iterable
from dataclasses import dataclass
import gc
from os import nice
from pathlib import Path
import time
import traceback

from .inputs import check, input_of

SECONDS, MEGABYTES = 1.0, 64.0
AT_ONCE = 100
"""Inputs between two looks at the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A seed whose input broke a bound, and how."""

    origin: str
    seed: int
    reason: str


def prepare() -> None:
    """Prepare a process: it yields to others, and its garbage collector looks at nothing from before the inputs."""
    nice(10)
    gc.collect()
    gc.freeze()


def failures(origin: str, seeds: Iterable[int]) -> list[Failure]:
    """Return the failures among the inputs of these seeds."""
    seeds = list(seeds)
    found = []
    for start in range(0, len(seeds), AT_ONCE):
        part = seeds[start : start + AT_ONCE]
        given = [input_of(origin, seed) for seed in part]
        before = _rest()
        for seed, one in zip(part, given, strict=True):
            if reason := _broken(lambda one=one: check(one)):
                found.append(Failure(origin=origin, seed=seed, reason=reason))
        if _megabytes("VmHWM") - before > MEGABYTES:
            found += [failure for seed in part if (failure := _too_large(origin, seed))]
    return found


def _broken(reading: object) -> str | None:
    """Return how a reading breaks a bound of time, or fails; None within them."""
    assert callable(reading)
    started = time.process_time()
    try:
        reading()
    # Whatever is raised here is the result.
    except Exception:  # noqa: BLE001
        return traceback.format_exc()
    spent = time.process_time() - started
    return f"took {spent:.2f} s" if spent > SECONDS else None


def _too_large(origin: str, seed: int) -> Failure | None:
    given = input_of(origin, seed)
    before = _rest()
    check(given)
    taken = _megabytes("VmHWM") - before
    return Failure(origin=origin, seed=seed, reason=f"took {taken:.0f} MB") if taken > MEGABYTES else None


def _rest() -> float:
    """Return the memory at rest, from which the peak counts."""
    gc.collect()
    # 5 resets the peak.
    Path("/proc/self/clear_refs").write_text("5")
    return _megabytes("VmRSS")


def _megabytes(field: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(field))
