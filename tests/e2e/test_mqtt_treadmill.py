"""A treadmill of qdomyos-zwift over a real MQTT broker: discovered, added by its own entities, and run on."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from playwright.async_api import expect
import pytest

from tests.rig import LOOPBACK, Broker, Browser, Flow, Home, Qdomyos, wait_for

type Json = dict[str, Any]

# A run at 10.8 km/h, long enough to count.
SPEED, METRES_A_SECOND, RAN = 10.8, 3.0, 135


@pytest.fixture(scope="module")
async def broker(folder: Path) -> AsyncIterator[Broker]:
    """Return the broker."""
    async with Broker(folder / "mosquitto") as broker:
        yield broker


@pytest.fixture(scope="module")
async def bridge(home: Home, broker: Broker) -> AsyncIterator[Qdomyos]:
    """Return the bridge of a treadmill at rest, discovered by Home Assistant."""
    async with Qdomyos(broker.port) as bridge:
        settings = {"transport": "tcp", "set_client_cert": False, "set_ca_cert": "off"}
        await home.add("mqtt", broker=LOOPBACK, port=broker.port, other_settings=settings)
        await home.entity_id("sensor", "qz_default_speed_current", "mqtt")
        await bridge.move(0, 1)
        yield bridge


@pytest.fixture(scope="module")
async def alex(home: Home) -> str:
    """Return the entry of a runner."""
    return await Flow.new_runner(home.api, "Alex")


@pytest.fixture(scope="module")
async def treadmill(home: Home, alex: str, bridge: Qdomyos) -> str:
    """Return the entry of the treadmill."""
    flow = await Flow.config(home.api, "home_gym")
    await flow.choose("treadmill")
    await flow.choose("treadmill_device")
    [device] = flow.screen["data_schema"]
    assert device["selector"]["select"]["options"] == [
        {"value": device["description"]["suggested_value"], "label": "QZ Fitness Device (default)"}
    ]
    await flow.send(device_id=device["description"]["suggested_value"])
    fields = {
        field["name"]: (field.get("description") or {}).get("suggested_value") for field in flow.screen["data_schema"]
    }
    for figure, key in (("speed", "speed_current"), ("distance", "distance"), ("cadence", "treadmill_cadence")):
        assert fields[figure] == await home.entity_id("sensor", f"qz_default_{key}", "mqtt")
    return str((await flow.finish(name="Treadmill"))["entry_id"])


async def runs(home: Home, alex: str) -> list[Json]:
    """Return the runner's runs."""
    found: list[Json] = (await home.ask("home_gym.get_runs", {"config_entry_id": alex}))["runs"]
    return found


async def test_screen_shows_a_live_preview(home: Home, alex: str, browser: Browser, bridge: Qdomyos) -> None:
    page = await browser.open("/config/integrations/dashboard/add?domain=home_gym")
    dialog = page.locator("dialog-data-entry-flow")
    await page.get_by_role("button", name="OK").click()
    for label in ("A treadmill", "By a device with its speed"):
        await dialog.get_by_text(label, exact=True).first.click()
    await dialog.get_by_text("Treadmills that Home Gym recognises come first.").wait_for()
    await dialog.get_by_role("button", name="Submit").click()
    preview = dialog.locator("flow-preview-generic")
    # Its values are not retained: they are unknown until one changes.
    await expect(preview).to_contain_text("-")
    await bridge.move(4.5, 1)
    await expect(preview).to_contain_text("4.5 km/h")
    await bridge.move(0, 1)
    await expect(preview).to_contain_text("0.0 km/h")
    await page.close()


async def test_run_arrives_with_its_distance(home: Home, alex: str, treadmill: str, bridge: Qdomyos) -> None:
    in_use = await home.entity_id("binary_sensor", f"{treadmill}_in_use")
    await bridge.move(SPEED, 20, cadence=84)
    assert (await home.state(in_use))["state"] == "on"

    # The display of the moving belt is asked for, and the unit is right.
    flow = await Flow.reconfigure(home.api, "home_gym", treadmill)
    assert flow.step == "treadmill_entities"
    await flow.send()
    assert flow.step == "console"
    assert flow.screen["description_placeholders"] == {"sent": "10.8", "miles": "6.7"}
    await flow.choose("console_right")

    await bridge.move(SPEED, RAN - 20, cadence=84)
    await bridge.move(0, 1)
    await home.wait_for_state(in_use, "off")

    async def is_known() -> bool:
        return bool(await runs(home, alex))

    await wait_for(is_known, "the run")
    [run] = await runs(home, alex)
    assert run["duration"] == pytest.approx(RAN, abs=6)
    # Two decimals of a kilometre are ten metres, at either end.
    assert run["distance"] == pytest.approx(METRES_A_SECOND * RAN, abs=25)


async def test_second_run_counts_its_own_distance(home: Home, alex: str, treadmill: str, bridge: Qdomyos) -> None:
    """The counter goes on, as one of a lifetime."""
    distance = await home.entity_id("sensor", f"{treadmill}_session_distance")
    await bridge.move(SPEED, 30)
    shown = float((await home.state(distance))["state"])
    assert shown == pytest.approx(METRES_A_SECOND * 30, abs=25)
    await bridge.move(0, 1)


async def test_nothing_failed(home: Home, treadmill: str) -> None:
    wrong = [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
