"""Tests of the one timer that components share."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.home_gym.deadline import Deadline
from homeassistant.core import HomeAssistant, callback

NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def calls() -> list[datetime]:
    """Return the instants of all calls."""
    return []


@pytest.fixture
def deadline(hass: HomeAssistant, freezer: FrozenDateTimeFactory, calls: list[datetime]) -> Deadline:
    """Return a deadline that records its calls, at noon."""
    freezer.move_to(NOON)

    @callback
    def note(now: datetime) -> None:
        calls.append(now)

    return Deadline(hass, note)


async def wait(hass: HomeAssistant, freezer: FrozenDateTimeFactory, until: datetime) -> None:
    """Move the clock."""
    freezer.move_to(until)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


async def test_action_is_called_once_at_its_instant(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, deadline: Deadline, calls: list[datetime]
) -> None:
    deadline.async_set(NOON + MINUTE)
    await wait(hass, freezer, NOON + MINUTE / 2)
    assert calls == []
    await wait(hass, freezer, NOON + 2 * MINUTE)
    await wait(hass, freezer, NOON + 3 * MINUTE)
    assert len(calls) == 1


async def test_later_deadline_replaces_earlier_one(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, deadline: Deadline, calls: list[datetime]
) -> None:
    deadline.async_set(NOON + MINUTE)
    deadline.async_set(NOON + 3 * MINUTE)
    await wait(hass, freezer, NOON + 2 * MINUTE)
    assert calls == []
    await wait(hass, freezer, NOON + 4 * MINUTE)
    assert len(calls) == 1


@pytest.mark.parametrize("delay", [60, MINUTE])
async def test_delay_is_seconds_or_a_timedelta(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    deadline: Deadline,
    calls: list[datetime],
    delay: float | timedelta,
) -> None:
    deadline.async_set_in(delay)
    await wait(hass, freezer, NOON + MINUTE / 2)
    assert calls == []
    await wait(hass, freezer, NOON + 2 * MINUTE)
    assert len(calls) == 1


async def test_cancelled_deadline_calls_nothing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, deadline: Deadline, calls: list[datetime]
) -> None:
    deadline.async_set(NOON + MINUTE)
    deadline.async_cancel()
    deadline.async_set(NOON + MINUTE)
    deadline.async_set(None)
    deadline.async_cancel()
    await wait(hass, freezer, NOON + 2 * MINUTE)
    assert calls == []
