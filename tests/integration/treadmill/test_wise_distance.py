"""The wise distance, said once when the belt passes it."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym.treadmill.ftms import TreadmillData
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.support.integration import coach
from tests.support.integration.coach import Lines, runner, speaker
from tests.support.integration.runner_entry import SetUp, state_of
from tests.support.integration.treadmill_home import AWAKE, RUNS, Plug, settled, treadmill, watch

PASSED = "wise distance, 5.5 kilometers"

pytestmark = pytest.mark.usefixtures("clock")
lines = coach.lines


async def belt_of(hass: HomeAssistant, set_up: SetUp) -> tuple[MockConfigEntry, MockConfigEntry]:
    """Return a runner of 5 km every other day, and the runner's treadmill."""
    entry = runner(speaker(), quiet_start="01:00:00", quiet_end="02:00:00")
    coordinator = await set_up(entry)
    now = dt_util.utcnow()
    await coordinator.async_deliver([watch(now - timedelta(days=ago), 30, km=5) for ago in range(2, 40, 2)], live=False)
    belt = treadmill()
    belt.add_to_hass(hass)
    assert await hass.config_entries.async_setup(belt.entry_id)
    await settled(hass)
    return entry, belt


@pytest.mark.parametrize(("metres", "times"), [(5_499, 0), (5_500, 1)])
async def test_passed_distance_is_said_once(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, plug: Plug, metres: float, times: int
) -> None:
    _, belt = await belt_of(hass, set_up)
    assert float(state_of(hass, "sensor", "wise_distance")) == pytest.approx(5.5)
    await plug.draw(RUNS, 60, every=10)
    belt.runtime_data.live = TreadmillData(total_distance=metres)
    before = len(lines.heard)
    await plug.draw(RUNS, 60, every=10)
    passed = [said for said in lines.heard[before:] if PASSED in said]
    assert len(passed) == times
    await plug.draw(AWAKE, 15)


async def test_silent_voice_says_nothing(hass: HomeAssistant, set_up: SetUp, lines: Lines, plug: Plug) -> None:
    entry, belt = await belt_of(hass, set_up)
    entry.runtime_data.runner.journal.may_speak = False
    await plug.draw(RUNS, 60, every=10)
    belt.runtime_data.live = TreadmillData(total_distance=9_000)
    await plug.draw(RUNS, 60, every=10)
    assert not [said for said in lines.heard if PASSED in said]
