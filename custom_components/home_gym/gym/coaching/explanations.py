"""Explanations of the coach's silence: why it doesn't speak now, and why it didn't ask lately."""

from datetime import datetime, timedelta

from ..journal.journal import Journal
from ..prompts.prompt import HoldReason, PromptFact
from ..prompts.topic import NonHabitTopic, Topic
from ..runs.run_history import RunHistory
from ..settings import Settings
from .answers import Answers
from .scheduler import PromptScheduler
from .silence import Silence, SilenceStatus

# A question that was not asked is explained for so long.
EXPLAINED_FOR = timedelta(hours=24)


class Explanations:
    """Reasons for the silence of one runner's coach, for people to read."""

    def __init__(
        self,
        settings: Settings,
        journal: Journal,
        *,
        silence: Silence,
        answers: Answers,
        scheduler: PromptScheduler,
        runs: RunHistory,
    ) -> None:
        """Read these facts, and the presence of the scheduler's last tick."""
        self._calendar = settings.calendar
        self._quiet = settings.prompts.quiet_hours
        self._topics = settings.prompts.topics
        self._journal = journal
        self._silence = silence
        self._answers = answers
        self._scheduler = scheduler
        self._runs = runs

    def waits(self, now: datetime) -> SilenceStatus | None:
        """Return the reason for which the coach would not speak now, None if it would."""
        reason = self._silence.of_prompts(now) or self._scheduler.silence_of_speech()
        if reason:
            return SilenceStatus(reason=reason, until=self._silence.until(reason, now))
        run = self._runs.latest()
        if run and run.end <= now < run.end + EXPLAINED_FOR and self._scheduler.too_late_prompts(run):
            return SilenceStatus(reason=HoldReason.NOT_FRESH)
        return None

    def unasked(self, now: datetime) -> tuple[PromptFact, SilenceStatus] | None:
        """Return the latest question that was not asked in the last day, with its reason; None without one."""
        lately = [
            fact
            for fact in self._journal.prompts.values()
            if fact.reason and not fact.is_raised and now - EXPLAINED_FOR < fact.at <= now
        ]
        fact = max(lately, key=lambda fact: (fact.at, fact.key), default=None)
        if fact is None or fact.reason is None or fact.topic is NonHabitTopic.OFFER:
            return None
        until = self.asked_less(now).get(fact.topic) if fact.reason is HoldReason.ASKED_LESS else None
        return fact, SilenceStatus(reason=fact.reason, until=until or self._silence.until(fact.reason, now))

    def asked_less(self, now: datetime) -> dict[Topic, datetime]:
        """Return the topics that went unanswered, each with the instant from which it is asked about again."""
        return self._answers.asked_less(self._topics, now)

    def deadlines(self, now: datetime) -> list[datetime]:
        """Return the next instants at which quiet hours begin and end."""
        if self._quiet.start == self._quiet.end:
            return []
        return [self._calendar.next_time(wall, now) for wall in (self._quiet.start, self._quiet.end)]
