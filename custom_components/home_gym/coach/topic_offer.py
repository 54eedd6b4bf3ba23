"""The offer to switch off a topic that went unanswered, or to move it: an answer changes the options."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from homeassistant.core import HomeAssistant, callback

from ..component import OnUnload
from ..data import RunnerData
from ..gym.events import Event, PromptDone, TopicMoved
from ..gym.habits.habit import Habit
from ..gym.prompts.settings import CheckIn
from ..gym.prompts.topic import NonHabitTopic, Topic
from ..options import options_of
from ..options.coach import (
    ASK_SHOES,
    CHECK_IN,
    CHECK_IN_TIME,
    CORE_TIME,
    EVENING_STRETCH,
    FORM_CHECK,
    PROMPTS,
    SPEAKERS,
    STRETCH_TIME,
)

# Another time of each habit with one: the morning in place of the afternoon and evening, and the other way round.
AFTERNOON = time(15)
MORNING = "08:00:00"
EVENINGS = {Habit.CORE: (CORE_TIME, "18:00:00"), Habit.STRETCH: (STRETCH_TIME, "19:00:00")}
# A check-in is about the night before, so it stays before the afternoon.
FORENOON = time(10)
NOON = "12:00:00"


class TopicOffer:
    """Switches a runner's topic off, or moves it, after an answer to the offer."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Follow a runner."""
        self._hass = hass
        self._gym = gym

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.coordinator.async_listen(self._async_handle_event))

    @callback
    def _async_handle_event(self, event: Event) -> None:
        entry = self._gym.entry
        if isinstance(event, PromptDone) and event.prompt.about is not None:
            self._async_change(switched_off(event.prompt.about, options_of(self._hass, entry.options)))
        elif isinstance(event, TopicMoved):
            prompts = self._gym.runner.settings.prompts
            channels = (*prompts.speakers, *prompts.phones)
            self._async_change(moved(event.topic, options_of(self._hass, entry.options), channels))

    @callback
    def _async_change(self, changed: dict[str, Any]) -> None:
        entry = self._gym.entry
        self._hass.config_entries.async_update_entry(entry, options=dict(entry.options) | changed)


def switched_off(topic: Topic, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that differ once a topic is switched off."""
    match topic:
        case NonHabitTopic.SHOES:
            return {ASK_SHOES.key: False}
        case NonHabitTopic.CHECK_IN:
            return {CHECK_IN.key: CheckIn.NEVER.value}
        case NonHabitTopic.FORM_CHECK:
            return {FORM_CHECK.key: False}
        case _:
            off = {topic.value, *((EVENING_STRETCH,) if topic is Habit.STRETCH else ())}
            return {PROMPTS.key: [choice for choice in PROMPTS.of(options) if choice not in off]}


def moved(topic: Topic, options: dict[str, Any], channels: Sequence[str]) -> dict[str, Any]:
    """Return the options that differ once a topic has another time, or else another first channel.

    A topic after a run has no time of its own; of a single channel nothing differs.
    """
    if topic is NonHabitTopic.CHECK_IN:
        is_early = CHECK_IN_TIME.of(options) < FORENOON
        return {CHECK_IN_TIME.key: NOON if is_early else MORNING}
    has_time = topic is Habit.CORE or (topic is Habit.STRETCH and EVENING_STRETCH in PROMPTS.of(options))
    if has_time and isinstance(topic, Habit):
        option, evening = EVENINGS[topic]
        return {option.key: MORNING if option.of(options) >= AFTERNOON else evening}
    chosen = SPEAKERS.of(options)
    first = chosen.get(topic, next(iter(channels), None))
    others = [channel for channel in channels if channel != first]
    return {SPEAKERS.key: {**chosen, topic.value: others[0]}} if others else {}
