"""A treadmill in a card's feed: its use, its runner, its start, and its own figures."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.home_gym.gym.treadmill.ftms import TreadmillData
from homeassistant.core import HomeAssistant
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp
from tests.support.integration.treadmill_home import RUNS, TREADMILL_ID, Plug, settled, treadmill

pytestmark = pytest.mark.usefixtures("clock")


async def test_card_follows_treadmill(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, plug: Plug, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    client = await hass_ws_client()
    await client.send_json_auto_id({"type": "home_gym/subscribe", "config_entry_id": ENTRY_ID})
    await client.receive_json()
    assert (await client.receive_json())["event"]["whole"]["treadmills"] == {}
    shown: dict[str, Any] = {}

    async def follow() -> None:
        """Collect the messages up to a command's response."""
        await settled(hass)
        await client.send_json_auto_id({"type": "home_gym/runners"})
        while (message := await client.receive_json())["type"] == "event":
            shown.update(message["event"]["patch"].get("treadmills", {}).get(TREADMILL_ID) or {})

    await set_up(treadmill())
    await follow()
    assert shown == {"name": "Treadmill", "in_use": False, "available": True}

    await plug.draw(RUNS, 20)
    await follow()
    assert shown["in_use"]
    assert shown["runner"] == ENTRY_ID
    assert shown["since"] == NOW.isoformat()

    belt = hass.config_entries.async_get_entry(TREADMILL_ID)
    assert belt
    belt.runtime_data.async_show_live(TreadmillData(speed=2.5, total_distance=120), NOW + timedelta(minutes=1))
    await follow()
    assert (shown["speed"], shown["distance"]) == (2.5, 120)
    assert shown.keys().isdisjoint({"cadence", "cadence_verdict", "heart_rate", "incline"})
    figures = TreadmillData(cadence=162, heart_rate=150, inclination=1.5)
    belt.runtime_data.async_show_live(figures, NOW + timedelta(minutes=2))
    await follow()
    # The usual band is 170 to 180 steps a minute.
    assert (shown["cadence"], shown["cadence_verdict"]) == (162, "below")
    assert (shown["heart_rate"], shown["incline"]) == (150, 1.5)
    belt.runtime_data.async_show_live(TreadmillData(cadence=175), NOW + timedelta(minutes=3))
    await follow()
    assert shown["cadence_verdict"] == "in_band"

    await hass.config_entries.async_remove(TREADMILL_ID)
    await client.send_json_auto_id({"type": "home_gym/runners"})
    patches = []
    while (message := await client.receive_json())["type"] == "event":
        patches.append(message["event"]["patch"])
    assert {"treadmills": {TREADMILL_ID: None}} in patches
