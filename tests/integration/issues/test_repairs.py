"""The repair flow for the runners of treadmill sessions."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.treadmill.log import GUEST, BeltRecord
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from tests.support.integration.repairs import PLUG, TREADMILL, keep, session, treadmill_entry
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp

pytestmark = pytest.mark.usefixtures("clock")

ISSUE = f"unclaimed_{TREADMILL}"
# Both waited for longer than a day.
FIRST, SECOND = NOW - timedelta(days=3), NOW - timedelta(days=2, hours=1)


@pytest.fixture
async def treadmill(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> MockConfigEntry:
    """Return the entry of a treadmill with two unclaimed sessions, set up with its runner."""
    hass.states.async_set(PLUG, "0", {"unit_of_measurement": "W"})
    await keep(hass, TREADMILL, BeltRecord(session=session(FIRST)), BeltRecord(session=session(SECOND, minutes=45)))
    await set_up(entry)
    treadmill = treadmill_entry(ENTRY_ID)
    await set_up(treadmill)
    await hass.async_block_till_done(wait_background_tasks=True)
    return treadmill


type Send = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def send(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Send:
    """Return the function to open the repair, and to submit its screens."""
    assert await async_setup_component(hass, "repairs", {})
    assert await async_setup_component(hass, "websocket_api", {})
    client = await hass_client()

    async def send(screen: dict[str, Any] | None = None, **values: str) -> dict[str, Any]:
        path = f"/api/repairs/issues/fix/{screen['flow_id']}" if screen else "/api/repairs/issues/fix"
        response = await client.post(path, json=values if screen else {"handler": DOMAIN, "issue_id": ISSUE})
        answer: dict[str, Any] = await response.json()
        await hass.async_block_till_done(wait_background_tasks=True)
        return answer

    return send


async def issues(hass_ws_client: WebSocketGenerator) -> list[dict[str, Any]]:
    """Return the issues of Home Gym in the list of repairs."""
    client = await hass_ws_client()
    await client.send_json_auto_id({"type": "repairs/list_issues"})
    answer = await client.receive_json()
    await client.close()
    return [issue for issue in answer["result"]["issues"] if issue["domain"] == DOMAIN]


def choices(screen: dict[str, Any]) -> list[dict[str, str]]:
    """Return the choices on a screen."""
    [field] = screen["data_schema"]
    assert field["name"] == "runner"
    assert field["required"]
    options: list[dict[str, str]] = field["selector"]["select"]["options"]
    return options


async def test_each_session_gets_its_runner(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    treadmill: MockConfigEntry,
    entry: MockConfigEntry,
    send: Send,
) -> None:
    [issue] = await issues(hass_ws_client)
    assert issue["is_fixable"]
    assert issue["translation_key"] == "unclaimed"
    assert issue["translation_placeholders"] == {"treadmill": "Treadmill", "count": "2"}

    screen = await send()
    assert (screen["type"], screen["step_id"]) == ("form", "who")
    # The latest goes first. Berlin is two hours ahead of UTC in May.
    assert screen["description_placeholders"] == {
        "treadmill": "Treadmill",
        "minutes": "45",
        "time": "May 2, 2026 at 7:00 PM",
    }
    assert choices(screen) == [{"value": ENTRY_ID, "label": "Alex"}, {"value": "guest", "label": "guest"}]
    screen = await send(screen, runner=ENTRY_ID)
    assert screen["type"] == "form"
    assert screen["description_placeholders"]["minutes"] == "30"
    end = await send(screen, runner="guest")

    assert end["type"] == "create_entry"
    assert await issues(hass_ws_client) == []
    runner = entry.runtime_data.runner
    assert [(run.start, run.duration) for run in runner.runs.all()] == [(SECOND, 45 * 60)]
    assert [record.runner for record in treadmill.runtime_data.log.records.values()] == [GUEST, ENTRY_ID]


async def test_closed_repair_continues_with_remaining_sessions(
    hass_ws_client: WebSocketGenerator, treadmill: MockConfigEntry, send: Send
) -> None:
    await send(await send(), runner="guest")

    [issue] = await issues(hass_ws_client)
    assert issue["translation_placeholders"]["count"] == "1"
    assert (await send())["description_placeholders"]["minutes"] == "30"


async def test_only_runners_can_be_chosen(treadmill: MockConfigEntry, send: Send) -> None:
    screen = await send()
    refused = await send(screen, runner="somebody")
    assert "errors" in refused
    assert len(treadmill.runtime_data.log.unclaimed()) == 2


async def test_a_treadmill_that_is_not_set_up(hass: HomeAssistant, treadmill: MockConfigEntry, send: Send) -> None:
    screen = await send()
    await hass.config_entries.async_unload(TREADMILL)

    end = await send(screen, runner=ENTRY_ID)

    assert (end["type"], end["reason"]) == ("abort", "not_loaded")


async def test_a_treadmill_that_was_removed(hass: HomeAssistant, treadmill: MockConfigEntry, send: Send) -> None:
    screen = await send()
    await hass.config_entries.async_remove(TREADMILL)

    end = await send(screen, runner=ENTRY_ID)

    assert (end["type"], end["reason"]) == ("abort", "not_loaded")
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE) is None


async def test_all_were_claimed_meanwhile(hass: HomeAssistant, treadmill: MockConfigEntry, send: Send) -> None:
    for record in treadmill.runtime_data.log.unclaimed():
        await treadmill.runtime_data.async_claim(GUEST, record.id)
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE) is None
    # The list of repairs may be a moment behind.
    ir.async_create_issue(
        hass,
        DOMAIN,
        ISSUE,
        is_fixable=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key="unclaimed",
        data={"entry_id": TREADMILL},
    )

    end = await send()

    assert (end["type"], end["reason"]) == ("abort", "nothing_unclaimed")


async def test_a_session_that_was_forgotten_meanwhile(treadmill: MockConfigEntry, send: Send) -> None:
    screen = await send()
    del treadmill.runtime_data.log.records[SECOND.isoformat()]

    screen = await send(screen, runner=ENTRY_ID)

    assert screen["type"] == "form"
    assert screen["description_placeholders"]["minutes"] == "30"
