"""The map of the house: packages without cycles, none of them crowded, and tests that stand alone."""

import ast
from pathlib import Path

import pytest

from tests.support.graph import Graph, cycles, import_graph, packages_of

ROOT = Path(__file__).parents[3]
INTEGRATION = ROOT / "custom_components" / "home_gym"
GYM = INTEGRATION / "gym"
TESTS = ROOT / "tests"
CROWDED = 20


@pytest.fixture(scope="module")
def domain() -> dict[str, set[str]]:
    """Return the imports within the domain."""
    return import_graph(GYM)


def test_no_cycle_of_files_in_the_domain(domain: Graph) -> None:
    assert cycles(domain) == []
    assert "runs.fusion" in domain["runs.run_history"]


def test_no_cycle_of_packages_in_the_domain(domain: Graph) -> None:
    packages = packages_of(domain)
    assert cycles(packages) == []
    assert packages["coaching"] >= {"prompts", "runs"}


@pytest.fixture(scope="module")
def integration() -> dict[str, set[str]]:
    """Return the imports within the integration."""
    return import_graph(INTEGRATION)


def test_no_cycle_of_files_in_the_integration(integration: Graph) -> None:
    assert cycles(integration) == []
    assert "routines.routine_clock" in integration["data"]


def test_no_cycle_of_packages_in_the_integration(integration: Graph) -> None:
    packages = packages_of(integration)
    assert cycles(packages) == []
    assert packages["services"] >= {"data", "permissions"}


def test_no_package_of_the_domain_is_crowded() -> None:
    sizes = {
        str(folder.relative_to(GYM)): len(list(folder.glob("*.py")))
        for folder in [GYM, *GYM.rglob("*")]
        if folder.is_dir()
    }
    assert {folder: size for folder, size in sizes.items() if size > CROWDED} == {}


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": {"b"}, "b": set()}, []),
        ({"a": {"b"}, "b": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}, [["a", "b", "c"]]),
        ({"a": {"b"}, "b": {"a"}, "c": {"d"}, "d": {"c"}}, [["a", "b"], ["c", "d"]]),
    ],
)
def test_cycle_is_found(graph: Graph, expected: list[list[str]]) -> None:
    assert sorted(cycles(graph)) == expected


def test_imports_are_followed(tmp_path: Path) -> None:
    for name, code in {
        "__init__": "from .first import a",
        "first": "def late():\n    from .inner import b",
        "inner/__init__": "from . import deep",
        "inner/deep": "from ..first import a\nfrom typing import Any",
    }.items():
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(code)

    graph = import_graph(tmp_path)

    assert graph == {"": {"first"}, "first": {"inner"}, "inner": {"inner.deep"}, "inner.deep": {"first"}}
    assert cycles(graph) == [["first", "inner", "inner.deep"]]
    assert cycles(packages_of(graph)) == [["first", "inner"]]


def test_no_test_imports_from_another_test() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in TESTS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        for name in [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        if name.startswith("test_") and (path.parent / f"{name}.py").exists() | any(TESTS.rglob(f"{name}.py"))
    ]
    assert found == []
