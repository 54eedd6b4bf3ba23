"""Ledger of the activities taken from a service, so that a restart neither repeats nor forgets any.

A lost ledger is harmless: an activity that is delivered again changes nothing.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from homeassistant.core import HomeAssistant

from ..ledger_file import LedgerFile

SAVE_EVERY = timedelta(minutes=1)
"""Between two saves while a history is read: each writes the whole ledger, which grows with the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An activity taken from a service: its start, its version, and the ids of its activities here.

    `is_recorded` is whether its recording was read, `looks` counts the looks that found none, `absences` the looks at
    a list without it. `problem` is the key of the reason that it doesn't count.
    """

    start: datetime
    stamp: str
    activities: tuple[str, ...] = ()
    is_run: bool = False
    is_recorded: bool = False
    is_stub: bool = False
    looks: int = 0
    absences: int = 0
    problem: str | None = None


@dataclass(slots=True)
class ServiceLedger:
    """The activities taken from one account.

    `history_from` is the day from which on everything was read, None before the first look; `is_history_read` is set
    once that is the earliest day.
    """

    hass: HomeAssistant
    subentry_id: str
    account: str = ""
    taken: dict[str, Taken] = field(default_factory=dict)
    history_from: date | None = None
    is_history_read: bool = False

    # One for all saves, which it puts in order.
    _file: LedgerFile = field(init=False)
    _is_changed: bool = field(default=False, init=False)
    _saved_at: float = field(default=float("-inf"), init=False)

    def __post_init__(self) -> None:
        """Name the file after the subentry."""
        self._file = LedgerFile(self.hass, "service", self.subentry_id)

    async def async_load(self, account: str, delivered: Container[str] | None = None) -> None:
        """Load the activities of an account, without those that the journal lacks."""
        self.account = account
        damage = "The ledger of a service is damaged, so all activities are read again"
        if not await self._file.async_load(partial(self._recall, delivered=delivered), damage):
            self.taken.clear()

    async def async_save(self) -> None:
        """Save the ledger."""
        self._is_changed = False
        self._saved_at = self.hass.loop.time()
        # Thousands of rows would hold the event loop.
        taken = dict(self.taken)
        await self._file.async_save(await self.hass.async_add_executor_job(self._plain, taken))

    async def async_save_changes(self) -> None:
        """Save the ledger if anything was taken since the last save."""
        if self._is_changed:
            await self.async_save()

    async def async_save_soon(self) -> None:
        """Save the ledger if the last save was a while ago."""
        if self.hass.loop.time() - self._saved_at >= SAVE_EVERY.total_seconds():
            await self.async_save_changes()

    def take(self, own_id: str, taken: Taken) -> None:
        """Note an activity; the next save has it."""
        self.taken[own_id] = taken
        self._is_changed = True

    def note_history(self, since: date, *, is_read: bool) -> None:
        """Note that everything since a day was read, and whether that is all."""
        self.history_from, self.is_history_read = since, is_read
        self._is_changed = True

    def _plain(self, taken: Mapping[str, Taken]) -> dict[str, Any]:
        return {
            "account": self.account,
            "history_from": self.history_from.isoformat() if self.history_from else None,
            "is_history_read": self.is_history_read,
            "taken": {
                own_id: [
                    each.start.isoformat(),
                    each.stamp,
                    each.activities,
                    each.is_run,
                    each.is_recorded,
                    each.is_stub,
                    each.looks,
                    each.problem,
                ]
                for own_id, each in taken.items()
            },
        }

    async def async_remove(self) -> None:
        """Remove the ledger's file."""
        await self._file.async_remove()

    def absent(self, shown: Container[str], since: datetime, until: datetime) -> list[str]:
        """Count an absence of each activity of a period that a list doesn't show, and return their ids."""
        gone = [own_id for own_id, each in self.taken.items() if since <= each.start <= until and own_id not in shown]
        for own_id in gone:
            self.taken[own_id] = replace(self.taken[own_id], absences=self.taken[own_id].absences + 1)
        return gone

    def present(self, shown: Iterable[str]) -> None:
        """End the absences of activities."""
        for own_id in shown:
            if (each := self.taken.get(own_id)) and each.absences:
                self.taken[own_id] = replace(each, absences=0)

    def counts(self) -> dict[str, int]:
        """Return the numbers of activities, recordings, runs and stubs, and of activities by problem."""
        every = self.taken.values()
        return {
            "activities": len(every),
            "recordings": sum(each.is_recorded for each in every),
            "runs": sum(each.is_run for each in every),
            "stubs": sum(each.is_stub for each in every),
            **Counter(each.problem for each in every if each.problem),
        }

    def _recall(self, plain: Mapping[str, Any], delivered: Container[str] | None) -> None:
        if plain["account"] != self.account:
            return
        for own_id, (start, stamp, activities, is_run, is_recorded, is_stub, looks, problem) in plain["taken"].items():
            if delivered is None or all(activity in delivered for activity in activities):
                self.taken[str(own_id)] = Taken(
                    start=datetime.fromisoformat(start),
                    stamp=str(stamp),
                    activities=tuple(map(str, activities)),
                    is_run=bool(is_run),
                    is_recorded=bool(is_recorded),
                    is_stub=bool(is_stub),
                    looks=int(looks),
                    problem=problem and str(problem),
                )
        self.history_from = date.fromisoformat(plain["history_from"]) if plain["history_from"] else None
        self.is_history_read = bool(plain["is_history_read"])
