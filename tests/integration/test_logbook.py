"""The activity in words, by Home Assistant's own logbook, and the system information."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, get_system_health_info
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.home_gym.const import DOMAIN
from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from tests.support.integration import coach, routines
from tests.support.integration.coach import runner, speaker
from tests.support.integration.example_runs import RUN
from tests.support.integration.routines import SHORT, Pass, act, begin
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, shoe_data

let_pass, lines = routines.let_pass, coach.lines

pytestmark = pytest.mark.usefixtures("clock", "lines")


async def activity(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> list[str]:
    """Return the lines of the runner's device, as the Activity panel shows them."""
    await async_wait_recording_done(hass)
    device = dr.async_get_device_id_by_identifier(hass, (DOMAIN, ENTRY_ID), config_entry_id=ENTRY_ID)
    client = await hass_ws_client()
    await client.send_json_auto_id(
        {
            "type": "logbook/get_events",
            "start_time": (NOW - timedelta(hours=1)).isoformat(),
            "end_time": (NOW + timedelta(days=1)).isoformat(),
            "device_ids": [device],
        }
    )
    rows: list[dict[str, Any]] = (await client.receive_json())["result"]
    return [f"{row['name']} {row['message']}" for row in rows if row.get("domain") == DOMAIN and "message" in row]


@pytest.fixture
async def entry(hass: HomeAssistant, recorder_mock: Recorder, set_up: SetUp) -> MockConfigEntry:
    """Set up a runner with a speaker and a pair, in a home with a logbook."""
    assert await async_setup_component(hass, "logbook", {})
    entry = runner(speaker(), shoe_data("New trainers"))
    await set_up(entry)
    return entry


async def test_activity_is_shown_in_sentences(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    let_pass: Pass,
    clock: FrozenDateTimeFactory,
) -> None:
    """A reload adds no line, and neither does a report of pain."""
    await entry.runtime_data.coordinator.async_deliver([RUN], live=True)
    await begin(hass, entry, SHORT)
    await let_pass(90)
    await act(hass, "log_pain", score=3)
    await hass.config_entries.async_reload(entry.entry_id)

    shown = await activity(hass, hass_ws_client)

    assert shown == [
        "Alex's run of 8 kilometers counted for New trainers",
        "The coach asked Alex for foam rolling on Gym speaker",
        "Alex finished core work",
    ]


async def test_system_information_counts_parts(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    assert await async_setup_component(hass, "system_health", {})
    await entry.runtime_data.coordinator.async_deliver([RUN], live=True)

    info = await get_system_health_info(hass, DOMAIN)

    assert info == {"runners": 1, "sources": 0, "speakers": 1, "shoes": 1, "runs": 1}
