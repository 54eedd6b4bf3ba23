"""Every path through the screens of a pair of shoes."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.intake.manual_entries import manual_run
from custom_components.home_gym.gym.shoes.shoe import Arch
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from tests.support.integration.runner_entry import ENTRY_ID, NOW, OLD_SHOE, SetUp, entity_id_of, state_of
from tests.support.integration.shoe import SHOE, in_form, suggested


async def open_form(hass: HomeAssistant) -> Any:
    """Open the screen for a new pair."""
    return await hass.config_entries.subentries.async_init((ENTRY_ID, "shoe"), context={"source": SOURCE_USER})


async def test_a_pair_is_added_in_kilometres(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    form = await open_form(hass)
    # 300 and 500 miles of 1609.344 m, to the kilometre
    assert suggested(form)["warn_at"] == 483
    assert suggested(form)["replace_at"] == 805

    made = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, SHOE))
    await hass.async_block_till_done()

    assert made["type"] is FlowResultType.CREATE_ENTRY
    assert made["title"] == "Racers"
    assert made["data"] == {
        "first_used": "2026-04-01",
        "initial_distance": 12_500,
        "warn_at": 300_000,
        "replace_at": 500_000,
    }
    assert [shoe.name for shoe in entry.runtime_data.runner.settings.shoes] == [
        "Daily trainers",
        "New trainers",
        "Racers",
    ]


async def test_a_pair_is_added_in_miles(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    await set_up(entry)
    form = await open_form(hass)
    assert suggested(form)["warn_at"] == 300
    assert suggested(form)["replace_at"] == 500

    made = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, SHOE))

    assert made["data"]["replace_at"] == pytest.approx(500 * 1609.344)


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"name": " "}, {"name": "name_missing"}),
        ({"fitted": "2999-01-01"}, {"base": "fitted_in_future"}),
        ({"name": "daily TRAINERS"}, {"name": "name_taken"}),
        ({"warn_at": 501}, {"base": "warns_too_late"}),
        ({"warn_at": 0, "replace_at": 0}, {"base": "warns_too_late"}),
    ],
)
async def test_invalid_pair_is_rejected(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, change: dict[str, Any], errors: dict[str, str]
) -> None:
    await set_up(entry)
    form = await open_form(hass)

    again = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, SHOE | change))

    assert again["type"] is FlowResultType.FORM
    assert again["errors"] == errors
    assert suggested(again)["name"] == (SHOE | change)["name"]
    made = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, SHOE))
    assert made["type"] is FlowResultType.CREATE_ENTRY


async def test_a_pair_is_changed_and_retired(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    form = await entry.start_subentry_reconfigure_flow(hass, OLD_SHOE)
    shown = suggested(form)
    assert (shown["name"], shown["initial_distance"], shown["retired"]) == ("Daily trainers", 480, None)
    asked = SHOE | {"name": "Daily trainers", "retired": "2026-03-31"}

    again = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, asked))
    assert again["errors"] == {"retired": "retired_before_used"}
    done = await hass.config_entries.subentries.async_configure(
        form["flow_id"], in_form(form, asked | {"retired": "2026-04-30"})
    )
    await hass.async_block_till_done()

    assert done["reason"] == "reconfigure_successful"
    assert entry.subentries[OLD_SHOE].data["retired"] == "2026-04-30"
    form = await entry.start_subentry_reconfigure_flow(hass, OLD_SHOE)
    assert suggested(form)["retired"] == "2026-04-30"


async def test_pair_with_every_field_is_stored(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    form = await open_form(hass)
    details = {
        "surfaces": ["trail", "treadmill"],
        "brand": "Hare",
        "model": "Tortoise 3",
        "purchased": "2026-03-30",
        "price": 150,
        "insoles_since": "2026-04-01",
        "insoles_replace_at": 300,
        "notes": "High arch, orthotics.",
    }

    for part in ("insoles_since", "insoles_replace_at"):
        incomplete = {field: value for field, value in (SHOE | details).items() if field != part}
        again = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, incomplete))
        assert again["errors"] == {"base": "insoles_incomplete"}
    made = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, SHOE | details))
    await hass.async_block_till_done()

    assert made["data"]["insoles_replace_at"] == 300_000
    [subentry] = [subentry for subentry in entry.subentries.values() if subentry.title == "Racers"]
    form = await entry.start_subentry_reconfigure_flow(hass, subentry.subentry_id)
    assert {field: suggested(form)[field] for field in details} == details
    owner = f"{ENTRY_ID}_{subentry.subentry_id}"
    # It cost 150 and has run 12.5 km.
    assert state_of(hass, "sensor", "cost", owner) == "12.0"
    assert state_of(hass, "binary_sensor", "insoles_due", owner) == "off"
    device = dr.async_get(hass).async_get_device_by_identifier((DOMAIN, owner), ENTRY_ID)
    assert device is not None
    assert (device.manufacturer, device.model) == ("Hare", "Tortoise 3")


async def test_a_repair_issue_only_while_a_pair_is_worn_out(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: Any
) -> None:
    coordinator = await set_up(entry)

    def raised() -> dict[str, str] | None:
        issue = ir.async_get(hass).async_get_issue(DOMAIN, f"replace_{OLD_SHOE}")
        return issue.translation_placeholders if issue else None

    assert raised() is None
    await coordinator.async_apply(verbs.choose_shoe(OLD_SHOE))
    # It had run 480 km of 805 km.
    await coordinator.async_apply(
        verbs.log_run(manual_run(start=NOW - timedelta(hours=40), moving_time=100_000, distance=325_000))
    )
    await hass.async_block_till_done()
    assert raised() == {"shoe": "Daily trainers", "runner": "Alex", "distance": "805 km", "limit": "805 km"}

    await coordinator.async_apply(verbs.undo_last())
    assert raised() is None
    await coordinator.async_apply(
        verbs.log_run(manual_run(start=NOW - timedelta(hours=40), moving_time=100_000, distance=325_000))
    )
    assert raised() is not None
    hass.config_entries.async_remove_subentry(entry, OLD_SHOE)
    await hass.async_block_till_done()
    assert raised() is None


async def test_least_recently_worn_pair_is_suggested(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    state = hass.states.get(entity_id_of(hass, "select", "shoe"))
    assert state is not None
    assert state.attributes["rested_longest"] == "Daily trainers"


async def test_a_pair_may_be_chosen_until_the_day_on_which_it_is_retired(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: Any
) -> None:
    await set_up(entry)
    pair = entry.subentries[OLD_SHOE]
    hass.config_entries.async_update_subentry(entry, pair, data={**pair.data, "retired": "2026-05-05"})
    await hass.async_block_till_done()
    select = entity_id_of(hass, "select", "shoe")

    def offered() -> list[str]:
        state = hass.states.get(select)
        assert state is not None
        options: list[str] = state.attributes["options"]
        return options

    assert "Daily trainers" in offered()
    await hass.services.async_call(
        "select", "select_option", {"entity_id": select, "option": "Daily trainers"}, blocking=True
    )
    assert state_of(hass, "select", "shoe") == "Daily trainers"

    clock.move_to(NOW + timedelta(days=1))
    await entry.runtime_data.coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    assert "Daily trainers" not in offered()


async def test_professional_fitting_is_stored(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    form = await open_form(hass)
    told = {"fitted": "2026-03-01", "arch": "high", "orthotics": True}
    made = await hass.config_entries.subentries.async_configure(form["flow_id"], in_form(form, SHOE | told))
    await hass.async_block_till_done()

    assert told.items() <= made["data"].items()
    pair = entry.runtime_data.runner.settings.shoes[-1]
    assert (pair.fitted, pair.arch, pair.orthotics) == (date(2026, 3, 1), Arch.HIGH, True)
    [first, *_] = entry.runtime_data.runner.settings.shoes
    assert (first.fitted, first.arch, first.orthotics) == (None, None, False)
