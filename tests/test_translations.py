"""Every word that people read is translated, has an icon where it needs one, and nothing else is."""

import ast
import asyncio
from collections.abc import Iterator, Mapping
import inspect
import json
from pathlib import Path
from string import Formatter
import textwrap
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components import home_gym
from custom_components.home_gym import PHRASES
from custom_components.home_gym.config_flow import HomeGymConfigFlow
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.event import EVENTS
from custom_components.home_gym.flows.source import webhook
from custom_components.home_gym.flows.source.webhook import APPS
from custom_components.home_gym.gym.files import Reason
from custom_components.home_gym.gym.presets.efforts import RUNS
from custom_components.home_gym.sources.recordings import NO_CLOCK, REFUSED, UNDELIVERED
from homeassistant.components.webhook import async_handle_webhook
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import SelectSelector
from homeassistant.util import slugify
from homeassistant.util.aiohttp import MockRequest
from homeassistant.util.yaml import load_yaml_dict

from .conftest import ENTRY_ID, NEW_SHOE, NOW, SetUp, shoe_data, with_id

ROOT = Path(home_gym.__file__).parent
MODULES = {file.relative_to(ROOT): ast.parse(file.read_text(encoding="utf-8")) for file in ROOT.rglob("*.py")}
# As Home Assistant calls the whole of it; what is new there needs a test here.
SECTIONS = {
    *("config", "config_subentries", "options", "selector", "entity", "exceptions", "issues"),
    *("services", "triggers", "conditions"),
}

type Plain = dict[str, Any]
type Function = ast.FunctionDef | ast.AsyncFunctionDef


def load(path: str) -> Plain:
    """Return a file of the integration."""
    plain: Plain = json.loads((ROOT / path).read_text(encoding="utf-8"))
    return plain


ENGLISH = load("translations/en.json")
ICONS = load("icons.json")
SERVICES = {
    name: service for name, service in load_yaml_dict(str(ROOT / "services.yaml")).items() if not name.startswith(".")
}
LINES = json.loads((PHRASES / "en.json").read_text(encoding="utf-8"))


def leaves(plain: Mapping[str, Any], *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Give every text with the keys that lead to it."""
    for key, value in plain.items():
        if isinstance(value, Mapping):
            yield from leaves(value, *path, key)
        else:
            yield (*path, key), value


def placeholders(*texts: str) -> set[str]:
    """Return the names in braces."""
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_sections() -> None:
    assert set(ENGLISH) == SECTIONS


@pytest.mark.parametrize("file", sorted(path.name for path in (ROOT / "translations").glob("*.json")))
def test_texts(file: str) -> None:
    english = dict(leaves(ENGLISH))
    for path, text in leaves(load(f"translations/{file}")):
        assert text.strip() == text != "", path
        assert placeholders(text) == placeholders(english[path]), path


# Entities


@pytest.fixture
def entry(folder: Path) -> MockConfigEntry:
    """Return the entry of a runner who has one of everything."""

    def subentry(kind: str, subentry_id: str, **data: Any) -> Plain:
        return {"subentry_type": kind, "subentry_id": subentry_id, "title": kind, "unique_id": None, "data": data}

    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[
            with_id(shoe_data("Trainers", price=100, insoles_since="2026-01-01", insoles_replace_at=300_000), NEW_SHOE),
            subentry("source", "01SOURCE", folder=str(folder), since=NOW.isoformat()),
            subentry("source", "01ADDRESS", webhook="ab" * 32, app="other", runs=["Running"], local_only=True),
            subentry("speaker", "01SPEAKER", media_player="media_player.room", tts_engine="tts.voice"),
            subentry("speaker", "01PHONE", notify="notify.phone"),
        ],
    )


@pytest.fixture
async def entities(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> dict[str, dict[str, Plain]]:
    """Return the attributes of every entity, by platform and translation key."""
    await set_up(entry)
    entities: dict[str, dict[str, Plain]] = {}
    for entity in er.async_entries_for_config_entry(er.async_get(hass), ENTRY_ID):
        state = hass.states.get(entity.entity_id)
        assert state is not None
        assert entity.translation_key is not None, entity.entity_id
        entities.setdefault(entity.domain, {})[entity.translation_key] = dict(state.attributes)
    return entities


async def test_every_entity_has_a_name(entities: dict[str, dict[str, Plain]]) -> None:
    named = {
        platform: {key for key in texts if texts[key].get("name")} for platform, texts in ENGLISH["entity"].items()
    }
    assert named == {platform: set(found) for platform, found in entities.items()}


async def test_every_entity_has_an_icon(entities: dict[str, dict[str, Plain]]) -> None:
    with_icon = {
        platform: {key for key in icons if icons[key].get("default")} for platform, icons in ICONS["entity"].items()
    }
    assert with_icon == {platform: set(found) for platform, found in entities.items()}


def test_icons_are_icons() -> None:
    for path, icon in leaves(ICONS):
        assert icon.startswith("mdi:"), path


def test_icons_of_states_are_of_states_that_are_translated() -> None:
    for platform, icons in ICONS["entity"].items():
        for key, icon in icons.items():
            if platform != "switch":
                known = ENGLISH["entity"][platform][key].get("state", {})
                assert icon.get("state", {}).keys() <= known.keys(), f"{platform}.{key}"


async def test_every_option_of_a_sensor_is_translated(entities: dict[str, dict[str, Plain]]) -> None:
    options = {key: set(found["options"]) for key, found in entities["sensor"].items() if "options" in found}
    translated = {key: set(text["state"]) for key, text in ENGLISH["entity"]["sensor"].items() if "state" in text}
    assert translated == options
    assert options


async def test_units_of_our_own(entities: dict[str, dict[str, Plain]]) -> None:
    """Where Home Assistant has a unit, it translates it."""
    for key, text in ENGLISH["entity"]["sensor"].items():
        if unit := text.get("unit_of_measurement"):
            assert entities["sensor"][key]["unit_of_measurement"] == unit
            assert "device_class" not in entities["sensor"][key]


async def test_every_event_is_translated(entities: dict[str, dict[str, Plain]]) -> None:
    for description in EVENTS:
        text = ENGLISH["entity"]["event"][description.key]["state_attributes"]
        assert set(text["event_type"]["state"]) == set(entities["event"][description.key]["event_types"])
        source = ast.parse(textwrap.dedent(inspect.getsource(description.attributes_fn)))
        assert set(text) == {"event_type", *keys_of(source)}


def keys_of(tree: ast.AST) -> Iterator[str]:
    """Give the keys of all dictionaries that code fills."""
    for node in ast.walk(tree):
        match node:
            case ast.Dict(keys=keys):
                yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
            case ast.Subscript(slice=ast.Constant(value=str(key)), ctx=ast.Store()):
                yield key


# Screens


async def screens(hass: HomeAssistant, entry: MockConfigEntry) -> list[tuple[str, Any]]:
    """Open every screen that people can get at, and return each with the section it belongs to."""
    show_activities(hass)
    seen: list[tuple[str, Any]] = [
        ("config", await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})),
        ("config", await entry.start_reconfigure_flow(hass)),
    ]
    options = hass.config_entries.options
    seen.append(("options", await options.async_init(ENTRY_ID)))
    for choice in ("settings", "import"):
        offered = await options.async_init(ENTRY_ID)
        seen.append(("options", await options.async_configure(offered["flow_id"], {"next_step_id": choice})))
    for kind in HomeGymConfigFlow.async_get_supported_subentry_types(entry):
        flows = hass.config_entries.subentries
        first: Any = await flows.async_init((ENTRY_ID, kind), context={"source": SOURCE_USER})
        seen.append((kind, first))
        for choice in first.get("menu_options", []):
            menu = await flows.async_init((ENTRY_ID, kind), context={"source": SOURCE_USER})
            seen.append((kind, await flows.async_configure(menu["flow_id"], {"next_step_id": choice})))
        seen += [
            (kind, await entry.start_subentry_reconfigure_flow(hass, subentry.subentry_id))
            for subentry in entry.get_subentries_of_type(kind)
        ]
    seen += [screen for walk in WALKS for screen in await walked(hass, *walk)]
    return [*seen, *[("source", await after_a_test(hass, body)) for body in (b"[]", b"{}", None)]]


UNITS = {"distance_unit": "m", "duration_unit": "s", "one_foot": False}
PHONE: Plain = {"name": "Phone", "runs": ["Running"], "local_only": True}
# Ways through the flows of more than one screen, as what is filled in on each.
WALKS: list[tuple[str, list[Plain]]] = [
    ("source", [{"next_step_id": "service"}, {"service": "sensor.garmin_lastactivity"}, {"runs": list(RUNS)}]),
    ("source", [{"next_step_id": "entity"}, {"entity": "sensor.run"}, {"start": "start", **UNITS}]),
]
WALKS += [("source", [{"next_step_id": "webhook"}, PHONE | {"app": app}]) for app in APPS]


def show_activities(hass: HomeAssistant) -> None:
    """Have an integration that shows an activity and a pair of shoes, and an entity that shows nothing."""
    shown: Plain = {"activityId": 1, "activityType": "running", "startTime": "2020-05-04T17:00:00+00:00"}
    for key, attributes in {"lastActivity": shown, "gear_1": {"custom_make_model": "Pegasus"}}.items():
        entity = er.async_get(hass).async_get_or_create(
            "sensor", "garmin_connect", f"account_{key}", suggested_object_id=slugify(f"garmin_{key}")
        )
        hass.states.async_set(entity.entity_id, "Evening run", attributes)
    hass.states.async_set("sensor.run", "Evening run")


async def after_a_test(hass: HomeAssistant, body: bytes | None) -> Any:
    """Wait for a test post to a new address, and return the screen that tells what came of it, or that nothing came."""
    flows = hass.config_entries.subentries
    screen: Any = await flows.async_init((ENTRY_ID, "source"), context={"source": SOURCE_USER})
    for values in WALKS[-1][1]:
        screen = await flows.async_configure(screen["flow_id"], values)
    if body is not None:
        secret = screen["description_placeholders"]["url"].rpartition("/")[2]
        await async_handle_webhook(hass, secret, MockRequest(body, "test", method="POST", remote="127.0.0.1"))
    with patch.object(webhook, "WAIT", 0):
        screen = await flows.async_configure(screen["flow_id"], {"next_step_id": "webhook_test"})
        while screen["type"] is FlowResultType.SHOW_PROGRESS:
            assert set(ENGLISH["config_subentries"]["source"]["progress"]) == {screen["progress_action"]}
            await asyncio.sleep(0.01)
            screen = await flows.async_configure(screen["flow_id"])
    return await flows.async_configure(screen["flow_id"])


async def walked(hass: HomeAssistant, kind: str, filled_in: list[Plain]) -> list[tuple[str, Any]]:
    """Go through the screens of a kind of subentry, and return each."""
    flows = hass.config_entries.subentries
    screen: Any = await flows.async_init((ENTRY_ID, kind), context={"source": SOURCE_USER})
    seen = []
    for values in filled_in:
        screen = await flows.async_configure(screen["flow_id"], values)
        seen.append((kind, screen))
    return seen


def section(name: str) -> Plain:
    """Return the texts of a flow, or of a kind of subentry."""
    texts: Plain = ENGLISH[name] if name in ENGLISH else ENGLISH["config_subentries"][name]
    return texts


async def test_every_field_is_named_and_described(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    shown: dict[str, set[str]] = {}

    for name, screen in await screens(hass, entry):
        step = section(name)["step"][screen["step_id"]]
        shown.setdefault(name, set()).add(screen["step_id"])
        where = f"{name} {screen['step_id']}"
        assert step["title"], where
        if screen["type"] is FlowResultType.MENU:
            assert set(step["menu_options"]) == set(screen["menu_options"]), where
        else:
            assert screen["type"] is FlowResultType.FORM
            fields = {str(field) for field in screen["data_schema"].schema}
            assert set(step["data"]) == fields, where
            assert set(step["data_description"]) == fields, where
            assert set(step) <= {"title", "description", "data", "data_description"}, where

    for name, steps in shown.items():
        assert set(section(name)["step"]) == steps, name


async def test_every_choice_is_translated(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    choices: dict[str, set[str]] = {}

    for _, screen in await screens(hass, entry):
        schema: vol.Schema = screen.get("data_schema") or vol.Schema({})
        for field in schema.schema.values():
            if isinstance(field, SelectSelector) and (key := field.config.get("translation_key")):
                choices[key] = {str(option) for option in field.config["options"]}

    for service in SERVICES.values():
        for field in service["fields"].values():
            select = field["selector"].get("select") or {}
            if key := select.get("translation_key"):
                choices[key] = set(select["options"])

    assert {key: set(selector["options"]) for key, selector in ENGLISH["selector"].items()} == choices


async def test_every_action_is_translated(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    registered = hass.services.async_services_for_domain(DOMAIN)

    assert set(ENGLISH["services"]) == set(SERVICES) == set(registered) == set(ICONS["services"])
    for name, texts in ENGLISH["services"].items():
        assert set(texts["fields"]) == set(SERVICES[name]["fields"]), name
        schema: Any = registered[name].schema
        assert {str(field) for field in schema.schema} == set(texts["fields"]), name
        required = {field for field, about in SERVICES[name]["fields"].items() if about.get("required")}
        assert {str(field) for field in schema.schema if isinstance(field, vol.Required)} == required, name


async def test_what_can_be_added(entry: MockConfigEntry) -> None:
    kinds = HomeGymConfigFlow.async_get_supported_subentry_types(entry)
    assert set(ENGLISH["config_subentries"]) == set(kinds)
    for kind, flow in kinds.items():
        ways = {way for way in ("user", "reconfigure") if hasattr(flow, f"async_step_{way}")}
        assert set(section(kind)["initiate_flow"]) == ways
        assert section(kind)["entry_type"]


def flows(entry: MockConfigEntry) -> dict[str, type]:
    """Return the class behind each section of screens."""
    options = HomeGymConfigFlow.async_get_options_flow(entry)
    kinds = HomeGymConfigFlow.async_get_supported_subentry_types(entry)
    return {"config": HomeGymConfigFlow, "options": type(options), **kinds}


def code_of(flow: type) -> ast.Module:
    """Return the code of a flow, with that of the screens which it inherits from Home Gym's own."""
    own = [kind for kind in flow.__mro__ if kind.__module__.startswith(HomeGymConfigFlow.__module__.rpartition(".")[0])]
    return ast.parse("\n".join(textwrap.dedent(inspect.getsource(kind)) for kind in own))


def test_every_error_is_translated(entry: MockConfigEntry) -> None:
    for name, flow in flows(entry).items():
        tree = code_of(flow)
        found = {
            key
            for function in ast.walk(tree)
            if isinstance(function, Function.__value__) and function.name.endswith("errors_of")
            for key in errors_in(function)
        }
        assert set(section(name).get("error", {})) == found, name


def errors_in(function: Function) -> Iterator[str]:
    """Give the keys of errors that a function finds in what was filled in."""
    for node in ast.walk(function):
        match node:
            case ast.Dict(values=values):
                yield from (text for value in values for text in values_of(value, function))
            case ast.Assign(targets=[ast.Subscript()], value=value):
                yield from values_of(value, function)


def test_every_way_a_flow_ends_is_translated(entry: MockConfigEntry) -> None:
    for name, flow in flows(entry).items():
        tree = code_of(flow)
        found = set()
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(attr="async_update_and_abort")):
                    found.add("reconfigure_successful")
                case ast.Call(func=ast.Attribute(attr="async_abort"), keywords=[ast.keyword(value=reason)]):
                    found |= values_of(reason, tree)
        assert set(section(name).get("abort", {})) == found, name


# Exceptions and issues


def values_of(node: ast.AST | None, scope: ast.AST) -> set[str]:
    """Return the texts that an expression can be, by what is assigned in its function."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return values_of(body, scope) | values_of(orelse, scope)
        case ast.Name(id=name):
            return {text for value in assigned(name, scope) for text in values_of(value, scope)}
    return set()


def assigned(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    """Give what a function assigns to a name."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value


def given_by(node: ast.AST | None, scope: ast.AST) -> set[str]:
    """Return the placeholders that an expression gives."""
    match node:
        case ast.Dict():
            return set(keys_of(node))
        case ast.Name(id=name):
            return {key for value in assigned(name, scope) for key in given_by(value, scope)}
    return set()


def raised(*, issues: bool) -> dict[str, set[str]]:
    """Return the translation keys of all issues or exceptions in the code, with the placeholders given."""
    found: dict[str, set[str]] = {}
    functions = [node for tree in MODULES.values() for node in ast.walk(tree) if isinstance(node, Function.__value__)]
    for function in functions:
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            words = {word.arg: word.value for word in node.keywords}
            is_issue = isinstance(node.func, ast.Attribute) and node.func.attr == "async_create_issue"
            if "translation_key" in words and is_issue is issues and (is_issue or "translation_domain" in words):
                keys = values_of(words["translation_key"], function)
                assert keys, ast.unparse(node)
                found |= {key: given_by(words.get("translation_placeholders"), function) for key in keys}
    return found


def check(texts: dict[str, set[str]], given: dict[str, set[str]]) -> None:
    """Check that what is raised and what is translated are the same, and that no placeholder stays empty."""
    assert set(texts) == set(given)
    for key, names in texts.items():
        assert names <= given[key], key
        # One that may say what went wrong is given to all that have a file in common.
        assert given[key] - names <= {"error"}, key


def test_every_exception_is_translated() -> None:
    texts = {key: placeholders(text["message"]) for key, text in ENGLISH["exceptions"].items()}
    check(texts, raised(issues=False))


def test_every_issue_is_translated() -> None:
    texts = {key: placeholders(text["title"], text["description"]) for key, text in ENGLISH["issues"].items()}
    check(texts, raised(issues=True))


# Lines that are spoken or written


def spoken() -> Iterator[tuple[str, bool]]:
    """Give the keys of all lines in the code, and whether each is only the beginning of one."""
    for tree in MODULES.values():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="line"), args=[_, ast.Constant(value=str(key))]):
                    yield key, False
                case ast.Call(
                    func=ast.Name(id="line"), args=[_, ast.JoinedStr(values=[ast.Constant(value=str(key)), *_])]
                ):
                    yield key, True


def test_every_line_is_there_and_of_use() -> None:
    whole = {key for key, is_beginning in spoken() if not is_beginning}
    beginnings = tuple(key for key, is_beginning in spoken() if is_beginning)
    assert whole <= set(LINES)
    assert [key for key in LINES if key not in whole and not key.startswith(beginnings)] == []


def test_every_problem_of_a_recording_has_a_reason() -> None:
    reasons = {key.removeprefix("reason.") for key in LINES if key.startswith("reason.")}
    assert reasons == {*Reason, NO_CLOCK, REFUSED, UNDELIVERED}
