"""A treadmill that another integration shows by entities of its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.runs.activity import Origin
from custom_components.home_gym.treadmill import TreadmillCoordinator
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from tests.support.integration.belt_device import QDOMYOS, BeltDevice
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, state_of
from tests.support.integration.treadmill_home import TREADMILL_ID, events_of

pytestmark = pytest.mark.usefixtures("clock")

# Kilometres an hour of a walk and of a run.
WALKS, RUNS = 5.4, 10.8
STEP = 5


class Belt:
    """The belt behind a device, with its counter."""

    def __init__(self, hass: HomeAssistant, clock: FrozenDateTimeFactory, **units: str) -> None:
        """Stand still, with a counter of earlier runs."""
        self._hass = hass
        self._clock = clock
        self.device = BeltDevice(hass, "mqtt", {**QDOMYOS, **units})
        self.metres = 0.0
        # Metres or seconds a unit, and the speed shown for one in km/h.
        self.metres_a_unit, self.shown_speed = 1000.0, 1.0
        self.silent: set[str] = set()
        self.say(0)

    def say(self, speed: float) -> None:
        """Report the figures that are not silent; the distance has two decimals."""
        figures: dict[str, float] = {
            "speed_current": speed * self.shown_speed,
            "distance": round(self.metres / self.metres_a_unit, 2),
        }
        self.device.say(**{key: figure for key, figure in figures.items() if key not in self.silent})

    async def go(self, speed: float, seconds: int, *, metres: float | None = None) -> None:
        """Move at a speed in km/h, and report every few seconds."""
        for _ in range(seconds // STEP):
            self._clock.tick(timedelta(seconds=STEP))
            self.metres += speed / 3.6 * STEP if metres is None else metres
            self.say(speed)
            async_fire_time_changed(self._hass)
            await self._hass.async_block_till_done(wait_background_tasks=True)

    async def wait(self, seconds: int) -> None:
        """Let time pass without a report."""
        for _ in range(seconds // STEP):
            self._clock.tick(timedelta(seconds=STEP))
            async_fire_time_changed(self._hass)
            await self._hass.async_block_till_done(wait_background_tasks=True)


type Start = Callable[..., Any]


@pytest.fixture
def belt(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> Belt:
    """Return a belt at rest."""
    return Belt(hass, clock)


@pytest.fixture
async def runner(set_up: SetUp, entry: MockConfigEntry) -> HomeGymCoordinator:
    """Return a runner."""
    return await set_up(entry)


async def set_up_belt(set_up: SetUp, belt: Belt, **data: str) -> TreadmillCoordinator:
    """Set up the treadmill with its speed and distance, and more."""
    references = {"speed": belt.device.reference("speed_current"), "distance": belt.device.reference("distance")}
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Treadmill",
        entry_id=TREADMILL_ID,
        data={**references, "runners": [ENTRY_ID], "claim": "only", **data},
    )
    await set_up(entry)
    coordinator: TreadmillCoordinator = entry.runtime_data
    return coordinator


async def test_session_of_entities_is_run_with_distance_and_walks(
    hass: HomeAssistant, set_up: SetUp, runner: HomeGymCoordinator, belt: Belt
) -> None:
    belt.metres = 1_234_560.0
    belt.say(0)
    treadmill = await set_up_belt(set_up, belt)
    events = events_of(hass, "run")
    assert treadmill.distance is None

    await belt.go(WALKS, 300)
    # 5.4 km/h are 1.5 metres a second; the counter shows tens of metres.
    assert treadmill.distance == pytest.approx(450, abs=15)
    shown = state_of(hass, "sensor", "session_distance", TREADMILL_ID)
    assert float(shown) == pytest.approx(450, abs=20)
    await belt.go(RUNS, 1200)
    await belt.go(WALKS, 300)
    await belt.go(0, 15)

    [run] = runner.runner.runs.all()
    assert run.distance == pytest.approx(3600, abs=20)
    assert runner.runner.origins_of(run) == {Origin.TREADMILL}
    assert events == ["started", "finished", "recorded"]
    assert {session.habit for session in runner.runner.sessions.all()} == {Habit.WARM_UP, Habit.COOL_DOWN}


@pytest.mark.parametrize(
    ("unit", "length", "shown_speed", "metres_a_unit"),
    [("mph", "mi", 1 / 1.609344, 1609.344), ("m/s", "m", 1 / 3.6, 1.0)],
)
async def test_units_are_those_of_entities(
    hass: HomeAssistant,
    set_up: SetUp,
    runner: HomeGymCoordinator,
    clock: FrozenDateTimeFactory,
    unit: str,
    length: str,
    shown_speed: float,
    metres_a_unit: float,
) -> None:
    belt = Belt(hass, clock, speed_current=unit, distance=length)
    belt.shown_speed, belt.metres_a_unit = shown_speed, metres_a_unit
    await set_up_belt(set_up, belt)
    await belt.go(RUNS, 600)
    await belt.go(0, 15)
    [run] = runner.runner.runs.all()
    assert run.distance == pytest.approx(1800, abs=30)


async def test_miles_sent_as_kilometres(
    hass: HomeAssistant, set_up: SetUp, runner: HomeGymCoordinator, belt: Belt
) -> None:
    belt.shown_speed = 1 / 1.609344
    await set_up_belt(set_up, belt, speed_unit="miles")
    await belt.go(RUNS, 600, metres=1)
    await belt.go(0, 15)
    [run] = runner.runner.runs.all()
    assert run.distance == pytest.approx(1800, abs=30)


async def test_counter_that_restarts_and_jumps_loses_little(
    hass: HomeAssistant, set_up: SetUp, runner: HomeGymCoordinator, belt: Belt
) -> None:
    await set_up_belt(set_up, belt)
    await belt.go(RUNS, 300)
    belt.metres = 0
    await belt.go(RUNS, 300)
    belt.metres += 50_000
    await belt.go(RUNS, 300)
    await belt.go(0, 15)
    [run] = runner.runner.runs.all()
    # Three times 900 metres, less the five seconds of each leap.
    assert run.distance == pytest.approx(2700, abs=45)


async def test_outage_within_a_run_is_bridged_and_a_long_one_ends_it(
    hass: HomeAssistant, set_up: SetUp, runner: HomeGymCoordinator, belt: Belt
) -> None:
    await set_up_belt(set_up, belt)
    await belt.go(RUNS, 300)
    belt.device.say(speed_current="unavailable", distance="unavailable")
    await belt.wait(120)
    await belt.go(RUNS, 300)
    assert runner.runner.runs.all() == []
    belt.device.say(speed_current="unavailable", distance="unavailable")
    await belt.wait(310)
    [run] = runner.runner.runs.all()
    assert run.duration == pytest.approx(720, abs=10)


async def test_frozen_bridge_ends_the_run_with_its_last_report(
    hass: HomeAssistant, set_up: SetUp, runner: HomeGymCoordinator, belt: Belt
) -> None:
    await set_up_belt(set_up, belt)
    await belt.go(RUNS, 600)
    await belt.wait(90 + 310)
    [run] = runner.runner.runs.all()
    assert run.duration == pytest.approx(600, abs=10)
    assert run.distance == pytest.approx(1800, abs=20)


async def test_speed_that_is_always_zero_is_derived(
    hass: HomeAssistant, set_up: SetUp, runner: HomeGymCoordinator, belt: Belt
) -> None:
    belt.shown_speed = 0
    treadmill = await set_up_belt(set_up, belt)
    await belt.go(RUNS, 600)
    assert treadmill.live
    assert treadmill.live.speed == pytest.approx(3, abs=0.2)
    # Its speed is still 0, and its counter rests without a report.
    await belt.wait(60)
    [run] = runner.runner.runs.all()
    assert run.duration == pytest.approx(600, abs=30)
    assert run.distance == pytest.approx(1800, abs=30)


@pytest.mark.parametrize("state", ["paused", "Stopped", "idle", "off"])
async def test_state_stops_a_belt_with_an_old_speed(
    hass: HomeAssistant, set_up: SetUp, runner: HomeGymCoordinator, belt: Belt, state: str
) -> None:
    hass.states.async_set("sensor.belt_state", "running")
    await set_up_belt(set_up, belt, belt_state="sensor.belt_state")
    await belt.go(RUNS, 300)
    belt.silent = {"speed_current", "distance"}
    hass.states.async_set("sensor.belt_state", state)
    await belt.wait(20)
    [run] = runner.runner.runs.all()
    assert run.duration == pytest.approx(300, abs=10)


async def test_renamed_entities_are_followed(
    hass: HomeAssistant, set_up: SetUp, runner: HomeGymCoordinator, belt: Belt
) -> None:
    await set_up_belt(set_up, belt)
    await belt.go(RUNS, 300)
    registry = er.async_get(hass)
    registry.async_update_entity(belt.device.entity_id("speed_current"), new_entity_id="sensor.new_speed")
    await hass.async_block_till_done(wait_background_tasks=True)
    await belt.go(RUNS, 300)
    await belt.go(0, 15)
    [run] = runner.runner.runs.all()
    assert run.duration == pytest.approx(600, abs=15)


async def test_other_figures_are_live(
    hass: HomeAssistant, set_up: SetUp, runner: HomeGymCoordinator, belt: Belt
) -> None:
    hass.states.async_set("sensor.clock", "00:01:05")
    treadmill = await set_up_belt(
        set_up,
        belt,
        elapsed_time="sensor.clock",
        incline=belt.device.reference("treadmill_inclination"),
        cadence=belt.device.reference("treadmill_cadence"),
        heart_rate=belt.device.reference("heart_current"),
    )
    belt.device.say(treadmill_inclination=2.5, treadmill_cadence=84, heart_current=0)
    await belt.go(RUNS, 10)
    live = treadmill.live
    assert live
    # A runner's 84 are the strides of one foot, and 0 beats are none.
    assert (live.elapsed_time, live.inclination, live.cadence, live.heart_rate) == (65, 2.5, 168, None)
    hass.states.async_set("sensor.clock", "later")
    belt.device.say(treadmill_inclination="nan", heart_current=150)
    await hass.async_block_till_done()
    live = treadmill.live
    assert live
    assert (live.elapsed_time, live.inclination, live.heart_rate) == (None, None, 150)
