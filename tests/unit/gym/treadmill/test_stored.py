"""Treadmill stores as earlier versions wrote them: each loads, and is written back byte by byte."""

import json
from pathlib import Path

import pytest

from custom_components.home_gym.gym.treadmill.codecs import BELT_LOG, BELT_MEMORY

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("name", ["treadmill", "treadmill_at_rest"])
def test_stored_treadmill_is_written_back_unchanged(name: str) -> None:
    text = (DATA / f"{name}.json").read_text()
    stored = json.loads(text)
    written = {
        "belt": BELT_MEMORY.write(BELT_MEMORY.read(stored["belt"])),
        "log": BELT_LOG.write(BELT_LOG.read(stored["log"])),
        "odometer": stored["odometer"],
    }
    assert json.dumps(written, indent=1) + "\n" == text
