"""Every text for people is translated, with an icon if it needs one, and no text is unused."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
import inspect
import json
from pathlib import Path
import re
from string import Formatter
import textwrap
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.home_gym.config_flow import HomeGymConfigFlow
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.errors import ERRORS
from custom_components.home_gym.event import EVENTS
from custom_components.home_gym.flows.account import FAILURES as SIGN_IN_FAILURES
from custom_components.home_gym.flows.path import PASSED_ON, SCREENS
from custom_components.home_gym.gym.recordings import RecordingFault
from custom_components.home_gym.gym.routines.own_routine import RoutineTextFault
from custom_components.home_gym.gym.treadmill.log import BeltRecord
from custom_components.home_gym.issues.repair_issue import ALL_ISSUES, JOURNAL_TOO_NEW, JOURNAL_UNREADABLE
from custom_components.home_gym.languages import PHRASES
from custom_components.home_gym.permissions import Right
from custom_components.home_gym.services.registry import ACTIONS
from custom_components.home_gym.sources.folder.recordings import NO_CLOCK, REFUSED, UNDELIVERED
from custom_components.home_gym.speech.media_player import Refusal
from custom_components.home_gym.speech.outputs import QueueTurn
from homeassistant import data_entry_flow
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.selector import SelectSelector
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict
from tests.support.integration.repairs import keep, session
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, SetUp, shoe_data, with_id
from tests.support.integration.translations import ENGLISH, ICONS, ROOT, Plain, load
from tests.support.integration.treadmill import KEPT, TREADMILL, WHO

from ..support.integration.screens import Screen, flows, screens

MODULES = {file.relative_to(ROOT): ast.parse(file.read_text(encoding="utf-8")) for file in ROOT.rglob("*.py")}
# Home Assistant's names for the whole; a new name needs a test here.
SECTIONS = {
    *("config", "config_subentries", "options", "selector", "entity", "exceptions", "issues"),
    *("services", "triggers", "conditions"),
    *("application_credentials", "system_health"),
}

BY_BLUETOOTH = "01BLUETOOTH"
# Issues with a repair flow.
FIXABLE = (
    *("unclaimed", "old_address", "see_professional", "urgent_advice", "journal_damaged", "doubtful_runs"),
    "asked_twice",
)

# A section and a step of it.
type Step = tuple[str, str]
type Function = ast.FunctionDef | ast.AsyncFunctionDef


TRIGGERS = load_yaml_dict(str(ROOT / "triggers.yaml"))
SERVICES = {
    name: service for name, service in load_yaml_dict(str(ROOT / "services.yaml")).items() if not name.startswith(".")
}
LINES = json.loads((PHRASES / "en.json").read_text(encoding="utf-8"))


def leaves(plain: Mapping[str, Any], *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every text with the keys that lead to it."""
    for key, value in plain.items():
        if isinstance(value, Mapping):
            yield from leaves(value, *path, key)
        else:
            yield (*path, key), value


def placeholders(*texts: str) -> set[str]:
    """Return the names in braces."""
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_english_has_home_assistants_sections() -> None:
    assert set(ENGLISH) == SECTIONS


LANGUAGES = sorted(file.name for file in PHRASES.glob("*.json"))


def test_screens_are_in_every_language_that_is_spoken() -> None:
    assert sorted(file.name for file in (ROOT / "translations").glob("*.json")) == LANGUAGES


@pytest.mark.parametrize("file", LANGUAGES)
def test_languages_have_same_keys_and_placeholders(file: str) -> None:
    english = dict(leaves(ENGLISH))
    translated = load(f"translations/{file}")
    # In the same order, so that two files can be compared side by side.
    assert [path for path, _ in leaves(translated)] == list(english)
    for path, text in leaves(translated):
        assert text.strip() == text != "", path
        assert placeholders(text) == placeholders(english[path]), path
        assert cv.string_with_no_html(text), path
        # Home Assistant allows no address in a text, and no placeholder in single quotes.
        assert not re.search(r"://|www\.|'\{", text), path
        for key in path:
            assert re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", key), path


# Entities


@pytest.fixture
def entry(folder: Path) -> MockConfigEntry:
    """Return the entry of a runner with one of everything."""

    def subentry(kind: str, subentry_id: str, **data: Any) -> Plain:
        return {"subentry_type": kind, "subentry_id": subentry_id, "title": kind, "unique_id": None, "data": data}

    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        options={"routines": [{"name": "Evening", "habit": "stretch", "steps": "Couch stretch, 45 s"}]},
        subentries_data=[
            with_id(shoe_data("Trainers", price=100, insoles_since="2026-01-01", insoles_replace_at=300_000), NEW_SHOE),
            subentry("source", "01SOURCE", folder=str(folder), since=NOW.isoformat()),
            subentry("source", "01ADDRESS", webhook="ab" * 32, app="other", runs=["Running"], local_only=True),
            subentry("speaker", "01SPEAKER", media_player="media_player.room", tts_engine="tts.voice"),
            subentry("speaker", "01PHONE", notify="notify.phone"),
        ],
    )


@pytest.fixture
def treadmill() -> MockConfigEntry:
    """Return the entry of the runner's treadmill."""
    data = WHO | KEPT | {"power": "sensor.plug_power"}
    del data["name"]
    return MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL, data=data)


@pytest.fixture
async def home(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    treadmill: MockConfigEntry,
    entity_registry_enabled_by_default: None,
) -> None:
    """Set both up, with an unclaimed session on the treadmill, and a Bluetooth treadmill."""
    hass.states.async_set("sensor.plug_power", "0", {"unit_of_measurement": "W"})
    await keep(hass, TREADMILL, BeltRecord(session=session(dt_util.utcnow() - timedelta(days=2))))
    await set_up(entry)
    await set_up(treadmill)
    by_bluetooth = {"address": "AA:BB:CC:DD:EE:FF", "runners": [ENTRY_ID], "claim": "only"}
    await set_up(MockConfigEntry(domain=DOMAIN, title="Walking pad", entry_id=BY_BLUETOOTH, data=by_bluetooth))


@pytest.fixture
async def entities(hass: HomeAssistant, home: None) -> dict[str, dict[str, Plain]]:
    """Return the attributes of every entity, by platform and translation key."""
    entities: dict[str, dict[str, Plain]] = {}
    registry = er.async_get(hass)
    for entity in [
        found
        for owner in (ENTRY_ID, TREADMILL, BY_BLUETOOTH)
        for found in er.async_entries_for_config_entry(registry, owner)
    ]:
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
    for found in entities.values():
        for attributes in found.values():
            assert not placeholders(attributes["friendly_name"])


async def test_every_entity_has_an_icon(entities: dict[str, dict[str, Plain]]) -> None:
    with_icon = {
        platform: {key for key in icons if icons[key].get("default")} for platform, icons in ICONS["entity"].items()
    }
    assert with_icon == {platform: set(found) for platform, found in entities.items()}


def test_icons_have_valid_names() -> None:
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


async def test_own_units_are_translated(entities: dict[str, dict[str, Plain]]) -> None:
    """Home Assistant translates its own units."""
    for key, text in ENGLISH["entity"]["sensor"].items():
        if unit := text.get("unit_of_measurement"):
            assert entities["sensor"][key]["unit_of_measurement"] == unit
            assert "device_class" not in entities["sensor"][key]


async def test_every_event_is_translated(entities: dict[str, dict[str, Plain]]) -> None:
    for description in EVENTS:
        text = ENGLISH["entity"]["event"][description.key]["state_attributes"]
        assert set(text["event_type"]["state"]) == set(entities["event"][description.key]["event_types"])
        source = ast.parse(textwrap.dedent(inspect.getsource(description.news.facts_of)))
        assert set(text) == {"event_type", *keys_of(source)}


def keys_of(tree: ast.AST) -> Iterator[str]:
    """Yield the keys of all dictionaries filled in code."""
    for node in ast.walk(tree):
        match node:
            case ast.Dict(keys=keys):
                yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
            case ast.Subscript(slice=ast.Constant(value=str(key)), ctx=ast.Store()):
                yield key


# Screens


def section(name: str) -> Plain:
    """Return the texts of a flow, of a kind of subentry, or of the repair of an issue."""
    sections = ENGLISH | ENGLISH["config_subentries"] | {key: ENGLISH["issues"][key]["fix_flow"] for key in FIXABLE}
    texts: Plain = sections[name]
    return texts


@pytest.fixture
async def opened(
    hass: HomeAssistant,
    home: None,
    entry: MockConfigEntry,
    treadmill: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> list[Screen]:
    """Open every reachable screen; the hello of a loudspeaker takes no time."""
    hold = QueueTurn.async_hold
    monkeypatch.setattr(QueueTurn, "async_hold", lambda turn, _, afterwards: hold(turn, timedelta(0), afterwards))
    return await screens(hass, entry, treadmill)


SEEN: list[Screen] = []
"""Every reachable screen, opened once for all tests."""


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> list[Screen]:
    """Return every reachable screen, with its section."""
    if not SEEN:
        SEEN.extend(request.getfixturevalue("opened"))
    return SEEN


def given_to(screen: Any) -> set[str]:
    """Return the placeholders filled by a screen."""
    return set(screen.get("description_placeholders") or {})


def shown_in(
    seen: list[Screen], kind: FlowResultType, things: Callable[[Any], Iterable[object]]
) -> dict[Step, set[str]]:
    """Return the content of all screens of a kind, by section and step; a step's content may vary."""
    shown: dict[Step, set[str]] = {}
    for name, screen in seen:
        if screen["type"] is kind:
            shown.setdefault((name, screen["step_id"]), set()).update(str(thing) for thing in things(screen))
    return shown


def fields_of(screen: Any) -> Iterator[str]:
    """Yield the fields of a form, each with its section."""
    for name, field in screen["data_schema"].schema.items():
        if isinstance(field, data_entry_flow.section):
            yield from (f"{name}/{inner}" for inner in field.schema.schema)
        else:
            yield str(name)


def named(texts: Plain, kind: str) -> set[str]:
    """Return the fields with a text of a kind, including those in sections."""
    sections = texts.get("sections", {})
    return set(texts.get(kind, {})) | {f"{name}/{field}" for name, part in sections.items() for field in part[kind]}


def test_every_field_is_named_and_described(seen: list[Screen]) -> None:
    for (name, step), fields in shown_in(seen, FlowResultType.FORM, fields_of).items():
        texts = section(name)["step"][step]
        assert named(texts, "data") == fields, (name, step)
        assert named(texts, "data_description") == fields, (name, step)
        assert set(texts) <= {"title", "description", "data", "data_description", "sections"}, (name, step)
        for part in texts.get("sections", {}).values():
            assert set(part) == {"name", "description", "data", "data_description"}, (name, step)


def test_every_menu_is_translated(seen: list[Screen]) -> None:
    for (name, step), options in shown_in(seen, FlowResultType.MENU, lambda screen: screen["menu_options"]).items():
        texts = section(name)["step"][step]
        assert set(texts["menu_options"]) == options, (name, step)
        assert set(texts.get("menu_option_descriptions", options)) == options, (name, step)
        assert set(texts) <= {"title", "description", "menu_options", "menu_option_descriptions"}, (name, step)


def test_every_wait_is_translated(seen: list[Screen]) -> None:
    actions: dict[str, set[str]] = {}
    for name, screen in seen:
        if screen["type"] is FlowResultType.SHOW_PROGRESS:
            actions.setdefault(name, set()).add(screen["progress_action"])
            assert placeholders(section(name)["progress"][screen["progress_action"]]) <= given_to(screen)
    assert actions == {name: set(texts) for name, _ in seen if (texts := section(name).get("progress"))}


def test_every_screen_has_a_title(seen: list[Screen]) -> None:
    shown: dict[str, set[str]] = {}
    for name, screen in seen:
        if screen["type"] is FlowResultType.SHOW_PROGRESS:
            continue
        shown.setdefault(name, set()).add(screen["step_id"])
        step = section(name)["step"][screen["step_id"]]
        assert step["title"], (name, screen["step_id"])
        assert placeholders(step["title"], step.get("description", "")) <= given_to(screen), (name, screen["step_id"])
    assert shown == {name: set(section(name)["step"]) for name, _ in seen}


def test_every_choice_is_translated(seen: list[Screen]) -> None:
    choices: dict[str, set[str]] = {}

    for _, screen in seen:
        schema: vol.Schema = screen.get("data_schema") or vol.Schema({})
        parts = [field.schema for field in schema.schema.values() if isinstance(field, data_entry_flow.section)]
        for field in [field for part in (schema, *parts) for field in part.schema.values()]:
            if isinstance(field, SelectSelector) and (key := field.config.get("translation_key")):
                choices[key] = set(nameless(field))

    for described in (*SERVICES.values(), *(TRIGGERS[name] for name in TRIGGERS if not name.startswith("."))):
        for field in described.get("fields", {}).values():
            select = field["selector"].get("select") or {}
            if key := select.get("translation_key"):
                choices[key] = choices.get(key, set()) | set(select["options"])

    assert {key: set(selector["options"]) for key, selector in ENGLISH["selector"].items()} == choices


def nameless(select: SelectSelector) -> Iterator[str]:
    """Yield the options without a name of their own."""
    for option in select.config["options"]:
        if isinstance(option, str):
            yield str(option)
        elif option["label"] == option["value"]:
            yield option["value"]


async def test_every_action_is_translated(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    registered = hass.services.async_services_for_domain(DOMAIN)

    assert set(ENGLISH["services"]) == set(SERVICES) == set(registered) == set(ICONS["services"])
    for name, texts in ENGLISH["services"].items():
        assert set(texts["fields"]) == set(SERVICES[name]["fields"]), name
        schema: Any = registered[name].schema
        targets = {str(field) for field in cv.TARGET_FIELDS} if name in ACTIONS else set()
        assert {str(field) for field in schema.schema} - targets == set(texts["fields"]), name
        required = {field for field, about in SERVICES[name]["fields"].items() if about.get("required")}
        assert {str(field) for field in schema.schema if isinstance(field, vol.Required)} == required, name


async def test_every_subentry_type_is_translated(entry: MockConfigEntry) -> None:
    kinds = HomeGymConfigFlow.async_get_supported_subentry_types(entry)
    assert set(ENGLISH["config_subentries"]) == set(kinds)
    for kind, flow in kinds.items():
        ways = {way for way in ("user", "reconfigure") if hasattr(flow, f"async_step_{way}")}
        assert set(section(kind)["initiate_flow"]) == ways
        assert section(kind)["entry_type"]
    assert set(section("config")["initiate_flow"]) == {"user"}


@pytest.mark.parametrize("file", LANGUAGES)
def test_path_has_the_words_of_the_screens_that_it_passes_on(file: str) -> None:
    texts = load(f"translations/{file}")
    kinds = texts["config_subentries"]
    for step, kind in PASSED_ON.items():
        if step in kinds[kind]["step"]:
            assert texts["config"]["step"][step] == kinds[kind]["step"][step], step
    upload = texts["options"]["step"]["import"]
    assert texts["config"]["step"]["export"] == kinds["source"]["step"]["export"] == upload
    assert texts["config"]["step"]["shoe"] == kinds["shoe"]["step"]["user"]
    for kind in SCREENS:
        assert kinds[kind]["error"].items() <= texts["config"]["error"].items()


def code_of(flow: type) -> ast.Module:
    """Return the code of a flow, with that of Home Gym's screens in its bases."""
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
        # The gym validates the user's text.
        found |= set(RoutineTextFault) if name == "options" else set()
        # A platform's driver knows why its player can't speak.
        found |= set(Refusal) if name == "speaker" else set()
        # The path of a new runner passes through the screens of subentries.
        found |= {key for kind in SCREENS for key in section(kind)["error"]} if name == "config" else set()
        assert set(section(name).get("error", {})) == found, name


def errors_in(function: Function) -> Iterator[str]:
    """Yield the error keys in a function that validates input."""
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
                case ast.Call(func=ast.Attribute(attr="_abort_if_unique_id_configured")):
                    found.add("already_configured")
                case ast.Call(
                    func=ast.Attribute(attr="async_abort"), keywords=[ast.keyword(arg="reason", value=reason), *_]
                ):
                    found |= values_of(reason, tree)
        # Each failure of a service ends a sign-in with a reason of its own.
        found |= set(SIGN_IN_FAILURES.values()) if name == "config" else set()
        assert set(section(name).get("abort", {})) == found, name


# Exceptions and issues


def values_of(node: ast.AST | None, scope: ast.AST) -> set[str]:
    """Return the possible texts of an expression, from the assignments in its function."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return values_of(body, scope) | values_of(orelse, scope)
        case ast.Name(id=name):
            return {text for value in assigned(name, scope) for text in values_of(value, scope)}
    return set()


def assigned(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    """Yield the values that a function assigns to a name."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value


def given_by(node: ast.AST | None, scope: ast.AST) -> set[str]:
    """Return the placeholders in an expression."""
    match node:
        case ast.Dict():
            return set(keys_of(node))
        case ast.Name(id=name):
            return {key for value in assigned(name, scope) for key in given_by(value, scope)}
    return set()


def raised() -> dict[str, set[str]]:
    """Return the translation keys of all exceptions in the code, with the placeholders given."""
    found: dict[str, set[str]] = {}
    functions = [node for tree in MODULES.values() for node in ast.walk(tree) if isinstance(node, Function.__value__)]
    for function in functions:
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            words = {word.arg: word.value for word in node.keywords}
            if {"translation_key", "translation_domain"} <= words.keys() and not is_of_a_table(
                words["translation_key"]
            ):
                keys = values_of(words["translation_key"], function)
                assert keys, ast.unparse(node)
                found |= {key: given_by(words.get("translation_placeholders"), function) for key in keys}
    found |= {key: {"runner", *([text] if text else [])} for key, text in ERRORS.values()}
    found |= {f"not_allowed_{right}": {"runner"} for right in Right}
    found |= {issue.translation_key: set(issue.placeholders) for issue in (JOURNAL_UNREADABLE, JOURNAL_TOO_NEW)}
    return found


def is_of_a_table(key: ast.expr) -> bool:
    """Return whether a translation key comes from the table of errors or of issues, or from an error raised before."""
    return ast.unparse(key) in {"key", "issue.translation_key", "error.translation_key"}


def check(texts: dict[str, set[str]], given: dict[str, set[str]]) -> None:
    """Check that raised and translated keys are the same, and that no placeholder stays empty."""
    assert set(texts) == set(given)
    for key, names in texts.items():
        assert names <= given[key], key
        # Every error of a kind has the cause and the runner as placeholders, even without them in its text.
        assert given[key] - names <= {"error", "runner"}, key


def test_every_exception_is_translated() -> None:
    texts = {key: placeholders(text["message"]) for key, text in ENGLISH["exceptions"].items()}
    check(texts, raised())


def test_every_issue_is_translated() -> None:
    texts = {key: placeholders(text["title"], text.get("description", "")) for key, text in ENGLISH["issues"].items()}
    check(texts, {issue.translation_key: set(issue.placeholders) for issue in ALL_ISSUES})


def test_every_issue_has_description_or_repair_flow() -> None:
    """An issue with a repair flow has screens for it, any other a description."""
    ways = {key: set(text) - {"title"} for key, text in ENGLISH["issues"].items()}
    assert ways == {key: {"fix_flow" if key in FIXABLE else "description"} for key in ENGLISH["issues"]}


# Lines that are spoken or written


def spoken() -> Iterator[tuple[str, bool]]:
    """Yield the keys of all lines in the code, and whether each is only a prefix."""
    for tree in MODULES.values():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="line"), args=[_, key]):
                    yield from key_of(key)
                case ast.Subscript(value=ast.Name(id="phrases"), slice=key):
                    yield from key_of(key)
                case ast.Call(func=ast.Name(id="PhraseRef"), keywords=[ast.keyword(arg="key", value=key), *_]):
                    yield from key_of(key)


def key_of(node: ast.expr) -> Iterator[tuple[str, bool]]:
    """Yield an expression's key, or its prefix."""
    match node:
        case ast.Constant(value=str(key)):
            yield key, False
        case ast.JoinedStr(values=[ast.Constant(value=str(key)), *_]):
            yield key, True


def test_every_line_is_there_and_of_use() -> None:
    whole = {key for key, is_beginning in spoken() if not is_beginning}
    beginnings = tuple(key for key, is_beginning in spoken() if is_beginning)
    assert whole <= set(LINES)
    assert [key for key in LINES if key not in whole and not key.startswith(beginnings)] == []


def test_every_problem_of_a_recording_has_a_reason() -> None:
    reasons = {key.removeprefix("reason.") for key in LINES if key.startswith("reason.")}
    assert reasons == {*RecordingFault, NO_CLOCK, REFUSED, UNDELIVERED}
