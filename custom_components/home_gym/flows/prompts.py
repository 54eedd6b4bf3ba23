"""The screen of goals and prompts: one section for each thing that the coach asks for, kept as plain options."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import UnitOfTime
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    Selector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TimeSelector,
)

from ..const import (
    CONF_ASK_SHOES,
    CONF_CALENDAR,
    CONF_CHECK_IN,
    CONF_CHECK_IN_TIME,
    CONF_COOL_DOWN_OFFSET,
    CONF_CORE_GOAL,
    CONF_CORE_TIME,
    CONF_FIRST_WEEKDAY,
    CONF_FOAM_ROLL_OFFSET,
    CONF_FORM_CUE,
    CONF_FRESH_FOR,
    CONF_PROMPT_WINDOW,
    CONF_PROMPTS,
    CONF_QUIET_END,
    CONF_QUIET_START,
    CONF_REVIEW,
    CONF_REVIEW_TIME,
    CONF_SHARED,
    CONF_SPEAKERS,
    CONF_STRETCH_OFFSET,
    CONF_STRETCH_TIME,
    CONF_WARM_UP_LEAD,
)
from ..gym.habits.habit import Habit
from ..gym.prompts.settings import CheckIn
from ..gym.prompts.topic import NonHabitTopic
from ..gym.weekdays import FIRST_WEEKDAYS
from ..settings import EVENING_STRETCH, PROMPT_CHOICES
from .numbers import number

ASK, ASK_IN_THE_EVENING, SPEAKER = "ask", "ask_in_the_evening", "speaker"
PATIENCE = "patience"


def _minutes(least: int, most: int) -> NumberSelector:
    return number(least, most, UnitOfTime.MINUTES)


GENERAL: Mapping[vol.Marker, Any] = {
    vol.Required(CONF_CORE_GOAL): NumberSelector(
        NumberSelectorConfig(min=1, max=7, step=1, mode=NumberSelectorMode.SLIDER)
    ),
    vol.Required(CONF_FIRST_WEEKDAY): SelectSelector(
        SelectSelectorConfig(options=list(FIRST_WEEKDAYS), translation_key=CONF_FIRST_WEEKDAY)
    ),
    vol.Required(CONF_QUIET_START): TimeSelector(),
    vol.Required(CONF_QUIET_END): TimeSelector(),
    vol.Optional(CONF_SHARED, default=False): BooleanSelector(),
}
# When each thing is asked for.
WHEN: Mapping[str, Mapping[vol.Marker, Any]] = {
    Habit.WARM_UP: {
        vol.Optional(CONF_CALENDAR): EntitySelector(EntitySelectorConfig(domain="calendar")),
        vol.Required(CONF_WARM_UP_LEAD): _minutes(1, 240),
        vol.Required(CONF_FORM_CUE): BooleanSelector(),
    },
    Habit.COOL_DOWN: {vol.Required(CONF_COOL_DOWN_OFFSET): _minutes(0, 60)},
    Habit.FOAM_ROLL: {vol.Required(CONF_FOAM_ROLL_OFFSET): _minutes(0, 240)},
    Habit.STRETCH: {
        vol.Required(CONF_STRETCH_OFFSET): _minutes(0, 240),
        vol.Required(ASK_IN_THE_EVENING): BooleanSelector(),
        vol.Required(CONF_STRETCH_TIME): TimeSelector(),
    },
    Habit.CORE: {vol.Required(CONF_CORE_TIME): TimeSelector()},
    NonHabitTopic.SHOES: {},
    NonHabitTopic.CHECK_IN: {vol.Required(CONF_CHECK_IN_TIME): TimeSelector()},
    NonHabitTopic.REVIEW: {vol.Required(CONF_REVIEW_TIME): TimeSelector()},
}
# Whether an errand is wanted is an option of its own.
WANTED = {NonHabitTopic.SHOES: CONF_ASK_SHOES, NonHabitTopic.CHECK_IN: CONF_CHECK_IN, NonHabitTopic.REVIEW: CONF_REVIEW}
LAST: Mapping[vol.Marker, Any] = {
    vol.Required(CONF_PROMPT_WINDOW): _minutes(1, 720),
    vol.Required(CONF_FRESH_FOR): _minutes(1, 720),
}
# What in a section stands for one of the choices.
CHOICES = {(topic, ASK): topic for topic in WHEN if topic in PROMPT_CHOICES} | {
    (Habit.STRETCH, ASK_IN_THE_EVENING): EVENING_STRETCH
}


def _ask(topic: str) -> Selector[Any]:
    """Return what asks whether something is wanted; the coach can decide by itself when to ask after the back."""
    if topic != NonHabitTopic.CHECK_IN:
        return BooleanSelector()
    return SelectSelector(SelectSelectorConfig(options=list(CheckIn), translation_key=CONF_CHECK_IN))


def schema(speakers: Mapping[str, ConfigSubentry]) -> vol.Schema:
    """Return the fields, with a choice among a runner's speakers where there are any."""
    options = [SelectOptionDict(value=key, label=speaker.title) for key, speaker in speakers.items()]
    # What was chosen in a list of a few can't be taken back there.
    speaker = SelectSelector(SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN))
    where = {vol.Optional(SPEAKER): speaker} if options else {}
    sections = {
        topic: section(vol.Schema({vol.Required(ASK): _ask(topic), **when, **where}), {"collapsed": True})
        for topic, when in WHEN.items()
    }
    sections[PATIENCE] = section(vol.Schema(dict(LAST)), {"collapsed": True})
    return vol.Schema({**GENERAL, **{vol.Required(str(name)): fields for name, fields in sections.items()}})


def filled_in(options: Mapping[str, Any], speakers: Mapping[str, ConfigSubentry]) -> dict[str, Any]:
    """Return what the screen shows of a runner's options; a speaker that is gone is chosen no more."""
    shown: dict[str, Any] = {str(field): options[str(field)] for field in GENERAL}
    shown[PATIENCE] = {str(field): options[str(field)] for field in LAST}
    for topic, when in WHEN.items():
        part = {str(field): options[str(field)] for field in when if str(field) in options}
        part |= {name: choice in options[CONF_PROMPTS] for (of, name), choice in CHOICES.items() if of == topic}
        chosen = options[CONF_SPEAKERS].get(topic)
        shown[topic] = part | ({SPEAKER: chosen} if chosen in speakers else {})
    for errand, option in WANTED.items():
        shown[errand][ASK] = options[option]
    return shown


def options_from(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that were chosen on the screen."""
    options: dict[str, Any] = {str(field): filled[str(field)] for field in GENERAL}
    for name in (*WHEN, PATIENCE):
        options |= filled[name]
    for name in (ASK, ASK_IN_THE_EVENING, SPEAKER):
        options.pop(name, None)
    chosen = {choice for (topic, name), choice in CHOICES.items() if filled[topic][name]}
    return options | {
        CONF_PROMPTS: [choice for choice in PROMPT_CHOICES if choice in chosen],
        **{option: filled[errand][ASK] for errand, option in WANTED.items()},
        CONF_SPEAKERS: {str(topic): filled[topic][SPEAKER] for topic in WHEN if SPEAKER in filled[topic]},
    }
