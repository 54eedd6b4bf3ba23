"""An import killed at any moment is resumed, with the same journal as an undisturbed one."""

import json
from pathlib import Path
from subprocess import run
import sys

import pytest

from .killed import RECORDINGS

ROOT = Path(__file__).parents[3]


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("moments", "imports"), [(10, 1), pytest.param(50, 2, marks=pytest.mark.full)])
def test_killed_imports_end_with_same_journal(tmp_path: Path, moments: int, imports: int) -> None:
    command = [sys.executable, "-m", "tests.integration.importer.killed", str(tmp_path), str(moments), "home gym"]
    outcome = json.loads(run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)

    assert outcome["kills"] >= moments
    assert len(outcome["calm"]["deliveries"]) == min(RECORDINGS, 30)
    assert len(outcome["journals"]) >= imports
    assert all(journal == outcome["calm"] for journal in outcome["journals"])
