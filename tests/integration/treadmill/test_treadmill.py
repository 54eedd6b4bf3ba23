"""A treadmill on a smart plug: its sessions, their states, events and stored data."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import orjson
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.treadmill.speed_model import Sample
from custom_components.home_gym.storage.files import files_of
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of, state_of
from tests.support.integration.stored import first_form, write_json
from tests.support.integration.treadmill_home import AWAKE, POWER, RUNS, TREADMILL_ID, WALKS, Plug, events_of, treadmill

# The log of an unused treadmill.
LOG: dict[str, Any] = {"records": [], "samples": {}, "withdrawals": {}, "open": None}

pytestmark = pytest.mark.usefixtures("clock")


async def test_session_becomes_run(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug) -> None:
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
    assert Habit.COOL_DOWN not in runner.data.due
    await plug.draw(150, 360, every=5)
    assert Habit.COOL_DOWN in runner.data.due
    await plug.draw(6, 15)

    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "off"
    assert state_of(hass, "binary_sensor", "running") == "off"
    [run] = runner.runner.runs.all()
    assert run.duration == pytest.approx(1200, abs=5)
    assert {session.habit for session in runner.runner.sessions.all()} == {Habit.WARM_UP, Habit.COOL_DOWN}
    assert float(state_of(hass, "sensor", "session_duration", TREADMILL_ID)) == pytest.approx(1865 / 60, abs=0.2)


async def test_session_triggers_warm_up_and_cool_down(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await set_up(entry)
    await set_up(treadmill())
    runs, prompts = events_of(hass, "run"), events_of(hass, "prompt")

    await plug.draw(AWAKE, 5)
    assert prompts == ["due"]  # warm up
    await plug.draw(AWAKE, 60, every=10)
    await plug.draw(RUNS, 600, every=10)
    assert runs == ["started"]
    await plug.draw(WALKS, 250, every=10)
    assert prompts == ["due", "expired", "due"]  # cool down
    await plug.draw(AWAKE, 15)

    assert runs == ["started", "finished", "recorded"]


async def test_the_cool_down_is_called_for_when_the_belt_is_slow_for_longer_than_a_pause(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    runner = await set_up(entry)
    await set_up(treadmill())
    await plug.draw(RUNS, 660, every=5)
    await plug.draw(WALKS)
    # The plug reports nothing more; time alone must end the run.
    await plug.wait(4 * 60 - 5)
    assert Habit.COOL_DOWN not in runner.data.due
    await plug.wait(10)
    assert Habit.COOL_DOWN in runner.data.due


async def test_a_break_is_part_of_the_run(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await set_up(entry)
    await set_up(treadmill())
    await plug.draw(WALKS, 60, every=5)
    assert state_of(hass, "binary_sensor", "running") == "off"
    await plug.draw(RUNS, 60, every=5)
    await plug.draw(WALKS, 110, every=5)
    assert state_of(hass, "binary_sensor", "running") == "on"
    await plug.draw(RUNS, 60, every=5)
    # The gait changes after three seconds, dated to the instant of the change.
    await plug.draw(WALKS, 119)
    assert state_of(hass, "binary_sensor", "running") == "on"
    await plug.wait(1)
    assert state_of(hass, "binary_sensor", "running") == "off"


async def test_a_moment_on_the_belt_is_no_run(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    runner = await set_up(entry)
    await set_up(treadmill())
    await plug.draw(RUNS, 60)
    assert state_of(hass, "binary_sensor", "running") == "on"
    await plug.draw(AWAKE, 15)
    assert state_of(hass, "binary_sensor", "running") == "off"
    assert runner.runner.runs.all() == []


@pytest.mark.parametrize("learnt", [0, 5])
async def test_an_hour_writes_few_states(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug, learnt: int
) -> None:
    """A plug with a reading each second, and noise around the threshold of running."""
    await set_up(entry)
    await set_up(belt := treadmill())
    belt.runtime_data.log.samples[ENTRY_ID] = tuple(
        Sample(run=str(day), at=NOW - timedelta(days=day), level=320, speed=2.5, duration=1800) for day in range(learnt)
    )
    await plug.draw(AWAKE, 30)
    written: list[str] = []
    registry = er.async_get(hass)

    @callback
    def count(event: Event[EventStateChangedData]) -> None:
        entity = registry.async_get(event.data["entity_id"])
        if entity and entity.platform == DOMAIN:
            written.append(entity.entity_id)

    hass.bus.async_listen(EVENT_STATE_CHANGED, count)
    chance = Random(1)
    for second in range(3600):
        plug.clock.tick(timedelta(seconds=1))
        mean = 320 if 300 < second < 3300 else 200
        plug.say(round(chance.gauss(mean, 40), 1))
        async_fire_time_changed(hass)
        if second % 5 == 0:
            await hass.async_block_till_done(wait_background_tasks=True)
    await plug.draw(AWAKE, 15)

    assert state_of(hass, "sensor", "last_run") != "unknown"
    assert (state_of(hass, "sensor", "last_run_distance") != "unknown") == bool(learnt)
    assert len(written) <= 40, Counter(written)
    # The session's duration: at its start, after each half hour, and at its end.
    assert written.count(entity_id_of(hass, "sensor", "session_duration", TREADMILL_ID)) == 4


@pytest.mark.parametrize(
    ("unit", "factor"),
    [("W", 1), ("kW", 0.001), ("mW", 1000)],
)
async def test_power_is_converted_to_watts(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug, unit: str, factor: float
) -> None:
    await set_up(entry)
    await set_up(treadmill())
    plug.unit = unit
    await plug.draw(79 * factor, 5)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "off"
    await plug.draw(81 * factor, 5)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "on"


@pytest.mark.parametrize("state", ["unavailable", "unknown", "nan", "inf", "-1e9", "much", ""])
async def test_states_that_are_no_power(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug, state: str
) -> None:
    runner = await set_up(entry)
    await set_up(treadmill())
    await plug.run()
    await plug.draw(RUNS, 180, every=10)
    await plug.draw(state, 120, every=10)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "on"
    await plug.draw(RUNS, 180, every=10)
    await plug.draw(AWAKE, 15)
    # The second run took three minutes, and two unknown ones, and three.
    assert [run.duration for run in runner.runner.runs.all()] == pytest.approx([1200, 480], abs=5)


async def test_a_current_is_no_power(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug) -> None:
    plug.unit = "A"
    plug.say(500)
    await set_up(entry)
    await set_up(treadmill())
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "unavailable"


async def test_a_plug_that_does_not_come_back(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    runner = await set_up(entry)
    await set_up(treadmill())
    await plug.draw(RUNS, 600, every=10)
    await plug.draw("unavailable")
    await plug.wait(299)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "on"
    await plug.wait(1)  # its patience is five minutes
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "unavailable"
    assert state_of(hass, "binary_sensor", "running") == "off"
    assert [run.duration for run in runner.runner.runs.all()] == [600]


@pytest.fixture
def sensor(hass: HomeAssistant) -> er.RegistryEntry:
    """Return the registry entry of the plug's sensor."""
    sensor = er.async_get(hass).async_get_or_create("sensor", "shelly", "plug", suggested_object_id="treadmill_power")
    assert sensor.entity_id == POWER
    return sensor


async def test_a_sensor_that_is_renamed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, sensor: er.RegistryEntry, plug: Plug
) -> None:
    runner = await set_up(entry)
    await set_up(treadmill(power=sensor.id))
    await plug.draw(RUNS, 300, every=10)

    er.async_get(hass).async_update_entity(POWER, new_entity_id="sensor.other")
    plug.entity_id = "sensor.other"
    await plug.draw(RUNS, 300, every=10)
    await plug.draw(AWAKE, 15)
    assert [run.duration for run in runner.runner.runs.all()] == pytest.approx([600], abs=5)

    er.async_get(hass).async_remove("sensor.other")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "unavailable"


async def test_a_sensor_that_is_given_an_icon_is_no_other(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, sensor: er.RegistryEntry, plug: Plug
) -> None:
    await set_up(entry)
    await set_up(belt := treadmill(power=sensor.id))
    before = belt.runtime_data
    er.async_get(hass).async_update_entity(POWER, icon="mdi:run")
    er.async_get(hass).async_get_or_create("sensor", "shelly", "another plug")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert belt.runtime_data is before


@pytest.mark.parametrize(
    ("data", "version"),
    [
        ([], 1),
        (1, 1),
        ("belt and log", 1),
        ({}, 1),
        ({"belt": {}}, 1),
        ({"belt": {"seen": 1}, "log": LOG}, 1),
        ({"belt": {}, "log": {"records": 1}}, 1),
        ({"belt": {}, "log": LOG, "odometer": {"shown": "far"}}, 1),
        ({"belt": {}, "log": LOG}, 2),
    ],
)
async def test_a_log_of_another_kind_is_left_alone(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    plug: Plug,
    data: Any,
    version: int,
) -> None:
    await set_up(entry)
    document = first_form(TREADMILL_ID, data, version)
    write_json(files_of(hass, TREADMILL_ID), document)
    belt = treadmill()
    belt.add_to_hass(hass)

    assert not await hass.config_entries.async_setup(TREADMILL_ID)

    assert belt.state is ConfigEntryState.SETUP_ERROR
    file = files_of(hass, TREADMILL_ID).json
    assert str(file) in str(belt.reason)
    assert orjson.loads(file.read_bytes()) == document


@pytest.mark.parametrize("text", ["[]", "{", '{"version": 1}', "\0\0\0"])
async def test_a_file_that_cannot_be_read(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug, text: str
) -> None:
    await set_up(entry)
    path = files_of(hass, TREADMILL_ID).json
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    belt = treadmill()
    belt.add_to_hass(hass)

    assert not await hass.config_entries.async_setup(TREADMILL_ID)

    assert belt.state is ConfigEntryState.SETUP_ERROR
    assert str(path) in str(belt.reason)
    assert path.read_text(encoding="utf-8") == text


async def test_removed_treadmill_leaves_nothing(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    runner = await set_up(entry)
    await set_up(belt := treadmill())
    await plug.run()
    await plug.draw(RUNS, 60)
    assert state_of(hass, "binary_sensor", "running") == "on"
    files = files_of(hass, TREADMILL_ID)
    assert files.rows.exists()

    await hass.config_entries.async_remove(belt.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert list(files.folder.glob(f"*{TREADMILL_ID}*")) == []
    assert er.async_entries_for_config_entry(er.async_get(hass), belt.entry_id) == []
    assert state_of(hass, "binary_sensor", "running") == "off"
    assert len(runner.runner.runs) == 1


async def test_disabled_treadmill_ends_run(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await set_up(entry)
    await set_up(treadmill())
    await plug.draw(RUNS, 60)
    assert state_of(hass, "binary_sensor", "running") == "on"
    await hass.config_entries.async_set_disabled_by(TREADMILL_ID, ConfigEntryDisabler.USER)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hass, "binary_sensor", "running") == "off"
