"""Fields of a speaker: a voice satellite, a media player or a phone."""

from typing import Any

import voluptuous as vol

from homeassistant.const import PERCENTAGE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import AreaSelector, NumberSelector, NumberSelectorConfig, NumberSelectorMode

from ..const import (
    CONF_AREA,
    CONF_CHIME,
    CONF_MEDIA_PLAYER,
    CONF_NOTIFY,
    CONF_PRESENCE,
    CONF_SATELLITE,
    CONF_TTS_ENGINE,
    CONF_VOLUME,
)
from ..ha.entities import BinarySensorDeviceClass
from .field import OptionField
from .selectors import entity, filtered_entity, switch


def _area(_: HomeAssistant) -> AreaSelector:
    return AreaSelector()


def _volume(_: HomeAssistant) -> Any:
    percent = NumberSelectorConfig(min=1, max=100, step=1, unit_of_measurement=PERCENTAGE, mode=NumberSelectorMode.BOX)
    return vol.All(NumberSelector(percent), vol.Coerce(int))


ROOM = (
    OptionField(key=CONF_AREA, selector=_area, is_required=False),
    OptionField(
        key=CONF_PRESENCE,
        selector=filtered_entity(
            Platform.BINARY_SENSOR,
            device_class=[
                BinarySensorDeviceClass.OCCUPANCY,
                BinarySensorDeviceClass.PRESENCE,
                BinarySensorDeviceClass.MOTION,
            ],
        ),
        is_required=False,
    ),
)
SATELLITE = (
    OptionField(
        key=CONF_SATELLITE,
        selector=filtered_entity("assist_satellite", feature="assist_satellite.AssistSatelliteEntityFeature.ANNOUNCE"),
    ),
    OptionField(key=CONF_CHIME, selector=switch, prefilled=True, in_diagnostics=True),
    *ROOM,
)
MEDIA_PLAYER = (
    OptionField(
        key=CONF_MEDIA_PLAYER,
        selector=filtered_entity("media_player", feature="media_player.MediaPlayerEntityFeature.PLAY_MEDIA"),
    ),
    OptionField(key=CONF_TTS_ENGINE, selector=entity("tts")),
    OptionField(key=CONF_VOLUME, selector=_volume, is_required=False, in_diagnostics=True),
    *ROOM,
)
NOTIFY = (OptionField(key=CONF_NOTIFY, selector=entity("notify")),)

SPEAKER = {CONF_SATELLITE: SATELLITE, CONF_MEDIA_PLAYER: MEDIA_PLAYER, CONF_NOTIFY: NOTIFY}
"""Fields of each kind of speaker, by the field that gives its entity."""
ENTITIES = {CONF_MEDIA_PLAYER, CONF_NOTIFY, CONF_PRESENCE, CONF_SATELLITE, CONF_TTS_ENGINE}
"""Fields that hold an entity, stored by its registry id."""
