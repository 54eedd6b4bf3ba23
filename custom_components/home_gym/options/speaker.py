"""Fields of a speaker: a voice satellite, a media player, a notify action or a phone."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.const import PERCENTAGE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    AreaSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
)

from ..const import (
    CONF_AREA,
    CONF_CHIME,
    CONF_IS_SPOKEN,
    CONF_MEDIA_PLAYER,
    CONF_NIGHT_VOLUME,
    CONF_NOTIFY,
    CONF_NOTIFY_ACTION,
    CONF_PRESENCE,
    CONF_ROOMS,
    CONF_SATELLITE,
    CONF_SHOWS_ROUTINE,
    CONF_SHOWS_TREADMILL,
    CONF_TTS_ENGINE,
    CONF_VOLUME,
)
from ..ha.entities import BinarySensorDeviceClass
from .field import OptionField
from .selectors import entity, filtered_entity, some_of, switch


def _area(_: HomeAssistant) -> AreaSelector:
    return AreaSelector()


def _volume(_: HomeAssistant) -> Any:
    percent = NumberSelectorConfig(min=1, max=100, step=1, unit_of_measurement=PERCENTAGE, mode=NumberSelectorMode.BOX)
    return vol.All(NumberSelector(percent), vol.Coerce(int))


def _notify_action(hass: HomeAssistant) -> SelectSelector:
    actions = sorted(name for name in hass.services.async_services_for_domain(Platform.NOTIFY) if _is_offered(name))
    return SelectSelector(SelectSelectorConfig(options=actions))


def _is_offered(name: str) -> bool:
    """Return whether a notify action is one to choose: phones have entities, and others are Home Assistant's own."""
    return name not in {"send_message", "notify", "persistent_notification"} and not name.startswith("mobile_app_")


VOLUMES = (
    OptionField(key=CONF_VOLUME, selector=_volume, is_required=False, in_diagnostics=True),
    OptionField(key=CONF_NIGHT_VOLUME, selector=_volume, is_required=False, in_diagnostics=True),
)
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
    *VOLUMES,
    *ROOM,
)
MEDIA_PLAYER = (
    OptionField(
        key=CONF_MEDIA_PLAYER,
        selector=filtered_entity("media_player", feature="media_player.MediaPlayerEntityFeature.PLAY_MEDIA"),
    ),
    OptionField(key=CONF_TTS_ENGINE, selector=entity("tts"), is_required=False),
    *VOLUMES,
    *ROOM,
)
NOTIFY = (
    OptionField(key=CONF_NOTIFY, selector=entity("notify")),
    OptionField(key=CONF_SHOWS_ROUTINE, selector=switch, prefilled=True, in_diagnostics=True),
    OptionField(key=CONF_SHOWS_TREADMILL, selector=switch, prefilled=False, in_diagnostics=True),
)
NOTIFY_ACTION = (
    OptionField(key=CONF_NOTIFY_ACTION, selector=_notify_action, in_diagnostics=True),
    OptionField(key=CONF_ROOMS, selector=some_of((), custom_value=True), is_required=False),
    OptionField(key=CONF_IS_SPOKEN, selector=switch, prefilled=True, in_diagnostics=True),
    *ROOM,
)

SPEAKER = {
    CONF_SATELLITE: SATELLITE,
    CONF_MEDIA_PLAYER: MEDIA_PLAYER,
    CONF_NOTIFY_ACTION: NOTIFY_ACTION,
    CONF_NOTIFY: NOTIFY,
}
"""Fields of each kind of speaker, by the field that gives its entity."""
ENTITIES = {CONF_MEDIA_PLAYER, CONF_NOTIFY, CONF_PRESENCE, CONF_SATELLITE, CONF_TTS_ENGINE}
"""Fields that hold an entity, stored by its registry id."""


def is_written(speaker: Mapping[str, Any]) -> bool:
    """Return whether a speaker shows its lines in place of speaking them."""
    return CONF_NOTIFY in speaker or (CONF_NOTIFY_ACTION in speaker and not speaker[CONF_IS_SPOKEN])
