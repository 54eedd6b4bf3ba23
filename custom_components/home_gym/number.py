"""Number entity to report back pain, from 0 to 10."""

from typing import override

from homeassistant.components.number import NumberEntity, NumberEntityDescription, NumberMode
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import HomeGymConfigEntry
from .entity import RunnerEntity
from .guarded_entity import GuardedEntity
from .gym import verbs
from .gym.back.pain import WORST
from .health_entities import async_opt_in
from .permissions import Right

PARALLEL_UPDATES = 0

BACK_PAIN = NumberEntityDescription(
    key="back_pain", native_min_value=0, native_max_value=WORST, native_step=1, mode=NumberMode.SLIDER
)


async def async_setup_entry(
    hass: HomeAssistant, entry: HomeGymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the number."""
    async_add_entities([BackPain(entry.runtime_data.coordinator, await async_opt_in(hass, BACK_PAIN))])


class BackPain(GuardedEntity, RunnerEntity, NumberEntity):
    """Number entity for the latest reported back pain; setting it reports a score."""

    @property
    @override
    def native_value(self) -> float | None:
        """Return the latest score of the last week."""
        return self.coordinator.data.pain.latest

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Report a score."""
        await self.async_require(Right.ACT, self.coordinator.config_entry)
        await self.coordinator.async_apply(verbs.report_pain(value))
