"""The recorder's history and long-term statistics. Import this only where the recorder is in use."""

from homeassistant.components.recorder.history import (
    state_changes_during_period,  # power readings missed during a restart
)
from homeassistant.components.recorder.models import (
    StatisticData,  # the argument of `async_add_external_statistics`
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,  # the developer blog announces its changes; no documentation page has it
    get_metadata,  # whether a statistic exists, and under which name
    statistics_during_period,  # sums already stored, to write changes only
)

__all__ = [
    "StatisticData",
    "StatisticMeanType",
    "StatisticMetaData",
    "async_add_external_statistics",
    "get_metadata",
    "state_changes_during_period",
    "statistics_during_period",
]
