"""The wall around the domain: nothing of Home Assistant, no clock and no I/O behind it, and guards that can fail."""

from pathlib import Path
from shutil import copytree, ignore_patterns
from subprocess import CompletedProcess, run
import sys

import pytest

ROOT = Path(__file__).parents[3]
HOME = ROOT / "custom_components" / "home_gym"
# Imports every module behind the wall in an interpreter that has no Home Assistant to give.
WALK = """
import importlib, pkgutil, sys
for absent in ("homeassistant", "voluptuous", "aiohttp", "custom_components"):
    sys.modules[absent] = None
# Behind the standard library, whose statistics the folder would hide.
sys.path.append(sys.argv[1])
import gym
for module in pkgutil.walk_packages(gym.__path__, "gym."):
    importlib.import_module(module.name)
    print(module.name)
"""


def walk(folder: Path) -> CompletedProcess[str]:
    """Import all of the domain that lies in a folder."""
    return run([sys.executable, "-I", "-c", WALK, str(folder)], capture_output=True, text=True, check=False)


def ruff(folder: Path) -> CompletedProcess[str]:
    """Check the imports and calls that the project bans from the domain in a folder."""
    command = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--no-cache", "--output-format", "concise"]
    return run([*command, "."], cwd=folder, capture_output=True, text=True, check=False)


def test_domain_needs_no_home_assistant() -> None:
    walked = walk(HOME)
    assert walked.returncode == 0, walked.stderr
    imported = set(walked.stdout.split())
    modules = (path.relative_to(HOME).with_suffix("") for path in (HOME / "gym").rglob("*.py"))
    expected = {".".join(path.parts).removesuffix(".__init__") for path in modules} - {"gym"}
    assert imported == expected
    assert {"gym.runner", "gym.recordings.errors"} <= imported


@pytest.mark.parametrize(
    "cheat",
    [
        "import homeassistant",
        "from homeassistant.util import dt",
        "import voluptuous",
        "from custom_components.home_gym import const",
        "from .. import const",
        "from ..const import DOMAIN",
    ],
)
@pytest.mark.parametrize("place", ["cheat.py", "recordings/cheat.py"])
def test_import_guard_catches_violation(tmp_path: Path, cheat: str, place: str) -> None:
    copytree(HOME / "gym", tmp_path / "gym", ignore=ignore_patterns("__pycache__"))
    (tmp_path / "const.py").write_text("DOMAIN = 'home_gym'\n")
    cheat = cheat.replace("..", "...") if place.startswith("files") else cheat
    (tmp_path / "gym" / place).write_text(f"{cheat}\n")
    walked = walk(tmp_path)
    assert walked.returncode == 1
    assert "cheat" in walked.stderr


CHEATS = [
    "import homeassistant",
    "from homeassistant.core import HomeAssistant",
    "import logging",
    "import asyncio",
    "import os",
    "from pathlib import Path",
    "from os import environ",
    "from time import time",
    "import datetime\n\nprint(datetime.datetime.now())",
    "from datetime import datetime\n\nprint(datetime.now())",
    "from datetime import date\n\nprint(date.today())",
]


def tree(folder: Path, place: str, text: str) -> Path:
    """Make a tree with the project's configuration and one module in a place of it."""
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    module = folder / "custom_components" / "home_gym" / place
    module.parent.mkdir(parents=True)
    module.write_text(f"{text}\n")
    return folder


@pytest.mark.parametrize("cheat", CHEATS)
def test_ruff_catches_violation(tmp_path: Path, cheat: str) -> None:
    checked = ruff(tree(tmp_path, "gym/cheat.py", cheat))
    assert checked.returncode == 1
    assert "TID251" in checked.stdout


def test_ruff_allows_same_calls_outside_domain(tmp_path: Path) -> None:
    assert ruff(tree(tmp_path, "coordinator.py", CHEATS[1])).returncode == 0


def test_ruff_finds_no_violation_in_domain() -> None:
    checked = ruff(HOME / "gym")
    assert checked.returncode == 0, checked.stdout
