"""What happened on one treadmill: its sessions, whose they were, and what they taught of its speed.

A treadmill doesn't know who runs on it. Somebody may say so, a watch may tell, or it may be guessed from who is at
home, and each of these beats the one after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from .belt_session import BeltSession
from .belt_speed import Part, Sample, SpeedModel, fit, samples_of
from .run import Run

# Whose a session is where a guest ran, who has no journal.
GUEST = ""
# So long an unclaimed session waits for a watch or a word.
WAITS = timedelta(hours=24)
# A watch may be read out weeks later; what is older than this is forgotten.
KEPT = timedelta(days=60)
# As many samples as teach the speed of a belt; the oldest go first.
MOST_SAMPLES = 500


class Certainty(StrEnum):
    """How it is known whose a session is, the least certain first."""

    GUESSED = "guessed"
    WATCH = "watch"
    SAID = "said"


RANK = {certainty: rank for rank, certainty in enumerate(Certainty)}


class ClaimMode(StrEnum):
    """How it is found out whose a session is where nothing tells."""

    ONLY = "only"
    ALONE_AT_HOME = "alone_at_home"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeltRecord:
    """A session, and whose it is: the id of a runner, `GUEST`, or None where nobody knows yet.

    `distance` is the metres that the treadmill itself counted, None for one that doesn't. `delivered` tells that it is
    in the runner's journal, `asked` that somebody was asked whose it is.
    """

    session: BeltSession
    distance: float | None = None
    runner: str | None = None
    certainty: Certainty | None = None
    delivered: bool = False
    asked: bool = False

    @property
    def id(self) -> str:
        """What tells the sessions of one treadmill apart."""
        return self.session.start.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A session that changed hands: as it is now, and who had it before."""

    record: BeltRecord
    before: BeltRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClaim:
    """Whose the session is that goes on; `told` that its runner's run was said to have started."""

    start: datetime
    runner: str | None = None
    certainty: Certainty | None = None
    told: bool = False


@dataclass(slots=True, kw_only=True)
class BeltLog:
    """All that is kept of one treadmill, by the ids of sessions and of runners.

    `withdrawals` are activities that turned out not to be a runner's, and are to be taken out of the journal. `open` is
    whose the session is that goes on, `warm_up_called_for` when somebody was last to be asked to warm up.
    """

    records: dict[str, BeltRecord] = field(default_factory=dict)
    samples: dict[str, tuple[Sample, ...]] = field(default_factory=dict)
    withdrawals: dict[str, list[str]] = field(default_factory=dict)
    open: OpenClaim | None = None
    warm_up_called_for: datetime | None = None

    def add(self, record: BeltRecord) -> None:
        """Keep a session, and forget those of long ago."""
        self.records[record.id] = record
        for old in [key for key, each in self.records.items() if record.session.end - each.session.end > KEPT]:
            del self.records[old]

    def unclaimed(self) -> list[BeltRecord]:
        """Return the sessions that nobody had, the latest first."""
        found = [record for record in self.records.values() if record.runner is None]
        return sorted(found, key=lambda record: record.session.start, reverse=True)

    def overdue(self, now: datetime) -> list[BeltRecord]:
        """Return the sessions that nobody had although there was time enough."""
        return [record for record in self.unclaimed() if now - record.session.end >= WAITS]

    def waits_until(self, now: datetime) -> datetime | None:
        """Return when the next unclaimed session will have waited long enough."""
        ends = [record.session.end + WAITS for record in self.unclaimed()]
        return min((end for end in ends if end > now), default=None)

    def claim(self, record: str, runner: str, certainty: Certainty) -> Claim | None:
        """Give a session to a runner or a guest; None where that changes nothing, or more certain is known."""
        before = self.records[record]
        if before.certainty and RANK[before.certainty] > RANK[certainty]:
            return None
        delivered = before.delivered and before.runner == runner
        now = self.records[record] = replace(before, runner=runner, certainty=certainty, delivered=delivered)
        return Claim(record=now, before=before) if now != before else None

    def take_back(self, runner: str, activities: Iterable[str]) -> None:
        """Have activities taken out of a runner's journal."""
        self.withdrawals.setdefault(runner, []).extend(activities)

    def asked(self, record: str) -> None:
        """Take note that somebody was asked whose a session is."""
        self.records[record] = replace(self.records[record], asked=True)

    def delivered(self, record: str) -> None:
        """Take note that a session is in its runner's journal."""
        self.records[record] = replace(self.records[record], delivered=True)

    def to_deliver(self, runner: str) -> list[BeltRecord]:
        """Return the sessions of a runner that are not in the journal yet."""
        return [record for record in self.records.values() if record.runner == runner and not record.delivered]

    def learn(self, runner: str, record: BeltRecord, run: Run) -> bool:
        """Learn from what a watch says of a run in a session; tells whether that was anything new."""
        known = self.samples.get(runner, ())
        others = [sample for sample in known if sample.run not in run.activities]
        told = samples_of(record.session, run.id, _parts(run))
        samples = tuple(sorted([*others, *told], key=lambda sample: (sample.at, sample.run))[-MOST_SAMPLES:])
        if samples == known:
            return False
        self.samples[runner] = samples
        return True

    def speed_of(self, runner: str, now: datetime) -> SpeedModel | None:
        """Return how fast the belt goes for a runner by its level, None until enough is known."""
        return fit(self.samples.get(runner, ()), now)


def is_in(run: Run, session: BeltSession) -> bool:
    """Tell whether a run that something else saw was run in a session: they overlap by half of the shorter."""
    overlap = min(run.end, session.end) - max(run.start, session.start)
    shorter = min(run.end - run.start, session.end - session.start)
    return overlap > timedelta(0) and overlap >= shorter / 2


def presumed(mode: ClaimMode, at_home: Mapping[str, bool]) -> str | None:
    """Return who is likely to be on the belt; `at_home` has all runners who use it, and whether they are at home."""
    runners = [runner for runner in at_home if mode is ClaimMode.ONLY or at_home[runner]]
    return runners[0] if mode is not ClaimMode.ASK and len(runners) == 1 else None


def _parts(run: Run) -> Iterable[Part]:
    """Return the laps of a run, or the whole of it where they say nothing of the distance."""
    laps = [Part(start=lap.start, end=lap.end, distance=lap.distance) for lap in run.laps if lap.distance]
    whole = [Part(start=run.start, end=run.end, distance=run.distance)] if run.distance else []
    return laps or whole
