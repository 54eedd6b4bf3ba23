"""Binary sensors: what is due."""

from typing import override

from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_INSOLES_SINCE
from .data import HomeGymConfigEntry
from .entity import RunnerEntity, ShoeEntity
from .gym.habits.due import ON_REQUEST
from .gym.habits.habit import Habit
from .ha.entities import BinarySensorDeviceClass, BinarySensorEntity, BinarySensorEntityDescription
from .health_entities import async_opt_in
from .treadmill.coordinator import TreadmillConfigEntry, TreadmillCoordinator
from .treadmill.entity import TreadmillEntity

PARALLEL_UPDATES = 0

IN_USE = BinarySensorEntityDescription(key="in_use", device_class=BinarySensorDeviceClass.RUNNING)
RUNNING = BinarySensorEntityDescription(key="running", device_class=BinarySensorDeviceClass.RUNNING)
DUE = {habit: BinarySensorEntityDescription(key=f"{habit}_due") for habit in Habit if habit not in ON_REQUEST}
SEE_PROFESSIONAL = BinarySensorEntityDescription(key="see_professional", device_class=BinarySensorDeviceClass.PROBLEM)
REPLACEMENT_DUE = BinarySensorEntityDescription(key="replacement_due", device_class=BinarySensorDeviceClass.PROBLEM)
INSOLES_DUE = BinarySensorEntityDescription(key="insoles_due", device_class=BinarySensorDeviceClass.PROBLEM)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HomeGymConfigEntry | TreadmillConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add what goes on, and what can be due: habits, and the replacement of each pair."""
    if isinstance(entry.runtime_data, TreadmillCoordinator):
        treadmill = entry.runtime_data
        async_add_entities([InUse(treadmill, IN_USE)])
        return
    coordinator = entry.runtime_data.coordinator
    see_professional = SeeProfessional(coordinator, await async_opt_in(hass, SEE_PROFESSIONAL))
    async_add_entities([Running(coordinator, RUNNING), see_professional])
    async_add_entities(HabitDue(coordinator, description) for description in DUE.values())
    for subentry in coordinator.shoes:
        entities: list[BinarySensorEntity] = [ReplacementDue(coordinator, REPLACEMENT_DUE, subentry)]
        if CONF_INSOLES_SINCE in subentry.data:
            entities.append(InsolesDue(coordinator, INSOLES_DUE, subentry))
        async_add_entities(entities, config_subentry_id=subentry.subentry_id)


class InUse(TreadmillEntity, BinarySensorEntity):
    """Whether the belt of a treadmill moves."""

    @property
    @override
    def available(self) -> bool:
        """Return whether anything is known of it."""
        return self.coordinator.data.available

    @property
    @override
    def is_on(self) -> bool:
        """Return whether it moves."""
        return self.coordinator.data.in_use


class Running(RunnerEntity, BinarySensorEntity):
    """Whether the runner runs on a treadmill right now."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether a treadmill tells so."""
        return self.coordinator.data.running


class HabitDue(RunnerEntity, BinarySensorEntity):
    """Whether today calls for a habit that wasn't done yet."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether it is due."""
        due = {f"{habit}_due" for habit in self.coordinator.data.due}
        return self.entity_description.key in due


class SeeProfessional(RunnerEntity, BinarySensorEntity):
    """Whether what was reported of the back calls for a professional."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether it does."""
        return self.coordinator.data.pain.advice is not None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str | None]:
        """Return why; where it hurts is nobody else's business."""
        return {"reason": self.coordinator.data.pain.advice}


class ReplacementDue(ShoeEntity, BinarySensorEntity):
    """Whether a pair has run its distance."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether it is worn out."""
        return self.coordinator.data.shoes[self.shoe].replacement_due

    @property
    @override
    def extra_state_attributes(self) -> dict[str, bool]:
        """Return whether it passed the distance at which its owner wants to be warned."""
        return {"well_worn": self.coordinator.data.shoes[self.shoe].warning}


class InsolesDue(ShoeEntity, BinarySensorEntity):
    """Whether the insoles of a pair have run their distance."""

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether they are worn out."""
        return self.coordinator.data.shoes[self.shoe].insoles_due
