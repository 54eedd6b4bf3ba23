"""Properties of session detection for any reports of a plug."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
import json

from hypothesis import find, given, strategies as st

from custom_components.home_gym.gym.treadmill.codecs import BELT_MEMORY
from custom_components.home_gym.gym.treadmill.detector import SessionDetector
from custom_components.home_gym.gym.treadmill.events import BeltEvent, FellAsleep, Started, Stopped, WokeUp
from custom_components.home_gym.gym.treadmill.session import BeltSession, BeltState
from custom_components.home_gym.gym.treadmill.settings import BeltSettings
from tests.builders.traces import START, Report, live, wait
from tests.support.profiles import examples
from tests.support.unit.belt import walking_time
from tests.support.unit.make import A_SECOND

SMALL = BeltSettings(
    standby=3,
    stop=10,
    start=20,
    run=40,
    start_hold=3 * A_SECOND,
    stop_hold=6 * A_SECOND,
    run_hold=4 * A_SECOND,
    slow_hold=2 * A_SECOND,
    patience=30 * A_SECOND,
    longest=200 * A_SECOND,
    shortest=20 * A_SECOND,
)
LONG = 10_000 * A_SECOND
levels: st.SearchStrategy[float | None] = st.sampled_from([None, 0.0, 5.0, 15.0, 15.0, 30.0, 30.0, 60.0, 60.0, 60.0])
waits = st.sampled_from([0, 1, 1, 1, 2, 3, 4, 5, 6, 9, 20, 31, 60])
belts = st.builds(
    replace,
    st.just(SMALL),
    run=st.sampled_from([40, 40, None]),
    start_hold=st.sampled_from([0, 3, 7]).map(lambda seconds: seconds * A_SECOND),
    stop_hold=st.sampled_from([0, 1, 6]).map(lambda seconds: seconds * A_SECOND),
    run_hold=st.sampled_from([0, 4, 12]).map(lambda seconds: seconds * A_SECOND),
    shortest=st.sampled_from([0, 20]).map(lambda seconds: seconds * A_SECOND),
)


def trace_of(steps: Sequence[tuple[int, float | None]]) -> list[Report]:
    """Return reports at these intervals in seconds."""
    reports, at = [], START
    for seconds, level in steps:
        at += seconds * A_SECOND
        reports.append((at, level))
    return reports


tales = st.lists(st.tuples(waits, levels), min_size=1, max_size=40).map(trace_of)
# Mostly such as make sessions: long stretches of one kind, with something in between now and then.
runs = st.lists(
    st.tuples(
        st.sampled_from([0.0, 5.0, 30.0, 60.0, 60.0]),
        st.integers(1, 20),
        st.sampled_from([None, None, 0.0, 15.0, 60.0, 60.0]),
    ),
    min_size=1,
    max_size=8,
).map(
    lambda parts: trace_of(
        [step for level, count, odd in parts for step in [*[(2, level)] * count, (1, odd), (1, level)]]
    )
)
any_tale = tales | runs
some = examples(300)


def events_of(belt: SessionDetector, reports: list[Report]) -> list[BeltEvent]:
    """Return all events of a belt for reports, and for a long time after."""
    return live(belt, reports, reports[-1][0] + LONG)


def restarted(belt: SessionDetector) -> SessionDetector:
    """Return the belt restored from its memory."""
    return SessionDetector(belt._settings, BELT_MEMORY.read(json.loads(json.dumps(BELT_MEMORY.write(belt.memory())))))


def sessions(events: list[BeltEvent]) -> list[BeltSession]:
    """Return the sessions of the events that have one."""
    return [event.session for event in events if isinstance(event, Stopped) and event.session]


@some
@given(belts, any_tale)
def test_sessions_are_gapless_and_disjoint(belt: BeltSettings, reports: list[Report]) -> None:
    found = sessions(events_of(SessionDetector(belt), reports))
    for one in found:
        assert one.start < one.end
        assert belt.shortest <= one.end - one.start <= belt.longest
        bounds = [one.start, *(phase.end for phase in one.phases)]
        assert bounds == [*(phase.start for phase in one.phases), one.end]
        assert all(phase.start < phase.end and phase.state.is_moving for phase in one.phases)
        assert one.running_time + walking_time(one) == (one.end - one.start).total_seconds()
        assert belt.run or not walking_time(one)
    for one, other in pairwise(found):
        assert one.end <= other.start


@some
@given(belts, any_tale)
def test_belt_falls_asleep_after_session(belt: BeltSettings, reports: list[Report]) -> None:
    ended = START
    for event in events_of(SessionDetector(replace(belt, shortest=timedelta(0))), reports):
        if isinstance(event, Stopped) and event.session:
            ended = event.session.end
        elif isinstance(event, FellAsleep):
            assert event.at >= ended


@some
@given(belts, any_tale)
def test_levels_are_means_of_reports(belt: BeltSettings, reports: list[Report]) -> None:
    """Compares each slice with the reports, second by second."""
    held: dict[datetime, float | None] = {}
    for (at, level), (until, _) in pairwise([*reports, (reports[-1][0] + LONG / 10, None)]):
        for second in range(int((until - at) / A_SECOND)):
            held[at + second * A_SECOND] = level
    for session in sessions(events_of(SessionDetector(belt), reports)):
        seconds = [held.get(session.start + n * A_SECOND) for n in range(int((session.end - session.start) / A_SECOND))]
        slices = [seconds[first : first + 15] for first in range(0, len(seconds), 15)]
        assert len(slices) == len(session.levels)
        for part, mean in zip(slices, session.levels, strict=True):
            known = [level for level in part if level is not None]
            assert (mean is None) == (not known)
            assert mean is None or abs(mean - sum(known) / len(known)) < 1e-9


@some
@given(belts, any_tale, st.lists(st.integers(0, 400), max_size=20))
def test_extra_ticks_change_nothing(belt: BeltSettings, reports: list[Report], looks: list[int]) -> None:
    watchful = SessionDetector(belt)
    events: list[BeltEvent] = []
    instants = sorted(START + seconds * A_SECOND for seconds in looks)
    for at, level in reports:
        for instant in [instant for instant in instants if instant <= at]:
            instants.remove(instant)
            events += watchful.tick(instant) + watchful.tick(instant)
        events += watchful.report(level, at)
    assert events + watchful.tick(reports[-1][0] + LONG) == events_of(SessionDetector(belt), reports)


@some
@given(belts, any_tale)
def test_replay_gives_same_events_as_live_reports(belt: BeltSettings, reports: list[Report]) -> None:
    at_once = SessionDetector(belt)
    assert at_once.replay(reports) + wait(at_once, reports[-1][0] + LONG) == events_of(SessionDetector(belt), reports)


@some
@given(belts, any_tale, st.data())
def test_restart_at_any_point_changes_nothing(belt: BeltSettings, reports: list[Report], data: st.DataObject) -> None:
    now = SessionDetector(belt)
    events: list[BeltEvent] = []
    stops = sorted(START + seconds * A_SECOND for seconds in data.draw(st.lists(st.integers(0, 300), max_size=5)))
    for at, level in reports:
        for stop in [stop for stop in stops if stop <= at]:
            stops.remove(stop)
            events += now.tick(stop)
            now = restarted(now)
            events += now.tick(stop)
        events += now.report(level, at)
        if data.draw(st.booleans()):
            now = restarted(now)
            events += now.tick(at)
    assert events + wait(now, reports[-1][0] + LONG) == events_of(SessionDetector(belt), reports)


@some
@given(st.integers(20, 150), st.integers(1, 29), st.integers(10, 100))
def test_run_survives_long_restart(before: int, gap: int, after: int) -> None:
    seconds = [START + number * A_SECOND for number in range(300)]
    belt = SessionDetector(replace(SMALL, longest=1000 * A_SECOND))
    live(belt, [(seconds[second], 60.0) for second in range(before)])
    belt = restarted(belt)
    resumed = before - 1 + gap
    moving = [(seconds[second], 60.0) for second in range(resumed, resumed + after)]
    (session,) = sessions(events_of(belt, [*moving, (seconds[resumed + after], 0.0)]))
    assert (session.start, session.end) == (START, seconds[resumed + after])


@some
@given(belts, st.lists(st.tuples(waits, st.floats(0, 20, exclude_max=True)), min_size=1).map(trace_of))
def test_standby_noise_starts_no_session(belt: BeltSettings, reports: list[Report]) -> None:
    events = events_of(SessionDetector(belt), reports)
    assert all(isinstance(event, WokeUp | FellAsleep) for event in events)


@some
@given(
    belts,
    st.lists(st.tuples(st.floats(-1e4, 1e4), st.none() | st.floats() | st.integers()), max_size=30),
)
def test_arbitrary_reports_leave_belt_working(belt: BeltSettings, steps: list[tuple[float, float | None]]) -> None:
    """All events come in order, all sessions end, and the belt works afterwards."""
    one = SessionDetector(belt)
    events: list[BeltEvent] = []
    at = START
    for seconds, level in steps:
        at += timedelta(seconds=seconds)
        events += one.report(level, at)
    end = START + len(steps) * 10_000 * A_SECOND
    events += [*one.report(0, end + LONG), *wait(one, end + 2 * LONG)]
    # Each start has its stop.
    kinds = [type(event) for event in events if isinstance(event, Started | Stopped)]
    assert kinds == [Started, Stopped] * (len(kinds) // 2)
    assert one.state is BeltState.OFF
    later = end + 3 * LONG
    found = live(one, [(later, 60.0), (later + 100 * A_SECOND, 0.0)], later + LONG)
    assert [(each.start, each.end) for each in sessions(found)] == [(later, later + 100 * A_SECOND)]


class Votes:
    """Seconds of votes for a change, and the first of them."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0
        self.first: int | None = None

    def second(self, vote: bool | None, full: timedelta, doubt: int) -> None:
        """Count the votes of a second."""
        if vote is not None:
            self.count = min(int(full / A_SECOND), max(0, self.count + (1 if vote else -doubt)))

    def mark(self, vote: bool | None, now: int) -> None:
        """Note the first vote for a change."""
        if vote and self.first is None:
            self.first = now
        if not vote and not self.count:
            self.first = None


class SecondBySecond:
    """The same rules, simulated in whole seconds, without any computation ahead."""

    def __init__(self, belt: BeltSettings) -> None:
        """Begin off."""
        self.belt = belt
        self.level: float | None = None
        self.lost: int | None = None
        self.begin: int | None = None
        self.spent = self.runs = False
        self.gaits: list[tuple[int, bool]] = []
        self.moving, self.running = Votes(), Votes()
        self.sessions: list[tuple[int, int, int]] = []

    def live(self, reports: list[Report], until: int) -> list[tuple[int, int, int]]:
        """Return start, end and seconds run of each session."""
        by_second: dict[int, list[float | None]] = {}
        for at, level in reports:
            by_second.setdefault(int((at - START) / A_SECOND), []).append(level)
        for now in range(until):
            moving, running = self.opinions()
            still = self.begin is not None
            self.moving.second(moving, self.belt.stop_hold if still else self.belt.start_hold, 3)
            self.running.second(running, self.belt.run_hold, 1)
            self.mark(now, now)
            self.settle(now)
            for level in by_second.get(now, []):
                self.hear(level, now)
                self.settle(now)
        return self.sessions

    def opinions(self) -> tuple[bool | None, bool | None]:
        """Return whether the level votes for a change of movement, and of gait."""
        if self.level is None:
            return None, None
        stands = self.level < self.belt.stop
        moving = stands if self.begin is not None else None if self.spent else self.level >= self.belt.start
        fast = self.belt.run is None or self.level >= self.belt.run
        return moving, None if stands else fast is not self.runs

    def mark(self, now: int, fell: int) -> None:
        """Note the votes from now on, or since the level may have changed."""
        moving, running = self.opinions()
        self.moving.mark(moving, now if self.begin is None else fell)
        self.running.mark(running, fell if self.runs else now)

    def hear(self, level: float | None, now: int) -> None:
        """Take a report."""
        fell = now if self.lost is None else self.lost
        self.level, self.lost = level, fell if level is None else None
        self.spent = self.spent and (level is None or level >= self.belt.stop)
        self.mark(now, fell)

    def settle(self, now: int) -> None:
        """Run all due actions."""
        while self.act(now):
            self.spent = self.spent and (self.level is None or self.level >= self.belt.stop)
            self.mark(now, now)

    def act(self, now: int) -> bool:
        """Run one action, and return whether there was one."""
        moving, running = self.opinions()
        if self.begin is None:
            if not moving or self.moving.count < self.belt.start_hold / A_SECOND:
                return False
            self.begin, self.runs = self.moving.first, self.belt.run is None
            self.gaits = [(self.begin or 0, self.runs)]
            self.running = Votes() if self.runs else self.running
            self.moving = Votes()
            return True
        limit = self.begin + int(self.belt.longest / A_SECOND)
        too_long = now >= limit or (self.lost is not None and now >= self.lost + self.belt.patience / A_SECOND)
        if not too_long and running and self.running.count >= self.belt.run_hold / A_SECOND:
            self.runs = not self.runs
            self.gaits.append((max(self.running.first or 0, self.gaits[-1][0]), self.runs))
            self.running = Votes()
            return True
        if too_long or (moving and self.moving.count >= self.belt.stop_hold / A_SECOND):
            last = (known for known in (self.moving.first, self.lost, now) if known is not None)
            self.close(self.begin, min(next(last), limit))
            return True
        return False

    def close(self, begin: int, end: int) -> None:
        """End the session."""
        gaits = [*self.gaits, (max(end, self.gaits[-1][0]), False)]
        ran = sum(max(0, min(other, end) - one) for (one, fast), (other, _) in pairwise(gaits) if fast)
        if end > begin and end - begin >= self.belt.shortest / A_SECOND:
            self.sessions.append((begin, end, ran))
        self.begin, self.runs = None, False
        self.moving, self.running = Votes(), Votes()
        self.spent = self.level is not None and self.level >= self.belt.stop


@some
@given(belts, any_tale)
def test_sessions_equal_simulation_by_seconds(belt: BeltSettings, reports: list[Report]) -> None:
    until = int((reports[-1][0] - START) / A_SECOND) + 300
    assert [
        (int((one.start - START) / A_SECOND), int((one.end - START) / A_SECOND), one.running_time)
        for one in sessions(events_of(SessionDetector(belt), reports))
    ] == SecondBySecond(belt).live(reports, until)


def test_generated_reports_contain_sessions() -> None:
    """Properties of sessions would hold trivially without any."""
    assert find(any_tale, lambda reports: len(sessions(events_of(SessionDetector(SMALL), reports))) > 1)
    assert find(
        any_tale,
        lambda reports: any(len(one.phases) > 1 for one in sessions(events_of(SessionDetector(SMALL), reports))),
    )
