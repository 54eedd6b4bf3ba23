"""Ledger of an account: recordings asked for, pairs assigned and runs created, so that a restart repeats none.

A lost ledger is harmless: a recording that is delivered again, or a pair that is assigned again, changes nothing, and
runs are created only from the day of a new ledger on.
"""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...gym.runs.activity import Activity
from ...gym.runs.run import Run
from ...gym.unseen_runs import CreatedRun
from ..ledger_file import LedgerFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A recording asked of an integration.

    `word` is the service's word for the sport, `attempts` the number of failed requests. Once `is_done`, `activities`
    are the ids of its activities here, and `problem` is the key of the reason for which it has none.
    """

    word: str | None = None
    attempts: int = 0
    is_done: bool = False
    activities: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(slots=True)
class RecordingLedger:
    """The recordings asked for one account, the gear assigned by the service's own ids, and the runs created there.

    `gear_since` is the instant from which runs have their pair assigned, `created_since` that from which runs are
    created, None while none is.
    """

    hass: HomeAssistant
    subentry_id: str
    account: str = ""
    requests: dict[str, Request] = field(default_factory=dict)
    gear: dict[str, str] = field(default_factory=dict)
    gear_since: datetime | None = None
    created: dict[datetime, CreatedRun] = field(default_factory=dict)
    created_since: datetime | None = None
    # One for all saves, which it puts in order.
    _file: LedgerFile = field(init=False)

    def __post_init__(self) -> None:
        """Name the file after the subentry."""
        self._file = LedgerFile(self.hass, "recordings", self.subentry_id)

    async def async_load(self, account: str, delivered: Container[str] | None = None) -> None:
        """Load the requests of an account, without those for activities that the journal lacks."""
        self.account = account
        damage = "The ledger of recordings is damaged, so all are asked for again"
        if not await self._file.async_load(partial(self._recall, delivered=delivered), damage):
            self.requests.clear()
            self.gear.clear()
            self.created.clear()

    async def async_save(self) -> None:
        """Save the ledger."""
        await self._file.async_save(
            {
                "account": self.account,
                "requests": {
                    own_id: [each.word, each.attempts, each.is_done, each.activities, each.problem]
                    for own_id, each in self.requests.items()
                },
                "gear": dict(self.gear),
                "gear_since": self.gear_since.isoformat() if self.gear_since else None,
                "created": [
                    [each.start.isoformat(), each.minutes, each.kilometres, each.asked.isoformat(), each.is_done]
                    for each in self.created.values()
                ],
                "created_since": self.created_since.isoformat() if self.created_since else None,
            }
        )

    async def async_remove(self) -> None:
        """Remove the ledger's file."""
        await self._file.async_remove()

    def waiting(self) -> dict[str, Request]:
        """Return the requests without an end, by the service's own ids."""
        return {own_id: each for own_id, each in self.requests.items() if not each.is_done}

    def note_gear(self, own_id: str, gear: str, _is_done: bool) -> None:
        """Note the gear assigned to an activity."""
        self.gear[own_id] = gear

    def note_created(self, created: CreatedRun, is_done: bool) -> None:
        """Note a run that is being created, or was."""
        self.created[created.start] = replace(created, asked=dt_util.utcnow(), is_done=is_done)

    def created_of(self, run: Run) -> CreatedRun | None:
        """Return a run as it was created, None for one that never was."""
        return next((each for each in self.created.values() if each.is_of(run)), None)

    def is_created(self, activity: Activity) -> bool:
        """Return whether an activity is a run created here, which is then done."""
        for created in self.created.values():
            if created.is_shown_by(activity):
                self.created[created.start] = replace(created, is_done=True)
                return True
        return False

    def counts(self) -> dict[str, int]:
        """Return the numbers of requests, recordings, waiting requests, pairs and runs, and of problems by kind."""
        every = self.requests.values()
        return {
            "requests": len(every),
            "recordings": sum(bool(each.activities) for each in every),
            "waiting": len(self.waiting()),
            "gear": len(self.gear),
            "created": sum(each.is_done for each in self.created.values()),
            **Counter(each.problem for each in every if each.problem),
        }

    def _recall(self, plain: Mapping[str, Any], delivered: Container[str] | None) -> None:
        if plain["account"] != self.account:
            return
        for own_id, (word, attempts, is_done, activities, problem) in plain["requests"].items():
            if delivered is None or all(activity in delivered for activity in activities):
                self.requests[str(own_id)] = Request(
                    word=word and str(word),
                    attempts=int(attempts),
                    is_done=bool(is_done),
                    activities=tuple(map(str, activities)),
                    problem=problem and str(problem),
                )
        self.gear = {str(own_id): str(gear) for own_id, gear in plain["gear"].items()}
        self.gear_since = datetime.fromisoformat(plain["gear_since"]) if plain["gear_since"] else None
        for start, minutes, kilometres, asked, is_done in plain["created"]:
            created = CreatedRun(
                start=datetime.fromisoformat(start),
                minutes=int(minutes),
                kilometres=float(kilometres),
                asked=datetime.fromisoformat(asked),
                is_done=bool(is_done),
            )
            self.created[created.start] = created
        self.created_since = datetime.fromisoformat(plain["created_since"]) if plain["created_since"] else None
