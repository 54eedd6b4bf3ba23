"""The locks agree with what Home Assistant pins, and with each other."""

from importlib.metadata import version
from pathlib import Path
from subprocess import run
import sys

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
import pytest

ROOT = Path(__file__).parents[3]
NEWEST = ROOT / "requirements_test.txt"
OLDEST = ROOT / "requirements_oldest.txt"
PINS = ROOT / "scripts" / "lib" / "home_assistant_pins.py"


def pins_in(text: str) -> dict[str, str]:
    """Return the version that a requirements file pins of each package, by name."""
    lines = [bare for line in text.splitlines() if (bare := line.partition("#")[0].strip())]
    requirements = [Requirement(line) for line in lines]
    assert all(str(requirement.specifier).startswith("==") for requirement in requirements)
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in requirements}


def pins_of_home_assistant(file: Path) -> dict[str, str]:
    """Return what the installed Home Assistant pins of the packages in a requirements file."""
    return pins_in(run([sys.executable, str(PINS), str(file)], capture_output=True, text=True, check=True).stdout)


def test_oldest_lock_changes_only_packages_of_the_newest() -> None:
    newest, oldest = pins_in(NEWEST.read_text()), pins_in(OLDEST.read_text())
    assert oldest.keys() <= newest.keys()
    assert "homeassistant" in oldest
    assert not {name for name, pin in oldest.items() if newest[name] == pin}


def test_installed_packages_are_those_that_home_assistant_pins() -> None:
    pins = pins_of_home_assistant(NEWEST)
    assert {"homeassistant", "home-assistant-frontend", "pyturbojpeg"} <= pins.keys()
    assert {name: version(name) for name in pins} == pins


@pytest.mark.parametrize("lock", [NEWEST, OLDEST], ids=["newest", "oldest"])
def test_lock_has_the_versions_that_its_home_assistant_pins(lock: Path) -> None:
    """Each lock is judged on its own release; the others' pins are not known there."""
    wanted = pins_in(NEWEST.read_text()) | pins_in(lock.read_text())
    pins = pins_of_home_assistant(NEWEST)
    if pins["homeassistant"] == wanted["homeassistant"]:
        assert {name: wanted[name] for name in pins} == pins
