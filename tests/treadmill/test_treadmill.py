"""A treadmill on a smart plug: sessions, whose they are, and what the runners learn of them."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habit import Habit
from homeassistant.core import HomeAssistant
from tests.conftest import ENTRY_ID, SetUp, state_of

pytestmark = pytest.mark.usefixtures("clock")

TREADMILL_ID = "01TREADMILL"
POWER = "sensor.treadmill_power"
DATA: dict[str, Any] = {
    "power": POWER,
    "runners": [ENTRY_ID],
    "claim": "only",
    "standby": 1,
    "stop": 40,
    "start": 80,
    "run": 300,
    "start_hold": 2,
    "stop_hold": 10,
    "run_hold": 3,
    "patience": 300,
    "longest": 240,
}


def treadmill(**data: Any) -> MockConfigEntry:
    """Return the entry of a treadmill that only Alex uses unless told otherwise."""
    return MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL_ID, data=DATA | data)


class Plug:
    """A smart plug that reports each second."""

    def __init__(self, hass: HomeAssistant, clock: FrozenDateTimeFactory) -> None:
        """Say nothing yet."""
        self.hass = hass
        self.clock = clock

    async def draw(self, watts: float | str, seconds: float = 0, *, every: float = 1) -> None:
        """Draw so much power for a while."""
        self.say(watts)
        await self.hass.async_block_till_done(wait_background_tasks=True)
        for _ in range(round(seconds / every)):
            self.clock.tick(timedelta(seconds=every))
            self.say(watts)
            async_fire_time_changed(self.hass)
            await self.hass.async_block_till_done(wait_background_tasks=True)

    def say(self, watts: float | str) -> None:
        """Report once."""
        self.hass.states.async_set(POWER, str(watts), {"unit_of_measurement": "W"})


@pytest.fixture
def plug(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> Plug:
    """Return the treadmill's plug, which draws nothing."""
    plug = Plug(hass, clock)
    plug.say(0)
    return plug


async def test_a_session(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug) -> None:
    runner = await set_up(entry)
    await set_up(treadmill())
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "off"

    await plug.draw(6, 5)
    assert Habit.WARM_UP in runner.data.due
    await plug.draw(150, 300, every=5)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "on"
    assert state_of(hass, "binary_sensor", "running") == "off"
    await plug.draw(500, 1200, every=5)
    assert state_of(hass, "binary_sensor", "running") == "on"
    await plug.draw(150, 5)
    assert Habit.COOL_DOWN in runner.data.due
    await plug.draw(150, 360, every=5)
    await plug.draw(6, 15)

    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "off"
    assert state_of(hass, "binary_sensor", "running") == "off"
    [run] = runner.runner.runs
    assert run.duration == pytest.approx(1200, abs=5)
    assert {session.habit for session in runner.runner.sessions} == {Habit.WARM_UP, Habit.COOL_DOWN}
    assert float(state_of(hass, "sensor", "session_duration", TREADMILL_ID)) == pytest.approx(1865 / 60, abs=0.2)
