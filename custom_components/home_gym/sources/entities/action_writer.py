"""Writer to another service: it calls an action of an integration for each open job, one at a time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.storage import STORAGE_DIR

from ...const import DOMAIN, LOGGER
from ...deadline import Deadline
from ...gym.integrations.looks import pause_after
from .. import RunnerAccess, SourceConfig
from .downloads import PATIENCE
from .recording_ledger import RecordingLedger
from .snapshots import shown_by

ATTR_FILE = "file_path"
"""Field of an action for an upload."""

SETTLED = timedelta(minutes=1)
"""After a change of the runner: a correction often follows another."""

PACE = timedelta(seconds=10)
"""Between two calls."""

LOOK = timedelta(hours=1)
"""Before another look without any change."""

MAX_ATTEMPTS = 10
"""Failed calls for one job before the next start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A call of an action.

    `fields` lack the entity of the account. `note` puts the job into the ledger, with its success; `is_noted_first`
    does so before the call, too. `file` is the content of a FIT file that goes with the call, and is removed after it.
    """

    key: tuple[str, str]
    fields: Mapping[str, Any]
    note: Callable[[bool], None]
    is_noted_first: bool = False
    file: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A kind of job: the integration's domain, its action, and the open jobs."""

    service: str
    action: str
    find: Callable[[], Iterable[Job]]


class ActionWriter:
    """Writes the jobs of one kind for one source, at growing pauses after failures."""

    def __init__(
        self, hass: HomeAssistant, config: SourceConfig, access: RunnerAccess, ledger: RecordingLedger, kind: Written
    ) -> None:
        """Write for one subentry."""
        self._hass = hass
        self._config = config
        self._access = access
        self._ledger = ledger
        self._kind = kind
        self._deadline = Deadline(hass, self._async_begin)
        self._task: asyncio.Task[None] | None = None
        self._end_following: CALLBACK_TYPE | None = None
        self._attempts: Counter[tuple[str, str]] = Counter()
        self._failures = 0
        self._is_idle = False

    @callback
    def async_start(self) -> None:
        """Follow the runner, and look for jobs."""
        self._end_following = self._access.follow(self._async_note_change)
        self._async_note_change()

    @callback
    def async_end(self) -> None:
        """Stop writing."""
        if self._end_following:
            self._end_following()
        self._deadline.async_cancel()
        if self._task:
            self._task.cancel()

    @callback
    def _async_note_change(self) -> None:
        """Schedule a look, unless one is due soon."""
        if self._is_idle or not self._deadline.is_set:
            self._is_idle = False
            self._deadline.async_set_in(SETTLED)

    @callback
    def _async_begin(self, _now: datetime) -> None:
        self._deadline.async_cancel()
        if self._task is None or self._task.done():
            work = self._async_write()
            self._task = self._hass.async_create_background_task(work, f"{self._config.runner}: {self._kind.action}")

    async def _async_write(self) -> None:
        """Write the first open job, and set the time of the next look."""
        tried = self._attempts
        jobs = (job for job in self._kind.find() if tried[job.key] < MAX_ATTEMPTS)
        job = min(jobs, key=lambda each: tried[each.key], default=None)
        entity_id = shown_by(self._hass, self._config.data)
        has_action = self._hass.services.has_service(self._kind.service, self._kind.action)
        self._is_idle = job is None or entity_id is None or not has_action
        if job is None or self._is_idle:
            self._deadline.async_set_in(LOOK)
            return
        try:
            async with self._file_of(job) as file:
                await self._async_call(job, {**job.fields, **file, ATTR_ENTITY_ID: entity_id})
        # Whatever the other integration raises, it is asked again later.
        except Exception as error:  # noqa: BLE001
            self._failures += 1
            self._attempts[job.key] += 1
            if self._failures == 1:
                LOGGER.warning("%s.%s fails for now: %s", self._kind.service, self._kind.action, error)
            self._deadline.async_set_in(pause_after(self._failures))
        else:
            self._failures = 0
            self._deadline.async_set_in(PACE)

    @asynccontextmanager
    async def _file_of(self, job: Job) -> AsyncIterator[dict[str, str]]:
        """Write the file of a job, if any, inside the configuration folder, the only place that others may read."""
        if job.file is None:
            yield {}
            return
        path = Path(self._hass.config.path(STORAGE_DIR, f"{DOMAIN}.upload.{self._config.subentry_id}.fit"))
        await self._hass.async_add_executor_job(_write, path, job.file)
        try:
            yield {ATTR_FILE: str(path)}
        finally:
            await self._hass.async_add_executor_job(partial(path.unlink, missing_ok=True))

    async def _async_call(self, job: Job, fields: Mapping[str, Any]) -> None:
        if job.is_noted_first:
            job.note(False)
            await self._ledger.async_save()
        async with asyncio.timeout(PATIENCE):
            await self._hass.services.async_call(self._kind.service, self._kind.action, {**fields}, blocking=True)
        job.note(True)
        await self._ledger.async_save()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
