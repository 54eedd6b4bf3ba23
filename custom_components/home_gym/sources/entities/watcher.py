"""Other integrations' entities: activities that they show are handed over when all they show agrees.

Whatever an entity shows first, after a start or after it could not be read, is history, unless it ended while it was
watched; only what comes later is news. What tells one activity from another is the id that its service gave it, never
a state.
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

from ...const import CONF_ACCOUNT, LOGGER
from ...deadline import Deadline
from ...gym.integrations import PRESETS
from ...gym.integrations.model import Snapshot
from ...gym.runs.activity import Activity
from ...issues.repair_issue import ENTITIES_GONE
from .. import Deliver, SourceConfig
from .snapshots import async_snapshots, followed, preset_of, read

# Seconds without a change before anything is read: sensors of one activity change one by one.
SETTLED = 10
# Seconds after which it is read all the same.
MAX_SETTLING_TIME = 30
# Seconds until what could not be delivered is tried again.
RETRY_SECONDS = 60
# A calendar tells of no change, and asking it asks somebody's server.
ASK_EVERY = timedelta(minutes=30)


async def watch(hass: HomeAssistant, config: SourceConfig, deliver: Deliver) -> CALLBACK_TYPE:
    """Follow the entities of a subentry, and return what ends that."""
    watcher = EntityWatcher(hass, config, deliver)
    watcher.async_start()
    return watcher.async_end


class EntityWatcher:
    """Reads entities when they changed and settled, and hands over what is new."""

    def __init__(self, hass: HomeAssistant, config: SourceConfig, deliver: Deliver) -> None:
        """Watch for one subentry."""
        self._hass = hass
        self._config = config
        self._deliver = deliver
        self._preset = preset_of(config.data)
        self._since = dt_util.utcnow()
        self._followed: dict[str, str] | None = None
        self._readable: set[str] = set()
        self._told: dict[str, Activity] = {}
        self._events: list[Snapshot] = []
        self._ends: list[CALLBACK_TYPE] = []
        self._end_following: CALLBACK_TYPE = _nothing
        self._deadline = Deadline(hass, self._async_read_now)
        self._changed: datetime | None = None
        self._task: asyncio.Task[None] | None = None
        self._fails = False

    @callback
    def async_start(self) -> None:
        """Begin to follow, and read what is shown already."""
        listen = self._hass.bus.async_listen
        self._ends.append(listen(er.EVENT_ENTITY_REGISTRY_UPDATED, self._async_follow, self._concerns_us))
        if self._preset and self._preset.event:
            self._ends.append(listen(self._preset.event, self._async_take_event))
        if self._preset and self._preset.calendar:
            self._ends.append(async_track_time_interval(self._hass, self._async_read_now, ASK_EVERY))
        self._async_follow()

    @callback
    def async_end(self) -> None:
        """Follow no more."""
        for end in (*self._ends, self._end_following, self._deadline.async_cancel):
            end()
        if self._task:
            self._task.cancel()

    @callback
    def _concerns_us(self, changed: er.EventEntityRegistryUpdatedData) -> bool:
        """Tell whether a change of the registry may be of what is followed; going through all of it takes a while."""
        entry = er.async_get(self._hass).async_get(changed["entity_id"])
        if self._preset is None or entry is None:
            return True
        return entry.platform == self._preset.service

    @callback
    def _async_follow(self, _event: Event[Any] | None = None) -> None:
        """Follow the entities that there are now, under their names of today."""
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
        """Keep an event until the sensors have settled; with several accounts nobody knows whose it is."""
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
        """Read when nothing has changed for a while, or after a longer while whatever changes."""
        now = dt_util.utcnow()
        self._changed = self._changed or now
        left = MAX_SETTLING_TIME - (now - self._changed).total_seconds()
        self._async_read_in(max(0.0, min(SETTLED, left)))

    def _async_read_in(self, delay: float) -> None:
        self._deadline.async_set_in(delay)

    @callback
    def _async_read_now(self, _now: datetime) -> None:
        """Read, but never twice at the same time."""
        self._deadline.async_cancel()
        if self._task and not self._task.done():
            self._async_settle()
            return
        self._changed = None
        self._task = self._hass.async_create_task(self._async_read(), f"{self._config.runner}: entities")

    async def _async_read(self) -> None:
        """Hand over what is new; whatever goes wrong, it is tried again."""
        events, self._events = self._events, []
        try:
            shown = await async_snapshots(self._hass, self._config.data)
            activities = read(self._config.data, [*shown, *events], dt_util.utcnow())
            readable = {snapshot.key for snapshot in shown}
            is_first = bool(readable - self._readable)
            told = {activity.id for activity in read(self._config.data, events, dt_util.utcnow())}
            await self._async_hand_over(activities, lambda one: one.id in told or self._is_news(one, is_first=is_first))
        # A source that gave up would lose runs without a word.
        except Exception:  # noqa: BLE001
            if not self._fails:
                LOGGER.exception("What %s's entities show can't be recorded for now", self._config.runner)
            self._fails = True
            self._events = [*events, *self._events]
            self._async_read_in(RETRY_SECONDS)
        else:
            self._fails = False
            self._readable = readable

    async def _async_hand_over(self, activities: Iterable[Activity], is_news: Callable[[Activity], bool]) -> None:
        changed = [activity for activity in activities if self._told.get(activity.id) != activity]
        for live in (False, True):
            if some := [activity for activity in changed if is_news(activity) is live]:
                await self._deliver(some, live=live)
                self._told.update((activity.id, activity) for activity in some)

    def _is_news(self, activity: Activity, *, is_first: bool) -> bool:
        """Tell whether an activity came while we watched; one that was known and is first seen again did not."""
        if not is_first:
            return True
        known = self._config.delivered is not None and activity.id in self._config.delivered
        return not known and activity.end is not None and activity.end >= self._since

    def _report(self, *, is_gone: bool) -> None:
        """Keep a repair issue for as long as there is nothing to follow."""
        if is_gone:
            ENTITIES_GONE.async_raise(self._hass, self._config.subentry_id, {"runner": self._config.runner})
        else:
            ENTITIES_GONE.async_clear(self._hass, self._config.subentry_id)


def _nothing() -> None:
    """End nothing."""
