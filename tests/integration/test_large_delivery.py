"""Large deliveries: others have their turn beside them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.events import Event
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.intake.deliveries import MAX_SLICE
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport
from tests.support.integration.runner_entry import SetUp

START = datetime(2025, 6, 1, 12, tzinfo=UTC)
OVERLAPPING = [
    Activity(
        sport=Sport.RUN,
        start=START + timedelta(seconds=place % 60),
        elapsed_time=1800,
        distance=5000,
        origin=Origin.CLOUD,
        origin_id=str(place),
    )
    for place in range(40 * MAX_SLICE)
]


async def test_change_beside_large_delivery_is_applied_after_one_part(set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    delivered = coordinator.runner.journal.deliveries
    delivery = asyncio.create_task(coordinator.async_deliver(OVERLAPPING, live=False))
    while not delivered:  # noqa: ASYNC110 - the delivery tells of no part
        await asyncio.sleep(0)
    before = len(delivered)

    async def press() -> int:
        """Return the number of activities that were added before the press changed something."""
        number = 0

        def note(runner: object, now: datetime) -> list[Event]:
            nonlocal number
            number = len(delivered)
            return verbs.log_session(Habit.STRETCH)(coordinator.runner, now)

        await coordinator.async_apply(note)
        return number

    assert await press() <= before + MAX_SLICE
    assert len(coordinator.runner.journal.sessions) == 1
    await delivery
    assert len(delivered) == len(OVERLAPPING)


async def test_tick_beside_large_delivery_publishes_saved_parts_only(
    set_up: SetUp, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator = await set_up(entry)
    delivery = asyncio.create_task(coordinator.async_deliver(OVERLAPPING, live=False))
    while not coordinator.runner.journal.deliveries:  # noqa: ASYNC110 - the delivery tells of no part
        await asyncio.sleep(0)
    saved: list[int] = []
    published: list[int] = []
    save = coordinator.store.async_save

    async def note_save(journal: object) -> None:
        number = len(coordinator.runner.journal.deliveries)
        await save(journal)  # type: ignore[arg-type]
        saved.append(number)

    monkeypatch.setattr(coordinator.store, "async_save", note_save)
    coordinator.async_add_listener(lambda: published.append(len(coordinator.runner.journal.deliveries)))
    await coordinator.async_tick()
    assert published
    assert published[0] == saved[0]
    await delivery
    assert saved[-1] == len(OVERLAPPING)
