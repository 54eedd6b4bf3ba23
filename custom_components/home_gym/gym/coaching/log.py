"""The log of prompts; a prompt is found by any activity of its run."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ..journal.journal import Journal
from ..prompts.prompt import HoldReason, Prompt, PromptFact, PromptState
from ..prompts.topic import NonHabitTopic, Topic
from .answers import Answers

PROGRESS = {state: step for step, state in enumerate(PromptState)}


class PromptLog:
    """The state of each prompt, read from and written to the journal, and the answers to each topic."""

    def __init__(self, journal: Journal) -> None:
        """Use a journal as the store."""
        self._journal = journal
        self.answers = Answers(journal)
        self._changes = 0
        self._open = {key for key, fact in journal.prompts.items() if fact.state is PromptState.SPOKEN}

    @property
    def changes(self) -> int:
        """Number that differs after each change of a prompt."""
        return self._changes + len(self._journal.prompts)

    def of(self, prompt: Prompt) -> PromptFact | None:
        """Return the fact of a prompt, or None."""
        keys = ((name, prompt.topic) for name in prompt.names)
        facts = [self._journal.prompts[key] for key in keys if key in self._journal.prompts]
        return max(facts, key=lambda fact: (PROGRESS[fact.state], fact.at), default=None)

    def named(self, topic: Topic, name: str) -> PromptFact | None:
        """Return the fact of a topic's prompt by the id at which it was asked, None if unknown."""
        return self._journal.prompts.get((name, topic))

    def announced(self, prompt: Prompt) -> PromptFact | None:
        """Return the fact of a prompt that was announced, or None for one that was only held."""
        fact = self.of(prompt)
        return None if fact and fact.state is PromptState.HELD else fact

    def required(self, prompt: Prompt) -> PromptFact:
        """Return the fact of a prompt; raises ValueError for one that was never due."""
        fact = self.of(prompt)
        if fact is None:
            raise ValueError("a prompt that was never due was reported on")
        return fact

    def keep(self, fact: PromptFact) -> PromptFact:
        """Record the new state of a prompt, and return its fact."""
        logged = fact.with_step(fact.at)
        self._add(logged)
        return logged

    def move(self, prompt: Prompt, fact: PromptFact | None, state: PromptState, now: datetime) -> PromptFact:
        """Move a prompt from its earlier fact to a state, and return the new fact."""
        before = fact or PromptFact(activity=prompt.id, topic=prompt.topic, state=state, at=now)
        return self.keep(replace(before, state=state, at=now))

    def close_orphans(self, prompts: Iterable[Prompt], now: datetime) -> None:
        """Expire spoken prompts without a cause any more, such as those of a withdrawn run."""
        known = {(name, prompt.topic) for prompt in prompts for name in prompt.names}
        for key in self._open - known:
            fact = self._journal.prompts.get(key)
            if fact is None or fact.topic is NonHabitTopic.REVIEW:
                self._open.discard(key)
            else:
                self.keep(replace(fact, state=PromptState.EXPIRED, at=now, reason=HoldReason.UNANSWERED))

    def hold(self, fact: PromptFact, hold: HoldReason, now: datetime) -> None:
        """Record the current reason for holding a prompt."""
        if fact.reason is not hold:
            self._add(replace(fact, reason=hold).with_step(now))

    def _add(self, fact: PromptFact) -> None:
        self._journal.add(fact)
        self._changes += 1
        if fact.state is PromptState.SPOKEN:
            self._open.add(fact.key)
        else:
            self._open.discard(fact.key)
        self.answers.note(fact)
