"""The question about the kit at home: once, by voice, at the end of a routine."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..gym.exercises.exercise_facts import USUAL_KIT, Kit
from ..gym.exercises.kit_words import kit_in
from ..gym.habits.habit import Habit
from ..gym.speech.phrases import Phrases, line
from ..options.training import KIT

# Routines whose exercises need things.
NEEDING_KIT = frozenset({Habit.CORE, Habit.STRETCH, Habit.FOAM_ROLL, Habit.MASSAGE})


@callback
def async_is_unknown(entry: ConfigEntry, habit: Habit | None) -> bool:
    """Return whether a routine of a habit needs kit that the runner was never asked about."""
    return habit in NEEDING_KIT and KIT.key not in entry.options


def answer_to(phrases: Phrases, kit: frozenset[Kit] | None) -> str:
    """Return the answer to a reply about kit."""
    if kit is None:
        return line(phrases, "player.kit_unclear")
    return line(phrases, "player.kit_noted") if kit else line(phrases, "player.kit_none")


@callback
def async_set_kit(hass: HomeAssistant, entry: ConfigEntry, heard: str | None, phrases: Phrases) -> None:
    """Set the option to the kit of a reply, or to the usual kit without one, so that the question is not repeated."""
    kit = kit_in(heard, phrases) if heard else None
    chosen = USUAL_KIT if kit is None else kit
    options = {**entry.options, KIT.key: [each.value for each in Kit if each in chosen]}
    hass.config_entries.async_update_entry(entry, options=options)
