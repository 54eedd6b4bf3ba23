"""A run survives restarts, reloads and power cuts: neither split, nor lost, nor prolonged."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym.treadmill.codecs import BELT_MEMORY
from custom_components.home_gym.storage.files import files_of
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, state_of
from tests.support.integration.stored import rows_in
from tests.support.integration.treadmill_home import (
    AWAKE,
    BILLIE_ID,
    RUNS,
    TREADMILL_ID,
    Plug,
    events_of,
    go,
    minutes_of,
    press,
    settled,
    shared,
    treadmill,
    watch,
)

pytestmark = pytest.mark.usefixtures("clock")

KEY = f"{DOMAIN}.{TREADMILL_ID}"


@pytest.mark.parametrize("which", [TREADMILL_ID, ENTRY_ID])
async def test_a_reload_in_the_middle_of_a_run(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug, which: str
) -> None:
    await set_up(entry)
    await set_up(treadmill())
    told = events_of(hass, "run")
    await plug.draw(RUNS, 600, every=10)
    await hass.config_entries.async_reload(which)
    await settled(hass)
    assert state_of(hass, "binary_sensor", "running") == "on"
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "on"
    await plug.draw(RUNS, 600, every=10)
    await plug.draw(AWAKE, 15)
    assert told == ["started", "finished", "recorded"]
    assert minutes_of(entry.runtime_data.coordinator) == [20]


async def test_run_ends_for_runner_unloaded_meanwhile(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await set_up(entry)
    await set_up(treadmill())
    await plug.draw(RUNS, 600, every=10)
    await hass.config_entries.async_unload(ENTRY_ID)
    await plug.run(10)
    await hass.config_entries.async_setup(ENTRY_ID)
    await settled(hass)
    assert minutes_of(entry.runtime_data.coordinator) == [20]
    assert state_of(hass, "binary_sensor", "running") == "off"


async def test_failed_delivery_is_repeated_later(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug, caplog: pytest.LogCaptureFixture
) -> None:
    runner = await set_up(entry)
    await set_up(treadmill())
    full = HomeAssistantError("no space left on device")
    with patch.object(HomeGymCoordinator, "async_deliver", side_effect=full):
        await plug.run()
    assert "no space left on device" in caplog.text
    assert minutes_of(runner) == []
    await plug.wait(60)
    assert minutes_of(runner) == [20]


async def test_failed_delivery_does_not_delay_others(
    hass: HomeAssistant, set_up: SetUp, alex: MockConfigEntry, billie: MockConfigEntry, plug: Plug
) -> None:
    one, other = await set_up(alex), await set_up(billie)
    await set_up(shared("ask"))
    await plug.draw(RUNS, 60, every=10)
    await press(hass, f"claim_{ENTRY_ID}")
    with patch.object(one, "async_apply", side_effect=HomeAssistantError("closed")):
        await press(hass, f"claim_{BILLIE_ID}")
        assert state_of(hass, "binary_sensor", "running", BILLIE_ID) == "on"
    await plug.run()
    assert (minutes_of(one), minutes_of(other)) == ([], [21])


async def test_runner_enabled_after_treadmill_can_claim(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await set_up(entry)
    await hass.config_entries.async_set_disabled_by(ENTRY_ID, ConfigEntryDisabler.USER)
    await set_up(belt := treadmill())
    await plug.draw(RUNS, 60)
    await hass.config_entries.async_set_disabled_by(ENTRY_ID, None)
    await settled(hass)
    # Without a loaded runner there was no presumed one, and no button.
    await belt.runtime_data.async_claim(ENTRY_ID)
    await settled(hass)
    assert state_of(hass, "binary_sensor", "running") == "on"


async def test_runner_loaded_after_treadmill_is_followed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await set_up(entry)
    await hass.config_entries.async_unload(ENTRY_ID)
    await set_up(treadmill())
    await plug.draw(RUNS, 60)
    await hass.config_entries.async_setup(ENTRY_ID)
    await settled(hass)
    assert state_of(hass, "binary_sensor", "running") == "on"
    start = await plug.run()
    assert minutes_of(entry.runtime_data.coordinator) == [21]
    # The runner is followed from then on.
    await entry.runtime_data.coordinator.async_deliver([watch(start, 20)], live=True)
    await settled(hass)
    assert [len(run.activities) for run in entry.runtime_data.runner.runs.all()] == [2]


async def test_claim_changed_during_delivery_is_respected(
    hass: HomeAssistant, set_up: SetUp, alex: MockConfigEntry, billie: MockConfigEntry, plug: Plug
) -> None:
    one = await set_up(alex)
    await set_up(billie)
    await set_up(belt := shared("ask"))
    told = events_of(hass, "run", BILLIE_ID)
    await plug.draw(RUNS, 60, every=10)
    apply = one.async_apply
    claims: list[asyncio.Task[None]] = []

    async def slow(*args: Any, **options: Any) -> None:
        claims.append(hass.async_create_task(belt.runtime_data.async_claim(BILLIE_ID)))
        await asyncio.sleep(0)
        await apply(*args, **options)

    with patch.object(one, "async_apply", slow):
        await press(hass, f"claim_{ENTRY_ID}")
    await asyncio.gather(*claims)
    await settled(hass)
    assert state_of(hass, "binary_sensor", "running") == "off"
    assert state_of(hass, "binary_sensor", "running", BILLIE_ID) == "on"
    assert told == ["started"]


async def test_session_reassigned_during_delivery_arrives_once(
    hass: HomeAssistant, set_up: SetUp, alex: MockConfigEntry, billie: MockConfigEntry, plug: Plug
) -> None:
    one, other = await set_up(alex), await set_up(billie)
    go(hass, "alex", "home")
    go(hass, "billie", "not_home")
    belt = shared("alone_at_home")
    await set_up(belt)
    deliver = one.async_deliver
    claims: list[asyncio.Task[None]] = []

    async def slow(*args: Any, **options: Any) -> None:
        claims.append(hass.async_create_task(belt.runtime_data.async_claim(BILLIE_ID)))
        await asyncio.sleep(0)
        await deliver(*args, **options)

    with patch.object(one, "async_deliver", slow):
        await plug.run()
    await asyncio.gather(*claims)
    await settled(hass)
    assert (minutes_of(one), minutes_of(other)) == ([], [20])


async def test_shutdown_saves_session(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug) -> None:
    await set_up(entry)
    await set_up(belt := treadmill())
    await plug.draw(RUNS, 605, every=5)
    before = belt.runtime_data.belt.memory()
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await settled(hass)
    assert rows_in(files_of(hass, TREADMILL_ID))["belt", ""] == BELT_MEMORY.write(before)
    assert before.seen == dt_util.utcnow()


async def test_a_session_is_written_down_each_minute(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await set_up(entry)
    await set_up(treadmill())
    await plug.draw(RUNS, 10)
    # A plug that reports changes only is silent from here on.
    for _ in range(60):
        await plug.wait(10)
        seen = datetime.fromisoformat(rows_in(files_of(hass, TREADMILL_ID))["belt", ""]["seen"])
        assert dt_util.utcnow() - seen <= timedelta(minutes=1)


async def power_cut(hass: HomeAssistant, plug: Plug, seconds: float) -> None:
    """Restart with the data on disk, after some seconds of power cut."""
    files = files_of(hass, TREADMILL_ID)
    kept = {path: path.read_bytes() for path in (files.rows, *files.sides()) if path.exists()}
    for entry_id in (TREADMILL_ID, ENTRY_ID):
        await hass.config_entries.async_unload(entry_id)
    for path in (files.rows, *files.sides()):
        path.unlink(missing_ok=True)
    for path, content in kept.items():
        path.write_bytes(content)
    plug.say("unavailable")
    await plug.wait(seconds)
    for entry_id in (ENTRY_ID, TREADMILL_ID):
        await hass.config_entries.async_setup(entry_id)
    await settled(hass)


@pytest.mark.parametrize(
    ("down", "runs"),
    [
        (120, [22]),  # ten minutes, two unobserved ones, and ten
        (600, [10, 10]),
        (8 * 3600, [10, 10]),
    ],
)
async def test_a_power_cut_without_a_recorder(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    plug: Plug,
    down: int,
    runs: list[float],
) -> None:
    await set_up(entry)
    await set_up(treadmill())
    await plug.draw(RUNS, 600, every=10)
    await power_cut(hass, plug, down)
    await plug.draw(RUNS, 600, every=10)
    await plug.draw(AWAKE, 15)
    # With a save each minute, the last one may be missing.
    assert minutes_of(entry.runtime_data.coordinator) == pytest.approx(runs, abs=1)
    assert state_of(hass, "binary_sensor", "running") == "off"


async def test_nothing_is_followed_before_home_assistant_has_started(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug
) -> None:
    await set_up(entry)
    hass.set_state(CoreState.not_running)
    await set_up(treadmill())
    await plug.draw(RUNS, 30)
    assert state_of(hass, "binary_sensor", "in_use", TREADMILL_ID) == "unavailable"
    await hass.config_entries.async_unload(TREADMILL_ID)
    hass.set_state(CoreState.running)


async def test_samples_are_learnt_once(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug) -> None:
    runner = await set_up(entry)
    await set_up(belt := treadmill())
    start = await plug.run()
    await runner.async_deliver([watch(start)], live=True)
    await settled(hass)
    learnt = belt.runtime_data.log.samples
    assert len(learnt[ENTRY_ID]) == 1
    for _ in range(2):
        await hass.config_entries.async_reload(TREADMILL_ID)
        await settled(hass)
    assert belt.runtime_data.log.samples == learnt
    assert len(rows_in(files_of(hass, TREADMILL_ID))["log", "samples"][ENTRY_ID]) == 1
