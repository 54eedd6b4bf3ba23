"""Limits of time and memory for any recording."""

from collections.abc import Iterator
from contextlib import contextmanager
import time
import tracemalloc


@contextmanager
def within(*, seconds: float, mebibytes: float) -> Iterator[None]:
    """Fail if the body takes more memory or processor time; memory from before is not counted.

    Processor time passes only for this process, independent of the machine's other load.
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
