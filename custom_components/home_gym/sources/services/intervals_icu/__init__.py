"""intervals.icu, by the key that its settings page shows."""

from .client import IntervalsIcu

__all__ = ["IntervalsIcu"]
