"""Turns of the triage's open question on the runner's phones: soon after it opened, and on mornings."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ..back.back import Back
from ..back.signs import Answer, Question
from ..calendar import A_DAY
from ..settings import Settings
from .silence import Silence

# The card or the voice that took the report asks first.
ELSEWHERE_FIRST = timedelta(minutes=1)
# An open question comes on so many mornings, one that the runner had no answer to on the next.
MORNINGS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question of the triage that waits for an answer, and the instant of the report or answer before it.

    `is_unknown` means that the runner didn't know the answer.
    """

    question: Question
    since: datetime
    is_unknown: bool = False


class TriageQuestions:
    """The open question of one runner's triage, and the instants at which it goes to the phones."""

    def __init__(self, settings: Settings, back: Back, silence: Silence) -> None:
        """Read the state of the back, and follow the times of the check-in and the quiet hours."""
        self._check_in_at: time = settings.prompts.check_in_at
        self._calendar = settings.calendar
        self._back = back
        self._silence = silence

    def open(self, now: datetime) -> OpenQuestion | None:
        """Return the question that waits for an answer, None without one and in an emergency."""
        status, last = self._back.status(now), self._back.last_round
        if last is None or status.is_emergency:
            return None
        if status.question is not None:
            since = max([last.start, *(reply.at for reply in last.answers.values())])
            return OpenQuestion(question=status.question, since=since)
        unknown = (reply for reply in last.answers.values() if reply.answer is Answer.UNKNOWN)
        return next(
            (OpenQuestion(question=reply.question, since=reply.at, is_unknown=True) for reply in unknown),
            None,
        )

    def turns(self, asked: OpenQuestion) -> list[datetime]:
        """Return the instants at which a question goes to the phones, outside of quiet hours."""
        soon = self._silence.may_speak_from(asked.since + ELSEWHERE_FIRST)
        first = self._calendar.day_of(asked.since if asked.is_unknown else soon)
        days = (first + number * A_DAY for number in range(1, 2 if asked.is_unknown else MORNINGS + 1))
        mornings = [self._silence.may_speak_from(self._calendar.instant_of(self._check_in_at, day)) for day in days]
        return mornings if asked.is_unknown else [soon, *mornings]

    def turn(self, asked: OpenQuestion, now: datetime) -> datetime | None:
        """Return the latest turn of a question, None before the first."""
        return max((turn for turn in self.turns(asked) if turn <= now), default=None)

    def next_turn(self, asked: OpenQuestion, now: datetime) -> datetime | None:
        """Return the next turn of a question, None after the last."""
        return min((turn for turn in self.turns(asked) if turn > now), default=None)
