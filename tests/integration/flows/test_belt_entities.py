"""Every path through the set-up of a treadmill that another integration shows."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.treadmill.settings import BY_SPEED, belt_settings
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from tests.support.integration.belt_device import QDOMYOS, BeltDevice
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.shoe import suggested
from tests.support.integration.treadmill import WHO, choose, go_on, open_menu, start_reconfigure


@pytest.fixture
async def runner(set_up: SetUp, entry: MockConfigEntry) -> MockConfigEntry:
    """Return the entry of the runner, set up."""
    await set_up(entry)
    return entry


@pytest.fixture
def belt(hass: HomeAssistant) -> BeltDevice:
    """Return a treadmill of qdomyos-zwift's discovery, at rest."""
    return BeltDevice(hass, "mqtt", QDOMYOS)


@pytest.fixture
async def devices(hass: HomeAssistant, runner: MockConfigEntry, belt: BeltDevice) -> Any:
    """Return the screen of devices."""
    return await choose(hass, await open_menu(hass), "treadmill_device")


def options_of(form: Any) -> dict[str, str]:
    """Return the labels of the devices offered, by id."""
    [selector] = form["data_schema"].schema.values()
    return {option["value"]: option["label"] for option in selector.config["options"]}


async def test_menu_offers_both_ways(hass: HomeAssistant, runner: MockConfigEntry) -> None:
    menu = await open_menu(hass)
    assert menu["menu_options"] == ["treadmill_device", "treadmill_plug"]


async def test_known_device_comes_first_with_its_entities(hass: HomeAssistant, devices: Any, belt: BeltDevice) -> None:
    assert suggested(devices) == {"device_id": belt.device_id}
    assert options_of(devices) == {belt.device_id: "QZ Fitness Device (default)"}

    form = await go_on(hass, devices, {"device_id": belt.device_id})

    assert form["step_id"] == "treadmill_entities"
    assert form["preview"] == DOMAIN
    assert suggested(form) == {
        "name": "QZ Fitness Device (default)",
        "speed": belt.entity_id("speed_current"),
        "distance": belt.entity_id("distance"),
        "elapsed_time": belt.entity_id("elapsed_time"),
        "incline": belt.entity_id("treadmill_inclination"),
        "cadence": belt.entity_id("treadmill_cadence"),
        "heart_rate": belt.entity_id("heart_current"),
        "belt_state": None,
        "speed_unit": "as_sent",
        "cadence_words": False,
        "runners": [ENTRY_ID],
        "claim": "only",
    }
    chosen = {key: value for key, value in suggested(form).items() if value is not None}
    made = await go_on(hass, form, chosen | {"name": "Treadmill"})
    await hass.async_block_till_done()

    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["data"]["speed"] == belt.reference("speed_current")
    assert made["data"]["distance"] == belt.reference("distance")
    assert "belt_state" not in made["data"]
    assert belt_settings(made["data"]) == BY_SPEED

    entry: MockConfigEntry = made["result"]
    form = await start_reconfigure(hass, entry.entry_id)
    assert suggested(form) == suggested(form) | chosen | {"name": "Treadmill"}
    # A field that is cleared is gone.
    done = await go_on(hass, form, WHO | {"speed": chosen["speed"]})
    await hass.async_block_till_done()
    assert done["reason"] == "reconfigure_successful"
    assert set(entry.data) == {"speed", "speed_unit", "cadence_words", "runners", "claim"}

    again = await choose(hass, await open_menu(hass), "treadmill_device")
    again = await go_on(hass, again, {})
    again = await go_on(hass, again, WHO | {"speed": chosen["speed"]})
    assert again["errors"] == {"speed": "plug_taken"}


async def test_other_devices_follow_by_name(hass: HomeAssistant, runner: MockConfigEntry, belt: BeltDevice) -> None:
    BeltDevice(hass, "weather", {"wind_speed": "m/s"}, name="A weather station")
    BeltDevice(hass, "tesla", {"speed": "km/h"}, name="car")
    BeltDevice(hass, "shelly", {"power": "W"}, name="Plug")
    form = await choose(hass, await open_menu(hass), "treadmill_device")
    assert list(options_of(form).values()) == ["QZ Fitness Device (default)", "A weather station", "car"]


async def test_without_devices_entities_are_chosen_by_hand(hass: HomeAssistant, runner: MockConfigEntry) -> None:
    hass.states.async_set("sensor.template_speed", "0", {"unit_of_measurement": "mph"})
    form = await choose(hass, await open_menu(hass), "treadmill_device")
    assert form["step_id"] == "treadmill_entities"
    made = await go_on(hass, form, WHO | {"speed": "sensor.template_speed"})
    await hass.async_block_till_done()
    assert made["data"]["speed"] == "sensor.template_speed"


@pytest.mark.parametrize(
    ("states", "errors"),
    [
        ({"speed": ("5", "W")}, {"speed": "unit_wrong"}),
        ({"speed": ("5", None)}, {"speed": "unit_wrong"}),
        ({"speed": ("unavailable", None)}, {}),
        ({"distance": ("5", "kcal")}, {"distance": "unit_wrong"}),
        ({"elapsed_time": ("00:12:30", None)}, {}),
        ({"elapsed_time": ("12", None)}, {"elapsed_time": "unit_wrong"}),
        ({"incline": ("3", "°")}, {"incline": "unit_wrong"}),
        ({"incline": ("3", "%"), "cadence": ("170", "spm"), "belt_state": ("idle", None)}, {}),
    ],
)
async def test_entities_need_units_of_their_figures(
    hass: HomeAssistant,
    runner: MockConfigEntry,
    states: dict[str, tuple[str, str | None]],
    errors: dict[str, str],
) -> None:
    chosen = {}
    for figure, (state, unit) in ({"speed": ("0", "km/h")} | states).items():
        chosen[figure] = f"sensor.{figure}"
        hass.states.async_set(chosen[figure], state, {"unit_of_measurement": unit} if unit else {})
    form = await choose(hass, await open_menu(hass), "treadmill_device")
    shown = await go_on(hass, form, WHO | chosen)
    assert (shown.get("errors") or {}) == errors


@pytest.mark.parametrize(("answer", "unit"), [("console_right", "as_sent"), ("console_miles", "miles")])
async def test_display_of_moving_belt_shows_the_unit(
    hass: HomeAssistant, devices: Any, belt: BeltDevice, answer: str, unit: str
) -> None:
    belt.say(speed_current=8)
    form = await go_on(hass, devices, {"device_id": belt.device_id})
    chosen = {key: value for key, value in suggested(form).items() if value is not None}
    menu = await go_on(hass, form, chosen)
    assert (menu["step_id"], menu["menu_options"]) == ("console", ["console_right", "console_miles", "console"])
    # 8 km/h are 8 / 1.609344 miles an hour.
    assert menu["description_placeholders"] == {"sent": "8.0", "miles": "5.0"}
    belt.say(speed_current=9.6)
    menu = await choose(hass, menu, "console")
    assert menu["description_placeholders"] == {"sent": "9.6", "miles": "6.0"}
    made = await choose(hass, menu, answer)
    await hass.async_block_till_done()
    assert made["data"]["speed_unit"] == unit


async def test_preview_follows_the_chosen_entities(
    hass: HomeAssistant, devices: Any, belt: BeltDevice, hass_ws_client: WebSocketGenerator, hass_admin_user: Any
) -> None:
    assert await async_setup_component(hass, "websocket_api", {})
    belt.say(speed_current=8, distance=1.25, elapsed_time=12, treadmill_inclination=2, treadmill_cadence=164)
    form = await go_on(hass, devices, {"device_id": belt.device_id})
    client = await hass_ws_client(hass)
    chosen = {key: value for key, value in suggested(form).items() if value is not None}
    ask = {"type": f"{DOMAIN}/start_preview", "flow_id": form["flow_id"], "flow_type": "config_flow"}
    await client.send_json_auto_id(ask | {"user_input": chosen})
    assert (await client.receive_json())["success"]
    shown = (await client.receive_json())["event"]
    assert shown["state"] == "8.0 km/h · 1.25 km · 12.0 min · 2.0 % · 164/min"
    assert shown["attributes"] == {"friendly_name": "QZ Fitness Device (default)"}
    belt.say(speed_current=0)
    assert (await client.receive_json())["event"]["state"].startswith("0.0 km/h")

    hass_admin_user.groups = []
    await client.send_json_auto_id(ask | {"user_input": {}})
    assert not (await client.receive_json())["success"]


async def test_renamed_and_disabled_devices(hass: HomeAssistant, runner: MockConfigEntry, belt: BeltDevice) -> None:
    registry = dr.async_get(hass)
    registry.async_update_device(belt.device_id, name_by_user="My belt")
    form = await choose(hass, await open_menu(hass), "treadmill_device")
    assert list(options_of(form).values()) == ["My belt"]
    registry.async_update_device(belt.device_id, disabled_by=dr.DeviceEntryDisabler.USER)
    await hass.async_block_till_done()
    form = await choose(hass, await open_menu(hass), "treadmill_device")
    assert form["step_id"] == "treadmill_entities"
    assert er.async_get(hass).async_get(belt.entity_id("distance"))
