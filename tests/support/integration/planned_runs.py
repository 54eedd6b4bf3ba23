"""A calendar with planned runs."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from tests.support.integration.runner_entry import NOW

CALENDAR = "calendar.training"
PLANNED = NOW + timedelta(minutes=32)


class Plan:
    """A calendar with planned runs."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Plan one run."""
        self.starts: list[str] = [PLANNED.isoformat()]
        self.title = "Run"
        self.fails = False
        self.asked = 0
        hass.services.async_register("calendar", "get_events", self.tell, supports_response=SupportsResponse.ONLY)
        hass.states.async_set(CALENDAR, "off")

    async def tell(self, _call: ServiceCall) -> Any:
        """Return the events of a period, or fail."""
        self.asked += 1
        if self.fails:
            raise HomeAssistantError("no network")
        return {CALENDAR: {"events": [{"start": start, "summary": self.title} for start in self.starts]}}


@pytest.fixture
async def plan(hass: HomeAssistant) -> Plan:
    """Return the runner's calendar, in place of all others."""
    assert await async_setup_component(hass, "calendar", {})
    return Plan(hass)


def with_calendar(entry: MockConfigEntry) -> MockConfigEntry:
    """Return the entry of a runner with a calendar."""
    object.__setattr__(entry, "options", {"calendar": CALENDAR})
    return entry


async def go_on(hass: HomeAssistant, clock: FrozenDateTimeFactory, minutes: int) -> None:
    """Let time pass, minute by minute."""
    for _ in range(minutes):
        clock.tick(timedelta(minutes=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
