"""A watched folder: recordings that land there become activities within two seconds.

It looks once a second, which costs one `stat` for each folder while nothing is new. The kernel's notifications would
be quicker by part of a second, but are blind on network drives, where watches and phones often sync to, and would be
the integration's only dependency.
"""

import asyncio
from collections import Counter
from datetime import datetime
from itertools import batched
from pathlib import Path
from time import monotonic

from homeassistant.components import persistent_notification
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import CONF_FOLDER, CONF_SINCE, DOMAIN, LOGGER
from ..gym.activity import Sport
from ..gym.phrases import line
from . import Deliver, SourceConfig
from .ledger import Ledger
from .recordings import Reading, Recordings

LOOK_EVERY = 1
AT_ONCE = 25
# A repair issue that lists more files than this helps nobody.
LISTED = 20


async def watch(hass: HomeAssistant, config: SourceConfig, deliver: Deliver) -> CALLBACK_TYPE:
    """Watch the folder of a subentry, and return what ends that."""
    ledger = Ledger(hass, config.subentry_id)
    await ledger.async_load()
    watcher = FolderWatcher(hass, config, deliver, ledger)
    task = hass.async_create_background_task(watcher.async_run(), f"{config.runner}: {config.data[CONF_FOLDER]}")

    @callback
    def end() -> None:
        task.cancel()

    return end


class FolderWatcher:
    """Looks into a folder again and again, and hands over what is new."""

    def __init__(self, hass: HomeAssistant, config: SourceConfig, deliver: Deliver, ledger: Ledger) -> None:
        """Watch for one subentry."""
        self._hass = hass
        self._config = config
        self._deliver = deliver
        self._ledger = ledger
        self._folder: str = config.data[CONF_FOLDER]
        self._since = datetime.fromisoformat(config.data[CONF_SINCE]).timestamp()
        self._recordings = Recordings(Path(self._folder), ledger.known)
        self._reachable = True
        self._reported: dict[str, str] = {}

    async def async_run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self._look()
            except OSError as error:
                if self._reachable:
                    LOGGER.warning("%s cannot be looked into for now: %s", self._folder, error)
                self._reachable = False
            else:
                if not self._reachable:
                    LOGGER.info("%s can be looked into again", self._folder)
                self._reachable = True
            await asyncio.sleep(LOOK_EVERY)

    async def _look(self) -> None:
        now = monotonic()
        paths = await self._hass.async_add_executor_job(self._recordings.find, now)
        told: Counter[str] = Counter()
        for done, some in enumerate(batched(paths, AT_ONCE, strict=False)):
            readings = await self._hass.async_add_executor_job(self._recordings.read, some, now)
            await self._take(readings)
            told["read"] += sum(reading.problem is None for reading in readings)
            told["unread"] += sum(reading.problem is not None for reading in readings)
            told["runs"] += sum(activity.sport is Sport.RUN for reading in readings for activity in reading.activities)
            if len(paths) > AT_ONCE:
                LOGGER.info("%s: %d of %d recordings", self._folder, min((done + 1) * AT_ONCE, len(paths)), len(paths))
        self._report_problems()
        if not self._ledger.looked_before:
            self._ledger.looked_before = True
            self._ledger.save_soon()
            if told["read"]:
                self._tell_of_history(told)

    async def _take(self, readings: list[Reading]) -> None:
        """Hand over what was read, and remember that only once it is safe."""
        for live in (False, True):
            activities = [
                activity
                for reading in readings
                for activity in reading.activities
                if (reading.arrived >= self._since) is live
            ]
            if activities:
                await self._deliver(activities, live=live)
        for reading in readings:
            self._ledger.problems.pop(reading.path, None)
            if reading.problem:
                LOGGER.warning("%s in %s: %s", reading.path, self._folder, reading.problem)
                self._ledger.problems[reading.path] = reading.problem
        if readings:
            self._recordings.settle(readings)
            self._ledger.save_soon()

    def _report_problems(self) -> None:
        """List what could not be read in one repair issue, as long as it is there."""
        problems = {path: problem for path, problem in self._ledger.problems.items() if self._recordings.is_there(path)}
        if problems == self._reported:
            return
        self._reported = problems
        self._ledger.problems = dict(problems)
        issue_id = unreadable_issue_id(self._config.subentry_id)
        if not problems:
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)
            return
        reasons = [
            f"- `{path}`: {line(self._config.phrases, f'reason.{problem}')}"
            for path, problem in sorted(problems.items())
        ]
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="unreadable_recordings",
            translation_placeholders={
                "folder": self._folder,
                "count": str(len(reasons)),
                "files": "\n".join(reasons[:LISTED]),
            },
        )

    def _tell_of_history(self, told: Counter[str]) -> None:
        persistent_notification.async_create(
            self._hass,
            line(
                self._config.phrases,
                "history.message",
                folder=self._folder,
                recordings=told["read"],
                runner=self._config.runner,
                runs=told["runs"],
                unread=told["unread"],
            ),
            line(self._config.phrases, "history.title"),
            f"{DOMAIN}_{self._config.subentry_id}",
        )


def unreadable_issue_id(subentry_id: str) -> str:
    """Return the id of the repair issue that lists what a folder source could not read."""
    return f"unreadable_{subentry_id}"
