"""Activities from what other integrations show: one file for each service, and what they share.

A preset knows the shapes and traps of one service. It is given plain states and attributes and returns activities; it
does no I/O and neither waits nor remembers.
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
"""All services that are known, by the domain of their integration."""
