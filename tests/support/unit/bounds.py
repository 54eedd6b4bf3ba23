"""Bounds that no recording may break, whoever made it."""

from collections.abc import Iterator
from contextlib import contextmanager
import time
import tracemalloc


@contextmanager
def within(*, seconds: float, mebibytes: float) -> Iterator[None]:
    """Fail where the body takes more memory, or longer on a processor; what was there before is not counted.

    A processor's time passes only while it works on this, whatever else the machine has to do.
    """
    tracemalloc.start()
    started = time.process_time()
    try:
        yield
        spent, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert spent < seconds, f"took {spent:.1f} s"
    assert peak < mebibytes * (1 << 20), f"took {peak / (1 << 20):.1f} MiB"
