"""A Bluetooth treadmill's records as they arrive, and waiting for the radio."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.home_gym.gym.treadmill.ftms import TreadmillData
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util


@dataclass
class Heard:
    """The records and disconnects from a treadmill's connection."""

    records: list[tuple[TreadmillData, datetime]] = field(default_factory=list)
    gone: list[datetime] = field(default_factory=list)

    def take(self, data: TreadmillData, now: datetime) -> None:
        """Keep a record."""
        self.records.append((data, now))

    @property
    def distances(self) -> list[float | None]:
        """The reported distances, in metres."""
        return [data.total_distance for data, _ in self.records]


async def until(condition: Callable[[], object]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 (the radio sets no event)
            await asyncio.sleep(0.005)


async def settled() -> None:
    """Wait for the time of several advertisements."""
    await asyncio.sleep(0.1)


def pass_until(hass: HomeAssistant, seconds: float) -> None:
    """Fire all timers due in some seconds, and those set to that time meanwhile."""
    for _ in range(2):
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=seconds))
