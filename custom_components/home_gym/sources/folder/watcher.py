"""Watcher of a folder: new recordings become activities within two seconds.

It polls once a second, which costs one `stat` for each folder without changes. The kernel's notifications would be
quicker by part of a second, but miss changes on network drives, where watches and phones often sync to, and would be
the integration's only dependency.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ...const import CONF_FOLDER, CONF_SINCE, DOMAIN, LOGGER
from ...gym.speech.phrases import line
from ...ha import persistent_notification
from ...issues.repair_issue import FOLDER_UNREADABLE
from ...markdown import escaped
from .. import Deliver, SourceConfig
from .ledger import Ledger
from .recordings import UNDELIVERED, Reading, Recordings, printable

SCAN_INTERVAL = 1
# Recordings read before they are delivered; each delivery writes the whole journal.
BATCH_SIZE = 200
# Longest list of files in a repair issue.
MAX_LISTED_FILES = 20


async def watch(hass: HomeAssistant, config: SourceConfig, deliver: Deliver) -> CALLBACK_TYPE:
    """Watch the folder of a subentry, and return the function to stop."""
    ledger = Ledger(hass, config.subentry_id)
    await ledger.async_load(config.data[CONF_FOLDER], config.delivered)
    watcher = FolderWatcher(hass, config, deliver, ledger)
    task = hass.async_create_background_task(watcher.async_run(), f"{config.runner}: {config.data[CONF_FOLDER]}")

    @callback
    def end() -> None:
        task.cancel()

    return end


class FolderWatcher:
    """Polls a folder, and delivers new recordings."""

    def __init__(self, hass: HomeAssistant, config: SourceConfig, deliver: Deliver, ledger: Ledger) -> None:
        """Watch for one subentry."""
        self._hass = hass
        self._config = config
        self._deliver = deliver
        self._ledger = ledger
        self._folder: str = config.data[CONF_FOLDER]
        self._recordings = Recordings(self._folder, datetime.fromisoformat(config.data[CONF_SINCE]).timestamp())
        self._fails = False
        self._reported: dict[str, str] | None = None
        self._history: Counter[str] = Counter()

    async def async_run(self) -> None:
        """Poll until cancelled."""
        while True:
            has_more = False
            try:
                has_more = await self._poll()
            # A stopped source would lose runs silently, so polling continues after any exception.
            except Exception as error:  # noqa: BLE001
                if not self._fails:
                    unexpected = None if isinstance(error, OSError) else error
                    LOGGER.warning("%s can't be read for now: %s", self._folder, error, exc_info=unexpected)
                self._fails = True
            else:
                if self._fails:
                    LOGGER.warning("%s can be read again", self._folder)
                self._fails = False
            if not has_more:
                await asyncio.sleep(SCAN_INTERVAL)

    async def _poll(self) -> bool:
        """Deliver the next batch, and return whether there are more files."""
        now = monotonic()
        paths = await self._hass.async_add_executor_job(self._recordings.find, now, self._ledger.is_known)
        if paths is None:
            return False
        readings = await self._hass.async_add_executor_job(self._recordings.read, paths[:BATCH_SIZE], now)
        taken = await self._take(readings)
        for reading in taken:
            self._ledger.remember(reading)
        self._recordings.settle(readings, taken={reading.path for reading in taken}, now=now)
        left = len(paths) - len(paths[:BATCH_SIZE])
        if len(paths) > 1:
            LOGGER.info("%s: %d recordings read, %d to go", self._folder, len(taken), left)
        if taken:
            self._log_outcome(taken)
        is_news = self._ledger.keep(self._recordings.paths) or bool(taken)
        if self._ends_history(taken) or is_news:
            await self._ledger.async_save()
        self._report_problems()
        return left > 0

    def _log_outcome(self, taken: Sequence[Reading]) -> None:
        """Log the outcome of a batch."""
        LOGGER.info(
            "%s: %d runs, %d doubtful recordings, %d refused in %d files",
            self._folder,
            sum(reading.runs for reading in taken),
            sum(reading.doubtful for reading in taken),
            sum(reading.problem is not None for reading in taken),
            len(taken),
        )

    async def _take(self, readings: Sequence[Reading]) -> Sequence[Reading]:
        """Deliver a batch, and return the readings on disk.

        After a failure they are delivered one by one, so that one bad recording does not stop the others.
        """
        if await self._is_delivered(readings):
            return readings
        return [reading for reading in readings if await self._is_delivered([reading])]

    async def _is_delivered(self, readings: Sequence[Reading]) -> bool:
        try:
            for live in (False, True):
                activities = [
                    activity for reading in readings if reading.live is live for activity in reading.activities
                ]
                if activities:
                    await self._deliver(activities, live=live)
        # After any exception the recordings are still in the folder for another attempt.
        except Exception:  # noqa: BLE001
            [first, *others] = readings
            if not others and (self._reported or {}).get(first.path) != UNDELIVERED:
                LOGGER.exception("%s in %s can't be recorded for now", printable(first.path), self._folder)
            return False
        return True

    def _report_problems(self) -> None:
        """Keep one repair issue with a list of the unreadable files."""
        problems = self._ledger.problems(self._recordings.paths) | self._recordings.stuck
        if problems == self._reported:
            return
        new = problems.items() - (self._reported or {}).items()
        self._reported = problems
        for path, problem in sorted(new):
            LOGGER.warning("%s in %s: %s", printable(path), self._folder, problem)
        if not problems:
            FOLDER_UNREADABLE.async_clear(self._hass, self._config.subentry_id)
            return
        reasons = [
            f"- `{printable(path)}`: {line(self._config.phrases, f'reason.{problem}')}"
            for path, problem in sorted(problems.items())
        ]
        FOLDER_UNREADABLE.async_raise(
            self._hass,
            self._config.subentry_id,
            {
                "folder": self._folder,
                "count": str(len(reasons)),
                "files": "\n".join(reasons[:MAX_LISTED_FILES]),
            },
        )

    def _ends_history(self, taken: Sequence[Reading]) -> bool:
        """Count the files from before the first survey, and return whether all of them are read."""
        if self._ledger.is_history_read:
            return False
        self._history["recordings"] += sum(reading.problem is None for reading in taken)
        self._history["unread"] += sum(reading.problem is not None for reading in taken)
        self._history["runs"] += sum(reading.runs for reading in taken)
        self._history["doubtful"] += sum(reading.doubtful for reading in taken)
        if self._recordings.has_history:
            return False
        self._ledger.is_history_read = True
        if self._history["recordings"] or self._history["unread"]:
            self._announce_history()
        return True

    def _announce_history(self) -> None:
        message = line(
            self._config.phrases,
            "history.message",
            folder=escaped(self._folder),
            recordings=self._history["recordings"],
            runner=escaped(self._config.runner),
            runs=self._history["runs"],
            unread=self._history["unread"],
        )
        if doubtful := self._history["doubtful"]:
            message = f"{message} {line(self._config.phrases, 'history.doubtful', doubtful=doubtful)}"
        title = line(self._config.phrases, "history.title")
        persistent_notification.async_create(self._hass, message, title, f"{DOMAIN}_{self._config.subentry_id}")
