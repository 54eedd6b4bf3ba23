"""Planned runs in a calendar, and the warm-up before them."""

from datetime import time, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym.habits.habit import Habit
from homeassistant.core import HomeAssistant
from tests.support.integration import planned_runs
from tests.support.integration.planned_runs import CALENDAR, PLANNED, Plan, go_on, with_calendar
from tests.support.integration.runner_entry import NOW, SetUp

plan = planned_runs.plan


pytestmark = pytest.mark.usefixtures("clock")


async def test_the_warm_up_is_asked_for_a_quarter_of_an_hour_before(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory, plan: Plan
) -> None:
    coordinator = await set_up(with_calendar(entry))

    await go_on(hass, clock, 16)
    assert Habit.WARM_UP not in coordinator.data.due
    await go_on(hass, clock, 1)
    assert Habit.WARM_UP in coordinator.data.due
    await go_on(hass, clock, 20)
    assert list(coordinator.runner.journal.triggers) == [f"planned/{PLANNED.isoformat()}"]


@pytest.mark.parametrize("start", ["2026-05-04", (NOW - timedelta(minutes=1)).isoformat(), "tomorrow"])
async def test_past_and_all_day_events_are_ignored(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    clock: FrozenDateTimeFactory,
    plan: Plan,
    start: str,
) -> None:
    plan.starts = [start]
    coordinator = await set_up(with_calendar(entry))
    await go_on(hass, clock, 30)
    assert coordinator.runner.journal.triggers == {}


async def test_a_run_that_is_taken_out_of_the_calendar(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory, plan: Plan
) -> None:
    coordinator = await set_up(with_calendar(entry))
    await go_on(hass, clock, 6)
    plan.starts = []
    await go_on(hass, clock, 30)
    assert coordinator.runner.journal.triggers == {}


async def test_a_calendar_that_fails_is_asked_again(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    clock: FrozenDateTimeFactory,
    plan: Plan,
    caplog: pytest.LogCaptureFixture,
) -> None:
    plan.fails = True
    coordinator = await set_up(with_calendar(entry))
    await go_on(hass, clock, 11)
    assert caplog.text.count("can't be read for now: no network") == 1
    plan.fails = False
    await go_on(hass, clock, 10)
    assert Habit.WARM_UP in coordinator.data.due


async def test_a_calendar_that_is_gone_and_none_at_all(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory, plan: Plan
) -> None:
    await set_up(entry)
    await go_on(hass, clock, 6)
    assert plan.asked == 0
    object.__setattr__(entry, "options", {"calendar": "0" * 32})
    assert await hass.config_entries.async_reload(entry.entry_id)
    await go_on(hass, clock, 6)
    assert plan.asked == 0


async def test_removed_runner_is_not_prompted(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory, plan: Plan
) -> None:
    await set_up(with_calendar(entry))
    await go_on(hass, clock, 6)
    asked = plan.asked
    assert await hass.config_entries.async_unload(entry.entry_id)
    await go_on(hass, clock, 30)
    assert plan.asked == asked


async def test_warm_up_lead_is_an_option(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory, plan: Plan
) -> None:
    """The run begins in 32 minutes, so 20 minutes before it is in 12."""
    object.__setattr__(entry, "options", {"calendar": CALENDAR, "warm_up_lead": 20})
    coordinator = await set_up(entry)
    await go_on(hass, clock, 11)
    assert Habit.WARM_UP not in coordinator.data.due
    await go_on(hass, clock, 1)
    assert Habit.WARM_UP in coordinator.data.due


@pytest.mark.parametrize(
    ("title", "words", "is_run"),
    [("Dentist", "", False), ("Easy 8 km", "", True), ("Training", "training", True), ("Dentist", "*", True)],
)
async def test_titles_of_events_are_filtered(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    clock: FrozenDateTimeFactory,
    plan: Plan,
    title: str,
    words: str,
    is_run: bool,
) -> None:
    plan.title = title
    object.__setattr__(entry, "options", {"calendar": CALENDAR, "planned_words": words})
    coordinator = await set_up(entry)
    await go_on(hass, clock, 18)
    assert bool(coordinator.runner.journal.triggers) is is_run


async def test_run_without_a_time_is_asked_about_in_the_morning(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory, plan: Plan
) -> None:
    """At eight, once, and on no other day."""
    tomorrow = (NOW + timedelta(days=1)).date()
    plan.starts = [tomorrow.isoformat()]
    coordinator = await set_up(with_calendar(entry))
    morning = coordinator.runner.settings.calendar.instant_of(time(8), tomorrow)
    clock.move_to(morning - timedelta(minutes=7))
    await go_on(hass, clock, 6)
    assert coordinator.runner.journal.triggers == {}
    await go_on(hass, clock, 12)
    [trigger] = coordinator.runner.journal.triggers.values()
    assert (trigger.id, trigger.habit) == (f"planned/{tomorrow.isoformat()}", Habit.WARM_UP)
    assert trigger.at - morning < timedelta(minutes=5)
