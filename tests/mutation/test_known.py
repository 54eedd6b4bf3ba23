"""Each known fault fails its tests."""

import os
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess, run
import sys

import pytest

from tests.mutation import tree
from tests.mutation.known import FAULTS, Fault


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the domain and its tests."""
    folder = tmp_path_factory.mktemp("domain")
    tree.plant(folder)
    return folder


def outcome_of(folder: Path, tests: str) -> CompletedProcess[str]:
    """Run some tests of a copy."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", "not full"]
    # plugins would bring Home Assistant, which takes longer than the tests
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    where = str(tree.TESTS / tests)
    return run([*command, where], cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.full
@pytest.mark.parametrize("tests", sorted({fault.tests for fault in FAULTS}))
def test_no_fault_no_failure(pristine: Path, tests: str) -> None:
    outcome = outcome_of(pristine, tests)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.full
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_known_fault_is_noticed(pristine: Path, tmp_path: Path, fault: Fault) -> None:
    folder = tmp_path / "faulty"
    copytree(pristine, folder)
    module = folder / tree.DOMAIN / fault.module
    code = module.read_text()
    assert code.count(fault.old) == 1
    module.write_text(code.replace(fault.old, fault.new))
    outcome = outcome_of(folder, fault.tests)
    assert outcome.returncode == 1, outcome.stdout
    assert "failed" in outcome.stdout


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_known_fault_has_its_place(fault: Fault) -> None:
    """A fault must follow its code when that is moved or reworded."""
    assert (tree.ROOT / tree.DOMAIN / fault.module).read_text().count(fault.old) == 1
    assert (tree.ROOT / tree.TESTS / fault.tests).is_file()
