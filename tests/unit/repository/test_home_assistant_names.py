"""What Home Assistant does not promise is imported in `ha/` alone, with its reason."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from homeassistant import components

INTEGRATION = Path(__file__).parents[3] / "custom_components" / "home_gym"
HA = INTEGRATION / "ha"
OUTSIDE = sorted(path for path in INTEGRATION.rglob("*.py") if HA not in path.parents)
COMPONENTS = "homeassistant.components"
PROMISED = {"config_entries", "const", "core", "data_entry_flow", "exceptions", "helpers", "util"}
# Names that the developer documentation imports from components without an `__all__`, and the page that does.
DOCUMENTED = {"homeassistant.components.llm.LLMTools": "core/llm"}


def names_of_home_assistant(tree: ast.AST) -> Iterator[str]:
    """Yield the full name of everything that a module takes from Home Assistant, however it gets at it."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level and is_home_assistant(node.module):
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                if is_module(name):
                    modules[alias.asname or alias.name] = name
                else:
                    yield name
        elif isinstance(node, ast.Import):
            yield from (f"{alias.name}.*" for alias in node.names if is_home_assistant(alias.name))
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            yield from (
                f"{argument.value}.*"
                for argument in node.args
                if isinstance(argument, ast.Constant)
                and isinstance(argument.value, str)
                and is_home_assistant(argument.value)
            )
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield f"{modules[node.value.id]}.{node.attr}"


def is_home_assistant(module: str | None) -> bool:
    """Tell whether a module is Home Assistant's."""
    return module is not None and module.split(".")[0] == "homeassistant"


def is_module(name: str) -> bool:
    """Tell whether a name is a component or one of the promised modules."""
    parent, _, last = name.rpartition(".")
    if parent == COMPONENTS:
        return (Path(components.__file__).parent / last).is_dir()
    return parent in {"homeassistant", "homeassistant.helpers", "homeassistant.util"} and not hasattr(
        import_module(parent), "__path__"
    )


def called(node: ast.Call) -> str:
    """Return the last part of the name of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def is_promised(name: str) -> bool:
    """Tell whether Home Assistant promises a name, by the rule in `ha/__init__.py`."""
    module, _, last = name.rpartition(".")
    if last.startswith("_"):
        return False
    if module.split(".")[1] in PROMISED:
        return True
    is_component = module.startswith(f"{COMPONENTS}.") and module.count(".") == COMPONENTS.count(".") + 1
    return is_component and (last in getattr(import_module(module), "__all__", ()) or name in DOCUMENTED)


def unpromised_in(code: str) -> set[str]:
    """Return the names in a module's code that Home Assistant does not promise."""
    return {name for name in names_of_home_assistant(ast.parse(code)) if not is_promised(name)}


def test_names_outside_ha_are_promised() -> None:
    found = {str(path.relative_to(INTEGRATION)): unpromised_in(path.read_text()) for path in OUTSIDE}
    assert {path: names for path, names in found.items() if names} == {}
    assert len(OUTSIDE) > 200


@pytest.mark.parametrize(
    "code",
    [
        "from homeassistant.components.person.const import PersonEntityStateAttribute",
        "from homeassistant.components.websocket_api.connection import ActiveConnection",
        "from homeassistant.components.tts import async_resolve_engine",
        "from homeassistant.components import tts as speech\nspeech.async_resolve_engine",
        "from homeassistant.components import tts\ntts.async_resolve_engine",
        "from homeassistant.components.conversation import agent_manager",
        "from homeassistant.helpers.entity import _entity_source",
        "from homeassistant.auth.models import User",
        "from homeassistant.setup import async_when_setup",
        "import homeassistant.components.recorder.history",
        "def late():\n    from homeassistant.components.recorder import history",
        "from importlib import import_module\nimport_module('homeassistant.components.recorder.history')",
    ],
)
def test_unpromised_name_is_noticed(code: str) -> None:
    assert unpromised_in(code)


@pytest.mark.parametrize(
    "code",
    [
        "from homeassistant.core import HomeAssistant",
        "from homeassistant.helpers import entity_registry as er\ner.async_get",
        "from homeassistant.util import dt as dt_util\ndt_util.utcnow()",
        "from homeassistant.components.sensor import SensorEntity",
        "from homeassistant.components import tts\ntts.generate_media_source_id",
        "from homeassistant.components.llm import LLMTools",
        "from .ha.webhook import async_register",
    ],
)
def test_promised_name_is_allowed(code: str) -> None:
    assert unpromised_in(code) == set()


@pytest.mark.parametrize("path", sorted(HA.glob("*.py")), ids=lambda path: path.stem)
def test_unpromised_import_has_its_reason_beside_it(path: Path) -> None:
    """A comment in the statement, or a second paragraph in the docstring for all of a module."""
    code = path.read_text()
    tree = ast.parse(code)
    explained_as_a_whole = "\n" in (ast.get_docstring(tree) or "")
    for node in ast.walk(tree):
        statement = ast.get_source_segment(code, node) if isinstance(node, ast.ImportFrom) else None
        if statement and unpromised_in(statement):
            assert explained_as_a_whole or "#" in statement, statement


def test_every_name_of_ha_is_used_outside() -> None:
    offered = {
        name
        for path in HA.glob("*.py")
        for name in getattr(import_module(f"custom_components.home_gym.ha.{path.stem}"), "__all__", ())
    }
    used = {
        word
        for path in OUTSIDE
        for node in ast.walk(ast.parse(path.read_text()))
        for word in (getattr(node, "attr", None), getattr(node, "id", None), *aliases(node))
    }
    assert offered - used == set()


def aliases(node: ast.AST) -> list[str]:
    """Return the names that an import statement brings."""
    return [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
