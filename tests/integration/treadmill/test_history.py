"""The recorder's readings of the plug from Home Assistant's downtime."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done
from sqlalchemy.exc import SQLAlchemyError

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.treadmill import meter
from homeassistant.components.recorder.core import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, state_of
from tests.support.integration.treadmill_home import (
    AWAKE,
    RUNS,
    TREADMILL_ID,
    Plug,
    go,
    minutes_of,
    settled,
    shared,
    treadmill,
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def recorder(recorder_mock: Recorder) -> None:
    """Start the recorder before anything else."""


async def begin(set_up: SetUp, entry: MockConfigEntry, plug: Plug) -> MockConfigEntry:
    """Run for ten minutes."""
    await set_up(entry)
    await set_up(belt := treadmill())
    await plug.draw(RUNS, 600, every=10)
    return belt


async def draw(plug: Plug, watts: float, seconds: int) -> None:
    """Report alternating watts from the plug, every ten seconds."""
    for number in range(seconds // 10):
        plug.say(watts + number % 2)
        await plug.wait(10)
    await async_wait_recording_done(plug.hass)


async def test_missed_readings_are_replayed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await begin(set_up, entry, plug)
    await hass.config_entries.async_unload(TREADMILL_ID)
    # Longer than the detector's patience, but recorded throughout: six more minutes, and then the belt stopped.
    await draw(plug, RUNS, 360)
    await draw(plug, AWAKE, 120)
    await hass.config_entries.async_setup(TREADMILL_ID)
    await settled(hass)
    assert minutes_of(entry.runtime_data.coordinator) == [16]
    assert state_of(hass, "binary_sensor", "running") == "off"


@pytest.mark.parametrize(("unit", "speed"), [("as_sent", 10.0), ("miles", 6.2)])
async def test_missed_speed_is_replayed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug, unit: str, speed: float
) -> None:
    plug.entity_id, plug.unit = "sensor.belt_speed", "km/h"
    plug.say(0)
    await set_up(entry)
    data = {"speed": plug.entity_id, "speed_unit": unit, "runners": [ENTRY_ID], "claim": "only"}
    await set_up(MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL_ID, data=data))
    await plug.draw(speed, 600, every=10)
    await hass.config_entries.async_unload(TREADMILL_ID)
    await draw(plug, speed, 360)
    await plug.draw(0, 120, every=10)
    await async_wait_recording_done(hass)
    await hass.config_entries.async_setup(TREADMILL_ID)
    await settled(hass)
    # The belt may have moved since its last report, until it stands still for ten seconds more.
    await plug.draw(0, 15)
    assert minutes_of(entry.runtime_data.coordinator) == [16]


START = dt_util.utc_from_timestamp(1_800_000_000)


@pytest.mark.parametrize(
    ("reports", "recording", "expected"),
    [
        ([], -1, []),
        ([], 9, [(0, None)]),
        ([(1, 500), (2, 6)], 0, [(1, 500), (2, 6)]),
        ([(1, 500), (2, 6)], 3, [(1, 500), (2, 6), (2, None)]),
        ([(1, 500), (9, 6)], 5, [(1, 500), (1, None), (9, 6)]),
        ([(9, 6)], 5, [(0, None), (9, 6)]),
        ([(5, 6)], 5, [(0, None), (5, 6)]),
    ],
)
def test_unrecorded_time_is_a_gap(
    reports: list[tuple[int, float]], recording: int, expected: list[tuple[int, float | None]]
) -> None:
    def at(second: int) -> datetime:
        return START + timedelta(seconds=second)

    found = meter.with_gap([(at(second), watts) for second, watts in reports], START, at(recording))
    assert found == [(at(second), watts) for second, watts in expected]


@pytest.mark.parametrize(
    ("recorded", "down", "runs"),
    [
        (120, 60, [23]),  # ten minutes, two recorded ones, an unrecorded one, and ten
        (120, 900, [12, 10]),
        (0, 60, [21]),
        (0, 8 * 3600, [10, 10]),
    ],
)
async def test_downtime_is_unknown(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    plug: Plug,
    recorded: int,
    down: int,
    runs: list[float],
) -> None:
    """The last reading says nothing about the hours after it."""
    await begin(set_up, entry, plug)
    await hass.config_entries.async_unload(TREADMILL_ID)
    await draw(plug, RUNS, recorded)
    plug.clock.tick(timedelta(seconds=down))
    # The recorder of a freshly started process.
    get_instance(hass).recorder_runs_manager._recording_start = dt_util.utcnow() - timedelta(seconds=1)
    plug.say("unavailable")
    await settled(hass)
    plug.clock.tick(timedelta(seconds=1))
    await async_wait_recording_done(hass)
    await hass.config_entries.async_setup(TREADMILL_ID)
    await settled(hass)
    await plug.draw(RUNS, 600, every=10)
    await plug.draw(AWAKE, 15)
    assert minutes_of(entry.runtime_data.coordinator) == pytest.approx(runs, abs=0.3)


async def test_readings_before_last_day_are_not_replayed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await begin(set_up, entry, plug)
    await hass.config_entries.async_unload(TREADMILL_ID)
    plug.clock.tick(timedelta(days=3))
    plug.say(AWAKE)
    await async_wait_recording_done(hass)
    await hass.config_entries.async_setup(TREADMILL_ID)
    await settled(hass)
    assert minutes_of(entry.runtime_data.coordinator) == [10]


async def test_current_presence_does_not_claim_past_session(
    hass: HomeAssistant, set_up: SetUp, alex: MockConfigEntry, billie: MockConfigEntry, plug: Plug
) -> None:
    one = await set_up(alex)
    await set_up(billie)
    go(hass, "alex", "not_home")
    go(hass, "billie", "home")
    await set_up(belt := shared("alone_at_home"))
    await plug.draw(AWAKE, 5)
    await hass.config_entries.async_unload(TREADMILL_ID)
    await draw(plug, RUNS, 600)
    await draw(plug, AWAKE, 60)
    go(hass, "alex", "home")
    go(hass, "billie", "not_home")
    await hass.config_entries.async_setup(TREADMILL_ID)
    await settled(hass)
    assert minutes_of(one) == []
    assert len(belt.runtime_data.log.unclaimed()) == 1


async def test_a_recorder_that_cannot_be_asked(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    plug: Plug,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await begin(set_up, entry, plug)
    with patch.object(meter, "state_changes_during_period", side_effect=SQLAlchemyError("locked")):
        await hass.config_entries.async_reload(TREADMILL_ID)
        await settled(hass)
    assert "locked" in caplog.text
    await plug.draw(RUNS, 600, every=10)
    await plug.draw(AWAKE, 15)
    assert minutes_of(entry.runtime_data.coordinator) == [20]


async def test_a_sensor_that_is_gone(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug) -> None:
    sensor = er.async_get(hass).async_get_or_create("sensor", "shelly", "plug", suggested_object_id="other")
    plug.entity_id = sensor.entity_id
    plug.say(0)
    await set_up(entry)
    await set_up(treadmill(power=sensor.id))
    await plug.draw(RUNS, 600, every=10)
    er.async_get(hass).async_remove(sensor.entity_id)
    await settled(hass)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "on"
    # It is waited for like any silent plug.
    await plug.wait(300)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "unavailable"
    assert minutes_of(entry.runtime_data.coordinator) == [10]
