"""Turns what people chose in the UI into the gym's settings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .const import (
    CONF_ARCH,
    CONF_ASK_SHOES,
    CONF_CADENCE_BASELINE,
    CONF_CADENCE_HIGH,
    CONF_CADENCE_LOW,
    CONF_CHECK_IN,
    CONF_CHECK_IN_TIME,
    CONF_COOL_DOWN_OFFSET,
    CONF_CORE_GOAL,
    CONF_CORE_TIME,
    CONF_DAYS_WITHOUT_REST,
    CONF_FIRST_USED,
    CONF_FIRST_WEEKDAY,
    CONF_FITTED,
    CONF_FOAM_ROLL_OFFSET,
    CONF_FORM_CUE,
    CONF_FRESH_FOR,
    CONF_GEAR,
    CONF_INITIAL_DISTANCE,
    CONF_INSOLES_REPLACE_AT,
    CONF_INSOLES_SINCE,
    CONF_LEVEL,
    CONF_LONGEST_RUN,
    CONF_MAX_HEART_RATE,
    CONF_MEDIA_PLAYER,
    CONF_MONOTONY,
    CONF_NOTIFY,
    CONF_ORTHOTICS,
    CONF_PRICE,
    CONF_PROMPT_WINDOW,
    CONF_PROMPTS,
    CONF_QUIET_END,
    CONF_QUIET_START,
    CONF_RAMP,
    CONF_REPLACE_AT,
    CONF_RESTING_HEART_RATE,
    CONF_RETIRED,
    CONF_REVIEW,
    CONF_REVIEW_TIME,
    CONF_ROUTINE_HABIT,
    CONF_ROUTINE_STEPS,
    CONF_ROUTINES,
    CONF_SATELLITE,
    CONF_SHARED,
    CONF_SPEAKERS,
    CONF_STRETCH_OFFSET,
    CONF_STRETCH_TIME,
    CONF_SURFACES,
    CONF_WARM_UP_LEAD,
    CONF_WARN_AT,
    CONF_WEIGHTING,
    LOGGER,
    SUBENTRY_SHOE,
    SUBENTRY_SOURCE,
    SUBENTRY_SPEAKER,
)
from .gym.calendar import Calendar
from .gym.habits.habit import Habit
from .gym.prompts.prompt import WARM_UP_LEAD
from .gym.prompts.settings import CheckIn, PromptSettings, QuietHours
from .gym.prompts.topic import NonHabitTopic, Topic
from .gym.routines.exercise import Level
from .gym.routines.own_routine import RoutineTextError, own_routine
from .gym.routines.routine import Routine
from .gym.runs.activity import Surface
from .gym.runs.form import Band, band_around
from .gym.runs.load import LoadSettings, Weighting
from .gym.settings import CORE_GOAL, Settings
from .gym.shoes.shoe import Arch, Insoles, Shoe
from .gym.weekdays import FIRST_WEEKDAYS, first_weekday_in

OFFSETS = {Habit.FOAM_ROLL: CONF_FOAM_ROLL_OFFSET, Habit.STRETCH: CONF_STRETCH_OFFSET}
DEFAULTS = PromptSettings()
ALL_TOPICS: tuple[Topic, ...] = (*Habit, *NonHabitTopic)
EVENING_STRETCH = "evening_stretch"
"""What stands for a stretch on a day without a run among the choices."""
# What the coach can ask for, in the order of a run and of a day; each evening a stretch is not everybody's choice.
PROMPT_CHOICES = (
    *(habit.value for habit in Habit if habit in DEFAULTS.at_the_treadmill | DEFAULTS.offsets.keys()),
    Habit.CORE.value,
    EVENING_STRETCH,
)
DEFAULT_PROMPT_CHOICES = PROMPT_CHOICES[:-1]
EVENINGS = {Habit.CORE.value: (Habit.CORE, CONF_CORE_TIME), EVENING_STRETCH: (Habit.STRETCH, CONF_STRETCH_TIME)}

LOAD, BAND = LoadSettings(), Band()
# What the screen of training asks for, each with what holds until somebody chooses; None holds nothing.
TRAINING: Mapping[str, Any] = {
    CONF_RAMP: LOAD.ramp,
    CONF_LONGEST_RUN: LOAD.longest_run,
    CONF_DAYS_WITHOUT_REST: LOAD.days_without_rest,
    CONF_MONOTONY: LOAD.monotony,
    CONF_RESTING_HEART_RATE: None,
    CONF_MAX_HEART_RATE: None,
    CONF_WEIGHTING: LOAD.weighting.value,
    CONF_LEVEL: Level.BEGINNER.value,
    CONF_CADENCE_LOW: BAND.low,
    CONF_CADENCE_HIGH: BAND.high,
    CONF_CADENCE_BASELINE: None,
}


def options_of(hass: HomeAssistant, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return a runner's options, each with its default where none was chosen.

    Durations are minutes, times of day HH:MM:SS.
    """
    return {
        CONF_CORE_GOAL: CORE_GOAL,
        CONF_FIRST_WEEKDAY: first_weekday_in(hass.config.country),
        CONF_PROMPTS: list(DEFAULT_PROMPT_CHOICES),
        CONF_CORE_TIME: time(18).isoformat(),
        CONF_STRETCH_TIME: time(19).isoformat(),
        **{option: _minutes(DEFAULTS.offsets[habit]) for habit, option in OFFSETS.items()},
        CONF_WARM_UP_LEAD: _minutes(WARM_UP_LEAD),
        CONF_COOL_DOWN_OFFSET: 0,
        CONF_ASK_SHOES: DEFAULTS.shoes,
        CONF_CHECK_IN: DEFAULTS.check_in.value,
        CONF_CHECK_IN_TIME: DEFAULTS.check_in_at.isoformat(),
        CONF_REVIEW: False,
        CONF_REVIEW_TIME: time(19).isoformat(),
        CONF_FORM_CUE: DEFAULTS.form_cues,
        CONF_SPEAKERS: {},
        CONF_PROMPT_WINDOW: _minutes(DEFAULTS.window),
        CONF_FRESH_FOR: _minutes(DEFAULTS.fresh_for),
        CONF_QUIET_START: DEFAULTS.quiet_hours.start.isoformat(),
        CONF_QUIET_END: DEFAULTS.quiet_hours.end.isoformat(),
        **{option: value for option, value in TRAINING.items() if value is not None},
        CONF_SHARED: False,
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
        load=_load(options),
        band=_band(options),
        routines=tuple(_routines(options.get(CONF_ROUTINES, []))),
        level=Level(options[CONF_LEVEL]),
    )


def _load(options: Mapping[str, Any]) -> LoadSettings:
    return LoadSettings(
        ramp=options[CONF_RAMP],
        longest_run=options[CONF_LONGEST_RUN],
        days_without_rest=round(options[CONF_DAYS_WITHOUT_REST]),
        monotony=options[CONF_MONOTONY],
        resting_heart_rate=options.get(CONF_RESTING_HEART_RATE),
        max_heart_rate=options.get(CONF_MAX_HEART_RATE),
        weighting=Weighting(options[CONF_WEIGHTING]),
    )


def _band(options: Mapping[str, Any]) -> Band:
    """Return the cadence that is wanted: around a baseline where one is given."""
    if CONF_CADENCE_BASELINE in options:
        return band_around(options[CONF_CADENCE_BASELINE])
    return Band(low=options[CONF_CADENCE_LOW], high=options[CONF_CADENCE_HIGH])


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
        check_in=CheckIn(options[CONF_CHECK_IN]),
        check_in_at=time.fromisoformat(options[CONF_CHECK_IN_TIME]),
        review_at=time.fromisoformat(options[CONF_REVIEW_TIME]) if options[CONF_REVIEW] else None,
        form_cues=options[CONF_FORM_CUE],
        chosen={topic: options[CONF_SPEAKERS][topic] for topic in ALL_TOPICS if topic in options[CONF_SPEAKERS]},
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
        except RoutineTextError as error:
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
        fitted=date.fromisoformat(data[CONF_FITTED]) if CONF_FITTED in data else None,
        arch=Arch(data[CONF_ARCH]) if CONF_ARCH in data else None,
        orthotics=data.get(CONF_ORTHOTICS, False),
    )


def _insoles(data: Mapping[str, Any]) -> Insoles | None:
    if CONF_INSOLES_SINCE not in data:
        return None
    return Insoles(first_used=date.fromisoformat(data[CONF_INSOLES_SINCE]), replace_at=data[CONF_INSOLES_REPLACE_AT])


def _minutes(duration: timedelta) -> float:
    return duration.total_seconds() / 60
