"""The coach asking, once, for a habit: when, how often tried, and when to let it be.

Everything here is a decision about time; nobody speaks here.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from .days import Calendar
from .habit import Habit
from .run import Run


class PromptState(StrEnum):
    """How far a prompt got."""

    DUE = "due"
    SPEAKING = "speaking"
    SPOKEN = "spoken"
    DONE = "done"
    EXPIRED = "expired"

    @property
    def is_over(self) -> bool:
        """Whether nothing more can become of it."""
        return self in (PromptState.DONE, PromptState.EXPIRED)


# Two lines on one speaker would cut each other short; this is longer than any line takes to be spoken.
BETWEEN_LINES = timedelta(seconds=20)
RETRY_AFTER = timedelta(seconds=10)
# When every channel has failed, the house may be without power or network; it is tried again at this pace.
START_OVER_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """The hours in which nobody is woken; none where both ends are the same."""

    start: time = time(22)
    end: time = time(7)

    def covers(self, wall: time) -> bool:
        """Tell whether the coach must be silent at a time of day."""
        if self.start <= self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSettings:
    """When the coach asks, and through what.

    `offsets` says how long after a fresh run was learned of each habit is asked for. `speakers` and `phones` are the
    ids of the channels in the order in which they are tried.
    """

    offsets: dict[Habit, timedelta] = field(
        default_factory=lambda: {Habit.FOAM_ROLL: timedelta(0), Habit.STRETCH: timedelta(minutes=5)}
    )
    fresh_for: timedelta = timedelta(minutes=90)
    window: timedelta = timedelta(minutes=90)
    quiet_hours: QuietHours = QuietHours()
    speakers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()

    @property
    def attempts(self) -> tuple[str, ...]:
        """The channels of each attempt: a lone speaker is tried twice before a phone."""
        speakers = self.speakers * 2 if len(self.speakers) == 1 else self.speakers
        return (*speakers, *self.phones)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptFact:
    """What became of a prompt so far, and when.

    `activity` names the run by one of its activities. `attempts` counts how often speaking began, `channel` is where it
    last did.
    """

    activity: str
    habit: Habit
    state: PromptState
    at: datetime
    attempts: int = 0
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """The coach asking for a habit because of a run."""

    run: Run
    habit: Habit
    due: datetime
    expires: datetime


def prompts_after(run: Run, learned: datetime, settings: PromptSettings) -> list[Prompt]:
    """Return what is asked for after a run that was fresh when it was learned of."""
    return [
        Prompt(run=run, habit=habit, due=learned + offset, expires=learned + offset + settings.window)
        for habit, offset in settings.offsets.items()
    ]


def may_speak_from(instant: datetime, quiet_hours: QuietHours, calendar: Calendar) -> datetime:
    """Return the first instant, not before the given one, at which nobody would be woken."""
    if quiet_hours.covers(calendar.time_of(instant)):
        return calendar.next_time(quiet_hours.end, instant)
    return instant


def next_attempt_at(fact: PromptFact, settings: PromptSettings) -> datetime:
    """Return when speaking may be tried (again) for a prompt that is due."""
    if not fact.attempts:
        return fact.at
    tried_all = fact.attempts % len(settings.attempts) == 0
    return fact.at + (START_OVER_AFTER if tried_all else RETRY_AFTER)


def channel_of_attempt(attempts: int, settings: PromptSettings) -> str:
    """Return the channel to try after so many attempts."""
    return settings.attempts[attempts % len(settings.attempts)]
