"""Sensors of a treadmill: how long a session takes, and what one on Bluetooth says meanwhile."""

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
from ..gym.treadmill.ftms import TreadmillData
from .coordinator import TreadmillCoordinator
from .entity import TreadmillEntity


@dataclass(frozen=True, kw_only=True)
class LiveSensorDescription(SensorEntityDescription):
    """A figure of a Bluetooth treadmill, and where its words have it."""

    value_fn: Callable[[TreadmillData], float | None]


SESSION_DURATION = SensorEntityDescription(
    key="session_duration",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.SECONDS,
    suggested_unit_of_measurement=UnitOfTime.MINUTES,
    state_class=SensorStateClass.MEASUREMENT,
    suggested_display_precision=0,
)

LIVE_SENSORS = (
    LiveSensorDescription(
        key="speed",
        device_class=SensorDeviceClass.SPEED,
        native_unit_of_measurement=UnitOfSpeed.METERS_PER_SECOND,
        suggested_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda live: live.speed,
    ),
    LiveSensorDescription(
        key="inclination",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda live: live.inclination,
    ),
    LiveSensorDescription(
        key="session_distance",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_display_precision=0,
        value_fn=lambda live: live.total_distance,
    ),
)


def sensors_of(coordinator: TreadmillCoordinator) -> list[SensorEntity]:
    """Return the sensors of a treadmill."""
    sensors: list[SensorEntity] = [SessionDuration(coordinator, SESSION_DURATION)]
    if CONF_ADDRESS in coordinator.config_entry.data:
        sensors += [LiveSensor(coordinator, description) for description in LIVE_SENSORS]
    return sensors


class SessionDuration(TreadmillEntity, SensorEntity):
    """How long the session on a treadmill has been going on, or how long the last one was."""

    @property
    @override
    def native_value(self) -> float | None:
        """Return the seconds."""
        return self.coordinator.data.duration


class LiveSensor(TreadmillEntity, SensorEntity):
    """What a Bluetooth treadmill says while somebody runs on it."""

    entity_description: LiveSensorDescription

    @property
    @override
    def available(self) -> bool:
        """Return whether it says anything."""
        return self.coordinator.live is not None

    @property
    @override
    def native_value(self) -> float | None:
        """Return the figure."""
        live = self.coordinator.live
        return self.entity_description.value_fn(live) if live else None
