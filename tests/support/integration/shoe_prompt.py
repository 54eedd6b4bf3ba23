"""Prompts about a worn-out pair."""

from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.integration import coach
from tests.support.integration.runner_entry import OLD_SHOE, shoe_data, with_id

# The run of 8 km exceeds its distance.
PAIR = with_id(shoe_data("Daily trainers", initial_distance=800_000), OLD_SHOE)


def runner(*speakers: Any, **options: Any) -> MockConfigEntry:
    """Return the entry of a runner with a pair due after the next run, without other prompts."""
    return coach.runner(PAIR, *speakers, **({"prompts": []} | options))
