"""Owns one treadmill: feeds its belt, keeps its log, and shows both.

What happened is first noted in the log, which is saved; then the runners are told. Telling is repeated until it
worked, so that neither a restart nor a runner who is just being set up loses a run.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import batched

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from ..const import CONF_ADDRESS, LOGGER, SIGNAL_RUNNER_READY
from ..deadline import Deadline
from ..gym.treadmill.detector import SessionDetector
from ..gym.treadmill.events import BeltEvent
from ..gym.treadmill.ftms import TreadmillData
from ..gym.treadmill.log import BeltRecord
from ..issues.unclaimed_sessions import async_report_unclaimed
from .household import TreadmillRunners
from .journals import RunDelivery
from .sessions import SessionBook
from .store import Kept, TreadmillStore
from .view import TreadmillView, view_of
from .watches import WatchMatcher

# A session's duration is shown anew so seldom that a long run doesn't fill the recorder.
SHOWN_EVERY = timedelta(minutes=30)
# A Bluetooth treadmill speaks each second, which nobody reads.
SHOWN_LIVE_EVERY = timedelta(seconds=5)
# A session that goes on is written down so often that a power cut loses little of its levels.
SAVED_EVERY = timedelta(minutes=1)
# What could not be told or saved is tried again after this.
TRIED_AGAIN_AFTER = timedelta(minutes=1)
# As many old reports as take a few milliseconds.
READINGS_PER_SLICE = 200

type TreadmillConfigEntry = ConfigEntry[TreadmillCoordinator]
type AskRunners = Callable[[BeltRecord], None]


class TreadmillCoordinator(DataUpdateCoordinator[TreadmillView]):
    """One treadmill, on disk and on show."""

    config_entry: TreadmillConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: TreadmillConfigEntry, belt: SessionDetector, kept: Kept, store: TreadmillStore
    ) -> None:
        """Take charge of a treadmill."""
        super().__init__(hass, LOGGER, config_entry=entry, name=entry.title)
        self.belt = belt
        self.log = kept.log
        self.odometer = kept.odometer
        self.household = TreadmillRunners(hass, entry)
        self._store = store
        self._watches = WatchMatcher(hass, entry.entry_id, self.household, self.log)
        self._journals = RunDelivery(hass, entry.entry_id, self.household, self.log)
        self._sessions = SessionBook(entry.entry_id, belt, kept, self.household, self._journals)
        self._asks: list[AskRunners] = []
        self._following = asyncio.Lock()
        # Whether somebody feeds the belt, and whether what came last was a level.
        self._is_followed = self._is_heard = False
        self.live: TreadmillData | None = None
        self._is_unsaved = self._is_about_to_follow = False
        self._saved = dt_util.utcnow()
        self._shown = self._shown_live = self._saved
        self._again: datetime | None = None
        self._deadline = Deadline(hass, self._async_handle_time)
        self._listening: dict[str, CALLBACK_TYPE] = {}
        self.data = self._view(self._saved)

    @property
    def runners(self) -> Mapping[str, str]:
        """The names of the runners who use it, by the ids of their entries."""
        return self.household.users

    # Beginning and end

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> None:
        """Begin to follow time and runners, and hand over what ends that."""
        self._is_followed = True
        on_unload(async_dispatcher_connect(self.hass, SIGNAL_RUNNER_READY, self._async_handle_runner_ready))
        for runner in self.runners:
            self._async_handle_runner_ready(runner)
        self._async_take([], dt_util.utcnow())
        self._async_follow_soon()

    @callback
    def async_on_ask(self, ask: AskRunners) -> None:
        """Have somebody asked, through this, whose a session is."""
        self._asks.append(ask)

    async def async_close(self) -> None:
        """Follow nothing any more, and write down all that is known."""
        self._look()
        self._is_followed = False
        self._deadline.async_cancel()
        for end in self._listening.values():
            end()
        self._listening.clear()
        await self._async_save()

    async def async_save(self) -> None:
        """Write down all that is known by now."""
        self._look()
        await self._async_save()

    # What is heard

    @callback
    def async_report(self, level: float | None, at: datetime) -> None:
        """Take a level: watts or metres a second, None where it is not known."""
        self._is_heard = level is not None
        self._async_take(self.belt.report(level, at), at)

    async def async_replay(self, history: Iterable[tuple[datetime, float | None]]) -> None:
        """Take what was reported while nobody listened; however much that is, nobody else waits for long."""
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
        """Note what happened, show it, and let the rest follow."""
        for event in events:
            self._sessions.take(event, now)
        self._show(now)
        if events or (self.belt.session and now - self._saved >= SAVED_EVERY):
            self._saved = now
            self._is_unsaved = True
            self._async_follow_soon()
        self._set_timer(now)

    # What is shown

    @callback
    def async_show_live(self, data: TreadmillData | None, at: datetime) -> None:
        """Show what a Bluetooth treadmill says, not with every word of it; None where it says nothing any more."""
        was_silent, self.live = self.live is None, _joined(self.live, data) if data else None
        if data is None or was_silent or at - self._shown_live >= SHOWN_LIVE_EVERY:
            self._shown_live = at
            self.async_update_listeners()

    def _show(self, now: datetime) -> None:
        """Show what is news; that a session takes longer and longer is none."""
        view = self._view(now)
        is_news = replace(view, duration=None) != replace(self.data, duration=None)
        if is_news or (self.belt.session and now - self._shown >= SHOWN_EVERY):
            self._shown = now
            self.async_set_updated_data(view)

    def _view(self, now: datetime) -> TreadmillView:
        # A treadmill on Bluetooth is connected only while somebody runs, and stands still otherwise.
        is_known = self._is_heard or CONF_ADDRESS in self.config_entry.data
        return view_of(self.belt, self.log, now, is_known=is_known)

    @callback
    def _set_timer(self, now: datetime) -> None:
        """Wait for the next instant at which something is to be done, once somebody feeds the belt."""
        if not self._is_followed:
            self._deadline.async_cancel()
            return
        instants = [self.belt.deadline(), self.log.waits_until(now), self._again]
        if self.belt.session:
            instants += [self._shown + SHOWN_EVERY, self._saved + SAVED_EVERY]
        if self.log.open and self.log.open.is_run(now):
            instants.append(self.log.open.break_over)
        self._deadline.async_set(min((instant for instant in instants if instant), default=None))

    # Whose it is

    async def async_claim(self, runner: str, record: str | None = None) -> None:
        """Take somebody's word on whose a session is: the one that goes on, or the one that is meant, unless named.

        `runner` is a runner's id, or `GUEST`. Raises HomeAssistantError where there is no session to claim.
        """
        self._sessions.claim(runner, record)
        self._is_unsaved = True
        self._show(dt_util.utcnow())
        await self.async_follow()

    @callback
    def _async_handle_runner_ready(self, runner: str) -> None:
        """Follow a runner, who was perhaps set up anew."""
        coordinator = self.household.runner(runner) if runner in self.runners else None
        if coordinator is None:
            return
        if end := self._listening.pop(runner, None):
            end()
        self._listening[runner] = coordinator.async_add_listener(self._async_follow_soon)
        self._async_follow_soon()

    # Letting the rest follow

    @callback
    def _async_follow_soon(self) -> None:
        """Follow, unless that is about to be done anyway."""
        if not self._is_about_to_follow:
            self._is_about_to_follow = True
            title = self.config_entry.title
            self.config_entry.async_create_background_task(self.hass, self.async_follow(), f"{title}: follow")

    async def async_follow(self) -> None:
        """Look what the watches tell, save, and tell the runners; what fails is tried again."""
        async with self._following:
            self._is_about_to_follow = False
            self._is_unsaved |= await self._watches.async_compare()
            self._ask()
            await self._async_save_changes()
            outcome = await self._journals.async_tell()
            self._is_unsaved |= outcome.is_news
            if not outcome.is_complete:
                self._again = dt_util.utcnow() + TRIED_AGAIN_AFTER
            await self._async_save_changes()
        now = dt_util.utcnow()
        self._show(now)
        self._set_timer(now)
        self._report_unclaimed()

    def _ask(self) -> None:
        """Ask once for each session whose it is, when no watch has told so."""
        for record in self._sessions.asked_about():
            self._is_unsaved = True
            for ask in self._asks:
                ask(record)

    def _report_unclaimed(self) -> None:
        async_report_unclaimed(self.hass, self.config_entry, len(self.log.overdue(dt_util.utcnow())))

    def _look(self) -> None:
        """Let the belt look: what it has not looked at would count as time in which nobody watched."""
        if self._is_followed:
            now = dt_util.utcnow()
            self._async_take(self.belt.tick(now), now)

    async def _async_save_changes(self) -> None:
        if self._is_unsaved:
            self._look()
            await self._async_save()

    async def _async_save(self) -> None:
        self._saved = dt_util.utcnow()
        self._is_unsaved = False
        await self._store.async_save(Kept(memory=self.belt.memory(), log=self.log, odometer=self.odometer))


def _joined(before: TreadmillData | None, data: TreadmillData) -> TreadmillData:
    """Return what is known after a record, which may leave out what the one before told."""
    told = {name: value for name in data.__slots__ if (value := getattr(data, name)) is not None}
    return replace(before, **told) if before else data
