from dataclasses import replace
from datetime import datetime, timedelta
from math import inf, nan

import pytest

from custom_components.home_gym.gym.treadmill.codecs import BELT_MEMORY
from custom_components.home_gym.gym.treadmill.detector import SessionDetector
from custom_components.home_gym.gym.treadmill.events import (
    BeltEvent,
    FellAsleep,
    GaitChanged,
    Resumed,
    Slowed,
    Started,
    Stopped,
    WokeUp,
)
from custom_components.home_gym.gym.treadmill.session import BeltSession, BeltState, Phase
from custom_components.home_gym.gym.treadmill.settings import BeltSettings
from tests.builders.traces import START, Expected, Report, Trace, live, traces, wait
from tests.support.unit.belt import walking_time
from tests.support.unit.make import A_MINUTE, A_SECOND

SETTINGS = BeltSettings(standby=3, stop=50, start=100, run=400)
STANDBY, DEAD_ZONE, WALK, RUN = 6.0, 70.0, 300.0, 600.0
HOUR = timedelta(hours=1)


def sec(seconds: float) -> datetime:
    """Return the instant these seconds after the start."""
    return START + seconds * A_SECOND


def reports(*levels: tuple[float, float | None]) -> list[Report]:
    """Return reports from seconds and levels."""
    return [(sec(seconds), level) for seconds, level in levels]


def sessions(events: list[BeltEvent]) -> list[BeltSession]:
    """Return the sessions of the events that have one."""
    return [event.session for event in events if isinstance(event, Stopped) and event.session]


def state_of(belt: SessionDetector) -> BeltState:
    """Return the state of a belt; the call keeps the type checker from narrowing it."""
    return belt.state


def spans(events: list[BeltEvent]) -> list[tuple[float, float]]:
    """Return the start and end of each session, in seconds."""
    return [((session.start - START) / A_SECOND, (session.end - START) / A_SECOND) for session in sessions(events)]


@pytest.mark.parametrize("trace", traces(), ids=lambda trace: trace.name)
def test_trace_gives_sessions(trace: Trace) -> None:
    events = live(SessionDetector(trace.settings), trace.reports, trace.end + HOUR)

    def near(seconds: float) -> float:
        return pytest.approx(seconds, abs=trace.tolerance)  # type: ignore[return-value]

    levels = [
        Expected(start=start, end=end, running=session.running_time, walking=walking_time(session))
        for (start, end), session in zip(spans(events), sessions(events), strict=True)
    ]
    assert levels == [
        Expected(start=near(one.start), end=near(one.end), running=near(one.running), walking=near(one.walking))
        for one in trace.sessions
    ]
    slowed = [(event.at - START) / A_SECOND for event in events if isinstance(event, Slowed)]
    assert slowed == [near(seconds) for seconds in trace.slowed]


def test_events_of_run_from_switching_on_to_off() -> None:
    belt = SessionDetector(SETTINGS)
    levels = reports((0, 0), (100, STANDBY), (200, WALK), (300, RUN), (900, WALK), (1200, STANDBY), (1300, 0))

    assert live(belt, levels, sec(2000)) == [
        WokeUp(at=sec(100)),
        Started(at=sec(200)),
        GaitChanged(state=BeltState.RUNNING, at=sec(300)),
        GaitChanged(state=BeltState.WALKING, at=sec(900)),
        Slowed(at=sec(900)),
        Stopped(
            session=BeltSession(
                start=sec(200),
                end=sec(1200),
                phases=(
                    Phase(state=BeltState.WALKING, start=sec(200), end=sec(300)),
                    Phase(state=BeltState.RUNNING, start=sec(300), end=sec(900)),
                    Phase(state=BeltState.WALKING, start=sec(900), end=sec(1200)),
                ),
                # The run begins 100 s into the session: ten seconds into the seventh slice of 15 s, which has five of
                # it. It ends after 700 s, ten seconds into another slice. 1000 s are 66 slices and ten seconds.
                levels=(*[300.0] * 6, (10 * 300 + 5 * 600) / 15, *[600.0] * 39, 500.0, *[300.0] * 20),
            )
        ),
        FellAsleep(at=sec(1300)),
    ]


def test_events_come_exactly_at_end_of_hold() -> None:
    belt = SessionDetector(SETTINGS)
    belt.report(RUN, sec(0))

    assert belt.deadline() == sec(5)
    assert belt.tick(sec(5) - timedelta(microseconds=1)) == []
    assert state_of(belt) is BeltState.OFF
    assert belt.tick(sec(5)) == [WokeUp(at=sec(0)), Started(at=sec(0))]
    assert (belt.state, belt.session) == (BeltState.WALKING, sec(0))
    assert belt.deadline() == sec(10)
    assert belt.tick(sec(10)) == [GaitChanged(state=BeltState.RUNNING, at=sec(0))]
    assert state_of(belt) is BeltState.RUNNING
    # Nothing else is due before the session has taken four hours.
    assert belt.deadline() == sec(4 * 3600)
    belt.report(STANDBY, sec(600))
    assert belt.tick(sec(615)) == [Slowed(at=sec(600))]
    assert belt.deadline() == sec(620)
    assert state_of(belt).is_moving
    (stopped,) = belt.tick(sec(620))
    assert isinstance(stopped, Stopped)
    assert stopped.session
    assert stopped.session.phases == (Phase(state=BeltState.RUNNING, start=sec(0), end=sec(600)),)
    assert (belt.state, belt.session, belt.deadline()) == (BeltState.STANDBY, None, None)
    belt.report(0, sec(700))
    assert belt.deadline() == sec(720)
    assert belt.tick(sec(720)) == [FellAsleep(at=sec(700))]
    assert state_of(belt) is BeltState.OFF
    assert not state_of(belt).is_moving


# Reports after the start of a run at 0 s, with the start and end of the sessions expected by 3000 s.
CASES: dict[str, tuple[list[tuple[float, float | None]], list[tuple[float, float]]]] = {
    "the dead zone is no stop": ([(600, DEAD_ZONE), (1200, STANDBY)], [(0, 1200)]),
    "the dead zone is no start": ([(600, STANDBY), (700, DEAD_ZONE)], [(0, 600)]),
    "a dip shorter than the hold": ([(600, STANDBY), (619, RUN), (1200, STANDBY)], [(0, 1200)]),
    "a dip as long as the hold": ([(600, STANDBY), (620, RUN), (1200, STANDBY)], [(0, 600), (620, 1200)]),
    # Each second of running takes three of the nineteen off again: ten leave nothing.
    "dips far enough apart": (
        [(600, STANDBY), (619, RUN), (629, STANDBY), (648, RUN), (1200, STANDBY)],
        [(0, 1200)],
    ),
    "a spike while it stands still": ([(600, STANDBY), (700, RUN), (704, STANDBY)], [(0, 600)]),
    # A spike of two seconds takes six of the ten before it off; the other sixteen come after it.
    "a spike while it stops": ([(600, STANDBY), (610, RUN), (612, STANDBY)], [(0, 600)]),
    "a short try": ([(600, STANDBY), (700, RUN), (819, STANDBY)], [(0, 600)]),
    "just long enough": ([(600, STANDBY), (700, RUN), (820, STANDBY)], [(0, 600), (700, 820)]),
    "unavailable, back within patience": ([(600, None), (899, RUN), (1200, STANDBY)], [(0, 1200)]),
    "unavailable for longer": ([(600, None), (900, RUN), (1200, STANDBY)], [(0, 600), (900, 1200)]),
    "unavailable twice": (
        [(600, None), (800, None), (850, RUN), (900, None), (1150, RUN), (1200, STANDBY)],
        [(0, 1200)],
    ),
    "stopped while unavailable": ([(600, None), (800, STANDBY)], [(0, 600)]),
    "unavailable while it stops": ([(600, STANDBY), (610, None)], [(0, 600)]),
    "back with a zero at first": ([(600, None), (700, 0), (702, RUN), (1200, STANDBY)], [(0, 1200)]),
    "never heard of again": ([(600, None)], [(0, 600)]),
    "no number is unknown": ([(600, nan), (800, RUN), (1200, STANDBY)], [(0, 1200)]),
    "nor is infinity": ([(600, inf), (700, -inf), (901, RUN), (1200, STANDBY)], [(0, 600), (901, 1200)]),
    "nor more than any socket gives": ([(600, 10**400), (800, RUN), (1200, STANDBY)], [(0, 1200)]),
    "negative is nothing": ([(600, -20.0), (1200, STANDBY)], [(0, 600)]),
    "out of order": ([(600, RUN), (500, STANDBY), (1200, STANDBY)], [(0, 1200)]),
    "two reports at one instant": ([(600, STANDBY), (600, RUN), (1200, STANDBY), (1200, STANDBY)], [(0, 1200)]),
}


# Levels around each limit, all of them exact in binary, with the resulting states.
A_BIT = 1 / 1024


@pytest.mark.parametrize(
    ("level", "state"),
    [
        (3 - A_BIT, BeltState.OFF),
        (3, BeltState.STANDBY),
        (100 - A_BIT, BeltState.STANDBY),
        (100, BeltState.WALKING),
        (400 - A_BIT, BeltState.WALKING),
        (400, BeltState.RUNNING),
        (10_000, BeltState.RUNNING),
        (10_000 + A_BIT, BeltState.OFF),  # no level at all
    ],
)
def test_rising_level_changes_state_at_threshold(level: float, state: BeltState) -> None:
    """Awake from 3, moving from 100 and running from 400 W on."""
    belt = SessionDetector(SETTINGS)
    belt.report(level, sec(0))
    belt.tick(sec(60))
    assert belt.state is state


@pytest.mark.parametrize(
    ("level", "state"),
    [
        (400, BeltState.RUNNING),
        (400 - A_BIT, BeltState.WALKING),
        (50, BeltState.WALKING),
        (50 - A_BIT, BeltState.STANDBY),
        (3, BeltState.STANDBY),
        (3 - A_BIT, BeltState.OFF),
        (-10_000, BeltState.OFF),
        (-10_000 - A_BIT, BeltState.RUNNING),  # unknown, and waited out
    ],
)
def test_falling_level_changes_state_below_threshold(level: float, state: BeltState) -> None:
    """Walking below 400, standing below 50 and asleep below 3 W."""
    belt = SessionDetector(SETTINGS)
    belt.report(RUN, sec(0))
    belt.tick(sec(600))
    belt.report(level, sec(600))
    belt.tick(sec(660))
    assert belt.state is state


@pytest.mark.parametrize(
    ("settings", "level", "slowed"),
    [
        (SETTINGS, 400, False),
        (SETTINGS, 400 - A_BIT, True),
        # If all movement is running, standing still is slowing down.
        (replace(SETTINGS, run=None), 50, False),
        (replace(SETTINGS, run=None), 50 - A_BIT, True),
    ],
)
def test_level_below_run_is_slow(settings: BeltSettings, level: float, slowed: bool) -> None:
    belt = SessionDetector(settings)
    events = live(belt, reports((0, RUN), (600, level)), sec(615))
    assert any(isinstance(event, Slowed) for event in events) is slowed


@pytest.mark.parametrize(("level", "moves_on"), [(50, False), (50 - A_BIT, True)])
def test_new_session_after_stuck_plug_needs_standstill(level: float, moves_on: bool) -> None:
    """After a session that was ended at four hours, the belt must stand still before another."""
    belt = SessionDetector(SETTINGS)
    live(belt, reports((0, RUN), (5 * 3600, level), (5 * 3600 + 60, RUN)), sec(5 * 3600 + 120))
    assert (belt.session is not None) is moves_on


def test_session_ended_at_stop_level_counts_as_stuck() -> None:
    """A level of exactly 50 W never ends a session, so four hours of it are those of a stuck plug."""
    belt = SessionDetector(SETTINGS)
    events = live(belt, reports((0, RUN), (600, 50), (5 * 3600, RUN)), sec(5 * 3600 + 60))
    assert (spans(events), belt.session) == ([(0, 4 * 3600)], None)


@pytest.mark.parametrize(("levels", "expected"), CASES.values(), ids=CASES)
def test_end_of_session(levels: list[tuple[float, float | None]], expected: list[tuple[float, float]]) -> None:
    assert spans(live(SessionDetector(SETTINGS), reports((0, RUN), *levels), sec(3000))) == expected


def test_too_short_movement_stops_without_session() -> None:
    events = live(SessionDetector(SETTINGS), reports((0, STANDBY), (100, RUN), (219, STANDBY)), sec(600))
    assert events[-1] == Stopped(session=None)


def test_stuck_plug_ends_session_once() -> None:
    belt = SessionDetector(SETTINGS)
    events = live(belt, reports((0, RUN), (9 * 3600, RUN)), sec(10 * 3600))
    assert spans(events) == [(0, 4 * 3600)]
    assert belt.state is BeltState.STANDBY

    # A new session may begin after a standstill.
    again = reports((11 * 3600, STANDBY), (11 * 3600 + 1, RUN), (12 * 3600, STANDBY))
    assert spans(live(belt, again, sec(13 * 3600))) == [(11 * 3600 + 1, 12 * 3600)]


def test_all_movement_is_running_without_run_threshold() -> None:
    belt = SessionDetector(replace(SETTINGS, run=None))
    events = live(belt, reports((0, STANDBY), (60, WALK), (600, DEAD_ZONE), (700, STANDBY)), sec(800))
    assert events[1:3] == [Started(at=sec(60)), Slowed(at=sec(700))]
    (session,) = sessions(events)
    assert session.phases == (Phase(state=BeltState.RUNNING, start=sec(60), end=sec(700)),)
    assert (session.running_time, walking_time(session)) == (640, 0)


@pytest.mark.parametrize(
    ("levels", "slowed"),
    [
        ([(0, RUN), (119, WALK), (200, RUN), (240, WALK)], [240]),  # 119 s are too few, 159 s aren't
        ([(0, RUN), (120, WALK), (200, RUN), (500, WALK)], [120, 500]),  # a pause, and the end
        ([(0, RUN), (300, WALK), (314, RUN), (500, STANDBY)], [500]),  # 14 seconds are no slowing down
        ([(0, WALK), (600, STANDBY)], []),
    ],
)
def test_slowing_down_after_two_minutes_of_running(levels: list[tuple[float, float]], slowed: list[float]) -> None:
    events = live(SessionDetector(SETTINGS), reports(*levels), sec(3000))
    assert [event.at for event in events if isinstance(event, Slowed)] == [sec(at) for at in slowed]


@pytest.mark.parametrize(
    ("levels", "resumed"),
    [
        ([(0, RUN), (300, WALK), (400, RUN), (600, WALK)], [400]),
        ([(0, RUN), (300, WALK), (316, RUN), (317, WALK)], []),  # a second is no running
        ([(0, RUN), (300, STANDBY), (316, RUN), (600, WALK)], [316]),  # the belt stood still, which is no walk
        ([(0, RUN), (300, WALK), (900, STANDBY)], []),
    ],
)
def test_running_on_after_slowing_down_is_reported(levels: list[tuple[float, float]], resumed: list[float]) -> None:
    events = live(SessionDetector(SETTINGS), reports(*levels), sec(3000))
    assert [event.at for event in events if isinstance(event, Resumed)] == [sec(at) for at in resumed]


def test_gait_follows_majority_of_swinging_level() -> None:
    # Three of four seconds are above, so that there is never a hold's time in a row.
    steps = [(float(at), WALK if at % 4 == 3 else RUN) for at in range(300)]
    events = live(SessionDetector(SETTINGS), reports(*steps, (300, STANDBY)), sec(400))
    assert [type(event).__name__ for event in events] == ["WokeUp", "Started", "GaitChanged", "Slowed", "Stopped"]
    assert GaitChanged(state=BeltState.RUNNING, at=sec(0)) in events


def test_start_implies_waking_up() -> None:
    # With no hold at all for falling asleep, a dip puts it to sleep but takes only little off the votes for a start.
    belt = SessionDetector(replace(SETTINGS, start_hold=10 * A_SECOND, stop_hold=timedelta(0)))
    events = live(belt, reports((0, STANDBY), (20, RUN), (29, 0), (29.5, RUN)), sec(40))
    assert events == [
        WokeUp(at=sec(0)),
        FellAsleep(at=sec(29)),
        WokeUp(at=sec(20)),
        Started(at=sec(20)),
        GaitChanged(state=BeltState.RUNNING, at=sec(20)),
    ]


def test_votes_for_falling_asleep_are_dropped_by_session() -> None:
    belt = SessionDetector(replace(SETTINGS, start_hold=A_SECOND, shortest=timedelta(0)))
    events = live(belt, reports((0, STANDBY), (10, 0), (25, RUN), (27, 0)), sec(60))
    assert spans(events) == [(25, 27)]
    assert events[-1] == FellAsleep(at=sec(27))


def test_gait_change_after_end_is_no_phase() -> None:
    # A spike of a second takes three of the nineteen seconds off; four more make the twenty.
    belt = SessionDetector(replace(SETTINGS, run_hold=timedelta(0)))
    events = live(belt, reports((0, RUN), (600, STANDBY), (619, WALK), (620, STANDBY)), sec(624))
    assert GaitChanged(state=BeltState.WALKING, at=sec(619)) in events
    (session,) = sessions(events)
    assert session.phases == (Phase(state=BeltState.RUNNING, start=sec(0), end=sec(600)),)


def test_late_report_counts_from_last_decision() -> None:
    belt = SessionDetector(SETTINGS)
    belt.report(RUN, sec(0))
    belt.tick(sec(600))
    belt.report(STANDBY, sec(599))
    assert spans(wait(belt, sec(700))) == [(0, 599)]

    belt = SessionDetector(SETTINGS)
    belt.report(RUN, sec(0))
    belt.tick(sec(5 * 3600))
    assert belt.report(STANDBY, sec(2 * 3600)) == []  # a session was ended at 4 h already
    assert belt.report(RUN, sec(3 * 3600)) == []
    belt.report(STANDBY, sec(6 * 3600))
    assert spans(wait(belt, sec(7 * 3600))) == [(4 * 3600, 6 * 3600)]


def after_restart(belt: SessionDetector) -> SessionDetector:
    """Return the belt restored from its memory."""
    return SessionDetector(belt._settings, BELT_MEMORY.read(BELT_MEMORY.write(belt.memory())))


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        # No calls from 600 s on.
        ([(899, RUN), (1200, STANDBY)], [(0, 1200)]),  # back within patience
        ([(900, RUN), (1200, STANDBY)], [(0, 600), (900, 1200)]),  # and not
        ([(700, STANDBY)], [(0, 600)]),
        ([(700, None), (800, RUN), (1200, STANDBY)], [(0, 1200)]),
        ([(700, None), (901, RUN), (1200, STANDBY)], [(0, 600), (901, 1200)]),  # still unknown: one and the same gap
        ([], []),  # no call
    ],
)
def test_restart_neither_splits_nor_loses_run(
    levels: list[tuple[float, float | None]], expected: list[tuple[float, float]]
) -> None:
    belt = SessionDetector(SETTINGS)
    live(belt, reports((0, RUN)), sec(500))
    belt.tick(sec(600))
    again = after_restart(belt)
    events: list[BeltEvent] = []
    for at, level in reports(*levels):
        events += [*again.tick(at), *again.report(level, at)]
    if levels:
        events += wait(again, sec(3000))
    assert spans(events) == expected
    assert again.session == (None if levels else sec(0))


def test_replayed_history_fills_gap_of_restart() -> None:
    belt = SessionDetector(SETTINGS)
    live(belt, reports((0, RUN), (60, RUN)), sec(100))
    history = reports((30, STANDBY), (60, RUN), (300, WALK), (500, RUN), (900, WALK), (1000, STANDBY))

    again = after_restart(belt)
    events = [*again.replay(history), *again.report(STANDBY, sec(1100)), *wait(again, sec(1120))]
    (session,) = sessions(events)
    assert (session.start, session.end) == (sec(0), sec(1000))
    assert session.running_time == 700  # to 300 s, and from 500 to 900 s


def test_report_from_before_restart_does_not_end_gap() -> None:
    belt = SessionDetector(SETTINGS)
    live(belt, reports((0, RUN)), sec(500))
    belt.tick(sec(600))
    again = after_restart(belt)
    again.report(RUN, sec(599))
    assert spans([*again.tick(sec(700)), *wait(again, sec(900))]) == [(0, 600)]


def test_levels_are_means_of_slices() -> None:
    session = sessions(
        live(SessionDetector(SETTINGS), reports((0, 300), (15, 600), (30, None), (60, 900), (130, 0)), sec(900))
    )[0]
    # Slices of 15 s: one of 300 W, one of 600 W, two unknown, five of 900 W of which the last has 10 s.
    assert list(session.levels) == [300, 600, None, None, 900, 900, 900, 900, 900]
    spans_and_means = {
        (0, 30): 450,
        (10, 20): 450,
        (30, 60): None,
        (25, 65): (5 * 600 + 5 * 900) / 10,
        # 15 s of 300 W, 15 s of 600 W and 70 s of 900 W are known, whatever is asked for beyond.
        (-99, 999): pytest.approx((15 * 300 + 15 * 600 + 70 * 900) / 100),
        (200, 300): None,
    }
    assert {span: session.mean_level(sec(span[0]), sec(span[1])) for span in spans_and_means} == spans_and_means


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"standby": -1}, "standby"),
        ({"standby": nan}, "standby"),
        ({"standby": 60}, "stop"),
        ({"stop": nan}, "stop"),
        ({"stop": 100}, "start"),
        ({"start": inf}, "start"),
        ({"run": 100}, "run"),
        ({"run": inf}, "run"),
        ({"run": nan}, "run"),
        *(({key: -A_SECOND}, key) for key in ("start_hold", "stop_hold", "run_hold", "slow_hold", "patience")),
        ({"longest": timedelta(0)}, "longest"),
        ({"longest": 20 * A_SECOND}, "longest"),
        ({"shortest": -A_SECOND}, "shortest"),
        ({"longest": A_MINUTE}, "shortest"),
    ],
)
def test_contradictory_settings_are_refused(wrong: dict[str, object], key: str) -> None:
    with pytest.raises(ValueError, match=f"^{key}$"):
        replace(SETTINGS, **wrong)  # type: ignore[arg-type]


def test_settings_at_limits_are_accepted() -> None:
    replace(SETTINGS, standby=0, stop=0, start=1, run=None, shortest=timedelta(0))
