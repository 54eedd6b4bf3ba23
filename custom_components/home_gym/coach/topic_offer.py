"""The offer to switch off a topic that went unanswered: a "yes" takes it out of the options."""

from typing import Any

from homeassistant.core import HomeAssistant, callback

from ..component import OnUnload
from ..data import RunnerData
from ..gym.events import Event, PromptDone
from ..gym.habits.habit import Habit
from ..gym.prompts.settings import CheckIn
from ..gym.prompts.topic import NonHabitTopic, Topic
from ..options import options_of
from ..options.coach import ASK_SHOES, CHECK_IN, EVENING_STRETCH, FORM_CHECK, PROMPTS


class TopicOffer:
    """Switches a runner's topic off after a "yes" to the offer."""

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
        if isinstance(event, PromptDone) and event.prompt.about is not None:
            entry = self._gym.entry
            options = dict(entry.options) | switched_off(event.prompt.about, options_of(self._hass, entry.options))
            self._hass.config_entries.async_update_entry(entry, options=options)


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
