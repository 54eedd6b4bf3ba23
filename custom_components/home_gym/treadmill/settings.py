"""Detector settings of a treadmill from its config entry."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ..const import CONF_ADDRESS, CONF_SPEED_UNIT
from ..gym.treadmill.presets import BeltFigure
from ..gym.treadmill.quirks import Quirk, SpeedUnit
from ..gym.treadmill.settings import BeltSettings
from ..options.field import settings_from
from ..options.treadmill import THRESHOLDS

# Bluetooth and a treadmill's entities report the speed, here in metres a second; walking ends at about seven kilometres
# an hour. A connection alone is no sign of a runner, since connecting is attempted now and then all day.
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
    if CONF_ADDRESS in data or BeltFigure.SPEED in data:
        return BY_SPEED
    # Without a power threshold for running, every movement counts as running.
    return settings_from(BeltSettings, THRESHOLDS, data, run=None)


def references_in(data: Mapping[str, Any]) -> dict[BeltFigure, str]:
    """Return the references to a treadmill's entities from its entry's data, by their figure."""
    return {figure: data[figure] for figure in BeltFigure if figure in data}


def quirks_in(data: Mapping[str, Any]) -> frozenset[Quirk]:
    """Return the quirks that its user chose for a treadmill."""
    return frozenset({Quirk.IN_MILES} if data.get(CONF_SPEED_UNIT) == SpeedUnit.MILES else ())
