"""The conditions, in automations as users write them."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.home_gym.condition import CONDITIONS
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.targets import PROMPTED_HABITS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, config_validation as cv, device_registry as dr
from homeassistant.helpers.condition import async_get_all_descriptions, async_validate_condition_config
from homeassistant.setup import async_setup_component
from tests.support.integration.entities import act
from tests.support.integration.runner_entry import NOW, SetUp, entity_id_of
from tests.support.integration.translations import ENGLISH, ICONS

from ..support.integration.automations import Plain, automate, device_of, register, show

pytestmark = pytest.mark.usefixtures("clock")


async def passes(hass: HomeAssistant, condition: Plain) -> bool:
    """Return whether an automation with that condition runs now."""
    calls = await automate(hass, {"trigger": "event", "event_type": "now"}, conditions=[condition])
    hass.bus.async_fire("now")
    await hass.async_block_till_done()
    return len(calls) == 1


async def test_a_habit_that_is_due(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    runner = {"device_id": device_of(hass, entity_id_of(hass, "binary_sensor", "stretch_due"))}
    due = {"condition": "home_gym.is_habit_due", "target": runner, "options": {"habit": "stretch"}}
    calls = await automate(hass, {"trigger": "event", "event_type": "now"}, conditions=[due])

    hass.bus.async_fire("now")
    await hass.async_block_till_done()
    assert len(calls) == 1
    await act(hass, "button", "log_stretch", "press")
    hass.bus.async_fire("now")
    await hass.async_block_till_done()

    assert len(calls) == 1


@pytest.mark.parametrize("habit", PROMPTED_HABITS)
async def test_each_habit_has_an_entity_of_its_own(
    hass: HomeAssistant, enable_custom_integrations: None, habit: Habit
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    entry = MockConfigEntry(domain=DOMAIN)
    entities = {key: register(hass, entry, "binary_sensor", f"{key}_due") for key in PROMPTED_HABITS}
    for key, entity in entities.items():
        await show(hass, entity.entity_id, "on" if key == habit else "off")
    target = {"device_id": device_of(hass, entities[PROMPTED_HABITS[0]].entity_id)}

    due = {
        key: {"condition": "home_gym.is_habit_due", "target": target, "options": {"habit": str(key)}}
        for key in PROMPTED_HABITS
    }
    others = [{"condition": "not", "conditions": [condition]} for key, condition in due.items() if key != habit]

    assert await passes(hass, {"condition": "and", "conditions": [due[habit], *others]})


KEYS = {"is_running": "running", "is_treadmill_in_use": "in_use", "is_habit_due": "core_due"}


def a(condition: str, target: Plain, **options: Any) -> Plain:
    """Return a condition as users write it."""
    habit = {"habit": "core"} if condition == "is_habit_due" else {}
    return {"condition": f"home_gym.{condition}", "target": target, "options": habit | options}


@pytest.mark.parametrize("condition", KEYS)
@pytest.mark.parametrize(
    ("states", "behavior", "expected"),
    [
        (["on"], None, True),
        (["off"], None, False),
        (["unavailable"], None, False),
        (["unknown"], None, False),
        ([None], None, False),
        ([], None, False),
        (["off", "on"], None, True),
        (["off", "on"], "any", True),
        (["off", "off"], "any", False),
        (["off", "on"], "all", False),
        (["on", "on"], "all", True),
        (["unavailable", "on"], "all", True),
        (["unavailable", None], "all", False),
        ([], "all", False),
    ],
)
async def test_condition_follows_states(
    hass: HomeAssistant,
    enable_custom_integrations: None,
    condition: str,
    states: list[str | None],
    behavior: str | None,
    expected: bool,
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    entry = MockConfigEntry(domain=DOMAIN)
    devices = ["01GONE"]
    for number, state in enumerate(states):
        entity = register(hass, entry, "binary_sensor", KEYS[condition], owner=f"01OWNER{number}")
        await show(hass, entity.entity_id, state)
        devices.append(device_of(hass, entity.entity_id))

    options = {"behavior": behavior} if behavior else {}
    assert await passes(hass, a(condition, {"device_id": devices}, **options)) is expected


@pytest.mark.parametrize("condition", KEYS)
@pytest.mark.parametrize(
    ("platform", "domain", "key", "expected"),
    [
        (DOMAIN, "binary_sensor", None, True),
        ("other", "binary_sensor", None, False),
        (DOMAIN, "switch", None, False),
        (DOMAIN, "binary_sensor", "something_else", False),
    ],
)
@pytest.mark.parametrize("kind", ["entity_id", "device_id", "area_id"])
async def test_only_our_own_entity_counts(
    hass: HomeAssistant,
    enable_custom_integrations: None,
    condition: str,
    platform: str,
    domain: str,
    key: str | None,
    expected: bool,
    kind: str,
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    entry = MockConfigEntry(domain=platform)
    entity = register(hass, entry, domain, key or KEYS[condition], platform=platform)
    await show(hass, entity.entity_id, "on")
    # Other entities of the device make no difference.
    await show(hass, register(hass, entry, "sensor", KEYS[condition], platform=platform).entity_id, "off")
    device = device_of(hass, entity.entity_id)
    area = ar.async_get(hass).async_get_or_create("Gym")
    dr.async_get(hass).async_update_device(device, area_id=area.id)
    target = {"entity_id": entity.entity_id, "device_id": device, "area_id": area.id}[kind]

    assert await passes(hass, a(condition, {kind: target})) is expected


@pytest.mark.parametrize(("minutes", "expected"), [(9, False), (10, True)])
async def test_condition_waits_for_duration(
    hass: HomeAssistant,
    enable_custom_integrations: None,
    clock: FrozenDateTimeFactory,
    minutes: int,
    expected: bool,
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    entity = register(hass, MockConfigEntry(domain=DOMAIN), "binary_sensor", "in_use")
    await show(hass, entity.entity_id, "off", "on")
    clock.move_to(NOW + timedelta(minutes=minutes))

    target = {"entity_id": entity.entity_id}
    assert await passes(hass, a("is_treadmill_in_use", target, **{"for": {"minutes": 10}})) is expected


TARGET = {"target": {"device_id": "01DEVICE"}}


@pytest.mark.parametrize(
    "condition",
    [
        {"condition": "home_gym.is_running"},
        {"condition": "home_gym.is_running", "target": {"entity_id": "no entity"}},
        {"condition": "home_gym.is_running", **TARGET, "options": {"behavior": "each"}},
        {"condition": "home_gym.is_running", **TARGET, "options": {"habit": "core"}},
        {"condition": "home_gym.is_treadmill_in_use", **TARGET, "options": {"for": "soon"}},
        {"condition": "home_gym.is_habit_due", **TARGET},
        {"condition": "home_gym.is_habit_due", **TARGET, "options": {"behavior": "any"}},
        {"condition": "home_gym.is_habit_due", **TARGET, "options": {"habit": "massage"}},
        {"condition": "home_gym.is_habit_due", **TARGET, "options": {"habit": ["core"]}},
        {"condition": "home_gym.is_tired", **TARGET},
    ],
)
async def test_invalid_condition_is_rejected(
    hass: HomeAssistant, enable_custom_integrations: None, condition: Plain
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})

    with pytest.raises(vol.Invalid):
        await async_validate_condition_config(hass, cv.CONDITION_SCHEMA(condition))


SAMPLES: Plain = {"habit": "core", "behavior": "all", "for": {"minutes": 10}}


async def test_every_condition_is_described(hass: HomeAssistant, enable_custom_integrations: None) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    descriptions = await async_get_all_descriptions(hass)
    described = {name: description for name, description in descriptions.items() if name.startswith(f"{DOMAIN}.")}

    assert set(described) == {f"{DOMAIN}.{name}" for name in CONDITIONS}
    assert set(ENGLISH["conditions"]) == set(ICONS["conditions"]) == set(CONDITIONS)
    for name, condition in CONDITIONS.items():
        description = described[f"{DOMAIN}.{name}"]
        assert description is not None
        texts = ENGLISH["conditions"][name]
        assert set(texts) == {"name", "description", "fields"}
        assert set(ICONS["conditions"][name]) == {"condition"}
        assert description["target"]["entity"][0]["integration"] == DOMAIN
        assert set(texts["fields"]) == set(description["fields"])
        for text in texts["fields"].values():
            assert set(text) == {"name", "description"}
        # The editor offers exactly the fields of the condition.
        values = {field: SAMPLES[field] for field in description["fields"]}
        await condition.async_validate_config(hass, TARGET | {"options": values})


async def test_the_habits_to_choose_from(hass: HomeAssistant, enable_custom_integrations: None) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    descriptions = await async_get_all_descriptions(hass)

    is_habit_due: Any = descriptions["home_gym.is_habit_due"]
    select = is_habit_due["fields"]["habit"]["selector"]["select"]

    assert select["options"] == [str(habit) for habit in PROMPTED_HABITS]
    assert set(select["options"]) <= set(ENGLISH["selector"][select["translation_key"]]["options"])
