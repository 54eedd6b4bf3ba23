"""Long-term statistics follow the runs, by the hour of the run."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from custom_components.home_gym import statistics as run_statistics
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.statistics import statistic_id_of
from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.statistics import list_statistic_ids, statistics_during_period
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, OLD_SHOE, SetUp

from ..support.unit.make import activity

START = datetime(2026, 4, 1, 10, 20, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def recorder(recorder_mock: Recorder) -> None:
    """Start the recorder before anything else."""


async def told(hass: HomeAssistant, owner: str = ENTRY_ID) -> list[tuple[str, float | None]]:
    """Update the statistics, and return day and hour with the metres up to then."""
    await hass.async_block_till_done(wait_background_tasks=True)
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=run_statistics.FOLLOW_AFTER + 1))
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_wait_recording_done(hass)
    statistic_id = statistic_id_of(owner)
    units = {"distance": "m"}
    found = await get_instance(hass).async_add_executor_job(
        statistics_during_period, hass, run_statistics.EPOCH, None, {statistic_id}, "hour", units, {"sum"}
    )
    return [
        (datetime.fromtimestamp(row["start"], UTC).strftime("%d %H:%M"), row["sum"])
        for row in found.get(statistic_id, [])
    ]


async def test_statistics_follow_the_runs(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    assert await told(hass) == []
    await coordinator.async_deliver([activity(START), activity(START + 2 * A_DAY, km=7)], live=False)
    assert await told(hass) == [("01 10:00", 5000), ("03 10:00", 12_000)]

    # A late run corrects all later values.
    await coordinator.async_deliver([activity(START + A_DAY, km=1)], live=False)
    assert await told(hass) == [("01 10:00", 5000), ("02 10:00", 6000), ("03 10:00", 13_000)]

    # So does a removed one, also after a restart.
    await hass.config_entries.async_reload(ENTRY_ID)
    await entry.runtime_data.coordinator.async_apply(verbs.correct_run(activity(START).id, removed=True))
    assert await told(hass) == [("01 10:00", 0), ("02 10:00", 1000), ("03 10:00", 8000)]
    assert await told(hass, OLD_SHOE) == await told(hass)
    assert await told(hass, NEW_SHOE) == []


async def test_a_stop_leaves_the_rest_to_the_next_start(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    assert await told(hass) == []
    await coordinator.async_deliver([activity(START)], live=False)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    assert await told(hass) == []

    await hass.config_entries.async_reload(ENTRY_ID)
    assert await told(hass) == [("01 10:00", 5000)]


async def test_statistics_metadata(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([activity(START)], live=False)
    await told(hass)

    found = await get_instance(hass).async_add_executor_job(list_statistic_ids, hass)

    fields = ("name", "has_sum", "unit_class", "statistics_unit_of_measurement")
    assert {tuple(item[field] for field in fields) for item in found if item["source"] == DOMAIN} == {
        ("Alex: distance run", True, "distance", "km"),
        ("Daily trainers of Alex: distance run", True, "distance", "km"),
    }


async def unit_of(hass: HomeAssistant, owner: str = ENTRY_ID) -> str:
    """Return the unit of the distance in charts."""
    found = await get_instance(hass).async_add_executor_job(list_statistic_ids, hass, {statistic_id_of(owner)})
    return str(found[0]["statistics_unit_of_measurement"])


async def test_statistics_are_in_the_homes_unit_also_when_that_changes(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([activity(START, km=8.01234), activity(START + A_DAY, km=1)], live=False)
    await told(hass)
    assert await unit_of(hass) == "km"
    await coordinator.async_apply(verbs.correct_run(activity(START + A_DAY).id, removed=True))

    await hass.config.async_update(unit_system="us_customary")
    assert [(hour, round(total or 0, 3)) for hour, total in await told(hass)] == [
        ("01 10:00", 8012.34),
        ("02 10:00", 8012.34),
    ]
    assert await unit_of(hass) == "mi"

    # Unchanged values are not written again.
    await hass.config_entries.async_reload(ENTRY_ID)
    with patch.object(run_statistics, "async_add_external_statistics") as tell:
        await told(hass)
    tell.assert_not_called()


async def test_statistics_go_with_their_owner(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([activity(START)], live=False)
    assert await told(hass, OLD_SHOE)

    hass.config_entries.async_remove_subentry(entry, OLD_SHOE)
    assert await told(hass, OLD_SHOE) == []
    assert await told(hass)

    await hass.config_entries.async_remove(ENTRY_ID)
    await async_wait_recording_done(hass)
    assert await told(hass) == []
