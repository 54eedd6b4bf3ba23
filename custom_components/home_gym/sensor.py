"""Sensors of a runner, of each pair of shoes, and of a treadmill."""

from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import Platform, UnitOfLength
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util.unit_conversion import DistanceConverter

from .const import CONF_PRICE, SUBENTRY_SHOE
from .data import HomeGymConfigEntry, RunnerData
from .entity import RunnerEntity, SubentryEntity
from .gym.routines.player import PlayerState
from .health_entities import async_opt_in
from .sensor_descriptions import (
    HEALTH_SENSORS,
    RUNNER_SENSORS,
    SHOE_SENSORS,
    RunnerSensorDescription,
    ShoeSensorDescription,
    Value,
)
from .subentry_entities import async_keep_to_subentries
from .treadmill.coordinator import TreadmillConfigEntry, TreadmillCoordinator
from .treadmill.sensors import sensors_of

PARALLEL_UPDATES = 0

ROUTINE_DESCRIPTION = SensorEntityDescription(
    key="routine", device_class=SensorDeviceClass.ENUM, options=list(PlayerState)
)
ROUTINE_ATTRIBUTES = ("habit", "exercise", "side", "step", "steps", "ends")

COST = SensorEntityDescription(key="cost", state_class=SensorStateClass.MEASUREMENT, suggested_display_precision=2)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HomeGymConfigEntry | TreadmillConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of a runner and of each pair, or those of a treadmill."""
    if isinstance(entry.runtime_data, TreadmillCoordinator):
        async_add_entities(sensors_of(entry.runtime_data))
        return
    gym = entry.runtime_data
    coordinator = gym.coordinator
    descriptions = [
        await async_opt_in(hass, description) if description.key in HEALTH_SENSORS else description
        for description in RUNNER_SENSORS
    ]
    async_add_entities(RunnerSensor(coordinator, description) for description in descriptions)
    async_add_entities([RoutineSensor(gym)])

    def of_shoe(shoe: ConfigSubentry) -> list[SubentryEntity]:
        if shoe not in coordinator.shoes:
            return []
        sensors: list[SubentryEntity] = [ShoeSensor(coordinator, shown, shoe) for shown in SHOE_SENSORS]
        return [*sensors, CostSensor(coordinator, COST, shoe)] if CONF_PRICE in shoe.data else sensors

    async_keep_to_subentries(gym, async_add_entities, of_shoe, kind=SUBENTRY_SHOE, platform=Platform.SENSOR)


class HomeUnitSensor(SensorEntity):
    """Sensor for a distance in kilometres or miles, by the home's unit system."""

    @property
    @override
    def suggested_unit_of_measurement(self) -> str | None:
        """Return the home's unit for distances."""
        described = self.entity_description.suggested_unit_of_measurement
        if self.device_class is SensorDeviceClass.DISTANCE and described is None:
            return self.hass.config.units.length_unit
        return super().suggested_unit_of_measurement


class RunnerSensor(RunnerEntity, HomeUnitSensor):
    """Sensor for a figure of the runner."""

    entity_description: RunnerSensorDescription

    @property
    @override
    def native_value(self) -> Value:
        """Return the figure."""
        return self.entity_description.value_fn(self.coordinator.data)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Value | list[str]] | None:
        """Return the attributes of the figure, None for most."""
        attributes_fn = self.entity_description.attributes_fn
        return attributes_fn(self.coordinator.data) if attributes_fn else None


class RoutineSensor(RunnerEntity, SensorEntity):
    """Sensor for the guided routine's state and current step."""

    def __init__(self, gym: RunnerData) -> None:
        """Show a runner's routine."""
        super().__init__(gym.coordinator, ROUTINE_DESCRIPTION)
        self._routines = gym.routines

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the routine's own updates."""
        await super().async_added_to_hass()
        self.async_on_remove(self._routines.async_listen(self.async_write_ha_state))

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Leave the state alone: a new summary is no step."""

    @property
    @override
    def native_value(self) -> str:
        """Return the state."""
        player = self._routines.player
        return player.state if player else PlayerState.IDLE

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str | int | None]:
        """Return the step, and the end of the step or of the rest after it."""
        player = self._routines.player
        step = player.step if player else None
        if player is None or step is None:
            return dict.fromkeys(ROUTINE_ATTRIBUTES)
        return {
            "habit": player.routine.habit,
            "exercise": step.exercise or step.name,
            "side": step.side,
            "step": player.number,
            "steps": player.steps,
            "ends": player.ends.isoformat() if player.ends else None,
        }


class ShoeSensor(SubentryEntity, HomeUnitSensor):
    """Sensor for a figure of a pair."""

    entity_description: ShoeSensorDescription

    @property
    @override
    def native_value(self) -> Value:
        """Return the figure."""
        return self.entity_description.value_fn(self.coordinator.data.shoes[self.subentry])


class CostSensor(SubentryEntity, SensorEntity):
    """Sensor for a pair's cost by kilometre or mile so far."""

    @property
    @override
    def native_unit_of_measurement(self) -> str:
        """Return the home's currency by its unit for distances."""
        return f"{self.hass.config.currency}/{self.hass.config.units.length_unit}"

    @property
    @override
    def native_value(self) -> float | None:
        """Return the cost by distance."""
        a_metre = self.coordinator.data.shoes[self.subentry].cost_per_metre
        unit = self.hass.config.units.length_unit
        return None if a_metre is None else a_metre * DistanceConverter.convert(1, unit, UnitOfLength.METERS)
