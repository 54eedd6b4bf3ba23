"""Select entity for the pair of the next run."""

from typing import override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .data import HomeGymConfigEntry
from .entity import RunnerEntity
from .guarded_entity import GuardedEntity
from .gym import verbs
from .gym.shoes.shoe import Shoe
from .permissions import Right

PARALLEL_UPDATES = 0

SHOE = SelectEntityDescription(key="shoe")


async def async_setup_entry(
    hass: HomeAssistant, entry: HomeGymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the choice of shoes."""
    async_add_entities([ShoeSelect(entry.runtime_data.coordinator, SHOE)])


class ShoeSelect(GuardedEntity, RunnerEntity, SelectEntity):
    """Select entity for the pair of the next run, among those in use."""

    @property
    def _shoes(self) -> tuple[Shoe, ...]:
        return self.coordinator.runner.settings.shoes

    @property
    def _names(self) -> dict[str, str]:
        return {shoe.id: shoe.name for shoe in self._shoes}

    @property
    @override
    def options(self) -> list[str]:
        """Return the names of the pairs in use; a retirement date may be in the future."""
        today = dt_util.now().date()
        return [shoe.name for shoe in self._shoes if not shoe.is_retired_on(today)]

    @property
    @override
    def current_option(self) -> str | None:
        """Return the name of the chosen pair."""
        return self._names.get(self.coordinator.data.chosen_shoe or "")

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str | None]:
        """Return the least recently worn pair if several are in use, as a hint to alternate."""
        return {"rested_longest": self._names.get(self.coordinator.data.rested_shoe or "")}

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose a pair by its name, which is unique for the runner."""
        await self.async_require(Right.ACT, self.coordinator.config_entry)
        shoe = next(shoe for shoe, name in self._names.items() if name == option)
        await self.coordinator.async_apply(verbs.choose_shoe(shoe))
