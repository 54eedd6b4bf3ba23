"""Importer of a runner's queued files and folders, in the background, with progress notifications."""

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.start import async_at_started

from ..component import OnUnload
from ..const import DOMAIN, LOGGER
from ..coordinator import HomeGymCoordinator
from ..gym.speech.phrases import Phrases, line
from ..ha import persistent_notification
from ..markdown import escaped
from ..sources.folder.recordings import printable
from .job import Job, Queue
from .reader import ImportBatch, ImportReader
from .uploads import Piece, Received, add_piece, drop_uploads, forget_uploads

EVENT_IMPORT = f"{DOMAIN}_import"
# Seconds before a failed import is repeated.
AGAIN_AFTER = 60
# Looks for an absent file or folder since a start, a day of them: a network drive may wake later.
MAX_LOOKS = 1440


class Importer:
    """The imports of one runner, one at a time, each resumed after a restart."""

    def __init__(self, hass: HomeAssistant, coordinator: HomeGymCoordinator, phrases: Phrases) -> None:
        """Import for a runner."""
        self._hass = hass
        self._coordinator = coordinator
        self._entry: ConfigEntry[Any] = coordinator.config_entry
        self._phrases = phrases
        self._queue = Queue(hass, self._entry.entry_id)
        self._loading = asyncio.Lock()
        self._uploading = asyncio.Lock()
        self._loaded = False
        # Looks for each absent file or folder, by its path.
        self._looks: Counter[str] = Counter()
        self._task: asyncio.Task[None] | None = None

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Resume, once Home Assistant has started, the imports that a restart interrupted."""

        @callback
        def resume(hass: HomeAssistant) -> None:
            self._entry.async_create_background_task(hass, self.async_resume(), f"{self._entry.title}: imports")

        on_unload(async_at_started(self._hass, resume))

    async def async_resume(self) -> None:
        """Resume interrupted imports."""
        await self._async_load()
        self._begin()

    async def async_add(self, path: Path, *, uploaded: bool = False) -> None:
        """Queue the import of a file or folder; one already in the queue keeps its place."""
        await self._async_load()
        if all(job.path != str(path) for job in self._queue.jobs):
            self._queue.jobs.append(Job(path=str(path), name=path.name, uploaded=uploaded))
            await self._queue.async_save()
        self._begin()

    async def async_take_piece(self, piece: Piece) -> Received:
        """Add a piece to an upload, and queue the import of a complete file."""
        async with self._uploading:
            received = await self._hass.async_add_executor_job(add_piece, self._hass, self._entry.entry_id, piece)
            if received.path:
                await self.async_add(received.path, uploaded=True)
        return received

    async def _async_load(self) -> None:
        async with self._loading:
            if not self._loaded:
                await self._queue.async_load()
                await self._async_drop_uploads()
                self._loaded = True

    def _begin(self) -> None:
        if self._queue.jobs and (self._task is None or self._task.done()):
            name = f"{self._entry.title}: import"
            self._task = self._entry.async_create_background_task(self._hass, self._async_run(), name)

    async def _async_run(self) -> None:
        fails = False
        while self._queue.jobs:
            if not await self._async_choose():
                await asyncio.sleep(AGAIN_AFTER)
                continue
            try:
                await self._async_import()
            # A stopped import would lose runs silently, so it is repeated after any exception.
            except Exception as error:  # noqa: BLE001
                if not fails:
                    unexpected = None if isinstance(error, OSError) else error
                    name = printable(self._job.name)
                    LOGGER.warning("%s can't be imported for now: %s", name, error, exc_info=unexpected)
                    self._notify(self._said("waiting"))
                fails = True
                await asyncio.sleep(AGAIN_AFTER)
            else:
                fails = False

    async def _async_choose(self) -> bool:
        """Move the first import with an existing file or folder to the head of the queue; False without one."""
        jobs = self._queue.jobs
        for job in jobs:
            is_there = await self._hass.async_add_executor_job(Path(job.path).exists)
            self._looks[job.path] += 1
            if is_there or job.uploaded or self._looks[job.path] > MAX_LOOKS:
                del self._looks[job.path]
                jobs.remove(job)
                jobs.insert(0, job)
                return True
        job = jobs[0]
        if self._looks[job.path] == 1:
            LOGGER.warning("%s is not there, so its import waits", printable(job.path))
            self._notify(self._said("absent"))
        return False

    @property
    def _job(self) -> Job:
        return self._queue.jobs[0]

    async def _async_import(self) -> None:
        """Continue the first import."""
        if not await self._hass.async_add_executor_job(Path(self._job.path).exists):
            await self._async_end("gone", self._said("gone"))
            return
        if not self._job.begun:
            self._queue.jobs[0] = replace(self._job, begun=True, runs_before=len(self._coordinator.runner.runs))
            self._fire("started")
        reader = ImportReader(self._job.path, self._job.place)
        try:
            while batch := await self._hass.async_add_executor_job(reader.read):
                await self._async_take(batch)
        finally:
            reader.close()
        await self._async_end("finished", self._summary())

    async def _async_take(self, batch: ImportBatch) -> None:
        """Deliver a batch, and only then record the progress."""
        if batch.activities:
            await self._coordinator.async_deliver(batch.activities, live=False)
        self._queue.jobs[0] = self._job.after(batch)
        await self._queue.async_save()
        job = self._job
        self._notify(self._said("progress", files=job.files, runs=job.runs))
        self._fire("progress")

    async def _async_end(self, state: str, message: str) -> None:
        """Finish the first import."""
        self._notify(message)
        self._fire(state)
        del self._queue.jobs[0]
        await self._queue.async_save()
        await self._async_drop_uploads()

    async def _async_drop_uploads(self) -> None:
        waiting = {job.path for job in self._queue.jobs if job.uploaded}
        await self._hass.async_add_executor_job(drop_uploads, self._hass, self._entry.entry_id, waiting)

    def _fused(self) -> int:
        """Return the number of runs already known, or found several times."""
        return max(0, self._job.runs - (len(self._coordinator.runner.runs) - self._job.runs_before))

    def _summary(self) -> str:
        job = self._job
        message = self._said("finished", files=job.files, runs=job.runs, fused=self._fused(), skipped=job.skipped)
        if job.doubtful:
            message = f"{message} {self._said('doubtful', doubtful=job.doubtful)}"
        reasons = [f"- `{name}`: {line(self._phrases, f'reason.{problem}')}" for name, problem in job.problems]
        return "\n".join([message, *([""] if reasons else []), *reasons])

    def _said(self, key: str, **figures: int) -> str:
        """Return a line about the current import, with its names escaped for Markdown."""
        names = {"name": self._job.name, "path": self._job.path, "runner": self._entry.title}
        placeholders: dict[str, str | int] = {name: escaped(value) for name, value in names.items()}
        return line(self._phrases, f"import.{key}", turn=0, **placeholders, **figures)

    def _notify(self, message: str) -> None:
        title = line(self._phrases, "import.title")
        persistent_notification.async_create(self._hass, message, title, notification_id_of(self._entry.entry_id))

    def _fire(self, state: str) -> None:
        job = self._job
        self._hass.bus.async_fire(
            EVENT_IMPORT,
            {
                "config_entry_id": self._entry.entry_id,
                "name": job.name,
                "state": state,
                "files": job.files,
                "runs": job.runs,
                **({"doubtful": job.doubtful} if job.doubtful else {}),
                "fused": self._fused(),
                "skipped": job.skipped,
            },
        )


async def async_forget_imports(hass: HomeAssistant, entry_id: str) -> None:
    """Remove the queue and the uploads of a runner."""
    await Queue(hass, entry_id).async_remove()
    await hass.async_add_executor_job(forget_uploads, hass, entry_id)
    persistent_notification.async_dismiss(hass, notification_id_of(entry_id))


def notification_id_of(entry_id: str) -> str:
    """Return the id of the notification on a runner's imports."""
    return f"{DOMAIN}_import_{entry_id}"
