"""Other integrations' entities in Home Assistant: history, news, and neither."""

import asyncio
from collections.abc import AsyncIterator, Container, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.integrations.efforts import RUNS
from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.sources import SourceConfig
from custom_components.home_gym.sources.entities.watcher import (
    ASK_EVERY,
    MAX_SETTLING_TIME,
    RETRY_SECONDS,
    SETTLED,
    watch,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, OLD_SHOE, SetUp, shoe_data, with_id

SOURCE = "01SOURCE"
GARMIN: dict[str, Any] = {"service": "garmin_connect", "account": "A", "runs": list(RUNS), "gear": {}}
STRAVA = GARMIN | {"service": "ha_strava", "account": "strava_1"}
SUUNTO = GARMIN | {"service": "suunto_app"}
WITHINGS = GARMIN | {"service": "withings", "account": "withings_1"}
ISSUE = f"entities_gone_{SOURCE}"


def run(number: int, start: datetime = NOW - timedelta(hours=2), **changes: Any) -> dict[str, Any]:
    """Return an activity of half an hour in Garmin Connect's form."""
    return {
        "activityId": number,
        "activityType": "running",
        "startTime": start,
        "elapsedDuration": 1800,
        "distance": 5000.0,
        **changes,
    }


class Home:
    """Entities of other integrations, their watcher, and its deliveries."""

    def __init__(self, hass: HomeAssistant, clock: FrozenDateTimeFactory) -> None:
        self.hass = hass
        self.clock = clock
        self.told: list[tuple[str, bool]] = []
        self.activities: list[Activity] = []
        self.failures = 0
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.ends: list[CALLBACK_TYPE] = []

    def register(self, platform: str, unique_id: str, name: str, domain: str = "sensor") -> str:
        """Add an entity to the registry, and return its id."""
        entry = er.async_get(self.hass).async_get_or_create(domain, platform, unique_id, suggested_object_id=name)
        return entry.entity_id

    def show(self, entity_id: str, state: str = "Morning Run", **attributes: Any) -> None:
        """Set an entity's state."""
        self.hass.states.async_set(entity_id, state, attributes)

    async def deliver(self, activities: Sequence[Activity], *, live: bool) -> None:
        """Accept activities, unless it shall fail or wait."""
        await self.go_on.wait()
        if self.failures:
            self.failures -= 1
            raise OSError("No space left on device")
        self.activities += activities
        self.told += [((activity.origin_id or "").partition(":")[2], live) for activity in activities]

    async def start(self, data: dict[str, Any], delivered: Container[str] | None = None) -> None:
        """Start watching."""
        config = SourceConfig(subentry_id=SOURCE, runner="Alex", data=data, phrases={}, delivered=delivered)
        self.ends.append(await watch(self.hass, config, self.deliver))

    async def watch(self, data: dict[str, Any], delivered: Container[str] | None = None) -> None:
        """Watch, and let the current states settle."""
        await self.start(data, delivered)
        await self.wait()

    def end(self) -> None:
        """Stop watching."""
        for end in self.ends:
            end()
        self.ends = []

    async def wait(self, seconds: float = SETTLED) -> None:
        """Let time pass."""
        await self.hass.async_block_till_done()
        self.clock.tick(seconds + 0.001)
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done()

    def news(self) -> list[tuple[str, bool]]:
        """Return the deliveries since the last call."""
        told, self.told = self.told, []
        return told


@pytest.fixture
async def home(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> AsyncIterator[Home]:
    """Return a home in Berlin with a stopped clock."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    home = Home(hass, clock)
    yield home
    home.end()


@pytest.fixture
def garmin(home: Home) -> str:
    """Return the sensor of Garmin's last activity."""
    return home.register("garmin_connect", "A_lastActivity", "garmin_last")


async def test_first_state_is_history(home: Home, garmin: str) -> None:
    home.show(garmin, **run(1))
    await home.watch(GARMIN)
    assert home.news() == [("1", False)]

    home.show(garmin, **run(2, NOW - timedelta(hours=1)))
    await home.wait()
    assert home.news() == [("2", True)]


async def test_the_same_title_with_a_new_id_is_news(home: Home, garmin: str) -> None:
    home.show(garmin, "Morning Run", **run(1))
    await home.watch(GARMIN)
    home.show(garmin, "Morning Run", **run(2))
    await home.wait()
    assert home.news() == [("1", False), ("2", True)]


async def test_unchanged_activity_is_not_delivered_again(home: Home, garmin: str) -> None:
    home.show(garmin, **run(1))
    await home.watch(GARMIN)
    home.show(garmin, "Renamed", **run(1), steps=7)
    await home.wait()
    assert home.news() == [("1", False)]


async def test_edited_activity_is_delivered(home: Home, garmin: str) -> None:
    home.show(garmin, **run(1))
    await home.watch(GARMIN)
    home.show(garmin, **run(1, distance=4000.0))
    await home.wait()
    assert home.news() == [("1", False), ("1", True)]
    assert home.activities[-1].distance == 4000


@pytest.mark.parametrize("state", ["unavailable", "unknown", "restored"])
async def test_unavailable_entity_delivers_nothing(home: Home, garmin: str, state: str) -> None:
    home.show(garmin, state, **run(1), restored=state == "restored")
    await home.watch(GARMIN)
    assert home.news() == []

    home.show(garmin, **run(1))
    await home.wait()
    assert home.news() == [("1", False)]

    home.show(garmin, state, **run(2), restored=state == "restored")
    await home.wait()
    home.show(garmin, **run(1))
    await home.wait()
    assert home.news() == []


async def test_activities_from_outage_are_history(home: Home, garmin: str) -> None:
    home.show(garmin, **run(1))
    await home.watch(GARMIN)
    home.show(garmin, "unavailable")
    await home.wait(3600)
    home.news()

    home.show(garmin, **run(2))
    await home.wait()
    assert home.news() == [("2", False)]


async def test_a_run_that_ended_while_it_was_watched_for_is_news(home: Home, garmin: str) -> None:
    home.show(garmin, "unavailable")
    await home.watch(GARMIN)
    await home.wait(3600)
    home.show(garmin, **run(1, NOW + timedelta(minutes=10)))
    await home.wait()
    assert home.news() == [("1", True)]


async def test_after_a_restart_nothing_is_news(home: Home, garmin: str) -> None:
    home.show(garmin, **run(1, NOW - timedelta(minutes=29, seconds=55)))
    await home.watch(GARMIN)
    [activity] = home.activities
    assert home.news() == [("1", True)]
    home.end()

    home.clock.move_to(NOW)
    await home.watch(GARMIN, {activity.id})
    assert home.news() == [("1", False)]
    home.end()

    home.clock.move_to(NOW + timedelta(minutes=1))
    await home.watch(GARMIN, set())
    assert home.news() == [("1", False)]


async def test_the_order_of_a_list_is_no_news(home: Home) -> None:
    entity_id = home.register("garmin_connect", "A_lastActivities", "garmin_list")
    items = [run(1, NOW - timedelta(days=2)), run(2, NOW - timedelta(days=1))]
    home.show(entity_id, "2", last_activities=items)
    await home.watch(GARMIN)
    assert home.news() == [("1", False), ("2", False)]

    home.show(entity_id, "2", last_activities=items[::-1])
    await home.wait()
    assert home.news() == []

    home.show(entity_id, "3", last_activities=[run(3), *items])
    await home.wait()
    assert home.news() == [("3", True)]


async def test_attributes_that_the_recorder_would_drop(home: Home) -> None:
    entity_id = home.register("garmin_connect", "A_lastActivities", "garmin_list")
    items = [run(number, NOW - timedelta(hours=number), activityName="x" * 400) for number in range(1, 101)]
    home.show(entity_id, "100", last_activities=items)
    await home.watch(GARMIN)
    assert len(home.news()) == 100


async def test_renaming_changes_nothing(hass: HomeAssistant, home: Home, garmin: str) -> None:
    home.show(garmin, **run(1))
    await home.watch(GARMIN)
    er.async_get(hass).async_update_entity(garmin, new_entity_id="sensor.my_runs")
    hass.states.async_remove(garmin)
    home.show("sensor.my_runs", **run(1))
    await home.wait()
    home.news()

    home.show("sensor.my_runs", **run(2))
    await home.wait()
    assert home.news() == [("2", True)]


async def test_other_entities_are_ignored(home: Home, garmin: str) -> None:
    home.show(garmin, **run(1))
    await home.watch(GARMIN)
    home.failures = 1
    home.show(home.register("garmin_connect", "A_steps", "garmin_steps"), "7000")
    home.show(home.register("rest", "A_lastActivity", "rest"), **run(2))
    await home.wait()
    assert (home.news(), home.failures) == ([("1", False)], 1)


async def test_other_account_is_ignored(home: Home, garmin: str) -> None:
    other = home.register("garmin_connect", "B_lastActivity", "garmin_2")
    home.show(garmin, **run(1))
    home.show(other, **run(7))
    await home.watch(GARMIN)
    assert home.news() == [("1", False)]


# Sensors that belong together


def show_strava(home: Home, number: int, start: str, *, only: Sequence[str] = ()) -> None:
    """Set Strava's sensors to an activity, or only some of them."""
    shown = {
        "run": ("Run", {"sport_type": "Run"}),
        "run_date": (start, {}),
        "run_distance": ("3.1", {"unit_of_measurement": "mi"}),
        "run_moving_time": ("1800", {"unit_of_measurement": "s"}),
    }
    for key, (state, attributes) in shown.items():
        if not only or key in only:
            entity_id = home.register("ha_strava", f"strava_1_{key}", f"strava_{key}")
            home.show(entity_id, state, activity_id=str(number), **attributes)


async def test_siblings_that_arrive_one_by_one_are_one_run(home: Home) -> None:
    show_strava(home, 1, "2026-05-03 18:00:00")
    await home.watch(STRAVA)
    assert home.news() == [("1", False)]

    for key in ("run", "run_distance", "run_moving_time", "run_date"):
        show_strava(home, 2, "2026-05-04 19:00:00", only=[key])
        await home.wait(SETTLED - 5)
        assert home.news() == []
    await home.wait()
    assert home.news() == [("2", True)]
    assert home.activities[-1].start == datetime(2026, 5, 4, 17, tzinfo=UTC)
    assert home.activities[-1].distance == pytest.approx(4988.97, abs=0.01)


async def test_a_sibling_that_is_very_late(home: Home) -> None:
    show_strava(home, 1, "2026-05-03 18:00:00")
    await home.watch(STRAVA)
    home.news()
    show_strava(home, 2, "2026-05-04 19:00:00", only=["run", "run_date", "run_moving_time"])
    await home.wait(300)
    assert home.news() == []

    show_strava(home, 2, "2026-05-04 19:00:00")
    await home.wait()
    assert home.news() == [("2", True)]


async def test_an_entity_that_never_rests_is_read_all_the_same(home: Home, garmin: str) -> None:
    home.show(garmin, **run(1))
    await home.watch(GARMIN)
    home.news()
    for number in range(MAX_SETTLING_TIME // 5 + 1):
        home.show(garmin, **run(2), steps=number)
        await home.wait(5)
    assert home.news() == [("2", True)]


# Events


def show_suunto(home: Home, account: str, start: datetime) -> None:
    """Set Suunto's sensors to a workout."""
    for key, state in {"last_workout_start": start.isoformat(), "last_activity": "Running"}.items():
        home.show(home.register("suunto_app", f"{account}_{key}", f"suunto_{account}_{key}"), state)


EVENT = {"activity": "Running", "start_time": NOW - timedelta(hours=1), "duration_minutes": 30}


async def test_an_event_is_news_even_when_it_comes_first(hass: HomeAssistant, home: Home) -> None:
    show_suunto(home, "A", NOW - timedelta(days=1))
    await home.start(SUUNTO)
    hass.bus.async_fire("suunto_app_new_workout", EVENT)
    await home.wait()
    assert home.news() == [("2026-05-03T18:00:00+00:00", False), ("2026-05-04T17:00:00+00:00", True)]


async def test_event_is_ignored_with_two_accounts(hass: HomeAssistant, home: Home) -> None:
    show_suunto(home, "A", NOW - timedelta(days=1))
    show_suunto(home, "B", NOW - timedelta(days=1))
    await home.watch(SUUNTO)
    home.news()
    hass.bus.async_fire("suunto_app_new_workout", EVENT)
    await home.wait()
    assert home.news() == []


async def test_an_event_of_an_account_that_is_gone(hass: HomeAssistant, home: Home) -> None:
    show_suunto(home, "B", NOW - timedelta(days=1))
    await home.watch(SUUNTO)
    hass.bus.async_fire("suunto_app_new_workout", EVENT)
    await home.wait()
    assert home.news() == []


# Calendars


class Calendar:
    """A calendar's events."""

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        self.events: list[dict[str, str]] = []
        self.answers = [entity_id]
        self.fails = False
        self.asked = 0
        hass.services.async_register("calendar", "get_events", self.answer, supports_response=SupportsResponse.ONLY)

    async def answer(self, _call: ServiceCall) -> Any:
        """Return the events."""
        self.asked += 1
        if self.fails:
            raise HomeAssistantError("the cloud is away")
        return {entity_id: {"events": self.events} for entity_id in self.answers}


def workout(start: str, end: str) -> dict[str, str]:
    """Return a run in Withings' calendar."""
    return {"start": start, "end": end, "summary": "Running"}


async def test_a_calendar_is_asked_now_and_then(hass: HomeAssistant, home: Home) -> None:
    entity_id = home.register("withings", "withings_1_workout", "workouts", "calendar")
    calendar = Calendar(hass, entity_id)
    calendar.events = [workout("2026-05-03T18:00:00+02:00", "2026-05-03T18:30:00+02:00")]
    home.show(entity_id, "off")
    await home.watch(WITHINGS)
    assert home.news() == [("2026-05-03T16:00:00+00:00", False)]

    calendar.events.append(workout("2026-05-04T18:00:00+02:00", "2026-05-04T18:30:00+02:00"))
    await home.wait(ASK_EVERY.total_seconds())
    assert home.news() == [("2026-05-04T16:00:00+00:00", True)]
    assert calendar.asked == 2

    home.end()
    await home.wait(ASK_EVERY.total_seconds())
    assert calendar.asked == 2


async def test_a_calendar_that_does_not_answer(hass: HomeAssistant, home: Home) -> None:
    entity_id = home.register("withings", "withings_1_workout", "workouts", "calendar")
    calendar = Calendar(hass, entity_id)
    calendar.events = [workout("2026-05-03T18:00:00+02:00", "2026-05-03T18:30:00+02:00")]
    calendar.fails = True
    home.show(entity_id, "unavailable")
    await home.watch(WITHINGS)
    assert calendar.asked == 0
    home.show(entity_id, "off")
    await home.wait()
    assert (calendar.asked, home.news()) == (1, [])

    calendar.fails, calendar.answers = False, []
    await home.wait(ASK_EVERY.total_seconds())
    assert (calendar.asked, home.news()) == (2, [])

    calendar.answers = [entity_id]
    await home.wait(ASK_EVERY.total_seconds())
    assert home.news() == [("2026-05-03T16:00:00+00:00", False)]


# Any entity


@pytest.mark.parametrize("is_registered", [True, False])
async def test_any_entity_can_be_mapped(hass: HomeAssistant, home: Home, is_registered: bool) -> None:
    entity_id = home.register("rest", "1", "treadmill") if is_registered else "sensor.treadmill"
    entry = er.async_get(hass).async_get(entity_id)
    reference = entry.id if entry else entity_id
    mapping = {"start": "began", "distance": "state", "distance_unit": "km", "duration_unit": "s", "one_foot": False}
    home.show(entity_id, "5", began=NOW - timedelta(days=1))
    await home.watch({"entity": reference, "mapping": mapping, "runs": list(RUNS)})
    home.show(entity_id, "6", began=NOW - timedelta(hours=1))
    await home.wait()
    assert [live for _, live in home.news()] == [False, True]
    assert [activity.distance for activity in home.activities] == [5000, 6000]


# Failures


async def test_failed_delivery_is_repeated(home: Home, garmin: str, caplog: pytest.LogCaptureFixture) -> None:
    home.show(garmin, **run(1))
    await home.watch(GARMIN)
    home.news()
    home.failures = 2
    home.show(garmin, **run(2))
    await home.wait()
    await home.wait(RETRY_SECONDS)
    assert home.news() == []
    await home.wait(RETRY_SECONDS)
    assert home.news() == [("2", True)]
    assert caplog.text.count("can't be recorded for now") == 1


async def test_an_event_survives_a_failure(hass: HomeAssistant, home: Home) -> None:
    show_suunto(home, "A", NOW - timedelta(days=1))
    await home.watch(SUUNTO)
    home.news()
    home.failures = 1
    hass.bus.async_fire("suunto_app_new_workout", EVENT)
    await home.wait()
    await home.wait(RETRY_SECONDS)
    assert home.news() == [("2026-05-04T17:00:00+00:00", True)]


async def test_two_readings_never_overlap(hass: HomeAssistant, home: Home, garmin: str) -> None:
    home.show(garmin, **run(1))
    home.go_on.clear()
    await home.start(GARMIN)
    for number in (1, 2):
        home.show(garmin, **run(number))
        home.clock.tick(SETTLED + 0.001)
        async_fire_time_changed(hass)
        await asyncio.sleep(0)
    assert home.news() == []

    home.go_on.set()
    await home.wait()
    assert home.news() == [("1", False), ("2", True)]


async def test_stopped_watcher_delivers_nothing(hass: HomeAssistant, home: Home, garmin: str) -> None:
    home.show(garmin, **run(1))
    home.go_on.clear()
    await home.start(GARMIN)
    home.clock.tick(SETTLED + 0.001)
    async_fire_time_changed(hass)
    await asyncio.sleep(0)
    home.end()
    home.go_on.set()
    home.show(garmin, **run(2))
    await home.wait(60)
    assert home.news() == []


async def test_removed_entities_raise_issue(hass: HomeAssistant, home: Home, garmin: str) -> None:
    issues = ir.async_get(hass)
    home.show(garmin, **run(1))
    await home.watch(GARMIN)
    assert issues.async_get_issue(DOMAIN, ISSUE) is None

    er.async_get(hass).async_remove(garmin)
    await home.wait()
    assert issues.async_get_issue(DOMAIN, ISSUE) is not None

    home.register("garmin_connect", "A_lastActivity", "garmin_again")
    await home.wait()
    assert issues.async_get_issue(DOMAIN, ISSUE) is None


# With a runner


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return the entry of a runner with linked Strava shoes."""
    source = {
        "subentry_type": "source",
        "subentry_id": SOURCE,
        "title": "Strava",
        "unique_id": None,
        "data": STRAVA | {"gear": {"ha_strava:g1": OLD_SHOE}},
    }
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[
            with_id(shoe_data("Old"), OLD_SHOE),
            with_id(shoe_data("New", first_used="2026-05-01"), NEW_SHOE),
            source,
        ],
    )


async def test_a_run_counts_for_the_pair_that_the_service_names(
    hass: HomeAssistant, home: Home, set_up: SetUp, entry: MockConfigEntry
) -> None:
    show_strava(home, 1, "2026-05-03 18:00:00")
    coordinator = await set_up(entry)
    await home.wait()
    [first] = coordinator.runner.runs.all()
    assert coordinator.runner.rack.shoe_of(first) == NEW_SHOE

    gear = home.register("ha_strava", "strava_1_run_gear_name", "strava_gear")
    home.show(gear, "Pegasus", activity_id="1", gear_id="g1")
    await home.wait()
    [first] = coordinator.runner.runs.all()
    assert coordinator.runner.rack.shoe_of(first) == OLD_SHOE


async def test_removing_a_source_removes_its_issue(
    hass: HomeAssistant, home: Home, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE) is not None
    hass.config_entries.async_remove_subentry(entry, SOURCE)
    await hass.async_block_till_done()
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE) is None
