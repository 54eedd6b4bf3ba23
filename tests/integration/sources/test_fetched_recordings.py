"""Whole recordings that Garmin's integration downloads: news, history, failures, forbidden files and restarts."""

from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.diagnostics import async_get_config_entry_diagnostics
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.integrations.efforts import RUNS
from custom_components.home_gym.gym.recordings import parse
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport
from custom_components.home_gym.gym.unseen_runs import CreatedRun
from custom_components.home_gym.sources import SourceConfig
from custom_components.home_gym.sources.entities.recording_ledger import RecordingLedger, Request
from custom_components.home_gym.sources.entities.recordings import MAX_ATTEMPTS, PACE, RETRY
from custom_components.home_gym.sources.entities.watcher import SETTLED, watch
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from tests.builders import LapPlan, Recording, build_fit
from tests.support.integration.garmin import GarminActions
from tests.support.integration.runner_entry import NEW_SHOE, NOW, OLD_SHOE, SetUp, shoe_data, with_id

SOURCE = "01GARMIN"
GARMIN: dict[str, Any] = {"service": "garmin_connect", "account": "A", "runs": list(RUNS), "gear": {}}
HOUR = timedelta(hours=1)
ISSUE = f"recordings_failing_{SOURCE}"


def run(number: int, start: datetime, **changes: Any) -> dict[str, Any]:
    """Return a run of half an hour as Garmin Connect shows it."""
    shown = {"activityType": "running", "startTime": start, "elapsedDuration": 1800, "distance": 5000.0}
    return {"activityId": number, **shown, **changes}


def recording(start: datetime, sport: str = "running") -> bytes:
    """Return a watch's recording of half an hour in two laps."""
    laps = tuple(LapPlan(duration=900, distance=2500, cadence=170) for _ in range(2))
    return build_fit(Recording(start=start, laps=laps, sport=sport))


class Watched:
    """Garmin's entities, its actions, the watcher of the source, and its deliveries."""

    def __init__(self, hass: HomeAssistant, clock: FrozenDateTimeFactory) -> None:
        self.hass = hass
        self.clock = clock
        self.garmin = GarminActions(hass)
        registry = er.async_get(hass)
        self.last, self.list = (
            registry.async_get_or_create("sensor", "garmin_connect", f"A_{key}", suggested_object_id=key).entity_id
            for key in ("lastActivity", "lastActivities")
        )
        self.files: list[tuple[Activity, bool]] = []
        self.figures: list[Activity] = []
        self.is_full = False
        self._end: CALLBACK_TYPE | None = None

    async def deliver(self, activities: Sequence[Activity], *, live: bool) -> None:
        """Accept activities, unless the disk is full for recordings."""
        for activity in activities:
            if activity.origin is Origin.ENTITY:
                self.figures.append(activity)
            elif self.is_full:
                raise OSError("No space left on device")
            else:
                self.files.append((activity, live))

    async def start(self, delivered: Container[str] | None = None, **data: Any) -> None:
        """Watch, and let the current states settle."""
        config = SourceConfig(subentry_id=SOURCE, runner="Alex", data=GARMIN | data, phrases={}, delivered=delivered)
        self._end = await watch(self.hass, config, self.deliver)
        await self.wait(SETTLED)

    def stop(self) -> None:
        """Stop watching."""
        if self._end:
            self._end()
            self._end = None

    def show(self, *activities: dict[str, Any]) -> None:
        """Show activities in the list, the last of them alone, too."""
        self.hass.states.async_set(self.list, str(len(activities)), {"last_activities": list(activities)})
        self.hass.states.async_set(self.last, "Morning Run", activities[-1])

    async def wait(self, seconds: float | timedelta) -> None:
        """Let time pass at once."""
        await self.hass.async_block_till_done(wait_background_tasks=True)
        length = seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
        self.clock.tick(length + timedelta(milliseconds=1))
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def take_turns(self, number: int, pause: timedelta = PACE) -> None:
        """Let some downloads take place."""
        for _ in range(number):
            await self.wait(pause)


def runner_with(data: dict[str, Any]) -> MockConfigEntry:
    """Return the entry of a runner with two pairs and Garmin as the source."""
    source = ConfigSubentryData(data=data, subentry_type="source", title="Garmin", unique_id=None)
    pairs = [with_id(shoe_data("Old"), OLD_SHOE), with_id(shoe_data("New"), NEW_SHOE)]
    subentries = [*pairs, with_id(source, SOURCE)]
    return MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id="01ALEX", data={"name": "Alex"}, subentries_data=subentries
    )


@pytest.fixture
def watched(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> Watched:
    """Return Garmin's integration and a watcher not yet started."""
    return Watched(hass, clock)


async def test_runs_and_unnamed_efforts_are_fetched_once_the_newest_first(watched: Watched) -> None:
    days = {number: NOW - (9 - number) * timedelta(days=1) for number in range(1, 7)}
    watched.garmin.recordings = {number: recording(day) for number, day in days.items()}
    watched.garmin.recordings[3] = recording(days[3], sport="generic")
    kinds = {1: "running", 2: "cycling", 3: "trail_running", 4: "yoga", 5: None, 6: "treadmill_running"}
    history = [run(number, days[number], activityType=kind) for number, kind in kinds.items()]
    watched.show(*history)
    await watched.start()
    await watched.take_turns(6)
    assert watched.garmin.asked == [6, 5, 3, 1]
    assert watched.garmin.entities <= {watched.last, watched.list}
    assert [(activity.start, len(activity.laps), live) for activity, live in watched.files] == [
        (days[number], 2, False) for number in (6, 5, 3, 1)
    ]
    assert watched.files[2][0].sub_sport == "trail_running"
    assert len(watched.figures) == len(kinds)

    started = watched.clock() - HOUR
    watched.garmin.recordings[7] = recording(started.replace(tzinfo=NOW.tzinfo, microsecond=0))
    watched.show(*history, run(7, started.replace(tzinfo=NOW.tzinfo, microsecond=0)))
    await watched.wait(SETTLED)
    await watched.wait(0)
    assert watched.garmin.asked[4:] == [7]
    assert watched.files[-1][1]

    delivered = {activity.id for activity, _ in watched.files}
    watched.stop()
    await watched.start(delivered)
    await watched.take_turns(4)
    assert len(watched.garmin.asked) == 5
    watched.stop()


async def test_failed_downloads_wait_longer_each_time_and_never_stop_the_figures(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    issues = ir.async_get(watched.hass)
    watched.garmin.is_away = True
    starts = [NOW - 3 * HOUR, NOW - 2 * HOUR]
    watched.show(run(1, starts[0]), run(2, starts[1]))
    await watched.start()
    await watched.wait(0)
    asked_in = [0] * len(watched.garmin.asked)
    for minute in range(1, 90):
        await watched.wait(timedelta(minutes=1))
        asked_in += [minute] * (len(watched.garmin.asked) - len(asked_in))
    # The service's pauses are 1, 2, 4 … minutes, those of one recording 4, 16, 64 …: whatever ends later counts.
    assert asked_in == [0, 1, 4, 8, 20, 36, 84]
    assert watched.garmin.asked == [2, 1, 2, 1, 2, 1, 2]
    assert len(watched.figures) == 2
    await watched.take_turns(30, HOUR)
    assert issues.async_get_issue(DOMAIN, ISSUE) is not None
    assert len(watched.garmin.asked) < 2 * MAX_ATTEMPTS
    assert caplog.text.count("sends no recording for now") == 1

    watched.garmin.is_away = False
    watched.garmin.recordings = {1: recording(starts[0]), 2: recording(starts[1])}
    await watched.take_turns(30, HOUR)
    assert {activity.start for activity, _ in watched.files} == set(starts)
    assert issues.async_get_issue(DOMAIN, ISSUE) is None
    assert caplog.text.count("sends recordings again") == 1
    watched.stop()


async def test_activity_without_recording_is_given_up_and_stops_no_other(watched: Watched) -> None:
    starts = {1: NOW - 3 * HOUR, 2: NOW - 2 * HOUR}
    watched.garmin.recordings = {1: recording(starts[1])}
    watched.show(*(run(number, start) for number, start in starts.items()))
    await watched.start()
    await watched.take_turns(12 * 24, HOUR)
    assert watched.garmin.asked.count(1) == 1
    assert watched.garmin.asked.count(2) == MAX_ATTEMPTS
    assert ir.async_get(watched.hass).async_get_issue(DOMAIN, ISSUE) is None

    watched.garmin.recordings[3] = recording(NOW + HOUR)
    watched.show(run(3, NOW + HOUR))
    await watched.wait(SETTLED)
    await watched.take_turns(2)
    assert watched.garmin.asked[-1] == 3
    watched.stop()


async def test_only_files_of_allowed_folders_are_read(watched: Watched, tmp_path: Path) -> None:
    start = NOW - 2 * HOUR
    secret, allowed = tmp_path / "secret.fit", tmp_path / "allowed" / "run.fit"
    link = watched.garmin.folder / "link.fit"

    def lay() -> None:
        for file in (secret, allowed):
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(recording(start))
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(secret)

    await watched.hass.async_add_executor_job(lay)
    watched.hass.config.allowlist_external_dirs = {str(allowed.parent)}
    outside = watched.garmin.folder / ".." / ".." / secret.name
    paths = [str(secret), str(link), str(outside), str(watched.garmin.folder), "", 7, None, "\0"]
    answers: list[Any] = [{"file_path": path} for path in paths] + [{}, None]
    watched.garmin.answers = dict(enumerate(answers, start=1))
    watched.show(*(run(number, start) for number in watched.garmin.answers))
    await watched.start()
    await watched.take_turns(12, HOUR)
    assert set(watched.garmin.asked) == set(watched.garmin.answers)
    assert watched.files == []

    watched.garmin.answers[99] = {"file_path": str(allowed)}
    watched.show(run(99, start))
    await watched.take_turns(3, HOUR)
    assert [activity.start for activity, _ in watched.files] == [start]
    watched.stop()


async def test_nothing_is_asked_while_away_switched_off_or_without_action(watched: Watched) -> None:
    start = NOW - 2 * HOUR
    watched.garmin.recordings = {1: recording(start)}
    watched.show(run(1, start))
    await watched.start(recordings=False)
    await watched.take_turns(3)
    assert watched.garmin.asked == []
    watched.stop()

    await watched.start()
    watched.hass.states.async_set(watched.last, "unavailable")
    watched.hass.states.async_set(watched.list, "unavailable")
    watched.garmin.asked.clear()
    watched.stop()
    await watched.start(delivered=set())
    await watched.take_turns(2, RETRY)
    assert watched.garmin.asked == []
    watched.stop()

    watched.hass.services.async_remove("garmin_connect", "download_activity")
    watched.show(run(2, start))
    await watched.start()
    await watched.take_turns(2, RETRY)
    GarminActions.__init__(watched.garmin, watched.hass)
    watched.garmin.recordings = {1: recording(start), 2: recording(start)}
    await watched.take_turns(2, RETRY)
    assert watched.garmin.asked == [2, 1]
    watched.stop()


async def test_recording_that_cannot_be_recorded_is_kept_and_not_asked_for_again(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    start = NOW - 2 * HOUR
    watched.garmin.recordings = {1: recording(start)}
    watched.is_full = True
    watched.show(run(1, start))
    await watched.start()
    await watched.take_turns(2, RETRY)
    assert (watched.files, watched.garmin.asked) == ([], [1])
    watched.is_full = False
    await watched.take_turns(2, RETRY)
    assert (len(watched.files), watched.garmin.asked) == (1, [1])
    assert "can't be recorded for now" in caplog.text
    watched.stop()


async def test_recording_and_figures_are_one_run_and_removal_leaves_no_file(
    hass: HomeAssistant, watched: Watched, set_up: SetUp, hass_storage: dict[str, Any]
) -> None:
    start = NOW - 2 * HOUR
    watched.garmin.recordings = {1: recording(start)}
    watched.show(run(1, start, distance=5010.0))
    entry = runner_with(GARMIN)
    coordinator = await set_up(entry)
    await watched.wait(SETTLED)
    await watched.wait(0)
    (fused,) = coordinator.runner.runs.all()
    assert (fused.distance, len(fused.laps), len(fused.activities)) == (5000, 2, 2)
    assert coordinator.runner.journal.deliveries.keys() == set(fused.activities)
    assert not any(each.activity.edited for each in coordinator.runner.journal.deliveries.values())
    counts = (await async_get_config_entry_diagnostics(hass, entry))["sources"][SOURCE]
    assert counts == {"requests": 1, "recordings": 1, "waiting": 0, "gear": 0, "created": 0}

    await hass.config_entries.async_reload(entry.entry_id)
    await watched.wait(SETTLED)
    await watched.take_turns(2)
    assert watched.garmin.asked == [1]

    key = f"home_gym.recordings.{SOURCE}"
    assert key in hass_storage
    hass.config_entries.async_remove_subentry(entry, SOURCE)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert key not in hass_storage


async def test_certain_pair_is_written_once_and_again_after_each_correction(
    watched: Watched, set_up: SetUp, hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    gear = {"garmin_connect:old": OLD_SHOE, "garmin_connect:new": NEW_SHOE}
    history = run(1, NOW - 5 * HOUR)
    watched.show(history)
    entry = runner_with(GARMIN | {"gear": gear, "writes_gear": True, "recordings": False})
    coordinator = await set_up(entry)
    await watched.wait(SETTLED)
    await coordinator.async_apply(verbs.choose_shoe(OLD_SHOE))
    start = NOW + timedelta(minutes=5)
    watched.clock.move_to(NOW + HOUR)
    watched.show(history, run(2, start, activityType="trail_running"))
    await watched.wait(SETTLED)
    oldest, newest = coordinator.runner.runs.earliest(), coordinator.runner.runs.latest()
    assert oldest is not None
    assert newest is not None

    async def correct(shoe: str) -> None:
        await coordinator.async_apply(verbs.correct_run(newest.id, shoe=shoe))
        await watched.take_turns(3, timedelta(minutes=2))

    await watched.take_turns(3, timedelta(minutes=2))
    written = watched.garmin.assigned
    assert written == [(2, "old")]
    await coordinator.async_apply(verbs.correct_run(oldest.id, shoe=NEW_SHOE))
    await correct(OLD_SHOE)
    assert written == [(2, "old")]
    await correct(NEW_SHOE)
    await correct(NEW_SHOE)
    assert written == [(2, "old"), (2, "new")]
    runs, edits = len(coordinator.runner.runs), len(coordinator.runner.journal.deliveries)

    watched.garmin.is_away = True
    await correct(OLD_SHOE)
    assert caplog.text.count("add_gear_to_activity fails for now") == 1
    watched.garmin.is_away = False
    await watched.take_turns(3, HOUR)
    assert written == [(2, "old"), (2, "new"), (2, "old")]
    assert (len(coordinator.runner.runs), len(coordinator.runner.journal.deliveries)) == (runs, edits)
    assert watched.garmin.entities <= {watched.last, watched.list}

    await hass.config_entries.async_reload(entry.entry_id)
    await watched.wait(SETTLED)
    await watched.take_turns(3, timedelta(minutes=2))
    assert len(written) == 3
    counts = (await async_get_config_entry_diagnostics(hass, entry))["sources"][SOURCE]
    assert counts["gear"] == 1


async def test_nothing_is_written_unless_wanted(watched: Watched, set_up: SetUp) -> None:
    coordinator = await set_up(runner_with(GARMIN | {"gear": {"garmin_connect:old": OLD_SHOE}}))
    watched.show(run(2, NOW - HOUR))
    await watched.wait(SETTLED)
    newest = coordinator.runner.runs.latest()
    assert newest is not None
    await coordinator.async_apply(verbs.correct_run(newest.id, shoe=OLD_SHOE))
    await watched.take_turns(3, timedelta(minutes=2))
    assert (watched.garmin.assigned, watched.garmin.attempts) == ([], 0)


@pytest.mark.parametrize("requests", [[], {"1": None}, {"1": [None, "x", True, [], None]}, None])
async def test_damaged_ledger_asks_again(hass: HomeAssistant, hass_storage: dict[str, Any], requests: Any) -> None:
    stored = {"account": "A", "requests": requests, "gear": {"1": "old"}, "gear_since": None}
    stored |= {"created": [], "created_since": None}
    key = f"home_gym.recordings.{SOURCE}"
    hass_storage[key] = {"version": 1, "minor_version": 1, "key": key, "data": stored}
    ledger = RecordingLedger(hass, SOURCE)
    await ledger.async_load("A")
    assert (ledger.requests, ledger.gear) == ({}, {})


async def test_ledger_of_another_account_or_of_lost_activities_is_not_used(hass: HomeAssistant) -> None:
    ledger = RecordingLedger(hass, SOURCE)
    await ledger.async_load("A")
    ledger.requests = {"1": Request(is_done=True, activities=("a",)), "2": Request(word="running", attempts=3)}
    ledger.gear, ledger.gear_since = {"1": "garmin_connect:old"}, NOW
    ledger.note_created(CreatedRun(start=NOW, minutes=30, kilometres=5.01, asked=NOW), True)
    await ledger.async_save()
    for account, delivered, expected in (
        ("A", {"a"}, ledger.requests),
        ("A", set[str](), {"2": ledger.requests["2"]}),
        ("B", {"a"}, {}),
    ):
        again = RecordingLedger(hass, SOURCE)
        await again.async_load(account, delivered)
        assert again.requests == expected
        assert again.gear == (ledger.gear if account == "A" else {})
        assert again.created == (ledger.created if account == "A" else {})
    assert ledger.counts() == {"requests": 2, "recordings": 1, "waiting": 1, "gear": 1, "created": 1}


async def test_treadmill_run_that_no_watch_recorded_is_created_once(
    watched: Watched, set_up: SetUp, hass: HomeAssistant
) -> None:
    early = run(1, NOW - 48 * HOUR)
    watched.show(early)
    entry = runner_with(GARMIN | {"creates_runs": True, "recordings": False})
    coordinator = await set_up(entry)
    await watched.wait(SETTLED)
    belt = Activity(
        sport=Sport.RUN,
        start=NOW + timedelta(minutes=5),
        elapsed_time=1810,
        distance=5013.4,
        origin=Origin.TREADMILL,
        origin_id="belt/1",
    )
    watched.clock.move_to(NOW + HOUR)
    await coordinator.async_deliver([belt], live=True)
    await watched.take_turns(5, HOUR)
    assert watched.garmin.created == []
    watched.garmin.is_away = True
    await watched.take_turns(3, HOUR)
    assert (watched.garmin.attempts > 0, watched.garmin.created) == (True, [])
    watched.garmin.is_away = False
    await watched.take_turns(6, HOUR)
    [created] = watched.garmin.created
    assert created.pop("entity_id") in {watched.last, watched.list}
    # Berlin is two hours ahead of UTC in May.
    assert created == {
        "activity_name": "Treadmill run",
        "activity_type": "running",
        "start_datetime": "2026-05-04T20:05:00.000",
        "time_zone": "Europe/Berlin",
        "duration_min": 30,
        "distance_km": 5.013,
    }

    shown = run(9, NOW + timedelta(minutes=5), distance=5013.0)
    watched.show(early, shown)
    await watched.wait(SETTLED)
    await hass.config_entries.async_reload(entry.entry_id)
    await watched.wait(SETTLED)
    await watched.take_turns(3, HOUR)
    runner = entry.runtime_data.coordinator.runner
    assert (len(runner.runs), len(runner.journal.deliveries)) == (2, 2)
    assert len(watched.garmin.created) == 1


async def test_treadmill_run_is_uploaded_once_and_never_learned_back(
    watched: Watched, set_up: SetUp, hass: HomeAssistant
) -> None:
    early = run(1, NOW - 48 * HOUR)
    watched.show(early)
    # An upload is preferred, so that no run is there twice.
    entry = runner_with(GARMIN | {"uploads_runs": True, "creates_runs": True})
    coordinator = await set_up(entry)
    await watched.wait(SETTLED)
    start = NOW + timedelta(minutes=5)
    belt = Activity(
        sport=Sport.RUN, start=start, elapsed_time=1810, distance=5013.4, origin=Origin.TREADMILL, origin_id="belt/1"
    )
    watched.clock.move_to(NOW + HOUR)
    await coordinator.async_deliver([belt], live=True)
    await watched.take_turns(5, HOUR)
    watched.garmin.is_away = True
    await watched.take_turns(3, HOUR)
    assert (watched.garmin.attempts > 0, watched.garmin.uploaded) == (True, [])
    watched.garmin.is_away = False
    await watched.take_turns(6, HOUR)
    [content] = watched.garmin.uploaded
    [read] = parse("activity.fit", content)
    assert (read.start, read.duration, read.distance) == (start, 1810, 5013.4)
    assert list(Path(hass.config.path(".storage")).glob("*.fit")) == []

    # Garmin shows the upload, and would give the recording back.
    watched.garmin.recordings[9] = content
    watched.show(early, run(9, start, distance=5013.4, elapsedDuration=1810))
    await watched.wait(SETTLED)
    await hass.config_entries.async_reload(entry.entry_id)
    await watched.wait(SETTLED)
    await watched.take_turns(3, HOUR)
    runner = entry.runtime_data.coordinator.runner
    assert (len(runner.runs), len(runner.journal.deliveries)) == (2, 2)
    assert (len(watched.garmin.uploaded), watched.garmin.created, 9 in watched.garmin.asked) == (1, [], False)


async def test_run_that_account_shows_after_failure_is_not_created_again(watched: Watched, set_up: SetUp) -> None:
    watched.show(run(1, NOW - 48 * HOUR))
    coordinator = await set_up(runner_with(GARMIN | {"creates_runs": True, "recordings": False}))
    await watched.wait(SETTLED)
    start = NOW + timedelta(minutes=5)
    belt = Activity(
        sport=Sport.RUN, start=start, elapsed_time=1800, distance=5000, origin=Origin.TREADMILL, origin_id="belt/1"
    )
    watched.clock.move_to(NOW + 8 * HOUR)
    watched.garmin.is_away = True
    await coordinator.async_deliver([belt], live=True)
    await watched.take_turns(2, timedelta(minutes=1))
    assert watched.garmin.attempts == 1
    watched.show(run(9, start))
    await watched.wait(SETTLED)
    watched.garmin.is_away = False
    await watched.take_turns(6, HOUR)
    assert (watched.garmin.attempts, watched.garmin.created) == (1, [])
    assert len(coordinator.runner.runs) == 2
