"""Verbs of buttons on phones: each answers the prompt of its own message, however late and however often."""

from datetime import datetime, timedelta

from .coaching.answers import asked_at
from .coaching.replies import NothingToAnswerError
from .coaching.turns import TAKES
from .events import Event
from .habits.habit import Habit
from .prompts.prompt import ANSWER_WITHIN, PromptState
from .prompts.topic import NonHabitTopic, Topic
from .runner import Runner
from .runs.effort.outing import outings_of
from .verbs import Verb, decline_offer, move_topic, rate_runs, settle

# Runs that began so long before a question may belong to its outing.
LONGEST_OUTING = timedelta(days=1)


def complete_prompt(topic: Topic, name: str) -> Verb:
    """Complete the topic of the prompt with an id; raises NothingToAnswerError for an unknown one.

    A habit is logged once, at the time of its own outing: a late answer, or one during a later outing, counts for the
    minutes after the question.
    """
    if not isinstance(topic, Habit):
        return settle(topic, name=name)

    def complete(runner: Runner, now: datetime) -> list[Event]:
        fact = runner.replies.fact_of(topic, name, now)
        if fact is None:
            raise NothingToAnswerError
        if fact.state is PromptState.DONE:
            return []
        asked = asked_at(fact)
        ends_by = _next_outing_after(runner, asked, now)
        settled = runner.replies.settle_late(fact, now)
        if any(session.habit is topic for session in runner.sessions.between(asked, ends_by or now)):
            return settled
        is_late = ends_by is not None or fact.state.is_over or now - asked > runner.settings.prompts.window
        usual = asked + TAKES.get(topic, ANSWER_WITHIN)
        done = min(now, usual, ends_by or usual) if is_late else now
        return [*runner.manual_entries.log_session(topic, now=now, end=done), *settled]

    return complete


def snooze_prompt(topic: Topic, name: str) -> Verb:
    """Snooze the prompt with an id; raises NothingToAnswerError for an unknown one, and during a later outing."""

    def snooze(runner: Runner, now: datetime) -> list[Event]:
        prompt = runner.replies.prompt_for(now, topic, name=name)
        fact = runner.replies.fact_of(topic, name, now)
        is_past = isinstance(topic, Habit) and fact is not None and fact.is_unanswered
        if is_past and fact and _next_outing_after(runner, asked_at(fact), now):
            raise NothingToAnswerError
        return runner.replies.snooze(prompt, now)

    return snooze


def decline_prompt(topic: Topic, name: str) -> Verb:
    """Decline the prompt with an id; raises NothingToAnswerError for an unknown one."""
    if topic is NonHabitTopic.OFFER:
        return decline_offer(topic, name=name)
    return lambda runner, now: runner.replies.decline(runner.replies.prompt_for(now, topic, name=name), now)


def move_offered(topic: Topic, name: str) -> Verb:
    """Move the topic that the offer with an id is about; raises NothingToAnswerError for an unknown offer."""

    def move(runner: Runner, now: datetime) -> list[Event]:
        offer = runner.replies.prompt_for(now, topic, name=name)
        if offer.about is None:
            return []
        return [*runner.replies.decline(offer, now), *move_topic(offer.about)(runner, now)]

    return move


def check_in_for(score: float, name: str) -> Verb:
    """Answer the check-in with an id; raises NothingToAnswerError for one that is answered or past."""

    def answer(runner: Runner, now: datetime) -> list[Event]:
        runner.replies.prompt_for(now, NonHabitTopic.CHECK_IN, name=name)
        return runner.manual_entries.report_pain(score, now=now)

    return answer


def rate_outing_of(run: str, score: float) -> Verb:
    """Rate the effort of the outing of a run from 1 to 10, once.

    Raises NothingToAnswerError for one that is rated, unknown or too long ago, ValueError for a score out of range.
    """

    def rate(runner: Runner, now: datetime) -> list[Event]:
        return rate_runs([each.id for each in runner.effort.unrated_with(run, now)], score)(runner, now)

    return rate


def _next_outing_after(runner: Runner, instant: datetime, now: datetime) -> datetime | None:
    """Return the start of the first outing that began after an instant; None without one."""
    outings = outings_of(runner.runs.between(instant - LONGEST_OUTING, now), runner.running_since)
    return next((outing.start for outing in outings if outing.start > instant), None)
