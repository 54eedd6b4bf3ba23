"""Binary sensors: activity, due habits, due replacements, and advice to see a professional."""

from typing import override

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_INSOLES_SINCE, SUBENTRY_SHOE
from .data import HomeGymConfigEntry
from .entity import RunnerEntity, SubentryEntity
from .gym.habits.due import ON_REQUEST
from .gym.habits.habit import Habit
from .ha.entities import BinarySensorDeviceClass, BinarySensorEntity, BinarySensorEntityDescription
from .health_entities import async_opt_in
from .subentry_entities import async_keep_to_subentries
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
    """Add the binary sensors of a runner and of each pair, or those of a treadmill."""
    if isinstance(entry.runtime_data, TreadmillCoordinator):
        treadmill = entry.runtime_data
        async_add_entities([InUse(treadmill, IN_USE)])
        return
    coordinator = entry.runtime_data.coordinator
    see_professional = SeeProfessional(coordinator, await async_opt_in(hass, SEE_PROFESSIONAL))
    async_add_entities([Running(coordinator, RUNNING), see_professional])
    async_add_entities(HabitDue(coordinator, description) for description in DUE.values())

    def of_shoe(shoe: ConfigSubentry) -> list[SubentryEntity]:
        if shoe not in coordinator.shoes:
            return []
        insoles = [InsolesDue(coordinator, INSOLES_DUE, shoe)] if CONF_INSOLES_SINCE in shoe.data else []
        return [ReplacementDue(coordinator, REPLACEMENT_DUE, shoe), *insoles]

    async_keep_to_subentries(
        entry.runtime_data, async_add_entities, of_shoe, kind=SUBENTRY_SHOE, platform=Platform.BINARY_SENSOR
    )


class InUse(TreadmillEntity, BinarySensorEntity):
    """Binary sensor for a moving belt."""

    @property
    @override
    def available(self) -> bool:
        """Return whether the treadmill reports."""
        return self.coordinator.data.available

    @property
    @override
    def is_on(self) -> bool:
        """Return whether the belt moves."""
        return self.coordinator.data.in_use


class Running(RunnerEntity, BinarySensorEntity):
    """Binary sensor for a run on a treadmill in progress."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether the runner is on a treadmill."""
        return self.coordinator.data.running


class HabitDue(RunnerEntity, BinarySensorEntity):
    """Binary sensor for a habit due today."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether the habit is due."""
        due = {f"{habit}_due" for habit in self.coordinator.data.due}
        return self.entity_description.key in due


class SeeProfessional(RunnerEntity, BinarySensorEntity):
    """Binary sensor for advice to see a professional about the back."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether there is such advice."""
        return self.coordinator.data.pain.advice is not None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str | None]:
        """Return the reason; the place of the pain stays private."""
        return {"reason": self.coordinator.data.pain.advice}


class ReplacementDue(SubentryEntity, BinarySensorEntity):
    """Binary sensor for a pair at the end of its distance."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether the pair is worn out."""
        return self.coordinator.data.shoes[self.subentry].replacement_due

    @property
    @override
    def extra_state_attributes(self) -> dict[str, bool]:
        """Return whether the pair has passed its warning distance."""
        return {"well_worn": self.coordinator.data.shoes[self.subentry].warning}


class InsolesDue(SubentryEntity, BinarySensorEntity):
    """Binary sensor for insoles at the end of their distance."""

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the insoles are worn out."""
        return self.coordinator.data.shoes[self.subentry].insoles_due
