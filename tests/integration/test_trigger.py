"""The triggers, in automations as users write them."""

from collections import Counter
from collections.abc import Callable
import dataclasses
from datetime import timedelta
import re
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed
import voluptuous as vol

from custom_components.home_gym.condition import CONDITIONS
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import Area
from custom_components.home_gym.gym.events import MilestoneReached
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.habits.milestone import Milestone, MilestoneKind
from custom_components.home_gym.targets import PROMPTED_HABITS
from custom_components.home_gym.trigger import TRIGGERS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    config_validation as cv,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
    label_registry as lr,
)
from homeassistant.helpers.trigger import async_get_all_descriptions, async_validate_trigger_config
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
from tests.support.integration.example_runs import RUN, START
from tests.support.integration.runner_entry import ENTRY_ID, NOW, OLD_SHOE, SetUp, entity_id_of, shoe_data, with_id
from tests.support.integration.translations import ENGLISH, ICONS, ROOT
from tests.support.integration.treadmill_home import TREADMILL_ID, Plug, treadmill as treadmill_entry
from tests.support.integration.trigger import by_device

from ..support.integration.automations import Plain, automate, device_of, register, show, told

pytestmark = pytest.mark.usefixtures("clock")


async def go_for_a_run(hass: HomeAssistant, entry: MockConfigEntry, **delivery: Any) -> None:
    """Deliver a run's recording."""
    await entry.runtime_data.coordinator.async_deliver([RUN], **({"live": True} | delivery))
    await hass.async_block_till_done()


# Runs


FIGURES = {
    figure: f"{{{{ trigger.{figure} }}}}" for figure in ("distance", "duration", "cadence", "shoe", "start", "end")
}


@pytest.mark.parametrize("trigger", ["run_finished", "run_recorded"])
async def test_a_run_and_its_figures(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, trigger: str) -> None:
    coordinator = await set_up(entry)
    run = entity_id_of(hass, "event", "run")
    calls = await automate(
        hass,
        {"trigger": f"home_gym.{trigger}", "target": {"device_id": device_of(hass, run)}},
        data=FIGURES | {"run": "{{ trigger.run }}", "entity": "{{ trigger.entity_id }}"},
    )

    await go_for_a_run(hass, entry)

    # It began at 17:00 and took 2460 s, of which it moved for 2400 s.
    assert told(calls) == [
        {
            "run": next(iter(coordinator.runner.runs.all())).id,
            "entity": run,
            "distance": 8012.34,
            "duration": 2400,
            "cadence": 174,
            "shoe": "New trainers",
            "start": "2026-05-04T17:00:00+00:00",
            "end": "2026-05-04T17:41:00+00:00",
        }
    ]


async def test_a_run_that_ended_yesterday_is_recorded_but_did_not_just_finish(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory
) -> None:
    await set_up(entry)
    device = {"device_id": device_of(hass, entity_id_of(hass, "event", "run"))}
    calls = await automate(
        hass,
        {"trigger": "home_gym.run_finished", "target": device, "id": "finished"},
        {"trigger": "home_gym.run_recorded", "target": device, "id": "recorded"},
    )
    clock.move_to(NOW + timedelta(days=1))

    await go_for_a_run(hass, entry)

    assert told(calls) == [{"id": "recorded"}]


async def test_history_triggers_nothing(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    device = {"device_id": device_of(hass, entity_id_of(hass, "event", "run"))}
    calls = await automate(hass, {"trigger": "home_gym.run_recorded", "target": device})

    await go_for_a_run(hass, entry, live=False)

    assert not calls


def by_entity(hass: HomeAssistant, entity_id: str) -> Plain:
    """Target the entity itself."""
    return {"entity_id": entity_id}


def by_area(hass: HomeAssistant, entity_id: str) -> Plain:
    """Target the area of its device."""
    area = ar.async_get(hass).async_get_or_create("Gym")
    dr.async_get(hass).async_update_device(device_of(hass, entity_id), area_id=area.id)
    return {"area_id": area.id}


def by_floor(hass: HomeAssistant, entity_id: str) -> Plain:
    """Target the floor with that room."""
    floor = fr.async_get(hass).async_create("Cellar")
    ar.async_get(hass).async_update(by_area(hass, entity_id)["area_id"], floor_id=floor.floor_id)
    return {"floor_id": floor.floor_id}


def by_label(hass: HomeAssistant, entity_id: str) -> Plain:
    """Target a label of its device."""
    label = lr.async_get(hass).async_create("Sport")
    dr.async_get(hass).async_update_device(device_of(hass, entity_id), labels={label.label_id})
    return {"label_id": label.label_id}


@pytest.mark.parametrize("target", [by_entity, by_device, by_area, by_floor, by_label])
async def test_every_kind_of_target(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, target: Callable[[HomeAssistant, str], Plain]
) -> None:
    await set_up(entry)
    run = entity_id_of(hass, "event", "run")
    calls = await automate(hass, {"trigger": "home_gym.run_finished", "target": target(hass, run)})

    await go_for_a_run(hass, entry)

    assert len(calls) == 1


async def test_a_reload_triggers_nothing_and_the_next_run_does(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    run = entity_id_of(hass, "event", "run")
    calls = await automate(hass, {"trigger": "home_gym.run_finished", "target": by_device(hass, run)})
    await go_for_a_run(hass, entry)
    before = hass.states.get(run)

    assert await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done()

    after = hass.states.get(run)
    assert before is not None
    assert after is not None
    # The entity is restored with its last event.
    assert (after.state, after.attributes["event_type"]) == (before.state, before.attributes["event_type"])
    assert len(calls) == 1


async def test_an_automation_that_is_there_before_the_runner_hears_of_the_run(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    run = entity_id_of(hass, "event", "run")
    device = by_device(hass, run)
    assert await hass.config_entries.async_unload(ENTRY_ID)
    calls = await automate(hass, {"trigger": "home_gym.run_finished", "target": device})

    assert await hass.config_entries.async_setup(ENTRY_ID)
    await hass.async_block_till_done()
    assert not calls
    await go_for_a_run(hass, entry)

    assert len(calls) == 1


# Prompts


@pytest.mark.parametrize(
    ("options", "habits"),
    [
        ({}, ["foam_roll", "stretch"]),
        ({"habits": ["foam_roll"]}, ["foam_roll"]),
        ({"habits": "stretch"}, ["stretch"]),
        ({"habits": ["core", "stretch", "foam_roll"]}, ["foam_roll", "stretch"]),
        ({"habits": ["core", "warm_up"]}, []),
    ],
)
async def test_prompt_trigger_fires_for_chosen_habits(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    clock: FrozenDateTimeFactory,
    options: Plain,
    habits: list[str],
) -> None:
    object.__setattr__(entry, "options", {"prompts": ["foam_roll", "stretch"]})
    coordinator = await set_up(entry)
    prompt = entity_id_of(hass, "event", "prompt")
    calls = await automate(
        hass,
        {"trigger": "home_gym.prompt_due", "target": by_device(hass, prompt), "options": options},
        data={"habit": "{{ trigger.habit }}", "run": "{{ trigger.run }}"},
    )

    await go_for_a_run(hass, entry)
    # Both are due within the hour, and the moment for both has passed by the next day: that is an event, too.
    for later in (timedelta(hours=1), timedelta(days=1)):
        clock.move_to(NOW + later)
        async_fire_time_changed(hass)
        await hass.async_block_till_done()

    run = next(iter(coordinator.runner.runs.all())).id
    assert told(calls) == [{"habit": habit, "run": run} for habit in habits]
    last = hass.states.get(prompt)
    assert last is not None
    assert last.attributes["event_type"] == "expired"


# The back, the wise distance and milestones


async def test_reports_and_states_of_the_back_trigger(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    target = by_device(hass, entity_id_of(hass, "todo", "today"))
    calls = await automate(
        hass,
        {"trigger": "home_gym.pain_reported", "target": target},
        {"trigger": "home_gym.back_state_changed", "target": target},
        {"trigger": "home_gym.back_state_changed", "target": target, "options": {"states": "doctor"}},
        data={fact: f"{{{{ trigger.{fact} | default('') }}}}" for fact in ("score", "area", "side", "state", "before")},
    )

    await coordinator.async_apply(verbs.report_pain(4, area=Area.LOWER_BACK))
    await hass.async_block_till_done()

    nothing = {"score": "", "area": "", "side": "", "state": "", "before": ""}
    assert told(calls) == [
        nothing | {"score": 4, "area": "lower_back", "side": None},
        nothing | {"state": "sore", "before": "none"},
    ]


async def test_run_beyond_wise_distance_triggers_once(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    """8 km after 5 km: 110 % of the longest run of 30 days are 5.5 km; on a treadmill it was news before."""
    coordinator = await set_up(entry)
    before = dataclasses.replace(RUN, start=START - timedelta(days=2), distance=5000, laps=())
    await coordinator.async_deliver([before], live=False)
    target = by_device(hass, entity_id_of(hass, "todo", "today"))
    calls = await automate(
        hass,
        {"trigger": "home_gym.wise_distance_passed", "target": target},
        data={fact: f"{{{{ trigger.{fact} }}}}" for fact in ("distance", "wise_distance", "rule")},
    )

    await go_for_a_run(hass, entry)

    [fired] = told(calls)
    assert (fired["distance"], fired["rule"]) == (8012.34, "longest_run")
    assert fired["wise_distance"] == pytest.approx(5500)


async def test_milestone_triggers(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    target = by_device(hass, entity_id_of(hass, "todo", "today"))
    calls = await automate(
        hass,
        {"trigger": "home_gym.streak_milestone", "target": target},
        data={fact: f"{{{{ trigger.{fact} }}}}" for fact in ("milestone", "habit", "shoe", "day")},
    )
    milestone = Milestone(kind=MilestoneKind.TEN_SESSIONS, subject=Habit.CORE, day=NOW.date(), at=NOW)

    coordinator.async_fire(MilestoneReached(milestone=milestone))
    await hass.async_block_till_done()

    assert told(calls) == [{"milestone": "ten_sessions", "habit": "core", "shoe": None, "day": "2026-05-04"}]


async def test_runner_is_heard_with_disabled_entities_and_not_for_another(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    """An entity of another runner, of another integration and a pair's device aren't this runner."""
    await set_up(entry)
    run = entity_id_of(hass, "event", "run")
    other = register(hass, MockConfigEntry(domain=DOMAIN, entry_id="01OTHER"), "event", "run", owner="01OTHER")
    foreign = register(hass, MockConfigEntry(domain="other"), "event", "run", platform="other")
    pair = device_of(hass, entity_id_of(hass, "sensor", "distance", f"{ENTRY_ID}_{OLD_SHOE}"))
    er.async_get(hass).async_update_entity(run, disabled_by=er.RegistryEntryDisabler.USER)
    await hass.async_block_till_done()
    calls = await automate(
        hass,
        {"trigger": "home_gym.run_finished", "target": {"entity_id": run}, "id": "mine"},
        {"trigger": "home_gym.run_finished", "target": {"entity_id": [other.entity_id, foreign.entity_id]}, "id": "no"},
        {"trigger": "home_gym.run_finished", "target": {"device_id": pair}, "id": "pair"},
    )

    await go_for_a_run(hass, entry)

    assert told(calls) == [{"id": "mine"}]


# Shoes


async def test_a_pair_that_a_run_wears_out(hass: HomeAssistant, set_up: SetUp) -> None:
    pairs = [
        with_id(shoe_data("Daily trainers", initial_distance=800_000), OLD_SHOE),
        with_id(shoe_data("Race flats", initial_distance=804_999, first_used="2025-01-01"), "01RACE"),
    ]
    entry = MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"}, subentries_data=pairs
    )
    await set_up(entry)
    worn, other = (
        entity_id_of(hass, "binary_sensor", "replacement_due", f"{ENTRY_ID}_{pair}") for pair in (OLD_SHOE, "01RACE")
    )
    # The editor offers a pair by its only date.
    dated = entity_id_of(hass, "sensor", "replace_by", f"{ENTRY_ID}_{OLD_SHOE}")
    targets: list[Plain] = [{"device_id": [device_of(hass, worn), device_of(hass, other)]}, {"entity_id": dated}]
    calls = await automate(
        hass,
        *({"trigger": "home_gym.shoe_worn_out", "target": target} for target in targets),
        data={"pair": "{{ device_name(trigger.entity_id) }}"},
    )

    # 800 km and 8.01234 km are more than 805 km.
    await go_for_a_run(hass, entry)
    assert await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done()

    state = hass.states.get(worn)
    assert state is not None
    assert state.state == "on"
    assert told(calls) == [{"pair": "Daily trainers"}] * 2


# Treadmills


@pytest.fixture
def treadmill(hass: HomeAssistant) -> str:
    """Return the entity for a treadmill in use."""
    entry = MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id="01TREADMILL")
    return register(hass, entry, "binary_sensor", "in_use", owner="01TREADMILL").entity_id


@pytest.mark.parametrize(
    ("states", "started", "stopped"),
    [
        (["off", "on"], 1, 0),
        (["off", "on", "off"], 1, 1),
        (["off", "on", "off", "on", "off"], 2, 2),
        (["on", "off"], 0, 1),
        ([None, "on"], 0, 0),
        ([None, "off"], 0, 0),
        (["unavailable", "on"], 0, 0),
        (["unavailable", "off"], 0, 0),
        (["unknown", "on"], 0, 0),
        (["unknown", "off"], 0, 0),
        (["off", "unavailable", "on"], 0, 0),
        (["on", "unavailable", "off"], 0, 0),
        (["on", None, "off"], 0, 0),
        (["off", "unknown", "off", "on"], 1, 0),
    ],
)
async def test_treadmill_triggers_fire(
    hass: HomeAssistant,
    enable_custom_integrations: None,
    treadmill: str,
    states: list[str | None],
    started: int,
    stopped: int,
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    await show(hass, treadmill, states[0])
    calls = await automate(
        hass,
        {"trigger": "home_gym.treadmill_started", "target": by_device(hass, treadmill), "id": "started"},
        {"trigger": "home_gym.treadmill_stopped", "target": by_device(hass, treadmill), "id": "stopped"},
    )

    await show(hass, treadmill, *states[1:])

    assert Counter(call.data["id"] for call in calls) == Counter(started=started, stopped=stopped)


async def test_a_treadmill_that_has_been_still_for_a_while(
    hass: HomeAssistant, enable_custom_integrations: None, treadmill: str, clock: FrozenDateTimeFactory
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    await show(hass, treadmill, "on")
    stopped = {"trigger": "home_gym.treadmill_stopped", "target": by_device(hass, treadmill)}
    calls = await automate(hass, stopped | {"options": {"for": {"minutes": 10}}})

    # A pause of nine minutes, then one of ten.
    for state, minutes in (("off", 9), ("on", 9), ("off", 9)):
        await show(hass, treadmill, state)
        clock.tick(timedelta(minutes=minutes))
        async_fire_time_changed(hass)
        await hass.async_block_till_done()
    assert not calls
    clock.tick(timedelta(minutes=1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()

    assert len(calls) == 1


async def test_a_session_on_a_treadmill(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory
) -> None:
    plug = Plug(hass, clock)
    plug.say(0)
    runner = await set_up(entry)
    await set_up(treadmill_entry())
    belt = {"device_id": device_of(hass, entity_id_of(hass, "binary_sensor", "in_use", TREADMILL_ID))}
    person = {"device_id": device_of(hass, entity_id_of(hass, "event", "run"))}
    calls = await automate(
        hass,
        {"trigger": "home_gym.treadmill_started", "target": belt, "id": "started"},
        {"trigger": "home_gym.treadmill_stopped", "target": belt, "id": "stopped"},
        {"trigger": "home_gym.run_finished", "target": person, "id": "finished"},
    )

    await plug.draw(6, 5)
    assert told(calls) == []
    await plug.draw(500, 600, every=5)
    assert told(calls) == [{"id": "started"}]
    await plug.draw(6, 15)

    assert sorted(call.data["id"] for call in calls) == ["finished", "started", "stopped"]
    assert len(runner.runner.runs) == 1


# Others' entities


HAPPENED: dict[str, tuple[str, str, list[str], Plain]] = {
    "shoe_worn_out": ("binary_sensor", "replacement_due", ["off", "on"], {}),
    "treadmill_started": ("binary_sensor", "in_use", ["off", "on"], {}),
    "treadmill_stopped": ("binary_sensor", "in_use", ["on", "off"], {}),
}


@pytest.mark.parametrize(
    ("platform", "domain", "key", "fires"),
    [
        (DOMAIN, None, None, True),
        ("other", None, None, False),
        (DOMAIN, "sensor", None, False),
        (DOMAIN, None, "something_else", False),
    ],
)
@pytest.mark.parametrize("trigger", HAPPENED)
@pytest.mark.parametrize("target", [by_entity, by_device, by_area])
async def test_only_our_own_entity_counts(
    hass: HomeAssistant,
    enable_custom_integrations: None,
    trigger: str,
    target: Callable[[HomeAssistant, str], Plain],
    platform: str,
    domain: str | None,
    key: str | None,
    fires: bool,
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    own_domain, own_key, states, attributes = HAPPENED[trigger]
    entity = register(hass, MockConfigEntry(domain=platform), domain or own_domain, key or own_key, platform=platform)
    await show(hass, entity.entity_id, states[0], **attributes)
    calls = await automate(hass, {"trigger": f"home_gym.{trigger}", "target": target(hass, entity.entity_id)})

    await show(hass, entity.entity_id, *states[1:], **attributes)

    assert len(calls) == fires


async def test_an_entity_without_a_registry_entry_is_not_ours(
    hass: HomeAssistant, enable_custom_integrations: None
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    await show(hass, "binary_sensor.treadmill_in_use", "off")
    target = {"entity_id": "binary_sensor.treadmill_in_use"}
    calls = await automate(hass, {"trigger": "home_gym.treadmill_started", "target": target})

    await show(hass, "binary_sensor.treadmill_in_use", "on")

    assert not calls


# Configurations in automations


TARGET = {"target": {"device_id": "01DEVICE"}}


@pytest.mark.parametrize(
    "trigger",
    [
        {"trigger": "home_gym.run_finished"},
        {"trigger": "home_gym.run_finished", "target": {"entity_id": "no entity"}},
        {"trigger": "home_gym.run_finished", **TARGET, "options": {"for": "00:10:00"}},
        {"trigger": "home_gym.run_recorded", **TARGET, "options": {"runner": "Alex"}},
        {"trigger": "home_gym.prompt_due", **TARGET, "options": {"habits": []}},
        {"trigger": "home_gym.prompt_due", **TARGET, "options": {"habits": ["swim"]}},
        {"trigger": "home_gym.prompt_due", **TARGET, "options": {"habits": ["core", "massage"]}},
        {"trigger": "home_gym.prompt_due", **TARGET, "options": {"habits": None}},
        {"trigger": "home_gym.shoe_worn_out", **TARGET, "options": {"behavior": "sometimes"}},
        {"trigger": "home_gym.treadmill_started", **TARGET, "options": {"for": "-00:10:00"}},
        {"trigger": "home_gym.treadmill_stopped", **TARGET, "options": {"habits": ["core"]}},
        {"trigger": "home_gym.ran_away", **TARGET},
    ],
)
async def test_invalid_trigger_is_rejected(
    hass: HomeAssistant, enable_custom_integrations: None, trigger: Plain
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})

    with pytest.raises(vol.Invalid):
        await async_validate_trigger_config(hass, cv.TRIGGER_SCHEMA([trigger]))


# The editor


async def test_every_trigger_is_described(hass: HomeAssistant, enable_custom_integrations: None) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    descriptions = await async_get_all_descriptions(hass)
    described = {name: description for name, description in descriptions.items() if name.startswith(f"{DOMAIN}.")}

    assert set(described) == {f"{DOMAIN}.{name}" for name in TRIGGERS}
    assert set(ENGLISH["triggers"]) == set(ICONS["triggers"]) == set(TRIGGERS)
    for name, trigger in TRIGGERS.items():
        description = described[f"{DOMAIN}.{name}"]
        assert description is not None
        texts = ENGLISH["triggers"][name]
        assert texts["name"], name
        assert texts["description"], name
        assert set(texts) - {"fields"} == {"name", "description"}
        assert set(ICONS["triggers"][name]) == {"trigger"}
        assert description["target"]["entity"][0]["integration"] == DOMAIN
        fields = description["fields"]
        assert set(texts.get("fields", {})) == set(fields)
        for text in texts.get("fields", {}).values():
            assert set(text) == {"name", "description"}
        # The editor offers exactly the trigger's fields, each field alone and all together.
        values = {field: SAMPLES[field] for field in fields}
        await trigger.async_validate_config(hass, TARGET | {"options": values})


SAMPLES: Plain = {
    "states": ["sore", "doctor"],
    "habits": [str(habit) for habit in PROMPTED_HABITS],
    "behavior": "all",
    "for": {"minutes": 10},
}


async def test_the_habits_to_choose_from(hass: HomeAssistant, enable_custom_integrations: None) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    descriptions = await async_get_all_descriptions(hass)

    prompt_due: Any = descriptions["home_gym.prompt_due"]
    select = prompt_due["fields"]["habits"]["selector"]["select"]

    assert select["options"] == [str(habit) for habit in PROMPTED_HABITS]
    assert select["multiple"] is True
    assert set(select["options"]) <= set(ENGLISH["selector"][select["translation_key"]]["options"])


# The guide


async def test_the_guide_names_them_all_and_its_example_works(
    hass: HomeAssistant, enable_custom_integrations: None
) -> None:
    guide = (ROOT.parents[1] / "docs" / "automations.md").read_text(encoding="utf-8")

    assert set(re.findall(r"`home_gym\.(\w+)`", guide)) == {*TRIGGERS, *CONDITIONS}
    for name in (*ENGLISH["triggers"].values(), *ENGLISH["conditions"].values()):
        assert f"| {name['name']} `" in guide
    assert await async_setup_component(hass, DOMAIN, {})
    [example] = re.findall(r"```yaml\n(.+?)```", guide, re.DOTALL)
    assert await async_setup_component(hass, "automation", {"automation": parse_yaml(example)})
    await hass.async_block_till_done()
    assert [state.state for state in hass.states.async_all("automation")] == ["on"]
