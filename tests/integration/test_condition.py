"""The conditions, in automations as users write them."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.home_gym.condition import CONDITIONS
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.targets import PROMPTED_HABITS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    config_validation as cv,
    device_registry as dr,
    label_registry as lr,
)
from homeassistant.helpers.condition import (
    async_from_config,
    async_get_all_descriptions,
    async_validate_condition_config,
)
from homeassistant.setup import async_setup_component
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of
from tests.support.integration.translations import ENGLISH, ICONS

from ..support.integration.automations import Plain, automate, device_of, register, show

pytestmark = pytest.mark.usefixtures("clock")


async def passes(hass: HomeAssistant, condition: Plain) -> bool:
    """Return whether an automation with that condition runs now."""
    calls = await automate(hass, {"trigger": "event", "event_type": "now"}, conditions=[condition])
    hass.bus.async_fire("now")
    await hass.async_block_till_done()
    return len(calls) == 1


KIM_ID = "01KIM"
DUE: Plain = {"condition": "home_gym.is_habit_due", "options": {"habit": "stretch"}}


def kim() -> MockConfigEntry:
    """Return the entry of another runner."""
    return MockConfigEntry(domain=DOMAIN, title="Kim", entry_id=KIM_ID, data={"name": "Kim"})


def runner_device(hass: HomeAssistant, owner: str = ENTRY_ID) -> str:
    """Return the device of a runner."""
    return device_of(hass, entity_id_of(hass, "todo", "today", owner))


async def checked(hass: HomeAssistant, condition: Plain) -> bool:
    """Return whether a condition passes now."""
    config = await async_validate_condition_config(hass, cv.CONDITION_SCHEMA(condition))
    checker = await async_from_config(hass, config)
    passed = checker.async_check()
    checker.async_unload()
    return bool(passed)


@pytest.mark.enabled_at_first
async def test_due_habit_is_found_by_everything_of_its_runner(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    """The sensor of the habit itself is disabled."""
    coordinator = await set_up(entry)
    device = runner_device(hass)
    area = ar.async_get(hass).async_get_or_create("Gym")
    other = ar.async_get(hass).async_get_or_create("Kitchen")
    label = lr.async_get(hass).async_create("Runners")
    dr.async_get(hass).async_update_device(device, area_id=area.id, labels={label.label_id})
    sensor = entity_id_of(hass, "binary_sensor", "stretch_due")
    assert hass.states.get(sensor) is None
    targets: dict[str, list[Plain]] = {
        "found": [
            {"device_id": device},
            {"area_id": area.id},
            {"label_id": label.label_id},
            {"entity_id": entity_id_of(hass, "todo", "today")},
            {"entity_id": sensor},
            {"entity_id": ["sensor.gone", entity_id_of(hass, "switch", "voice")]},
        ],
        "missed": [{"device_id": "01GONE"}, {"area_id": other.id}, {"entity_id": "sensor.gone"}],
    }

    for outcome, chosen in targets.items():
        for target in chosen:
            assert await checked(hass, DUE | {"target": target}) is (outcome == "found"), target
    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    assert not await checked(hass, DUE | {"target": targets["found"][0]})


async def test_each_habit_is_due_by_itself(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    target = {"device_id": runner_device(hass)}
    due = {
        habit: await checked(hass, DUE | {"target": target, "options": {"habit": str(habit)}})
        for habit in PROMPTED_HABITS
    }
    assert {habit for habit, is_due in due.items() if is_due} == set(coordinator.data.due)
    assert {Habit.STRETCH} <= set(coordinator.data.due) < set(PROMPTED_HABITS)


async def test_any_runner_or_all_of_them(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    other = await set_up(kim())
    both = {"device_id": [runner_device(hass), runner_device(hass, KIM_ID)]}
    one = {"device_id": [runner_device(hass, KIM_ID)]}

    async def outcomes() -> list[bool]:
        return [
            await checked(hass, DUE | {"target": target, "options": {"habit": "stretch", "behavior": behavior}})
            for target in (both, one, {"device_id": "01GONE"})
            for behavior in ("any", "all")
        ]

    assert await outcomes() == [True, True, True, True, False, False]
    await other.async_apply(verbs.log_session(Habit.STRETCH))
    assert await outcomes() == [True, False, False, False, False, False]
    assert await hass.config_entries.async_unload(ENTRY_ID)
    assert await outcomes() == [False, False, False, False, False, False]


async def test_habit_has_been_due_for_long_enough(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory
) -> None:
    coordinator = await set_up(entry)
    for_ten = {"target": {"device_id": runner_device(hass)}}

    async def passes_after(minutes: int) -> bool:
        clock.tick(timedelta(minutes=minutes))
        await coordinator.async_refresh()
        options = {"habit": "stretch", "for": {"minutes": 10}}
        return await checked(hass, DUE | for_ten | {"options": options})

    assert [await passes_after(9), await passes_after(1)] == [False, True]
    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    assert not await passes_after(20)
    await coordinator.async_apply(verbs.undo_last())
    assert [await passes_after(9), await passes_after(1)] == [False, True]


async def test_runner_on_treadmill(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    running = {"condition": "home_gym.is_running", "target": {"device_id": runner_device(hass)}}
    assert not await checked(hass, running)
    await coordinator.async_apply(verbs.start_run("01BELT", NOW, announce=False))
    assert await checked(hass, running)


KEYS = {"is_treadmill_in_use": "in_use"}


def a(condition: str, target: Plain, **options: Any) -> Plain:
    """Return a condition as users write it."""
    return {"condition": f"home_gym.{condition}", "target": target, "options": options}


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
