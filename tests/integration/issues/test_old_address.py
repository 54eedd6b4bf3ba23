"""Repair of a source with an older address, a webhook."""

from typing import Any

from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.home_gym.const import DOMAIN
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from tests.builders.health import build_json
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, with_id

PHONE = "01PHONE"
ISSUE = f"old_address_{PHONE}"
WEBHOOK = "e" * 64


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return the entry of a runner with an older address."""
    data = {"webhook": WEBHOOK, "app": "other", "local_only": True, "runs": ["Running"]}
    phone = ConfigSubentryData(data=data, subentry_type="source", title="Phone", unique_id=None)
    return MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"}, subentries_data=[with_id(phone, PHONE)]
    )


@pytest.fixture
async def client(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> TestClient[Any, Any]:
    """Set up the runner, and return an administrator's client."""
    await set_up(entry)
    assert await async_setup_component(hass, "repairs", {})
    await hass.async_block_till_done(wait_background_tasks=True)
    return await hass_client()


async def begin(client: TestClient[Any, Any]) -> dict[str, Any]:
    """Open the repair."""
    response = await client.post("/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": ISSUE})
    screen: dict[str, Any] = await response.json()
    return screen


async def submit(client: TestClient[Any, Any], screen: dict[str, Any]) -> dict[str, Any]:
    """Submit a screen without fields."""
    response = await client.post(f"/api/repairs/issues/fix/{screen['flow_id']}", json={})
    answer: dict[str, Any] = await response.json()
    return answer


async def test_fix_creates_address_and_keeps_old_one(
    hass: HomeAssistant, entry: MockConfigEntry, client: TestClient[Any, Any]
) -> None:
    issue = ir.async_get(hass).async_get_issue(DOMAIN, ISSUE)
    assert issue
    assert issue.translation_placeholders == {"source": "Phone", "runner": "Alex"}

    screen = await begin(client)
    assert (screen["step_id"], screen["description_placeholders"]) == ("confirm", {"source": "Phone", "runner": "Alex"})
    assert "secret" not in entry.subentries[PHONE].data
    shown = await submit(client, screen)
    secret = entry.subentries[PHONE].data["secret"]
    assert shown["step_id"] == "new_address"
    assert shown["description_placeholders"]["url"].endswith(f"/api/home_gym/post/{secret}")
    assert (await submit(client, shown))["type"] == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)

    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE) is None
    for address in (f"/api/home_gym/post/{secret}", f"/api/webhook/{WEBHOOK}"):
        response = await client.post(address, data=build_json("own"))
        assert (response.status, (await response.json())["taken"]) == (200, 1)


async def test_closed_repair_keeps_created_address(
    hass: HomeAssistant, entry: MockConfigEntry, client: TestClient[Any, Any]
) -> None:
    """Two screens opened beside each other show the same address."""
    screens = [await begin(client) for _ in range(2)]
    urls = {(await submit(client, screen))["description_placeholders"]["url"] for screen in screens}
    assert len(urls) == 1
    await hass.async_block_till_done(wait_background_tasks=True)
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE) is None


async def test_removed_source_ends_repair(
    hass: HomeAssistant, entry: MockConfigEntry, client: TestClient[Any, Any]
) -> None:
    screen = await begin(client)
    hass.config_entries.async_remove_subentry(entry, PHONE)
    await hass.async_block_till_done(wait_background_tasks=True)
    end = await submit(client, screen)
    assert (end["type"], end["reason"]) == ("abort", "source_gone")
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE) is None
