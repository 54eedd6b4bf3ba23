"""The runner's choice of prompts: their times and channels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from ..calendar import Calendar
from ..habits.habit import Habit
from .topic import NonHabitTopic, Topic

BY_AUTOMATION = "automation"
"""The choice of no speaker: the prompt falls due, and an automation asks."""
# Default time of the check-in.
MORNING = time(8)


class CheckIn(StrEnum):
    """Choice of check-ins on the morning after a demanding run."""

    AUTOMATIC = "automatic"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Hours without prompts; none if both ends are the same."""

    start: time = time(22)
    end: time = time(7)

    def covers(self, wall: time) -> bool:
        """Return whether a time of day is within the quiet hours."""
        if self.start <= self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSettings:
    """Times and channels of prompts.

    `offsets` has the delay of each habit's prompt after a fresh run was learned. `speakers` and `phones` are the ids of
    the channels in the order of attempts; `chosen` has the first channel of some topics. `at_the_treadmill` has the
    habits that a treadmill may trigger, and `delays` the delays of some of these; `evenings` has the times of the
    habits that are asked for in the evening if still due. `shoes` switches prompts for worn-out pairs, `check_in` those
    for check-ins, at `check_in_at` or later. `review_at` is the time of the weekly review on the week's last day, None
    for never. `form_cues` adds a form cue to warm-ups, `form_check` offers form checks, `effort` adds the question
    about an outing's effort to an answer.
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
    form_check: bool = True
    effort: bool = False
    chosen: Mapping[Topic, str] = field(default_factory=dict)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics that the coach asks about by itself and that can be switched off."""
        habits = {*self.offsets, *self.evenings, *self.at_the_treadmill}
        shoes = (NonHabitTopic.SHOES,) if self.shoes else ()
        check_in = () if self.check_in is CheckIn.NEVER else (NonHabitTopic.CHECK_IN,)
        form_check = (NonHabitTopic.FORM_CHECK,) if self.form_check else ()
        return (*(habit for habit in Habit if habit in habits), *shoes, *check_in, *form_check)

    def is_left_to_automation(self, topic: Topic) -> bool:
        """Return whether the coach leaves the asking about a topic to an automation."""
        return self.chosen.get(topic) == BY_AUTOMATION

    def attempts_on(self, speakers: tuple[str, ...], topic: Topic | None) -> tuple[str, ...]:
        """Return the channels in the order of attempts on these speakers: a lone one is tried twice before a phone.

        The topic's chosen channel comes first; a chosen speaker that is not among these is still left out.
        """
        chosen = self.chosen.get(topic) if topic else None
        channels = (*(speakers * 2 if len(speakers) == 1 else speakers), *self.phones)
        return tuple(sorted(channels, key=lambda channel: channel != chosen))


def may_speak_from(instant: datetime, quiet_hours: QuietHours, calendar: Calendar) -> datetime:
    """Return the first instant, not before the given one, outside of quiet hours."""
    if quiet_hours.covers(calendar.time_of(instant)):
        return calendar.next_time(quiet_hours.end, instant)
    return instant
