"""The coordinator of one treadmill: it feeds the session detector, keeps the log, and publishes both.

Events are first written to the log, which is saved; then they are delivered to the runners. Delivery is repeated until
it succeeds, so that neither a restart nor a runner still in setup loses a run.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import batched

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from ..const import CONF_ADDRESS, LOGGER, SIGNAL_RUNNER_READY
from ..deadline import Deadline
from ..gym.treadmill.detector import SessionDetector
from ..gym.treadmill.events import BeltEvent
from ..gym.treadmill.ftms import TreadmillData
from ..gym.treadmill.log import BeltRecord
from ..gym.treadmill.presets import BeltFigure
from ..gym.treadmill.signal import counts_session
from ..issues.treadmill import async_report_unclaimed, async_report_unwritten
from .run_delivery import RunDelivery
from .runners import TreadmillRunners
from .session_book import SessionBook
from .store import StoredTreadmill, TreadmillStore
from .view import TreadmillView, view_of
from .watch_matcher import WatchMatcher

# The session's duration is published this seldom, so that a long run does not fill the recorder.
SHOWN_EVERY = timedelta(minutes=30)
# A Bluetooth treadmill sends records every second, more often than a display needs.
SHOWN_LIVE_EVERY = timedelta(seconds=5)
# A session in progress is saved this often, so that a power cut loses little of its levels.
SAVED_EVERY = timedelta(minutes=1)
# Pause before a failed delivery or save is repeated.
TRIED_AGAIN_AFTER = timedelta(minutes=1)
# Replaying this many readings takes a few milliseconds.
READINGS_PER_SLICE = 200

type TreadmillConfigEntry = ConfigEntry[TreadmillCoordinator]
type AskRunners = Callable[[BeltRecord], None]


class TreadmillCoordinator(DataUpdateCoordinator[TreadmillView]):
    """Coordinator of one treadmill."""

    config_entry: TreadmillConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: TreadmillConfigEntry,
        belt: SessionDetector,
        stored: StoredTreadmill,
        store: TreadmillStore,
    ) -> None:
        """Own a treadmill with its stored state."""
        super().__init__(hass, LOGGER, config_entry=entry, name=entry.title)
        self.belt = belt
        self.log = stored.log
        self.odometer = stored.odometer
        self.treadmill_runners = TreadmillRunners(hass, entry)
        self.store = store
        self._matcher = WatchMatcher(hass, entry.entry_id, self.treadmill_runners, self.log)
        self._delivery = RunDelivery(hass, entry.entry_id, self.treadmill_runners, self.log)
        self._sessions = SessionBook(entry.entry_id, belt, stored, self.treadmill_runners, self._delivery)
        self._asks: list[AskRunners] = []
        self._following = asyncio.Lock()
        # Whether a source feeds the detector, and whether the latest reading was a level.
        self._is_followed = self._is_heard = False
        self.live: TreadmillData | None = None
        self._is_unsaved = self._is_about_to_follow = self._is_behind = False
        self._saved = dt_util.utcnow()
        self._shown = self._shown_live = self._saved
        self._again: datetime | None = None
        self._deadline = Deadline(hass, self._async_handle_time)
        self._listening: dict[str, CALLBACK_TYPE] = {}
        self.data = self._view(self._saved)

    @property
    def runners(self) -> Mapping[str, str]:
        """The names of the treadmill's runners, by entry id."""
        return self.treadmill_runners.users

    # Start and end

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> None:
        """Follow time and runners, and register the end of that."""
        self._is_followed = True
        on_unload(async_dispatcher_connect(self.hass, SIGNAL_RUNNER_READY, self._async_handle_runner_ready))
        for runner in self.runners:
            self._async_handle_runner_ready(runner)
        self._async_take([], dt_util.utcnow())
        self._async_follow_soon()

    @callback
    def async_on_ask(self, ask: AskRunners) -> None:
        """Register a function that asks the runners about an unclaimed session."""
        self._asks.append(ask)

    async def async_close(self) -> None:
        """Stop following, and save."""
        self._tick()
        self._is_followed = False
        self._deadline.async_cancel()
        for end in self._listening.values():
            end()
        self._listening.clear()
        try:
            await self._async_save()
        finally:
            await self.store.async_close()

    async def async_save(self) -> None:
        """Save the current state."""
        self._tick()
        await self._async_save()

    # Readings

    @callback
    def async_report(self, level: float | None, at: datetime) -> None:
        """Take a level in watts or metres a second, None for unknown."""
        self._is_heard = level is not None
        self._async_take(self.belt.report(level, at), at)

    async def async_replay(self, history: Iterable[tuple[datetime, float | None]]) -> None:
        """Take past readings, in slices that leave the event loop free."""
        for reports in batched(history, READINGS_PER_SLICE, strict=False):
            self._async_take(self.belt.replay(reports), dt_util.utcnow())
            await asyncio.sleep(0)

    @callback
    def _async_handle_time(self, now: datetime) -> None:
        self._again = None
        self._async_take(self.belt.tick(now), now)
        self._async_follow_soon()

    @callback
    def _async_take(self, events: list[BeltEvent], now: datetime) -> None:
        """Record events, publish them, and schedule the delivery."""
        for event in events:
            self._sessions.take(event, now)
        self._show(now)
        if events or (self.belt.session and now - self._saved >= SAVED_EVERY):
            self._saved = now
            self._is_unsaved = True
            self._async_follow_soon()
        self._set_timer(now)

    # Published data

    @property
    def distance(self) -> float | None:
        """The metres of the current session by the treadmill's own counter; None without one.

        Over Bluetooth a treadmill counts its own sessions. An entity, or an impossible figure, may count a lifetime:
        what it grew by in the session is the distance.
        """
        if BeltFigure.SPEED not in self.config_entry.data:
            if self.live is None or self.live.total_distance is None:
                return None
            if counts_session(self.live):
                return self.live.total_distance
        session = self.belt.session
        return self.odometer.between(session, dt_util.utcnow()) if session else None

    @callback
    def async_show_live(self, data: TreadmillData | None, at: datetime, *, is_whole: bool = False) -> None:
        """Publish a treadmill's figures, at most every few seconds; None for a lost connection.

        Figures that a record lacks stay as they were, unless it `is_whole`.
        """
        was_silent, before = self.live is None, None if is_whole else self.live
        self.live = _merged(before, data) if data else None
        if data is None or was_silent or at - self._shown_live >= SHOWN_LIVE_EVERY:
            self._shown_live = at
            self.async_update_listeners()

    def _show(self, now: datetime) -> None:
        """Publish a changed view; a longer duration alone is published seldom."""
        view = self._view(now)
        is_news = replace(view, duration=None) != replace(self.data, duration=None)
        if is_news or (self.belt.session and now - self._shown >= SHOWN_EVERY):
            self._shown = now
            self.async_set_updated_data(view)

    def _view(self, now: datetime) -> TreadmillView:
        # A Bluetooth treadmill is connected only during a run, and otherwise stands still.
        is_known = self._is_heard or CONF_ADDRESS in self.config_entry.data
        return view_of(self.belt, self.log, now, is_known=is_known)

    @callback
    def _set_timer(self, now: datetime) -> None:
        """Wait for the next deadline, while a source feeds the detector."""
        if not self._is_followed:
            self._deadline.async_cancel()
            return
        instants = [self.belt.deadline(), self.log.waits_until(now), self._again]
        if self.belt.session:
            instants += [self._shown + SHOWN_EVERY, self._saved + SAVED_EVERY]
        if self.log.open and self.log.open.is_run(now):
            instants.append(self.log.open.break_over)
        self._deadline.async_set(min((instant for instant in instants if instant), default=None))

    # Claims and runners

    async def async_claim(self, runner: str, record: str | None = None) -> None:
        """Assign a session to a runner: the named one, else the one in progress, else the latest in doubt.

        `runner` is a runner's id, or `GUEST`. Raises HomeAssistantError without a session to claim.
        """
        self._sessions.claim(runner, record)
        self._is_unsaved = True
        self._show(dt_util.utcnow())
        await self.async_follow()

    @callback
    def _async_handle_runner_ready(self, runner: str) -> None:
        """Follow a runner, possibly after a reload."""
        coordinator = self.treadmill_runners.runner(runner) if runner in self.runners else None
        if coordinator is None:
            return
        if end := self._listening.pop(runner, None):
            end()
        self._listening[runner] = coordinator.async_add_listener(self._async_follow_soon)
        self._async_follow_soon()

    # Delivery

    @callback
    def _async_follow_soon(self) -> None:
        """Schedule `async_follow`, once."""
        if not self._is_about_to_follow:
            self._is_about_to_follow = True
            title = self.config_entry.title
            self.config_entry.async_create_background_task(self.hass, self.async_follow(), f"{title}: follow")

    async def async_follow(self) -> None:
        """Match watch runs, save, and deliver to the runners; a failed delivery is repeated."""
        async with self._following:
            self._is_about_to_follow = False
            self._is_unsaved |= await self._matcher.async_compare()
            self._ask()
            await self._async_save_changes()
            outcome = await self._delivery.async_deliver()
            self._is_unsaved |= outcome.is_news
            if not outcome.is_complete:
                self._again = dt_util.utcnow() + TRIED_AGAIN_AFTER
            await self._async_save_changes()
        now = dt_util.utcnow()
        self._show(now)
        self._set_timer(now)
        self._report_unclaimed()

    def _ask(self) -> None:
        """Ask once about each unclaimed session without a matching watch run."""
        for record in self._sessions.mark_asked():
            self._is_unsaved = True
            for ask in self._asks:
                ask(record)

    def _report_unclaimed(self) -> None:
        async_report_unclaimed(self.hass, self.config_entry, len(self.log.overdue(dt_util.utcnow())))

    def _tick(self) -> None:
        """Bring the detector up to now; otherwise the time since its last event counts as unobserved."""
        if self._is_followed:
            now = dt_util.utcnow()
            self._async_take(self.belt.tick(now), now)

    async def _async_save_changes(self) -> None:
        if self._is_unsaved:
            self._tick()
            await self._async_save()

    async def _async_save(self) -> None:
        """Save the state; a failed write is reported once, and repeated later."""
        now = self._saved = dt_util.utcnow()
        self._is_unsaved = False
        stored = StoredTreadmill(memory=self.belt.memory(), log=self.log, odometer=self.odometer)
        try:
            await self.store.async_save(stored)
        except HomeAssistantError as error:
            self._is_unsaved = True
            self._again = now + TRIED_AGAIN_AFTER
            if not self._is_behind:
                LOGGER.error("The log of %s can't be written: %s", self.name, error)
            self._is_behind = True
            async_report_unwritten(self.hass, self.config_entry, error)
            return
        if self._is_behind:
            LOGGER.info("The log of %s can be written again", self.name)
            async_report_unwritten(self.hass, self.config_entry, None)
        self._is_behind = False


def _merged(before: TreadmillData | None, data: TreadmillData) -> TreadmillData:
    """Merge a record into the previous one, since a treadmill may leave out unchanged figures."""
    fields = {name: value for name in data.__slots__ if (value := getattr(data, name)) is not None}
    return replace(before, **fields) if before else data
