"""A clock that is set while Home Assistant runs, in both directions, and a start before it is set."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from homeassistant.core import HomeAssistant
from tests.support.integration.runner_entry import NOW, SetUp

IN_2040 = datetime(2040, 6, 4, 12, tzinfo=UTC)
NEVER_SET = datetime(1970, 1, 1, 0, 1, tzinfo=UTC)


async def tick(hass: HomeAssistant, entry: MockConfigEntry) -> HomeGymCoordinator:
    """Tick, wait for a reload if one follows, and return the coordinator."""
    await entry.runtime_data.coordinator.async_tick()
    await hass.async_block_till_done(wait_background_tasks=True)
    coordinator: HomeGymCoordinator = entry.runtime_data.coordinator
    return coordinator


async def test_session_of_2040_waits_until_then(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(IN_2040)
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.log_session(Habit.CORE))

    freezer.move_to(NOW)
    coordinator = await tick(hass, entry)
    assert coordinator.data.last_session[Habit.CORE] is None
    assert coordinator.deadline <= NOW + timedelta(minutes=5)

    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    freezer.move_to(IN_2040 + timedelta(minutes=1))
    coordinator = await tick(hass, entry)
    assert coordinator.data.last_session[Habit.CORE] == IN_2040
    assert coordinator.data.last_session[Habit.STRETCH] == NOW


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(minutes=30), timedelta(seconds=30)])
async def test_small_step_back_loses_no_session(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    back: timedelta,
) -> None:
    """It may be hidden until its time comes, but is never lost."""
    freezer.move_to(NOW)
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    freezer.move_to(NOW - back)
    await tick(hass, entry)
    freezer.move_to(NOW + timedelta(minutes=1))
    assert (await tick(hass, entry)).data.last_session[Habit.CORE] == NOW


async def test_start_in_1970_shows_everything_once_the_clock_is_set(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    freezer.move_to(NEVER_SET)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    coordinator = entry.runtime_data.coordinator
    assert coordinator.data.last_session[Habit.CORE] is None
    freezer.move_to(NOW + timedelta(minutes=1))
    assert (await tick(hass, entry)).data.last_session[Habit.CORE] == NOW
