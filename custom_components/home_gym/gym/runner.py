"""The runner: a journal of facts, and all that follows from them.

Every change is a method call that carries its own time and returns what came of it. Nothing here waits: `deadline()`
says when `tick()` wants to be called next.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime

from .back.diary import diary_of
from .back.pain_history import PainHistory
from .back.patterns import Diary, Patterns
from .back.report import BackReport, report_of
from .back.weekly_review import ReviewMessage, WeekReview, is_news
from .calendar import A_WEEK
from .coaching.candidates import PromptCandidates
from .coaching.log import PromptLog
from .coaching.replies import PromptReplies
from .coaching.scheduler import PromptScheduler
from .events import Event, RunStarted, WeekReviewed
from .habits.day import Day
from .habits.habit import Habit, Session
from .habits.rest import is_rest
from .intake.deliveries import MAX_NEWS_AGE, Deliveries
from .intake.manual_entries import ManualEntries
from .journal.journal import Journal
from .projections import Projections
from .prompts.prompt import PromptFact, PromptTrigger
from .routines.position import PlayerMemory
from .routines.progression import Progress
from .runs.activity import Activity, Origin
from .runs.corrections import Correction
from .runs.run import Run
from .settings import Settings
from .shoes.shoe import Shoe
from .summary import Summary, SummaryBuilder

# Nothing was recorded before.
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class Runner:
    """The whole of one person's journal and what follows from it."""

    def __init__(self, settings: Settings, journal: Journal) -> None:
        """Derive everything from the journal's facts."""
        self.settings = settings
        self.journal = journal
        journal.settle_interrupted_prompts()
        self._training = Projections(settings, journal)
        self._runs, self._sessions, self._rack = self._training.runs, self._training.sessions, self._training.rack
        self._pains = PainHistory(journal.pains.values())
        self._figures = SummaryBuilder(
            settings=settings,
            runs=self._runs,
            sessions=self._sessions,
            rack=self._rack,
            rests=journal.rests,
            pains=self._pains,
        )
        self._causes = PromptCandidates(
            settings, journal, self._runs, self._rack, self._figures.wanted, pains=self._pains
        )
        notes = PromptLog(journal)
        self._coaching = PromptScheduler(
            settings,
            journal,
            notes=notes,
            causes=self._causes,
            runs=self._runs,
            sessions=self._sessions,
            pains=self._pains,
        )
        self.answering = PromptReplies(self._causes, notes)
        self.arrivals = Deliveries(settings, journal, training=self._training)
        self.by_hand = ManualEntries(
            settings, journal, training=self._training, pains=self._pains, arrivals=self.arrivals
        )
        # Where the runner runs right now: the treadmill's id, and since when.
        self._running: dict[str, datetime] = {}

    @property
    def runs(self) -> list[Run]:
        """All runs, the earliest first."""
        return self._runs.all()

    @property
    def count(self) -> int:
        """How many runs there are."""
        return len(self._runs)

    @property
    def revision(self) -> int:
        """How often what is told of runs, or of the pairs they were run in, changed."""
        return self._training.revision

    @property
    def last_run(self) -> Run | None:
        """The run that started last."""
        return self._runs.latest()

    def runs_between(self, start: datetime, end: datetime) -> list[Run]:
        """Return the runs that began from one instant to another, the end not included, the earliest first."""
        return self._runs.between(start, end)

    def day(self, day: date) -> Day:
        """Return what was done on a day of the runner's calendar."""
        return Day(
            distance=sum(run.distance_in_millimetres for run in self._runs.on_days(day, 1)) / 1000,
            habits=tuple(habit for habit in Habit if self._sessions.done_on(habit, day)),
            resting=is_rest(self.journal.rests.values(), day),
        )

    def prompts_between(self, start: datetime, end: datetime) -> list[PromptFact]:
        """Return what became of prompts from one instant to another, the end not included, in order of their time.

        Those are among them that were never made, since a run became known too late for them.
        """
        runs = self._runs.between(max(start, EARLIEST) - MAX_NEWS_AGE, end)
        facts = [*self.journal.prompts.values(), *(fact for run in runs for fact in self._coaching.passed_over(run))]
        return sorted((fact for fact in facts if start <= fact.at < end), key=lambda fact: fact.at)

    def corrections_of(self, run: Run) -> list[Correction]:
        """Return what a person said of a run, the earliest first."""
        return self._training.corrections.about(run)

    def origins_of(self, run: Run) -> set[Origin]:
        """Return what kinds of sources saw a run."""
        return {self.journal.deliveries[activity].activity.origin for activity in run.activities}

    @property
    def running_on(self) -> Collection[str]:
        """The ids of the treadmills on which the runner runs right now."""
        return self._running.keys()

    @property
    def may_ask(self) -> bool:
        """Whether a question may be asked at all: beside no red flag, and into no routine."""
        return self._coaching.may_ask

    @property
    def pains(self) -> PainHistory:
        """All that was reported of the back."""
        return self._pains

    @property
    def sessions(self) -> list[Session]:
        """All distinct sessions, the earliest first."""
        return self._sessions.all()

    def shoe_of(self, run: Run) -> str | None:
        """Return the id of the pair that a run counts for."""
        return self._rack.shoe_of(run)

    def possible_shoes(self, run: Run) -> list[Shoe]:
        """Return the pairs that may have been worn where habit alone says which one was, none where that is clear."""
        return self._training.possible_shoes(run)

    def chosen_shoe(self, now: datetime) -> str | None:
        """Return the id of the pair that the next run counts for."""
        return self._training.chosen_shoe(now)

    def learn(self, activities: Iterable[Activity], *, now: datetime, live: bool) -> list[Event]:
        """Take activities into the journal; see `Deliveries.learn`."""
        return self.arrivals.learn(activities, now=now, live=live)

    def run(self, run: str) -> Run:
        """Return the run that an id of it, or of one of its activities, names; raises UnknownRunError."""
        return self._runs.named(run)

    def add_trigger(self, occasion: PromptTrigger) -> None:
        """Take note of what calls for a habit; telling it twice is harmless."""
        self._causes.add_trigger(occasion)

    def start_run(self, treadmill: str, start: datetime) -> list[Event]:
        """Take note that the runner runs on a treadmill; what the run was is told when it is over."""
        if treadmill in self._running:
            return []
        self._running[treadmill] = start
        return [RunStarted(start=start)]

    def end_run(self, treadmill: str) -> None:
        """Take note that the runner runs there no more."""
        self._running.pop(treadmill, None)

    def choose_shoe(self, shoe: str) -> None:
        """Choose the pair that the next run counts for.

        Raises UnknownShoeError where there is no such pair.
        """
        self.settings.shoe(shoe)
        self.journal.chosen_shoe = shoe
        self.journal.chosen_firmly = True

    def allow_voice(self, allowed: bool) -> None:
        """Let the coach speak, or not."""
        self.journal.may_speak = allowed

    def keep_routine(self, memory: PlayerMemory | None) -> None:
        """Remember the place in the routine that is going on; None where there is none."""
        self.journal.routine = memory

    def tick(self, now: datetime, *, home: bool, speakers: tuple[str, ...] | None = None) -> list[Event]:
        """Do what time alone brings about: weeks that end, prompts that become due, are to be spoken, or have passed.

        `speakers` are the ids of those that would be heard right now, the best first; None for all that there are.
        """
        return [*self._end_week(now), *self._coaching.tick(now, home=home, speakers=speakers)]

    def deadline(self, now: datetime) -> datetime:
        """Return when `tick` is to be called next, and the summary published again."""
        return min([self._figures.next_change(now), *self._coaching.deadlines(now)])

    def progress(self, habit: Habit, now: datetime) -> Progress:
        """Return how a habit has been kept up, which decides how long the exercises of its routine are held."""
        return self._figures.progress(habit, now)

    def diary(self, now: datetime) -> Diary:
        """Return the runner's days of the last year, for `patterns_in` to look at, which takes its time."""
        return diary_of(
            self.settings.calendar.day_of(now),
            runs=self._runs,
            sessions=self._sessions,
            rack=self._rack,
            pains=self._pains,
        )

    def back_report(self, now: datetime, patterns: Patterns) -> BackReport:
        """Return what to take along to a professional, with the patterns that were found."""
        today, calendar = self.settings.calendar.day_of(now), self.settings.calendar
        return report_of(
            today,
            calendar=calendar,
            load=self.settings.load,
            runs=self._runs,
            sessions=self._sessions,
            pains=self._pains,
            pain=self._pains.figures(today, calendar, acknowledged=self.journal.advice_acknowledged),
            shoes=self.settings.shoes,
            rack=self._rack,
            patterns=patterns,
        )

    def review(self, at: datetime, now: datetime) -> tuple[WeekReview, ReviewMessage]:
        """Return the review of the week in which an instant lies, and the word that it ends with now."""
        review = self._figures.review(self.settings.calendar.week_of(self.settings.calendar.day_of(at)))
        return review, self._figures.word(review, self.summary(now))

    def summary(self, now: datetime) -> Summary:
        """Return everything that is shown of the runner."""
        return self._figures.summary(
            now,
            chosen_shoe=self.chosen_shoe(now),
            may_speak=self.journal.may_speak,
            running=bool(self._running),
            called_for=self._coaching.called_for(now),
            acknowledged=self.journal.advice_acknowledged,
        )

    def _end_week(self, now: datetime) -> list[Event]:
        """Tell of the last week that is over, once; what was before the first look is nobody's news."""
        calendar = self.settings.calendar
        week = calendar.week_of(calendar.day_of(now)) - A_WEEK
        told = self.journal.week_told
        if told is not None and not is_news(week, told):
            return []
        self.journal.week_told = week
        return [] if told is None else [WeekReviewed(review=self._figures.review(week))]
