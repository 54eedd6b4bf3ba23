"""Power traces of treadmills on smart plugs, made from a plan of speeds, with the sessions expected from the plan.

They are no recordings: the figures are invented in the range that owners report. A belt of 1.5 to 2.5 hp takes some
hundred watts to turn with a runner on it and some forty more for each km/h; a walking pad a third of that. On top come
the swing of every footfall, noise, the inrush when the motor starts, the belt's own slow change of speed, and the
display's few watts. A plug then reports that in its own way: fast, slowly, on change alone, with gaps.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import pi, sin
from random import Random

from custom_components.home_gym.gym.treadmill.detector import SessionDetector
from custom_components.home_gym.gym.treadmill.events import BeltEvent
from custom_components.home_gym.gym.treadmill.settings import BeltSettings

START = datetime(2026, 3, 2, 17, tzinfo=UTC)
OFF, AWAKE = -1.0, 0.0
# Seconds between the steps in which the belt's power is worked out.
STEP = 0.25

type Report = tuple[datetime, float | None]
type Plug = Callable[[Sequence[tuple[float, float]], Random], Iterator[tuple[float, float | None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A treadmill: its watts at rest and at speed, and its settings.

    `ramp` is km/h a second, `ripple` the share by which the watts swing with each step.
    """

    turning: float
    each_kmh: float
    awake: tuple[float, float] = (5, 8)
    off: float = 0.4
    ramp: float = 0.8
    ripple: float = 0.08
    noise: float = 0.02
    inrush: float = 600
    settings: BeltSettings

    def watts(self, kmh: float) -> float:
        """Return the mean power at a speed."""
        return self.turning + self.each_kmh * kmh


# Walking at 5 km/h takes 320 W, running at 10 km/h 520 W; the two are told apart at 7.25 km/h.
TREADMILL = Machine(turning=120, each_kmh=40, settings=BeltSettings(standby=2.5, start=90, stop=45, run=410))
PAD = Machine(
    turning=40, each_kmh=22, inrush=200, settings=BeltSettings(standby=2.5, start=38, stop=25, run=None), ripple=0.15
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A leg of seconds at a speed in km/h, or AWAKE, or OFF."""

    seconds: float
    kmh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A session by construction, in seconds from the trace's start on."""

    start: float
    end: float
    running: float
    walking: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A plug's reports, and the true sessions, known to within `tolerance` seconds."""

    name: str
    settings: BeltSettings
    reports: tuple[Report, ...]
    end: datetime
    sessions: tuple[Expected, ...]
    slowed: tuple[float, ...] = ()
    tolerance: float = 6


def live(belt: SessionDetector, reports: Iterable[Report], until: datetime | None = None) -> list[BeltEvent]:
    """Return a detector's events for reports one by one, with a tick at each of its deadlines."""
    events: list[BeltEvent] = []
    for at, level in reports:
        events += [*wait(belt, at), *belt.report(level, at)]
    return events + (wait(belt, until) if until else [])


def wait(belt: SessionDetector, until: datetime) -> list[BeltEvent]:
    """Return a detector's events until an instant without reports."""
    events: list[BeltEvent] = []
    while (due := belt.deadline()) and due <= until:
        events += belt.tick(due)
    return events


def run(seconds: float, kmh: float = 10) -> Leg:
    """Return a leg at a runner's speed."""
    return Leg(seconds=seconds, kmh=kmh)


def walk(seconds: float, kmh: float = 5) -> Leg:
    """Return a leg at a walker's speed."""
    return Leg(seconds=seconds, kmh=kmh)


def rest(seconds: float) -> Leg:
    """Return a leg of a standing belt with its display on."""
    return Leg(seconds=seconds, kmh=AWAKE)


def off(seconds: float) -> Leg:
    """Return a leg on which the treadmill is off."""
    return Leg(seconds=seconds, kmh=OFF)


def power(machine: Machine, legs: Sequence[Leg], rng: Random) -> list[tuple[float, float]]:
    """Return seconds and watts of a plan, in small steps."""
    watts: list[tuple[float, float]] = []
    speed, at = 0.0, 0.0
    for leg in legs:
        target = max(leg.kmh, 0.0)
        stands = speed == 0
        for step in range(int(leg.seconds / STEP)):
            change = machine.ramp * STEP
            speed = min(speed + change, target) if speed < target else max(speed - 2 * change, target)
            cadence = 2.8 if speed > 7 else 1.9
            swing = 1 + machine.ripple * sin(2 * pi * cadence * at) + rng.gauss(0, machine.noise)
            if speed:
                spike = machine.inrush if stands and step * STEP < 1 else 0.0
                watts.append((at, machine.watts(speed) * swing + spike))
            else:
                watts.append((at, machine.off if leg.kmh == OFF else rng.uniform(*machine.awake)))
            at += STEP
    return watts


def every(seconds: float, *, dropped: float = 0) -> Plug:
    """Return a plug that reports the watts of the moment at this pace, or not, with some probability."""

    def plug(watts: Sequence[tuple[float, float]], rng: Random) -> Iterator[tuple[float, float | None]]:
        for at, level in watts[:: int(seconds / STEP)]:
            if rng.random() >= dropped:
                yield at, round(level, 1)

    return plug


def on_change(by: float) -> Plug:
    """Return a plug that reports once a second, if the watts differ by `by` from its last report."""

    def plug(watts: Sequence[tuple[float, float]], rng: Random) -> Iterator[tuple[float, float | None]]:
        last = -by
        for at, level in watts[:: int(1 / STEP)]:
            if abs(level - last) >= by:
                last = level
                yield at, round(level, 1)

    return plug


def unavailable(plug: Plug, start: float, end: float) -> Plug:
    """Return a plug that can't be reached for a while."""

    def gone(watts: Sequence[tuple[float, float]], rng: Random) -> Iterator[tuple[float, float | None]]:
        reports = list(plug(watts, rng))
        yield from (report for report in reports if report[0] < start)
        yield start, None
        yield from (report for report in reports if report[0] >= end)

    return gone


def trace(
    name: str,
    legs: Sequence[Leg],
    *sessions: Expected,
    machine: Machine = TREADMILL,
    plug: Plug | None = None,
    slowed: tuple[float, ...] = (),
    tolerance: float = 6,
) -> Trace:
    """Return a plug's reports for a plan."""
    rng = Random(name)
    reports = (plug or every(1))(power(machine, legs, rng), rng)
    return Trace(
        name=name,
        settings=machine.settings,
        reports=tuple((START + timedelta(seconds=at), level) for at, level in reports),
        end=START + timedelta(seconds=sum(leg.seconds for leg in legs)),
        sessions=sessions,
        slowed=slowed,
        tolerance=tolerance,
    )


# Twenty minutes of running at 10 km/h, with the treadmill switched on a minute before and off five minutes after.
PLAIN = (off(60), rest(60), run(1200), rest(300), off(120))
PLAIN_RUN = Expected(start=120, end=1320, running=1200)
# Slow to change speed: from 0 to 7.25 km/h in nine seconds, which are walked.
BY_RAMP = 9
INTERVALS = (rest(30), walk(300), *(leg for _ in range(5) for leg in (run(110, 13), walk(100))), walk(120), rest(120))
FIDGETY = replace(TREADMILL, awake=(2.0, 20.0))


def traces() -> list[Trace]:
    """Return every trace of the table."""
    return [
        trace("plain", PLAIN, PLAIN_RUN, slowed=(1320,), tolerance=BY_RAMP + 2),
        trace("four reports a second", PLAIN, PLAIN_RUN, plug=every(0.25), slowed=(1320,), tolerance=BY_RAMP + 2),
        *(
            trace(
                f"a report every {pace} s", PLAIN, PLAIN_RUN, plug=every(pace), slowed=(1320,), tolerance=pace + BY_RAMP
            )
            for pace in (10, 30, 60)
        ),
        trace("on change alone", PLAIN, PLAIN_RUN, plug=on_change(40), slowed=(1320,), tolerance=BY_RAMP + 2),
        trace(
            "every other report is lost",
            PLAIN,
            PLAIN_RUN,
            plug=every(1, dropped=0.5),
            slowed=(1320,),
            tolerance=BY_RAMP + 5,
        ),
        trace(
            "a fidgety standby",
            (rest(600), run(900), rest(900)),
            Expected(start=600, end=1500, running=900),
            machine=FIDGETY,
            slowed=(1500,),
            tolerance=BY_RAMP + 2,
        ),
        trace("nobody on it all evening", (off(600), rest(3600), off(600)), machine=FIDGETY),
        # The motor turns for a second and a half after each key press.
        trace("a key pressed again and again", (off(60), *(leg for _ in range(60) for leg in (walk(1.5), rest(8))))),
        trace("half a minute to try it", (rest(60), walk(40), rest(300))),
        trace(
            "with a walk before and after",
            (rest(60), walk(300), run(1500), walk(300), rest(300)),
            Expected(start=60, end=2160, running=1500, walking=600),
            slowed=(1860,),
        ),
        trace("a walk", (rest(60), walk(1800), rest(100)), Expected(start=60, end=1860, running=0, walking=1800)),
        # Five times 110 s fast, 100 s of walking after each, 300 s of it before and 120 s in the end. Only by the
        # second break there are two minutes of running; each break from then on slows down.
        trace(
            "intervals",
            INTERVALS,
            Expected(start=30, end=1500, running=550, walking=920),
            slowed=(650, 860, 1070, 1280),
            tolerance=20,
        ),
        trace(
            "a stop for water",
            (rest(60), run(600), rest(90), run(600), rest(300)),
            Expected(start=60, end=660, running=600),
            Expected(start=750, end=1350, running=600),
            slowed=(660, 1350),
            tolerance=BY_RAMP + 2,
        ),
        # Ten seconds, of which the belt takes six to stop: too short to have slowed down.
        trace(
            "a shoe lace",
            (rest(60), run(600), rest(10), run(600), rest(300)),
            Expected(start=60, end=1270, running=1200, walking=10),
            slowed=(1270,),
            tolerance=2 * BY_RAMP,
        ),
        trace(
            "a walking pad",
            (off(60), rest(20), walk(1800, 3), walk(600, 1), walk(600, 5), rest(60), off(300)),
            Expected(start=80, end=3080, running=3000),
            machine=PAD,
            slowed=(3080,),
        ),
        trace(
            "a walking pad on a slow plug",
            (rest(60), walk(3000, 2), rest(600)),
            Expected(start=60, end=3060, running=3000),
            machine=PAD,
            plug=every(30),
            slowed=(3060,),
            tolerance=32,
        ),
        trace(
            "unavailable for four minutes",
            PLAIN,
            PLAIN_RUN,
            plug=unavailable(every(1), 600, 840),
            slowed=(1320,),
            tolerance=BY_RAMP + 2,
        ),
        trace(
            "unavailable for six minutes",
            PLAIN,
            Expected(start=120, end=600, running=480),
            Expected(start=960, end=1320, running=360),
            plug=unavailable(every(1), 600, 960),
            slowed=(1320,),
            tolerance=BY_RAMP + 2,
        ),
        trace(
            "stopped while unavailable",
            PLAIN,
            Expected(start=120, end=1200, running=1080),
            plug=unavailable(every(1), 1200, 1400),
            tolerance=BY_RAMP + 2,
            slowed=(1200,),
        ),
        trace(
            "unplugged in the end",
            PLAIN,
            Expected(start=120, end=1300, running=1180),
            plug=unavailable(every(1), 1300, 9999),
            tolerance=BY_RAMP + 2,
        ),
        # The power fails, comes back after a minute, and the treadmill asks for its key.
        trace(
            "power cut",
            (rest(60), run(900), off(60), rest(600)),
            Expected(start=60, end=960, running=900),
            plug=unavailable(every(1), 960, 1000),
            slowed=(960,),
            tolerance=BY_RAMP + 2,
        ),
        # Four hours are the most.
        trace(
            "a belt left on",
            (rest(60), walk(5 * 3600), rest(600), run(600), rest(120)),
            Expected(start=60, end=60 + 4 * 3600, running=0, walking=4 * 3600),
            Expected(start=18660, end=19260, running=600),
            plug=every(10),
            slowed=(19260,),
            tolerance=22,
        ),
    ]
