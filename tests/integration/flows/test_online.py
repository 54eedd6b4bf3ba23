"""Every path through the screens of a service on the internet."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp.test_utils import TestServer, unused_port
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.sources.services.intervals_icu import client
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, SetUp
from tests.support.services.intervals_icu import ATHLETE, KEY, IntervalsIcuServer, row

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[IntervalsIcuServer]:
    """Return the service."""
    service = IntervalsIcuServer()
    async with TestServer(service.application()) as running:
        monkeypatch.setattr(client, "BASE_URL", str(running.make_url("/api/v1")))
        yield service


async def choose(hass: HomeAssistant) -> Any:
    """Choose the service as a new source."""
    flows = hass.config_entries.subentries
    menu = await flows.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    assert "online" in menu["menu_options"]
    return await flows.async_configure(menu["flow_id"], {"next_step_id": "online"})


async def fill_in(hass: HomeAssistant, form: Any, **values: Any) -> Any:
    """Submit a screen, and return the next."""
    return await hass.config_entries.subentries.async_configure(form["flow_id"], values)


def source(entry: MockConfigEntry) -> Any:
    """Return the only source."""
    (found,) = entry.get_subentries_of_type("source")
    return found


async def test_service_is_added_by_key_with_its_pairs(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, server: IntervalsIcuServer
) -> None:
    week_ago = datetime.now(UTC) - timedelta(days=7)
    server.activities = [row("i1", week_ago, gear={"id": "g1", "name": "**Pegasus**"})]
    await set_up(entry)
    form = await choose(hass)
    assert (form["step_id"], form["errors"]) == ("online", {})
    form = await fill_in(hass, form, key=f" {KEY} ", planned=True)
    assert (form["step_id"], form["description_placeholders"]) == ("gear", {"gear": "Pegasus"})
    ended = await fill_in(hass, form, shoe=NEW_SHOE)
    assert ended["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    since = source(entry).data["since"]
    assert source(entry).title == "intervals.icu: Alex Runner"
    assert dict(source(entry).data) == {
        "online": "intervals_icu",
        "key": KEY,
        "planned": True,
        "account": ATHLETE,
        "since": since,
        "gear": {"intervals_icu:g1": NEW_SHOE},
    }
    assert abs(datetime.fromisoformat(since) - datetime.now(UTC)) < timedelta(minutes=1)


async def test_each_failure_is_named_and_another_try_works(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    server: IntervalsIcuServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await set_up(entry)
    form = await choose(hass)
    for key, error in (("", "key_missing"), ("wrong", "key_refused")):
        form = await fill_in(hass, form, key=key, planned=False)
        assert form["errors"] == {"key": error}
    faults = {403: "key_refused", 404: "online_odd", 429: "online_busy", 500: "online_failing", 302: "online_failing"}
    for end in ("/athlete/0", "/activities"):
        for status, error in faults.items():
            server.faults = {end: status}
            form = await fill_in(hass, form, key=KEY, planned=False)
            assert form["errors"] == {"key": error}
    server.faults, server.page = {}, True
    form = await fill_in(hass, form, key=KEY, planned=False)
    assert form["errors"] == {"key": "online_odd"}
    server.page = False
    with monkeypatch.context() as away:
        away.setattr(client, "BASE_URL", f"http://127.0.0.1:{unused_port()}")
        form = await fill_in(hass, form, key=KEY, planned=False)
    assert form["errors"] == {"key": "online_unreachable"}
    ended = await fill_in(hass, form, key=KEY, planned=False)
    assert ended["type"] is FlowResultType.CREATE_ENTRY


async def test_account_is_source_of_one_runner_only(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, server: IntervalsIcuServer
) -> None:
    await set_up(entry)
    await fill_in(hass, await choose(hass), key=KEY, planned=False)
    await hass.async_block_till_done()
    form = await fill_in(hass, await choose(hass), key=KEY, planned=False)
    assert form["errors"] == {"key": "account_taken"}


async def test_reconfiguring_keeps_key_and_links_unless_account_changes(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, server: IntervalsIcuServer
) -> None:
    server.activities = [row("i1", datetime.now(UTC) - timedelta(days=7), gear={"id": "g1", "name": "Pegasus"})]
    await set_up(entry)
    form = await fill_in(hass, await choose(hass), key=KEY, planned=True)
    await fill_in(hass, form, shoe=NEW_SHOE)
    await hass.async_block_till_done()
    before = dict(source(entry).data)

    form = await entry.start_subentry_reconfigure_flow(hass, source(entry).subentry_id)
    assert form["step_id"] == "reconfigure_online"
    assert form["data_schema"] is not None
    assert KEY not in str(form["data_schema"].schema)
    form = await fill_in(hass, form, planned=False)
    ended = await fill_in(hass, form, shoe=NEW_SHOE)
    assert ended["reason"] == "reconfigure_successful"
    assert dict(source(entry).data) == before | {"planned": False}

    server.athlete, server.key = "i7", "another"
    form = await entry.start_subentry_reconfigure_flow(hass, source(entry).subentry_id)
    form = await fill_in(hass, form, key="another", planned=False)
    await fill_in(hass, form)
    await hass.async_block_till_done()
    after = source(entry).data
    assert (after["account"], after["key"], after["gear"]) == ("i7", "another", {})
    assert after["since"] > before["since"]


async def test_source_that_is_gone_needs_no_key(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, server: IntervalsIcuServer
) -> None:
    await set_up(entry)
    entry.async_start_reauth(hass, data={"subentry": "01GONE"})
    await hass.async_block_till_done()
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)
