"""The player of guided routines: starts and stops, pauses and goes on, and says what comes when.

Time is an argument: however late `tick` is called, and however long a line takes to be spoken, no hold moves.
`deadline()` says when `tick` wants to be called next.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from .player_events import (
    CuePriority,
    PauseReason,
    PhraseRef,
    PlayerEvent,
    RoutineFinished,
    RoutinePaused,
    RoutineResumed,
    RoutineStarted,
    RoutineStopped,
    Speak,
)
from .player_lines import PAUSED, RESTORED, greeting, name_lines
from .playhead import PlaybackPosition, Playhead
from .position import PlayerMemory
from .routine import Routine, Step
from .script import told_at
from .timing import duration

LATEST = timedelta(seconds=30)
"""A tick that comes later than this after its deadline finds nobody on the mat any more."""
OF_USE = timedelta(seconds=20)
"""How long a line that belongs to no step may wait."""
GIVEN_UP_AFTER = timedelta(hours=2)
"""Nobody goes on with a routine that was paused for so long."""


class PlayerState(StrEnum):
    """Whether a routine is going on."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"


class Player:
    """Plays one routine once.

    A command that makes no sense now (to pause twice, to go on with what is not paused, anything after the end) changes
    nothing and tells of nothing.
    """

    def __init__(self, routine: Routine, memory: PlayerMemory | None = None, *, speaker: str | None = None) -> None:
        """Begin idle, or paused at the place that a memory has.

        Raises ValueError("empty") for a routine without a step that takes time, and for a memory of another routine.
        """
        if memory and memory.routine != routine:
            raise ValueError("a memory of this routine was expected")
        self.routine = routine
        self.speaker = memory.speaker if memory else speaker
        self.state = PlayerState.PAUSED if memory else PlayerState.IDLE
        self._head = Playhead(routine, memory)
        self._is_over = False
        self._interrupted = memory is not None and memory.running
        # When it was paused; unknown after a restart, until that is told.
        self._paused: datetime | None = None

    @property
    def step(self) -> Step | None:
        """The step that is being led in, held or rested from; None before the start and after the end."""
        return None if self.state is PlayerState.IDLE else self._head.slot.step

    @property
    def number(self) -> int:
        """Which step that is, counted from 1."""
        return self._head.index + 1

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(self._head.plan)

    @property
    def ends(self) -> datetime | None:
        """The instant at which the hold ends, or the rest; None unless running."""
        return self._head.ends if self.state is PlayerState.RUNNING else None

    @property
    def coming(self) -> Step | None:
        """The step after the one that goes on; None where there is none."""
        return None if self.state is PlayerState.IDLE else self._head.coming

    @property
    def place(self) -> PlaybackPosition:
        """Where it is by now, for who shows it as time passes."""
        return self._head.place(is_moving=self.state is PlayerState.RUNNING)

    def deadline(self) -> datetime | None:
        """Return when `tick` is to be called next; None where nothing comes of that."""
        if self.state is PlayerState.PAUSED and self._paused:
            return self._paused + GIVEN_UP_AFTER
        return self._head.due if self.state is PlayerState.RUNNING else None

    def memory(self) -> PlayerMemory | None:
        """Return the place up to which time was followed; None before the start and after the end."""
        if self.state is PlayerState.IDLE:
            return None
        running = self.state is PlayerState.RUNNING or self._interrupted
        return self._head.memory(running=running, speaker=self.speaker)

    def start(self, now: datetime) -> list[PlayerEvent]:
        """Begin with the first step."""
        if self.state is not PlayerState.IDLE or self._is_over:
            return []
        self.state = PlayerState.RUNNING
        self._head.move_from(now)
        seconds = duration(self.routine).total_seconds()
        return [
            RoutineStarted(routine=self.routine, seconds=seconds),
            self._say(greeting(self.routine, seconds), until=now + self._head.slot.lead_in),
            *self.tick(now),
        ]

    def tick(self, now: datetime) -> list[PlayerEvent]:
        """Do what time alone brings about.

        After more time unseen than any hiccup takes it pauses where it was last seen, and rushes through nothing. A
        clock that was set back takes the plan along. What was paused for long is stopped, and nothing is said of that.
        """
        if self.state is PlayerState.PAUSED and self._paused and now - self._paused >= GIVEN_UP_AFTER:
            return [self._stop()]
        if self.state is not PlayerState.RUNNING:
            return []
        if now < self._head.seen:
            self._head.shift(now - self._head.seen)
        if now - self._head.due > LATEST:
            return self._pause(PauseReason.CLOCK, now)
        events: list[PlayerEvent] = []
        while self.state is PlayerState.RUNNING and self._head.due <= now:
            self._head.follow(self._head.due)
            mark = self._head.pass_mark()
            events += told_at(mark, self._head, now) if mark else self._advance(self._head.seen)
        if self.state is PlayerState.RUNNING:
            self._head.follow(now)
        return events

    def shift(self, by: timedelta) -> list[PlayerEvent]:
        """Take the plan along with a clock that was set by so much; far forward it may be the machine that slept."""
        if self.state is PlayerState.PAUSED and self._paused:
            self._paused += by
        if self.state is not PlayerState.RUNNING:
            return []
        if by > LATEST:
            return self._pause(PauseReason.CLOCK, self._head.seen + by)
        self._head.shift(by)
        return []

    def pause(self, now: datetime, reason: PauseReason = PauseReason.ASKED) -> list[PlayerEvent]:
        """Stand still."""
        events = self.tick(now)
        return events + self._pause(reason, now) if self.state is PlayerState.RUNNING else events

    def resume(self, now: datetime) -> list[PlayerEvent]:
        """Go on where it stands still, with time to get ready for what is left of a hold."""
        if self.state is not PlayerState.PAUSED:
            return []
        self.state = PlayerState.RUNNING
        self._interrupted = False
        self._paused = None
        self._head.move_from(now)
        lines = [PhraseRef(key="player.resumed")]
        if self._head.is_hold_ahead:
            lines += name_lines(self._head.slot.step)
        resumed = RoutineResumed(routine=self.routine, ends=self._head.ends)
        return [resumed, *(self._say(line, until=now + OF_USE) for line in lines), *self.tick(now)]

    def next(self, now: datetime) -> list[PlayerEvent]:
        """Go to the next step; after the last one the routine is finished."""
        events = self.tick(now)
        if self.state is PlayerState.IDLE:
            return events
        events += self._advance(now)
        return events + self.tick(now)

    def previous(self, now: datetime) -> list[PlayerEvent]:
        """Go to the step before; the first one begins anew."""
        return self._back_to(-1, now)

    def repeat(self, now: datetime) -> list[PlayerEvent]:
        """Begin the step anew."""
        return self._back_to(0, now)

    def stop(self, now: datetime) -> list[PlayerEvent]:
        """End before the end."""
        events = self.tick(now)
        if self.state is PlayerState.IDLE:
            return events
        return [*events, self._stop(), self._say(PhraseRef(key="player.stopped"), until=now + OF_USE)]

    def restored(self, now: datetime, *, is_restart: bool = True) -> list[PlayerEvent]:
        """Tell, once, that a restart paused what was going on, or else that something smaller did."""
        self._paused = now
        if not self._interrupted:
            return []
        self._interrupted = False
        return [
            RoutinePaused(routine=self.routine, reason=PauseReason.RESTART),
            self._say(RESTORED if is_restart else PAUSED, until=now + OF_USE),
        ]

    def _advance(self, at: datetime) -> list[PlayerEvent]:
        """Go to the next step at an instant, or to the end."""
        if self._head.is_at_last_step:
            return self._finish(at)
        self._head.enter(self._head.index + 1)
        return []

    def _back_to(self, way: int, now: datetime) -> list[PlayerEvent]:
        events = self.tick(now)
        if self.state is PlayerState.IDLE:
            return events
        self._head.enter(max(0, self._head.index + way))
        return events + self.tick(now)

    def _pause(self, reason: PauseReason, now: datetime) -> list[PlayerEvent]:
        self.state = PlayerState.PAUSED
        self._paused = now
        self._head.stand_still()
        paused = RoutinePaused(routine=self.routine, reason=reason)
        # Where nothing could be spoken, this couldn't either; and hours later nobody waits for it.
        if reason is not PauseReason.ASKED:
            return [paused]
        return [paused, self._say(PAUSED, until=self._head.seen + OF_USE)]

    def _stop(self) -> RoutineStopped:
        self._end()
        head = self._head
        return RoutineStopped(routine=self.routine, done_share=head.done_share, seconds_done=head.seconds_active)

    def _finish(self, at: datetime) -> list[PlayerEvent]:
        self._end()
        head = self._head
        finished = RoutineFinished(routine=self.routine, done_share=head.done_share, seconds_done=head.seconds_active)
        return [finished, self._say(PhraseRef(key="player.finished"), until=at + OF_USE)]

    def _end(self) -> None:
        self.state = PlayerState.IDLE
        self._is_over = True

    def _say(self, line: PhraseRef, *, until: datetime) -> Speak:
        return Speak(line=line, priority=CuePriority.CUE, until=until)
