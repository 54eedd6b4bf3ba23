"""The conditions of Home Gym, for the automation editor."""

from typing import ClassVar, override

import voluptuous as vol

from homeassistant.const import CONF_OPTIONS, STATE_ON, Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import (
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    Condition,
    ConditionConfig,
    EntityStateConditionBase,
)

from .targets import PROMPTED_HABITS, of_home_gym

CONF_HABIT = "habit"

HABIT_DUE_SCHEMA = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
    {vol.Required(CONF_OPTIONS): {vol.Required(CONF_HABIT): vol.In(PROMPTED_HABITS)}}
)


class BinarySensorCondition(EntityStateConditionBase):
    """Condition that passes while our binary sensors are on; missing and unavailable ones count as off."""

    _domain_specs = {Platform.BINARY_SENSOR: DomainSpec()}
    _states = {STATE_ON}
    _primary_entities_only: ClassVar[bool] = False
    _key: str

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the target's binary sensors of this kind."""
        return of_home_gym(self._hass, entities, domain=Platform.BINARY_SENSOR, key=self._key)

    @override
    def _check_all_match_state(self, states: list[State]) -> bool:
        """Return whether all sensors are on; false without any."""
        return bool(states) and super()._check_all_match_state(states)


class HabitDueCondition(BinarySensorCondition):
    """Condition that passes while a habit is due today."""

    _schema = HABIT_DUE_SCHEMA

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Read the chosen habit."""
        super().__init__(hass, config)
        self._key = f"{(config.options or {})[CONF_HABIT]}_due"


class RunningCondition(BinarySensorCondition):
    """Condition that passes while a runner is on a treadmill."""

    _key = "running"


class TreadmillInUseCondition(BinarySensorCondition):
    """Condition that passes while the belt of a treadmill moves."""

    _key = "in_use"


CONDITIONS: dict[str, type[Condition]] = {
    "is_habit_due": HabitDueCondition,
    "is_running": RunningCondition,
    "is_treadmill_in_use": TreadmillInUseCondition,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions by name."""
    return CONDITIONS
