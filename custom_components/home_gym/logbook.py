"""The runner's and the coach's activity in words, for Home Assistant's Activity panel."""

from collections.abc import Callable, Mapping
from typing import Any

from homeassistant.components.logbook import (
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
    LazyEventPartialState,
)
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN, EVENT_ACTIVITY
from .data import async_loaded_runners
from .gym.habits.habit import Habit
from .gym.prompts.topic import NonHabitTopic
from .gym.speech.phrases import Phrases
from .languages import formats_at_home
from .words import distance, say, topic_name


@callback
def async_describe_events(
    hass: HomeAssistant,
    async_describe_event: Callable[[str, str, Callable[[LazyEventPartialState], dict[str, Any]]], None],
) -> None:
    """Describe the events of the activity."""

    @callback
    def describe(event: LazyEventPartialState) -> dict[str, Any]:
        data = event.data
        # The phrases are in the home's language, whichever runner has loaded them.
        phrases = next((gym.phrases for gym in async_loaded_runners(hass)), None)
        if phrases is None:
            return {LOGBOOK_ENTRY_NAME: data["runner"], LOGBOOK_ENTRY_MESSAGE: ""}
        name, message = _words(hass, phrases, data)
        return {LOGBOOK_ENTRY_NAME: name, LOGBOOK_ENTRY_MESSAGE: message}

    async_describe_event(DOMAIN, EVENT_ACTIVITY, describe)


def _words(hass: HomeAssistant, phrases: Phrases, data: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name and the message of an activity: together they are one sentence."""
    runner: str = data["runner"]
    match data["activity"]:
        case "asked":
            return say(phrases, "activity.coach"), _question(phrases, data)
        case "finished":
            routine = data["routine"] or topic_name(phrases, Habit(data["habit"]))
            return runner, say(phrases, "activity.finished", routine=routine)
        case "run":
            shoe = data["shoe"]
            counted = say(phrases, "activity.counted_for", shoe=shoe) if shoe else say(phrases, "activity.counted")
            return _run(hass, phrases, data), counted
        case _:
            return runner, say(phrases, "activity.milestone", topic=topic_name(phrases, Habit(data["habit"])))


def _question(phrases: Phrases, data: Mapping[str, Any]) -> str:
    topic, where = data["topic"], {"runner": data["runner"], "speaker": data["speaker"]}
    if topic in set(Habit):
        return say(phrases, "activity.asked", topic=topic_name(phrases, Habit(topic)), **where)
    if topic in {NonHabitTopic.SHOES, NonHabitTopic.FORM_CHECK}:
        return say(phrases, "activity.asked_about", topic=topic_name(phrases, NonHabitTopic(topic)), **where)
    return say(phrases, "activity.spoke", **where)


def _run(hass: HomeAssistant, phrases: Phrases, data: Mapping[str, Any]) -> str:
    if not data["distance"]:
        return say(phrases, "activity.run", runner=data["runner"])
    written = distance(phrases, formats_at_home(hass), data["distance"], hass.config.units)
    return say(phrases, "activity.run_of", runner=data["runner"], distance=written)
