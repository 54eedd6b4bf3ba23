"""The blueprints, loaded by Home Assistant's own loader, on their triggers and on others."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
import json
from pathlib import Path
import re
import shutil
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service
from yarl import URL

from custom_components import home_gym
from custom_components.home_gym import condition
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.automation.helpers import async_get_blueprints
from homeassistant.components.blueprint.models import Blueprint
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType
from homeassistant.util.yaml import load_yaml_dict, parse_yaml

from ..support.integration.automations import Plain
from ..support.integration.blueprint_home import Home

REPOSITORY = Path(home_gym.__file__).parents[2]
FOLDER = REPOSITORY / "blueprints" / "automation" / DOMAIN
FILES = sorted(file.name for file in FOLDER.glob("*.yaml"))
BERLIN = ZoneInfo("Europe/Berlin")
# A Sunday.
EVENING = datetime(2026, 5, 3, 17, 0, tzinfo=BERLIN)

SATELLITE, PLAYER, VOICE, PHONE = "assist_satellite.gym", "media_player.gym", "tts.voice", "notify.phone"
PLUG, POWER = "switch.plug", "sensor.plug_power"
LIGHT, TELEVISION = "light.ring", "media_player.television"
REMOTE, BELL = "event.remote", "input_button.bell"


@pytest.fixture
async def home(
    hass: HomeAssistant, enable_custom_integrations: None, freezer: FrozenDateTimeFactory
) -> AsyncIterator[Home]:
    """Return a home with the blueprints on a Sunday evening."""
    await hass.config.async_set_time_zone(BERLIN.key)
    freezer.move_to(EVENING)
    await hass.async_add_executor_job(
        shutil.copytree, FOLDER, Path(hass.config.path("blueprints", "automation", DOMAIN))
    )
    assert await async_setup_component(hass, DOMAIN, {})
    home = Home(hass, freezer)
    for entity_id in (home.run, home.prompt):
        await home.show(entity_id, "unknown")
    for entity_id in (home.in_use, home.worn_out):
        await home.show(entity_id, "off")
    with patch.object(condition, "async_loaded_runners", home.loaded_runners):
        yield home
    # Stopped here, since a blueprint's wait for a time of day would go on.
    await hass.services.async_call("automation", "turn_off", {"entity_id": "all"}, blocking=True)


INPUTS: dict[str, Callable[[Home], Plain]] = {
    "announce_run_to_family.yaml": lambda home: {"runner": home.runner},
    "answer_with_a_button.yaml": lambda home: {"runner": home.runner, "buttons": [REMOTE, BELL]},
    "plug_off_after_standby.yaml": lambda home: {"treadmill": home.treadmill, "plug": PLUG, "power": POWER},
    "post_run_recovery.yaml": lambda home: {"runner": home.runner},
    "routine_light_countdown.yaml": lambda home: {"routine": home.routine, "light": LIGHT},
    "routine_on_a_screen.yaml": lambda home: {"routine": home.routine, "page": "lovelace/gym"},
    "shoe_to_shopping_list.yaml": lambda home: {"shoes": [home.shoes], "list": "todo.shopping"},
    "treadmill_fan_and_light.yaml": lambda home: {"treadmill": home.treadmill, "fans": ["fan.gym", "switch.fan"]},
    "warm_up_when_treadmill_wakes.yaml": lambda home: {"treadmill": home.treadmill, "runner": home.runner},
    "weekly_core_reminder.yaml": lambda home: {"runner": home.runner},
}


# Of every blueprint


async def blueprint(hass: HomeAssistant, file: str) -> Blueprint:
    """Return a blueprint as Home Assistant loads it."""
    assert await async_setup_component(hass, "automation", {})
    blueprint: Blueprint = await async_get_blueprints(hass).async_get_blueprint(f"{DOMAIN}/{file}")
    return blueprint


def test_every_blueprint_is_tested() -> None:
    assert list(INPUTS) == FILES


@pytest.mark.parametrize("file", FILES)
async def test_blueprint_survives_import(home: Home, file: str) -> None:
    """Home Assistant saves its own form of a blueprint, and reads that from then on."""
    imported = await blueprint(home.hass, file)

    written = parse_yaml(imported.yaml())

    assert isinstance(written, dict)
    assert Blueprint(written, expected_domain="automation", schema=AUTOMATION_BLUEPRINT_SCHEMA).inputs.keys() == set(
        imported.inputs
    )


@pytest.mark.parametrize("file", FILES)
async def test_blueprint_is_valid(hass: HomeAssistant, home: Home, file: str) -> None:
    loaded = await blueprint(hass, file)

    assert loaded.validate() is None
    assert loaded.domain == "automation"
    assert loaded.metadata["homeassistant"] == {"min_version": "2026.10.0"}
    manifest = json.loads((REPOSITORY / "custom_components" / DOMAIN / "manifest.json").read_text(encoding="utf-8"))
    assert (
        loaded.metadata["source_url"] == f"{manifest['documentation']}/blob/main/blueprints/automation/{DOMAIN}/{file}"
    )
    assert loaded.metadata["description"]
    for name, about in loaded.inputs.items():
        assert about["name"], name
        assert "selector" in about, name


@pytest.mark.parametrize("file", FILES)
def test_guide_links_to_blueprint_import(file: str) -> None:
    guide = (REPOSITORY / "docs" / "automations.md").read_text(encoding="utf-8")
    source = load_yaml_dict(str(FOLDER / file))["blueprint"]["source_url"]

    links = [link for link in re.findall(r"\((https://my\.[^)]+)\)", guide) if file.removesuffix(".yaml") in link]

    [link] = map(URL, links)
    assert (link.host, link.path) == ("my.home-assistant.io", "/redirect/blueprint_import/")
    assert dict(link.query) == {"blueprint_url": source}


@pytest.mark.parametrize("file", FILES)
async def test_blueprint_works_with_required_inputs_only(home: Home, file: str) -> None:
    inputs = INPUTS[file](home)

    await home.use(file, **inputs)
    required = {name for name, about in (await blueprint(home.hass, file)).inputs.items() if "default" not in about}

    assert required == set(inputs)
    # Setting it up triggers nothing, and it does nothing by itself.
    await home.wait(minutes=30)
    assert home.done() == []


@pytest.mark.parametrize("file", FILES)
def test_no_entity_is_guessed(file: str) -> None:
    """Entities are inputs or follow from them; anything similar is the name of an action, a trigger or a condition."""
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        assert "_id:" not in line or "!input" in line or "{{" in line or "config_entry_id" in line, line


# Texts and loudspeakers


SPEAKING = [file for file in FILES if "assist_satellite.announce" in (FOLDER / file).read_text(encoding="utf-8")]


async def test_all_that_speak_speak_alike(hass: HomeAssistant, home: Home) -> None:
    """A blueprint can't include another, so their common part is written in each."""
    loaded = [(await blueprint(hass, file)).data for file in SPEAKING]

    for data in loaded:
        assert data["blueprint"]["input"]["speech"] == loaded[0]["blueprint"]["input"]["speech"]
        assert data["actions"] == loaded[0]["actions"]


@pytest.mark.parametrize(
    ("inputs", "action", "target"),
    [
        (
            {"satellites": [SATELLITE], "speakers": [PLAYER], "voice": VOICE, "phones": [PHONE]},
            "assist_satellite.announce",
            {"entity_id": [SATELLITE]},
        ),
        (
            {"speakers": [PLAYER, "media_player.hall"], "voice": VOICE, "phones": [PHONE]},
            "tts.speak",
            {"entity_id": [VOICE], "media_player_entity_id": [PLAYER, "media_player.hall"]},
        ),
        ({"speakers": [PLAYER], "phones": [PHONE]}, "notify.send_message", {"entity_id": [PHONE]}),
        ({"speakers": [PLAYER]}, "persistent_notification.create", {"title": "Home Gym"}),
        ({}, "persistent_notification.create", {"title": "Home Gym"}),
    ],
)
@pytest.mark.parametrize("file", SPEAKING)
async def test_blueprint_speaks_on_any_speaker(
    home: Home, file: str, inputs: Plain, action: str, target: Plain
) -> None:
    await home.use(file, **INPUTS[file](home), **inputs)

    await OCCASIONS[file](home)

    [(done, data)] = home.done()
    assert done == action
    assert data.pop("message")
    assert data == target


async def run_finished(home: Home) -> None:
    """Finish a run of five kilometres in 1790 seconds, about half an hour."""
    await home.tell(home.run, "finished", distance=5012.3, duration=1790, cadence=172, shoe="Trainers")


async def foam_roll_due(home: Home) -> None:
    """Wait for the foam roll's prompt."""
    await home.tell(home.prompt, "due", habit="foam_roll", run="01RUN")


async def treadmill_started(home: Home) -> None:
    """Start the treadmill without a warm-up."""
    home.due = {Habit.WARM_UP}
    await home.show(home.in_use, "on")


async def sunday(home: Home) -> None:
    """Wait until six o'clock, with core work due."""
    home.due = {Habit.CORE}
    await home.wait(hours=1)


OCCASIONS: dict[str, Callable[[Home], Awaitable[None]]] = {
    "announce_run_to_family.yaml": run_finished,
    "post_run_recovery.yaml": foam_roll_due,
    "warm_up_when_treadmill_wakes.yaml": treadmill_started,
    "weekly_core_reminder.yaml": sunday,
}


# Recovery after a run


async def test_recovery_asks_for_each_habit_once(home: Home) -> None:
    await home.use("post_run_recovery.yaml", runner=home.runner, cool_down_message="{{ runner }} walks.")
    home.hass.states.async_set("person.alex", "not_home")

    for event_type, habit in [
        ("due", "cool_down"),
        ("due", "foam_roll"),
        ("spoken", "foam_roll"),
        ("due", "stretch"),
        ("done", "stretch"),
        ("expired", "foam_roll"),
        ("due", "core"),
    ]:
        await home.tell(home.prompt, event_type, habit=habit)

    said = home.said()
    assert [any(word in line for line in said) for word in ("walks", "roller", "stretch hips")] == [True] * 3
    assert len(said) == 3


@pytest.mark.parametrize(
    ("persons", "said"),
    [
        ([], 1),
        (["person.alex"], 0),
        (["person.alex", "person.kim"], 1),
        (["person.gone"], 0),
    ],
)
@pytest.mark.parametrize("file", ["post_run_recovery.yaml", "weekly_core_reminder.yaml"])
async def test_nothing_is_spoken_in_empty_home(home: Home, file: str, persons: list[str], said: int) -> None:
    await home.show("person.alex", "not_home")
    await home.show("person.kim", "home")
    await home.use(file, **INPUTS[file](home), persons=persons)

    await OCCASIONS[file](home)

    assert len(home.said()) == said


async def test_running_automation_by_hand_speaks_prompt(home: Home) -> None:
    await home.use("post_run_recovery.yaml", runner=home.runner, habits=["stretch"])

    await home.hass.services.async_call("automation", "trigger", {"entity_id": "all"}, blocking=True)

    [line] = home.said()
    assert "stretch hips" in line


# Warm-up


@pytest.mark.parametrize(
    ("due", "states", "said"),
    [
        ({Habit.WARM_UP}, ["on"], 1),
        ({Habit.CORE}, ["on"], 0),
        (None, ["on"], 0),
        ({Habit.WARM_UP}, ["unavailable", "on"], 0),
        ({Habit.WARM_UP}, ["on", "off", "on"], 1),
    ],
)
async def test_a_treadmill_asks_for_a_warm_up_that_is_due(
    home: Home, due: set[Habit] | None, states: list[str], said: int
) -> None:
    await home.use("warm_up_when_treadmill_wakes.yaml", treadmill=home.treadmill, runner=home.runner)
    home.due = due

    await home.show(home.in_use, *states)

    assert len(home.said()) == said


async def test_the_warm_up_is_asked_for_again_another_time(home: Home) -> None:
    await home.use("warm_up_when_treadmill_wakes.yaml", treadmill=home.treadmill, runner=home.runner)

    said = []
    for minutes in (0, 119, 1):
        await home.wait(minutes=minutes)
        await home.show(home.in_use, "off")
        await treadmill_started(home)
        said.append(len(home.said()))

    assert said == [1, 0, 1]


async def test_a_treadmill_that_wakes(home: Home) -> None:
    await home.use("warm_up_when_treadmill_wakes.yaml", treadmill=home.treadmill, runner=home.runner)

    await home.tell(home.prompt, "due", habit="foam_roll")
    assert home.said() == []
    await home.tell(home.prompt, "due", habit="warm_up")
    assert len(home.said()) == 1
    await treadmill_started(home)

    assert home.said() == []


# Fan and light


def fans(action: str) -> tuple[str, Plain]:
    """Return the action that turns the fans on or off."""
    return f"homeassistant.{action}", {"entity_id": ["fan.gym", "switch.fan"]}


@pytest.mark.parametrize(
    ("inputs", "on", "off"),
    [
        ({}, [], []),
        (
            {"lights": ["light.gym"]},
            [("light.turn_on", {"entity_id": ["light.gym"]})],
            [("light.turn_off", {"entity_id": ["light.gym"]})],
        ),
        ({"scene": "scene.run"}, [("scene.turn_on", {"entity_id": ["scene.run"]})], []),
        (
            {"scene": "scene.run", "lights": ["light.gym"]},
            [("scene.turn_on", {"entity_id": ["scene.run"]})],
            [("light.turn_off", {"entity_id": ["light.gym"]})],
        ),
    ],
)
async def test_fan_and_light_follow_treadmill(home: Home, inputs: Plain, on: list[Any], off: list[Any]) -> None:
    file = "treadmill_fan_and_light.yaml"
    await home.use(file, **INPUTS[file](home), **inputs)

    await home.show(home.in_use, "on")
    assert home.done() == [fans("turn_on"), *on]
    # A break of two minutes doesn't count as one.
    await home.show(home.in_use, "off")
    await home.wait(minutes=2)
    await home.show(home.in_use, "on")
    assert home.done() == [fans("turn_on"), *on]
    await home.wait(minutes=10)
    await home.show(home.in_use, "off")
    await home.wait(minutes=2, seconds=59)
    assert home.done() == []
    await home.wait(seconds=1)

    assert home.done() == [fans("turn_off"), *off]


# The plug


@pytest.fixture
async def plug(home: Home) -> Home:
    """Return a home with a treadmill in use, and a plug that goes off after a quarter of an hour below 30 watts."""
    await home.show(PLUG, "on")
    await home.show(home.in_use, "on")
    await home.show(POWER, "600")

    @callback
    def turn_off(call: ServiceCall) -> None:
        home.calls["switch.turn_off"].append(call)
        home.hass.states.async_set(PLUG, "off")

    home.hass.services.async_register("switch", "turn_off", turn_off)
    file = "plug_off_after_standby.yaml"
    await home.use(file, **INPUTS[file](home))
    return home


OFF = [("switch.turn_off", {"entity_id": [PLUG]})]


async def test_the_plug_goes_off_after_standby(plug: Home) -> None:
    await plug.show(POWER, "8")
    await plug.show(plug.in_use, "off")
    await plug.wait(minutes=14, seconds=59)
    assert plug.done() == []
    await plug.wait(seconds=1)
    assert plug.done() == OFF
    await plug.wait(hours=1)
    assert plug.done() == []


@pytest.mark.parametrize("power", ["31", "600", "unavailable", "unknown"])
async def test_the_plug_stays_on_until_its_power_is_known_to_be_low(plug: Home, power: str) -> None:
    await plug.show(POWER, power)
    await plug.show(plug.in_use, "off")
    await plug.wait(minutes=15)
    await plug.wait(hours=1)
    assert plug.done() == []

    await plug.show(POWER, "8")
    await plug.wait(minutes=14, seconds=59)
    assert plug.done() == []
    await plug.wait(seconds=1)

    assert plug.done() == OFF


async def test_the_plug_waits_out_the_next_run(plug: Home) -> None:
    await plug.show(POWER, "8")
    await plug.show(plug.in_use, "off")
    await plug.wait(minutes=14)
    await plug.show(plug.in_use, "on")
    # A walk may draw little power, and is a run all the same.
    await plug.wait(hours=1)
    assert plug.done() == []

    await plug.show(plug.in_use, "off")
    await plug.wait(minutes=14)
    assert plug.done() == []
    await plug.wait(minutes=1)

    assert plug.done() == OFF


async def test_a_plug_that_is_off_is_left_alone(plug: Home) -> None:
    await plug.show(POWER, "0")
    await plug.show(plug.in_use, "off")
    await plug.show(PLUG, "off")
    await plug.wait(minutes=15)

    assert plug.done() == []


async def test_a_plug_that_was_turned_on_for_nothing(plug: Home) -> None:
    await plug.show(plug.in_use, "off")
    await plug.show(PLUG, "off")
    await plug.show(POWER, "8")
    await plug.wait(minutes=15)
    assert plug.done() == []

    await plug.show(PLUG, "on")
    await plug.wait(minutes=15)

    assert plug.done() == OFF


async def test_a_restart_during_standby(plug: Home) -> None:
    await plug.show(POWER, "8", "unavailable")
    await plug.show(plug.in_use, "unavailable", "off")
    await plug.wait(minutes=15)
    assert plug.done() == []

    await plug.show(POWER, "8")
    await plug.wait(minutes=15)

    assert plug.done() == OFF


# Core work


@pytest.mark.parametrize(
    ("inputs", "due", "said"),
    [
        ({}, {Habit.CORE}, 1),
        ({}, {Habit.STRETCH}, 0),
        ({}, None, 0),
        ({"days": ["thu"]}, {Habit.CORE}, 0),
        ({"days": ["sun"], "time": "18:30:00"}, {Habit.CORE}, 0),
    ],
)
async def test_core_work_on_the_day_and_at_the_time(
    home: Home, inputs: Plain, due: set[Habit] | None, said: int
) -> None:
    await home.use("weekly_core_reminder.yaml", runner=home.runner, **inputs)
    home.due = due

    await home.wait(minutes=59)
    assert home.said() == []
    await home.wait(minutes=1)

    assert len(home.said()) == said


# Shoes


@pytest.mark.parametrize(
    ("on_the_list", "added"),
    [
        ([], 1),
        (["Milk"], 1),
        (["New running shoes for Trainers"], 0),
    ],
)
async def test_worn_out_shoes_go_on_the_list_once(home: Home, on_the_list: list[str], added: int) -> None:
    items: list[JsonValueType] = [
        {"summary": summary, "uid": summary, "status": "needs_action"} for summary in on_the_list
    ]
    asked = async_mock_service(home.hass, "todo", "get_items", response={"todo.shopping": {"items": items}})
    home.name(home.shoes, "Trainers")
    await home.use("shoe_to_shopping_list.yaml", shoes=[home.shoes], list="todo.shopping")

    await home.show(home.worn_out, "on", "unavailable", "on")

    item = {"entity_id": ["todo.shopping"], "item": "New running shoes for Trainers"}
    assert home.done() == [("todo.add_item", item)] * added
    assert len(asked) == 1


# Telling the family


@pytest.mark.parametrize(
    ("inputs", "line"),
    [
        # 5012.3 m are 5.0 km and 3.1 miles, and 1790 s are 29 minutes and 50 seconds.
        ({}, "Alex just ran 5.0 kilometres in 30 minutes."),
        ({"unit": "miles"}, "Alex just ran 3.1 miles in 30 minutes."),
        ({"message": "{{ runner }} is back."}, "Alex is back."),
        ({"shortest": 5012}, "Alex just ran 5.0 kilometres in 30 minutes."),
        ({"shortest": 5013}, None),
        ({"latest": "16:30:00"}, None),
        ({"earliest": "17:30:00"}, None),
    ],
)
async def test_family_is_notified_of_run(home: Home, inputs: Plain, line: str | None) -> None:
    home.name(home.runner, "Alex")
    await home.use("announce_run_to_family.yaml", runner=home.runner, **inputs)

    await run_finished(home)

    assert home.said() == ([line] if line else [])


@pytest.mark.parametrize(
    ("event_type", "figures", "said"),
    [
        ("recorded", {"distance": 5000, "duration": 1800}, 0),
        ("changed", {"distance": 5000, "duration": 1800}, 0),
        ("finished", {"distance": None, "duration": 1800}, 0),
        ("finished", {"distance": 5000, "duration": None}, 0),
        ("finished", {}, 0),
        ("finished", {"distance": 5000, "duration": 1800}, 1),
    ],
)
async def test_family_is_notified_of_finished_run_only(home: Home, event_type: str, figures: Plain, said: int) -> None:
    await home.use("announce_run_to_family.yaml", runner=home.runner)

    await home.tell(home.run, event_type, **figures)

    assert len(home.said()) == said


# A button on the wall


PRESSES = "answer_with_a_button.yaml"


async def press(home: Home, button: str = REMOTE, **attributes: Any) -> None:
    """Press a button now."""
    home.clock.tick(timedelta(milliseconds=1))
    await home.show(button, dt_util.utcnow().isoformat(timespec="milliseconds"), **attributes)


def answered(home: Home) -> list[str]:
    """Return the replies for the runner."""
    told = [data for action, data in home.done() if action == f"{DOMAIN}.answer_prompt"]
    assert all(data["config_entry_id"] == home.entry_id for data in told)
    return [data["answer"] for data in told]


@pytest.mark.parametrize(
    ("button", "attributes", "inputs", "answers"),
    [
        (REMOTE, {"event_type": "single"}, {}, ["done"]),
        (REMOTE, {"event_type": "double_push"}, {}, ["later"]),
        (REMOTE, {"event_type": "hold"}, {}, ["not_today"]),
        (REMOTE, {"event_type": "triple"}, {}, []),
        # The events before and after the press itself.
        (REMOTE, {"event_type": "initial_press"}, {}, []),
        (REMOTE, {"event_type": "long_release"}, {}, []),
        (REMOTE, {"event_type": "1_long"}, {"long_press_words": ["1_long"]}, ["not_today"]),
        (REMOTE, {"event_type": "double"}, {"double_press": "start"}, ["start"]),
        (REMOTE, {"event_type": "double"}, {"double_press": "nothing"}, []),
        (BELL, {}, {}, ["done"]),
        (BELL, {}, {"press": "later"}, ["later"]),
        ("button.other", {}, {}, []),
    ],
)
async def test_a_press_answers(home: Home, button: str, attributes: Plain, inputs: Plain, answers: list[str]) -> None:
    await home.show(button, "unknown")
    await home.use(PRESSES, **INPUTS[PRESSES](home), **inputs)

    await press(home, button, **attributes)

    assert answered(home) == answers


async def test_a_trembling_finger_answers_once(home: Home) -> None:
    await home.use(PRESSES, **INPUTS[PRESSES](home))

    for seconds in (0, 1, 0.9):
        await home.wait(seconds=seconds)
        await press(home, BELL)
    assert answered(home) == ["done"]
    await home.wait(seconds=0.2)
    await press(home, BELL)

    assert answered(home) == ["done"]


async def test_a_button_that_comes_back_was_not_pressed(home: Home) -> None:
    await press(home, REMOTE, event_type="single")
    await home.use(PRESSES, **INPUTS[PRESSES](home))
    pressed = home.hass.states.get(REMOTE)
    assert pressed is not None
    await home.wait(minutes=1)

    await home.show(REMOTE, "unavailable", pressed.state, "unknown", pressed.state, event_type="single")
    await home.show(REMOTE, pressed.state, event_type="double")
    assert answered(home) == []
    # A sleeping button wakes up with its press.
    await home.show(REMOTE, "unavailable")
    await press(home, REMOTE, event_type="single")

    assert answered(home) == ["done"]


async def test_after_a_press_that_answered_nothing_the_next_one_counts(home: Home) -> None:
    tried: list[ServiceCall] = []

    @callback
    def refuse(call: ServiceCall) -> None:
        tried.append(call)
        raise ServiceValidationError("nothing was asked")

    home.hass.services.async_register(DOMAIN, "answer_prompt", refuse)
    await home.use(PRESSES, **INPUTS[PRESSES](home))

    for _ in range(2):
        await press(home, BELL)
        await home.wait(seconds=3)

    assert len(tried) == 2


async def test_a_person_can_answer_by_running_it(home: Home) -> None:
    await home.use(PRESSES, **INPUTS[PRESSES](home))

    await home.hass.services.async_call("automation", "trigger", {"entity_id": "all"}, blocking=True)

    assert answered(home) == ["done"]


# The room takes part


async def routine_is(home: Home, state: str, **attributes: Any) -> None:
    """Set the routine's state; an automation that waits for the next one is no task to wait for."""
    home.hass.states.async_set(home.routine, state, attributes)
    for _ in range(500):
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("was", "attributes", "restored"),
    [
        ("off", {}, ("light.turn_off", {"entity_id": LIGHT})),
        (
            "on",
            {"brightness": 77, "color_mode": "color_temp", "color_temp_kelvin": 3000, "hs_color": (28.0, 65.0)},
            ("light.turn_on", {"entity_id": LIGHT, "brightness": 77, "color_temp_kelvin": 3000}),
        ),
        (
            "on",
            {"brightness": 200, "color_mode": "hs", "hs_color": (120.0, 50.0), "effect": "fire"},
            ("light.turn_on", {"entity_id": LIGHT, "brightness": 200, "effect": "fire", "hs_color": (120.0, 50.0)}),
        ),
    ],
)
async def test_light_counts_down_and_is_as_before(
    home: Home, was: str, attributes: Plain, restored: tuple[str, Plain]
) -> None:
    # Home Assistant's own scenes keep the state.
    assert await async_setup_component(home.hass, "scene", {})
    await home.hass.async_block_till_done()
    await home.show(LIGHT, was, **attributes)
    await home.show(home.routine, "idle")
    await home.use("routine_light_countdown.yaml", **INPUTS["routine_light_countdown.yaml"](home))

    def brightness() -> list[tuple[Any, Any]]:
        return [(data.get("brightness_pct"), data.get("transition")) for _, data in home.done()]

    for seconds in (35, 20):
        ends = (dt_util.utcnow() + timedelta(seconds=seconds)).isoformat()
        await routine_is(home, "running", ends=ends, step=seconds)
        assert brightness() == [(100, None), (1, seconds)]
    await routine_is(home, "paused", ends=None)
    assert brightness() == [(50, None)]
    home.hass.states.async_set(LIGHT, "on", {"brightness": 128})
    await routine_is(home, "idle")
    assert home.done() == [restored]


@pytest.mark.parametrize(
    ("inputs", "shown", "left"),
    [
        (
            {"browsers": ["wall"], "home_page": "lovelace/home"},
            ("browser_mod.navigate", {"browser_id": ["wall"], "path": "/lovelace/gym"}),
            [("browser_mod.navigate", {"browser_id": ["wall"], "path": "/lovelace/home"})],
        ),
        # The page before, as a sensor knows it, comes first.
        (
            {"browsers": ["wall"], "home_page": "lovelace/home", "page_sensor": "sensor.page"},
            ("browser_mod.navigate", {"browser_id": ["wall"], "path": "/lovelace/gym"}),
            [("browser_mod.navigate", {"browser_id": ["wall"], "path": "/lovelace/plants"})],
        ),
        (
            {"televisions": [TELEVISION]},
            (
                "cast.show_lovelace_view",
                {"entity_id": TELEVISION, "dashboard_path": "lovelace", "view_path": "gym"},
            ),
            [("media_player.turn_off", {"entity_id": TELEVISION})],
        ),
        (
            {"tablets": ["tablet"], "page": "http://home:8123/lovelace/gym", "home_page": "http://home:8123"},
            ("fully_kiosk.load_url", {"device_id": ["tablet"], "url": "http://home:8123/lovelace/gym"}),
            [("fully_kiosk.load_url", {"device_id": ["tablet"], "url": "http://home:8123"})],
        ),
    ],
)
async def test_screen_shows_routine_and_goes_back(
    home: Home, inputs: Plain, shown: tuple[str, Plain], left: list[tuple[str, Plain]]
) -> None:
    await home.show("sensor.page", "lovelace/plants")
    await home.show(TELEVISION, "off")
    await home.show(home.routine, "idle")
    file = "routine_on_a_screen.yaml"
    await home.use(file, **{**INPUTS[file](home), **inputs})
    await routine_is(home, "running", step=1)
    assert home.done() == [shown]
    await routine_is(home, "running", step=2)
    await routine_is(home, "paused", step=2)
    assert home.done() == []
    await routine_is(home, "idle")
    assert home.done() == left
