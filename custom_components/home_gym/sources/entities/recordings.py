"""Fetcher of whole recordings: an integration downloads the recording of each run, one at a time.

The entity's own figures never wait for it. A failed request is repeated at growing pauses, and given up at last: the
service has no recording of a run that was typed in by hand.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ...const import CONF_RUNS, LOGGER
from ...deadline import Deadline
from ...gym.integrations.efforts import with_named_sport
from ...gym.integrations.looks import pause_after, pause_of_one
from ...gym.integrations.model import Preset
from ...gym.recordings.errors import RecordingFault
from ...gym.runs.activity import Activity
from ...issues.repair_issue import RECORDINGS_FAILING
from .. import Deliver, SourceConfig
from ..folder.recordings import parsed
from .downloads import async_recording
from .recording_ledger import RecordingLedger, Request
from .snapshots import shown_by

PACE = timedelta(seconds=10)
"""Between two downloads."""

RETRY = timedelta(minutes=5)
"""Before another attempt while the account shows nothing, or the journal can't be written."""

MAX_ATTEMPTS = 10
"""Requests for one recording; with their pauses they take five days."""

FAILING_FOR = timedelta(days=1)
"""Failures that end sooner only stand in the log."""

type Read = tuple[str, tuple[Activity, ...], str | None]
"""A recording that was read: the service's own id, the activities, and the problem of the others."""


class RecordingFetcher:
    """Fetches the recordings of one source, the news first."""

    def __init__(
        self, hass: HomeAssistant, config: SourceConfig, deliver: Deliver, preset: Preset, ledger: RecordingLedger
    ) -> None:
        """Fetch for one subentry, by the actions of its preset; raises ValueError for a preset without them."""
        if preset.recordings is None:
            raise ValueError(f"{preset.service} has no recordings")
        self._hass = hass
        self._config = config
        self._deliver = deliver
        self._preset = preset
        self._actions = preset.recordings
        self._ledger = ledger
        self._deadline = Deadline(hass, self._async_begin)
        self._task: asyncio.Task[None] | None = None
        self._news: set[str] = set()
        self._due: dict[str, datetime] = {}
        self._undelivered: Read | None = None
        self._failures = 0
        self._fails_since: datetime | None = None
        self._failed: set[str] = set()

    @callback
    def async_start(self) -> None:
        """Go on with the requests that wait."""
        if self._ledger.waiting():
            self._deadline.async_set_in(PACE)

    @callback
    def async_end(self) -> None:
        """Stop fetching."""
        self._deadline.async_cancel()
        if self._task:
            self._task.cancel()

    async def async_request(self, activities: Iterable[Activity], *, live: bool) -> None:
        """Ask for the recordings of activities that were never asked for."""
        wanted = {own_id: each for each in activities if (own_id := self._preset.own_id_of(each)) is not None}
        new = {own_id: each for own_id, each in wanted.items() if own_id not in self._ledger.requests}
        if not new:
            return
        self._ledger.requests |= {own_id: Request(word=each.sub_sport) for own_id, each in new.items()}
        self._news |= new.keys() if live else set()
        try:
            await self._ledger.async_save()
        # The figures of the entities must not wait for a full disk.
        except Exception:  # noqa: BLE001
            LOGGER.exception("The ledger of recordings of %s can't be written for now", self._config.runner)
        is_busy = self._deadline.is_set or (self._task is not None and not self._task.done())
        if not is_busy or (live and not self._failures):
            self._deadline.async_set_in(0)

    @callback
    def _async_begin(self, _now: datetime) -> None:
        """Start a turn, unless one is in progress, which goes on by itself."""
        self._deadline.async_cancel()
        if self._task is None or self._task.done():
            turn = self._async_turn()
            self._task = self._hass.async_create_background_task(turn, f"{self._config.runner}: recordings")

    async def _async_turn(self) -> None:
        """Fetch the next recording, and set the time of another turn."""
        pause: timedelta | None
        try:
            pause = await self._async_fetch_next()
        # A stopped fetcher would lose recordings silently.
        except Exception:  # noqa: BLE001
            LOGGER.exception("A recording of %s can't be recorded for now", self._config.runner)
            pause = RETRY
        if pause is None and self._due:
            pause = max(min(self._due.values()) - dt_util.utcnow(), PACE)
        if pause is not None:
            self._deadline.async_set_in(pause)

    async def _async_fetch_next(self) -> timedelta | None:
        """Fetch one recording, and return the pause before another; None if none is due."""
        if self._undelivered:
            return await self._async_take(self._undelivered)
        own_id = self._next()
        if own_id is None:
            return None
        entity_id = shown_by(self._hass, self._config.data)
        has_action = self._hass.services.has_service(self._preset.service, self._actions.download)
        if entity_id is None or not has_action:
            return RETRY
        try:
            read = await self._async_read(own_id, entity_id)
        # Whatever the other integration raises, it is asked again later.
        except Exception as error:  # noqa: BLE001
            return await self._async_note_failure(own_id, error)
        self._end_failure()
        return await self._async_take(read)

    def _next(self) -> str | None:
        """Return the own id of the next recording: news first, then the fewest attempts, then the newest."""
        now = dt_util.utcnow()
        waiting = self._ledger.waiting()
        due = [own_id for own_id in waiting if self._due.get(own_id, now) <= now]
        return min(
            due, key=lambda own_id: (own_id not in self._news, waiting[own_id].attempts, -int(own_id)), default=None
        )

    async def _async_read(self, own_id: str, entity_id: str) -> Read:
        content = await async_recording(self._hass, self._preset.service, self._actions, own_id, entity_id)
        word = self._ledger.requests[own_id].word
        recorded, problem = await self._hass.async_add_executor_job(parsed, own_id, content)
        activities = tuple(with_named_sport(each, word, self._config.data[CONF_RUNS]) for each in recorded)
        if problem == RecordingFault.FUTURE:
            # Only the clock speaks against it, which may be wrong.
            raise ValueError(f"the recording of {own_id} is from the future")
        return own_id, activities, problem

    async def _async_take(self, read: Read) -> timedelta:
        """Deliver a recording, and then remember it; a failure raises, and the recording is kept."""
        own_id, activities, problem = self._undelivered = read
        if activities:
            await self._deliver(activities, live=own_id in self._news)
        self._undelivered = None
        ids = tuple(activity.id for activity in activities)
        await self._async_settle(own_id, Request(is_done=True, activities=ids, problem=problem))
        return PACE

    async def _async_settle(self, own_id: str, request: Request) -> None:
        """Remember a request with its end."""
        self._news.discard(own_id)
        self._due.pop(own_id, None)
        self._ledger.requests[own_id] = request
        await self._ledger.async_save()

    async def _async_note_failure(self, own_id: str, error: Exception) -> timedelta:
        """Report a failure, and return the time before the next request."""
        now = dt_util.utcnow()
        self._failures += 1
        self._failed.add(own_id)
        if self._fails_since is None:
            self._fails_since = now
            unexpected = None if isinstance(error, (HomeAssistantError, OSError, ValueError)) else error
            LOGGER.warning("%s sends no recording for now: %s", self._actions.name, error, exc_info=unexpected)
        # One activity without a recording says nothing about the service.
        if now - self._fails_since >= FAILING_FOR and len(self._failed) > 1:
            placeholders = {"service": self._actions.name, "runner": self._config.runner}
            RECORDINGS_FAILING.async_raise(self._hass, self._config.subentry_id, placeholders)
        request = self._ledger.requests[own_id]
        attempts = request.attempts + 1
        if attempts < MAX_ATTEMPTS:
            self._due[own_id] = now + pause_of_one(attempts)
            self._ledger.requests[own_id] = replace(request, attempts=attempts)
            await self._ledger.async_save()
        else:
            LOGGER.info("%s has no recording of %s", self._actions.name, own_id)
            gone = Request(attempts=attempts, is_done=True, problem=RecordingFault.NO_RECORDING)
            await self._async_settle(own_id, gone)
        return pause_after(self._failures)

    def _end_failure(self) -> None:
        """Log that the service sends recordings again, and clear the issue."""
        if self._fails_since is not None:
            LOGGER.warning("%s sends recordings again", self._actions.name)
        self._failures, self._fails_since = 0, None
        self._failed.clear()
        RECORDINGS_FAILING.async_clear(self._hass, self._config.subentry_id)
