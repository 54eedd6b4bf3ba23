"""A morning with a check-in on the back."""

import dataclasses
from datetime import timedelta

from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from tests.support.integration.coach import Move
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import NOW

# 8:00 in Berlin in summer.
MORNING = NOW.replace(day=5, hour=6)
# Of 4 km, which the run of 8 km is twice as long as.
BEFORE = dataclasses.replace(RUN, start=NOW - timedelta(days=3), distance=4000)


async def run_and_sleep(hass: HomeAssistant, entry: MockConfigEntry, move_to: Move) -> None:
    """Deliver the long run, and move on to the next morning."""
    await entry.runtime_data.coordinator.async_deliver([BEFORE], live=False)
    await entry.runtime_data.coordinator.async_deliver([RUN], live=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    await move_to(MORNING - timedelta(seconds=1))
    await move_to(MORNING)
