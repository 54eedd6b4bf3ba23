"""Detector settings of a treadmill from its config entry."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ..const import CONF_ADDRESS
from ..gym.treadmill.settings import BeltSettings
from ..options.field import settings_from
from ..options.treadmill import THRESHOLDS

# A Bluetooth treadmill reports its speed in metres a second; walking ends at about seven kilometres an hour. A
# connection alone is no sign of a runner, since connecting is attempted now and then all day.
BY_SPEED = BeltSettings(
    standby=0.1,
    stop=0.1,
    start=0.2,
    run=1.95,
    start_hold=timedelta(seconds=2),
    stop_hold=timedelta(seconds=10),
    run_hold=timedelta(seconds=5),
)


def belt_settings(data: Mapping[str, Any]) -> BeltSettings:
    """Return the detector settings from an entry's data in watts, seconds, and minutes.

    Raises ValueError with the name of the first setting that contradicts the others.
    """
    if CONF_ADDRESS in data:
        return BY_SPEED
    # Without a power threshold for running, every movement counts as running.
    return settings_from(BeltSettings, THRESHOLDS, data, run=None)
