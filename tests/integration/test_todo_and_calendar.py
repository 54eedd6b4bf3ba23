"""Today's due habits as a to-do list, and the journal as a calendar."""

from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from homeassistant.components.todo.const import DATA_COMPONENT
from homeassistant.components.todo.entity import TodoItem
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from tests.support.integration.example_runs import RUN, START
from tests.support.integration.runner_entry import NOW, SetUp, entity_id_of, state_of

pytestmark = pytest.mark.usefixtures("clock")


async def items(hass: HomeAssistant) -> list[dict[str, Any]]:
    """Return today's list, done items included."""
    entity_id = entity_id_of(hass, "todo", "today")
    answer: Any = await hass.services.async_call(
        "todo",
        "get_items",
        {"entity_id": entity_id, "status": ["needs_action", "completed"]},
        blocking=True,
        return_response=True,
    )
    found: list[dict[str, Any]] = answer[entity_id]["items"]
    return found


async def tick(hass: HomeAssistant, item: str, status: str = "completed") -> None:
    """Check an item off, or the reverse."""
    await hass.services.async_call(
        "todo",
        "update_item",
        {"entity_id": entity_id_of(hass, "todo", "today"), "item": item, "status": status},
        blocking=True,
    )
    await hass.async_block_till_done()


async def test_due_habits_are_listed_with_reason(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    assert state_of(hass, "todo", "today") == "1"
    await coordinator.async_deliver([RUN], live=True)

    assert state_of(hass, "todo", "today") == "2"
    shown = {item["uid"]: (item["summary"], item["status"], item.get("description")) for item in await items(hass)}
    assert shown == {
        "foam_roll": ("Foam roll", "needs_action", "There was a run in the last 24 hours."),
        "stretch": ("Stretch", "needs_action", "Hips and hamstrings need it daily."),
        # The run's own laps.
        "warm_up": ("Warm-up", "completed", None),
        "cool_down": ("Cool-down", "completed", None),
    }


async def test_checking_off_logs_session(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)

    await tick(hass, "Stretch")

    assert [session.habit for session in coordinator.runner.sessions.all()] == [Habit.STRETCH]
    assert [(item["uid"], item["status"]) for item in await items(hass)] == [("stretch", "completed")]
    await tick(hass, "Stretch")
    assert len(coordinator.runner.sessions.all()) == 1
    with pytest.raises(ServiceValidationError, match="Undo last"):
        await tick(hass, "Stretch", "needs_action")
    assert len(coordinator.runner.sessions.all()) == 1


async def test_unknown_item_is_rejected(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    """A list on a wall tablet may be out of date."""
    await set_up(entry)
    [today] = [entity for entity in hass.data[DATA_COMPONENT].entities if entity.platform.platform_name == DOMAIN]
    with pytest.raises(ServiceValidationError, match="no longer on the list"):
        await today.async_update_todo_item(TodoItem(uid="foam_roll", summary="Foam roll"))


async def test_the_goal_is_the_reason_for_core_work(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory
) -> None:
    """Two sessions a week, none done, and on Saturday two days are left."""
    clock.move_to(NOW + timedelta(days=5))
    await set_up(entry)
    [core] = [item for item in await items(hass) if item["uid"] == "core"]
    assert core["description"] == "0 of 2 sessions are done this week, and there are just enough days left."


async def events(hass: HomeAssistant, start: datetime, end: datetime) -> list[tuple[str, str, str]]:
    """Return summary, start and end of the calendar's events in a period."""
    entity_id = entity_id_of(hass, "calendar", "journal")
    answer: Any = await hass.services.async_call(
        "calendar",
        "get_events",
        {"entity_id": entity_id, "start_date_time": start.isoformat(), "end_date_time": end.isoformat()},
        blocking=True,
        return_response=True,
    )
    return [(event["summary"], event["start"], event["end"]) for event in answer[entity_id]["events"]]


async def test_calendar_shows_runs_and_sessions(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    assert state_of(hass, "calendar", "journal") == "off"
    await coordinator.async_deliver([RUN], live=True)
    await coordinator.async_apply(verbs.log_session(Habit.CORE, end=NOW - timedelta(hours=3), duration=600))
    await coordinator.async_apply(verbs.log_session(Habit.MASSAGE))

    assert await events(hass, NOW - timedelta(days=1), NOW + timedelta(days=1)) == [
        ("Core work", "2026-05-04T14:50:00+00:00", "2026-05-04T15:00:00+00:00"),
        ("Run, 8.0 km", "2026-05-04T17:00:00+00:00", "2026-05-04T17:41:00+00:00"),
        ("Warm-up", "2026-05-04T17:00:00+00:00", "2026-05-04T17:05:00+00:00"),
        ("Cool-down", "2026-05-04T17:36:00+00:00", "2026-05-04T17:41:00+00:00"),
        ("Massage", "2026-05-04T17:55:00+00:00", "2026-05-04T18:00:00+00:00"),
    ]
    state = hass.states.get(entity_id_of(hass, "calendar", "journal"))
    assert state is not None
    assert (state.state, state.attributes["message"], state.attributes["description"]) == (
        "off",
        "Run, 8.0 km",
        "New trainers",
    )


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (START + timedelta(minutes=40), START + timedelta(minutes=50), 1),
        (START + timedelta(minutes=41), START + timedelta(minutes=50), 0),
        (START - timedelta(minutes=5), START, 0),
        (START - timedelta(minutes=5), START + timedelta(minutes=1), 1),
    ],
)
async def test_calendar_returns_events_of_period(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, start: datetime, end: datetime, count: int
) -> None:
    coordinator = await set_up(entry)
    run = Activity(sport=Sport.RUN, start=START, elapsed_time=2460)
    await coordinator.async_deliver([run], live=False)
    assert await events(hass, start, end) == [("Run", "2026-05-04T17:00:00+00:00", "2026-05-04T17:41:00+00:00")] * count


async def test_distances_as_the_home_measures_them(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    """8012.34 m are 4.98 miles."""
    hass.config.units = US_CUSTOMARY_SYSTEM
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=False)
    assert (await events(hass, START, START + timedelta(minutes=1)))[0][0] == "Run, 5.0 mi"
