"""Watcher of a service: it takes new activities, follows edits and deletions, and reads the history in between.

A look asks for the list of the last days; only new and changed activities cost a request each. Whatever fails is
repeated later, at growing intervals, and nothing is remembered before it is on disk.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ...const import CONF_ACCOUNT, CONF_ONLINE, CONF_PLANNED, CONF_SINCE, LOGGER
from ...gym.integrations.looks import pause_after, time_to_next_look
from ...gym.integrations.service_model import Listed
from ...gym.runs.activity import Activity, Sport
from .. import Deliver, SourceConfig
from .client import ServiceClient
from .errors import ServiceError, ServiceFault
from .ledger import ServiceLedger, Taken
from .reading import ServiceReading, read_activity
from .registry import SERVICES
from .reports import ServiceReports

RECENT = timedelta(days=14)
"""Days of the list that each look asks for."""

WIDE, WIDE_EVERY = timedelta(days=90), timedelta(days=1)
"""Days of the list that the first look of each day asks for: late edits and deletions."""

PLANNED, PLANNED_EVERY = timedelta(days=2), timedelta(hours=1)
WINDOW = timedelta(days=365)
EARLIEST = date(2000, 1, 1)
"""History ends here; no account has anything older."""

BATCH = 20
"""Activities read before they are delivered; each delivery writes the journal."""

PAUSE = 0.25
"""Seconds between two recordings of the history: the service allows ten requests a second."""

ABSENCES = 2
"""Looks without an activity before it counts as deleted: one list may be incomplete."""

LATE = timedelta(days=2)
MAX_LOOKS = 3
"""Looks for a recording that wasn't there, up to some time after the activity: it may be uploaded later."""

RECORDED = (Sport.RUN, Sport.OTHER)
"""Sports with recordings worth a request; the list says enough of others."""


async def watch(hass: HomeAssistant, config: SourceConfig, deliver: Deliver) -> CALLBACK_TYPE:
    """Watch the service of a subentry, and return the function to stop."""
    ledger = ServiceLedger(hass, config.subentry_id)
    await ledger.async_load(config.data[CONF_ACCOUNT], config.delivered)
    client = SERVICES[config.data[CONF_ONLINE]].client(hass, config.data)
    watcher = ServiceWatcher(hass, config, deliver, client, ledger)
    task = hass.async_create_background_task(watcher.async_run(), f"{config.runner}: {config.data[CONF_ONLINE]}")

    @callback
    def end() -> None:
        task.cancel()

    return end


class ServiceWatcher:
    """Looks at one account, and delivers new activities."""

    def __init__(
        self, hass: HomeAssistant, config: SourceConfig, deliver: Deliver, client: ServiceClient, ledger: ServiceLedger
    ) -> None:
        """Watch for one subentry."""
        self._hass = hass
        if config.access is None:
            raise ValueError("a service needs access to the runner")
        self._config = config
        self._access = config.access
        self._deliver = deliver
        self._client = client
        self._ledger = ledger
        self._reports = ServiceReports(hass, config, ledger)
        self._since = datetime.fromisoformat(config.data[CONF_SINCE])
        self._failures = 0
        self._failed_recordings: Counter[str] = Counter()
        self._window: list[Listed] | None = None
        self._looked_wide: datetime | None = None
        self._read_plans: datetime | None = None

    async def async_run(self) -> None:
        """Look until cancelled; then everything taken so far is saved."""
        try:
            await self._async_look_on()
        finally:
            await self._ledger.async_save_changes()

    async def _async_look_on(self) -> None:
        next_look = dt_util.utcnow()
        while True:
            try:
                if dt_util.utcnow() >= next_look or self._ledger.is_history_read:
                    await self._async_look()
                    next_look = dt_util.utcnow() + self._time_to_next_look()
                if not self._ledger.is_history_read:
                    await self._async_read_history()
                pause = timedelta(seconds=PAUSE)
            # A stopped source would lose runs silently, so looking continues after any exception.
            except Exception as error:  # noqa: BLE001
                pause = self._pause_after(error)
            else:
                self._failures = 0
                self._reports.end_failure()
                if self._ledger.is_history_read:
                    pause = next_look - dt_util.utcnow()
            await asyncio.sleep(max(pause.total_seconds(), PAUSE))

    def _time_to_next_look(self) -> timedelta:
        return time_to_next_look(dt_util.utcnow(), self._access.recent_ends())

    def _pause_after(self, error: Exception) -> timedelta:
        """Report a failure, and return the time before the next attempt."""
        self._failures += 1
        fault = error.fault if isinstance(error, ServiceError) else None
        self._reports.note_failure(error, fault)
        if fault is ServiceFault.REFUSED:
            self._access.ask_for_key()
        return pause_after(self._failures, error.retry_after if isinstance(error, ServiceError) else None)

    async def _async_look(self) -> None:
        """Take the news of the last days, and withdraw the deleted activities."""
        now = dt_util.utcnow()
        is_wide = self._looked_wide is None or now - self._looked_wide >= WIDE_EVERY
        oldest = (now - (WIDE if is_wide else RECENT)).date()
        shown = await self._client.async_listed(oldest, (now + timedelta(days=1)).date())
        if self._ledger.history_from is None:
            self._ledger.history_from = oldest
        await self._async_take(shown)
        await self._ledger.async_save_changes()
        whole_since = _start_of(oldest) + timedelta(days=1)
        await self._async_withdraw_absent(shown, max(whole_since, self._client.listed_since(now) or whole_since), now)
        if is_wide:
            self._looked_wide = now
        if self._config.data.get(CONF_PLANNED) and (
            self._read_plans is None or now - self._read_plans >= PLANNED_EVERY
        ):
            self._access.plan(await self._client.async_planned(now.date() - timedelta(days=1), (now + PLANNED).date()))
            self._read_plans = now

    async def _async_read_history(self) -> None:
        """Take a part of the activities before those read so far, the latest first."""
        now = dt_util.utcnow()
        listed_since = self._client.listed_since(now)
        earliest = max(EARLIEST, listed_since.date()) if listed_since else EARLIEST
        newest = self._ledger.history_from or now.date()
        oldest = max(newest - WINDOW, earliest)
        if self._window is None:
            shown = await self._client.async_listed(oldest, newest)
            self._window = sorted(shown, key=lambda each: each.start)
        batch = [each for each in self._window[-BATCH:] if self._is_new(each)]
        await self._async_take_batch(batch)
        del self._window[-BATCH:]
        if self._window:
            return
        self._window = None
        self._ledger.note_history(oldest, is_read=oldest == earliest)
        if self._ledger.is_history_read:
            await self._ledger.async_save()
            self._reports.announce_history()
        else:
            await self._ledger.async_save_soon()

    async def _async_take(self, shown: Sequence[Listed]) -> None:
        """Take the new and the changed activities of a list, the oldest first."""
        new = [each for each in sorted(shown, key=lambda each: each.start) if self._is_new(each)]
        for first in range(0, len(new), BATCH):
            await self._async_take_batch(new[first : first + BATCH])

    def _is_new(self, listed: Listed) -> bool:
        known = self._ledger.taken.get(listed.id)
        if known is None or known.stamp != listed.stamp:
            return True
        is_late = dt_util.utcnow() - listed.start > LATE
        return not (known.is_recorded or known.is_stub or is_late) and known.looks < MAX_LOOKS

    async def _async_take_batch(self, batch: Sequence[Listed]) -> None:
        """Read and deliver some activities, and then remember them."""
        readings: dict[str, tuple[Listed, ServiceReading]] = {}
        try:
            for listed in batch:
                readings[listed.id] = listed, await self._async_read(listed)
        finally:
            # What was read before a failure isn't asked for again.
            await self._async_deliver(list(readings.values()))

    async def _async_read(self, listed: Listed) -> ServiceReading:
        if listed.is_stub:
            return ServiceReading(activities=(), is_recorded=False)
        content = None
        if listed.activity is None or listed.activity.sport in RECORDED:
            content = await self._async_recording(listed.id)
            await asyncio.sleep(PAUSE)
        return await self._hass.async_add_executor_job(read_activity, listed, content, dt_util.utcnow())

    async def _async_recording(self, activity: str) -> bytes | None:
        """Return the recording of an activity; None for one that the service fails to send, after some attempts."""
        try:
            return await self._client.async_recording(activity)
        except ServiceError as error:
            self._failed_recordings[activity] += error.fault is ServiceFault.FAILING
            if self._failed_recordings[activity] < MAX_LOOKS:
                raise
            return None

    async def _async_deliver(self, readings: Sequence[tuple[Listed, ServiceReading]]) -> None:
        for live in (False, True):
            some = [
                activity
                for _, reading in readings
                for activity in reading.activities
                if self._is_news(activity) is live
            ]
            if some:
                await self._deliver(some, live=live)
        replaced: list[str] = []
        for listed, reading in readings:
            if reading.is_to_be_read_again:
                continue
            known = self._ledger.taken.get(listed.id)
            ids = tuple(activity.id for activity in reading.activities)
            replaced += [former for former in (known.activities if known else ()) if former not in ids]
            taken = Taken(
                start=listed.start,
                stamp=listed.stamp,
                activities=ids,
                is_run=reading.is_run,
                is_recorded=reading.is_recorded,
                is_stub=listed.is_stub,
                looks=(known.looks + 1 if known and known.stamp == listed.stamp else 1),
                problem=reading.problem,
            )
            self._ledger.take(listed.id, taken)
        if replaced:
            await self._access.withdraw(replaced)
        if readings:
            await self._ledger.async_save_soon()
            self._reports.report_stubs()

    def _is_news(self, activity: Activity) -> bool:
        """Return whether an activity ended after the source was added."""
        return activity.end is not None and activity.end >= self._since

    async def _async_withdraw_absent(self, shown: Sequence[Listed], since: datetime, until: datetime) -> None:
        """Withdraw the activities of a period without a place in the list, after a second look."""
        present = {listed.id for listed in shown}
        self._ledger.present(present)
        deleted = [
            own_id
            for own_id in self._ledger.absent(present, since, until)
            if self._ledger.taken[own_id].absences >= ABSENCES
        ]
        if not deleted:
            return
        activities = [activity for own_id in deleted for activity in self._ledger.taken[own_id].activities]
        await self._access.withdraw(activities)
        for own_id in deleted:
            del self._ledger.taken[own_id]
        LOGGER.info("%s: %d activities were deleted at the service", self._config.runner, len(deleted))
        await self._ledger.async_save()


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
