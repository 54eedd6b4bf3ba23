"""The conditions of Home Gym, for the automation editor."""

from typing import Any, ClassVar, Unpack, cast, override

import voluptuous as vol

from homeassistant.const import CONF_FOR, CONF_OPTIONS, STATE_ON, Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import (
    ATTR_BEHAVIOR,
    BEHAVIOR_ALL,
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    Condition,
    ConditionCheckParams,
    ConditionConfig,
    EntityStateConditionBase,
)
from homeassistant.helpers.target import TargetSelection
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util

from .data import RunnerData, async_loaded_runners
from .runner_states import RUNNING
from .targets import PROMPTED_HABITS, of_home_gym, runner_in

CONF_HABIT = "habit"

HABIT_DUE_SCHEMA = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
    {vol.Required(CONF_OPTIONS): {vol.Required(CONF_HABIT): vol.In(PROMPTED_HABITS)}}
)


class RunnerCondition(Condition):
    """Condition that passes while the runners in its target are in a state, whichever of their entities are enabled.

    A runner whose entry is not loaded is in no state.
    """

    _schema: ClassVar[Any] = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL
    _state: str

    @override
    @classmethod
    async def async_validate_config(cls, hass: HomeAssistant, config: ConfigType) -> ConfigType:
        """Validate target and options."""
        return cast("ConfigType", cls._schema(config))

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Read the target and the options."""
        super().__init__(hass, config)
        self._target = TargetSelection(config.target or {})
        self._options = config.options or {}

    @override
    def _async_check(self, **kwargs: Unpack[ConditionCheckParams]) -> bool:
        """Return whether any runner of the target is in the state, or all are; false without any."""
        results = [self._passes(gym) for gym in async_loaded_runners(self._hass) if self._is_meant(gym)]
        return bool(results) and all(results) if self._options[ATTR_BEHAVIOR] == BEHAVIOR_ALL else any(results)

    def _is_meant(self, gym: RunnerData) -> bool:
        return runner_in(self._hass, self._target, gym.entry.entry_id) is not None

    def _passes(self, gym: RunnerData) -> bool:
        """Return whether a runner has been in the state for long enough."""
        since = gym.states.since(self._state)
        duration = self._options.get(CONF_FOR)
        return since is not None and (not duration or dt_util.utcnow() - since >= duration)


class HabitDueCondition(RunnerCondition):
    """Condition that passes while a habit is due today."""

    _schema = HABIT_DUE_SCHEMA

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Read the chosen habit."""
        super().__init__(hass, config)
        self._state = self._options[CONF_HABIT]


class RunningCondition(RunnerCondition):
    """Condition that passes while a runner is on a treadmill."""

    _state = RUNNING


class TreadmillInUseCondition(EntityStateConditionBase):
    """Condition that passes while the belt of a treadmill moves; a missing or unavailable one stands still."""

    _domain_specs = {Platform.BINARY_SENSOR: DomainSpec()}
    _states = {STATE_ON}
    _primary_entities_only: ClassVar[bool] = False

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the target's binary sensors of belts."""
        return of_home_gym(self._hass, entities, domain=Platform.BINARY_SENSOR, key="in_use")

    @override
    def _check_all_match_state(self, states: list[State]) -> bool:
        """Return whether all sensors are on; false without any."""
        return bool(states) and super()._check_all_match_state(states)


CONDITIONS: dict[str, type[Condition]] = {
    "is_habit_due": HabitDueCondition,
    "is_running": RunningCondition,
    "is_treadmill_in_use": TreadmillInUseCondition,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions by name."""
    return CONDITIONS
