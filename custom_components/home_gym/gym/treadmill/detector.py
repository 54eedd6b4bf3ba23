"""One treadmill: watts of its plug go in, sessions on it come out.

The level that goes in may as well be the metres a second of a Bluetooth treadmill; the settings are then in the same
unit. Nothing here knows who runs, or how far; `belt_speed` estimates the latter.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from math import inf

from .events import BeltEvent, FellAsleep, GaitChanged, Slowed, Started, Stopped, WokeUp
from .hysteresis import NO_TIME, Hysteresis
from .memory import BeltMemory
from .session import BeltState, OpenSession, Stretch
from .settings import BeltSettings

# Who ran for less than this has nothing to cool down from.
RUN_BEFORE_COOL_DOWN = timedelta(minutes=2).total_seconds()
# No household socket gives so many watts, and no belt runs so many metres a second.
LARGEST_LEVEL = 10_000

type _Act = Callable[[datetime], list[BeltEvent]]
type _Turn = tuple[datetime, _Act]


class SessionDetector:
    """Tells from the level what a treadmill does.

    A level holds until the next report. Whoever feeds the belt calls `tick` at the `deadline`, and may do so at any
    other time. All calls return what happened, dated to when it did.

    After a restart the belt goes on from its memory. The time between the last call before the memory was taken and the
    first one after is as if the level had been unavailable: movement that is seen again within `patience` is still the
    same session, otherwise that ended when it was last seen. So `tick` should come right before `memory`, and what a
    recorder knows of the time since goes into `replay` before anything else.
    """

    def __init__(self, settings: BeltSettings, memory: BeltMemory | None = None) -> None:
        """Begin anew, or go on where a memory ends."""
        memory = memory or BeltMemory()
        self._settings = settings
        self._seen, self._reported, self._now = memory.seen, memory.reported, memory.now
        self._level, self._measured, self._trail = memory.level, memory.measured, list(memory.trail)
        self._lost, self._spent, self._session = memory.lost, memory.spent, memory.session
        self._awake, self._moving, self._running, self._fast = _toggles(settings, memory)
        self._unwatched = memory.seen is not None

    @property
    def state(self) -> BeltState:
        """What the treadmill does, as far as is known for sure by now."""
        if self._session:
            return self._session.gait
        return BeltState.STANDBY if self._awake.on else BeltState.OFF

    @property
    def session(self) -> datetime | None:
        """When the session that goes on began, None where there is none."""
        return self._session.start if self._session else None

    def report(self, level: float | None, at: datetime) -> list[BeltEvent]:
        """Take a level that was measured at an instant; None where it is unavailable or unknown.

        What is no level counts as unknown, what is negative as zero, and what is older than the last report not at all.
        """
        if self._reported is not None and at < self._reported:
            return []
        events = self._look(at)
        self._reported = at
        return events + self._take(level, at)

    def tick(self, now: datetime) -> list[BeltEvent]:
        """Let time pass."""
        events = self._look(now)
        return events + self._advance(now)

    def replay(self, history: Iterable[tuple[datetime, float | None]]) -> list[BeltEvent]:
        """Take what was reported while nobody looked, in order, as if somebody had."""
        events: list[BeltEvent] = []
        for at, level in history:
            if self._reported is None or at >= self._reported:
                self._seen, self._reported = max(at, self._seen or at), at
                events += self._take(level, at)
        return events

    def deadline(self) -> datetime | None:
        """Return when something happens unless the level changes, None where nothing does."""
        return min((due for due, _ in self._turns()), default=None)

    def memory(self) -> BeltMemory:
        """Return all that a belt needs to go on after a restart."""
        return BeltMemory(
            seen=self._seen,
            reported=self._reported,
            now=self._now,
            level=self._level,
            measured=self._measured,
            trail=tuple(self._trail),
            lost=self._lost,
            spent=self._spent,
            awake=self._awake.tally,
            moving=self._moving.tally,
            running=self._running.tally,
            fast=self._fast.tally,
            session=self._session,
        )

    def _look(self, at: datetime) -> list[BeltEvent]:
        """Note that somebody looks, and what nobody knows of the time since the memory was taken."""
        seen = self._seen or at
        self._seen = max(at, seen)
        if not self._unwatched or at < seen:
            return []
        self._unwatched = False
        return self._take(None, seen) if at > seen else []

    def _take(self, level: float | None, at: datetime) -> list[BeltEvent]:
        # A tick may have come before a report of an earlier instant, and have decided something.
        at = max(at, self._now or at)
        events = self._advance(at)
        self._measure(at)
        self._now, self._level = at, _plausible(level)
        lost = self._lost or at
        self._lost = lost if self._level is None else None
        self._vote(at, lost)
        self._sort_trail(at)
        return events + self._advance(at)

    def _advance(self, until: datetime) -> list[BeltEvent]:
        """Do all that is due by an instant, each at its own time."""
        events: list[BeltEvent] = []
        while turn := min(self._turns(), key=_due, default=None):
            at, act = turn
            if at > until:
                break
            self._now = at
            events += act(at)
            self._vote(at, at)
        return events

    def _turns(self) -> Iterator[_Turn]:
        """Give what is due and when; of what is due at once, what comes first goes first."""
        session = self._session
        acts: list[tuple[datetime | None, _Act]]
        if session:
            stop = partial(self._stop, session)
            acts = [
                (session.start + self._settings.longest, stop),
                (self._given_up_at, stop),
                (self._fast.due(), partial(self._change_pace, session)),
                (self._running.due(), partial(self._change_gait, session)),
                (self._moving.due(), stop),
            ]
        else:
            acts = [
                (self._given_up_at if self._awake.on else None, self._wake_or_doze),
                (self._awake.due(), self._wake_or_doze),
                (self._moving.due(), self._start),
            ]
        for due, act in acts:
            if due:
                yield max(due, self._now or due), act

    @property
    def _given_up_at(self) -> datetime | None:
        return self._lost + self._settings.patience if self._lost else None

    def _wake_or_doze(self, at: datetime) -> list[BeltEvent]:
        since = self._awake.since(at) or self._lost or at
        self._awake.flip()
        return [WokeUp(at=since) if self._awake.on else FellAsleep(at=since)]

    def _start(self, at: datetime) -> list[BeltEvent]:
        since = self._moving.since(at) or at
        events: list[BeltEvent] = [] if self._awake.on else [WokeUp(at=since)]
        self._awake.reset(on=True)
        self._moving.flip()
        gait = BeltState.WALKING
        if self._settings.run is None:
            self._running.reset(on=True)
            gait = BeltState.RUNNING
        self._session = OpenSession(start=since, gait=gait, since=since)
        return [*events, Started(at=since)]

    def _change_pace(self, session: OpenSession, at: datetime) -> list[BeltEvent]:
        since = self._fast.since(at) or at
        self._fast.flip()
        if self._fast.on or session.slowed or session.running_time(since) < RUN_BEFORE_COOL_DOWN:
            return []
        self._session = replace(session, slowed=True)
        return [Slowed(at=since)]

    def _change_gait(self, session: OpenSession, at: datetime) -> list[BeltEvent]:
        since = max(self._running.since(at) or at, session.since)
        self._running.flip()
        gait = BeltState.RUNNING if self._running.on else BeltState.WALKING
        self._session = session.changed(gait, since)
        return [GaitChanged(state=gait, at=since)]

    def _stop(self, session: OpenSession, at: datetime) -> list[BeltEvent]:
        """End the session at the last movement that is known of."""
        end = min(self._moving.since(at) or self._lost or at, session.start + self._settings.longest)
        self._measure(at)
        over = session.measured(_until(end, self._trail)).closed(end)
        self._session = None
        self._trail.clear()
        self._moving.flip()
        self._running.reset(on=False)
        self._spent = self._level is not None and self._level >= self._settings.stop
        counts = end > session.start and end - session.start >= self._settings.shortest
        return [Stopped(session=over if counts else None)]

    def _vote(self, at: datetime, lost: datetime) -> None:
        level, stop = self._level, self._settings.stop
        stands_still = level is not None and level < stop
        self._spent = self._spent and not stands_still
        self._awake.vote(level, at, lost)
        self._moving.vote(None if self._spent else level, at, lost)
        # Standing still is no way of walking.
        self._running.vote(None if stands_still else level, at, lost)
        self._fast.vote(level, at, lost)

    def _measure(self, at: datetime) -> None:
        """Note the level of the time since the last report, if that is or may turn out to be part of a session."""
        may_count = self._session or self._moving.since(at)
        if may_count and self._level is not None and self._measured is not None and at > self._measured:
            self._trail.append(Stretch(start=self._measured, end=at, level=self._level))
        self._measured = at

    def _sort_trail(self, at: datetime) -> None:
        """Add up what is known to be part of the session, and forget what is part of none."""
        if self._moving.since(at):
            return
        if self._session:
            self._session = self._session.measured(self._trail)
        self._trail.clear()


def _due(turn: _Turn) -> datetime:
    return turn[0]


def _plausible(level: float | None) -> float | None:
    """Return a level that can be one; watts that a plug counts the wrong way round are noise around zero."""
    if level is None or not -LARGEST_LEVEL <= level <= LARGEST_LEVEL:
        return None
    return max(float(level), 0.0)


def _until(end: datetime, trail: Iterable[Stretch]) -> list[Stretch]:
    return [replace(stretch, end=min(stretch.end, end)) for stretch in trail if stretch.start < end]


def _toggles(settings: BeltSettings, memory: BeltMemory) -> tuple[Hysteresis, Hysteresis, Hysteresis, Hysteresis]:
    """Return what tells whether the treadmill is awake, moves, is run on, and is run on without slowing down."""
    run = -inf if settings.run is None else settings.run
    return (
        Hysteresis(
            rise=settings.standby,
            rise_hold=settings.start_hold,
            fall=settings.standby,
            fall_hold=settings.stop_hold,
            tally=memory.awake,
        ),
        Hysteresis(
            rise=settings.start,
            rise_hold=settings.start_hold,
            fall=settings.stop,
            fall_hold=settings.stop_hold,
            tally=memory.moving,
        ),
        # Which gait it is, most of the time tells: the level swings with every step, around `run` too.
        Hysteresis(
            rise=run, rise_hold=settings.run_hold, fall=run, fall_hold=settings.run_hold, doubt=1, tally=memory.running
        ),
        Hysteresis(
            rise=max(run, settings.stop),
            rise_hold=NO_TIME,
            fall=max(run, settings.stop),
            fall_hold=settings.slow_hold,
            tally=memory.fast,
        ),
    )
