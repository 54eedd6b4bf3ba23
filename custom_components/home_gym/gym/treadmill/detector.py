"""Session detection of one treadmill: watts of its plug go in, events and sessions come out.

The level may as well be the metres a second of a Bluetooth treadmill, with settings in the same unit. Runner and
distance are not known here; `speed_model` estimates the latter.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from math import inf

from .events import BeltEvent, FellAsleep, GaitChanged, Resumed, Slowed, Started, Stopped, WokeUp
from .hysteresis import NO_TIME, Hysteresis
from .memory import BeltMemory
from .session import BeltSession, BeltState, OpenSession, Stretch
from .settings import BeltSettings

# Seconds of running before a cool-down is called for.
RUN_BEFORE_COOL_DOWN = timedelta(minutes=2).total_seconds()
# More watts than any household socket gives, and more metres a second than any belt runs.
LARGEST_LEVEL = 10_000

type _Act = Callable[[datetime], list[BeltEvent]]
type _Pending = tuple[datetime, _Act]


class SessionDetector:
    """Detects the state and sessions of a treadmill from its level.

    A level holds until the next report. The caller has to call `tick` at the `deadline`, and may call it at any other
    time. All calls return events, dated to the instant at which they happened.

    After a restart the detector continues from its memory. The time between the last call before the memory was taken
    and the first one after it counts as if the level had been unavailable: movement seen again within `patience`
    continues the same session, otherwise the session ended when movement was last seen. So `tick` should come right
    before `memory`, and a recorder's history of the time since goes into `replay` before any other call.
    """

    def __init__(self, settings: BeltSettings, memory: BeltMemory | None = None) -> None:
        """Start in the initial state, or continue from a memory."""
        memory = memory or BeltMemory()
        self._settings = settings
        self._seen, self._reported, self._now = memory.seen, memory.reported, memory.now
        self._level, self._measured, self._trail = memory.level, memory.measured, list(memory.trail)
        self._lost, self._spent, self._session = memory.lost, memory.spent, memory.session
        self._awake, self._moving, self._running, self._fast = _hystereses(settings, memory)
        self._unwatched = memory.seen is not None

    @property
    def state(self) -> BeltState:
        """The state of the treadmill, as far as it is certain by now."""
        if self._session:
            return self._session.gait
        return BeltState.STANDBY if self._awake.on else BeltState.OFF

    @property
    def session(self) -> datetime | None:
        """The start of the open session, None without one."""
        return self._session.start if self._session else None

    def closed_at(self, now: datetime) -> BeltSession | None:
        """Return the open session as it would be if it ended now, None without one."""
        return self._session.closed(now) if self._session else None

    def report(self, level: float | None, at: datetime) -> list[BeltEvent]:
        """Handle a level that was measured at an instant; None if it is unavailable or unknown.

        An implausible level counts as unknown, a negative one as zero, and a report older than the last one is ignored.
        """
        if self._reported is not None and at < self._reported:
            return []
        events = self._observe(at)
        self._reported = at
        return events + self._take_level(level, at)

    def tick(self, now: datetime) -> list[BeltEvent]:
        """Handle the passing of time."""
        events = self._observe(now)
        return events + self._advance(now)

    def replay(self, history: Iterable[tuple[datetime, float | None]]) -> list[BeltEvent]:
        """Handle the reports of a time without calls, in order, as if they had come live."""
        events: list[BeltEvent] = []
        for at, level in history:
            if self._reported is None or at >= self._reported:
                self._seen, self._reported = max(at, self._seen or at), at
                events += self._take_level(level, at)
        return events

    def deadline(self) -> datetime | None:
        """Return the time of the next event at a constant level, None if there will be none."""
        return min((due for due, _ in self._pending()), default=None)

    def memory(self) -> BeltMemory:
        """Return the state needed to continue after a restart."""
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

    def _observe(self, at: datetime) -> list[BeltEvent]:
        """Note a call, and on the first one after a restart that the level since the memory was unknown."""
        seen = self._seen or at
        self._seen = max(at, seen)
        if not self._unwatched or at < seen:
            return []
        self._unwatched = False
        return self._take_level(None, seen) if at > seen else []

    def _take_level(self, level: float | None, at: datetime) -> list[BeltEvent]:
        # An earlier tick may already have decided on the time up to an instant later than this report.
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
        """Run all actions due by an instant, each at its own time."""
        events: list[BeltEvent] = []
        while pending := min(self._pending(), key=_due, default=None):
            at, act = pending
            if at > until:
                break
            self._now = at
            events += act(at)
            self._vote(at, at)
        return events

    def _pending(self) -> Iterator[_Pending]:
        """Yield the pending actions with their times; of those due at once, the first takes precedence."""
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
        if self._fast.on and session.slowed and session.gait is BeltState.RUNNING:
            # Too short a pause to be a walk.
            self._session = replace(session, slowed=False)
            return [Resumed(at=since)]
        if self._fast.on or session.slowed or session.running_time(since) < RUN_BEFORE_COOL_DOWN:
            return []
        self._session = replace(session, slowed=True)
        return [Slowed(at=since)]

    def _change_gait(self, session: OpenSession, at: datetime) -> list[BeltEvent]:
        since = max(self._running.since(at) or at, session.since)
        self._running.flip()
        gait = BeltState.RUNNING if self._running.on else BeltState.WALKING
        is_resumed = session.slowed and self._running.on
        self._session = replace(session.changed(gait, since), slowed=session.slowed and not is_resumed)
        return [GaitChanged(state=gait, at=since), *([Resumed(at=since)] if is_resumed else [])]

    def _stop(self, session: OpenSession, at: datetime) -> list[BeltEvent]:
        """End the session at the last known movement."""
        seen = self._moving.since(at)
        end = min(seen or self._lost or at, session.start + self._settings.longest)
        self._measure(at)
        over = session.measured(_until(end, self._trail)).closed(end)
        self._session = None
        self._trail.clear()
        self._moving.flip()
        self._running.reset(on=False)
        self._spent = self._level is not None and self._level >= self._settings.stop
        counts = end > session.start and end - session.start >= self._settings.shortest
        slows = seen is not None and session.gait is BeltState.RUNNING and not session.slowed
        is_run = slows and session.running_time(end) >= RUN_BEFORE_COOL_DOWN
        return [*([Slowed(at=end)] if is_run else []), Stopped(session=over if counts else None)]

    def _vote(self, at: datetime, lost: datetime) -> None:
        level, stop = self._level, self._settings.stop
        stands_still = level is not None and level < stop
        self._spent = self._spent and not stands_still
        self._awake.vote(level, at, lost)
        self._moving.vote(None if self._spent else level, at, lost)
        # A still belt is no vote for walking.
        self._running.vote(None if stands_still else level, at, lost)
        self._fast.vote(level, at, lost)

    def _measure(self, at: datetime) -> None:
        """Note the level since the last report, if that time is or may become part of a session."""
        may_count = self._session or self._moving.since(at)
        if may_count and self._level is not None and self._measured is not None and at > self._measured:
            self._trail.append(Stretch(start=self._measured, end=at, level=self._level))
        self._measured = at

    def _sort_trail(self, at: datetime) -> None:
        """Add the stretches that certainly belong to the session, and drop those of none."""
        if self._moving.since(at):
            return
        if self._session:
            self._session = self._session.measured(self._trail)
        self._trail.clear()


def _due(pending: _Pending) -> datetime:
    return pending[0]


def _plausible(level: float | None) -> float | None:
    """Return a plausible level; negative watts are noise around zero."""
    if level is None or not -LARGEST_LEVEL <= level <= LARGEST_LEVEL:
        return None
    return max(float(level), 0.0)


def _until(end: datetime, trail: Iterable[Stretch]) -> list[Stretch]:
    return [replace(stretch, end=min(stretch.end, end)) for stretch in trail if stretch.start < end]


def _hystereses(settings: BeltSettings, memory: BeltMemory) -> tuple[Hysteresis, Hysteresis, Hysteresis, Hysteresis]:
    """Return the hystereses for an awake, a moving, a running, and an unslowed running belt."""
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
        # The level swings with every step, also around `run`, so the gait goes by the majority of the time.
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
