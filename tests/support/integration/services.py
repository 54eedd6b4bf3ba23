"""A runner with a service as a source, and the runs from there."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.sources.services import watcher
from homeassistant.config_entries import ConfigSubentryData
from tests.builders import LapPlan, Recording, build_fit

from .runner_entry import NEW_SHOE, OLD_SHOE, shoe_data, with_id

SOURCE = "01ONLINE"
DAY = timedelta(days=1)


def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let looks and attempts follow without pauses, over a history of 800 days."""
    monkeypatch.setattr(watcher, "PAUSE", 0)
    monkeypatch.setattr(watcher, "EARLIEST", datetime.now(UTC).date() - 800 * DAY)
    monkeypatch.setattr(watcher, "time_to_next_look", lambda _now, _ends: timedelta(seconds=0.03))
    monkeypatch.setattr(watcher, "pause_after", lambda _failures, _asked: timedelta(seconds=0.03))


def source_of(data: dict[str, Any], title: str) -> Any:
    """Return the subentry of a service."""
    return with_id(ConfigSubentryData(data=data, subentry_type="source", title=title, unique_id=None), SOURCE)


def runner_with(subentry: Any) -> MockConfigEntry:
    """Return the entry of a runner with two pairs and a source."""
    pairs = [
        with_id(shoe_data("Old trainers", first_used="2020-01-01"), OLD_SHOE),
        with_id(shoe_data("New trainers", first_used="2020-01-02"), NEW_SHOE),
    ]
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id="01ALEX",
        data={"name": "Alex"},
        subentries_data=[*pairs, subentry],
    )


def now() -> datetime:
    """Return this second."""
    return datetime.now(UTC).replace(microsecond=0)


def recording(start: datetime, minutes: float = 45, km: float = 9) -> bytes:
    """Return a watch's recording of a run."""
    return build_fit(Recording(start=start, laps=(LapPlan(duration=60 * minutes, distance=1000 * km, cadence=170),)))


async def until(holds: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(15):
        while not holds():  # noqa: ASYNC110 - the state of others has no event
            await asyncio.sleep(0.01)


def runs(coordinator: HomeGymCoordinator) -> list[float | None]:
    """Return the distance of each run, the earliest first."""
    return [run.distance for run in sorted(coordinator.runner.runs.all(), key=lambda run: run.start)]
