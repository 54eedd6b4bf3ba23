"""When the coach asks, and through what: as a runner has chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from ..calendar import Calendar
from ..habits.habit import Habit
from .topic import Topic

# When a morning begins, for who didn't say otherwise.
MORNING = time(8)


class CheckIn(StrEnum):
    """Whether the coach asks after the back on the morning after a demanding run."""

    AUTOMATIC = "automatic"
    ALWAYS = "always"
    NEVER = "never"


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
    ids of the channels in the order in which they are tried; `chosen` has those that come first for what they ask for.
    `at_the_treadmill` has the habits that a belt may call for, and `delays` how long after that some are asked for,
    `evenings` those asked for at a time of day where the day still calls for them. `shoes` tells whether a pair that
    ran its distance is told of, `check_in` whether the back is asked after, from `check_in_at` on. `review_at` is when
    the week is looked back on, on its last day, None for never. `form_cues` tells whether a warm-up comes with what to
    think of on the run.
    """

    offsets: dict[Habit, timedelta] = field(
        default_factory=lambda: {Habit.FOAM_ROLL: timedelta(0), Habit.STRETCH: timedelta(minutes=5)}
    )
    fresh_for: timedelta = timedelta(minutes=90)
    window: timedelta = timedelta(minutes=90)
    quiet_hours: QuietHours = QuietHours()
    speakers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    at_the_treadmill: frozenset[Habit] = frozenset({Habit.WARM_UP, Habit.COOL_DOWN})
    delays: Mapping[Habit, timedelta] = field(default_factory=dict)
    evenings: Mapping[Habit, time] = field(default_factory=dict)
    shoes: bool = True
    check_in: CheckIn = CheckIn.AUTOMATIC
    check_in_at: time = MORNING
    review_at: time | None = None
    form_cues: bool = True
    chosen: Mapping[Topic, str] = field(default_factory=dict)

    def attempts_on(self, speakers: tuple[str, ...], topic: Topic | None) -> tuple[str, ...]:
        """Return the channels of each attempt on these speakers: a lone one is tried twice before a phone.

        What was chosen for a topic comes first; a speaker that is not among these is left out all the same.
        """
        chosen = self.chosen.get(topic) if topic else None
        channels = (*(speakers * 2 if len(speakers) == 1 else speakers), *self.phones)
        return tuple(sorted(channels, key=lambda channel: channel != chosen))


def may_speak_from(instant: datetime, quiet_hours: QuietHours, calendar: Calendar) -> datetime:
    """Return the first instant, not before the given one, at which nobody would be woken."""
    if quiet_hours.covers(calendar.time_of(instant)):
        return calendar.next_time(quiet_hours.end, instant)
    return instant
