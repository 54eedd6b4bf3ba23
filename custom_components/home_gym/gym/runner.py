"""The runner: a journal of facts, and everything derived from them.

A change is a method call that carries its own time and returns events. Nothing here waits: `deadline()` is the instant
of the next `tick()`.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime

from .back.advice import RedFlagError
from .back.back import Back, NotCoachedError
from .back.diary import diary_of
from .back.experiment import Experiments
from .back.pain_history import PainHistory
from .back.patterns import Diary, Patterns
from .back.report import WEEKS, BackReport, report_of
from .back.weekly_review import ReviewMessage, WeekReview, is_news
from .calendar import A_WEEK
from .coaching.candidates import PromptCandidates
from .coaching.effort_questions import EffortQuestions
from .coaching.explanations import Explanations
from .coaching.form_checks import FormChecks
from .coaching.function_questions import FunctionQuestions
from .coaching.log import PromptLog
from .coaching.milestones import Milestones
from .coaching.replies import PromptReplies
from .coaching.scheduler import PromptScheduler
from .coaching.silence import Silence
from .coaching.triage_questions import TriageQuestions
from .coaching.turns import QuestionTurns
from .events import Event, ExperimentEnded, RunStarted, WeekReviewed
from .exercises.progression import Progress
from .habits.day import Day
from .habits.due import DueHabits
from .habits.habit import Habit
from .habits.streaks import Streaks
from .intake.deliveries import MAX_NEWS_AGE, Deliveries
from .intake.manual_entries import ManualEntries
from .journal.journal import Journal
from .projections import Projections
from .prompts.prompt import PromptFact
from .routines.routine import NothingLeftError
from .runs.activity import Activity, Origin
from .runs.form import Band, CadenceBand
from .runs.run import Run
from .settings import Settings
from .summary import Summary, SummaryBuilder

# No recording is older.
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class Runner:
    """One person's journal, and the parts derived from it.

    `deliveries` and `manual_entries` add facts, `replies` records replies to prompts, `candidates` finds prompts.
    `projections` follow from the facts: `runs`, `sessions` and `rack` are its parts, `pains` and `back` are beside.
    `silence` has the reasons for the coach's silence, `explanations` those of this instant, `answers` counts the
    unanswered questions of each topic, `milestones` are those reached, `questions` the open question of the triage,
    `function_questions` the monthly ones, `effort` that about an outing, `form_checks` the checks of running
    form, `experiments` the habit of the lot.
    """

    def __init__(self, settings: Settings, journal: Journal, *, former: Runner | None = None) -> None:
        """Derive everything from the journal's facts; `former` is the runner with other settings until now."""
        self.settings = settings
        self.journal = journal
        if former is None:
            journal.settle_interrupted_prompts()
        self.projections = Projections(settings, journal)
        self.runs, self.sessions, self.rack = self.projections.runs, self.projections.sessions, self.projections.rack
        self.pains = PainHistory(report for key, report in journal.pains.items() if key not in journal.withdrawals)
        self.back = Back(journal, settings.calendar, settings.history, spared=settings.spared)
        self.silence = Silence(settings, journal, self.back)
        self.questions = TriageQuestions(settings, self.back, self.silence)
        self.effort = EffortQuestions(settings, journal, self.runs, self.silence)
        self.function_questions = FunctionQuestions(settings, journal, self.pains, self.silence)
        self.experiments = Experiments(journal, settings.calendar, self.back, self.pains, self.silence)
        self._band = CadenceBand(settings.band, self.runs, follows_own=settings.follows_own_cadence)
        self._streaks = Streaks(
            self.sessions,
            calendar=settings.calendar,
            core_goal=settings.core_goal,
            goals=lambda: journal.core_goals,
            rests=journal.rests,
        )
        self.milestones = Milestones(
            settings,
            journal,
            streaks=self._streaks,
            sessions=self.sessions,
            rack=self.rack,
            silence=self.silence,
        )
        self._due = DueHabits(
            self.runs,
            self.sessions,
            calendar=settings.calendar,
            core_goal=settings.core_goal,
            lot_of=self.experiments.asks,
        )
        self._summaries = SummaryBuilder(
            settings=settings,
            runs=self.runs,
            sessions=self.sessions,
            rack=self.rack,
            rests=journal.rests,
            pains=self.pains,
            back=self.back,
            due=self._due,
            silence=self.silence,
            experiments=self.experiments,
            practised=journal.sessions,
            streaks=self._streaks,
            band=self._band,
        )
        log = PromptLog(journal)
        self.answers = log.answers
        self.form_checks = FormChecks(settings, journal, self.runs, silence=self.silence, band=self._band, log=log)
        self.candidates = PromptCandidates(
            settings,
            journal,
            self.runs,
            self.rack,
            log=log,
            pains=self.pains,
            due=self._due,
            silence=self.silence,
            experiments=self.experiments,
            form_checks=self.form_checks,
        )
        self.scheduler = PromptScheduler(
            settings,
            journal,
            log=log,
            candidates=self.candidates,
            runs=self.runs,
            sessions=self.sessions,
            pains=self.pains,
            silence=self.silence,
            turns=QuestionTurns(log, self.silence, is_running=lambda: bool(self._running)),
            milestones=self.milestones,
            form_checks=self.form_checks,
            band=self._band,
        )
        self.explanations = Explanations(
            settings, journal, silence=self.silence, answers=self.answers, scheduler=self.scheduler, runs=self.runs
        )
        self.replies = PromptReplies(self.candidates, log, self.milestones)
        self.deliveries = Deliveries(settings, journal, projections=self.projections)
        self.manual_entries = ManualEntries(
            settings,
            journal,
            projections=self.projections,
            pains=self.pains,
            back=self.back,
            deliveries=self.deliveries,
        )
        # The start of the current run on each treadmill, by the treadmill's id.
        self._running: dict[str, datetime] = {}
        if former is not None:
            self._running |= zip(former.running_on, former.running_since, strict=True)
            self.form_checks.dialogue = former.form_checks.dialogue
            self.projections.revision = former.projections.revision + 1

    def with_settings(self, settings: Settings) -> Runner:
        """Return the runner with other settings, in the midst of the day."""
        return Runner(settings, self.journal, former=self)

    @property
    def band(self) -> Band:
        """The band that a run's cadence is compared with."""
        return self._band.current

    @property
    def running_on(self) -> Collection[str]:
        """The ids of the treadmills in use by the runner."""
        return self._running.keys()

    @property
    def running_since(self) -> Collection[datetime]:
        """The starts of the runs in progress on treadmills."""
        return self._running.values()

    def start_run(self, treadmill: str, start: datetime) -> list[Event]:
        """Note a run that begins on a treadmill; the run itself is delivered when it is over."""
        self.resume_run(start)
        if treadmill in self._running:
            return []
        self._running[treadmill] = start
        return [RunStarted(start=start)]

    def resume_run(self, at: datetime) -> None:
        """Note that the runner runs on after a pause."""
        self.candidates.outings.resume(at)

    def end_run(self, treadmill: str) -> None:
        """Note the end of the run on a treadmill."""
        self._running.pop(treadmill, None)

    def require_no_red_flag(self) -> None:
        """Refuse to coach an exercise beside a red flag; raises RedFlagError."""
        if self.silence.has_red_flag:
            raise RedFlagError

    def require_state_for(self, habit: Habit, now: datetime) -> None:
        """Refuse a habit that the state of the back speaks against.

        Raises RedFlagError beside an emergency, else NotCoachedError.
        """
        self.require_no_red_flag()
        if not self.back.coaches(habit, now):
            raise NotCoachedError(habit)

    def require_coached(self, habit: Habit, now: datetime) -> None:
        """Refuse to coach a habit that the state speaks against, or without an exercise that its limits leave.

        Raises the errors of `require_state_for`, or NothingLeftError.
        """
        self.require_state_for(habit, now)
        if not self.silence.coaches(habit, now):
            raise NothingLeftError(habit)

    def tick(self, now: datetime, *, home: bool, speakers: tuple[str, ...] | None = None) -> list[Event]:
        """Apply the changes that time alone brings: weeks that end, and prompts that become due or expire.

        `speakers` are the ids of those within earshot, the best first; None for all that are configured.
        """
        self.journal.core_goals = self._streaks.goals(self.settings.calendar.day_of(now))
        ended = self.experiments.follow(now)
        return [
            *([ExperimentEnded(status=ended)] if ended else []),
            *self._end_week(now),
            *self.milestones.follow(now),
            *self.scheduler.tick(now, home=home, speakers=speakers),
        ]

    def deadline(self, now: datetime) -> datetime:
        """Return the instant of the next `tick`, at which the summary is published again, too."""
        return min([self._due.next_change(now), *self.scheduler.deadlines(now)])

    def summary(self, now: datetime) -> Summary:
        """Return the read model at an instant."""
        return self._summaries.summary(
            now,
            chosen_shoe=self.projections.chosen_shoe(now),
            may_speak=self.journal.may_speak,
            running=bool(self._running),
            called_for=self.scheduler.called_for(now),
            journal=self.journal,
            waits=self.explanations.waits(now),
            asked_less=self.explanations.asked_less(now),
        )

    def day(self, day: date) -> Day:
        """Return the runs, habits and rests of a day of the runner's calendar."""
        return Day(
            distance=sum(run.distance_in_millimetres for run in self.runs.on_days(day, 1)) / 1000,
            habits=tuple(habit for habit in Habit if self.sessions.done_on(habit, day)),
            resting=self.silence.is_resting(day),
        )

    def prompts_between(self, start: datetime, end: datetime) -> list[PromptFact]:
        """Return the prompts from one instant to another, the end not included, in order of their time.

        Prompts that were never made, since their run was learned too late, are among them.
        """
        runs = self.runs.between(max(start, EARLIEST) - MAX_NEWS_AGE, end)
        facts = [
            *self.journal.prompts.values(),
            *(fact for run in runs for fact in self.scheduler.too_late_prompts(run)),
        ]
        return sorted((fact for fact in facts if start <= fact.at < end), key=lambda fact: fact.at)

    def origins_of(self, run: Run) -> set[Origin]:
        """Return the kinds of sources of a run."""
        return {self.journal.deliveries[activity].activity.origin for activity in run.activities}

    def activities_of(self, run: Run) -> list[Activity]:
        """Return the activities of a run."""
        return [delivery.activity for delivery in self.journal.deliveries_of(run)]

    def edited_in(self, run: Run) -> set[str]:
        """Return the services that a person edited a run in."""
        activities = (delivery.activity for delivery in self.journal.deliveries_of(run))
        return {activity.manufacturer for activity in activities if activity.edited and activity.manufacturer}

    def progress(self, habit: Habit, now: datetime) -> Progress:
        """Return the progress of a habit, which determines the duration of its exercises."""
        return self._summaries.progress(habit, now)

    def diary(self, now: datetime) -> Diary:
        """Return the days of the last year for `patterns_in`, which takes long enough to belong in the executor."""
        return diary_of(
            self.settings.calendar.day_of(now), runs=self.runs, sessions=self.sessions, rack=self.rack, pains=self.pains
        )

    def back_report(self, now: datetime, patterns: Patterns, span: int = WEEKS) -> BackReport:
        """Return the report for a professional about `span` weeks, with the patterns found in the diary."""
        today, calendar = self.settings.calendar.day_of(now), self.settings.calendar
        return report_of(
            today,
            calendar=calendar,
            load=self.settings.load,
            runs=self.runs,
            sessions=self.sessions,
            pains=self.pains,
            function_scores=self.journal.function_scores.values(),
            form_checks=self.journal.form_checks.values(),
            pain=self._summaries.pain(now, self.journal),
            shoes=self.settings.shoes,
            rack=self.rack,
            patterns=patterns,
            span=span,
        )

    def review(self, at: datetime, now: datetime) -> tuple[WeekReview, ReviewMessage]:
        """Return the review of the week of an instant, and the closing message that fits now."""
        review = self._summaries.review(self.settings.calendar.week_of(self.settings.calendar.day_of(at)), now)
        return review, self._summaries.review_message(review, self.summary(now))

    def _end_week(self, now: datetime) -> list[Event]:
        """Report the last week that is over, once; a week before the first tick is not reported."""
        calendar = self.settings.calendar
        week = calendar.week_of(calendar.day_of(now)) - A_WEEK
        reported = self.journal.reported_week
        if reported is not None and not is_news(week, reported):
            return []
        self.journal.reported_week = week
        return [] if reported is None else [WeekReviewed(review=self._summaries.review(week, now))]
