"""The triggers of Home Gym, for the automation editor."""

import asyncio
from typing import Any, ClassVar, override

import voluptuous as vol

from homeassistant.const import CONF_OPTIONS, STATE_OFF, STATE_ON, Platform
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    EntityTargetStateTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)

from .targets import PROMPTED_HABITS, of_home_gym

CONF_HABITS = "habits"
ATTR_EVENT_TYPE = "event_type"

ATTR_HABIT = "habit"
# Trigger variables of a run: metres, seconds, steps a minute, and the name of the pair.
RUN_FIGURES = ("run", "start", "end", "distance", "duration", "cadence", "shoe")
PROMPT_FACTS = (ATTR_HABIT, "run")
# Trigger variables of a routine: the share of its holds done, and seconds.
ROUTINE_FACTS = ("routine", ATTR_HABIT, "done_share", "duration")

PROMPT_DUE_SCHEMA = ENTITY_STATE_TRIGGER_SCHEMA.extend(
    {
        vol.Required(CONF_OPTIONS, default={}): {
            vol.Optional(CONF_HABITS): vol.All(cv.ensure_list, vol.Length(min=1), [vol.In(PROMPTED_HABITS)]),
        },
    }
)


class EventTrigger(StatelessEntityTriggerBase):
    """Trigger that fires on an event of our event entities."""

    _domain_specs = {Platform.EVENT: DomainSpec()}
    _primary_entities_only: ClassVar[bool] = False
    _key: ClassVar[str]
    _event_type: ClassVar[str]
    # The attributes passed as trigger variables; None for one the event lacks.
    _facts: ClassVar[tuple[str, ...]]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the target's event entities of this kind."""
        return of_home_gym(self._hass, entities, domain=Platform.EVENT, key=self._key)

    @override
    def is_valid_state(self, state: State, report_not_triggered: NotTriggeredReasonReporter) -> bool:
        """Return whether the state is an event of this trigger's type."""
        return state.attributes.get(ATTR_EVENT_TYPE) == self._event_type

    @override
    async def async_attach_runner(
        self, run_action: TriggerActionRunner, did_not_trigger: TriggerNotTriggeredReporter | None = None
    ) -> CALLBACK_TYPE:
        """Run the action with the event's attributes."""

        @callback
        def run_with_facts(
            extra_trigger_payload: dict[str, Any], description: str, context: Context | None = None
        ) -> asyncio.Task[Any]:
            attributes = extra_trigger_payload["to_state"].attributes
            facts = {fact: attributes.get(fact) for fact in self._facts}
            return run_action(facts | extra_trigger_payload, description, context)

        return await super().async_attach_runner(run_with_facts, did_not_trigger)


class RunFinishedTrigger(EventTrigger):
    """Trigger that fires shortly after the end of a run."""

    _key = "run"
    _event_type = "finished"
    _facts = RUN_FIGURES


class RunRecordedTrigger(EventTrigger):
    """Trigger that fires for each new run in the journal."""

    _key = "run"
    _event_type = "recorded"
    _facts = RUN_FIGURES


class PromptDueTrigger(EventTrigger):
    """Trigger that fires for a due prompt: any habit, or the chosen ones."""

    _schema = PROMPT_DUE_SCHEMA
    _key = "prompt"
    _event_type = "due"
    _facts = PROMPT_FACTS

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Read the chosen habits."""
        super().__init__(hass, config)
        self._habits = frozenset(self._options.get(CONF_HABITS, PROMPTED_HABITS))

    @override
    def is_valid_state(self, state: State, report_not_triggered: NotTriggeredReasonReporter) -> bool:
        """Return whether the prompt is for a chosen habit."""
        return super().is_valid_state(state, report_not_triggered) and state.attributes.get(ATTR_HABIT) in self._habits


class RoutineFinishedTrigger(EventTrigger):
    """Trigger that fires at the end of a guided routine."""

    _key = "routine"
    _event_type = "finished"
    _facts = ROUTINE_FACTS


class BinarySensorTrigger(EntityTargetStateTriggerBase):
    """Trigger that fires for a turned binary sensor, but not for its return from unavailable."""

    _domain_specs = {Platform.BINARY_SENSOR: DomainSpec()}
    _primary_entities_only: ClassVar[bool] = False
    _key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the target's binary sensors of this kind."""
        return of_home_gym(self._hass, entities, domain=Platform.BINARY_SENSOR, key=self._key)


class ShoeWornOutTrigger(BinarySensorTrigger):
    """Trigger that fires for a pair at the end of its distance."""

    _key = "replacement_due"
    _to_states = {STATE_ON}


class TreadmillStartedTrigger(BinarySensorTrigger):
    """Trigger that fires for a belt that starts to move."""

    _key = "in_use"
    _to_states = {STATE_ON}


class TreadmillStoppedTrigger(BinarySensorTrigger):
    """Trigger that fires for a belt that stops."""

    _key = "in_use"
    _to_states = {STATE_OFF}


TRIGGERS: dict[str, type[Trigger]] = {
    "run_finished": RunFinishedTrigger,
    "run_recorded": RunRecordedTrigger,
    "prompt_due": PromptDueTrigger,
    "routine_finished": RoutineFinishedTrigger,
    "shoe_worn_out": ShoeWornOutTrigger,
    "treadmill_started": TreadmillStartedTrigger,
    "treadmill_stopped": TreadmillStoppedTrigger,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers by name."""
    return TRIGGERS
