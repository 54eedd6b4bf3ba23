"""A copy of the domain and its tests that needs no Home Assistant, for deliberate faults.

`tests.unit.gym` imports the domain by its full name, whose parent package imports Home Assistant. In the copy the
parent is empty, so that a run of pytest starts in a second. All paths of mutation testing are here.
"""

from collections.abc import Sequence
from pathlib import Path
import re
from shutil import copy, copytree, ignore_patterns
import tomllib
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGE = Path("custom_components/home_gym")
DOMAIN = PACKAGE / "gym"
# Readers of recordings: the corpus and fuzzing find their faults, and take their time.
NOT_MUTATED = (DOMAIN / "recordings", DOMAIN / "integrations")
TESTS = Path("tests/unit/gym")
# Tests of anything but the domain's decisions, and of unmutated modules.
NOT_RUN = (
    TESTS / "recordings",
    TESTS / "integrations",
    TESTS / "test_corpus.py",
    TESTS / "routines" / "test_drawings.py",
    TESTS / "test_wall.py",
)
CONFTEST = Path("tests/conftest.py")
# Every mutant is tried in a fork of a process that has run all tests, and would find the answers of the original.
FORGETFUL = '''"""Empties the caches of the domain before the tests."""

import sys


def pytest_sessionstart() -> None:
    for name, module in tuple(sys.modules.items()):
        if name.startswith("custom_components.home_gym.gym"):
            for value in tuple(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
'''
SHARED = (Path("tests/builders"), Path("tests/corpus"), Path("tests/support"))


def plant(folder: Path, modules: Sequence[Path] = ()) -> None:
    """Copy the domain, its tests and their shared code into a folder, to mutate these modules, or all."""
    for each in (DOMAIN, TESTS, *SHARED):
        copytree(ROOT / each, folder / each, ignore=ignore_patterns("__pycache__"), dirs_exist_ok=True)
    for package in (PACKAGE, PACKAGE.parent, Path("tests"), TESTS.parent):
        (folder / package / "__init__.py").write_text('"""Empty here."""\n')
    copy(ROOT / CONFTEST, folder / CONFTEST)
    (folder / TESTS / "conftest.py").write_text(FORGETFUL)
    (folder / "pyproject.toml").write_text(_pyproject(modules))


def selection(modules: Sequence[Path] = ()) -> list[str]:
    """Return pytest's arguments to select tests: those that name one of the modules, or all."""
    if not modules:
        return [str(TESTS), *(f"--ignore={each}" for each in NOT_RUN)]
    names = [".".join(module.relative_to(PACKAGE).with_suffix("").parts) for module in modules]
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
    found = [path for path in sorted((ROOT / TESTS).rglob("test_*.py")) if named.search(path.read_text())]
    left_out = {ROOT / each for each in NOT_RUN}
    return [str(path.relative_to(ROOT)) for path in found if left_out.isdisjoint({path, *path.parents})] or selection()


def _pyproject(modules: Sequence[Path]) -> str:
    """Return settings for pytest, from the project's own, and for mutmut."""
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    pytest: dict[str, Any] = {
        "addopts": "--strict-config --strict-markers",
        "markers": options["markers"],
        "pythonpath": ["."],
    }
    mutmut: dict[str, Any] = {
        "source_paths": [str(PACKAGE)],
        "only_mutate": [str(module) for module in modules] or [f"{DOMAIN}/*"],
        "do_not_mutate": [f"{each}/*" for each in NOT_MUTATED],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-m", "not full"],
        "pytest_add_cli_args_test_selection": selection(modules),
        # a mutant that takes this factor of the time, and this many seconds more, never ends
        "timeout_multiplier": 4.0,
        "timeout_constant": 3.0,
        "use_git_change_detection": False,
    }
    return f"{_table('tool.pytest.ini_options', pytest)}\n{_table('tool.mutmut', mutmut)}"


def _table(name: str, values: dict[str, Any]) -> str:
    return "\n".join([f"[{name}]", *(f"{key} = {_value(value)}" for key, value in values.items()), ""])


def _value(value: bool | float | str | Sequence[str]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value)
