"""Answers to each topic: one that goes unanswered is asked less, down to once a week, until it is answered again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..calendar import A_DAY, A_WEEK
from ..journal.journal import Journal
from ..prompts.prompt import PromptFact, PromptState
from ..prompts.topic import Topic

# Days between two questions, by the number of questions in a row without an answer.
SPACING = ((3, 2 * A_DAY), (4, 4 * A_DAY), (5, A_WEEK))
# The topic of a runner who is asked seldom anyway goes by time.
WEEKLY_AFTER = timedelta(weeks=3)
OFFER_AFTER = timedelta(weeks=3)
NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicAnswers:
    """Questions about a topic since its last answer: their number, the first and the last."""

    unanswered: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def spacing(self, now: datetime) -> timedelta:
        """Return the least time between two questions."""
        if self.first and self.unanswered > 1 and now - self.first >= WEEKLY_AFTER:
            return A_WEEK
        return max((spacing for number, spacing in SPACING if self.unanswered >= number), default=NO_TIME)

    def asked_from(self, now: datetime) -> datetime | None:
        """Return the instant from which the topic is asked about again, None if it is asked as often as ever."""
        spacing = self.spacing(now)
        return self.last + spacing if self.last and spacing else None

    def offered_from(self) -> datetime | None:
        """Return the instant from which the coach offers to switch the topic off, None while it is answered."""
        return self.first + OFFER_AFTER if self.first and self.unanswered >= SPACING[0][0] else None


class Answers:
    """The answers of one runner, from the facts of the prompts."""

    def __init__(self, journal: Journal) -> None:
        """Read these facts."""
        self._journal = journal
        self._known: dict[Topic, TopicAnswers] = {}
        # The facts of each topic, and their number.
        self._facts: dict[Topic, dict[str, PromptFact]] = {}
        self._number = 0

    def asked_less(self, topics: Iterable[Topic], now: datetime) -> dict[Topic, datetime]:
        """Return those topics that are asked about less, each with the instant from which it is asked again."""
        found = {topic: self.of(topic).asked_from(now) for topic in topics}
        return {topic: instant for topic, instant in found.items() if instant}

    def note(self, fact: PromptFact) -> None:
        """Note a new or changed fact."""
        facts = self._of_topic(fact.topic)
        self._number += fact.activity not in facts
        facts[fact.activity] = fact
        self.forget(fact.topic)

    def forget(self, topic: Topic) -> None:
        """Count the questions of a topic again, after a change."""
        self._known.pop(topic, None)

    def facts(self, topic: Topic) -> Iterable[PromptFact]:
        """Return the prompts of a topic."""
        if self._number != len(self._journal.prompts):
            # Facts came from elsewhere, such as another journal.
            self._known.clear()
            self._facts.clear()
            self._number = len(self._journal.prompts)
            for fact in self._journal.prompts.values():
                self._of_topic(fact.topic)[fact.activity] = fact
        return self._of_topic(topic).values()

    def of(self, topic: Topic) -> TopicAnswers:
        """Return the questions of a topic since its last answer."""
        facts = self.facts(topic)
        if topic not in self._known:
            self._known[topic] = self._count(topic, facts)
        return self._known[topic]

    def _of_topic(self, topic: Topic) -> dict[str, PromptFact]:
        return self._facts.setdefault(topic, {})

    def number_of_lines(self, topic: Topic) -> int:
        """Return the number of lines about a topic so far; one that is repeated after "later" is another line."""
        return sum(fact.snoozes + bool(fact.attempts) for fact in self.facts(topic))

    def _count(self, topic: Topic, facts: Iterable[PromptFact]) -> TopicAnswers:
        restored = self._journal.restored_topics.get(topic)
        asked = sorted(((asked_at(fact), fact) for fact in facts if fact.is_raised), key=lambda each: each[0])
        unanswered: list[datetime] = []
        for at, fact in asked:
            is_forgotten = restored is not None and at <= restored.at
            if is_answered(fact) or fact.snoozes or is_forgotten:
                unanswered.clear()
            # "Later" is an answer, but the line after it may have none.
            if not (is_answered(fact) or is_forgotten):
                unanswered.append(at)
        if not unanswered:
            return TopicAnswers()
        return TopicAnswers(unanswered=len(unanswered), first=unanswered[0], last=unanswered[-1])


def asked_at(fact: PromptFact) -> datetime:
    """Return the instant of the latest question of a prompt."""
    return max((step.at for step in fact.life if step.state is PromptState.SPEAKING), default=fact.at)


def is_answered(fact: PromptFact) -> bool:
    """Return whether a prompt was answered, in words or by doing it."""
    return fact.state in (PromptState.DONE, PromptState.DECLINED, PromptState.SNOOZED)
