"""Media players of other integrations: their own code, with the client of the device faked.

Each player records in `heard` the lines that its device was asked to play, with their volume, and in `volumes` the
volumes that the device itself was set to.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from aioesphomeapi import MediaPlayerState as EsphomeState

from homeassistant.components.alexa_devices.media_player import AlexaDevicesMediaPlayer
from homeassistant.components.alexa_devices.notify import NOTIFY, AmazonNotifyEntity
from homeassistant.components.apple_tv.media_player import AppleTvMediaPlayer
from homeassistant.components.bang_olufsen.media_player import BeoMediaPlayer
from homeassistant.components.cast import media_player as cast
from homeassistant.components.esphome.media_player import EsphomeMediaPlayer
from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.components.media_player.const import MediaPlayerEntityFeature as Feature, MediaPlayerState
from homeassistant.components.music_assistant.media_player import MusicAssistantPlayer
from homeassistant.components.notify import NotifyEntity
from homeassistant.components.sonos.media_player import SonosMediaPlayerEntity
from homeassistant.components.squeezebox.media_player import SqueezeBoxMediaPlayerEntity
from homeassistant.helpers.device_registry import DeviceInfo

SPEAKS = Feature.PLAY_MEDIA | Feature.VOLUME_SET


@dataclass(kw_only=True)
class Device:
    """A loudspeaker: the lines asked of it, the volume of each, its own volume and the changes of that."""

    heard: list[tuple[str, float | None]] = field(default_factory=list)
    volumes: list[float] = field(default_factory=list)
    volume: float = 0.15
    fault: Exception | None = None
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set at the end of a line, for clients that wait for it."""

    def clear(self) -> None:
        """Forget the lines and volumes so far."""
        self.heard.clear()
        self.volumes.clear()
        self.is_over.clear()

    def play(self, line: str, volume: float | None = None) -> None:
        """Play a line at a volume of its own, from 0 to 1, or at that of the device."""
        if self.fault:
            raise self.fault
        self.heard.append((line, volume))

    async def play_to_the_end(self, line: str, volume: float | None = None) -> None:
        """Play a line, and return at its end."""
        self.play(line, volume)
        await self.is_over.wait()

    def set_volume(self, level: float) -> None:
        """Change the device's own volume."""
        self.volume = level
        self.volumes.append(level)


@dataclass(frozen=True, kw_only=True)
class RealPlayer:
    """A media player with its device, and the notify entity beside it if it has one."""

    platform: str
    entity: MediaPlayerEntity
    device: Device
    notify: NotifyEntity | None = None


class _Plain:
    """Parts of an entity that ask its client for more than a line needs."""

    _attr_should_poll = False
    available = True
    device_info = None
    state = MediaPlayerState.PLAYING
    entity_picture = None
    capability_attributes = None
    extra_state_attributes = None

    @property
    def state_attributes(self) -> dict[str, Any]:
        """The volume, hidden by Home Assistant while a device is off."""
        level: float | None = getattr(self, "volume_level")  # noqa: B009  # of the other class
        return {} if self.state == MediaPlayerState.OFF else {"volume_level": level}

    async def async_added_to_hass(self) -> None:
        """Subscribe to nothing."""

    async def async_will_remove_from_hass(self) -> None:
        """Unsubscribe from nothing."""


def _plain(kind: type, **attributes: Any) -> Any:
    """Return a class with a player's own code for lines and volumes."""
    return type(kind.__name__, (_Plain, kind), attributes)


def _made(kind: Any, **attributes: Any) -> Any:
    """Return an entity without the connection that its constructor opens."""
    entity = kind.__new__(kind)
    for name, value in attributes.items():
        setattr(entity, name, value)
    return entity


_MusicAssistant = _plain(
    MusicAssistantPlayer, unique_id="music_assistant", supported_features=SPEAKS | Feature.MEDIA_ANNOUNCE
)


def music_assistant() -> RealPlayer:
    """Return a player of Music Assistant; its server answers at the end of a line."""
    device = Device()

    async def play_announcement(
        player: str,
        url: str,
        pre_announce: bool | None = None,
        pre_announce_url: str | None = None,
        volume_level: int | None = None,
    ) -> None:
        assert (player, pre_announce, pre_announce_url) == ("living_room", False, None)
        await device.play_to_the_end(url, None if volume_level is None else volume_level / 100)

    async def player_command_volume_set(_player: str, volume: int) -> None:
        device.set_volume(volume / 100)

    players = SimpleNamespace(play_announcement=play_announcement, player_command_volume_set=player_command_volume_set)
    entity = _made(
        _MusicAssistant, mass=SimpleNamespace(players=players), player_id="living_room", _attr_volume_level=0.15
    )
    return RealPlayer(platform="music_assistant", entity=entity, device=device)


_Sonos = _plain(SonosMediaPlayerEntity, supported_features=SPEAKS | Feature.MEDIA_ANNOUNCE, unique_id="sonos")


def sonos() -> RealPlayer:
    """Return a Sonos speaker with clips."""
    device = Device()

    async def play_clip(url: str, volume: int | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
        device.play(url, None if volume is None else volume / 100)
        return {"success": True}, {"id": "clip"}

    class Soco:
        @property
        def volume(self) -> int:
            return round(device.volume * 100)

        @volume.setter
        def volume(self, level: int) -> None:
            device.set_volume(level / 100)

    class Speaker:
        websocket = SimpleNamespace(play_clip=play_clip)
        soco = Soco()
        zone_name = "Living room"
        last_announce_id = None
        muted = False

        @property
        def volume(self) -> int:
            return self.soco.volume

    return RealPlayer(platform="sonos", entity=_made(_Sonos, speaker=Speaker()), device=device)


_Squeezebox = _plain(
    SqueezeBoxMediaPlayerEntity, supported_features=SPEAKS | Feature.MEDIA_ANNOUNCE, unique_id="squeezebox"
)


def squeezebox() -> RealPlayer:
    """Return a Squeezebox; its library returns at the end of a line."""
    device = Device()
    announce: dict[str, float | None] = {}

    async def async_load_url(url: str, cmd: str) -> bool:
        assert cmd == "announce"
        assert announce["timeout"] is not None
        assert announce["timeout"] >= 2
        volume = announce["volume"]
        await device.play_to_the_end(url, None if volume is None else volume / 100)
        return True

    player = SimpleNamespace(
        volume=100 * device.volume,
        muting=False,
        set_announce_volume=lambda volume: announce.update(volume=volume),
        set_announce_timeout=lambda timeout: announce.update(timeout=timeout),
        async_load_url=async_load_url,
    )
    entity = _made(_Squeezebox, _player=player, coordinator=SimpleNamespace(last_update_success=True))
    return RealPlayer(platform="squeezebox", entity=entity, device=device)


_BangOlufsen = _plain(BeoMediaPlayer, supported_features=SPEAKS | Feature.MEDIA_ANNOUNCE, unique_id="bang_olufsen")


def bang_olufsen() -> RealPlayer:
    """Return a Bang & Olufsen speaker with overlays."""
    device = Device()

    async def post_overlay_play(request: Any) -> None:
        volume = request.volume_absolute
        device.play(request.uri.location, None if volume is None else volume / 100)

    client = SimpleNamespace(post_overlay_play=post_overlay_play)
    volume = SimpleNamespace(level=SimpleNamespace(level=100 * device.volume), muted=None)
    return RealPlayer(
        platform="bang_olufsen", entity=_made(_BangOlufsen, _client=client, _volume=volume), device=device
    )


_Esphome = _plain(
    EsphomeMediaPlayer,
    supported_features=SPEAKS | Feature.MEDIA_ANNOUNCE,
    unique_id="esphome",
    has_entity_name=True,
    name="Esphome",
)


def esphome() -> RealPlayer:
    """Return a player of an ESPHome device."""
    device = Device()
    state = SimpleNamespace(state=EsphomeState.PLAYING, volume=device.volume, muted=False)

    def media_player_command(
        _key: int,
        *,
        media_url: str | None = None,
        announcement: bool | None = None,
        volume: float | None = None,
        command: object = None,
        device_id: int,
    ) -> None:
        assert (command, device_id) == (None, 0)
        if volume is not None:
            device.set_volume(volume)
            state.volume = volume
        if media_url:
            assert announcement is True
            device.play(media_url)

    entity = _made(
        _Esphome,
        _client=SimpleNamespace(media_player_command=media_player_command),
        _entry_data=SimpleNamespace(media_player_formats={}, available=True),
        _static_info=SimpleNamespace(device_id=0),
        _key=1,
        _state=state,
        _has_state=True,
    )
    return RealPlayer(platform="esphome", entity=entity, device=device)


_Cast = _plain(
    cast.CastMediaPlayerEntity,
    supported_features=SPEAKS,
    unique_id="cast",
    state=MediaPlayerState.OFF,
    app_id=None,
    app_name=None,
)


def cast_device() -> RealPlayer:
    """Return a Google Cast device that is off."""
    device = Device()
    entity = _made(_Cast)

    def set_volume(level: float) -> None:
        device.set_volume(level)
        entity._attr_volume_level = level

    async def no_platforms() -> dict[str, Any]:
        return {}

    platforms = SimpleNamespace(cast_platforms=SimpleNamespace(async_get_platforms=no_platforms))
    entity._chromecast = SimpleNamespace(set_volume=set_volume)
    entity._cast_info = SimpleNamespace(friendly_name="Kitchen")
    entity._config_entry = SimpleNamespace(runtime_data=platforms)
    entity._attr_volume_level = device.volume
    return RealPlayer(platform="cast", entity=entity, device=device)


_AppleTv = _plain(
    AppleTvMediaPlayer,
    supported_features=SPEAKS,
    unique_id="apple_tv",
    _is_feature_available=lambda _self, _feature: True,
)


def apple_tv() -> RealPlayer:
    """Return a HomePod, to which a line is streamed to its end."""
    device = Device()
    audio = SimpleNamespace(volume=100 * device.volume)

    async def set_volume(percent: float) -> None:
        device.set_volume(round(percent / 100, 3))
        audio.volume = percent

    audio.set_volume = set_volume
    atv = SimpleNamespace(stream=SimpleNamespace(stream_file=device.play_to_the_end), audio=audio)
    entity = _made(_AppleTv, atv=atv, _playing=None, _app_list={})
    return RealPlayer(platform="apple_tv", entity=entity, device=device)


ECHO = DeviceInfo(identifiers={("alexa_devices", "serial")}, name="Echo")


_Echo = _plain(AlexaDevicesMediaPlayer, device_info=ECHO)


_EchoSpeaks = _plain(AmazonNotifyEntity, device_info=ECHO, state_attributes=None, state=None)


def echo() -> RealPlayer:
    """Return an Echo with its notify entity, which speaks when Amazon's service likes."""
    device = Device()
    volume = SimpleNamespace(volume=15, is_muted=False)
    shown = SimpleNamespace(serial_number="serial", account_name="Echo", media_player_supported=True)

    async def call_alexa_speak(_device: object, message: str) -> None:
        device.play(message)

    async def set_device_volume(_device: object, percent: int) -> None:
        device.set_volume(percent / 100)
        volume.volume = percent

    async def call_alexa_music(_device: object, phrase: str, _provider: str) -> None:
        raise AssertionError(f"searched for music called {phrase}")

    api = SimpleNamespace(
        call_alexa_speak=call_alexa_speak, set_device_volume=set_device_volume, call_alexa_music=call_alexa_music
    )
    coordinator = SimpleNamespace(
        data={"serial": shown}, api=api, last_update_success=True, media_states={}, volume_states={"serial": volume}
    )
    about = {"coordinator": coordinator, "_serial_num": "serial"}
    speak = next(each for each in NOTIFY if each.key == "speak")
    return RealPlayer(
        platform="alexa_devices",
        entity=_made(_Echo, **about, _attr_unique_id="serial-media"),
        device=device,
        notify=_made(_EchoSpeaks, **about, _attr_unique_id="serial-speak", entity_description=speak),
    )


REAL_PLAYERS: tuple[Callable[[], RealPlayer], ...] = (
    music_assistant,
    sonos,
    squeezebox,
    bang_olufsen,
    esphome,
    cast_device,
    apple_tv,
    echo,
)
"""One of each integration."""


def casting(device: Device) -> Any:
    """Hand the lines for Google Cast to a device, in place of the library's connection."""

    def quick_play(_chromecast: object, app: str, data: dict[str, Any], **_: Any) -> None:
        assert app == "default_media_receiver"
        device.play(data["media_id"])

    return patch.object(cast, "quick_play", quick_play)
