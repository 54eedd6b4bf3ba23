"""The schedule of one runner's prompts: open prompts, their changes, and the deadlines."""

from dataclasses import replace
from datetime import datetime, timedelta

from ..back.pain_history import PainHistory
from ..calendar import A_DAY
from ..events import Event, PromptDone, PromptDue, PromptExpired, SpeakPrompt
from ..habits.habit import Habit
from ..habits.session_history import SessionHistory
from ..journal.journal import Journal
from ..prompts.form_check import cue_of_checks
from ..prompts.prompt import (
    ANSWER_WITHIN,
    ANSWERABLE_FOR,
    BETWEEN_LINES,
    NO_DELAY,
    WARM_FOR,
    HoldReason,
    Prompt,
    PromptFact,
    PromptState,
    channel_of_attempt,
    next_attempt_at,
    prompts_after,
)
from ..prompts.topic import NonHabitTopic, Topic
from ..runs.effort.outing import APART, Outing
from ..runs.form import AnyCue, CadenceBand, Form, form_of, next_cue
from ..runs.run import Run
from ..runs.run_history import RunHistory
from ..settings import Settings
from .candidates import PromptCandidates
from .form_checks import FormChecks
from .log import PromptLog
from .milestones import Milestones
from .silence import Silence
from .turns import TAKES, WITHOUT_REPLY, QuestionTurns

# A person may enter an empty room, and a routine may end, at any time.
POLL_PERIOD = timedelta(minutes=1)
WAITING = {PromptState.HELD, PromptState.DUE}
ASKING = {PromptState.SPEAKING, PromptState.SPOKEN}
# A session that becomes known so long after its question answers it: a warm-up is known by the run that follows.
ANSWERED_WITHIN = timedelta(hours=4)

# Praise is out of place beside a question about pain or worn-out shoes.
SAYS_MILESTONES: frozenset[Topic] = frozenset((*Habit, NonHabitTopic.REVIEW))


class PromptScheduler:
    """The schedule of prompts, decided from the facts; the journal keeps their states."""

    def __init__(
        self,
        settings: Settings,
        journal: Journal,
        *,
        log: PromptLog,
        candidates: PromptCandidates,
        runs: RunHistory,
        sessions: SessionHistory,
        pains: PainHistory,
        silence: Silence,
        turns: QuestionTurns,
        milestones: Milestones,
        form_checks: FormChecks,
        band: CadenceBand,
    ) -> None:
        """Read these facts and the candidates."""
        self._settings = settings.prompts
        self._calendar = settings.calendar
        self._band = band
        self._journal = journal
        self._log = log
        self._candidates = candidates
        self._runs = runs
        self._sessions = sessions
        self._pains = pains
        self._silence = silence
        self._turns = turns
        self._milestones = milestones
        self._form_checks = form_checks
        self._heard, self._home = self._settings.speakers, True
        # The candidates and outings of the present instant.
        self._prompts: list[Prompt] = []
        self._outings: list[Outing] = []

    def called_for(self, now: datetime) -> frozenset[Habit]:
        """Return the habits that a trigger calls for right now."""
        prompts = self._candidates.outings.prompts(now)
        return frozenset(
            prompt.habit
            for prompt in prompts
            if prompt.habit and prompt.is_urgent and prompt.run is None and prompt.due <= now < prompt.expires
            if not self._is_done(prompt, now)
        )

    def tick(self, now: datetime, *, home: bool, speakers: tuple[str, ...] | None = None) -> list[Event]:
        """Advance every open prompt as far as possible.

        `speakers` are those within earshot right now, the best first; None for all that are configured.
        """
        self._heard, self._home = self._settings.speakers if speakers is None else speakers, home
        self._look(now)
        self._log.close_orphans(self._prompts, now)
        return [event for prompt in self._prompts for event in self._advance(prompt, now, home=home)]

    def silence_of_speech(self) -> HoldReason | None:
        """Return the reason for which nothing can be spoken, by the presence and the speakers of the last tick."""
        return self._silence.of_speech(home=self._home, has_channel=bool(self._heard or self._settings.phones))

    def too_late_prompts(self, run: Run) -> list[PromptFact]:
        """Return expired facts for the prompts that a run never caused, since it was learned too late."""
        first = self._journal.first_delivery_of(run)
        if not first.live or self._journal.freshly_learned_at(run, self._settings.fresh_for):
            return []
        expired = [
            PromptFact(
                activity=run.id,
                topic=prompt.topic,
                state=PromptState.EXPIRED,
                at=first.learned_at,
                reason=HoldReason.NOT_FRESH,
            )
            for prompt in prompts_after(run, first.learned_at, self._settings)
        ]
        return [fact.with_step(fact.at) for fact in expired]

    def deadlines(self, now: datetime) -> list[datetime]:
        """Return the later instants at which open prompts may change."""
        self._look(now)
        instants = [instant for prompt in self._prompts for instant in self._turning_points(prompt, now)]
        instants += [prompt.expires for prompt in self._prompts if prompt.is_urgent]
        today = self._calendar.day_of(now)
        instants += [due for day in (today, today + A_DAY) for due in self._candidates.evenings.times_on(day).values()]
        return [instant for instant in instants if instant > now]

    def _look(self, now: datetime) -> None:
        self._prompts, self._outings = self._candidates.prompts(now), self._candidates.outings.recent(now)

    def _advance(self, prompt: Prompt, now: datetime, *, home: bool) -> list[Event]:
        fact = self._log.of(prompt)
        # Shoes, check-ins and reviews accept a late reply.
        if fact and fact.state.is_over and (prompt.habit or not fact.is_unanswered):
            self._answer_late(prompt, fact, now)
            return []
        if self._is_done(prompt, now):
            was_announced = self._log.announced(prompt) is not None
            self._log.move(prompt, fact, PromptState.DONE, now)
            return [PromptDone(prompt=prompt)] if was_announced else []
        if fact and fact.state is PromptState.SPOKEN:
            return self._await_answer(prompt, fact, now)
        if fact and fact.state is PromptState.SNOOZED and fact.until and now >= fact.until:
            fact = self._log.move(prompt, fact, PromptState.DUE, fact.until)
        if fact and fact.state not in WAITING:
            return []
        if now >= _expires(prompt, fact):
            fact = self._log.move(prompt, fact, PromptState.EXPIRED, now)
            return [PromptExpired(prompt=prompt, reason=fact.reason)]
        return [] if now < prompt.due else self._ask(prompt, fact, now, home=home)

    def _answer_late(self, prompt: Prompt, fact: PromptFact, now: datetime) -> None:
        """Count a habit as answered that was done after its question expired."""
        if fact.is_unanswered and now - fact.at <= ANSWERED_WITHIN and self._is_done(prompt, now):
            self._log.move(prompt, fact, PromptState.DONE, now)

    def _ask(self, prompt: Prompt, fact: PromptFact | None, now: datetime, *, home: bool) -> list[Event]:
        """Start speaking a prompt that is due, or record the reason for holding it."""
        if hold := self._reason_not_due(prompt, now):
            self._log.hold(fact or self._log.move(prompt, fact, PromptState.HELD, now), hold, now)
            return []
        events: list[Event] = []
        if fact is None or fact.state is PromptState.HELD:
            events.append(PromptDue(prompt=prompt))
            fact = self._log.move(prompt, fact, PromptState.DUE, now)
        if hold := self._reason_not_spoken(prompt, now, home=home):
            self._log.hold(fact, hold, now)
        elif now >= next_attempt_at(fact, self._channels(prompt)) and now >= self._speaker_free_at(now):
            events += [self._leave_unanswered(*other, now) for other in self._turns.replaced_by(prompt, self._prompts)]
            events.append(self._speak(prompt, fact, now))
        return events

    def _await_answer(self, prompt: Prompt, fact: PromptFact, now: datetime) -> list[Event]:
        """Expire a spoken prompt once an answer no longer makes sense."""
        if prompt.topic in WITHOUT_REPLY or now < self._answerable_until(prompt, fact):
            return []
        return [self._leave_unanswered(prompt, fact, now)]

    def _answerable_until(self, prompt: Prompt, fact: PromptFact) -> datetime:
        """Return the end of the time to answer: a warm-up or cool-down may be known only by the run that follows."""
        return max(_expires(prompt, fact), fact.at + self._settings.window)

    def _leave_unanswered(self, prompt: Prompt, fact: PromptFact, now: datetime) -> Event:
        """Expire a prompt as unanswered."""
        self._log.move(prompt, replace(fact, reason=HoldReason.UNANSWERED), PromptState.EXPIRED, now)
        return PromptExpired(prompt=prompt, reason=HoldReason.UNANSWERED)

    def _reason_not_due(self, prompt: Prompt, now: datetime) -> HoldReason | None:
        """Return the reason for holding a prompt before it is due, or None."""
        silence = self._silence.of_prompts(now)
        # The question about a rest is the one that a rest calls for.
        if silence is HoldReason.REST and prompt.topic is NonHabitTopic.REST:
            silence = self._silence.of_the_hour(now)
        if silence:
            return silence
        if prompt.habit and not self._silence.coaches(prompt.habit, now):
            return HoldReason.BACK_STATE
        if kept := self._turns.kept_by_outing(prompt, self._prompts, self._outings, now):
            return kept
        if self._is_asked_twice(prompt, now) or self._is_within_run(prompt):
            return HoldReason.ANOTHER_FIRST
        return HoldReason.ASKED_LESS if self._turns.kept_by_answers(prompt, now) else None

    def _reason_not_spoken(self, prompt: Prompt, now: datetime, *, home: bool) -> HoldReason | None:
        """Return the reason for holding a prompt that is due, or None."""
        if silence := self._silence.of_speech(home=home, has_channel=bool(self._channels(prompt))):
            return silence
        # The coach doesn't wait for an automation to ask.
        own = [other for other in self._prompts if not self._settings.is_left_to_automation(other.topic)]
        is_waiting = self._turns.waits_for_another(prompt, own, now)
        return HoldReason.ANOTHER_FIRST if is_waiting else None

    def _is_asked_twice(self, prompt: Prompt, now: datetime) -> bool:
        """Return whether the plan already asked to warm up for this run before the treadmill started."""
        trigger = self._journal.triggers.get(prompt.id)
        if trigger is None or trigger.habit is not Habit.WARM_UP or trigger.asked:
            return False
        facts = [
            self._journal.prompts.get((other.id, Habit.WARM_UP))
            for other in self._candidates.triggers(now)
            if other.habit is Habit.WARM_UP and NO_DELAY < trigger.at - other.at < WARM_FOR
        ]
        return any(fact is not None and fact.attempts for fact in facts)

    def _is_done(self, prompt: Prompt, now: datetime) -> bool:
        if prompt.topic is NonHabitTopic.CHECK_IN:
            # Another run before that may be more demanding.
            return now >= prompt.due and self._pains.has_report_since(prompt.since)
        if prompt.topic is NonHabitTopic.FORM_CHECK:
            return self._form_checks.is_checked_since(prompt.since)
        if prompt.habit is None:
            return self._candidates.is_retired(prompt, now)
        return self._sessions.done_since(prompt.habit, prompt.since)

    def _is_within_run(self, prompt: Prompt) -> bool:
        """Return whether a warm-up comes too late: within an outing, as the runner is warm."""
        if prompt.topic is not Habit.WARM_UP or prompt.is_requested:
            return False
        run = self._runs.latest()
        return run is not None and run.end > prompt.due - APART

    def _speak(self, prompt: Prompt, fact: PromptFact, now: datetime) -> SpeakPrompt:
        channel = channel_of_attempt(fact.attempts, self._channels(prompt))
        cue = self._cue(prompt, fact)
        milestone = self._milestones.to_say(now) if prompt.topic in SAYS_MILESTONES else None
        speaking = replace(
            fact,
            state=PromptState.SPEAKING,
            at=now,
            attempts=fact.attempts + 1,
            channel=channel,
            cue=cue,
            milestone=milestone.key if milestone else None,
        )
        self._log.keep(speaking)
        return SpeakPrompt(
            prompt=prompt,
            channel=channel,
            turn=self._log.answers.number_of_lines(prompt.topic) - 1,
            cue=cue,
            milestone=milestone,
            wording=self._candidates.evenings.wording_of(prompt, now),
        )

    def _cue(self, prompt: Prompt, fact: PromptFact) -> AnyCue | None:
        """Return the form cue for the run after a warm-up; another attempt has the same one."""
        if prompt.topic is not Habit.WARM_UP or not self._settings.form_cues:
            return None
        if fact.cue is not None:
            return fact.cue
        last = self._runs.latest()
        earlier = sorted((fact for fact in self._journal.prompts.values() if fact.cue), key=lambda fact: fact.at)
        lately = [fact.cue for fact in earlier if fact.cue]
        chosen = cue_of_checks(self._journal.form_checks.values(), fact.at)
        return next_cue(form_of(last, self._band.current) if last else Form(), lately, chosen)

    def _turning_points(self, prompt: Prompt, now: datetime) -> list[datetime]:
        fact = self._log.announced(prompt)
        if fact and fact.state is PromptState.SNOOZED and fact.until:
            return [fact.until]
        if fact and fact.state in ASKING:
            takes = TAKES.get(prompt.topic, ANSWERABLE_FOR)
            return [fact.at + ANSWERABLE_FOR, fact.at + takes, self._answerable_until(prompt, fact)]
        if fact and fact.state is not PromptState.DUE:
            return []
        others_from = self._turns.others_from(self._prompts, self._outings, now)
        instants = [prompt.due, self._speaker_free_at(now), _expires(prompt, fact), others_from]
        if answers_from := self._turns.kept_by_answers(prompt, now):
            instants.append(answers_from)
        channels = self._channels(prompt)
        if fact and (
            (not channels and self._settings.speakers and not self._settings.is_left_to_automation(prompt.topic))
            or fact.reason is HoldReason.ROUTINE
        ):
            instants.append(now + POLL_PERIOD)
        elif fact and channels:
            instants.append(next_attempt_at(fact, channels))
        awake = [self._silence.may_speak_from(max(instant, now)) for instant in instants]
        return [*instants, *awake]

    def _speaker_free_at(self, now: datetime) -> datetime:
        """Return the instant from which a line would not interrupt another one."""
        facts = [fact for prompt in self._prompts if (fact := self._log.of(prompt))]
        if any(fact.state is PromptState.SPEAKING for fact in facts):
            return now + BETWEEN_LINES
        lines = [fact.at for fact in facts if fact.attempts and fact.state is not PromptState.DUE]
        return max(lines, default=now - BETWEEN_LINES) + BETWEEN_LINES

    def _channels(self, prompt: Prompt) -> tuple[str, ...]:
        if self._settings.is_left_to_automation(prompt.topic) and not prompt.is_requested:
            return ()
        return self._settings.attempts_on(self._heard, prompt.topic)


def _expires(prompt: Prompt, fact: PromptFact | None) -> datetime:
    """Return the expiry of a prompt; a snoozed one is asked once more, however late."""
    if fact is None or fact.until is None:
        return prompt.expires
    return max(prompt.expires, fact.until + ANSWER_WITHIN)
