"""The triggers of Home Gym, for the automation editor."""

from collections.abc import Mapping
from typing import Any, ClassVar, override

import voluptuous as vol

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID, CONF_OPTIONS, STATE_OFF, STATE_ON, Platform
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.target import TargetSelection
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    EntityTargetStateTriggerBase,
    Trigger,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)
from homeassistant.helpers.typing import ConfigType

from .const import SIGNAL_RUNNER_NEWS
from .gym.back.state import BackState
from .runner_news import RunnerNews
from .targets import PROMPTED_HABITS, beside, entity_of, of_home_gym, runner_in

CONF_HABITS = "habits"
CONF_STATES = "states"

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
BACK_STATE_SCHEMA = ENTITY_STATE_TRIGGER_SCHEMA.extend(
    {
        vol.Required(CONF_OPTIONS, default={}): {
            vol.Optional(CONF_STATES): vol.All(
                cv.ensure_list, vol.Length(min=1), [vol.In([state.value for state in BackState])]
            ),
        },
    }
)


class RunnerTrigger(Trigger):
    """Trigger that fires on news of the runners in its target, whichever of their entities are enabled."""

    _schema: ClassVar[Any] = ENTITY_STATE_TRIGGER_SCHEMA
    _kind: ClassVar[str]
    _event_type: ClassVar[str]
    # The facts passed as trigger variables; None for one the event lacks.
    _facts: ClassVar[tuple[str, ...]]
    # An option that chooses values of a fact, that fact, and all values; None for a trigger without one.
    _choice: ClassVar[tuple[str, str, tuple[str, ...]] | None] = None

    @override
    @classmethod
    async def async_validate_config(cls, hass: HomeAssistant, config: ConfigType) -> ConfigType:
        """Validate target and options."""
        validated: ConfigType = cls._schema(config)
        return validated

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Read the target and the options."""
        super().__init__(hass, config)
        self._target = TargetSelection(config.target or {})
        self._options = config.options or {}

    @override
    async def async_attach_runner(
        self, run_action: TriggerActionRunner, did_not_trigger: TriggerNotTriggeredReporter | None = None
    ) -> CALLBACK_TYPE:
        """Run the action with the facts of the news."""

        @callback
        def handle(news: RunnerNews) -> None:
            if (news.kind, news.event_type) != (self._kind, self._event_type) or not self._is_chosen(news.facts):
                return
            if (device := runner_in(self._hass, self._target, news.config_entry_id)) is None:
                return
            facts = {fact: news.facts.get(fact) for fact in self._facts}
            variables = {
                ATTR_DEVICE_ID: device,
                ATTR_ENTITY_ID: entity_of(self._hass, news.config_entry_id, news.kind),
            }
            run_action(facts | variables, f"{self._kind} {self._event_type}")

        return async_dispatcher_connect(self._hass, SIGNAL_RUNNER_NEWS, handle)

    def _is_chosen(self, facts: Mapping[str, Any]) -> bool:
        """Return whether the options of the trigger choose news with these facts."""
        if self._choice is None:
            return True
        option, fact, every = self._choice
        return facts.get(fact) in self._options.get(option, every)


class RunFinishedTrigger(RunnerTrigger):
    """Trigger that fires shortly after the end of a run."""

    _kind = "run"
    _event_type = "finished"
    _facts = RUN_FIGURES


class RunRecordedTrigger(RunnerTrigger):
    """Trigger that fires for each new run in the journal."""

    _kind = "run"
    _event_type = "recorded"
    _facts = RUN_FIGURES


class PromptDueTrigger(RunnerTrigger):
    """Trigger that fires for a due prompt: any habit, or the chosen ones."""

    _schema = PROMPT_DUE_SCHEMA
    _kind = "prompt"
    _event_type = "due"
    _facts = PROMPT_FACTS
    _choice = (CONF_HABITS, ATTR_HABIT, PROMPTED_HABITS)


class RoutineFinishedTrigger(RunnerTrigger):
    """Trigger that fires at the end of a guided routine."""

    _kind = "routine"
    _event_type = "finished"
    _facts = ROUTINE_FACTS


class PainReportedTrigger(RunnerTrigger):
    """Trigger that fires for a report of back pain, by a person or a source."""

    _kind = "back"
    _event_type = "pain_reported"
    _facts = ("score", "area", "side", "at")


class BackStateChangedTrigger(RunnerTrigger):
    """Trigger that fires for a new state of the back: any, or the chosen ones."""

    _schema = BACK_STATE_SCHEMA
    _kind = "back"
    _event_type = "state_changed"
    _facts = ("state", "before")
    _choice = (CONF_STATES, "state", tuple(BackState))


class WiseDistancePassedTrigger(RunnerTrigger):
    """Trigger that fires for a run beyond the wise distance, on a treadmill at that moment."""

    _kind = "wise_distance"
    _event_type = "passed"
    _facts = ("distance", "wise_distance", "rule")


class StreakMilestoneTrigger(RunnerTrigger):
    """Trigger that fires for a milestone of a habit or of a pair."""

    _kind = "milestone"
    _event_type = "streak_milestone"
    _facts = ("milestone", "habit", "shoe", "day")


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
    """Trigger that fires for a pair at the end of its distance; any entity of a pair stands for it."""

    _key = "replacement_due"
    _to_states = {STATE_ON}

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the sensors of the target's pairs."""
        return super().entity_filter(entities | beside(self._hass, entities))


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
    "pain_reported": PainReportedTrigger,
    "back_state_changed": BackStateChangedTrigger,
    "wise_distance_passed": WiseDistancePassedTrigger,
    "streak_milestone": StreakMilestoneTrigger,
    "shoe_worn_out": ShoeWornOutTrigger,
    "treadmill_started": TreadmillStartedTrigger,
    "treadmill_stopped": TreadmillStoppedTrigger,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers by name."""
    return TRIGGERS
