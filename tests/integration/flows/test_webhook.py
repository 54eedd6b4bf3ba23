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
from tests.support.integration.shoe import suggested

PHONE = {"name": " Phone ", "app": "health_auto_export", "runs": ["Running"], "local_only": True}


async def open_form(hass: HomeAssistant) -> Any:
    """Open the screen for a new webhook."""
    menu = await hass.config_entries.subentries.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    return await go_on(hass, menu, {"next_step_id": "webhook"})


async def go_on(hass: HomeAssistant, screen: Any, values: dict[str, Any] | None = None) -> Any:
    """Submit a screen, and return the next."""
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


async def test_an_address_is_made(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    form = await open_form(hass)
    assert suggested(form)["runs"] == list(RUN_NAMES)

    screen = await go_on(hass, form, PHONE)
    assert screen["step_id"] == "address_health_auto_export"
    address = address_in(screen)
    secret = address.rpartition("/")[2]
    assert len(secret) == 43

    # A post during the setup counts.
    assert await post(hass, address, build_json("hae_v1")) == 200
    assert len(coordinator.runner.runs) == 1
    made = await choose(hass, screen, "webhook_finish")
    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["title"] == "Phone"
    data = dict(made["data"])
    # A webhook for cloud hooks has an id of its own.
    assert len(data.pop("webhook")) == 64
    assert data == {"secret": secret, "app": "health_auto_export", "runs": ["Running"], "local_only": True}

    # No post is lost between the steps.
    assert await post(hass, address, build_json("own")) in {200, 503}
    await hass.async_block_till_done()
    assert await post(hass, address, build_json("own")) == 200


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
    assert (await choose(hass, heard, "webhook_finish"))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()


async def test_test_without_post_times_out(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    screen = await go_on(hass, await open_form(hass), PHONE)
    with patch.object(module, "WAIT", 0):
        waiting = await choose(hass, screen, "webhook_test")
        silent = await result_of(hass, waiting)
    assert silent["step_id"] == "webhook_silent"
    assert address_in(silent) == address_in(screen)
    assert (await choose(hass, silent, "webhook_finish"))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()


async def test_unsaved_address_is_given_up(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    first = await open_form(hass)
    hass.config_entries.subentries.async_abort(first["flow_id"])
    screen = await go_on(hass, await open_form(hass), PHONE)
    waiting = await choose(hass, screen, "webhook_test")

    hass.config_entries.subentries.async_abort(waiting["flow_id"])
    await hass.async_block_till_done()

    assert await post(hass, address_in(screen), build_json("own")) == 404


async def test_invalid_name_is_rejected(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    form = await open_form(hass)
    again = await go_on(hass, form, PHONE | {"name": " "})
    assert again["errors"] == {"name": "name_missing"}
    assert suggested(again)["runs"] == ["Running"]
    await choose(hass, await go_on(hass, again, PHONE), "webhook_finish")
    await hass.async_block_till_done()
    again = await go_on(hass, await open_form(hass), PHONE | {"name": "phone"})
    assert again["errors"] == {"name": "name_taken"}

    await hass.config_entries.async_unload(ENTRY_ID)
    menu = await hass.config_entries.subentries.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    aborted = await choose(hass, menu, "webhook")
    assert aborted["type"] is FlowResultType.ABORT
    assert aborted["reason"] == "runner_not_loaded"


async def test_an_address_is_changed_and_stays(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    screen = await go_on(hass, await open_form(hass), PHONE)
    await choose(hass, screen, "webhook_finish")
    await hass.async_block_till_done()
    [source] = entry.get_subentries_of_type("source")

    form = await entry.start_subentry_reconfigure_flow(hass, source.subentry_id)
    assert suggested(form) == {**PHONE, "name": "Phone", "unnamed_runs": None}
    again = await go_on(hass, form, PHONE | {"name": ""})
    assert again["errors"] == {"name": "name_missing"}
    changed = PHONE | {"name": "Watch", "app": "other", "local_only": False, "runs": ["Mud Hop"]}
    shown = await go_on(hass, again, changed)
    assert shown["step_id"] == "address_other"
    assert address_in(shown).rpartition("/")[2] == source.data["secret"]
    waiting = await choose(hass, shown, "webhook_test")
    assert await post(hass, address_in(shown), b"[]") == 200
    done = await choose(hass, await result_of(hass, waiting), "webhook_finish")
    assert done["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()

    kept = entry.subentries[source.subentry_id]
    assert kept.title == "Watch"
    addresses = {key: source.data[key] for key in ("secret", "webhook")}
    assert kept.data == {**addresses, "app": "other", "runs": ["Mud Hop"], "local_only": False}
    assert await post(hass, address_in(shown), b"[]") == 200


async def test_full_url_is_shown_if_home_knows_its_url(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    await hass.config.async_update(internal_url="http://home.local:8123", external_url="https://example.org")
    await hass.async_block_till_done()
    local = await go_on(hass, await open_form(hass), PHONE)
    assert address_in(local).startswith("http://home.local:8123/api/home_gym/post/")
    anywhere = await go_on(hass, await open_form(hass), PHONE | {"local_only": False})
    assert address_in(anywhere).startswith("https://example.org/api/home_gym/post/")

    await hass.config.async_update(internal_url=None, external_url=None)
    await hass.async_block_till_done()
    hass.config.api = None
    unknown = await go_on(hass, await open_form(hass), PHONE)
    assert address_in(unknown).startswith("/api/home_gym/post/")
