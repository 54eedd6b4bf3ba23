"""Log of one treadmill: its sessions, their runners, and the samples of its speed.

A treadmill doesn't know its runner. A user may say it, a watch may show it, or it may be guessed from presence at home;
each of these takes precedence over the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from ..codec.schema import stored
from ..runs.run import Run
from .session import BeltSession, BeltState
from .speed_model import Sample, SessionPart, SpeedModel, fit, samples_of

# Runner of a guest's session; a guest has no journal.
GUEST = ""
# Time that an unclaimed session waits for a watch or a user.
CLAIM_PERIOD = timedelta(hours=24)
# A watch may be read out weeks later; older sessions are dropped.
RETENTION = timedelta(days=60)
# A shorter walk is a break from running.
LONGEST_BREAK = timedelta(minutes=2)
# Samples kept for each runner's speed model; the oldest go first.
MOST_SAMPLES = 500


class Certainty(StrEnum):
    """Evidence for the runner of a session, the least certain first."""

    GUESSED = "guessed"
    WATCH = "watch"
    SAID = "said"


RANK = {certainty: rank for rank, certainty in enumerate(Certainty)}


class ClaimMode(StrEnum):
    """Way to determine the runner of a session without evidence."""

    ONLY = "only"
    ALONE_AT_HOME = "alone_at_home"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeltRecord:
    """A session and its runner: a runner's id, `GUEST`, or None if unknown.

    `distance` is the metres counted by the treadmill itself, None without a counter. `delivered` means that it is in
    the runner's journal, `asked` that the runners were asked to claim it.
    """

    session: BeltSession = field(metadata=stored(inline=True))
    distance: float | None = None
    runner: str | None = None
    certainty: Certainty | None = None
    delivered: bool = False
    asked: bool = False

    @property
    def id(self) -> str:
        """The identifier of a session, unique within one treadmill."""
        return self.session.start.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A changed assignment of a session: its record now and before."""

    record: BeltRecord
    before: BeltRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClaim:
    """Runner of the open session; `announced` means that the start of the run was reported.

    `runs_until` is the instant at which the runner last changed to walking, or None while running; `has_run` means that
    the runner has run in this session.
    """

    start: datetime
    runner: str | None = None
    certainty: Certainty | None = None
    announced: bool = field(default=False, metadata=stored("told"))
    has_run: bool = False
    runs_until: datetime | None = None

    def changed(self, gait: BeltState, at: datetime) -> OpenClaim:
        """Return the claim after a change of gait."""
        if gait is BeltState.RUNNING:
            return replace(self, has_run=True, runs_until=None)
        return replace(self, runs_until=at)

    def is_run(self, now: datetime) -> bool:
        """Return whether the runner runs, or takes a short break from it."""
        return self.has_run and (self.break_over is None or now < self.break_over)

    @property
    def break_over(self) -> datetime | None:
        """The end of the time in which the present walk counts as a break."""
        return self.runs_until + LONGEST_BREAK if self.runs_until else None


@dataclass(slots=True, kw_only=True)
class BeltLog:
    """Stored state of one treadmill, by the ids of sessions and of runners.

    `withdrawals` are activities to be removed from a runner's journal, as they turned out to be another's. `open` is
    the claim to the open session, `warm_up_called_for` the time of the last prompt to warm up.
    """

    records: dict[str, BeltRecord] = field(default_factory=dict, metadata=stored(keyed_by=attrgetter("id")))
    samples: dict[str, tuple[Sample, ...]] = field(default_factory=dict)
    withdrawals: dict[str, list[str]] = field(default_factory=dict)
    open: OpenClaim | None = field(default=None, metadata=stored(required=False))
    warm_up_called_for: datetime | None = field(default=None, metadata=stored(required=False))

    def add(self, record: BeltRecord) -> None:
        """Add a session, and drop old ones."""
        self.records[record.id] = record
        for old in [key for key, each in self.records.items() if record.session.end - each.session.end > RETENTION]:
            del self.records[old]

    def unclaimed(self) -> list[BeltRecord]:
        """Return the sessions without a runner, the latest first."""
        found = [record for record in self.records.values() if record.runner is None]
        return sorted(found, key=lambda record: record.session.start, reverse=True)

    def overdue(self, now: datetime) -> list[BeltRecord]:
        """Return the sessions that stayed unclaimed for `CLAIM_PERIOD`."""
        return [record for record in self.unclaimed() if now - record.session.end >= CLAIM_PERIOD]

    def waits_until(self, now: datetime) -> datetime | None:
        """Return the time at which the next unclaimed session becomes overdue."""
        ends = [record.session.end + CLAIM_PERIOD for record in self.unclaimed()]
        return min((end for end in ends if end > now), default=None)

    def claim(self, record: str, runner: str, certainty: Certainty) -> Claim | None:
        """Assign a session to a runner or a guest; None if nothing changes or better evidence is known."""
        before = self.records[record]
        if before.certainty and RANK[before.certainty] > RANK[certainty]:
            return None
        delivered = before.delivered and before.runner == runner
        now = self.records[record] = replace(before, runner=runner, certainty=certainty, delivered=delivered)
        return Claim(record=now, before=before) if now != before else None

    def withdraw(self, runner: str, activities: Iterable[str]) -> None:
        """Schedule activities for removal from a runner's journal."""
        self.withdrawals.setdefault(runner, []).extend(activities)

    def mark_withdrawn(self, runner: str, activities: Iterable[str]) -> None:
        """Note that activities were removed from a runner's journal."""
        done = set(activities)
        left = [activity for activity in self.withdrawals.pop(runner, []) if activity not in done]
        if left:
            self.withdrawals[runner] = left

    def mark_asked(self, record: str) -> None:
        """Note that the runners were asked to claim a session."""
        self.records[record] = replace(self.records[record], asked=True)

    def mark_delivered(self, record: str, runner: str, activities: Iterable[str]) -> None:
        """Note that a session was added to a runner's journal, as these activities.

        A session reassigned during its delivery is withdrawn again.
        """
        now = self.records.get(record)
        if now and now.runner == runner:
            self.records[record] = replace(now, delivered=True)
        else:
            self.withdraw(runner, activities)

    def to_deliver(self, runner: str) -> list[BeltRecord]:
        """Return the sessions of a runner that are not in the journal yet."""
        return [record for record in self.records.values() if record.runner == runner and not record.delivered]

    def claimable(self, runner: str) -> BeltRecord | None:
        """Return the session meant by a runner's claim that names none, None if there is none.

        That is the latest one that is unclaimed, or only guessed to be another runner's; else the latest of all.
        """
        latest_first = sorted(self.records.values(), key=lambda record: record.session.start, reverse=True)
        doubtful = (
            record
            for record in latest_first
            if record.runner != runner and record.certainty in (None, Certainty.GUESSED)
        )
        return next(doubtful, latest_first[0] if latest_first else None)

    def learn(self, runner: str, run: Run, fresh: Iterable[Sample]) -> bool:
        """Replace a run's samples of the belt, see `samples_from`; returns whether anything changed."""
        known = self.samples.get(runner, ())
        others = [sample for sample in known if sample.run not in run.activities]
        samples = tuple(sorted([*others, *fresh], key=lambda sample: (sample.at, sample.run))[-MOST_SAMPLES:])
        if samples == known:
            return False
        self.samples[runner] = samples
        return True

    def speed_of(self, runner: str, now: datetime) -> SpeedModel | None:
        """Return the speed model of the belt for a runner, None until enough is known."""
        return fit(self.samples.get(runner, ()), now)


def is_in(run: Run, session: BeltSession) -> bool:
    """Return whether a run of another source belongs to a session: they overlap by half of the shorter."""
    overlap = _overlap(run, session)
    shorter = min(run.end - run.start, session.end - session.start)
    return overlap > timedelta(0) and overlap >= shorter / 2


def samples_from(run: Run, session: BeltSession) -> list[Sample]:
    """Return the samples of the belt from a run in a session; an hour with laps takes a few milliseconds."""
    return samples_of(session, run.id, _parts(run))


def likeliest_runner(session: BeltSession, seen: Mapping[str, Run]) -> str | None:
    """Return the likeliest runner of a session, of those with a run in it on their watches; None without any.

    A run that the watch knows to be indoors takes precedence, then the one that covers more of the session.
    """

    def likelihood(runner: str) -> tuple[bool, timedelta, str]:
        run = seen[runner]
        # The id makes the choice deterministic, so that a session never alternates between runners.
        return run.indoor is True, _overlap(run, session), runner

    return max(seen, key=likelihood, default=None)


def presumed_runner(mode: ClaimMode, at_home: Mapping[str, bool]) -> str | None:
    """Return the likely runner on the belt; `at_home` maps all its runners to their presence at home."""
    runners = [runner for runner in at_home if mode is ClaimMode.ONLY or at_home[runner]]
    return runners[0] if mode is not ClaimMode.ASK and len(runners) == 1 else None


def _overlap(run: Run, session: BeltSession) -> timedelta:
    return min(run.end, session.end) - max(run.start, session.start)


def _parts(run: Run) -> Iterable[SessionPart]:
    """Return the laps of a run, or the whole run if its laps have no distance.

    An estimated distance is never learnt from.
    """
    laps = [SessionPart(start=lap.start, end=lap.end, distance=lap.distance) for lap in run.laps if lap.distance]
    if laps or not run.distance or run.distance_error is not None:
        return laps
    return [SessionPart(start=run.start, end=run.end, distance=run.distance)]
