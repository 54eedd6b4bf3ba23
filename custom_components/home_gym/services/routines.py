"""Actions of guided routines: start, resume, and the commands of the player."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import voluptuous as vol

from homeassistant.core import ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..const import DOMAIN
from ..data import RunnerData
from ..gym import verbs
from ..gym.exercises.level import Length, Level
from ..gym.habits.habit import Habit
from ..gym.habits.practice import Effort
from ..gym.routines.player import Player
from ..gym.routines.routine import Routine
from ..gym.routines.timing import shortened
from ..routines.routine_clock import Command, RoutineClock
from .action import Action, Handler
from .prompts import ATTR_HABIT, HABIT_SCHEMA

ATTR_EFFORT = "effort"
ATTR_LENGTH = "length"
ATTR_LEVEL = "level"
ATTR_MINUTES = "minutes"
ATTR_ROUTINE = "routine"
ATTR_SPEAKER = "speaker"

START = {
    vol.Optional(ATTR_HABIT): HABIT_SCHEMA,
    vol.Optional(ATTR_ROUTINE): cv.string,
    vol.Optional(ATTR_LENGTH): vol.In([length.value for length in Length]),
    vol.Optional(ATTR_LEVEL): vol.In([level.value for level in Level]),
    vol.Optional(ATTR_MINUTES): vol.All(vol.Coerce(float), vol.Range(min=1, max=120)),
    vol.Optional(ATTR_SPEAKER): cv.string,
}
EFFORTS = [effort.value for effort in Effort]
PLAYER_COMMANDS: Mapping[str, Command] = {
    "pause_routine": Player.pause,
    "next_step": Player.next,
    "previous_step": Player.previous,
    "repeat_step": Player.repeat,
    "stop_routine": Player.stop,
}


async def _start(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    if (ATTR_HABIT in data) is (ATTR_ROUTINE in data):
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="habit_or_routine")
    routine = _own(gym.routines, data) if ATTR_ROUTINE in data else _guided(gym.routines, data)
    await gym.routines.async_begin(routine, speaker=data.get(ATTR_SPEAKER))
    return None


async def _resume(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
    await gym.routines.async_resume()
    return None


def _commanding(command: Command) -> Handler:
    async def perform(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
        await gym.routines.async_command(command)
        return None

    return perform


def _guided(routines: RoutineClock, data: Mapping[str, Any]) -> Routine:
    """Return the routine of the requested habit, with holds by the runner's progress.

    It fills the minutes, or those of the length, the short one unless given. Raises ServiceValidationError if the time
    is too short for one exercise.
    """
    habit = Habit(data[ATTR_HABIT])
    level = Level(data[ATTR_LEVEL]) if ATTR_LEVEL in data else None
    length = Length(data[ATTR_LENGTH]) if ATTR_LENGTH in data else None
    if ATTR_MINUTES not in data:
        return routines.guided(habit, length=length or Length.SHORT, level=level)

    return _within(data[ATTR_MINUTES], lambda time: routines.guided(habit, within=time, level=level))


def _own(routines: RoutineClock, data: Mapping[str, Any]) -> Routine:
    """Return the requested routine of the runner's own.

    Raises ServiceValidationError for an unknown name, and if the time is too short for one step.
    """
    routine = routines.own(data[ATTR_ROUTINE])
    return _within(data[ATTR_MINUTES], partial(shortened, routine)) if ATTR_MINUTES in data else routine


def _within(minutes: float, fitting: Callable[[timedelta], Routine]) -> Routine:
    """Return the routine for the runner's time; raises ServiceValidationError if none fits."""
    try:
        return fitting(timedelta(minutes=minutes))
    except ValueError as error:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="too_little_time",
            translation_placeholders={"minutes": f"{minutes:g}"},
        ) from error


async def _rate(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.rate(Effort(data[ATTR_EFFORT])))
    return None


ROUTINE_ACTIONS: Mapping[str, Action] = {
    "start_routine": Action(fields=START, handler=_start),
    "resume_routine": Action(fields={}, handler=_resume),
    "rate_routine": Action(fields={vol.Required(ATTR_EFFORT): vol.In(EFFORTS)}, handler=_rate),
    **{name: Action(fields={}, handler=_commanding(command)) for name, command in PLAYER_COMMANDS.items()},
}
