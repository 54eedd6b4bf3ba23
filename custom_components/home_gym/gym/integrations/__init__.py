"""Activities from the entities of other integrations: a file for each service, and their shared parts.

A preset knows the data formats and pitfalls of one service. It takes plain states and attributes and returns
activities; it does no I/O, never waits, and keeps no state.
"""

from collections.abc import Mapping

from . import (
    garmin_connect,
    ha_strava,
    hae_ingest,
    health_bridge,
    oura,
    polar,
    suunto_app,
    withings,
    zepp2hass,
)
from .model import Preset

PRESETS: Mapping[str, Preset] = {
    preset.service: preset
    for preset in (
        garmin_connect.PRESET,
        ha_strava.PRESET,
        hae_ingest.PRESET,
        health_bridge.PRESET,
        oura.PRESET,
        polar.PRESET,
        suunto_app.PRESET,
        withings.PRESET,
        zepp2hass.PRESET,
    )
}
"""Presets of all supported services, by the domain of their integration."""
