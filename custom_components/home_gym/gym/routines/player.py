"""Player of guided routines: start, stop, pause and resume, and the lines to be spoken at each point.

Time is an argument: a late call of `tick`, or a line that takes long to be spoken, moves no hold. `deadline()` is the
time of the next call of `tick`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from .after_pain import key_of
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
from .player_lines import PAUSED, RESTORED, RESUMED, RESUMED_EASED, gentle_lines, greeting, name_lines
from .playhead import PlaybackPosition, Playhead
from .position import PlayerMemory
from .routine import Routine, Step
from .script import events_at
from .timing import duration

LATEST = timedelta(seconds=30)
"""Longest delay of a tick after its deadline; after a longer one the runner has left the mat."""
LINE_LIFETIME = timedelta(seconds=20)
"""Longest wait of a line that belongs to no step."""
LONGEST_PAUSE = timedelta(hours=2)
"""Longest pause; a routine paused for longer is abandoned."""


class PlayerState(StrEnum):
    """State of the player."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"


class Player:
    """Plays one routine once.

    A command that does not apply now (pausing twice, resuming without a pause, anything after the end) changes nothing
    and returns no event.
    """

    def __init__(self, routine: Routine, memory: PlayerMemory | None = None, *, speaker: str | None = None) -> None:
        """Begin idle, or paused at the position of a memory.

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
        # The exercise during which pain was reported, until the rest is made easier; then only that it was.
        self._hurt = memory.hurt if memory else None
        self.is_unheard = False
        """Whether a speaker that nobody hears paused the routine."""
        self._is_eased = self._hurt is not None
        # The time of the pause; unknown after a restart until `restored` is called.
        self._paused: datetime | None = None

    @property
    def step(self) -> Step | None:
        """The present step, in its lead-in, hold or rest; None before the start and after the end."""
        return None if self.state is PlayerState.IDLE else self._head.slot.step

    @property
    def number(self) -> int:
        """The number of the present step, counted from 1."""
        return self._head.index + 1

    @property
    def steps(self) -> int:
        """The number of steps."""
        return len(self._head.plan)

    @property
    def ends(self) -> datetime | None:
        """The end of the present hold or rest; None unless running."""
        return self._head.ends if self.state is PlayerState.RUNNING else None

    @property
    def hurt(self) -> str | None:
        """The key of the exercise during which pain was reported, until the runner resumes."""
        return self._hurt

    @property
    def ahead(self) -> list[Step]:
        """The present step and those after it; empty before the start and after the end."""
        return [] if self.state is PlayerState.IDLE else self._head.ahead

    @property
    def coming(self) -> Step | None:
        """The next step; None without one."""
        return None if self.state is PlayerState.IDLE else self._head.coming

    @property
    def place(self) -> PlaybackPosition:
        """The present position, for displays that follow time on their own."""
        return self._head.place(is_moving=self.state is PlayerState.RUNNING)

    def deadline(self) -> datetime | None:
        """Return the time of the next call of `tick`, None if no call is needed."""
        if self.state is PlayerState.PAUSED and self._paused:
            return self._paused + LONGEST_PAUSE
        return self._head.due if self.state is PlayerState.RUNNING else None

    def memory(self) -> PlayerMemory | None:
        """Return the position up to the last tick; None before the start and after the end."""
        if self.state is PlayerState.IDLE:
            return None
        running = self.state is PlayerState.RUNNING or self._interrupted
        return self._head.memory(running=running, speaker=self.speaker, hurt=self._hurt)

    def start(self, now: datetime) -> list[PlayerEvent]:
        """Start the first step."""
        if self.state is not PlayerState.IDLE or self._is_over:
            return []
        self.state = PlayerState.RUNNING
        self._head.move_from(now)
        seconds = duration(self.routine).total_seconds()
        return [
            RoutineStarted(routine=self.routine, seconds=seconds),
            *(
                self._say(line, until=now + self._head.slot.lead_in)
                for line in (greeting(self.routine, seconds), *gentle_lines(self.routine))
            ),
            *self.tick(now),
        ]

    def tick(self, now: datetime) -> list[PlayerEvent]:
        """Run the actions due by now.

        After a longer gap than `LATEST` it pauses at the last known position instead of catching up. A clock that was
        set back shifts the plan. A routine paused for `LONGEST_PAUSE` is stopped, without a spoken line.
        """
        if self.state is PlayerState.PAUSED and self._paused and now - self._paused >= LONGEST_PAUSE:
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
            events += events_at(mark, self._head, now) if mark else self._advance(self._head.seen)
        if self.state is PlayerState.RUNNING:
            self._head.follow(now)
        return events

    def shift(self, by: timedelta) -> list[PlayerEvent]:
        """Shift the plan by a change of the clock; far forward it pauses, as the machine may have slept."""
        if self.state is PlayerState.PAUSED and self._paused:
            self._paused += by
        if self.state is not PlayerState.RUNNING:
            return []
        if by > LATEST:
            return self._pause(PauseReason.CLOCK, self._head.seen + by)
        self._head.shift(by)
        return []

    def pause(self, now: datetime, reason: PauseReason = PauseReason.ASKED) -> list[PlayerEvent]:
        """Pause the routine."""
        events = self.tick(now)
        return events + self._pause(reason, now) if self.state is PlayerState.RUNNING else events

    def hold_for_pain(self, now: datetime) -> list[PlayerEvent]:
        """Pause after a report of pain, and note the exercise; also during another pause."""
        events = self.pause(now, PauseReason.PAIN)
        if self.state is not PlayerState.IDLE:
            self._hurt, self._is_eased = key_of(self._head.slot.step), True
        return events

    def resume_eased(self, now: datetime, steps: Sequence[Step]) -> list[PlayerEvent]:
        """Resume after pain with easier steps in place of those ahead; without any, the routine is finished."""
        if self.state is not PlayerState.PAUSED or self._hurt is None:
            return self.resume(now)
        keeps_present = key_of(self._head.slot.step) == self._hurt
        self._hurt = None
        has_steps = self._head.replace_ahead(steps, keeps_present=keeps_present)
        self.routine = self._head.routine
        return self._resume(now, RESUMED_EASED) if has_steps else self._finish(now)

    def resume(self, now: datetime) -> list[PlayerEvent]:
        """Resume the routine, with time to get ready for the rest of a hold."""
        return self._resume(now, RESUMED) if self.state is PlayerState.PAUSED else []

    def _resume(self, now: datetime, line: PhraseRef) -> list[PlayerEvent]:
        self.state = PlayerState.RUNNING
        self._interrupted = False
        self._paused = None
        self._head.move_from(now)
        lines = [line]
        if self._head.is_hold_ahead:
            lines += name_lines(self._head.slot.step)
        resumed = RoutineResumed(routine=self.routine, ends=self._head.ends)
        return [resumed, *(self._say(line, until=now + LINE_LIFETIME) for line in lines), *self.tick(now)]

    def next(self, now: datetime) -> list[PlayerEvent]:
        """Go to the next step; after the last one the routine is finished."""
        events = self.tick(now)
        if self.state is PlayerState.IDLE:
            return events
        events += self._advance(now)
        return events + self.tick(now)

    def previous(self, now: datetime) -> list[PlayerEvent]:
        """Go to the previous step; the first one starts again."""
        return self._back_to(-1, now)

    def repeat(self, now: datetime) -> list[PlayerEvent]:
        """Start the present step again."""
        return self._back_to(0, now)

    def stop(self, now: datetime) -> list[PlayerEvent]:
        """Stop the routine before its end."""
        events = self.tick(now)
        if self.state is PlayerState.IDLE:
            return events
        return [*events, self._stop(), self._say(PhraseRef(key="player.stopped"), until=now + LINE_LIFETIME)]

    def restored(self, now: datetime, *, is_restart: bool = True) -> list[PlayerEvent]:
        """Report, once, that a restart paused the routine, or that another interruption did."""
        self._paused = now
        if not self._interrupted:
            return []
        self._interrupted = False
        return [
            RoutinePaused(routine=self.routine, reason=PauseReason.RESTART),
            self._say(RESTORED if is_restart else PAUSED, until=now + LINE_LIFETIME),
        ]

    def _advance(self, at: datetime) -> list[PlayerEvent]:
        """Go to the next step at an instant, or finish."""
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
        self.is_unheard = reason is PauseReason.SPEAKER
        self._paused = now
        self._head.stand_still()
        paused = RoutinePaused(routine=self.routine, reason=reason)
        # Without a working speaker this line couldn't be spoken either; and hours later it is of no use.
        if reason is not PauseReason.ASKED:
            return [paused]
        return [paused, self._say(PAUSED, until=self._head.seen + LINE_LIFETIME)]

    def _stop(self) -> RoutineStopped:
        self._end()
        head = self._head
        return RoutineStopped(
            routine=self.routine,
            done_share=head.done_share,
            seconds_done=head.seconds_active,
            is_eased=self._is_eased,
        )

    def _finish(self, at: datetime) -> list[PlayerEvent]:
        self._end()
        head = self._head
        finished = RoutineFinished(
            routine=self.routine,
            done_share=head.done_share,
            seconds_done=head.seconds_active,
            is_eased=self._is_eased,
        )
        return [finished, self._say(PhraseRef(key="player.finished"), until=at + LINE_LIFETIME)]

    def _end(self) -> None:
        self.state = PlayerState.IDLE
        self._is_over = True

    def _say(self, line: PhraseRef, *, until: datetime) -> Speak:
        return Speak(line=line, priority=CuePriority.CUE, until=until)
