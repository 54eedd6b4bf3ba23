"""Owns one treadmill: feeds its belt, keeps its log, and lets the runners' journals follow.

What happened is first noted in the log, which is saved; then the runners are told. Telling is repeated until it
worked, and harmless when repeated, so that neither a restart nor a runner who is just being set up loses a run.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from ..const import CONF_CLAIM, CONF_RUNNERS, DOMAIN, LOGGER, SIGNAL_RUNNER_READY
from ..coordinator import HomeGymCoordinator
from ..gym.activity import Activity, Origin
from ..gym.belt import Belt, BeltEvent, BeltState, FellAsleep, GaitChanged, Slowed, Started, Stopped, WokeUp
from ..gym.belt_activities import activities_of, run_span
from ..gym.belt_log import BeltLog, BeltRecord, Certainty, Claim, ClaimMode, OpenClaim, is_in, presumed
from ..gym.fusion import FURTHEST_APART
from ..gym.habit import Habit
from ..gym.prompt import OCCASION_LASTS, WARM_FOR, Occasion
from ..gym.run import Run
from .odometer import Odometer
from .store import TreadmillStore

# A treadmill's own word on a run is no watch's.
OWN = {Origin.POWER, Origin.TREADMILL}
# A session's duration is shown anew so seldom that a long run doesn't fill the recorder.
SHOWN_EVERY = timedelta(minutes=5)
# Seconds until a session that goes on is written down again, so that a power cut loses little of its levels.
SAVED_EVERY = timedelta(minutes=1)

type TreadmillConfigEntry = ConfigEntry[TreadmillCoordinator]
type Ask = Callable[[BeltRecord], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreadmillView:
    """What is shown of a treadmill: `duration` is that of the session that goes on, or of the last one, in seconds."""

    state: BeltState
    available: bool
    duration: float | None
    unclaimed: int

    @property
    def in_use(self) -> bool:
        """Whether the belt moves."""
        return self.state.is_moving


class TreadmillCoordinator(DataUpdateCoordinator[TreadmillView]):
    """One treadmill, on disk and on show."""

    config_entry: TreadmillConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: TreadmillConfigEntry, belt: Belt, log: BeltLog, store: TreadmillStore
    ) -> None:
        """Take charge of a treadmill."""
        super().__init__(hass, LOGGER, config_entry=entry, name=entry.title)
        self.belt = belt
        self.log = log
        self.odometer = Odometer()
        self._store = store
        self._following = asyncio.Lock()
        self._is_heard = False
        self._occasions: list[tuple[str, Occasion]] = []
        self._asks: list[Ask] = []
        self._saved = dt_util.utcnow()
        self._shown = datetime.min.replace(tzinfo=dt_util.UTC)
        self._end_timer: CALLBACK_TYPE | None = None
        self._listening: dict[str, CALLBACK_TYPE] = {}
        self.data = self._view(dt_util.utcnow())

    # Who uses it

    @property
    def runners(self) -> Mapping[str, str]:
        """The names of the runners who use it, by the ids of their entries."""
        entries = (self.hass.config_entries.async_get_entry(runner) for runner in self.config_entry.data[CONF_RUNNERS])
        return {entry.entry_id: entry.title for entry in entries if entry}

    def runner(self, entry_id: str) -> HomeGymCoordinator | None:
        """Return the coordinator of a runner, None while there is none."""
        entry = self.hass.config_entries.async_get_entry(entry_id)
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return None
        coordinator: HomeGymCoordinator = entry.runtime_data
        return coordinator

    def _presumed(self) -> str | None:
        at_home = {runner: (found := self.runner(runner)) is not None and found.home for runner in self.runners}
        return presumed(ClaimMode(self.config_entry.data[CONF_CLAIM]), at_home)

    # Beginning and end

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> None:
        """Begin to follow the runners, and hand over all that ends it."""
        on_unload(self._stop)
        on_unload(async_dispatcher_connect(self.hass, SIGNAL_RUNNER_READY, self._async_handle_runner_ready))
        for runner in self.runners:
            self._async_handle_runner_ready(runner)
        self._async_take([], dt_util.utcnow())

    @callback
    def async_on_ask(self, ask: Ask) -> None:
        """Have somebody asked, through this, whose a session is."""
        self._asks.append(ask)

    async def async_save(self) -> None:
        """Write down all that is known."""
        self._saved = dt_util.utcnow()
        # What a belt has not looked at would count as time in which nobody watched.
        self._async_take(self.belt.tick(self._saved), self._saved)
        await self._store.async_save(self.belt.memory(), self.log)

    @callback
    def _stop(self) -> None:
        self._stop_timer()
        for end in self._listening.values():
            end()
        self._listening.clear()

    # What is heard

    @callback
    def async_report(self, level: float | None, at: datetime) -> None:
        """Take a level: watts or metres a second, None where it is not known."""
        self._is_heard = level is not None
        self._async_take(self.belt.report(level, at), at)

    @callback
    def async_replay(self, history: list[tuple[datetime, float | None]]) -> None:
        """Take what was reported while Home Assistant was down."""
        self._async_take(self.belt.replay(history), dt_util.utcnow())

    @callback
    def _async_handle_time(self, now: datetime) -> None:
        self._end_timer = None
        self._async_take(self.belt.tick(now), now)

    @callback
    def _async_take(self, events: list[BeltEvent], now: datetime) -> None:
        """Note what happened, show it, and let the rest follow."""
        for event in events:
            self._note(event, now)
        self._show(now, anew=bool(events))
        self._set_timer(now)
        if events or (self.belt.session and now - self._saved >= SAVED_EVERY):
            self._saved = now
            self._async_follow_soon()

    def _note(self, event: BeltEvent, now: datetime) -> None:
        match event:
            case WokeUp(at=at):
                self._call_for_warm_up(at, now)
            case Started(at=at):
                runner = self._presumed()
                self.log.open = OpenClaim(start=at, runner=runner, certainty=Certainty.GUESSED if runner else None)
                self._call_for_warm_up(at, now)
            case Slowed(at=at):
                self._call_for(Habit.COOL_DOWN, at, now)
            case Stopped(session=session):
                claim, self.log.open = self.log.open, None
                if session:
                    span = run_span(session)
                    self.log.add(
                        BeltRecord(
                            session=session,
                            distance=self.odometer.between(*span) if span else None,
                            runner=claim.runner if claim else None,
                            certainty=claim.certainty if claim else None,
                        )
                    )
                self.odometer.clear()
            case GaitChanged() | FellAsleep():
                pass

    def _call_for_warm_up(self, at: datetime, now: datetime) -> None:
        """Call for the warm-up once, when the treadmill wakes or is started."""
        called_for = self.log.warm_up_called_for
        if called_for is None or at - called_for > WARM_FOR:
            self.log.warm_up_called_for = at
            self._call_for(Habit.WARM_UP, at, now)

    def _call_for(self, habit: Habit, at: datetime, now: datetime) -> None:
        runner = self.log.open.runner if self.log.open else self._presumed()
        # What a restart brought to light too late is nobody's business any more.
        if runner and now - at < OCCASION_LASTS:
            occasion = Occasion(id=f"{self.config_entry.entry_id}/{at.isoformat()}", habit=habit, at=at)
            self._occasions.append((runner, occasion))

    # What is shown

    def _show(self, now: datetime, *, anew: bool) -> None:
        is_older = self.belt.session is not None and now - self._shown >= SHOWN_EVERY
        if anew or is_older or self._view(now).available != self.data.available:
            self._shown = now
            self.async_set_updated_data(self._view(now))

    def _view(self, now: datetime) -> TreadmillView:
        start = self.belt.session
        last = max(self.log.records.values(), key=lambda record: record.session.start, default=None)
        duration = (last.session.end - last.session.start).total_seconds() if last else None
        return TreadmillView(
            state=self.belt.state,
            available=self._is_heard or start is not None,
            duration=duration if start is None else (now - start).total_seconds(),
            unclaimed=len(self.log.unclaimed()),
        )

    @callback
    def _set_timer(self, now: datetime) -> None:
        self._stop_timer()
        instants = [self.belt.deadline(), self.log.waits_until(now)]
        instants += [self._shown + SHOWN_EVERY] if self.belt.session else []
        if later := [instant for instant in instants if instant]:
            self._end_timer = async_track_point_in_utc_time(self.hass, self._async_handle_time, min(later))

    @callback
    def _stop_timer(self) -> None:
        if self._end_timer:
            self._end_timer()
            self._end_timer = None

    # Whose it is

    async def async_claim(self, runner: str, record: str | None = None) -> None:
        """Take somebody's word on whose a session is: the one that goes on, or the last, unless one is named.

        `runner` is a runner's id, or `GUEST`. Raises HomeAssistantError where there is no session to claim.
        """
        claim = self.log.open
        if record is None and claim and self.belt.session:
            before, self.log.open = claim, replace(claim, runner=runner, certainty=Certainty.SAID, told=False)
            await self._async_end_run(before)
        else:
            claimable = [*self.log.unclaimed(), *reversed(self.log.records.values())]
            found = record or next((each.id for each in claimable), None)
            if found not in self.log.records:
                raise HomeAssistantError(translation_domain=DOMAIN, translation_key="nothing_to_claim")
            self._settle(self.log.claim(found, runner, Certainty.SAID))
        now = dt_util.utcnow()
        self._show(now, anew=True)
        await self.async_follow()

    def _settle(self, claim: Claim | None) -> None:
        """Have a session that was another runner's taken out of the journal where it was."""
        if claim and claim.before.runner and claim.before.delivered and claim.before.runner != claim.record.runner:
            told = activities_of(self.config_entry.entry_id, claim.before, None)
            self.log.take_back(claim.before.runner, [one.id for one in told])

    @callback
    def _async_handle_runner_ready(self, runner: str) -> None:
        """Follow a runner, who was perhaps set up anew."""
        coordinator = self.runner(runner) if runner in self.runners else None
        if coordinator is None:
            return
        if end := self._listening.pop(runner, None):
            end()
        self._listening[runner] = coordinator.async_add_listener(lambda: self._async_compare(runner))
        self._async_compare(runner)
        self._async_follow_soon()

    @callback
    def _async_compare(self, runner: str) -> None:
        """Look whether a watch saw a run in a session: then the session is that runner's, and teaches the speed."""
        coordinator = self.runner(runner)
        if coordinator is None:
            return
        changed = False
        for record in tuple(self.log.records.values()):
            run = self._watched_run(coordinator, record)
            if run is None:
                continue
            claim = self.log.claim(record.id, runner, Certainty.WATCH) if record.runner != runner else None
            self._settle(claim)
            if self.log.records[record.id].runner == runner:
                changed |= self.log.learn(runner, record, run)
            changed |= claim is not None
        if changed:
            self._show(dt_util.utcnow(), anew=True)
            self._async_follow_soon()

    def _watched_run(self, coordinator: HomeGymCoordinator, record: BeltRecord) -> Run | None:
        """Return the run in a session that something other than the treadmill saw, indoors as far as it tells."""
        session = record.session
        for run in coordinator.runner.runs_between(session.start - FURTHEST_APART, session.end):
            if run.indoor is not False and is_in(run, session) and coordinator.runner.origins_of(run) - OWN:
                return run
        return None

    # Letting the rest follow

    @callback
    def _async_follow_soon(self) -> None:
        self.config_entry.async_create_background_task(
            self.hass, self.async_follow(), f"{self.config_entry.title}: follow"
        )

    async def async_follow(self) -> None:
        """Save, then tell the runners what they don't know yet; what fails is tried again at the next occasion."""
        async with self._following:
            await self.async_save()
            try:
                await self._async_tell()
            except HomeAssistantError as error:
                LOGGER.warning("%s: a runner could not be told for now: %s", self.config_entry.title, error)
            await self.async_save()
        self._report_unclaimed()

    async def _async_tell(self) -> None:
        for runner, activities in tuple(self.log.withdrawals.items()):
            if coordinator := self.runner(runner):
                await coordinator.async_withdraw(activities)
                del self.log.withdrawals[runner]
        for runner, occasion in tuple(self._occasions):
            self._occasions.remove((runner, occasion))
            if coordinator := self.runner(runner):
                await coordinator.async_occur(occasion)
        for runner in self.runners:
            await self._async_tell_runner(runner)
        for record in self.log.unclaimed():
            if not record.asked:
                self.log.asked(record.id)
                for ask in self._asks:
                    ask(record)

    async def _async_tell_runner(self, runner: str) -> None:
        coordinator = self.runner(runner)
        if coordinator is None:
            return
        claim = self.log.open
        runs = self.belt.state is BeltState.RUNNING and claim is not None and claim.runner == runner
        if runs and claim and self.config_entry.entry_id not in coordinator.runner.running_on:
            self.log.open = replace(claim, told=True)
            await coordinator.async_start_run(self.config_entry.entry_id, claim.start, tell=not claim.told)
        elif not runs and self.config_entry.entry_id in coordinator.runner.running_on:
            await coordinator.async_end_run(self.config_entry.entry_id)
        for record in self.log.to_deliver(runner):
            await coordinator.async_deliver(await self._async_activities(runner, record), live=True)
            self.log.delivered(record.id)

    async def _async_end_run(self, claim: OpenClaim) -> None:
        """Take back that somebody runs who doesn't."""
        coordinator = self.runner(claim.runner) if claim.runner else None
        if coordinator and self.config_entry.entry_id in coordinator.runner.running_on:
            await coordinator.async_end_run(self.config_entry.entry_id)

    async def _async_activities(self, runner: str, record: BeltRecord) -> list[Activity]:
        """Return the activities that a session was, with a distance where the runner's speed on this belt is known."""
        span = run_span(record.session)
        speed = await self.hass.async_add_executor_job(self.log.speed_of, runner, record.session.end)
        estimated = speed.distance(record.session, *span) if speed and span else None
        return activities_of(self.config_entry.entry_id, record, estimated)

    def _report_unclaimed(self) -> None:
        """Keep a repair issue as long as nobody said for a day whose a session is."""
        overdue = self.log.overdue(dt_util.utcnow())
        issue_id = unclaimed_issue_id(self.config_entry.entry_id)
        if not overdue:
            ir.async_delete_issue(self.hass, DOMAIN, issue_id)
            return
        ir.async_create_issue(
            self.hass,
            DOMAIN,
            issue_id,
            is_fixable=True,
            severity=ir.IssueSeverity.WARNING,
            translation_key="unclaimed",
            translation_placeholders={"treadmill": self.config_entry.title, "count": str(len(overdue))},
            data={"entry_id": self.config_entry.entry_id},
        )


def unclaimed_issue_id(entry_id: str) -> str:
    """Return the id of the repair issue that asks whose the sessions on a treadmill were."""
    return f"unclaimed_{entry_id}"
