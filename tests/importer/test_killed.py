"""Whenever an import is killed, it is gone on with, and the journal is that of an import that nobody disturbed."""

import json
from pathlib import Path
from subprocess import run
import sys

import pytest

from .killed import RECORDINGS

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(180)
def test_killed_at_fifty_moments(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.importer.killed", str(tmp_path), "50", "home gym"]
    outcome = json.loads(run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)

    assert outcome["kills"] >= 50
    assert len(outcome["calm"]["deliveries"]) == min(RECORDINGS, 30)
    assert len(outcome["journals"]) > 1
    assert all(journal == outcome["calm"] for journal in outcome["journals"])
