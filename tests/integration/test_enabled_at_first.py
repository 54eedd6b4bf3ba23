"""Entities of a new runner that are enabled at first, and those of a runner from before."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym import entity_defaults
from custom_components.home_gym.const import DOMAIN
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, entity_id_of, shoe_data, with_id

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.enabled_at_first]

SHOE = "01PAIR"
FIFTEEN = {
    *("sensor.last_run", "sensor.last_run_distance", "sensor.last_run_duration", "sensor.last_run_cadence"),
    *("sensor.weekly_distance", "sensor.core_streak", "sensor.stretch_streak"),
    *("sensor.habits_due", "sensor.next_habit", "sensor.routine", "sensor.wise_distance"),
    *("switch.voice", "select.shoe", "todo.today", "calendar.journal"),
}


def runner(**options: object) -> MockConfigEntry:
    """Return the entry of a runner with a pair and a speaker."""
    data = {"media_player": "media_player.gym", "tts_engine": "tts.voice"}
    speaker = ConfigSubentryData(data=data, subentry_type="speaker", title="Gym", unique_id=None)
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        options=options,
        subentries_data=[with_id(shoe_data("Daily trainers", price=120), SHOE), with_id(speaker, "01SPEAKER")],
    )


def kinds(hass: HomeAssistant, *, of_runner: bool, enabled: bool = True) -> set[str]:
    """Return the platforms and keys of the entities in the registry."""
    return {
        f"{entity.domain}.{entity.translation_key}"
        for entity in er.async_entries_for_config_entry(er.async_get(hass), ENTRY_ID)
        if (entity.config_subentry_id is None) is of_runner and (entity.disabled_by is None) is enabled
    }


async def test_runner_alone_at_home_has_fifteen_entities_and_advice(hass: HomeAssistant, set_up: SetUp) -> None:
    await set_up(runner())

    assert len(FIFTEEN) == 15
    assert kinds(hass, of_runner=True) == FIFTEEN | {"binary_sensor.see_professional"}
    assert kinds(hass, of_runner=False) == {
        *("sensor.distance", "sensor.remaining", "sensor.replace_by", "sensor.cost", "binary_sensor.replacement_due"),
        "button.say_hello",
    }


async def test_all_other_entities_are_a_click_away(hass: HomeAssistant, set_up: SetUp) -> None:
    await set_up(runner())
    disabled = kinds(hass, of_runner=True, enabled=False)
    assert {
        "binary_sensor.stretch_due",
        "event.run",
        "button.log_core",
        "sensor.back_pain",
        "number.back_pain",
    } <= disabled
    assert {"sensor.wear", "sensor.last_used"} <= kinds(hass, of_runner=False, enabled=False)


async def test_entities_of_earlier_runner_stay_enabled(hass: HomeAssistant, set_up: SetUp) -> None:
    entry = runner()
    entry.add_to_hass(hass)
    registry = er.async_get(hass)
    for domain, key in (("binary_sensor", "stretch_due"), ("event", "run"), ("number", "back_pain")):
        registry.async_get_or_create(domain, DOMAIN, f"{ENTRY_ID}_{key}", config_entry=entry)
    chosen = registry.async_get_or_create("todo", DOMAIN, f"{ENTRY_ID}_today", config_entry=entry)
    registry.async_update_entity(chosen.entity_id, disabled_by=er.RegistryEntryDisabler.USER)

    assert await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done()

    for domain, key in (("binary_sensor", "stretch_due"), ("event", "run"), ("number", "back_pain")):
        assert hass.states.get(entity_id_of(hass, domain, key)), key
    assert hass.states.get(chosen.entity_id) is None


async def test_every_entity_in_table_exists(hass: HomeAssistant, set_up: SetUp) -> None:
    await set_up(runner())
    assert kinds(hass, of_runner=True) == entity_defaults.OF_RUNNER
    # Insoles are a pair's own.
    assert entity_defaults.OF_SUBENTRY - {"binary_sensor.insoles_due"} == kinds(hass, of_runner=False)


async def test_due_habits_are_listed(hass: HomeAssistant, set_up: SetUp) -> None:
    coordinator = await set_up(runner())
    state = hass.states.get(entity_id_of(hass, "sensor", "habits_due"))
    assert state
    assert int(state.state) == len(coordinator.data.due) > 0
    assert state.attributes["habits"] == [habit.value for habit in coordinator.data.due]
