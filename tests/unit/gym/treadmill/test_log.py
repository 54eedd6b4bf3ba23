"""Runners of treadmill sessions, and samples of the belt's speed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
import pytest

from custom_components.home_gym.gym.runs.activity import Lap
from custom_components.home_gym.gym.treadmill.activities import activities_of, assign
from custom_components.home_gym.gym.treadmill.log import (
    GUEST,
    BeltLog,
    BeltRecord,
    Certainty,
    ClaimMode,
    OpenClaim,
    is_in,
    likeliest_runner,
    presumed_runner,
    samples_from,
)
from custom_components.home_gym.gym.treadmill.session import BeltSession, BeltState, Phase
from tests.support.unit.make import A_MINUTE, NOON, run

GUESSED, WATCH, SAID = Certainty.GUESSED, Certainty.WATCH, Certainty.SAID
A_DAY = timedelta(days=1)
BELT = "belt"


def session(start: datetime = NOON, *, minutes: int = 30, watts: float = 500) -> BeltSession:
    """Return a session that is a run from start to end, at constant power."""
    end = start + minutes * A_MINUTE
    phase = Phase(state=BeltState.RUNNING, start=start, end=end)
    return BeltSession(start=start, end=end, phases=(phase,), levels=(watts,) * (minutes * 4))


def record(start: datetime = NOON, **known: Any) -> BeltRecord:
    """Return a record of a session of half an hour."""
    return BeltRecord(session=session(start), **known)


def log_of(*records: BeltRecord) -> BeltLog:
    """Return a log of sessions."""
    log = BeltLog()
    for one in records:
        log.add(one)
    return log


@pytest.mark.parametrize(
    ("before", "now", "holds"),
    [
        (None, GUESSED, True),
        (None, WATCH, True),
        (None, SAID, True),
        (GUESSED, WATCH, True),
        (GUESSED, SAID, True),
        (WATCH, GUESSED, False),
        (WATCH, WATCH, True),
        (WATCH, SAID, True),
        (SAID, GUESSED, False),
        (SAID, WATCH, False),
        (SAID, SAID, True),
    ],
)
def test_better_evidence_takes_precedence(before: Certainty | None, now: Certainty, holds: bool) -> None:
    log = log_of(record(runner="alex" if before else None, certainty=before))
    [key] = log.records
    claim = log.claim(key, "billie", now)
    assert (claim is not None) == holds
    assert log.records[key].runner == ("billie" if holds else "alex")
    assert log.records[key].certainty == (now if holds else before)


def test_unchanged_claim_is_none() -> None:
    log = log_of(record(runner="alex", certainty=SAID, delivered=True))
    [key] = log.records
    assert log.claim(key, "alex", SAID) is None


@pytest.mark.parametrize(("runner", "delivered"), [("alex", True), ("billie", False), (GUEST, False)])
def test_reassigned_session_is_delivered_again(runner: str, delivered: bool) -> None:
    log = log_of(record(runner="alex", certainty=GUESSED, delivered=True))
    [key] = log.records
    log.claim(key, runner, SAID)
    assert log.records[key].delivered is delivered


def test_unclaimed_session_is_overdue_after_a_day() -> None:
    early, late = record(NOON), record(NOON + 60 * A_MINUTE)
    log = log_of(early, late, record(NOON + 120 * A_MINUTE, runner="alex", certainty=SAID))
    assert log.unclaimed() == [late, early]
    ends = early.session.end + A_DAY, late.session.end + A_DAY
    assert log.waits_until(NOON) == ends[0]
    assert log.overdue(ends[0] - A_MINUTE) == []
    assert log.overdue(ends[0]) == [early]
    assert log.waits_until(ends[0]) == ends[1]
    assert log.overdue(ends[1]) == [late, early]
    assert log.waits_until(ends[1]) is None


def test_old_sessions_are_dropped() -> None:
    # Kept for sixty days after their end.
    old, new = record(NOON), record(NOON + timedelta(seconds=1))
    log = log_of(old, new, record(NOON + 60 * A_DAY + timedelta(seconds=1)))
    assert old.id not in log.records
    assert new.id in log.records


def mine(start: datetime, certainty: Certainty | None = GUESSED, runner: str = "alex") -> BeltRecord:
    """Return a record of Alex's by default."""
    return record(start, runner=runner if certainty else None, certainty=certainty)


@pytest.mark.parametrize(
    ("records", "meant"),
    [
        ([], None),
        ([mine(NOON, None)], 0),
        ([mine(NOON, None), mine(NOON + A_DAY, None)], 1),
        # The latest was only guessed to be Alex's, so Billie claims that one.
        ([mine(NOON, None), mine(NOON + A_DAY)], 1),
        # The latest was claimed by a watch or a user, so it's the one before.
        ([mine(NOON, None), mine(NOON + A_DAY, WATCH)], 0),
        ([mine(NOON, None), mine(NOON + A_DAY, SAID)], 0),
        ([mine(NOON, None), mine(NOON + A_DAY, SAID, GUEST)], 0),
        # It's hers already.
        ([mine(NOON, None), mine(NOON + A_DAY, GUESSED, "billie")], 0),
        # Where nothing is in doubt, the latest.
        ([mine(NOON, WATCH), mine(NOON + A_DAY, SAID)], 1),
        ([mine(NOON + A_DAY, SAID), mine(NOON, WATCH)], 0),
    ],
)
def test_session_meant_by_claim(records: list[BeltRecord], meant: int | None) -> None:
    assert log_of(*records).claimable("billie") == (None if meant is None else records[meant])


def test_withdrawals_added_during_withdrawal_are_kept() -> None:
    log = BeltLog()
    log.withdraw("alex", ["one", "two"])
    log.withdraw("alex", ["three"])
    log.mark_withdrawn("alex", ["one", "two"])
    assert log.withdrawals == {"alex": ["three"]}
    log.mark_withdrawn("alex", ["three"])
    log.mark_withdrawn("billie", ["one"])
    assert log.withdrawals == {}


def test_session_dropped_during_delivery_is_withdrawn() -> None:
    log = BeltLog()
    log.mark_delivered("gone", "alex", ["one"])
    assert log.withdrawals == {"alex": ["one"]}


def test_record_is_marked_as_asked() -> None:
    log = log_of(record())
    [key] = log.records
    log.mark_asked(key)
    assert log.records[key].asked


@pytest.mark.parametrize(
    ("mode", "at_home", "runner"),
    [
        (ClaimMode.ONLY, {"alex": True}, "alex"),
        (ClaimMode.ONLY, {"alex": False}, "alex"),
        (ClaimMode.ONLY, {"alex": True, "billie": False}, None),
        (ClaimMode.ONLY, {}, None),
        (ClaimMode.ALONE_AT_HOME, {"alex": True, "billie": False}, "alex"),
        (ClaimMode.ALONE_AT_HOME, {"alex": False, "billie": True}, "billie"),
        (ClaimMode.ALONE_AT_HOME, {"alex": True, "billie": True}, None),
        (ClaimMode.ALONE_AT_HOME, {"alex": False, "billie": False}, None),
        (ClaimMode.ALONE_AT_HOME, {}, None),
        (ClaimMode.ASK, {"alex": True}, None),
        (ClaimMode.ASK, {"alex": True, "billie": False}, None),
    ],
)
def test_presumed_runner(mode: ClaimMode, at_home: dict[str, bool], runner: str | None) -> None:
    assert presumed_runner(mode, at_home) == runner


def test_short_walk_is_break_of_run() -> None:
    # A break is a walk of less than two minutes.
    claim = OpenClaim(start=NOON)
    walks, runs = BeltState.WALKING, BeltState.RUNNING
    assert not claim.is_run(NOON)
    assert claim.break_over is None
    assert not claim.changed(walks, NOON).is_run(NOON)
    claim = claim.changed(runs, NOON)
    assert claim.is_run(NOON + 60 * A_MINUTE)
    claim = claim.changed(walks, NOON + 10 * A_MINUTE)
    assert claim.break_over == NOON + 12 * A_MINUTE
    assert claim.is_run(NOON + 11.9 * A_MINUTE)
    assert not claim.is_run(NOON + 12 * A_MINUTE)
    assert claim.changed(runs, NOON + 13 * A_MINUTE).is_run(NOON + 20 * A_MINUTE)


@pytest.mark.parametrize(
    ("begins", "minutes", "inside"),
    [
        (0, 30, True),
        (5, 10, True),
        (15, 30, True),  # a quarter of an hour of half an hour
        (16, 30, False),
        (-30, 30, False),  # one ended when the other began
        (-30, 31, False),
        (-30, 90, True),
        (25, 10, True),  # five of its ten minutes
        (26, 10, False),
        (0, 0, False),
    ],
)
def test_run_belongs_to_session_by_overlap(begins: int, minutes: int, inside: bool) -> None:
    assert is_in(run(NOON + begins * A_MINUTE, minutes=minutes), session()) == inside


def seen(begins: int = 0, minutes: int = 30, *, indoor: bool | None = None) -> Any:
    """Return a run recorded by a watch."""
    return run(NOON + begins * A_MINUTE, minutes=minutes, indoor=indoor)


@pytest.mark.parametrize(
    ("runs", "runner"),
    [
        ({}, None),
        ({"alex": seen()}, "alex"),
        ({"alex": seen(), "billie": seen(indoor=True)}, "billie"),
        ({"alex": seen(indoor=True), "billie": seen()}, "alex"),
        ({"alex": seen(10), "billie": seen(5)}, "billie"),
        ({"alex": seen(10, indoor=True), "billie": seen()}, "alex"),
        # Whoever it is, it is always the same.
        ({"alex": seen(), "billie": seen()}, "billie"),
        ({"billie": seen(), "alex": seen()}, "billie"),
    ],
)
def test_likeliest_runner_by_watch(runs: dict[str, Any], runner: str | None) -> None:
    assert likeliest_runner(session(), runs) == runner


def lap(begins: int, minutes: int, metres: float | None) -> Lap:
    """Return a lap of a watch."""
    return Lap(start=NOON + begins * A_MINUTE, elapsed_time=minutes * 60, distance=metres)


@pytest.mark.parametrize(
    ("figures", "speeds"),
    [
        ({"km": 5}, [5000 / 1800]),
        ({"km": None}, []),
        ({"km": 5, "distance_error": 200}, []),  # our own guess teaches nothing
        ({"km": 5, "laps": (lap(0, 10, 1500), lap(10, 20, 3600))}, [1500 / 600, 3600 / 1200]),
        ({"km": 5, "laps": (lap(0, 10, None),)}, [5000 / 1800]),
        ({"km": 5, "distance_error": 200, "laps": (lap(0, 10, 1500),)}, [2.5]),
    ],
)
def test_samples_from_laps_or_whole_run(figures: dict[str, Any], speeds: list[float]) -> None:
    samples = samples_from(run(**figures), session())
    assert [sample.speed for sample in samples] == pytest.approx(speeds)
    assert all(sample.level == 500 for sample in samples)


def test_edited_run_replaces_its_samples() -> None:
    log = BeltLog()
    first = run()
    assert log.learn("alex", first, samples_from(first, session()))
    assert not log.learn("alex", first, samples_from(first, session()))
    edited = replace(first, distance=6000.0)
    assert log.learn("alex", edited, samples_from(edited, session()))
    assert [sample.speed for sample in log.samples["alex"]] == [6000 / 1800]
    assert "billie" not in log.samples


def test_oldest_samples_are_dropped() -> None:
    log = BeltLog()
    laps = tuple(lap(number * 2, 2, 300) for number in range(15))
    for day in range(40):
        start = NOON + day * A_DAY
        shifted = tuple(replace(one, start=one.start + day * A_DAY) for one in laps)
        log.learn("alex", one := run(start, laps=shifted), samples_from(one, session(start)))
    samples = log.samples["alex"]
    # 40 runs with 15 laps are 600 samples, of which 500 are kept.
    assert len(samples) == 500
    assert samples[0].at == NOON + 6 * A_DAY + 20 * A_MINUTE
    assert samples[-1].at == NOON + 39 * A_DAY + 28 * A_MINUTE


def test_five_runs_give_speed_model() -> None:
    log = BeltLog()
    for day in range(5):
        assert log.speed_of("alex", NOON) is None
        start = NOON + day * A_DAY
        one = run(start, km=5)
        log.learn("alex", one, samples_from(one, session(start)))
    speed = log.speed_of("alex", NOON + 5 * A_DAY)
    assert speed is not None
    assert speed.distance(session()).metres == pytest.approx(5000)
    assert log.speed_of("billie", NOON) is None


RUNNERS = ("alex", "billie")


class Claims(RuleBasedStateMachine):
    """Sessions reassigned at any time, also during their delivery into a journal."""

    def __init__(self) -> None:
        super().__init__()
        self.log = BeltLog()
        self.journals: dict[str, set[str]] = {runner: set() for runner in RUNNERS}
        self.best: dict[str, Certainty] = {}
        self.days = 0

    @rule(runner=st.sampled_from([None, *RUNNERS, GUEST]))
    def end_of_session(self, runner: str | None) -> None:
        """End a session."""
        known = record(NOON + self.days * A_DAY, runner=runner, certainty=None if runner is None else GUESSED)
        self.days += 1
        self.log.add(known)
        self.best[known.id] = GUESSED

    @rule(data=st.data(), runner=st.sampled_from([*RUNNERS, GUEST]), certainty=st.sampled_from(Certainty))
    def claim(self, data: st.DataObject, runner: str, certainty: Certainty) -> None:
        """Claim a session with some evidence."""
        if self.log.records:
            key = data.draw(st.sampled_from(sorted(self.log.records)))
            order = list(Certainty)
            is_new = assign(self.log, BELT, key, runner, certainty)
            counts = order.index(certainty) >= order.index(self.best[key])
            assert counts or not is_new
            if counts:
                self.best[key] = certainty
                assert self.log.records[key].runner == runner

    @rule(runner=st.sampled_from(RUNNERS), data=st.data())
    def deliver(self, runner: str, data: st.DataObject) -> None:
        """Deliver to a journal, with data that may be out of date by the end of the delivery."""
        wrong = tuple(self.log.withdrawals.get(runner, ()))
        self.journals[runner] -= set(wrong)
        self.log.mark_withdrawn(runner, wrong)
        for one in self.log.to_deliver(runner):
            ids = {activity.id for activity in activities_of(BELT, one, None)}
            if data.draw(st.booleans()):
                self.claim(data, data.draw(st.sampled_from([*RUNNERS, GUEST])), SAID)
            self.journals[runner] |= ids
            self.log.mark_delivered(one.id, runner, ids)

    @invariant()
    def each_session_ends_in_journal_of_its_runner_only(self) -> None:
        """Complete all deliveries on a copy, and compare the journals."""
        for runner in RUNNERS:
            journal = self.journals[runner] - set(self.log.withdrawals.get(runner, ()))
            journal |= {
                activity.id for one in self.log.to_deliver(runner) for activity in activities_of(BELT, one, None)
            }
            assert journal == {
                activity.id
                for one in self.log.records.values()
                if one.runner == runner
                for activity in activities_of(BELT, one, None)
            }


test_claims = Claims.TestCase
