"""What the journal knows of each prompt, under whichever of a run's activities it was noted."""

from dataclasses import replace
from datetime import datetime

from ..journal.journal import Journal
from ..prompts.prompt import HoldReason, Prompt, PromptFact, PromptState

PROGRESS = {state: step for step, state in enumerate(PromptState)}


class PromptLog:
    """Reads and writes what became of prompts."""

    def __init__(self, journal: Journal) -> None:
        """Keep it all in a journal."""
        self._journal = journal

    def of(self, prompt: Prompt) -> PromptFact | None:
        """Return what is known of a prompt."""
        keys = ((name, prompt.topic) for name in prompt.names)
        facts = [self._journal.prompts[key] for key in keys if key in self._journal.prompts]
        return max(facts, key=lambda fact: (PROGRESS[fact.state], fact.at), default=None)

    def told(self, prompt: Prompt) -> PromptFact | None:
        """Return what is known of a prompt of which anybody knows but us."""
        fact = self.of(prompt)
        return None if fact and fact.state is PromptState.HELD else fact

    def required(self, prompt: Prompt) -> PromptFact:
        """Return what is known of a prompt that was due; raises ValueError for one that never was."""
        fact = self.of(prompt)
        if fact is None:
            raise ValueError("a prompt that was never due was reported on")
        return fact

    def keep(self, fact: PromptFact) -> PromptFact:
        """Put down what became of a prompt; return what is known now."""
        noted = fact.lived(fact.at)
        self._journal.add(noted)
        return noted

    def move(self, prompt: Prompt, fact: PromptFact | None, state: PromptState, now: datetime) -> PromptFact:
        """Put down that a prompt, of which this was known, has come to a state; return what is known now."""
        before = fact or PromptFact(activity=prompt.id, topic=prompt.topic, state=state, at=now)
        return self.keep(replace(before, state=state, at=now))

    def hold(self, fact: PromptFact, hold: HoldReason, now: datetime) -> None:
        """Put down what holds a prompt back by now."""
        if fact.reason is not hold:
            self._journal.add(replace(fact, reason=hold).lived(now))
