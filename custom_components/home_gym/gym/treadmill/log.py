"""What happened on one treadmill: its sessions, whose they were, and what they taught of its speed.

A treadmill doesn't know who runs on it. Somebody may say so, a watch may tell, or it may be guessed from who is at
home, and each of these beats the one after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from ..codec.schema import stored
from ..runs.run import Run
from .session import BeltSession, BeltState
from .speed_model import Part, Sample, SpeedModel, fit, samples_of

# Whose a session is where a guest ran, who has no journal.
GUEST = ""
# So long an unclaimed session waits for a watch or a word.
WAITS = timedelta(hours=24)
# A watch may be read out weeks later; what is older than this is forgotten.
KEPT = timedelta(days=60)
# Who walks for less than this takes a break from running.
BREAK = timedelta(minutes=2)
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

    session: BeltSession = field(metadata=stored(inline=True))
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
    """Whose the session is that goes on; `told` that its runner's run was said to have started.

    `runs_until` is when the runner last went over to walking, or None as long as that has not happened since the last
    time that the runner began to run; `has_run` that it ever did.
    """

    start: datetime
    runner: str | None = None
    certainty: Certainty | None = None
    told: bool = False
    has_run: bool = False
    runs_until: datetime | None = None

    def changed(self, gait: BeltState, at: datetime) -> OpenClaim:
        """Return what is known after a change of gait."""
        if gait is BeltState.RUNNING:
            return replace(self, has_run=True, runs_until=None)
        return replace(self, runs_until=at)

    def is_run(self, now: datetime) -> bool:
        """Tell whether the runner runs, or has just taken a break from it."""
        return self.has_run and (self.break_over is None or now < self.break_over)

    @property
    def break_over(self) -> datetime | None:
        """When the walk that goes on will be no break any more."""
        return self.runs_until + BREAK if self.runs_until else None


@dataclass(slots=True, kw_only=True)
class BeltLog:
    """All that is kept of one treadmill, by the ids of sessions and of runners.

    `withdrawals` are activities that turned out not to be a runner's, and are to be taken out of the journal. `open` is
    whose the session is that goes on, `warm_up_called_for` when somebody was last to be asked to warm up.
    """

    records: dict[str, BeltRecord] = field(default_factory=dict, metadata=stored(keyed_by=attrgetter("id")))
    samples: dict[str, tuple[Sample, ...]] = field(default_factory=dict)
    withdrawals: dict[str, list[str]] = field(default_factory=dict)
    open: OpenClaim | None = field(default=None, metadata=stored(required=False))
    warm_up_called_for: datetime | None = field(default=None, metadata=stored(required=False))

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

    def taken_back(self, runner: str, activities: Iterable[str]) -> None:
        """Take note that activities are out of a runner's journal."""
        done = set(activities)
        left = [activity for activity in self.withdrawals.pop(runner, []) if activity not in done]
        if left:
            self.withdrawals[runner] = left

    def asked(self, record: str) -> None:
        """Take note that somebody was asked whose a session is."""
        self.records[record] = replace(self.records[record], asked=True)

    def delivered(self, record: str, runner: str, activities: Iterable[str]) -> None:
        """Take note that a session is in a runner's journal, as these activities.

        One that changed hands while it was on its way is to be taken out again.
        """
        now = self.records.get(record)
        if now and now.runner == runner:
            self.records[record] = replace(now, delivered=True)
        else:
            self.take_back(runner, activities)

    def to_deliver(self, runner: str) -> list[BeltRecord]:
        """Return the sessions of a runner that are not in the journal yet."""
        return [record for record in self.records.values() if record.runner == runner and not record.delivered]

    def claimable(self, runner: str) -> BeltRecord | None:
        """Return the session that somebody means who claims one without saying which: None where there is none.

        That is the latest which nobody had, or which was merely guessed to be somebody else's; else the latest of all.
        """
        latest_first = sorted(self.records.values(), key=lambda record: record.session.start, reverse=True)
        doubtful = (
            record
            for record in latest_first
            if record.runner != runner and record.certainty in (None, Certainty.GUESSED)
        )
        return next(doubtful, latest_first[0] if latest_first else None)

    def learn(self, runner: str, run: Run, told: Iterable[Sample]) -> bool:
        """Learn what a run tells of the belt, see `told_by`; tells whether that was anything new."""
        known = self.samples.get(runner, ())
        others = [sample for sample in known if sample.run not in run.activities]
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
    overlap = _overlap(run, session)
    shorter = min(run.end - run.start, session.end - session.start)
    return overlap > timedelta(0) and overlap >= shorter / 2


def told_by(run: Run, session: BeltSession) -> list[Sample]:
    """Return what a run in a session tells of the belt; that of an hour with laps takes some milliseconds."""
    return samples_of(session, run.id, _parts(run))


def likeliest(session: BeltSession, seen: Mapping[str, Run]) -> str | None:
    """Return whose a session was, of those whose watches saw a run in it; None where there are none.

    A watch that knows that it was indoors goes first, then the one that saw more of the session.
    """

    def likelihood(runner: str) -> tuple[bool, timedelta, str]:
        run = seen[runner]
        # The id leaves nothing to chance, so that a session never goes to and fro.
        return run.indoor is True, _overlap(run, session), runner

    return max(seen, key=likelihood, default=None)


def presumed(mode: ClaimMode, at_home: Mapping[str, bool]) -> str | None:
    """Return who is likely to be on the belt; `at_home` has all runners who use it, and whether they are at home."""
    runners = [runner for runner in at_home if mode is ClaimMode.ONLY or at_home[runner]]
    return runners[0] if mode is not ClaimMode.ASK and len(runners) == 1 else None


def _overlap(run: Run, session: BeltSession) -> timedelta:
    return min(run.end, session.end) - max(run.start, session.start)


def _parts(run: Run) -> Iterable[Part]:
    """Return the laps of a run, or the whole of it where they say nothing of the distance.

    Nothing is learnt from a distance that was itself an estimate.
    """
    laps = [Part(start=lap.start, end=lap.end, distance=lap.distance) for lap in run.laps if lap.distance]
    if laps or not run.distance or run.distance_error is not None:
        return laps
    return [Part(start=run.start, end=run.end, distance=run.distance)]
