"""Every path through the screens of a webhook."""

import asyncio
from typing import Any, cast
from unittest.mock import patch

from aiohttp.web import Request
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.flows.source import webhook as module
from custom_components.home_gym.gym.recordings.phone_json import RUN_NAMES
from custom_components.home_gym.options.source import APPS
from custom_components.home_gym.sources.webhook.address import PostView
from custom_components.home_gym.sources.webhook.endpoint import async_ask_to_repeat
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.util.aiohttp import MockRequest
from tests.builders.health import build_json
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.shoe import in_form, suggested

PHONE = {"name": " Phone ", "app": "health_auto_export", "runs": ["Running"], "local_only": True}


async def open_form(hass: HomeAssistant) -> Any:
    """Open the screen for a new webhook."""
    menu = await hass.config_entries.subentries.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    return await go_on(hass, menu, {"next_step_id": "webhook"})


async def go_on(hass: HomeAssistant, screen: Any, values: dict[str, Any] | None = None) -> Any:
    """Submit a screen, and return the next."""
    if values and screen["type"] is FlowResultType.FORM:
        values = in_form(screen, values)
    return await hass.config_entries.subentries.async_configure(screen["flow_id"], values)


async def choose(hass: HomeAssistant, screen: Any, step: str) -> Any:
    """Choose from a menu."""
    return await go_on(hass, screen, {"next_step_id": step})


async def result_of(hass: HomeAssistant, screen: Any) -> Any:
    """Return the screen after the wait, by repeated polling as in the frontend."""
    async with asyncio.timeout(60):
        while screen["type"] is FlowResultType.SHOW_PROGRESS:
            await asyncio.sleep(0.01)
            screen = await go_on(hass, screen)
    return await go_on(hass, screen)


async def post(hass: HomeAssistant, address: str, body: bytes) -> int:
    """Post from the local network, and return the status."""
    request = MockRequest(body, "test", method="POST", remote="127.0.0.1")
    view = PostView(hass, async_ask_to_repeat)
    return (await view.post(cast("Request", request), address.rpartition("/")[2])).status


def address_in(screen: Any) -> str:
    """Return the displayed address."""
    url: str = screen["description_placeholders"]["url"]
    return url


async def test_address_is_a_code_for_the_camera_and_a_text_to_copy(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    shown = await go_on(hass, await open_form(hass), PHONE)

    screen = await choose(hass, shown, "webhook_code")

    assert screen["step_id"] == "webhook_code"
    code, address = screen["data_schema"].schema.values()
    assert (code.selector_type, code.config["data"]) == ("qr_code", address_in(shown))
    assert screen["data_schema"]({}) == {"address": address_in(shown)}
    assert address.selector_type == "text"
    assert (await go_on(hass, screen, {}))["step_id"] == shown["step_id"]


async def test_an_address_is_saved_before_it_is_shown(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    form = await open_form(hass)
    assert suggested(form)["runs"] == list(RUN_NAMES)

    screen = await go_on(hass, form, PHONE)
    assert screen["step_id"] == "address_health_auto_export"
    address = address_in(screen)
    secret = address.rpartition("/")[2]
    assert len(secret) == 43
    [source] = entry.get_subentries_of_type("source")
    assert source.title == "Phone"
    data = dict(source.data)
    # A webhook for cloud hooks has an id of its own.
    assert len(data.pop("webhook")) == 64
    assert data == {"secret": secret, "app": "health_auto_export", "runs": ["Running"], "local_only": True}

    # Until the source is watched, a post is to be repeated; then it counts, also after the screen is closed.
    assert await post(hass, address, build_json("own")) in {200, 503}
    await hass.async_block_till_done()
    assert await post(hass, address, build_json("hae_v1")) == 200
    hass.config_entries.subentries.async_abort(screen["flow_id"])
    await hass.async_block_till_done()
    assert await post(hass, address, build_json("own")) == 200
    assert len(entry.runtime_data.runner.runs) == 1
    assert list(entry.get_subentries_of_type("source")) == [source]


async def test_a_source_without_a_name_has_that_of_its_app(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    for _ in range(2):
        form = await open_form(hass)
        screen = await go_on(hass, form, {key: value for key, value in PHONE.items() if key != "name"})
        await hass.async_block_till_done()
    [source] = entry.get_subentries_of_type("source")
    assert source.title == "Health Auto Export"
    assert screen["errors"] == {"name": "name_taken"}


@pytest.mark.parametrize("app", APPS)
async def test_every_app_has_its_steps(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, app: str) -> None:
    await set_up(entry)
    screen = await go_on(hass, await open_form(hass), PHONE | {"app": app})
    assert screen["step_id"] == f"address_{app}"
    again = await go_on(hass, screen)
    assert (again["step_id"], address_in(again)) == (screen["step_id"], address_in(screen))


async def test_a_test_post_shows_that_it_works(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    screen = await go_on(hass, await open_form(hass), PHONE)
    await hass.async_block_till_done()
    address = address_in(screen)

    waiting = await choose(hass, screen, "webhook_test")
    assert waiting["type"] is FlowResultType.SHOW_PROGRESS
    assert waiting["progress_action"] == "webhook_test"
    again = await go_on(hass, waiting)
    assert again["type"] is FlowResultType.SHOW_PROGRESS
    assert await post(hass, address, build_json("hae_v2", {}, {"name": "Running"})) == 400
    misheard = await result_of(hass, waiting)
    assert misheard["step_id"] == "webhook_misheard"
    assert misheard["description_placeholders"] == {"reason": "not a recording format that Home Gym reads"}

    waiting = await choose(hass, misheard, "webhook_test")
    assert waiting["type"] is FlowResultType.SHOW_PROGRESS
    assert await post(hass, address, build_json("hae_v1")) == 200
    heard = await result_of(hass, waiting)
    assert heard["step_id"] == "webhook_heard"
    assert heard["description_placeholders"] == {"taken": "1", "runs": "1", "doubtful": "0", "refused": "0"}

    # A post from before the test is shown at once.
    assert await post(hass, address, build_json("own")) == 200
    waiting = await choose(hass, heard, "webhook_test")
    heard = await result_of(hass, waiting)
    assert heard["step_id"] == "webhook_heard"
    assert (await choose(hass, heard, "webhook_finish"))["reason"] == "webhook_ready"
    await hass.async_block_till_done()


async def test_test_without_post_times_out(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    screen = await go_on(hass, await open_form(hass), PHONE)
    with patch.object(module, "WAIT", 0):
        waiting = await choose(hass, screen, "webhook_test")
        silent = await result_of(hass, waiting)
    assert silent["step_id"] == "webhook_silent"
    assert address_in(silent) == address_in(screen)
    assert (await choose(hass, silent, "webhook_finish"))["reason"] == "webhook_ready"
    await hass.async_block_till_done()


async def test_an_address_is_changed_and_stays(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    screen = await go_on(hass, await open_form(hass), PHONE)
    await choose(hass, screen, "webhook_finish")
    await hass.async_block_till_done()
    [source] = entry.get_subentries_of_type("source")

    shown = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    assert (shown["step_id"], address_in(shown)) == (screen["step_id"], address_in(screen))
    form = await choose(hass, shown, "webhook_change")
    assert suggested(form) == {**PHONE, "name": "Phone", "unnamed_runs": None}
    changed = PHONE | {"name": "Watch", "app": "other", "local_only": False, "runs": ["Mud Hop"]}
    shown = await go_on(hass, form, changed)
    assert shown["step_id"] == "address_other"
    assert address_in(shown).rpartition("/")[2] == source.data["secret"]
    kept = entry.subentries[source.subentry_id]
    assert kept.title == "Watch"
    addresses = {key: source.data[key] for key in ("secret", "webhook")}
    assert kept.data == {**addresses, "app": "other", "runs": ["Mud Hop"], "local_only": False}

    await hass.async_block_till_done()
    waiting = await choose(hass, shown, "webhook_test")
    assert await post(hass, address_in(shown), b"[]") == 200
    done = await choose(hass, await result_of(hass, waiting), "webhook_finish")
    assert done["reason"] == "webhook_ready"


async def test_full_url_is_shown_if_home_knows_its_url(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    await hass.config.async_update(internal_url="http://home.local:8123", external_url="https://example.org")
    await hass.async_block_till_done()
    local = await go_on(hass, await open_form(hass), PHONE)
    assert address_in(local).startswith("http://home.local:8123/api/home_gym/post/")
    anywhere = await go_on(hass, await open_form(hass), PHONE | {"name": "Watch", "local_only": False})
    assert address_in(anywhere).startswith("https://example.org/api/home_gym/post/")

    await hass.config.async_update(internal_url=None, external_url=None)
    await hass.async_block_till_done()
    hass.config.api = None
    unknown = await go_on(hass, await open_form(hass), PHONE | {"name": "Script"})
    assert address_in(unknown).startswith("/api/home_gym/post/")
