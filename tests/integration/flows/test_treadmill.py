"""Every path through the set-up of a treadmill."""

import asyncio
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.flows import calibration
from custom_components.home_gym.flows.calibration import CalibrationSteps
from custom_components.home_gym.gym.treadmill.settings import BeltSettings
from custom_components.home_gym.treadmill.settings import BY_SPEED, belt_settings
from homeassistant.config_entries import (
    SOURCE_IGNORE,
    ConfigEntryState,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import EVENT_DATA_ENTRY_FLOW_PROGRESSED, FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.shoe import suggested
from tests.support.integration.treadmill import (
    ADDRESS,
    GUESS,
    KEPT,
    TREADMILL,
    WHO,
    Plug,
    after,
    choose,
    discover,
    found,
    go_on,
    open_form,
    start_reconfigure,
)

ROBIN = "01ROBIN"


async def watch(hass: HomeAssistant, menu: Any, step: str, plug: Plug, *powers: float | str) -> Any:
    """Observe the belt while its plug reports these powers, and return the screen after it."""
    with (
        patch.object(calibration, "OBSERVATION_TIME", timedelta(0)),
        patch.object(calibration, "REFRESH_INTERVAL", 0.01),
    ):
        screen = await choose(hass, menu, step)
        assert screen["type"] is FlowResultType.SHOW_PROGRESS
        assert screen["progress_action"] == step
        for power in powers:
            plug.say(power)
        return await after(hass, screen)


@pytest.fixture
async def runner(set_up: SetUp, entry: MockConfigEntry) -> MockConfigEntry:
    """Return the entry of the runner, set up."""
    await set_up(entry)
    return entry


@pytest.fixture
def plug(hass: HomeAssistant) -> Plug:
    """Return a plug that draws nothing."""
    return Plug(hass)


@pytest.fixture
async def form(hass: HomeAssistant, runner: MockConfigEntry) -> Any:
    """Return the screen for a new treadmill."""
    return await open_form(hass)


@pytest.fixture
async def calibrate(hass: HomeAssistant, form: Any, plug: Plug) -> Any:
    """Return the menu of the calibration at rest."""
    return await choose(hass, await go_on(hass, form, WHO | {"power": plug.entity_id}), "calibrate_still")


@pytest.fixture
async def thresholds(hass: HomeAssistant, calibrate: Any) -> Any:
    """Return the screen of thresholds, without a measurement."""
    return await choose(hass, calibrate, "thresholds")


@pytest.fixture
async def treadmill(set_up: SetUp, runner: MockConfigEntry, plug: Plug) -> MockConfigEntry:
    """Return the entry of a treadmill, set up."""
    data = {"power": plug.entity.id, "runners": [ENTRY_ID], "claim": "only", **KEPT, "run": 300.0}
    entry = MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL, data=data)
    await set_up(entry)
    return entry


# Plug and runners


async def test_a_treadmill_is_added_by_hand(hass: HomeAssistant, form: Any, plug: Plug) -> None:
    assert form["step_id"] == "treadmill_plug"
    assert form["errors"] == {}
    assert suggested(form) == {"name": None, "power": None, "runners": [ENTRY_ID], "claim": "only"}
    menu = await go_on(hass, form, WHO | {"name": " Treadmill ", "power": plug.entity_id})
    assert menu["type"] is FlowResultType.MENU
    assert menu["menu_options"] == ["watch_asleep", "calibrate_still", "thresholds"]
    filled_in = await choose(hass, menu, "thresholds")
    assert suggested(filled_in) == {**GUESS, "run": None}

    made = await go_on(hass, filled_in, GUESS)
    await hass.async_block_till_done()

    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["title"] == "Treadmill"
    assert made["data"] == {"power": plug.entity.id, "runners": [ENTRY_ID], "claim": "only", **KEPT}
    assert "next_flow" not in made
    assert made["result"].state is ConfigEntryState.LOADED
    assert belt_settings(made["data"]) == BeltSettings(
        standby=1,
        stop=40,
        start=80,
        run=None,
        start_hold=timedelta(seconds=5),
        stop_hold=timedelta(seconds=20),
        run_hold=timedelta(seconds=10),
        patience=timedelta(minutes=5),
        longest=timedelta(hours=4),
    )


async def test_a_sensor_that_the_registry_does_not_know(hass: HomeAssistant, form: Any) -> None:
    hass.states.async_set("sensor.template", "0", {"unit_of_measurement": "W", "device_class": "power"})

    menu = await go_on(hass, form, WHO | {"power": "sensor.template"})
    made = await go_on(hass, await choose(hass, menu, "thresholds"), GUESS)
    await hass.async_block_till_done()

    assert made["data"]["power"] == "sensor.template"


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"name": "  "}, {"name": "name_missing"}),
        ({"runners": []}, {"runners": "runners_missing"}),
        ({"runners": [ENTRY_ID, ROBIN]}, {"claim": "more_than_one"}),
        ({"name": "", "runners": []}, {"name": "name_missing", "runners": "runners_missing"}),
    ],
)
async def test_invalid_treadmill_is_rejected(
    hass: HomeAssistant, set_up: SetUp, form: Any, plug: Plug, values: dict[str, Any], errors: dict[str, str]
) -> None:
    await set_up(MockConfigEntry(domain=DOMAIN, title="Robin", entry_id=ROBIN, data={"name": "Robin"}))
    form = await open_form(hass)
    filled_in = WHO | {"power": plug.entity_id} | values

    again = await go_on(hass, form, filled_in)

    assert again["step_id"] == "treadmill_plug"
    assert again["errors"] == errors
    assert suggested(again) == filled_in
    menu = await go_on(hass, again, WHO | {"power": plug.entity_id})
    assert menu["step_id"] == "calibrate"


async def test_a_plug_that_another_treadmill_has(hass: HomeAssistant, treadmill: MockConfigEntry, plug: Plug) -> None:
    form = await open_form(hass)
    again = await go_on(hass, form, WHO | {"power": plug.entity_id})
    assert again["errors"] == {"power": "plug_taken"}
    other = Plug(hass, "other_power")
    menu = await go_on(hass, again, WHO | {"power": other.entity_id})
    assert menu["step_id"] == "calibrate"


async def test_several_runners_default_to_presence(hass: HomeAssistant, set_up: SetUp, runner: MockConfigEntry) -> None:
    await set_up(MockConfigEntry(domain=DOMAIN, title="Robin", entry_id=ROBIN, data={"name": "Robin"}))
    form = await open_form(hass)
    assert suggested(form)["runners"] == [ENTRY_ID, ROBIN]
    assert suggested(form)["claim"] == "alone_at_home"


async def test_treadmill_has_no_options_and_subentries(treadmill: MockConfigEntry, runner: MockConfigEntry) -> None:
    assert not treadmill.supports_options
    assert treadmill.supported_subentry_types == {}
    assert runner.supports_options
    assert set(runner.supported_subentry_types) == {"shoe", "source", "speaker"}


# Calibration


@pytest.mark.parametrize(("unit", "a_watt"), [("W", 1), ("kW", 0.001)])
async def test_thresholds_are_proposed_from_measurements(
    hass: HomeAssistant, runner: MockConfigEntry, unit: str, a_watt: float
) -> None:
    plug = Plug(hass, unit=unit)
    plug.say(6 * a_watt)
    menu = await go_on(hass, await open_form(hass), WHO | {"power": plug.entity_id})
    assert menu["description_placeholders"] == {"power": "6.0 W"}

    menu = await watch(hass, menu, "watch_asleep", plug, 0.4 * a_watt, 0.4 * a_watt)
    assert (menu["step_id"], menu["menu_options"]) == ("calibrate_still", ["watch_still", "thresholds"])
    menu = await watch(hass, menu, "watch_still", plug, 6 * a_watt, "unavailable", 6 * a_watt)
    assert (menu["step_id"], menu["menu_options"]) == ("calibrate_walk", ["watch_walk", "calibrate_run"])
    menu = await watch(hass, menu, "watch_walk", plug, 150 * a_watt, 150 * a_watt)
    assert (menu["step_id"], menu["menu_options"]) == ("calibrate_run", ["watch_run", "thresholds"])
    assert menu["description_placeholders"] == {"power": "150.0 W"}
    form = await watch(hass, menu, "watch_run", plug, 420 * a_watt, 420 * a_watt)

    # Between the highest of one state and the lowest of the next: three tenths, half, and half of the way.
    levels = {"standby": (0.4 + 6) / 2, "stop": 6 + 0.3 * (150 - 6), "start": (6 + 150) / 2, "run": (150 + 420) / 2}
    shown = suggested(form)
    assert {name: shown[name] for name in levels} == pytest.approx(levels)
    # A plug that reports many times a second is a fast one.
    assert (shown["start_hold"], shown["stop_hold"], shown["run_hold"]) == (5, 20, 10)
    assert (shown["patience"], shown["longest"]) == (GUESS["patience"], GUESS["longest"])
    plug.say(0)
    made = await go_on(hass, form, shown)
    await hass.async_block_till_done()
    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["data"]["run"] == pytest.approx(285)


async def test_running_can_be_skipped(hass: HomeAssistant, calibrate: Any, plug: Plug) -> None:
    menu = await watch(hass, calibrate, "watch_still", plug, 6)
    menu = await watch(hass, menu, "watch_walk", plug, 150)
    form = await choose(hass, menu, "thresholds")
    assert suggested(form)["start"] == pytest.approx((6 + 150) / 2)
    assert suggested(form)["run"] is None


async def test_walking_can_be_skipped(hass: HomeAssistant, calibrate: Any, plug: Plug) -> None:
    menu = await watch(hass, calibrate, "watch_still", plug, 6)
    menu = await choose(hass, menu, "calibrate_run")
    form = await watch(hass, menu, "watch_run", plug, 420)
    assert suggested(form)["start"] == pytest.approx((6 + 420) / 2)
    assert suggested(form)["run"] is None


async def test_skipping_both_leads_to_empty_thresholds(hass: HomeAssistant, calibrate: Any, plug: Plug) -> None:
    menu = await watch(hass, calibrate, "watch_still", plug, 6)
    form = await choose(hass, await choose(hass, menu, "calibrate_run"), "thresholds")
    assert suggested(form) == {**GUESS, "run": None}


async def test_plug_that_reports_changes_only_is_measured(hass: HomeAssistant, calibrate: Any, plug: Plug) -> None:
    """Its last reading stays valid until the next."""
    plug.say(6)
    menu = await watch(hass, calibrate, "watch_still", plug)
    plug.say(150)
    menu = await watch(hass, menu, "watch_walk", plug)
    form = await choose(hass, menu, "thresholds")
    assert suggested(form)["start"] == pytest.approx((6 + 150) / 2)
    assert (suggested(form)["start_hold"], suggested(form)["stop_hold"]) == (10, 30)


@pytest.mark.parametrize(
    ("still", "walk"),
    [
        pytest.param("6", "6", id="the same"),
        pytest.param("unavailable", "unavailable", id="silent"),
        pytest.param("6", "unavailable", id="lost"),
    ],
)
async def test_measurement_without_difference_is_reported(
    hass: HomeAssistant, calibrate: Any, plug: Plug, still: str, walk: str
) -> None:
    plug.say(still)
    menu = await watch(hass, calibrate, "watch_still", plug)
    plug.say(walk)
    assert (menu["description_placeholders"]["power"] == "-") is (still == "unavailable")
    menu = await watch(hass, menu, "watch_walk", plug)
    again = await choose(hass, menu, "thresholds")

    assert (again["step_id"], again["menu_options"]) == ("calibrate_again", ["calibrate", "thresholds"])
    assert (await choose(hass, again, "calibrate"))["step_id"] == "calibrate"


async def test_thresholds_can_be_entered_after_measurement_without_difference(
    hass: HomeAssistant, calibrate: Any, plug: Plug
) -> None:
    menu = await watch(hass, calibrate, "watch_still", plug, 6)
    menu = await watch(hass, menu, "watch_walk", plug, 6)
    again = await watch(hass, menu, "watch_run", plug, 6)
    assert again["step_id"] == "calibrate_again"
    form = await choose(hass, again, "thresholds")
    assert form["step_id"] == "thresholds"
    assert suggested(form) == {**GUESS, "run": None}


async def test_the_power_is_shown_meanwhile(hass: HomeAssistant, calibrate: Any, plug: Plug) -> None:
    told = async_capture_events(hass, EVENT_DATA_ENTRY_FLOW_PROGRESSED)
    with patch.object(calibration, "REFRESH_INTERVAL", 0.01):
        screen = await choose(hass, calibrate, "watch_still")
        assert screen["description_placeholders"] == {"power": "0.0 W"}
        plug.say(6)
        async with asyncio.timeout(60):
            while not told:  # noqa: ASYNC110 (the flow sets no event)
                await asyncio.sleep(0.005)
        assert told[0].data["flow_id"] == screen["flow_id"]
        screen = await go_on(hass, screen)
        assert screen["type"] is FlowResultType.SHOW_PROGRESS
        assert screen["description_placeholders"] == {"power": "6.0 W"}
        hass.config_entries.flow.async_abort(screen["flow_id"])


async def test_closed_screen_stops_listening(hass: HomeAssistant, calibrate: Any) -> None:
    def listeners() -> tuple[int, int]:
        found = hass.bus.async_listeners()
        return found.get("state_changed", 0), found.get("state_reported", 0)

    before = listeners()
    screen = await choose(hass, calibrate, "watch_still")
    assert listeners() == (before[0] + 1, before[1] + 1)
    hass.config_entries.flow.async_abort(screen["flow_id"])
    assert listeners() == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"standby": 50, "stop": 40}, "stop"),
        ({"stop": 80, "start": 80}, "start"),
        ({"start": 80, "run": 80}, "run"),
        # Ten minutes are six hundred seconds.
        ({"stop_hold": 600, "longest": 10}, "longest"),
    ],
)
async def test_values_that_do_not_fit(
    hass: HomeAssistant, thresholds: Any, values: dict[str, float], field: str
) -> None:
    again = await go_on(hass, thresholds, {**GUESS, **values})

    assert again["errors"] == {field: f"{field}_misplaced"}
    assert suggested(again) == {"run": None, **GUESS, **values}
    made = await go_on(hass, again, GUESS)
    await hass.async_block_till_done()
    assert made["data"].items() >= KEPT.items()


@pytest.mark.parametrize("values", [{"start": 5001}, {"standby": -1}, {"start_hold": 0}, {"longest": 1441}])
async def test_values_that_no_treadmill_has(hass: HomeAssistant, thresholds: Any, values: dict[str, float]) -> None:
    with pytest.raises(InvalidData):
        await go_on(hass, thresholds, {**GUESS, **values})


FIELDS = {
    **dict.fromkeys(("standby", "stop", "start", "run"), st.floats(0, 5000)),
    **dict.fromkeys(("start_hold", "run_hold"), st.floats(1, 120)),
    "stop_hold": st.floats(2, 600),
    "patience": st.floats(0, 3600),
    "longest": st.floats(10, 1440),
}


@given(st.fixed_dictionaries({**FIELDS, "run": st.none() | FIELDS["run"]}))
def test_valid_fields_are_used_or_rejected_at_one_field(data: dict[str, Any]) -> None:
    errors = CalibrationSteps.threshold_errors_of(data)
    for field, error in errors.items():
        assert field in FIELDS
        assert error == f"{field}_misplaced"
    fits = data["standby"] <= data["stop"] < data["start"] and (data["run"] is None or data["start"] < data["run"])
    # Seconds and minutes, each to the microsecond that a timedelta keeps.
    lasts = round(data["longest"] * 60, 6) > round(max(data["start_hold"], data["stop_hold"]), 6)
    assert (errors == {}) is (fits and lasts)


# Reconfiguration


async def test_treadmill_is_recalibrated(hass: HomeAssistant, treadmill: MockConfigEntry, plug: Plug) -> None:
    plug.entity = er.async_get(hass).async_update_entity(plug.entity_id, new_entity_id="sensor.renamed")
    await hass.async_block_till_done()
    form = await treadmill.start_reconfigure_flow(hass)
    assert suggested(form) == {"name": "Treadmill", "power": "sensor.renamed", "runners": [ENTRY_ID], "claim": "only"}
    menu = await go_on(hass, form, suggested(form) | {"name": "Belt"})
    menu = await watch(hass, await choose(hass, menu, "calibrate_still"), "watch_still", plug, 6)
    menu = await watch(hass, menu, "watch_walk", plug, 150)
    form = await choose(hass, menu, "thresholds")
    assert suggested(form)["run"] is None
    plug.say(0)

    done = await go_on(hass, form, {name: value for name, value in suggested(form).items() if value is not None})
    await hass.async_block_till_done()

    assert done["reason"] == "reconfigure_successful"
    assert treadmill.title == "Belt"
    assert set(treadmill.data) == {"power", "runners", "claim", *GUESS}
    assert treadmill.data["start"] == pytest.approx((6 + 150) / 2)
    assert treadmill.state is ConfigEntryState.LOADED


async def test_another_plug_with_the_same_values(hass: HomeAssistant, treadmill: MockConfigEntry) -> None:
    other = Plug(hass, "other_power")
    before = dict(treadmill.data)
    form = await treadmill.start_reconfigure_flow(hass)
    menu = await go_on(hass, form, suggested(form) | {"power": other.entity_id})
    form = await choose(hass, menu, "thresholds")
    assert suggested(form) == {**KEPT, "run": 300}

    await go_on(hass, form, suggested(form))
    await hass.async_block_till_done()

    assert treadmill.data == before | {"power": other.entity.id}


async def test_a_sensor_and_a_runner_that_went(hass: HomeAssistant, treadmill: MockConfigEntry, plug: Plug) -> None:
    hass.config_entries.async_update_entry(treadmill, data={**treadmill.data, "runners": [ENTRY_ID, "gone"]})
    er.async_get(hass).async_remove(plug.entity_id)
    await hass.async_block_till_done()

    form = await treadmill.start_reconfigure_flow(hass)

    assert suggested(form) == {"name": "Treadmill", "power": None, "runners": [ENTRY_ID], "claim": "only"}


async def test_treadmill_without_runners_cannot_be_reconfigured(
    hass: HomeAssistant, treadmill: MockConfigEntry
) -> None:
    await hass.config_entries.async_remove(ENTRY_ID)

    end = await treadmill.start_reconfigure_flow(hass)

    assert end["type"] is FlowResultType.ABORT
    assert end["reason"] == "no_runners"


# Discovery over Bluetooth


async def test_a_treadmill_is_found(hass: HomeAssistant, runner: MockConfigEntry) -> None:
    form = await discover(hass)
    assert form["step_id"] == "bluetooth_treadmill"
    assert form["errors"] == {}
    assert suggested(form) == WHO | {"name": "Horizon", "speed_unit": "as_sent", "cadence_words": False}
    [flow] = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["title_placeholders"] == {"name": "Horizon"}

    made = await go_on(hass, form, WHO)
    await hass.async_block_till_done()

    assert made["title"] == "Treadmill"
    kept = {"address": ADDRESS, "speed_unit": "as_sent", "cadence_words": False, "runners": [ENTRY_ID]}
    assert made["data"] == kept | {"claim": "only"}
    assert made["result"].unique_id == ADDRESS
    assert made["result"].state is ConfigEntryState.LOADED
    assert belt_settings(made["data"]) == BY_SPEED
    again = await discover(hass)
    assert (again["type"], again["reason"]) == (FlowResultType.ABORT, "already_configured")


@pytest.mark.parametrize(
    ("service_data", "machine"),
    [
        ("01 20 00", "indoor bike"),
        ("01 10 00", "rower"),
        ("01 02 00", "cross trainer"),
        ("01 04 00", "step climber"),
        ("01 08 00", "stair climber"),
        ("00 20 00", "bike that is in use"),
    ],
)
async def test_other_machine_is_not_announced_as_treadmill(
    hass: HomeAssistant, runner: MockConfigEntry, service_data: str, machine: str
) -> None:
    end = await discover(hass, found(service_data=service_data))
    assert (end["type"], end["reason"]) == (FlowResultType.ABORT, "no_treadmill"), machine
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)


@pytest.mark.parametrize(
    "service_data", ["01 01 00", "01 21 00", "01", ""], ids=["only", "also", "cut short", "silent"]
)
async def test_machine_that_may_be_a_treadmill_is_announced(
    hass: HomeAssistant, runner: MockConfigEntry, service_data: str
) -> None:
    form = await discover(hass, found(service_data=service_data))
    assert form["step_id"] == "bluetooth_treadmill"


async def test_a_treadmill_that_was_found_is_changed(hass: HomeAssistant, runner: MockConfigEntry) -> None:
    made = await go_on(hass, await discover(hass), WHO)
    entry: MockConfigEntry = made["result"]
    form = await start_reconfigure(hass, entry.entry_id)
    assert form["step_id"] == "reconfigure_bluetooth"
    assert suggested(form) == WHO | {"speed_unit": "as_sent", "cadence_words": False}

    changed = {"claim": "ask", "speed_unit": "miles", "cadence_words": True}
    done = await go_on(hass, form, WHO | {"name": "Belt"} | changed)
    await hass.async_block_till_done()

    assert done["reason"] == "reconfigure_successful"
    assert entry.title == "Belt"
    assert entry.data == {"address": ADDRESS, "runners": [ENTRY_ID]} | changed
    assert entry.unique_id == ADDRESS


async def test_a_treadmill_that_is_found_waits_for_its_first_runner(
    hass: HomeAssistant, enable_custom_integrations: None, set_up: SetUp, entry: MockConfigEntry
) -> None:
    form = await discover(hass)
    assert form["errors"] == {"base": "no_runners"}
    again = await go_on(hass, form, WHO | {"runners": []})
    assert again["errors"] == {"base": "no_runners", "runners": "runners_missing"}
    await set_up(entry)

    form = await go_on(hass, form)

    assert form["errors"] == {}
    assert suggested(form)["runners"] == [ENTRY_ID]
    made = await go_on(hass, form, WHO)
    await hass.async_block_till_done()
    assert made["type"] is FlowResultType.CREATE_ENTRY


async def test_a_treadmill_that_was_ignored_is_no_runner(hass: HomeAssistant, runner: MockConfigEntry) -> None:
    ignored = MockConfigEntry(domain=DOMAIN, title="Other", source=SOURCE_IGNORE, unique_id="11:22:33:44:55:66")
    ignored.add_to_hass(hass)

    form = await discover(hass)

    assert suggested(form)["runners"] == [ENTRY_ID]
    assert suggested(form)["claim"] == "only"
