"""Queue of imports and their progress, stored across restarts."""

from dataclasses import dataclass, field, replace
from typing import Any, Self

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store
from homeassistant.util.json import load_json_object

from ..const import DOMAIN, LOGGER
from ..gym.codec.codec import Codec
from ..gym.codec.schema import Dialect, stored
from .reader import IMPORT_START, ImportBatch, ImportCursor

VERSION = 1
# Longest list of files in a summary.
MAX_LISTED_FILES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One import: a file or folder, its title, and its result so far.

    `files` counts the recordings read, `skipped` the failed ones, some of them in `problems` with the keys of the
    reasons. `runs` counts the runs in them, `doubtful` the doubtful recordings if any,
    `runs_before` the runs already in the journal.
    """

    path: str
    name: str
    uploaded: bool = False
    begun: bool = False
    place: ImportCursor = field(default=IMPORT_START, metadata=stored(inline=True))
    files: int = 0
    runs: int = 0
    doubtful: int | None = field(default=None, metadata=stored(required=False))
    runs_before: int = 0
    skipped: int = 0
    problems: tuple[tuple[str, str], ...] = ()

    def after(self, batch: ImportBatch) -> Self:
        """Return the import after a saved batch."""
        return replace(
            self,
            place=batch.place,
            files=self.files + batch.files,
            runs=self.runs + batch.runs,
            doubtful=(self.doubtful or 0) + batch.doubtful or None,
            skipped=self.skipped + len(batch.problems),
            problems=(*self.problems, *batch.problems)[:MAX_LISTED_FILES],
        )


JOB = Codec(Job, Dialect(all_keys=True, omitted=(None,)))


@dataclass(slots=True)
class Queue:
    """The imports of one runner, the current one first, in a file of their own."""

    hass: HomeAssistant
    entry_id: str
    jobs: list[Job] = field(default_factory=list)
    _store: Store[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        """Name the file after the config entry."""
        key = f"{DOMAIN}.imports.{self.entry_id}"
        self._store = Store(self.hass, VERSION, key, private=True, atomic_writes=True)

    async def async_load(self) -> None:
        """Load the imports from before a restart."""
        try:
            # The store would report a file of broken JSON as a problem, and an import can be repeated by the user.
            await self.hass.async_add_executor_job(load_json_object, self._store.path)
            if plain := await self._store.async_load():
                self.jobs = [JOB.read(job) for job in plain["jobs"]]
        except (HomeAssistantError, AttributeError, KeyError, TypeError, ValueError) as error:
            LOGGER.warning("The list of imports is damaged, so they have to be asked for again: %r", error)

    async def async_save(self) -> None:
        """Save the queue."""
        await self._store.async_save({"jobs": [JOB.write(job) for job in self.jobs]})

    async def async_remove(self) -> None:
        """Remove the file."""
        await self._store.async_remove()
