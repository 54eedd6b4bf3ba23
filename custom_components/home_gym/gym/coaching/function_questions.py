"""Turns of the monthly questions about how much the back limits: due on the card, and on mornings on the phones."""

from datetime import date, datetime, timedelta

from ..back.function_score import DUE_EVERY, FunctionScore, latest_of
from ..back.pain_history import PainHistory
from ..journal.journal import Journal
from ..settings import Settings
from .silence import Silence

# The first time comes so long after the first report of pain.
FIRST_AFTER = timedelta(days=7)


class FunctionQuestions:
    """The monthly questions to one runner."""

    def __init__(self, settings: Settings, journal: Journal, pains: PainHistory, silence: Silence) -> None:
        """Read scores and reports, and follow the times of the check-in and the quiet hours."""
        self._calendar = settings.calendar
        self._check_in_at = settings.prompts.check_in_at
        self._journal = journal
        self._pains = pains
        self._silence = silence

    @property
    def latest(self) -> FunctionScore | None:
        """The latest score."""
        return latest_of(self._journal.function_scores.values())

    @property
    def due_on(self) -> date | None:
        """The first day of the next questions, None for a back that never hurt."""
        if latest := self.latest:
            return latest.day + DUE_EVERY
        first = self._pains.first_day
        return first + FIRST_AFTER if first and self._pains.ever_hurt else None

    def is_due(self, now: datetime) -> bool:
        """Return whether the questions are due: never beside an emergency, nor during a rest."""
        today, due = self._calendar.day_of(now), self.due_on
        if due is None or due > today or self._silence.has_red_flag:
            return False
        return not self._silence.is_resting(today)

    def next_turn(self, now: datetime) -> datetime | None:
        """Return the next morning for the questions: once a month, outside of quiet hours."""
        due = self.due_on
        if due is None:
            return None
        months = max(0, (self._calendar.day_of(now) - due) // DUE_EVERY)
        turns = (self._morning(due + number * DUE_EVERY) for number in (months, months + 1))
        return next((turn for turn in turns if turn > now), None)

    def _morning(self, day: date) -> datetime:
        return self._silence.may_speak_from(self._calendar.instant_of(self._check_in_at, day))
