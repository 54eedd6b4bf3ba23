"""Base of the drivers that hand the text of a line to a service with a voice of its own."""

from abc import abstractmethod
import asyncio
from typing import override

from homeassistant.core import HomeAssistant

from ...ha.media_player import MediaPlayerEntityFeature as Feature
from .driver import Driver, Spoken, Timing, Traits, Utterance, VolumeOf, features_of
from .volume import Loudness, async_restored, async_set_back, async_set_before


class TextDriver(Driver):
    """Driver of a player with a text service, which doesn't report the moment of speaking."""

    @override
    def traits(self, hass: HomeAssistant, player: str) -> Traits:
        """Return the abilities; where the player has a volume, the service speaks at it."""
        has_volume = Feature.VOLUME_SET in features_of(hass.states.get(player))
        return Traits(timing=Timing.UNKNOWN, volume=VolumeOf.PLAYER if has_volume else VolumeOf.FIXED, takes_text=True)

    @abstractmethod
    async def async_send(self, hass: HomeAssistant, player: str, text: str) -> None:
        """Hand over the text; raises HomeAssistantError."""

    @override
    async def async_say(self, hass: HomeAssistant, player: str, utterance: Utterance) -> Spoken:
        """Hand over the text at the wanted volume, which stays until the text should be over."""
        loudness: Loudness | None = None

        async def restore() -> None:
            await async_restored(player, utterance.patience, async_set_back(hass, player, loudness))

        try:
            async with asyncio.timeout(utterance.patience):
                loudness = await async_set_before(hass, player, utterance.volume)
                await self.async_send(hass, player, utterance.text)
        except BaseException:
            await restore()
            raise
        return Spoken(remaining=utterance.length, restore=restore)
