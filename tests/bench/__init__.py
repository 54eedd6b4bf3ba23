"""Benchmarks run by `scripts/bench`: a race of FIT readers, and the cost of long journals and large imports."""

from tests.support import home_assistant

__all__ = ["home_assistant"]
