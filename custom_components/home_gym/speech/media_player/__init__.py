"""Media players: one driver for each platform that speaks in a way of its own, and a general one for all others."""

from collections.abc import Mapping

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import entity_sources

from ...ha.media_player import MediaPlayerEntityFeature as Feature
from .alexa_devices import AlexaDevicesDriver
from .alexa_media import AlexaMediaDriver
from .apple_tv import AppleTvDriver
from .bang_olufsen import BangOlufsenDriver
from .cast import CastDriver
from .driver import Driver, Refusal, Spoken, Timing, Traits, Utterance, VolumeOf, features_of
from .esphome import EsphomeDriver
from .general import GeneralDriver
from .group import GroupDriver
from .music_assistant import MusicAssistantDriver
from .sonos import SonosDriver
from .squeezebox import SqueezeboxDriver

__all__ = [
    "Driver",
    "Refusal",
    "Spoken",
    "Timing",
    "Traits",
    "Utterance",
    "VolumeOf",
    "driver_of",
    "features_of",
    "platform_of",
    "refusal_of",
]

GENERAL = GeneralDriver()

REFUSED: Mapping[str, Refusal] = {
    "androidtv_remote": Refusal.TELEVISION,
    "braviatv": Refusal.TELEVISION,
    "channels": Refusal.TELEVISION,
    "directv": Refusal.TELEVISION,
    "hdmi_cec": Refusal.TELEVISION,
    "horizon": Refusal.TELEVISION,
    "lg_netcast": Refusal.TELEVISION,
    "mediaroom": Refusal.TELEVISION,
    "philips_js": Refusal.TELEVISION,
    "samsungtv": Refusal.TELEVISION,
    "webostv": Refusal.TELEVISION,
    "xbox": Refusal.TELEVISION,
    "arcam_fmj": Refusal.RECEIVER,
    "cambridge_audio": Refusal.RECEIVER,
    "denon_rs232": Refusal.RECEIVER,
    "denonavr": Refusal.RECEIVER,
    "frontier_silicon": Refusal.RECEIVER,
    "onkyo": Refusal.RECEIVER,
    "russound_rio": Refusal.RECEIVER,
    "yamaha": Refusal.RECEIVER,
    "itunes": Refusal.LIBRARY,
    "jellyfin": Refusal.LIBRARY,
    "plex": Refusal.LIBRARY,
    "roon": Refusal.LIBRARY,
    "shelly": Refusal.LIBRARY,
    "spotify": Refusal.LIBRARY,
    "volumio": Refusal.LIBRARY,
    "yoto": Refusal.LIBRARY,
}
"""Platforms with an action to play media, but not from the address of a sound."""


def driver_of(hass: HomeAssistant, player: str) -> Driver:
    """Return the driver of a media player."""
    return DRIVERS.get(platform_of(hass, player), GENERAL)


def refusal_of(hass: HomeAssistant, player: str) -> Refusal | None:
    """Return the reason why a media player can't speak; None if it can."""
    if reason := REFUSED.get(platform_of(hass, player)):
        return reason
    driver = driver_of(hass, player)
    if not driver.traits(hass, player).takes_text and Feature.PLAY_MEDIA not in features_of(hass.states.get(player)):
        return Refusal.MUTE
    return driver.refusal(hass, player)


def platform_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return the integration of an entity, "" for an unknown one."""
    if entity := er.async_get(hass).async_get(entity_id):
        return entity.platform
    source = entity_sources(hass).get(entity_id)
    return source["domain"] if source else ""


DRIVERS: Mapping[str, Driver] = {
    "alexa_devices": AlexaDevicesDriver(),
    "alexa_media": AlexaMediaDriver(),
    "apple_tv": AppleTvDriver(),
    "bang_olufsen": BangOlufsenDriver(),
    "cast": CastDriver(),
    "esphome": EsphomeDriver(),
    "group": GroupDriver(driver_of),
    "music_assistant": MusicAssistantDriver(),
    "sonos": SonosDriver(),
    "squeezebox": SqueezeboxDriver(),
}
"""The driver of each platform that has one of its own."""
