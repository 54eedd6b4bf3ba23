"""The actions of guided routines."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import voluptuous as vol

from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..const import DOMAIN
from ..coordinator import async_runner
from ..gym.habits.habit import Habit
from ..gym.routines.exercise import Level
from ..gym.routines.player import Player
from ..gym.routines.routine import Length, Routine
from ..gym.routines.timing import duration, shortened
from ..permissions import async_check
from ..routines.routine_clock import Command, Routines

ATTR_CONFIG_ENTRY_ID = "config_entry_id"
ATTR_HABIT = "habit"
ATTR_LENGTH = "length"
ATTR_LEVEL = "level"
ATTR_MINUTES = "minutes"
ATTR_ROUTINE = "routine"
ATTR_SPEAKER = "speaker"

type RoutineHandler = Callable[[Routines, Mapping[str, Any]], Awaitable[None]]

RUNNER = {vol.Required(ATTR_CONFIG_ENTRY_ID): cv.string}
START = {
    vol.Optional(ATTR_HABIT): vol.In([habit.value for habit in Habit]),
    vol.Optional(ATTR_ROUTINE): cv.string,
    vol.Optional(ATTR_LENGTH): vol.In([length.value for length in Length]),
    vol.Optional(ATTR_LEVEL): vol.In([level.value for level in Level]),
    vol.Optional(ATTR_MINUTES): vol.All(vol.Coerce(float), vol.Range(min=1, max=120)),
    vol.Optional(ATTR_SPEAKER): cv.string,
}
PLAYER_COMMANDS: Mapping[str, Command] = {
    "pause_routine": Player.pause,
    "next_step": Player.next,
    "previous_step": Player.previous,
    "repeat_step": Player.repeat,
    "stop_routine": Player.stop,
}


@callback
def async_register_routines(hass: HomeAssistant) -> None:
    """Register all actions of routines."""

    def register(name: str, handler: RoutineHandler, fields: Mapping[vol.Marker, Any]) -> None:
        hass.services.async_register(DOMAIN, name, _performing(hass, handler), schema=vol.Schema({**RUNNER, **fields}))

    register("start_routine", _start, START)
    register("resume_routine", _resume, {})
    for name, command in PLAYER_COMMANDS.items():
        register(name, _commanding(command), {})


async def _start(routines: Routines, data: Mapping[str, Any]) -> None:
    if (ATTR_HABIT in data) is (ATTR_ROUTINE in data):
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="habit_or_routine")
    routine = _own(routines, data) if ATTR_ROUTINE in data else _guided(routines, data)
    await routines.async_begin(routine, speaker=data.get(ATTR_SPEAKER))


async def _resume(routines: Routines, _data: Mapping[str, Any]) -> None:
    await routines.async_resume()


def _commanding(command: Command) -> RoutineHandler:
    return lambda routines, _data: routines.async_command(command)


def _guided(routines: Routines, data: Mapping[str, Any]) -> Routine:
    """Return the routine of the habit that was asked for, held as long as the runner is used to.

    It is the short one, unless there is time for the full one. Raises ServiceValidationError where not even one
    exercise has time.
    """
    habit = Habit(data[ATTR_HABIT])
    level = Level(data[ATTR_LEVEL]) if ATTR_LEVEL in data else None
    length = Length(data[ATTR_LENGTH]) if ATTR_LENGTH in data else None
    if ATTR_MINUTES not in data:
        return routines.guided(habit, length=length or Length.SHORT, level=level)

    def fitting(time: timedelta) -> Routine:
        full = routines.guided(habit, length=Length.FULL, level=level)
        chosen = length or (Length.FULL if duration(full) <= time else Length.SHORT)
        return routines.guided(habit, length=chosen, within=time, level=level)

    return _within(data[ATTR_MINUTES], fitting)


def _own(routines: Routines, data: Mapping[str, Any]) -> Routine:
    """Return the runner's own routine that was asked for.

    Raises ServiceValidationError where there is none of that name, or not even one step has time.
    """
    routine = routines.own(data[ATTR_ROUTINE])
    return _within(data[ATTR_MINUTES], partial(shortened, routine)) if ATTR_MINUTES in data else routine


def _within(minutes: float, fitting: Callable[[timedelta], Routine]) -> Routine:
    """Return what fits into the time that the runner has; raises ServiceValidationError where nothing does."""
    try:
        return fitting(timedelta(minutes=minutes))
    except ValueError as error:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="too_little_time",
            translation_placeholders={"minutes": f"{minutes:g}"},
        ) from error


def _performing(hass: HomeAssistant, handler: RoutineHandler) -> Callable[[ServiceCall], Coroutine[Any, Any, None]]:
    """Return what finds the runner."""

    async def perform(call: ServiceCall) -> None:
        coordinator = async_runner(hass, call.data[ATTR_CONFIG_ENTRY_ID])
        await async_check(hass, call.context, coordinator.config_entry, reads=False)
        await handler(coordinator.routines, call.data)

    return perform
