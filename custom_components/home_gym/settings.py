"""The gym's settings, made from a config entry's options and subentries."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .const import (
    CONF_GEAR,
    CONF_MEDIA_PLAYER,
    CONF_NOTIFY_ACTION,
    CONF_ROUTINE_HABIT,
    CONF_ROUTINE_STEPS,
    CONF_SATELLITE,
    CONF_UNNAMED_RUNS,
    LOGGER,
    SUBENTRY_SHOE,
    SUBENTRY_SOURCE,
    SUBENTRY_SPEAKER,
)
from .gym.back.history import MedicalHistory
from .gym.calendar import Calendar
from .gym.habits.habit import Habit
from .gym.prompts.settings import PromptSettings, QuietHours
from .gym.prompts.topic import NonHabitTopic, Topic
from .gym.routines.own_routine import RoutineTextError, own_routine
from .gym.routines.routine import Routine
from .gym.runs.form import Band, band_around
from .gym.runs.load import LoadSettings
from .gym.settings import Settings
from .gym.shoes.shoe import Insoles, Shoe
from .options import OPTIONS, options_of
from .options.coach import (
    COOL_DOWN_OFFSET,
    CORE_TIME,
    DEFAULTS,
    EVENING_STRETCH,
    FOAM_ROLL_OFFSET,
    PROMPTS,
    REVIEW,
    REVIEW_TIME,
    ROUTINES,
    SPEAKERS,
    STRETCH_OFFSET,
    STRETCH_TIME,
)
from .options.field import settings_from
from .options.shoe import INSOLES_SINCE, SHOE
from .options.speaker import is_written
from .options.training import CADENCE_BASELINE, MINUTES

ALL_TOPICS: tuple[Topic, ...] = (*Habit, *NonHabitTopic)
OFFSETS = {Habit.FOAM_ROLL: FOAM_ROLL_OFFSET, Habit.STRETCH: STRETCH_OFFSET}
EVENINGS = {Habit.CORE.value: (Habit.CORE, CORE_TIME), EVENING_STRETCH: (Habit.STRETCH, STRETCH_TIME)}


def settings_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Settings:
    """Return the settings of the runner with a config entry."""
    options = options_of(hass, entry.options)
    return settings_from(
        Settings,
        OPTIONS,
        options,
        calendar=settings_from(Calendar, OPTIONS, options, timezone=dt_util.get_default_time_zone()),
        prompts=_prompts(options, entry),
        shoes=tuple(_shoe(subentry) for subentry in entry.get_subentries_of_type(SUBENTRY_SHOE)),
        gear=_gear(entry),
        load=settings_from(LoadSettings, OPTIONS, options),
        band=_band(options),
        routines=tuple(_routines(options.get(ROUTINES.key, []))),
        history=settings_from(MedicalHistory, OPTIONS, options),
        minutes={habit: option.of(options) for habit, option in MINUTES.items() if option.key in options},
        unnamed_runs=frozenset(
            source.subentry_id
            for source in entry.get_subentries_of_type(SUBENTRY_SOURCE)
            if source.data.get(CONF_UNNAMED_RUNS)
        ),
    )


def _band(options: Mapping[str, Any]) -> Band:
    """Return the target cadence, around the baseline if one is set."""
    if CADENCE_BASELINE.key in options:
        return band_around(CADENCE_BASELINE.of(options))
    return settings_from(Band, OPTIONS, options)


def _gear(entry: ConfigEntry[Any]) -> dict[str, str]:
    """Return the pairs by their names in services; a pair with the same name here needs no link."""
    names = {shoe.title: shoe.subentry_id for shoe in entry.get_subentries_of_type(SUBENTRY_SHOE)}
    linked = (source.data.get(CONF_GEAR, {}) for source in entry.get_subentries_of_type(SUBENTRY_SOURCE))
    return names | {gear: shoe for gears in linked for gear, shoe in gears.items()}


def _prompts(options: Mapping[str, Any], entry: ConfigEntry[Any]) -> PromptSettings:
    speakers = list(entry.get_subentries_of_type(SUBENTRY_SPEAKER))
    habits, by_topic = PROMPTS.of(options), SPEAKERS.of(options)
    return settings_from(
        PromptSettings,
        OPTIONS,
        options,
        offsets={habit: option.of(options) for habit, option in OFFSETS.items() if habit in habits},
        evenings={habit: option.of(options) for choice, (habit, option) in EVENINGS.items() if choice in habits},
        at_the_treadmill=DEFAULTS.at_the_treadmill.intersection(habits),
        delays={Habit.COOL_DOWN: COOL_DOWN_OFFSET.of(options)},
        review_at=REVIEW_TIME.of(options) if REVIEW.of(options) else None,
        chosen={topic: by_topic[topic] for topic in ALL_TOPICS if topic in by_topic},
        quiet_hours=settings_from(QuietHours, OPTIONS, options),
        speakers=tuple(
            speaker.subentry_id
            for kind in (CONF_SATELLITE, CONF_MEDIA_PLAYER, CONF_NOTIFY_ACTION)
            for speaker in speakers
            if kind in speaker.data and not is_written(speaker.data)
        ),
        phones=tuple(speaker.subentry_id for speaker in speakers if is_written(speaker.data)),
    )


def _routines(written: Iterable[Mapping[str, str]]) -> Iterator[Routine]:
    """Yield the runner's own routines, without those that this version cannot parse."""
    for routine in written:
        try:
            yield own_routine(routine[CONF_NAME], Habit(routine[CONF_ROUTINE_HABIT]), routine[CONF_ROUTINE_STEPS])
        except RoutineTextError as error:
            LOGGER.warning("The routine %s can't be read in line %s: %s", routine[CONF_NAME], error.line, error)


def _shoe(subentry: ConfigSubentry) -> Shoe:
    data = subentry.data
    insoles = settings_from(Insoles, SHOE, data) if INSOLES_SINCE.key in data else None
    return settings_from(Shoe, SHOE, data, id=subentry.subentry_id, name=subentry.title, insoles=insoles)
