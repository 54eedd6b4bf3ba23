"""Sensors of a treadmill: the duration of a session, and live figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, UnitOfLength, UnitOfSpeed, UnitOfTime

from ..const import CONF_ADDRESS
from ..gym.treadmill.presets import BeltFigure
from .coordinator import TreadmillCoordinator
from .entity import TreadmillEntity


@dataclass(frozen=True, kw_only=True)
class LiveSensorDescription(SensorEntityDescription):
    """A live figure of a treadmill."""

    value_fn: Callable[[TreadmillCoordinator], float | None]


SESSION_DURATION = SensorEntityDescription(
    key="session_duration",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.SECONDS,
    suggested_unit_of_measurement=UnitOfTime.MINUTES,
    state_class=SensorStateClass.MEASUREMENT,
    suggested_display_precision=0,
)

SESSION_DISTANCE = LiveSensorDescription(
    key="session_distance",
    device_class=SensorDeviceClass.DISTANCE,
    native_unit_of_measurement=UnitOfLength.METERS,
    suggested_display_precision=0,
    value_fn=lambda treadmill: treadmill.distance,
)

LIVE_SENSORS = (
    LiveSensorDescription(
        key="speed",
        device_class=SensorDeviceClass.SPEED,
        native_unit_of_measurement=UnitOfSpeed.METERS_PER_SECOND,
        suggested_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda treadmill: treadmill.live.speed if treadmill.live else None,
    ),
    LiveSensorDescription(
        key="inclination",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda treadmill: treadmill.live.inclination if treadmill.live else None,
    ),
    SESSION_DISTANCE,
)


def sensors_of(coordinator: TreadmillCoordinator) -> list[SensorEntity]:
    """Return the sensors of a treadmill."""
    sensors: list[SensorEntity] = [SessionDuration(coordinator, SESSION_DURATION)]
    if CONF_ADDRESS in coordinator.config_entry.data:
        sensors += [LiveSensor(coordinator, description) for description in LIVE_SENSORS]
    elif BeltFigure.DISTANCE in coordinator.config_entry.data:
        # The device of the treadmill's own entities shows the other figures.
        sensors.append(LiveSensor(coordinator, SESSION_DISTANCE))
    return sensors


class SessionDuration(TreadmillEntity, SensorEntity):
    """Duration of the current session on a treadmill, or of the last one."""

    @property
    @override
    def native_value(self) -> float | None:
        """Return the duration in seconds."""
        return self.coordinator.data.duration


class LiveSensor(TreadmillEntity, SensorEntity):
    """Live figure of a treadmill."""

    entity_description: LiveSensorDescription

    @property
    @override
    def available(self) -> bool:
        """Return whether the treadmill reports."""
        return self.coordinator.live is not None

    @property
    @override
    def native_value(self) -> float | None:
        """Return the figure."""
        return self.entity_description.value_fn(self.coordinator)
