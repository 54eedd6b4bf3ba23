"""The player of guided routines: says what comes when, and keeps its place.

Time is an argument, and every instant follows from the one at which the routine began: however late `tick` is called,
and however long a line takes to be spoken, no hold moves. `deadline()` says when `tick` wants to be called next.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from .player_events import (
    Countdown,
    HalfWay,
    PauseReason,
    PhraseRef,
    PlayerEvent,
    Priority,
    RestStarted,
    RoutineFinished,
    RoutinePaused,
    RoutineResumed,
    RoutineStarted,
    RoutineStopped,
    SideSwitched,
    Speak,
    StepStarted,
)
from .player_lines import (
    COUNTS,
    PAUSED,
    RESTORED,
    SIDES,
    cue_lines,
    greeting,
    half_lines,
    name_lines,
    stops_in_the_middle,
)
from .player_memory import PlayerMemory
from .routine import Routine, Step
from .routine_plan import A_SECOND, COUNTED, NO_TIME, Mark, Moment, Slot, plan_of

READY = timedelta(seconds=5)
"""At least so long after a pause a hold goes on, for the runner has to get back into it."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a routine is: `offset` seconds into a step that began at `began`, None for one that stands still.

    The step is `lead_in`, `hold` and `rest` long; `before` is how long the steps before it took, `total` all of them.
    """

    lead_in: float
    hold: float
    rest: float
    offset: float
    began: datetime | None
    before: float
    total: float


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
        self._plan = plan_of(routine)
        self._is_over = False
        self._interrupted = memory is not None and memory.running
        # The place: so far into a slot, so many of its marks behind, at the instant up to which time was followed.
        self._index = memory.step if memory else 0
        self._passed = memory.passed if memory else 0
        self._offset = timedelta(seconds=memory.elapsed) if memory else NO_TIME
        self._seen = datetime.min.replace(tzinfo=UTC)
        # What is left of the time to get ready after a pause.
        self._wait = NO_TIME
        self._done = [timedelta(seconds=done) for done in memory.done] if memory else [NO_TIME] * len(self._plan)
        self._active = timedelta(seconds=memory.active) if memory else NO_TIME
        # When it was paused; unknown after a restart, until that is told.
        self._paused: datetime | None = None

    @property
    def step(self) -> Step | None:
        """The step that is being led in, held or rested from; None before the start and after the end."""
        return None if self.state is PlayerState.IDLE else self._slot.step

    @property
    def number(self) -> int:
        """Which step that is, counted from 1."""
        return self._index + 1

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(self._plan)

    @property
    def ends(self) -> datetime | None:
        """The instant at which the hold ends, or the rest; None unless running."""
        return self._ends() if self.state is PlayerState.RUNNING else None

    @property
    def coming(self) -> Step | None:
        """The step after the one that goes on; None where there is none."""
        return self._plan[self.number].step if self.step and self.number < self.steps else None

    @property
    def place(self) -> Place:
        """Where it is by now, for who shows it as time passes."""
        slot, ends = self._slot, [each.end.total_seconds() for each in self._plan]
        return Place(
            lead_in=slot.lead_in.total_seconds(),
            hold=slot.hold.total_seconds(),
            rest=slot.rest.total_seconds(),
            offset=self._offset.total_seconds(),
            began=self._instant_of(NO_TIME) if self.state is PlayerState.RUNNING else None,
            before=sum(ends[: self._index]),
            total=sum(ends),
        )

    def deadline(self) -> datetime | None:
        """Return when `tick` is to be called next; None where nothing comes of that."""
        if self.state is PlayerState.PAUSED and self._paused:
            return self._paused + GIVEN_UP_AFTER
        return self._due() if self.state is PlayerState.RUNNING else None

    def memory(self) -> PlayerMemory | None:
        """Return the place up to which time was followed; None before the start and after the end."""
        if self.state is PlayerState.IDLE:
            return None
        return PlayerMemory(
            routine=self.routine,
            step=self._index,
            passed=self._passed,
            elapsed=self._offset.total_seconds(),
            done=tuple(done.total_seconds() for done in self._done),
            active=self._active.total_seconds(),
            running=self.state is PlayerState.RUNNING or self._interrupted,
            speaker=self.speaker,
        )

    def start(self, now: datetime) -> list[PlayerEvent]:
        """Begin with the first step."""
        if self.state is not PlayerState.IDLE or self._is_over:
            return []
        self.state = PlayerState.RUNNING
        self._seen = now
        seconds = sum((slot.end for slot in self._plan), NO_TIME).total_seconds()
        return [
            RoutineStarted(routine=self.routine, seconds=seconds),
            self._say(greeting(self.routine, seconds), until=now + self._slot.lead_in),
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
        self._seen = min(self._seen, now)
        if now - self._due() > LATEST:
            return self._pause(PauseReason.CLOCK, now)
        events: list[PlayerEvent] = []
        while self.state is PlayerState.RUNNING and self._due() <= now:
            self._follow(self._due())
            events += self._act(now)
        if self.state is PlayerState.RUNNING:
            self._follow(now)
        return events

    def shift(self, by: timedelta) -> list[PlayerEvent]:
        """Take the plan along with a clock that was set by so much; far forward it may be the machine that slept."""
        if self.state is PlayerState.PAUSED and self._paused:
            self._paused += by
        if self.state is not PlayerState.RUNNING:
            return []
        if by > LATEST:
            return self._pause(PauseReason.CLOCK, self._seen + by)
        self._seen += by
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
        self._seen = now
        slot = self._slot
        lines = [PhraseRef(key="player.resumed")]
        if self._passed and self._offset < slot.hold_end:
            self._wait = max(NO_TIME, READY - max(NO_TIME, slot.lead_in - self._offset))
            lines += name_lines(slot.step)
        resumed = RoutineResumed(routine=self.routine, ends=self._ends())
        return [resumed, *(self._say(line, until=now + OF_USE) for line in lines), *self.tick(now)]

    def next(self, now: datetime) -> list[PlayerEvent]:
        """Go to the next step; after the last one the routine is finished."""
        events = self.tick(now)
        if self.state is PlayerState.IDLE:
            return events
        if self.number == self.steps:
            return events + self._finish()
        self._enter(self._index + 1)
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

    @property
    def _slot(self) -> Slot:
        return self._plan[self._index]

    @property
    def _times_before(self) -> int:
        """How often the exercise of this step comes before it."""
        return sum(slot.step.exercise == self._slot.step.exercise for slot in self._plan[: self._index])

    @property
    def _stops_at_the_beginning(self) -> bool:
        """Whether this is the one time at which it can be said what to stop for."""
        steps = [slot.step for slot in self._plan]
        holds = [step.seconds for step in steps if step.exercise == self._slot.step.exercise]
        return self._times_before == 0 and not stops_in_the_middle(holds)

    def _instant_of(self, offset: timedelta) -> datetime:
        return self._seen + self._wait + offset - self._offset

    def _ends(self) -> datetime:
        slot = self._slot
        return self._instant_of(slot.hold_end if self._offset < slot.hold_end else slot.end)

    def _due(self) -> datetime:
        marks = self._slot.marks
        return self._instant_of(marks[self._passed].after if self._passed < len(marks) else self._slot.end)

    def _follow(self, now: datetime) -> None:
        """Let time pass up to an instant at which nothing was due before."""
        passed = now - self._seen
        waited = min(passed, self._wait)
        self._seen = now
        self._active += passed
        self._wait -= waited
        self._offset += passed - waited
        held = min(max(NO_TIME, self._offset - self._slot.lead_in), self._slot.hold)
        self._done[self._index] = max(self._done[self._index], held)

    def _enter(self, index: int) -> None:
        self._index = index
        self._passed = 0
        self._offset = self._wait = NO_TIME

    def _act(self, now: datetime) -> list[PlayerEvent]:
        """Do what is due at the instant up to which time was followed; it is `now` by the clock."""
        slot = self._slot
        if self._passed < len(slot.marks):
            mark = slot.marks[self._passed]
            self._passed += 1
            return [event for event in self._events_at(mark, now) if not isinstance(event, Speak) or event.until > now]
        if self.number == self.steps:
            return self._finish()
        self._enter(self._index + 1)
        return []

    def _events_at(self, mark: Mark, now: datetime) -> list[PlayerEvent]:
        slot = self._slot
        end = self._instant_of(slot.hold_end)
        match mark.moment:
            case Moment.BEGIN:
                return self._begin(slot, end)
            case Moment.HALF:
                lines = half_lines(slot.step, before=self._times_before)
                return [HalfWay(), *(self._say(line, until=end, priority=Priority.HINT) for line in lines)]
            case Moment.COUNT:
                over = self._seen + A_SECOND
                # No speaker begins a line each second, so all of them are said in one breath.
                counts = COUNTS if mark.left == COUNTED else ()
                said = [self._say(count, until=over, priority=Priority.COUNT) for count in counts]
                return [Countdown(seconds=mark.left), *said] if now < over else []
            case _:
                ends = self._instant_of(slot.end)
                line = PhraseRef(key="player.rest", values={"seconds": round(slot.step.rest)})
                return [RestStarted(ends=ends), self._say(line, until=ends, priority=Priority.HINT)]

    def _begin(self, slot: Slot, end: datetime) -> list[PlayerEvent]:
        step = slot.step
        started = StepStarted(
            routine=self.routine,
            step=step,
            number=self.number,
            steps=self.steps,
            begins=self._instant_of(slot.lead_in),
            ends=end,
        )
        switched = [SideSwitched(side=slot.other_side)] if slot.other_side else []
        cues = cue_lines(step, is_first=self._times_before == 0, stops=self._stops_at_the_beginning)
        lines = [SIDES[slot.other_side]] if slot.other_side else cues
        return [*switched, started, *(self._say(line, until=end) for line in lines)]

    def _back_to(self, way: int, now: datetime) -> list[PlayerEvent]:
        events = self.tick(now)
        if self.state is PlayerState.IDLE:
            return events
        self._enter(max(0, self._index + way))
        return events + self.tick(now)

    def _pause(self, reason: PauseReason, now: datetime) -> list[PlayerEvent]:
        self.state = PlayerState.PAUSED
        self._paused = now
        self._wait = NO_TIME
        paused = RoutinePaused(routine=self.routine, reason=reason)
        # Where nothing could be spoken, this couldn't either; and hours later nobody waits for it.
        if reason is not PauseReason.ASKED:
            return [paused]
        return [paused, self._say(PAUSED, until=self._seen + OF_USE)]

    def _stop(self) -> RoutineStopped:
        self._end()
        share, seconds = self._balance()
        return RoutineStopped(routine=self.routine, done_share=share, seconds_done=seconds)

    def _finish(self) -> list[PlayerEvent]:
        self._end()
        share, seconds = self._balance()
        finished = RoutineFinished(routine=self.routine, done_share=share, seconds_done=seconds)
        return [finished, self._say(PhraseRef(key="player.finished"), until=self._seen + OF_USE)]

    def _end(self) -> None:
        self.state = PlayerState.IDLE
        self._is_over = True

    def _balance(self) -> tuple[float, float]:
        """Return the share that was held, and the seconds that it went on."""
        whole = sum((slot.hold for slot in self._plan), NO_TIME)
        return sum(self._done, NO_TIME) / whole, self._active.total_seconds()

    def _say(self, line: PhraseRef, *, until: datetime, priority: Priority = Priority.CUE) -> Speak:
        return Speak(line=line, priority=priority, until=until)
