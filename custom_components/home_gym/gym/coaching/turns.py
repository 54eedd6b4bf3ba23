"""Turns of questions: one at a time, two an outing, none within a cool-down, none after "not today"."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from ..habits.habit import Habit
from ..prompts.prompt import ANSWERABLE_FOR, HoldReason, Prompt, PromptFact, PromptState
from ..prompts.topic import NonHabitTopic, Topic
from ..runs.effort.outing import Outing
from .answers import asked_at
from .log import PromptLog
from .silence import Silence

# Questions of an outing beside the warm-up, the cool-down being one.
QUESTIONS_AN_OUTING = 2
# A weekly review asks no question, so no prompt waits for a reply to it, and it is never unanswered.
WITHOUT_REPLY: Collection[Topic] = frozenset({NonHabitTopic.REVIEW})
# A habit that was asked for may be done for so long without guidance.
TAKES: dict[Topic, timedelta] = {
    Habit.COOL_DOWN: timedelta(minutes=5),
    Habit.FOAM_ROLL: timedelta(minutes=10),
    Habit.STRETCH: timedelta(minutes=10),
    Habit.CORE: timedelta(minutes=10),
}
# Questions about other things wait for so long after an outing, and after its last question.
OTHERS_AFTER_OUTING = timedelta(minutes=90)
OTHERS_AFTER_QUESTION = timedelta(minutes=30)
# The order of the questions of an outing.
ORDER_OF_OUTING: Sequence[Topic] = (Habit.COOL_DOWN, Habit.FOAM_ROLL)

type Logged = tuple[Prompt, PromptFact]


class QuestionTurns:
    """The turn of each question among the others."""

    def __init__(self, log: PromptLog, silence: Silence, *, is_running: Callable[[], bool]) -> None:
        """Read the states of prompts; `is_running` returns whether a run goes on, as a treadmill knows."""
        self._log = log
        self._silence = silence
        self._is_running = is_running

    def open(self, prompt: Prompt, prompts: Sequence[Prompt]) -> list[Logged]:
        """Return the other spoken prompts that await a reply."""
        logged = [(other, self._log.of(other)) for other in prompts if other.topic not in WITHOUT_REPLY]
        return [
            (other, fact)
            for other, fact in logged
            if fact and fact.state is PromptState.SPOKEN and (other.id, other.topic) != (prompt.id, prompt.topic)
        ]

    def replaced_by(self, prompt: Prompt, prompts: Sequence[Prompt]) -> list[Logged]:
        """Return the open prompts that end when a prompt is asked; two that were requested may be open in two rooms."""
        others = self.open(prompt, prompts)
        return [(other, fact) for other, fact in others if not (prompt.is_requested and other.is_requested)]

    def kept_by_outing(
        self, prompt: Prompt, prompts: Sequence[Prompt], outings: Sequence[Outing], now: datetime
    ) -> HoldReason | None:
        """Return the reason of an outing for not asking, None without one; a requested prompt is asked in any case."""
        if prompt.is_requested:
            return None
        fact = self._log.of(prompt)
        if fact and fact.is_raised:
            return None
        if self._is_running() and prompt.topic not in {Habit.WARM_UP, Habit.COOL_DOWN}:
            return HoldReason.RUNNING
        if prompt.outing is not None:
            # A later outing has questions of its own.
            is_past = any(prompt.outing < outing.start <= now for outing in outings)
            return HoldReason.OUTING if is_past else self._kept_by_budget(prompt, prompts, outings)
        if prompt.topic in WITHOUT_REPLY:
            return None
        return HoldReason.OUTING if self.others_from(prompts, outings, now) > now else None

    def kept_by_answers(self, prompt: Prompt, now: datetime) -> datetime | None:
        """Return the instant until which a topic is not asked about, as it went unanswered; None without one."""
        if prompt.is_requested or prompt.topic in WITHOUT_REPLY or _is_check_of_severe_pain(prompt):
            return None
        fact = self._log.of(prompt)
        if fact and fact.is_raised:
            return None
        instant = self._log.answers.of(prompt.topic).asked_from(now)
        return instant if instant and instant > now else None

    def others_from(self, prompts: Sequence[Prompt], outings: Sequence[Outing], now: datetime) -> datetime:
        """Return the instant from which other things than the outing are asked about, a past one for now."""
        latest = now
        for outing in outings:
            if outing.start <= now and not outing.is_short:
                latest = max(latest, outing.end + OTHERS_AFTER_OUTING)
        lines = [asked_at(fact) for _, fact in self._asked(prompts) if fact.is_raised]
        return max([latest, *(line + OTHERS_AFTER_QUESTION for line in lines)])

    def waits_for_another(self, prompt: Prompt, prompts: Sequence[Prompt], now: datetime) -> bool:
        """Return whether another prompt comes first: one that may still be answered, or that goes on, or is before."""
        if prompt.is_requested:
            return False
        if any(now < self.free_from(prompt, other, fact) for other, fact in self.open(prompt, prompts)):
            return True
        return self._waits_in_outing(prompt, prompts, now)

    def free_from(self, prompt: Prompt, other: Prompt, fact: PromptFact) -> datetime:
        """Return the instant from which a prompt no longer waits for another that was spoken."""
        takes = TAKES.get(other.topic, ANSWERABLE_FOR)
        return fact.at + (ANSWERABLE_FOR if prompt.topic is Habit.WARM_UP else max(takes, ANSWERABLE_FOR))

    def _asked(self, prompts: Sequence[Prompt]) -> list[Logged]:
        logged = ((other, self._log.of(other)) for other in prompts if other.outing is not None)
        return [(other, fact) for other, fact in logged if fact]

    def _asked_in(self, prompt: Prompt, prompts: Sequence[Prompt], outings: Sequence[Outing]) -> list[Logged]:
        """Return the prompts of an outing, and the other questions that were asked in its time."""
        outing = next((each for each in outings if each.start == prompt.outing), None)
        others = ((other, self._log.of(other)) for other in prompts if other.outing != prompt.outing)
        within = [
            (other, fact)
            for other, fact in others
            if outing and fact and fact.is_raised and other.topic not in WITHOUT_REPLY
            if outing.start <= asked_at(fact) <= outing.end + OTHERS_AFTER_OUTING
        ]
        return [*((other, fact) for other, fact in self._asked(prompts) if other.outing == prompt.outing), *within]

    def _kept_by_budget(
        self, prompt: Prompt, prompts: Sequence[Prompt], outings: Sequence[Outing]
    ) -> HoldReason | None:
        facts = self._asked_in(prompt, prompts, outings)
        if any(fact.state is PromptState.DECLINED for _, fact in facts):
            return HoldReason.DECLINED
        raised = {other.topic for other, fact in facts if fact.is_raised and other.outing is not None}
        if prompt.topic is Habit.WARM_UP:
            return HoldReason.ANOTHER_FIRST if Habit.WARM_UP in raised else None
        number = sum(fact.is_raised for other, fact in facts if other.topic is not Habit.WARM_UP)
        # The cool-down is the walk and the stretch as one.
        is_included = prompt.topic is Habit.STRETCH and Habit.COOL_DOWN in raised
        return HoldReason.OUTING if number >= QUESTIONS_AN_OUTING or is_included else None

    def _waits_in_outing(self, prompt: Prompt, prompts: Sequence[Prompt], now: datetime) -> bool:
        """Return whether an earlier question of the same outing was neither spoken nor is over."""
        if prompt.outing is None or prompt.topic in {Habit.WARM_UP, Habit.COOL_DOWN}:
            return False
        place = ORDER_OF_OUTING.index(prompt.topic) if prompt.topic in ORDER_OF_OUTING else len(ORDER_OF_OUTING)
        return any(
            self._is_pending(other, now)
            for other in prompts
            if other.outing == prompt.outing and other.topic in ORDER_OF_OUTING[:place] and not other.is_requested
        )

    def _is_pending(self, prompt: Prompt, now: datetime) -> bool:
        if prompt.habit is None or not self._silence.coaches(prompt.habit, now) or self.kept_by_answers(prompt, now):
            return False
        fact = self._log.of(prompt)
        return fact is None or not (fact.state.is_over or fact.state is PromptState.SPOKEN)


def _is_check_of_severe_pain(prompt: Prompt) -> bool:
    """Return whether a check-in follows severe pain: silence is no health."""
    return prompt.topic is NonHabitTopic.CHECK_IN and prompt.run is None
