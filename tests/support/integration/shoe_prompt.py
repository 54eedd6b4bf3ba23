"""Prompts for a pair that is worn out."""

from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.integration import coach
from tests.support.integration.runner_entry import OLD_SHOE, shoe_data, with_id

# The run of 8 km is too much for it.
PAIR = with_id(shoe_data("Daily trainers", initial_distance=800_000), OLD_SHOE)


def runner(*speakers: Any, **options: Any) -> MockConfigEntry:
    """Return the entry of a runner whose pair the next run wears out, and who is asked for nothing else."""
    return coach.runner(PAIR, *speakers, **({"prompts": []} | options))
