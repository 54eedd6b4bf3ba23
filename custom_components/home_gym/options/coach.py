"""Options of goals and prompts, in one screen section for each topic of the coach."""

from datetime import time

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig, NumberSelectorMode

from ..gym.calendar import Calendar
from ..gym.habits.habit import Habit
from ..gym.prompts.prompt import WARM_UP_LEAD as LEAD
from ..gym.prompts.settings import CheckIn, PromptSettings, QuietHours
from ..gym.prompts.topic import NonHabitTopic
from ..gym.settings import Settings
from ..gym.weekdays import FIRST_WEEKDAYS, first_weekday_in
from .field import OptionField, minutes
from .selectors import entity, minutes_between, one_of, switch, text, time_of_day

DEFAULTS = PromptSettings()
EVENING_STRETCH = "evening_stretch"
"""The choice of a stretch on a day without a run."""
# Choices of habits, in the order of a run and of a day; an evening stretch is off at first.
CHOICES = (
    *(habit.value for habit in Habit if habit in DEFAULTS.at_the_treadmill | DEFAULTS.offsets.keys()),
    Habit.CORE.value,
    EVENING_STRETCH,
)
SECTIONS = tuple(
    topic.value
    for topic in (
        *(Habit.WARM_UP, Habit.COOL_DOWN, Habit.FOAM_ROLL, Habit.STRETCH, Habit.CORE),
        *(NonHabitTopic.SHOES, NonHabitTopic.CHECK_IN, NonHabitTopic.REVIEW),
    )
)
"""Sections with a topic each, in which a speaker may be chosen."""
PATIENCE = "patience"


def _core_goal(_: HomeAssistant) -> NumberSelector:
    return NumberSelector(NumberSelectorConfig(min=1, max=7, step=1, mode=NumberSelectorMode.SLIDER))


def _first_weekday(hass: HomeAssistant) -> str:
    return first_weekday_in(hass.config.country)


def _ask(habit: Habit) -> OptionField:
    return OptionField(key=PROMPTS.key, choice=habit, section=habit, label="ask", selector=switch)


PROMPTS = OptionField(key="prompts", default=lambda _: list(CHOICES[:-1]), in_diagnostics=True)
SPEAKERS = OptionField(key="speakers", default=lambda _: {}, in_diagnostics=True)
ROUTINES = OptionField(key="routines")
CORE_GOAL = OptionField(key="core_goal", selector=_core_goal, in_diagnostics=True, settings=Settings, parse=int)
FIRST_WEEKDAY = OptionField(
    key="first_weekday",
    selector=one_of(FIRST_WEEKDAYS, "first_weekday"),
    default=_first_weekday,
    in_diagnostics=True,
    settings=Calendar,
    parse=FIRST_WEEKDAYS.__getitem__,
)
QUIET_START = OptionField(
    key="quiet_start",
    selector=time_of_day,
    in_diagnostics=True,
    settings=QuietHours,
    attribute="start",
    parse=time.fromisoformat,
)
QUIET_END = OptionField(
    key="quiet_end",
    selector=time_of_day,
    in_diagnostics=True,
    settings=QuietHours,
    attribute="end",
    parse=time.fromisoformat,
)
SHARED = OptionField(
    key="shared", selector=switch, is_required=False, prefilled=False, default=False, in_diagnostics=True, parse=bool
)
CALENDAR = OptionField(key="calendar", section=Habit.WARM_UP, selector=entity("calendar"), is_required=False)
PLANNED_WORDS = OptionField(
    key="planned_words",
    section=Habit.WARM_UP,
    selector=text,
    is_required=False,
    default="",
    parse=str,
)
WARM_UP_LEAD = OptionField(
    key="warm_up_lead",
    section=Habit.WARM_UP,
    selector=minutes_between(1, 240),
    default=LEAD.total_seconds() / 60,
    in_diagnostics=True,
    parse=minutes,
)
FORM_CUE = OptionField(
    key="form_cue",
    section=Habit.WARM_UP,
    selector=switch,
    in_diagnostics=True,
    settings=PromptSettings,
    attribute="form_cues",
)
FORM_CHECK = OptionField(
    key="form_check",
    section=Habit.WARM_UP,
    selector=switch,
    in_diagnostics=True,
    settings=PromptSettings,
)
EFFORT = OptionField(
    key="effort",
    section=Habit.COOL_DOWN,
    selector=switch,
    is_required=False,
    in_diagnostics=True,
    settings=PromptSettings,
    parse=bool,
)
COOL_DOWN_OFFSET = OptionField(
    key="cool_down_offset",
    section=Habit.COOL_DOWN,
    selector=minutes_between(0, 60),
    default=0,
    in_diagnostics=True,
    parse=minutes,
)
FOAM_ROLL_OFFSET = OptionField(
    key="foam_roll_offset",
    section=Habit.FOAM_ROLL,
    selector=minutes_between(0, 240),
    default=DEFAULTS.offsets[Habit.FOAM_ROLL].total_seconds() / 60,
    in_diagnostics=True,
    parse=minutes,
)
STRETCH_OFFSET = OptionField(
    key="stretch_offset",
    section=Habit.STRETCH,
    selector=minutes_between(0, 240),
    default=DEFAULTS.offsets[Habit.STRETCH].total_seconds() / 60,
    in_diagnostics=True,
    parse=minutes,
)
STRETCH_TIME = OptionField(
    key="stretch_time",
    section=Habit.STRETCH,
    selector=time_of_day,
    default="19:00:00",
    in_diagnostics=True,
    parse=time.fromisoformat,
)
CORE_TIME = OptionField(
    key="core_time",
    section=Habit.CORE,
    selector=time_of_day,
    default="18:00:00",
    in_diagnostics=True,
    parse=time.fromisoformat,
)
ASK_SHOES = OptionField(
    key="ask_shoes",
    section=NonHabitTopic.SHOES,
    label="ask",
    selector=switch,
    in_diagnostics=True,
    settings=PromptSettings,
    attribute="shoes",
)
CHECK_IN = OptionField(
    key="check_in",
    section=NonHabitTopic.CHECK_IN,
    label="ask",
    selector=one_of(CheckIn, "check_in"),
    in_diagnostics=True,
    settings=PromptSettings,
    parse=CheckIn,
)
CHECK_IN_TIME = OptionField(
    key="check_in_time",
    section=NonHabitTopic.CHECK_IN,
    selector=time_of_day,
    in_diagnostics=True,
    settings=PromptSettings,
    attribute="check_in_at",
    parse=time.fromisoformat,
)
REVIEW = OptionField(
    key="review", section=NonHabitTopic.REVIEW, label="ask", selector=switch, default=False, in_diagnostics=True
)
REVIEW_TIME = OptionField(
    key="review_time",
    section=NonHabitTopic.REVIEW,
    selector=time_of_day,
    default="19:00:00",
    in_diagnostics=True,
    parse=time.fromisoformat,
)
PROMPT_WINDOW = OptionField(
    key="prompt_window",
    section=PATIENCE,
    selector=minutes_between(1, 720),
    in_diagnostics=True,
    settings=PromptSettings,
    attribute="window",
    parse=minutes,
)
FRESH_FOR = OptionField(
    key="fresh_for",
    section=PATIENCE,
    selector=minutes_between(1, 720),
    in_diagnostics=True,
    settings=PromptSettings,
    parse=minutes,
)

COACH = (
    *(CORE_GOAL, FIRST_WEEKDAY, QUIET_START, QUIET_END, SHARED),
    *(_ask(Habit.WARM_UP), CALENDAR, PLANNED_WORDS, WARM_UP_LEAD, FORM_CUE, FORM_CHECK),
    *(_ask(Habit.COOL_DOWN), COOL_DOWN_OFFSET, EFFORT),
    *(_ask(Habit.FOAM_ROLL), FOAM_ROLL_OFFSET),
    _ask(Habit.STRETCH),
    STRETCH_OFFSET,
    OptionField(
        key=PROMPTS.key, choice=EVENING_STRETCH, section=Habit.STRETCH, label="ask_in_the_evening", selector=switch
    ),
    STRETCH_TIME,
    *(_ask(Habit.CORE), CORE_TIME),
    *(ASK_SHOES, CHECK_IN, CHECK_IN_TIME, REVIEW, REVIEW_TIME),
    *(PROMPT_WINDOW, FRESH_FOR),
)
"""Fields of the screen of goals and prompts, in its order."""
LISTS = (PROMPTS, SPEAKERS, ROUTINES)
"""Options without a field of their own: choices of habits, speakers by topic, routines."""
