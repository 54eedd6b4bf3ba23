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
# What an automation is told of a run: metres, seconds, steps a minute, and the name of the pair.
RUN_FIGURES = ("run", "start", "end", "distance", "duration", "cadence", "shoe")
PROMPT_FACTS = (ATTR_HABIT, "run")
# Of a routine: the share of its holds that was held, and seconds.
ROUTINE_FACTS = ("routine", ATTR_HABIT, "done_share", "duration")

PROMPT_DUE_SCHEMA = ENTITY_STATE_TRIGGER_SCHEMA.extend(
    {
        vol.Required(CONF_OPTIONS, default={}): {
            vol.Optional(CONF_HABITS): vol.All(cv.ensure_list, vol.Length(min=1), [vol.In(PROMPTED_HABITS)]),
        },
    }
)


class EventTrigger(StatelessEntityTriggerBase):
    """Fires when one of our event entities tells of something that happened."""

    _domain_specs = {Platform.EVENT: DomainSpec()}
    _primary_entities_only: ClassVar[bool] = False
    _key: ClassVar[str]
    _event_type: ClassVar[str]
    # The attributes that become variables of the trigger; None where the event lacks one.
    _facts: ClassVar[tuple[str, ...]]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the event entities that this is about."""
        return of_home_gym(self._hass, entities, domain=Platform.EVENT, key=self._key)

    @override
    def is_valid_state(self, state: State, report_not_triggered: NotTriggeredReasonReporter) -> bool:
        """Return whether this is what happened."""
        return state.attributes.get(ATTR_EVENT_TYPE) == self._event_type

    @override
    async def async_attach_runner(
        self, run_action: TriggerActionRunner, did_not_trigger: TriggerNotTriggeredReporter | None = None
    ) -> CALLBACK_TYPE:
        """Run an action with what the event tells."""

        @callback
        def run_with_facts(
            extra_trigger_payload: dict[str, Any], description: str, context: Context | None = None
        ) -> asyncio.Task[Any]:
            attributes = extra_trigger_payload["to_state"].attributes
            facts = {fact: attributes.get(fact) for fact in self._facts}
            return run_action(facts | extra_trigger_payload, description, context)

        return await super().async_attach_runner(run_with_facts, did_not_trigger)


class RunFinishedTrigger(EventTrigger):
    """Fires when a run ended a short while ago."""

    _key = "run"
    _event_type = "finished"
    _facts = RUN_FIGURES


class RunRecordedTrigger(EventTrigger):
    """Fires when a run is in the journal that wasn't before."""

    _key = "run"
    _event_type = "recorded"
    _facts = RUN_FIGURES


class PromptDueTrigger(EventTrigger):
    """Fires when it is time to ask for a habit: any, or one of those chosen."""

    _schema = PROMPT_DUE_SCHEMA
    _key = "prompt"
    _event_type = "due"
    _facts = PROMPT_FACTS

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Read which habits were chosen."""
        super().__init__(hass, config)
        self._habits = frozenset(self._options.get(CONF_HABITS, PROMPTED_HABITS))

    @override
    def is_valid_state(self, state: State, report_not_triggered: NotTriggeredReasonReporter) -> bool:
        """Return whether a habit that was chosen fell due."""
        return super().is_valid_state(state, report_not_triggered) and state.attributes.get(ATTR_HABIT) in self._habits


class RoutineFinishedTrigger(EventTrigger):
    """Fires when a guided routine came to its end."""

    _key = "routine"
    _event_type = "finished"
    _facts = ROUTINE_FACTS


class BinarySensorTrigger(EntityTargetStateTriggerBase):
    """Fires when one of our binary sensors turns, but not when it merely comes back."""

    _domain_specs = {Platform.BINARY_SENSOR: DomainSpec()}
    _primary_entities_only: ClassVar[bool] = False
    _key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the binary sensors that this is about."""
        return of_home_gym(self._hass, entities, domain=Platform.BINARY_SENSOR, key=self._key)


class ShoeWornOutTrigger(BinarySensorTrigger):
    """Fires when a pair has run its distance."""

    _key = "replacement_due"
    _to_states = {STATE_ON}


class TreadmillStartedTrigger(BinarySensorTrigger):
    """Fires when the belt of a treadmill begins to move."""

    _key = "in_use"
    _to_states = {STATE_ON}


class TreadmillStoppedTrigger(BinarySensorTrigger):
    """Fires when the belt of a treadmill stands still."""

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
