"""Replies to prompts, and reports on whether they were spoken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ..events import Event, PromptDone, PromptExpired, PromptSnoozed, PromptSpoken
from ..prompts.prompt import ANSWERABLE_FOR, LONGEST_SNOOZE, SNOOZE_FOR, HoldReason, Prompt, PromptFact, PromptState
from ..prompts.topic import Topic
from .candidates import PromptCandidates
from .log import PromptLog
from .milestones import Milestones

ASKED_STATES = {PromptState.SPEAKING, PromptState.SPOKEN, PromptState.SNOOZED}
NEVER = datetime.min.replace(tzinfo=UTC)


class NothingToAnswerError(Exception):
    """A reply without a prompt to snooze, decline or settle."""


class PromptReplies:
    """Replies to prompts, each matched to its prompt and recorded."""

    def __init__(self, candidates: PromptCandidates, log: PromptLog, milestones: Milestones) -> None:
        """Use the candidates, the log of their states, and the milestones said beside."""
        self._milestones = milestones
        self._candidates = candidates
        self._log = log

    def unanswered(self, now: datetime) -> list[Prompt]:
        """Return the announced prompts without an outcome, the latest one asked at the end."""
        waiting = [
            (fact.at if fact.state in ASKED_STATES else NEVER, prompt)
            for prompt in self._candidates.prompts(now)
            if (fact := self._log.announced(prompt)) and not fact.state.is_over
        ]
        return [prompt for _, prompt in sorted(waiting, key=lambda each: each[0])]

    def asked_lately(self, now: datetime) -> list[Prompt]:
        """Return the prompts that "yes", "later" or "done" may refer to now, the latest first."""
        spoken = [
            (fact.at, prompt)
            for prompt in self._candidates.prompts(now)
            if (fact := self._log.of(prompt)) and fact.state is PromptState.SPOKEN and now - fact.at <= ANSWERABLE_FOR
        ]
        return [prompt for _, prompt in sorted(spoken, key=lambda each: each[0], reverse=True)]

    def channel_of(self, prompt: Prompt) -> str | None:
        """Return the channel of the latest attempt, or None without one."""
        fact = self._log.of(prompt)
        return fact.channel if fact else None

    def fact_of(self, topic: Topic, name: str, now: datetime) -> PromptFact | None:
        """Return the fact of a prompt that had this id when it was asked, open or not; None if unknown."""
        if fact := self._log.named(topic, name):
            return fact
        prompt = self.prompt_named(topic, name, now)
        return self._log.of(prompt) if prompt else None

    def prompt_named(self, topic: Topic, name: str, now: datetime) -> Prompt | None:
        """Return the recent prompt with this id among its names, None without one."""
        recent = self._candidates.prompts(now)
        return next((prompt for prompt in recent if prompt.topic is topic and name in prompt.names), None)

    def prompt_for(self, now: datetime, topic: Topic | None = None, *, name: str | None = None) -> Prompt:
        """Return the prompt that a reply refers to: the latest spoken one, or one that waits, of a topic if given.

        A reply by a button has the `name` of its prompt, and refers to no other. Raises NothingToAnswerError.
        """
        waiting = self.asked_lately(now) + list(reversed(self.unanswered(now)))
        # A reply that names the topic may come late: a notification stays on the phone.
        late = [prompt for prompt in self._candidates.prompts(now) if topic and self._is_unanswered(prompt)]
        fitting = (prompt for prompt in [*waiting, *reversed(late)] if name is None or name in prompt.names)
        found = next((prompt for prompt in fitting if topic in (None, prompt.topic)), None)
        if found is None:
            raise NothingToAnswerError
        return found

    def snooze(self, prompt: Prompt, now: datetime, delay: timedelta | None = None) -> list[Event]:
        """Snooze a prompt for a delay, `SNOOZE_FOR` unless the runner named one.

        A second "later" means "no", unless it names a time. Raises ValueError for a delay beyond `LONGEST_SNOOZE`.
        """
        if delay is not None and not timedelta(0) < delay <= LONGEST_SNOOZE:
            raise ValueError(f"a delay of up to {LONGEST_SNOOZE} was expected, not {delay}")
        fact = self._log.required(prompt)
        if fact.state.is_over and not fact.is_unanswered:
            return []
        if fact.snoozes and delay is None:
            return self.decline(prompt, now)
        until = now + (SNOOZE_FOR if delay is None else delay)
        self._log.keep(
            replace(fact, state=PromptState.SNOOZED, at=now, until=until, attempts=0, snoozes=fact.snoozes + 1)
        )
        return [PromptSnoozed(prompt=prompt, until=until)]

    def decline(self, prompt: Prompt, now: datetime) -> list[Event]:
        """Decline a prompt."""
        return self._end(prompt, PromptState.DECLINED, now, PromptExpired(prompt=prompt, declined=True))

    def settle(self, prompt: Prompt, now: datetime) -> list[Event]:
        """Mark a prompt as done; a habit is also done by its session."""
        return self._end(prompt, PromptState.DONE, now, PromptDone(prompt=prompt))

    def settle_late(self, fact: PromptFact, now: datetime) -> list[Event]:
        """Mark a prompt as done that may be too old to be a candidate; a declined one stays declined."""
        if prompt := self.prompt_named(fact.topic, fact.activity, now):
            return self.settle(prompt, now)
        if fact.is_unanswered or not fact.state.is_over:
            self._log.keep(replace(fact, state=PromptState.DONE, at=now))
        return []

    def spoken(self, prompt: Prompt, now: datetime) -> PromptSpoken:
        """Record that the prompt was spoken."""
        fact = self._log.required(prompt)
        if fact.state is PromptState.SPEAKING:
            self._log.keep(replace(fact, state=PromptState.SPOKEN, at=now))
            if fact.milestone:
                self._milestones.note_said(fact.milestone, now)
        return PromptSpoken(prompt=prompt, channel=fact.channel or "", attempts=fact.attempts)

    def not_spoken(self, prompt: Prompt, now: datetime) -> None:
        """Record that a channel failed, so that the next one is tried."""
        fact = self._log.required(prompt)
        if fact.state is PromptState.SPEAKING:
            self._log.keep(replace(fact, state=PromptState.DUE, at=now, reason=HoldReason.SPEAKER_FAILED))

    def not_asked(self, prompt: Prompt, now: datetime) -> None:
        """Record a cancelled attempt, so that the prompt is due as before."""
        fact = self._log.required(prompt)
        self._log.keep(replace(fact, state=PromptState.DUE, at=now, attempts=fact.attempts - 1))

    def _is_unanswered(self, prompt: Prompt) -> bool:
        fact = self._log.of(prompt)
        return fact is not None and fact.is_unanswered

    def _end(self, prompt: Prompt, state: PromptState, now: datetime, event: Event) -> list[Event]:
        """Record the outcome of a prompt unless it already has one, and return the event to report."""
        fact = self._log.required(prompt)
        if fact.state.is_over and not fact.is_unanswered:
            return []
        self._log.keep(replace(fact, state=state, at=now))
        return [event]
