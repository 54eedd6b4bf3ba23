"""Verbs: changes to a runner, as values.

A `Verb` takes the runner and the instant, and returns the events of the change. One place applies verbs, one at a time,
and saves the changes.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Unpack

from .back.pain import PainDetails
from .back.signs import Answer, Question
from .back.triage import NoOpenQuestionError
from .bounds import valid_instant
from .coaching.replies import NothingToAnswerError, PromptReplies
from .events import Event, TopicMoved
from .habits.habit import Habit
from .habits.practice import Effort, Practice
from .journal.journal import Journal
from .prompts.form_check import FormCheck, FormPoint, FormWitness, check_form_check
from .prompts.prompt import Prompt, PromptTrigger
from .prompts.restored import RestoredTopic
from .prompts.topic import NonHabitTopic, Topic
from .recordings.symptom import Symptom
from .runner import Runner
from .runs.activity import Activity
from .runs.corrections import Correction, CorrectionDetails
from .runs.exertion import EASIEST, HARDEST
from .runs.run_history import UnknownRunError
from .runs.validation import ImpossibleActivityError

type Verb = Callable[[Runner, datetime], list[Event]]
type _Reply = Callable[[PromptReplies, Prompt, datetime], list[Event]]


def log_session(
    habit: Habit, *, end: datetime | None = None, duration: float | None = None, practice: Practice | None = None
) -> Verb:
    """Log a session of a habit, as `ManualEntries.log_session` does."""
    return lambda runner, now: runner.manual_entries.log_session(
        habit, now=now, end=end, duration=duration, practice=practice
    )


def rate(effort: Effort, *, ended: datetime | None = None) -> Verb:
    """Record the effort of the latest guided session, or of the one that ended then, as `ManualEntries.rate` does."""
    return lambda runner, now: runner.manual_entries.rate(effort, now=now, ended=ended)


def log_run(activity: Activity) -> Verb:
    """Log a run without a recording, as `ManualEntries.log_run` does."""
    return lambda runner, now: runner.manual_entries.log_run(activity, now=now)


def merge(journal: Journal) -> Verb:
    """Add the facts of another journal; the projections follow at the next start of the runner."""

    def add(runner: Runner, _now: datetime) -> list[Event]:
        runner.journal.merge(journal)
        return []

    return add


def correct_run(run: str, *, start: datetime | None = None, **details: Unpack[CorrectionDetails]) -> Verb:
    """Correct a run, as `ManualEntries.correct` does; the run of a new start is dated to the day of that start."""

    def correct(runner: Runner, now: datetime) -> list[Event]:
        day = runner.settings.calendar.day_of(valid_instant(start)) if start else None
        return runner.manual_entries.correct(Correction(activity=run, at=now, start=start, day=day, **details))

    return correct


def decide_run(activity: str, *, taken: bool, **details: Unpack[CorrectionDetails]) -> Verb:
    """Take a doubtful activity as a run, with corrected figures, or refuse it; raises as `RunCorrections.decide`."""
    return lambda runner, now: runner.manual_entries.corrections.decide(
        Correction(activity=activity, at=now, taken=taken, **details), now=now
    )


def decide_runs(activities: Iterable[str], *, taken: bool) -> Verb:
    """Take several doubtful activities as runs, or refuse them; the others of a decision that can't be are left."""

    def decide(runner: Runner, now: datetime) -> list[Event]:
        events: list[Event] = []
        for activity in activities:
            with suppress(UnknownRunError, ImpossibleActivityError):
                events += decide_run(activity, taken=taken)(runner, now)
        return events

    return decide


def keep_unnamed_runs(source: str) -> Verb:
    """Take the activities that count by the setting of a source as runs for good, as the source is removed."""

    def keep(runner: Runner, now: datetime) -> list[Event]:
        return decide_runs(runner.projections.doubts.taken_by(source), taken=True)(runner, now)

    return keep


def report_pain(score: float | None, **details: Unpack[PainDetails]) -> Verb:
    """Report back pain, as `ManualEntries.report_pain` does."""
    return lambda runner, now: runner.manual_entries.report_pain(score, now=now, **details)


def check_in(score: float) -> Verb:
    """Answer the check-in; raises NothingToAnswerError where none is open."""

    def answer(runner: Runner, now: datetime) -> list[Event]:
        runner.replies.prompt_for(now, NonHabitTopic.CHECK_IN)
        return runner.manual_entries.report_pain(score, now=now)

    return answer


def report_symptoms(symptoms: Iterable[Symptom]) -> Verb:
    """Report the back pain in a delivery; a repeated delivery changes nothing."""

    def report(runner: Runner, now: datetime) -> list[Event]:
        return [
            event
            for each in symptoms
            for event in runner.manual_entries.report_pain(
                each.score, now=now, at=each.at, area=each.area, source=each.source
            )
        ]

    return report


def report_function(*, pain: float, enjoyment: float, activity: float) -> Verb:
    """Record the monthly answers about limits by the back, as `ManualEntries.report_function` does."""
    return lambda runner, now: runner.manual_entries.report_function(
        pain=pain, enjoyment=enjoyment, activity=activity, now=now
    )


def log_form_check(
    *,
    good: Iterable[FormPoint] = (),
    to_work_on: Iterable[FormPoint] = (),
    witness: FormWitness = FormWitness.FILM,
    note: str | None = None,
) -> Verb:
    """Log a form check; raises ValueError without a point, or with one that is both good and to work on."""
    points, faults = tuple(good), tuple(to_work_on)

    def log(runner: Runner, now: datetime) -> list[Event]:
        day = runner.settings.calendar.day_of(now)
        check = FormCheck(at=now, day=day, witness=witness, good=points, to_work_on=faults, note=note)
        check_form_check(check)
        runner.journal.add(check)
        return []

    return log


def ask_effort() -> Verb:
    """Note the question about the latest outing's effort as asked."""

    def ask(runner: Runner, now: datetime) -> list[Event]:
        runner.effort.note_asked(now)
        return []

    return ask


def note_milestone_said(key: str) -> Verb:
    """Note a milestone as said."""

    def note(runner: Runner, now: datetime) -> list[Event]:
        runner.milestones.note_said(key, now)
        return []

    return note


def rate_effort(score: float, run: str | None = None) -> Verb:
    """Rate the effort of a run from 1 to 10, or of each run of the latest outing.

    Raises NothingToAnswerError without an outing to rate, UnknownRunError for another run, ValueError for a score out
    of range.
    """

    def rate(runner: Runner, now: datetime) -> list[Event]:
        runs = [run] if run else [each.id for each in runner.effort.unrated(now)]
        return rate_runs(runs, score)(runner, now)

    return rate


def rate_runs(runs: Collection[str], score: float) -> Verb:
    """Rate the effort of runs by their ids; raises NothingToAnswerError without one, and as `rate_effort`."""

    def rate(runner: Runner, now: datetime) -> list[Event]:
        if not EASIEST <= score <= HARDEST:
            raise ValueError(f"a score from {EASIEST} to {HARDEST} was expected, not {score}")
        if not runs:
            raise NothingToAnswerError
        return [event for each in runs for event in correct_run(each, perceived=score)(runner, now)]

    return rate


def acknowledge_advice() -> Verb:
    """Note that the advice to see a professional was read."""
    return lambda runner, now: runner.manual_entries.acknowledge_advice(now)


def answer_question(answer: Answer, *, question: Question | None = None) -> Verb:
    """Answer a question of the triage, the open one unless another is named; raises NoOpenQuestionError."""
    return lambda runner, now: runner.manual_entries.answer_question(answer, now=now, question=question)


def answer_on_phone(question: Question, answer: Answer) -> Verb:
    """Answer a question by a button on a phone; raises NoOpenQuestionError.

    A notification stays on the phone after the question was answered elsewhere: only a sign counts then.
    """

    def reply(runner: Runner, now: datetime) -> list[Event]:
        asked = runner.questions.open(now)
        is_open = asked is not None and asked.question is question
        if not is_open and answer in {Answer.NO, Answer.UNKNOWN}:
            raise NoOpenQuestionError
        return runner.manual_entries.answer_question(answer, now=now, question=question)

    return reply


def start_experiment(habit: Habit, lot: int) -> Verb:
    """Start an experiment of one, as `Experiments.start` does."""

    def start(runner: Runner, now: datetime) -> list[Event]:
        runner.experiments.start(habit, lot=lot, now=now)
        return []

    return start


def stop_experiment() -> Verb:
    """Stop the experiment of one; raises NoExperimentError."""

    def stop(runner: Runner, now: datetime) -> list[Event]:
        runner.experiments.stop(now)
        return []

    return stop


def clear_back(day: date, *, may_run: bool = False) -> Verb:
    """Record that a professional cleared the back on a day; raises ValueError for a day after today."""
    return lambda runner, now: runner.manual_entries.clear_back(day, now=now, may_run=may_run)


def withdraw_report() -> Verb:
    """Take back the latest report of pain as misheard or someone else's; raises NothingToWithdrawError."""
    return lambda runner, now: runner.manual_entries.withdraw_report(now=now)


def rest(*, start: date | None = None, end: date | None = None) -> Verb:
    """Begin a rest, today unless a day is given; None for an open end. Errors as of `ManualEntries.rest`."""
    return lambda runner, now: runner.manual_entries.rest(
        start=start or runner.settings.calendar.day_of(now), end=end, now=now
    )


def end_rest() -> Verb:
    """End the current rest: today is a day of training again."""
    return lambda runner, now: runner.manual_entries.end_rest(now)


def undo_last() -> Verb:
    """Undo the latest manual entry; raises NothingToUndoError or StateKeptError."""
    return lambda runner, _now: runner.manual_entries.undo_last()


def choose_shoe(shoe: str) -> Verb:
    """Choose the pair of the next run; raises UnknownShoeError."""
    return lambda runner, _now: runner.manual_entries.choose_shoe(shoe)


def allow_voice(allowed: bool) -> Verb:
    """Switch the voice of the coach on or off."""
    return lambda runner, _now: runner.manual_entries.allow_voice(allowed)


def withdraw(activities: Iterable[str]) -> Verb:
    """Withdraw activities, by their ids."""
    return lambda runner, _now: [event for each in activities for event in runner.deliveries.withdraw(each)]


def start_run(treadmill: str, start: datetime, *, announce: bool) -> Verb:
    """Note a run that begins on a treadmill; with `announce`, as an event."""

    def begin(runner: Runner, _now: datetime) -> list[Event]:
        started = runner.start_run(treadmill, start)
        return started if announce else []

    return begin


def resume_run(at: datetime) -> Verb:
    """Note a run that goes on after a pause."""

    def resume(runner: Runner, _now: datetime) -> list[Event]:
        runner.resume_run(at)
        return []

    return resume


def end_run(treadmill: str) -> Verb:
    """Note the end of the run on a treadmill."""

    def end(runner: Runner, _now: datetime) -> list[Event]:
        runner.end_run(treadmill)
        return []

    return end


def add_trigger(trigger: PromptTrigger) -> Verb:
    """Add a trigger for a prompt; a second time changes nothing."""

    def add(runner: Runner, _now: datetime) -> list[Event]:
        runner.candidates.add_trigger(trigger)
        return []

    return add


def ask_for(habit: Habit) -> Verb:
    """Prompt for a habit now, on request."""

    def ask(runner: Runner, now: datetime) -> list[Event]:
        trigger = PromptTrigger(id=f"asked/{now.isoformat()}", habit=habit, at=now, asked=True)
        return add_trigger(trigger)(runner, now)

    return ask


def snooze(topic: Topic | None = None, delay: timedelta | None = None) -> Verb:
    """Snooze the latest prompt, or that of a topic, for a delay; raises NothingToAnswerError, ValueError."""
    return _reply(partial(PromptReplies.snooze, delay=delay), topic)


def settle(topic: Topic | None = None, *, name: str | None = None) -> Verb:
    """Settle the latest prompt, that of a topic or with an id, without a session; raises NothingToAnswerError.

    Training goes on where the question was about a rest.
    """

    def answer(runner: Runner, now: datetime) -> list[Event]:
        prompt = runner.replies.prompt_for(now, topic, name=name)
        events = runner.replies.settle(prompt, now)
        if prompt.topic is NonHabitTopic.REST:
            events += runner.manual_entries.end_rest(now)
        return events

    return answer


def decline_offer(offer: Topic, *, name: str | None = None) -> Verb:
    """Decline the offer to switch a topic off, and ask about it as before; raises NothingToAnswerError."""

    def answer(runner: Runner, now: datetime) -> list[Event]:
        prompt = runner.replies.prompt_for(now, offer, name=name)
        events = runner.replies.decline(prompt, now)
        return [*events, *(restore_topic(prompt.about)(runner, now) if prompt.about else [])]

    return answer


def restore_topic(topic: Topic) -> Verb:
    """Ask about a topic as often as before, however many questions went unanswered."""

    def restore(runner: Runner, now: datetime) -> list[Event]:
        runner.journal.add(RestoredTopic(topic=topic, at=now))
        runner.answers.forget(topic)
        return []

    return restore


def move_topic(topic: Topic) -> Verb:
    """Ask about a topic at another time or on another speaker, and as often as before; that answers an offer."""

    def move(runner: Runner, now: datetime) -> list[Event]:
        offers = [prompt for prompt in runner.replies.unanswered(now) if prompt.about is topic]
        answered = [event for offer in offers for event in runner.replies.decline(offer, now)]
        return [*answered, *restore_topic(topic)(runner, now), TopicMoved(topic=topic)]

    return move


def complete(topic: Topic) -> Verb:
    """Complete a topic: a habit by logging a session, any other by settling its prompt; raises as `settle`."""
    return log_session(topic) if isinstance(topic, Habit) else settle(topic)


def decline(topic: Topic | None = None) -> Verb:
    """Decline the latest prompt, or that of a topic; raises NothingToAnswerError."""
    return _reply(PromptReplies.decline, topic)


def note_spoken(prompt: Prompt) -> Verb:
    """Note a prompt that was spoken."""
    return lambda runner, now: [runner.replies.spoken(prompt, now=now)]


def note_not_spoken(prompt: Prompt) -> Verb:
    """Note a channel that failed; the next one is tried."""

    def note(runner: Runner, now: datetime) -> list[Event]:
        runner.replies.not_spoken(prompt, now=now)
        return []

    return note


def note_not_asked(prompt: Prompt) -> Verb:
    """Note a prompt that was cancelled before any attempt."""

    def note(runner: Runner, now: datetime) -> list[Event]:
        runner.replies.not_asked(prompt, now=now)
        return []

    return note


def _reply(reply: _Reply, topic: Topic | None) -> Verb:
    def answer(runner: Runner, now: datetime) -> list[Event]:
        return reply(runner.replies, runner.replies.prompt_for(now, topic), now)

    return answer
