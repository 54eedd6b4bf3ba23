"""Watcher of other integrations' entities: it delivers their activities after all entities agree.

The first activity that an entity shows, after a start or an outage, is history, unless it ended while it was watched;
later ones are news. Activities are from_events apart by the service's id, never by a state.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    EventStateChangedData,
    async_track_state_change_event,
    async_track_time_interval,
)
from homeassistant.util import dt as dt_util

from ...const import CONF_ACCOUNT, CONF_RECORDINGS, LOGGER
from ...deadline import Deadline
from ...gym.integrations import PRESETS
from ...gym.integrations.model import Snapshot
from ...gym.runs.activity import Activity
from ...issues.repair_issue import ENTITIES_GONE, RECORDINGS_FAILING
from ...options.source import RECORDINGS
from .. import Deliver, SourceConfig
from .recording_ledger import RecordingLedger
from .recordings import RecordingFetcher
from .snapshots import async_snapshots, followed, preset_of, read
from .written import async_write

# Seconds without a change before reading, since sensors of one activity change one by one.
SETTLED = 10
# Seconds of continuous change before reading anyway.
MAX_SETTLING_TIME = 30
# Seconds before a failed delivery is repeated.
RETRY_SECONDS = 60
# A calendar reports no changes, and each query goes to its server.
ASK_EVERY = timedelta(minutes=30)


async def watch(hass: HomeAssistant, config: SourceConfig, deliver: Deliver) -> CALLBACK_TYPE:
    """Watch the entities of a subentry, and return the function to stop."""
    preset = preset_of(config.data)
    fetcher: RecordingFetcher | None = None
    ledger: RecordingLedger | None = None
    ends: list[CALLBACK_TYPE] = []
    if preset and preset.recordings:
        ledger = RecordingLedger(hass, config.subentry_id)
        await ledger.async_load(config.data[CONF_ACCOUNT], config.delivered)
        if config.data.get(CONF_RECORDINGS, RECORDINGS.default):
            fetcher = RecordingFetcher(hass, config, deliver, preset, ledger)
            fetcher.async_start()
            ends.append(fetcher.async_end)
        else:
            RECORDINGS_FAILING.async_clear(hass, config.subentry_id)
    watcher = EntityWatcher(hass, config, deliver, fetcher, ledger)
    if ledger and preset:
        ends += await async_write(hass, config, preset, ledger, watcher.is_delivered)
    watcher.async_start()
    ends.append(watcher.async_end)

    @callback
    def end() -> None:
        for each in ends:
            each()

    return end


class EntityWatcher:
    """Reads entities after a change has settled, and delivers new activities."""

    def __init__(
        self,
        hass: HomeAssistant,
        config: SourceConfig,
        deliver: Deliver,
        fetcher: RecordingFetcher | None,
        ledger: RecordingLedger | None,
    ) -> None:
        """Watch for one subentry; `fetcher` fetches the recordings of its activities, `ledger` has the created ones."""
        self._hass = hass
        self._config = config
        self._deliver = deliver
        self._fetcher = fetcher
        self._ledger = ledger
        self._preset = preset_of(config.data)
        self._since = dt_util.utcnow()
        self._followed: dict[str, str] | None = None
        self._readable: set[str] = set()
        self._delivered: dict[str, Activity] = {}
        self._events: list[Snapshot] = []
        self._ends: list[CALLBACK_TYPE] = []
        self._end_following: CALLBACK_TYPE = _nothing
        self._deadline = Deadline(hass, self._async_read_now)
        self._changed: datetime | None = None
        self._task: asyncio.Task[None] | None = None
        self._fails = False

    @callback
    def async_start(self) -> None:
        """Start watching, and read the current states."""
        listen = self._hass.bus.async_listen
        self._ends.append(listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._async_follow, self._is_relevant))
        if self._preset and self._preset.event:
            self._ends.append(listen(self._preset.event, self._async_take_event))
        if self._preset and self._preset.calendar:
            self._ends.append(async_track_time_interval(self._hass, self._async_read_now, ASK_EVERY))
        self._async_follow()

    def is_delivered(self, activity: str) -> bool:
        """Return whether the entities showed an activity since the start, by its id here."""
        return activity in self._delivered

    @callback
    def async_end(self) -> None:
        """Stop watching."""
        for end in (*self._ends, self._end_following, self._deadline.async_cancel):
            end()
        if self._task:
            self._task.cancel()

    @callback
    def _is_relevant(self, changed: er.EventEntityRegistryUpdatedData) -> bool:
        """Return whether a registry change may concern a watched entity; reading the whole registry takes a while."""
        entry = er.async_get(self._hass).async_get(changed["entity_id"])
        if self._preset is None or entry is None:
            return True
        return entry.platform == self._preset.service

    @callback
    def _async_follow(self, _event: Event[Any] | None = None) -> None:
        """Follow the current entities, by their current names."""
        entities = followed(self._hass, self._config.data)
        if entities == self._followed:
            return
        self._followed = entities
        self._end_following()
        self._end_following = async_track_state_change_event(self._hass, entities, self._async_note_change)
        self._report(is_gone=not entities)
        self._async_settle()

    @callback
    def _async_note_change(self, _event: Event[EventStateChangedData]) -> None:
        self._async_settle()

    @callback
    def _async_take_event(self, event: Event[Any]) -> None:
        """Keep an event until the sensors have settled; with several accounts its account is unknown."""
        accounts = {
            PRESETS[entry.platform].account_of(entry.unique_id)
            for entry in er.async_get(self._hass).entities.values()
            if self._preset and entry.platform == self._preset.service
        } - {None}
        if accounts == {self._config.data[CONF_ACCOUNT]}:
            self._events.append(Snapshot(key="event", state="", attributes=event.data))
            self._async_settle()

    @callback
    def _async_settle(self) -> None:
        """Schedule a read after a quiet moment, or after a longer time of continuous change."""
        now = dt_util.utcnow()
        self._changed = self._changed or now
        left = MAX_SETTLING_TIME - (now - self._changed).total_seconds()
        self._async_read_in(max(0.0, min(SETTLED, left)))

    def _async_read_in(self, delay: float) -> None:
        self._deadline.async_set_in(delay)

    @callback
    def _async_read_now(self, _now: datetime) -> None:
        """Start a read, unless one is in progress."""
        self._deadline.async_cancel()
        if self._task and not self._task.done():
            self._async_settle()
            return
        self._changed = None
        self._task = self._hass.async_create_task(self._async_read(), f"{self._config.runner}: entities")

    async def _async_read(self) -> None:
        """Deliver new activities; after any failure the read is repeated."""
        events, self._events = self._events, []
        try:
            shown = await async_snapshots(self._hass, self._config.data)
            activities = await self._async_not_created(read(self._config.data, [*shown, *events], dt_util.utcnow()))
            readable = {snapshot.key for snapshot in shown}
            is_first = bool(readable - self._readable)
            from_events = {activity.id for activity in read(self._config.data, events, dt_util.utcnow())}
            await self._async_deliver(
                activities, lambda activity: activity.id in from_events or self._is_news(activity, is_first=is_first)
            )
        # A stopped source would lose runs silently.
        except Exception:  # noqa: BLE001
            if not self._fails:
                LOGGER.exception("The activities of %s's entities can't be recorded for now", self._config.runner)
            self._fails = True
            self._events = [*events, *self._events]
            self._async_read_in(RETRY_SECONDS)
        else:
            self._fails = False
            self._readable = readable

    async def _async_not_created(self, activities: list[Activity]) -> list[Activity]:
        """Return the activities without those that were created here."""
        if self._ledger is None:
            return activities
        known = self._ledger.created.copy()
        others = [activity for activity in activities if not self._ledger.is_created(activity)]
        if known != self._ledger.created:
            await self._ledger.async_save()
        return others

    async def _async_deliver(self, activities: Iterable[Activity], is_news: Callable[[Activity], bool]) -> None:
        changed = [activity for activity in activities if self._delivered.get(activity.id) != activity]
        for live in (False, True):
            if some := [activity for activity in changed if is_news(activity) is live]:
                await self._deliver(some, live=live)
                self._delivered.update((activity.id, activity) for activity in some)
                if self._fetcher:
                    await self._fetcher.async_request(some, live=live)

    def _is_news(self, activity: Activity, *, is_first: bool) -> bool:
        """Return whether an activity ended while watched; known and returning ones did not."""
        if not is_first:
            return True
        known = self._config.delivered is not None and activity.id in self._config.delivered
        return not known and activity.end is not None and activity.end >= self._since

    def _report(self, *, is_gone: bool) -> None:
        """Raise a repair issue while there is no entity to follow."""
        if is_gone:
            ENTITIES_GONE.async_raise(self._hass, self._config.subentry_id, {"runner": self._config.runner})
        else:
            ENTITIES_GONE.async_clear(self._hass, self._config.subentry_id)


def _nothing() -> None:
    """End nothing."""
