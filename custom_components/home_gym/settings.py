"""Turns what people chose in the UI into the gym's settings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .const import (
    CONF_ASK_SHOES,
    CONF_COOL_DOWN_OFFSET,
    CONF_CORE_GOAL,
    CONF_CORE_TIME,
    CONF_FIRST_USED,
    CONF_FIRST_WEEKDAY,
    CONF_FOAM_ROLL_OFFSET,
    CONF_FRESH_FOR,
    CONF_GEAR,
    CONF_INITIAL_DISTANCE,
    CONF_INSOLES_REPLACE_AT,
    CONF_INSOLES_SINCE,
    CONF_MEDIA_PLAYER,
    CONF_NOTIFY,
    CONF_PRICE,
    CONF_PROMPT_WINDOW,
    CONF_PROMPTS,
    CONF_QUIET_END,
    CONF_QUIET_START,
    CONF_REPLACE_AT,
    CONF_RETIRED,
    CONF_ROUTINE_HABIT,
    CONF_ROUTINE_STEPS,
    CONF_ROUTINES,
    CONF_SATELLITE,
    CONF_SPEAKERS,
    CONF_STRETCH_OFFSET,
    CONF_STRETCH_TIME,
    CONF_SURFACES,
    CONF_WARM_UP_LEAD,
    CONF_WARN_AT,
    LOGGER,
    SUBENTRY_SHOE,
    SUBENTRY_SOURCE,
    SUBENTRY_SPEAKER,
)
from .gym.activity import Surface
from .gym.days import Calendar
from .gym.habit import Habit
from .gym.own_routine import OwnRoutineError, own_routine
from .gym.prompt import WARM_UP_LEAD, Errand, PromptSettings, QuietHours, Topic
from .gym.routine import Routine
from .gym.settings import CORE_GOAL, Settings
from .gym.shoe import Insoles, Shoe
from .weekdays import FIRST_WEEKDAYS, first_weekday_in

OFFSETS = {Habit.FOAM_ROLL: CONF_FOAM_ROLL_OFFSET, Habit.STRETCH: CONF_STRETCH_OFFSET}
DEFAULTS = PromptSettings()
TOPICS: tuple[Topic, ...] = (*Habit, *Errand)
EVENING_STRETCH = "evening_stretch"
"""What stands for a stretch on a day without a run among the choices."""
# What the coach can ask for, in the order of a run and of a day; each evening a stretch is not everybody's choice.
ASKED = (
    *(habit.value for habit in Habit if habit in DEFAULTS.at_the_treadmill | DEFAULTS.offsets.keys()),
    Habit.CORE.value,
    EVENING_STRETCH,
)
ASKED_AT_FIRST = ASKED[:-1]
EVENINGS = {Habit.CORE.value: (Habit.CORE, CONF_CORE_TIME), EVENING_STRETCH: (Habit.STRETCH, CONF_STRETCH_TIME)}


def options_of(hass: HomeAssistant, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return a runner's options, each with its default where none was chosen.

    Durations are minutes, times of day HH:MM:SS.
    """
    return {
        CONF_CORE_GOAL: CORE_GOAL,
        CONF_FIRST_WEEKDAY: first_weekday_in(hass.config.country),
        CONF_PROMPTS: list(ASKED_AT_FIRST),
        CONF_CORE_TIME: time(18).isoformat(),
        CONF_STRETCH_TIME: time(19).isoformat(),
        **{option: _minutes(DEFAULTS.offsets[habit]) for habit, option in OFFSETS.items()},
        CONF_WARM_UP_LEAD: _minutes(WARM_UP_LEAD),
        CONF_COOL_DOWN_OFFSET: 0,
        CONF_ASK_SHOES: DEFAULTS.shoes,
        CONF_SPEAKERS: {},
        CONF_PROMPT_WINDOW: _minutes(DEFAULTS.window),
        CONF_FRESH_FOR: _minutes(DEFAULTS.fresh_for),
        CONF_QUIET_START: DEFAULTS.quiet_hours.start.isoformat(),
        CONF_QUIET_END: DEFAULTS.quiet_hours.end.isoformat(),
        **options,
    }


def settings_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Settings:
    """Return the settings of the runner that a config entry describes."""
    options = options_of(hass, entry.options)
    return Settings(
        calendar=Calendar(
            timezone=dt_util.get_default_time_zone(), first_weekday=FIRST_WEEKDAYS[options[CONF_FIRST_WEEKDAY]]
        ),
        core_goal=int(options[CONF_CORE_GOAL]),
        prompts=_prompts(options, entry),
        shoes=tuple(_shoe(subentry) for subentry in entry.get_subentries_of_type(SUBENTRY_SHOE)),
        gear=_gear(entry),
        routines=tuple(_routines(options.get(CONF_ROUTINES, []))),
    )


def _gear(entry: ConfigEntry[Any]) -> dict[str, str]:
    """Return the pairs by what services call them; one that is called alike here needs no linking."""
    names = {shoe.title: shoe.subentry_id for shoe in entry.get_subentries_of_type(SUBENTRY_SHOE)}
    linked = (source.data.get(CONF_GEAR, {}) for source in entry.get_subentries_of_type(SUBENTRY_SOURCE))
    return names | {gear: shoe for gears in linked for gear, shoe in gears.items()}


def _prompts(options: Mapping[str, Any], entry: ConfigEntry[Any]) -> PromptSettings:
    speakers = list(entry.get_subentries_of_type(SUBENTRY_SPEAKER))
    return PromptSettings(
        offsets={
            habit: timedelta(minutes=options[option])
            for habit, option in OFFSETS.items()
            if habit in options[CONF_PROMPTS]
        },
        evenings={
            habit: time.fromisoformat(options[option])
            for choice, (habit, option) in EVENINGS.items()
            if choice in options[CONF_PROMPTS]
        },
        at_the_treadmill=DEFAULTS.at_the_treadmill.intersection(options[CONF_PROMPTS]),
        delays={Habit.COOL_DOWN: timedelta(minutes=options[CONF_COOL_DOWN_OFFSET])},
        shoes=options[CONF_ASK_SHOES],
        chosen={topic: options[CONF_SPEAKERS][topic] for topic in TOPICS if topic in options[CONF_SPEAKERS]},
        fresh_for=timedelta(minutes=options[CONF_FRESH_FOR]),
        window=timedelta(minutes=options[CONF_PROMPT_WINDOW]),
        quiet_hours=QuietHours(
            start=time.fromisoformat(options[CONF_QUIET_START]), end=time.fromisoformat(options[CONF_QUIET_END])
        ),
        speakers=tuple(
            speaker.subentry_id
            for kind in (CONF_SATELLITE, CONF_MEDIA_PLAYER)
            for speaker in speakers
            if kind in speaker.data
        ),
        phones=tuple(speaker.subentry_id for speaker in speakers if CONF_NOTIFY in speaker.data),
    )


def _routines(written: Iterable[Mapping[str, str]]) -> Iterator[Routine]:
    """Give the runner's own routines; one that another version understood and this one doesn't is left out."""
    for one in written:
        try:
            yield own_routine(one[CONF_NAME], Habit(one[CONF_ROUTINE_HABIT]), one[CONF_ROUTINE_STEPS])
        except OwnRoutineError as error:
            LOGGER.warning("The routine %s can't be read in line %s: %s", one[CONF_NAME], error.line, error)


def _shoe(subentry: ConfigSubentry) -> Shoe:
    data = subentry.data
    return Shoe(
        id=subentry.subentry_id,
        name=subentry.title,
        first_used=date.fromisoformat(data[CONF_FIRST_USED]),
        initial_distance=data[CONF_INITIAL_DISTANCE],
        warn_at=data[CONF_WARN_AT],
        replace_at=data[CONF_REPLACE_AT],
        retired=date.fromisoformat(data[CONF_RETIRED]) if CONF_RETIRED in data else None,
        surfaces=frozenset(Surface(surface) for surface in data.get(CONF_SURFACES, ())),
        price=data.get(CONF_PRICE),
        insoles=_insoles(data),
    )


def _insoles(data: Mapping[str, Any]) -> Insoles | None:
    if CONF_INSOLES_SINCE not in data:
        return None
    return Insoles(first_used=date.fromisoformat(data[CONF_INSOLES_SINCE]), replace_at=data[CONF_INSOLES_REPLACE_AT])


def _minutes(duration: timedelta) -> float:
    return duration.total_seconds() / 60
