"""Instants during a write of the journal: the coach makes up for each right after it."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.events import Event, PromptDue
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from tests.support.integration.runner_entry import NOW, SetUp

MINUTE = timedelta(minutes=1)
DELIVERED = NOW + 9 * MINUTE
# By default the stretch is due five minutes after the run became known.
DUE = DELIVERED + 5 * MINUTE
RUN = Activity(
    sport=Sport.RUN,
    start=NOW - 40 * MINUTE,
    elapsed_time=2400.0,
    moving_time=2400.0,
    distance=8000.0,
    origin=Origin.FILE,
    origin_id="watch/1",
)


@pytest.mark.parametrize("minutes", [0, 0.5, 3, 5, 7, 12])
async def test_prompt_due_during_a_write_follows_it(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    minutes: float,
) -> None:
    freezer.move_to(DELIVERED)
    coordinator = await set_up(entry)
    heard: list[Event] = []
    coordinator.async_listen(heard.append)

    async def write(_journal: Journal) -> None:
        freezer.tick(minutes * MINUTE)

    with monkeypatch.context() as patched:
        patched.setattr(coordinator.store, "async_save", write)
        await coordinator.async_deliver([RUN], live=True)
    assert coordinator.deadline <= DUE

    freezer.move_to(max(DUE, DELIVERED + minutes * MINUTE))
    await coordinator.async_tick()
    assert Habit.STRETCH in [event.prompt.topic for event in heard if isinstance(event, PromptDue)]


async def test_failed_write_is_tried_again_though_nothing_else_is_due(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    freezer.move_to(NOW)
    coordinator = await set_up(entry)

    async def fail(_journal: Journal) -> None:
        raise HomeAssistantError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(coordinator.store, "async_save", fail)
        with pytest.raises(HomeAssistantError, match="full"):
            await coordinator.async_apply(verbs.log_session(Habit.CORE))
    assert coordinator.deadline == NOW + 5 * MINUTE
