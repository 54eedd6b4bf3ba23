"""Kills of a journal's writer at any moment: no reported change is lost, none is doubled."""

import json
from pathlib import Path
import subprocess
import sys

import pytest


@pytest.mark.parametrize("kills", [40, pytest.param(100, marks=pytest.mark.full)])
def test_killed_writer_loses_and_doubles_nothing(tmp_path: Path, kills: int) -> None:
    command = [sys.executable, "-m", "tests.integration.storage.killed", str(tmp_path), str(kills), "home gym"]
    outcome = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert outcome["faults"] == []
    assert outcome["kills"] == kills
    assert outcome["changes"] > kills
