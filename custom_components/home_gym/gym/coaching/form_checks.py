"""Form checks of one runner: when the coach offers one, and the one that goes on by voice."""

from datetime import date, datetime, time, timedelta

from ..back.signs import Answer
from ..calendar import A_DAY
from ..journal.journal import Journal
from ..prompts.form_check import COUNTS_FOR, FormCheck, FormPoint
from ..prompts.prompt import FORM_CHECK_LASTS, Prompt, PromptFact, day_of_form_check, form_check_prompt
from ..prompts.topic import NonHabitTopic
from ..runs.form import CadenceBand, form_of, is_fading
from ..runs.run_history import RunHistory
from ..settings import Settings
from .answers import asked_at
from .log import PromptLog
from .silence import Silence

# The time of the offer: after the evening's habits.
OFFERED_AT = time(19, 30)
# A runner of fewer runs has no habit of running to look at.
FEWEST_RUNS = 10
# A runner without a run for longer has another thing to begin with.
RUNS_LATELY = timedelta(days=14)
# So many runs in a row with faded form call for a check, though not while one change is still being learnt.
FADING_RUNS = 3
LEARNING_FOR = timedelta(weeks=4)
# A dialogue that is left for longer is over.
DIALOGUE_LASTS = timedelta(minutes=10)


class FormChecks:
    """The form checks of one runner, the latest ones first, and the turns of the next."""

    def __init__(
        self,
        settings: Settings,
        journal: Journal,
        runs: RunHistory,
        *,
        silence: Silence,
        band: CadenceBand,
        log: PromptLog,
    ) -> None:
        """Read these facts."""
        self._is_wanted = settings.prompts.form_check
        self._calendar = settings.calendar
        self._journal = journal
        self._runs = runs
        self._silence = silence
        self._band = band
        self._log = log
        self.dialogue = FormDialogue()

    def all(self) -> list[FormCheck]:
        """Return the checks, the latest first."""
        return sorted(self._journal.form_checks.values(), key=lambda check: check.at, reverse=True)

    def is_due(self, now: datetime) -> bool:
        """Return whether a check is due: none for eight weeks, or faded form."""
        today = self._calendar.day_of(now)
        if not self._is_wanted or self._silence.has_red_flag or self._silence.is_resting(today):
            return False
        anchor = self._anchor(today)
        return anchor is not None and (today >= anchor + COUNTS_FOR or self._faded_on(today, anchor) is not None)

    def prompts(self, now: datetime) -> list[Prompt]:
        """Return the offers of a check: those that are open, that of the latest turn, and that for faded form."""
        if not self._is_wanted:
            return []
        today = self._calendar.day_of(now)
        facts = list(self._log.answers.facts(NonHabitTopic.FORM_CHECK))
        days = {day_of_form_check(fact.activity) for fact in facts if _is_answerable(fact, today)}
        asked = [self._calendar.day_of(asked_at(fact)) for fact in facts if fact.is_raised]
        days |= {day for day in self._turns(today) if not any(day - LEARNING_FOR < earlier for earlier in asked)}
        return [self._prompt_of(day) for day in sorted(days)]

    def is_checked_since(self, instant: datetime) -> bool:
        """Return whether a check was logged since an instant."""
        return any(check.at >= instant for check in self._journal.form_checks.values())

    def _turns(self, today: date) -> list[date]:
        """Return the days on which a check is offered: this turn and the next, or the day on which the form faded."""
        anchor = self._anchor(today)
        if anchor is None:
            return []
        number = (today - anchor) // COUNTS_FOR
        turns = [anchor + each * COUNTS_FOR for each in (number, number + 1) if each]
        open_turns = [turn for turn in turns if today < turn + FORM_CHECK_LASTS]
        is_turn = any(turn <= today for turn in open_turns)
        faded = None if is_turn else self._faded_on(today, anchor)
        return [*open_turns, *([faded] if faded and today < faded + FORM_CHECK_LASTS else [])]

    def _prompt_of(self, day: date) -> Prompt:
        begins = self._calendar.instant_of(time.min, day)
        return form_check_prompt(day, begins, self._calendar.instant_of(OFFERED_AT, day))

    def _anchor(self, today: date) -> date | None:
        """Return the day from which turns are counted: of the latest check, or of the first run."""
        latest, last = next(iter(self.all()), None), self._runs.latest()
        first = self._runs.earliest()
        if last is None or first is None or len(self._runs) < FEWEST_RUNS or today - last.day > RUNS_LATELY:
            return None
        return latest.day if latest else first.day

    def _faded_on(self, today: date, anchor: date) -> date | None:
        """Return the day of the latest run if the form of the latest ones faded, None otherwise."""
        if today < anchor + LEARNING_FOR:
            return None
        lately = self._runs.on_days(today - COUNTS_FOR + A_DAY, COUNTS_FOR.days)
        measured = [run for run in lately if run.cadence][-FADING_RUNS:]
        has_faded = all(is_fading(form_of(run, self._band.current)) for run in measured)
        return measured[-1].day if has_faded and len(measured) == FADING_RUNS else None


def _is_answerable(fact: PromptFact, today: date) -> bool:
    """Return whether an offer is open, or can be answered late."""
    return not fact.state.is_over or (fact.is_unanswered and today < day_of_form_check(fact.activity) + COUNTS_FOR)


class FormDialogue:
    """The questions of a form check by voice, one after another; nothing is kept until the last is answered."""

    def __init__(self) -> None:
        """Begin without a question."""
        self._answers: dict[FormPoint, Answer] = {}
        self._at: datetime | None = None

    def start(self, now: datetime) -> FormPoint:
        """Begin at the first question, and return it."""
        self._answers, self._at = {}, now
        return next(iter(FormPoint))

    def question(self, now: datetime) -> FormPoint | None:
        """Return the open question, None without one."""
        if self._at is None or not timedelta(0) <= now - self._at <= DIALOGUE_LASTS:
            return None
        return next((point for point in FormPoint if point not in self._answers), None)

    def answer(self, answer: Answer, now: datetime) -> FormPoint | None:
        """Answer the open question, and return the next one; None after the last."""
        if point := self.question(now):
            self._answers[point], self._at = answer, now
        return self.question(now)

    def points(self, answer: Answer) -> tuple[FormPoint, ...]:
        """Return the points with an answer."""
        return tuple(point for point, given in self._answers.items() if given is answer)

    def end(self) -> None:
        """End the questions."""
        self._answers, self._at = {}, None
