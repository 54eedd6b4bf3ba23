"""A treadmill with speed and distance over Bluetooth."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.runs.activity import Origin
from custom_components.home_gym.gym.treadmill.ftms import TreadmillData
from custom_components.home_gym.gym.treadmill.quirks import Quirk
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, state_of
from tests.support.integration.treadmill_home import TREADMILL_ID, events_of, watch

pytestmark = pytest.mark.usefixtures("clock")

ADDRESS = "AA:BB:CC:DD:EE:FF"
ENTRY = {"address": ADDRESS, "runners": [ENTRY_ID], "claim": "only"}
# Metres a second: a walk of 5.4 km/h and a run of 10.8 km/h.
WALKS, RUNS = 1.5, 3.0


class Machine:
    """A treadmill that counts its metres, in place of the Bluetooth connection."""

    def __init__(self, hass: HomeAssistant, clock: FrozenDateTimeFactory) -> None:
        """Stand still."""
        self.hass = hass
        self.clock = clock
        self.metres = 250.0
        self.connections = 0
        self.address: str | None = None
        self.quirks: Collection[Quirk] = ()
        self._on_data: Callable[[TreadmillData, datetime], None] | None = None
        self._on_gone: Callable[[datetime], None] | None = None

    def __call__(
        self,
        _hass: HomeAssistant,
        address: str,
        on_data: Callable[[TreadmillData, datetime], None],
        on_gone: Callable[[datetime], None],
        *,
        quirks: Collection[Quirk],
    ) -> Machine:
        """Take the connection's place."""
        self.quirks = quirks
        self.address, self._on_data, self._on_gone = address, on_data, on_gone
        return self

    async def async_start(self) -> None:
        """Connect."""
        self.connections += 1

    async def async_stop(self) -> None:
        """Disconnect."""
        self._on_data = self._on_gone = None

    def say(self, **figures: Any) -> None:
        """Send a record to the listener, if any."""
        if self._on_data:
            self._on_data(TreadmillData(**figures), dt_util.utcnow())

    def leave(self) -> None:
        """Lose the connection."""
        assert self._on_gone
        self._on_gone(dt_util.utcnow())

    async def go(self, speed: float, seconds: int, *, heard: bool = True) -> None:
        """Run at a speed for a while."""
        for _ in range(seconds // 5):
            self.clock.tick(timedelta(seconds=5))
            self.metres += speed * 5
            if heard:
                self.say(total_distance=self.metres)
                self.say(speed=speed)
            async_fire_time_changed(self.hass)
            await self.hass.async_block_till_done(wait_background_tasks=True)


@pytest.fixture
def machine(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> Iterator[Machine]:
    """Replace the Bluetooth connection by the machine."""
    machine = Machine(hass, clock)
    with patch("custom_components.home_gym.treadmill.bluetooth.BluetoothTreadmill", machine):
        yield machine


@pytest.fixture
def belt() -> MockConfigEntry:
    """Return the entry of a treadmill discovered over Bluetooth."""
    return MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL_ID, data=ENTRY)


async def test_the_treadmill_counts_the_distance(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, belt: MockConfigEntry, machine: Machine
) -> None:
    runner = await set_up(entry)
    await set_up(belt)
    assert machine.address == ADDRESS
    told = events_of(hass, "run")

    await machine.go(WALKS, 300)
    await machine.go(RUNS, 1200)
    await machine.go(WALKS, 300)
    await machine.go(0, 15)

    [run] = runner.runner.runs.all()
    # 1,200 seconds at three metres each; a report is five seconds wide.
    assert run.distance == pytest.approx(3600, abs=20)
    assert run.distance_error is None
    assert runner.runner.origins_of(run) == {Origin.TREADMILL}
    assert told == ["started", "finished", "recorded"]
    assert {session.habit for session in runner.runner.sessions.all()} == {Habit.WARM_UP, Habit.COOL_DOWN}
    [device] = dr.async_entries_for_config_entry(dr.async_get(hass), TREADMILL_ID)
    assert device.connections == {(dr.CONNECTION_BLUETOOTH, ADDRESS)}

    # A watch's different measurement wins, and the belt's own count teaches nothing.
    await runner.async_deliver([watch(run.start, km=3.5)], live=True)
    assert runner.runner.runs.all()[0].distance == 3500


async def test_disconnected_treadmill_stands_still(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, belt: MockConfigEntry, machine: Machine
) -> None:
    runner = await set_up(entry)
    await set_up(belt)
    prompts = events_of(hass, "prompt")
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "off"
    # Connecting is attempted all day, so it is no sign of a runner.
    for _ in range(3):
        await machine.go(0, 60)
        machine.leave()
        machine.clock.tick(timedelta(hours=4))
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "off"
    assert prompts == []
    await machine.go(WALKS, 10)
    assert Habit.WARM_UP in runner.data.due


async def test_a_connection_that_is_lost_and_found(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, belt: MockConfigEntry, machine: Machine
) -> None:
    runner = await set_up(entry)
    await set_up(belt)
    await machine.go(RUNS, 600)
    machine.leave()
    await machine.go(RUNS, 120, heard=False)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "on"
    await machine.go(RUNS, 600)
    await machine.go(0, 15)
    [run] = runner.runner.runs.all()
    # The treadmill counted the missing metres.
    assert run.duration == pytest.approx(1320, abs=10)
    assert run.distance == pytest.approx(3960, abs=20)


async def test_the_counter_outlives_a_restart(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, belt: MockConfigEntry, machine: Machine
) -> None:
    runner = await set_up(entry)
    await set_up(belt)
    await machine.go(RUNS, 600)
    await hass.config_entries.async_unload(TREADMILL_ID)
    await machine.go(RUNS, 60, heard=False)
    await hass.config_entries.async_setup(TREADMILL_ID)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert machine.connections == 2
    await machine.go(RUNS, 600)
    await machine.go(0, 15)
    [run] = runner.runner.runs.all()
    assert run.distance == pytest.approx(3780, abs=20)


async def test_live_figures_are_shown_while_connected(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, machine: Machine
) -> None:
    """Ten seconds at 3 m/s are 10.8 km/h and 30 metres more than the 250 that were counted before."""
    await set_up(entry)
    await set_up(MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL_ID, data=ENTRY))
    assert state_of(hass, "sensor", "speed", TREADMILL_ID) == "unavailable"

    await machine.go(RUNS, 10)
    machine.say(inclination=1.5)
    await machine.go(RUNS, 5)

    assert float(state_of(hass, "sensor", "speed", TREADMILL_ID)) == pytest.approx(10.8)
    assert state_of(hass, "sensor", "inclination", TREADMILL_ID) == "1.5"
    assert float(state_of(hass, "sensor", "session_distance", TREADMILL_ID)) == pytest.approx(295, abs=15)
    machine.leave()
    await hass.async_block_till_done()
    assert state_of(hass, "sensor", "speed", TREADMILL_ID) == "unavailable"


async def test_lifetime_is_shown_as_far_as_it_grew(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, machine: Machine
) -> None:
    """Ten minutes by the treadmill's clock, and 150 km by its counter."""
    await set_up(entry)
    await set_up(MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL_ID, data=ENTRY))
    machine.metres = 150_000
    machine.say(elapsed_time=600, speed=0, total_distance=machine.metres)
    assert state_of(hass, "sensor", "session_distance", TREADMILL_ID) == "unknown"
    await machine.go(RUNS, 300)
    # Three metres a second, less the first report and the last one, five seconds each.
    assert float(state_of(hass, "sensor", "session_distance", TREADMILL_ID)) == pytest.approx(900, abs=35)


async def test_live_figures_are_shown_every_five_seconds(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    machine: Machine,
    clock: FrozenDateTimeFactory,
) -> None:
    await set_up(entry)
    await set_up(MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL_ID, data=ENTRY))
    shown = []
    for second in range(16):
        machine.say(speed=second / 100)
        shown.append(float(state_of(hass, "sensor", "speed", TREADMILL_ID)))
        clock.tick(timedelta(seconds=1))
    # At once, and after five, ten and fifteen seconds, too slow to be a start: in kilometres an hour.
    assert sorted(set(shown)) == pytest.approx([0.0, 0.18, 0.36, 0.54])


@pytest.mark.parametrize(("unit", "sent"), [("as_sent", "8.0"), ("miles", "5.0")])
async def test_display_is_compared_during_a_run(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, machine: Machine, unit: str, sent: str
) -> None:
    await set_up(entry)
    belt = MockConfigEntry(
        domain=DOMAIN, title="Treadmill", entry_id=TREADMILL_ID, data=ENTRY | {"speed_unit": unit, "claim": "only"}
    )
    await set_up(belt)
    assert set(machine.quirks) == ({Quirk.IN_MILES} if unit == "miles" else set())
    # The connection has corrected the speed already: 8.0 km/h are five miles an hour, sent as 5.0.
    machine.say(speed=5 * 1609.344 / 3600)
    form = await belt.start_reconfigure_flow(hass)
    chosen = {"name": "Treadmill", "runners": [ENTRY_ID], "claim": "only", "speed_unit": unit}
    menu = await hass.config_entries.flow.async_configure(form["flow_id"], chosen)
    assert menu["step_id"] == "console"
    assert (menu["description_placeholders"] or {})["sent"] == sent

    machine.say(speed=0)
    menu = await hass.config_entries.flow.async_configure(menu["flow_id"], {"next_step_id": "console"})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert menu["reason"] == "reconfigure_successful"
    assert belt.data["speed_unit"] == unit
