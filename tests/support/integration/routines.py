"""Guided routines with a clock under the test's control."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.routine import Routine, Step
from custom_components.home_gym.gym.routines.speech_lengths import SpeechLengths
from custom_components.home_gym.languages import PHRASES
from homeassistant.core import HomeAssistant
from tests.support.integration.runner_entry import ENTRY_ID


@cache
def english() -> SpeechLengths:
    """Return the lengths of English lines."""
    return SpeechLengths(json.loads((PHRASES / "en.json").read_text(encoding="utf-8")))


def built_in(habit: Habit, **choice: Any) -> Routine:
    """Return a built-in routine as an English coach speaks it."""
    return routine_for(habit, **choice, speech=english())


def step(seconds: float, rest: float = 0, exercise: str = "front_plank") -> Step:
    """Return a step of an exercise."""
    return Step(exercise=exercise, side=None, seconds=seconds, rest=rest, repetitions=None, name=None)


# 15 s of introduction, 20 s held, 10 s of rest and 10 s of the next introduction, 20 s held
SHORT = Routine(id="core", habit=Habit.CORE, steps=(step(20, rest=20), step(20, exercise="dead_bug")))
type Pass = Callable[[float], Awaitable[None]]


@pytest.fixture
def let_pass(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> Pass:
    """Return a function that lets seconds pass, one after the other."""

    async def let_pass(seconds: float) -> None:
        for _ in range(int(seconds)):
            clock.tick(1)
            async_fire_time_changed(hass)
            await settle(hass)

    return let_pass


async def settle(hass: HomeAssistant) -> None:
    """Run everything that needs no time: a line may wait for the end of another."""
    for _ in range(3):
        await hass.async_block_till_done()
        for _ in range(20):
            await asyncio.sleep(0)


async def act(hass: HomeAssistant, action: str, **data: Any) -> None:
    """Perform an action on the runner."""
    await hass.services.async_call(DOMAIN, action, {"config_entry_id": ENTRY_ID, **data}, blocking=True)
    await settle(hass)


async def begin(hass: HomeAssistant, entry: MockConfigEntry, routine: Routine = SHORT, **where: Any) -> None:
    """Start a routine that is short enough for a test."""
    await entry.runtime_data.routines.async_begin(routine, **where)
    await settle(hass)
