"""Turns what was chosen in the UI into what the levels of a treadmill mean."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ..const import (
    CONF_ADDRESS,
    CONF_LONGEST,
    CONF_PATIENCE,
    CONF_RUN,
    CONF_RUN_HOLD,
    CONF_STANDBY,
    CONF_START,
    CONF_START_HOLD,
    CONF_STOP,
    CONF_STOP_HOLD,
)
from ..gym.treadmill.settings import BeltSettings

# A Bluetooth treadmill tells its speed: metres a second, where walking ends at about seven kilometres an hour. That it
# could be connected is no sign that somebody came, for it is tried now and then all day.
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
    """Return what the levels of a treadmill mean, from its entry's data in watts, seconds, and minutes.

    Raises ValueError with the name of the first setting that does not fit the others.
    """
    if CONF_ADDRESS in data:
        return BY_SPEED
    return BeltSettings(
        standby=data[CONF_STANDBY],
        start=data[CONF_START],
        stop=data[CONF_STOP],
        run=data.get(CONF_RUN),
        start_hold=timedelta(seconds=data[CONF_START_HOLD]),
        stop_hold=timedelta(seconds=data[CONF_STOP_HOLD]),
        run_hold=timedelta(seconds=data[CONF_RUN_HOLD]),
        patience=timedelta(seconds=data[CONF_PATIENCE]),
        longest=timedelta(minutes=data[CONF_LONGEST]),
    )
