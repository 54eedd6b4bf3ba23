"""Driver of a media player's platform: how it speaks a line, at which volume, and when the line is over."""

from abc import ABC, abstractmethod
import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, override

from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES, Platform
from homeassistant.core import HomeAssistant, State

from ...ha.media_player import MediaPlayerEntityFeature as Feature, MediaType

SERVICE_PLAY_MEDIA = "play_media"
ATTR_MEDIA_ANNOUNCE = "announce"
ATTR_MEDIA_CONTENT_ID = "media_content_id"
ATTR_MEDIA_CONTENT_TYPE = "media_content_type"
ATTR_MEDIA_EXTRA = "extra"

# A call that should last as long as its line, and lasts less than this share of it, has only started the line.
RETURNED_EARLY = 0.5

type Restore = Callable[[], Awaitable[None]]


class Timing(StrEnum):
    """The moment that the end of a driver's call stands for."""

    STARTED = "started"
    """The line begins."""
    HEARD = "heard"
    """The line was heard to its end."""
    UNKNOWN = "unknown"
    """A service has the text, and speaks when it likes."""


class VolumeOf(StrEnum):
    """The volume that a driver sets."""

    LINE = "line"
    """That of the line alone; music keeps its own."""
    PLAYER = "player"
    """That of the player, restored after the line."""
    FIXED = "fixed"
    """None."""


class Refusal(StrEnum):
    """Reasons why a media player can't be driven; the texts name the remedy."""

    MUTE = "player_is_mute"
    TELEVISION = "player_is_television"
    RECEIVER = "player_is_receiver"
    LIBRARY = "player_is_library"
    ECHO_WITHOUT_NOTIFY = "echo_without_notify"
    ALEXA_MEDIA_WITHOUT_ACTION = "alexa_media_without_action"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """The abilities of a driver on one player; `takes_text` is False where it needs a rendered sound."""

    timing: Timing
    volume: VolumeOf
    takes_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A line for a driver: its text, its sound for players unless they take text, and its length.

    `volume` is in per cent, None for the current one. `patience` are the seconds without a reaction after which a
    player counts as failed.
    """

    text: str
    media_id: str = ""
    length: timedelta
    volume: int | None
    patience: float

    def patience_for(self, timing: Timing) -> float:
        """Return the seconds that a call may take: those of the line as well, where it lasts as long."""
        return self.patience + (self.length.total_seconds() if timing is Timing.HEARD else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The end of a driver's call: the time that the line still lasts, and the function to restore the player after."""

    remaining: timedelta
    restore: Restore


async def async_nothing() -> None:
    """Restore nothing."""


class Driver(ABC):
    """Driver of one platform's media players."""

    @abstractmethod
    def traits(self, hass: HomeAssistant, player: str) -> Traits:
        """Return the abilities on a player."""

    @abstractmethod
    async def async_say(self, hass: HomeAssistant, player: str, utterance: Utterance) -> Spoken:
        """Speak a line.

        Raises HomeAssistantError for a failed player, which is then restored, and TimeoutError for a silent one.
        """

    def refusal(self, hass: HomeAssistant, player: str) -> Refusal | None:  # noqa: ARG002
        """Return the reason why a player can't be driven; None if it can."""
        return None


class ClipDriver(Driver):
    """Base of the drivers of platforms with clips over the music, at a volume of their own."""

    timing = Timing.STARTED

    @abstractmethod
    def fields_for(self, utterance: Utterance) -> Mapping[str, Any]:
        """Return the platform's own fields of the action."""

    @override
    def traits(self, hass: HomeAssistant, player: str) -> Traits:
        """Return the abilities."""
        return Traits(timing=self.timing, volume=VolumeOf.LINE)

    @override
    async def async_say(self, hass: HomeAssistant, player: str, utterance: Utterance) -> Spoken:
        """Play the clip."""
        said = async_announce(hass, player, utterance, self.fields_for(utterance))
        patience = utterance.patience_for(self.timing)
        remaining = await async_timed(hass, said, utterance.length, self.timing, patience)
        return Spoken(remaining=remaining, restore=async_nothing)


async def async_timed(
    hass: HomeAssistant, call: Awaitable[None], length: timedelta, timing: Timing, patience: float
) -> timedelta:
    """Await a call that speaks a line of a length, and return the time that the line lasts after it.

    Raises TimeoutError after `patience` seconds.
    """
    started = hass.loop.time()
    async with asyncio.timeout(patience):
        await call
    if timing is not Timing.HEARD:
        return length
    passed = timedelta(seconds=hass.loop.time() - started)
    return timedelta(0) if passed >= RETURNED_EARLY * length else length - passed


async def async_announce(
    hass: HomeAssistant, player: str, utterance: Utterance, extra: Mapping[str, Any] | None = None
) -> None:
    """Play an utterance's sound as an announcement, with the fields of a platform."""
    sound = {
        ATTR_MEDIA_CONTENT_ID: utterance.media_id,
        ATTR_MEDIA_CONTENT_TYPE: MediaType.MUSIC,
        ATTR_MEDIA_ANNOUNCE: True,
    }
    await async_call(hass, player, SERVICE_PLAY_MEDIA, **sound, **({ATTR_MEDIA_EXTRA: dict(extra)} if extra else {}))


async def async_play_media(hass: HomeAssistant, player: str, url: str) -> None:
    """Play a sound as media of its own, over which lines can be announced."""
    sound = {ATTR_MEDIA_CONTENT_ID: url, ATTR_MEDIA_CONTENT_TYPE: MediaType.MUSIC}
    await async_call(hass, player, SERVICE_PLAY_MEDIA, **sound)


async def async_call(hass: HomeAssistant, player: str, service: str, **data: Any) -> None:
    """Call an action of a media player, and wait for its end."""
    await hass.services.async_call(Platform.MEDIA_PLAYER, service, {ATTR_ENTITY_ID: player, **data}, blocking=True)


def features_of(state: State | None) -> Feature:
    """Return the features of a media player."""
    return Feature(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) if state else 0)
