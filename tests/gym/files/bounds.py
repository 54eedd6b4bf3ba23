"""Bounds that no recording may break, whoever made it."""

from collections.abc import Iterator
from contextlib import contextmanager
import time
import tracemalloc


@contextmanager
def within(*, seconds: float, mebibytes: float) -> Iterator[None]:
    """Fail where the body takes longer or more memory; memory that was there before is not counted."""
    tracemalloc.start()
    started = time.perf_counter()
    try:
        yield
        spent, (_, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert spent < seconds, f"took {spent:.1f} s"
    assert peak < mebibytes * (1 << 20), f"took {peak / (1 << 20):.1f} MiB"
