"""Switch entity for the coach's voice."""

from typing import Any, override

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import HomeGymConfigEntry
from .entity import RunnerEntity
from .guarded_entity import GuardedEntity
from .gym import verbs
from .ha.entities import SwitchEntity, SwitchEntityDescription
from .permissions import Right

PARALLEL_UPDATES = 0

VOICE = SwitchEntityDescription(key="voice", entity_category=EntityCategory.CONFIG)


async def async_setup_entry(
    hass: HomeAssistant, entry: HomeGymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the coach's voice."""
    async_add_entities([VoiceSwitch(entry.runtime_data.coordinator, VOICE)])


class VoiceSwitch(GuardedEntity, RunnerEntity, SwitchEntity):
    """Switch entity for the coach's voice."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether the coach may speak."""
        return self.coordinator.data.may_speak

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch the voice on."""
        await self.async_require(Right.ACT, self.coordinator.config_entry)
        await self.coordinator.async_apply(verbs.allow_voice(True))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch the voice off."""
        await self.async_require(Right.ACT, self.coordinator.config_entry)
        await self.coordinator.async_apply(verbs.allow_voice(False))
