"""The silence of the coach and its reasons, decided in one place."""

from datetime import date, datetime, timedelta

from ..back.back import Back
from ..habits.habit import Habit
from ..habits.rest import is_rest
from ..journal.journal import Journal
from ..prompts.prompt import HoldReason
from ..prompts.settings import may_speak_from
from ..routines.routine import has_exercises
from ..settings import Settings

AN_HOUR = timedelta(hours=1)


class Silence:
    """Reasons for the silence of one runner's coach: some silence all coaching, some only the voice."""

    def __init__(self, settings: Settings, journal: Journal, back: Back) -> None:
        """Read these facts."""
        self._settings = settings.prompts
        self._calendar = settings.calendar
        self._journal = journal
        self._back = back

    @property
    def has_red_flag(self) -> bool:
        """Whether the state of the back is an emergency; nothing is coached beside one."""
        return self._back.is_emergency

    @property
    def is_guiding(self) -> bool:
        """Whether a routine is running."""
        return self._journal.routine is not None and self._journal.routine.running

    @property
    def is_voice_off(self) -> bool:
        """Whether the runner switched the coach's voice off."""
        return not self._journal.may_speak

    @property
    def may_ask(self) -> bool:
        """Whether a question may be asked at all: without a red flag, and outside of routines."""
        return not (self.has_red_flag or self.is_guiding)

    def is_resting(self, day: date) -> bool:
        """Return whether a day is one of rest."""
        return is_rest(self._journal.rests.values(), day)

    def coaches(self, habit: Habit, now: datetime) -> bool:
        """Return whether the back lets a habit be coached: by its state, and with an exercise that its limits leave."""
        return self._back.coaches(habit, now) and has_exercises(habit, self._back.limits(now))

    def may_speak_from(self, instant: datetime) -> datetime:
        """Return the first instant, not before the given one, outside of quiet hours."""
        return may_speak_from(instant, self._settings.quiet_hours, self._calendar)

    def is_night(self, instant: datetime) -> bool:
        """Return whether an instant is within quiet hours, or within an hour of them."""
        first, last = instant - AN_HOUR, instant + AN_HOUR
        if self.may_speak_from(first) != first:
            return True
        begins = self._calendar.next_time(self._settings.quiet_hours.start, first)
        return begins <= last and self.may_speak_from(begins) != begins

    def of_all_coaching(self, now: datetime) -> HoldReason | None:
        """Return the reason for silence about everything; then no habit is due either."""
        if self.has_red_flag:
            return HoldReason.RED_FLAG
        return HoldReason.REST if self.is_resting(self._calendar.day_of(now)) else None

    def of_prompts(self, now: datetime) -> HoldReason | None:
        """Return the reason that keeps prompts from becoming due, or None."""
        if silence := self.of_all_coaching(now):
            return silence
        return HoldReason.QUIET_HOURS if self.may_speak_from(now) > now else None

    def of_speech(self, *, home: bool, has_channel: bool) -> HoldReason | None:
        """Return the reason that keeps a due prompt from being spoken, or None."""
        if not home:
            return HoldReason.AWAY
        if self.is_voice_off:
            return HoldReason.VOICE_OFF
        if not has_channel:
            return HoldReason.NO_SPEAKER
        return HoldReason.ROUTINE if self.is_guiding else None
