"""The summary: the one read model of a runner at an instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .back.back import Back
from .back.experiment import Experiments, ExperimentStatus
from .back.function_score import latest_of
from .back.pain_history import PainFigures, PainHistory
from .back.state import BackStatus
from .back.weekly_review import ReviewMessage, WeekReview, distance_in, review_message_for, review_of
from .calendar import A_DAY, A_WEEK, DAYS_A_WEEK
from .coaching.silence import Silence, SilenceStatus
from .exercises.progression import Progress
from .guidance import Guidance
from .habit_progress import HabitProgress
from .habits.core_goal import goal_in
from .habits.due import Due, DueHabits
from .habits.habit import Habit, Session
from .habits.rest import Rest, is_rest_throughout, is_rest_within
from .habits.session_history import SessionHistory
from .habits.streaks import Streaks
from .habits.walking import Walking
from .journal.journal import Journal
from .prompts.prompt import HoldReason
from .prompts.topic import Topic
from .runs.form import CadenceBand, Form, form_of
from .runs.load import (
    LONG_RUN_HINT_PERIOD,
    LONGEST_OVER,
    MONOTONY_OVER,
    NEW_RUNNER_PERIOD,
    SURFACES_OVER,
    Load,
    change_in_per_cent,
    days_since_rest,
    hints_of,
    longest_run_in_per_cent,
    monotony,
    surface_shares,
    training_impulse,
    weeks_before,
)
from .runs.run import Run
from .runs.run_figures import RunFigures, figures_of, session_load
from .runs.run_history import RunHistory
from .runs.wise_distance import WiseDistance
from .settings import Settings
from .shoes.rack import Rack
from .shoes.shoe import Wear


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The run that started last: metres, seconds, steps a minute, and its other figures; None is shown as unknown."""

    start: datetime | None = None
    distance: float | None = None
    duration: float | None = None
    cadence: float | None = None
    figures: RunFigures = field(default_factory=RunFigures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The read model of a runner.

    Distances are metres, changes per cent, `core_streak` weeks and `stretch_streak` days. None is shown as unknown;
    streaks are None beside a red flag, since nothing should keep a runner going then. `due` has the most urgent habit
    first, `silence` is the reason for the silence of all coaching, `waits` the reason for which the coach doesn't speak
    now, `asked_less` has the topics that went unanswered, and until when each is left alone. `wise` is the longest run
    that is wise today, `walking` the week of walking, and `function_score` the latest one; all three are None beside a
    red flag. `core_best` and `stretch_best` are the longest streaks so far, `forgiven_week` is a missed week within the
    core streak.
    """

    last_run: LastRun
    last_session: Mapping[Habit, datetime | None]
    core_streak: int | None
    core_sessions_this_week: int
    stretch_streak: int | None
    weekly_distance: float
    weekly_distance_change: float | None
    days_since_rest: int | None
    due: Mapping[Habit, Due]
    done_today: frozenset[Habit]
    chosen_shoe: str | None
    may_speak: bool
    running: bool
    resting: bool
    shoes: Mapping[str, Wear]
    rested_shoe: str | None = None
    load: Load = field(default_factory=Load)
    wise: WiseDistance | None = None
    walking: Walking | None = None
    function_score: float | None = None
    form: Form = field(default_factory=Form)
    pain: PainFigures = field(default_factory=PainFigures)
    back: BackStatus = field(default_factory=BackStatus)
    silence: HoldReason | None = None
    waits: SilenceStatus | None = None
    asked_less: Mapping[Topic, datetime] = field(default_factory=dict)
    experiment: ExperimentStatus | None = None
    core_best: int | None = None
    stretch_best: int | None = None
    forgiven_week: date | None = None

    @property
    def next_habit(self) -> Habit | None:
        """The most urgent habit that is due."""
        return next(iter(self.due), None)


class SummaryBuilder:
    """Builder of summaries from the projections."""

    def __init__(
        self,
        *,
        settings: Settings,
        runs: RunHistory,
        sessions: SessionHistory,
        rack: Rack,
        rests: Mapping[str, Rest],
        pains: PainHistory,
        back: Back,
        due: DueHabits,
        silence: Silence,
        experiments: Experiments,
        practised: Mapping[str, Session],
        streaks: Streaks,
        band: CadenceBand,
    ) -> None:
        """Read these projections."""
        self._calendar = settings.calendar
        self._load_settings = settings.load
        self._band = band
        self._runs = runs
        self._sessions = sessions
        self._rack = rack
        self._rests = rests
        self._pains = pains
        self._back = back
        self._due = due
        self._silence = silence
        self._experiments = experiments
        self._progress = HabitProgress(
            settings,
            practised=practised,
            sessions=sessions,
            is_frozen=self._is_partly_rest,
            pains=pains,
            limits=back.limits,
            # A goal that was raised since asks nothing of the weeks before.
            has_met_goal=streaks.has_met_goal,
        )
        self._streaks = streaks
        self._guidance = Guidance(
            settings,
            runs=runs,
            sessions=sessions,
            pains=pains,
            back=back,
            is_frozen=lambda week: is_rest_within(rests.values(), week, DAYS_A_WEEK),
        )

    def summary(
        self,
        now: datetime,
        *,
        chosen_shoe: str | None,
        may_speak: bool,
        running: bool = False,
        called_for: frozenset[Habit] = frozenset(),
        journal: Journal,
        waits: SilenceStatus | None = None,
        asked_less: Mapping[Topic, datetime] | None = None,
    ) -> Summary:
        """Return the summary at an instant.

        `called_for` are the habits that a trigger calls for, regardless of the day.
        """
        today = self._calendar.day_of(now)
        week = self._calendar.week_of(today)
        latest = self._runs.latest()
        this_week = distance_in(self._runs, week)
        wear = self._rack.wear(today)
        pain = self.pain(now, journal)
        silence = self._silence.of_all_coaching(now)
        is_red = silence is HoldReason.RED_FLAG
        # A part of a week is never compared with whole ones, so these are the last seven days.
        rolling = today - A_WEEK + A_DAY
        lately = distance_in(self._runs, rolling)
        change = change_in_per_cent(lately, [distance_in(self._runs, past) for past in weeks_before(rolling)])
        since_rest = days_since_rest(today, self._runs.any_on) if len(self._runs) else None
        score = latest_of(journal.function_scores.values())
        core, stretch = (None, None) if is_red else self._streaks.on(today)
        return Summary(
            last_run=_last_run(latest),
            last_session={habit: self._sessions.last(habit) for habit in Habit},
            core_streak=core.length if core else None,
            core_sessions_this_week=len(self._sessions.in_week(Habit.CORE, week)),
            stretch_streak=stretch.length if stretch else None,
            weekly_distance=this_week,
            weekly_distance_change=change,
            days_since_rest=since_rest,
            due={} if silence else self._coached(self._due.due(now, called_for), now),
            done_today=frozenset(habit for habit in Habit if self._sessions.done_on(habit, today)),
            chosen_shoe=chosen_shoe,
            may_speak=may_speak,
            running=running,
            resting=self._silence.is_resting(today),
            shoes=wear,
            rested_shoe=self._rack.least_recently_worn(today, wear),
            load=self._load(today, week, change, since_rest),
            wise=None if is_red else self._guidance.wise(now),
            walking=None if is_red else self._guidance.walking(now),
            function_score=None if is_red or score is None else score.mean,
            form=form_of(latest, self._band.current) if latest else Form(),
            pain=pain,
            back=self._back.status(now),
            silence=silence,
            waits=waits,
            asked_less=asked_less or {},
            experiment=self._experiments.status(now),
            core_best=core.best if core else None,
            stretch_best=stretch.best if stretch else None,
            forgiven_week=core.forgiven if core else None,
        )

    def pain(self, now: datetime, journal: Journal) -> PainFigures:
        """Return the figures of the pain at an instant."""
        return self._pains.figures(
            self._calendar.day_of(now),
            self._back.status(now),
            acknowledged=journal.advice_acknowledged,
            read=journal.notices_read,
        )

    def progress(self, habit: Habit, now: datetime) -> Progress:
        """Return the progress of a habit."""
        return self._progress.of(habit, now)

    def review(self, week: date, now: datetime) -> WeekReview:
        """Return the review of the week with this first day."""
        today = self._calendar.day_of(now)
        core_goal = goal_in(self._streaks.goals(today), week)
        return review_of(
            week,
            runs=self._runs,
            sessions=self._sessions,
            pains=self._pains,
            core_goal=core_goal,
            streaks=self._streaks.on(min(today, week + A_WEEK - A_DAY)),
            rack=self._rack,
        )

    def review_message(self, review: WeekReview, current: Summary) -> ReviewMessage:
        """Return the closing message of a review, given the current summary."""
        rested = is_rest_within(self._rests.values(), review.week, 7)
        return review_message_for(review, hints=current.load.hints, pain=current.pain, rested=rested)

    def _is_partly_rest(self, week: date) -> bool:
        """Return whether a week has days of rest: a whole week of it costs as much progress as any other week off."""
        rests = self._rests.values()
        return is_rest_within(rests, week, DAYS_A_WEEK) and not is_rest_throughout(rests, week, DAYS_A_WEEK)

    def _coached(self, due: Mapping[Habit, Due], now: datetime) -> dict[Habit, Due]:
        """Return the due habits that the state of the back lets be coached."""
        return {habit: each for habit, each in due.items() if self._silence.coaches(habit, now)}

    def _load(self, today: date, week: date, change: float | None, since_rest: int | None) -> Load:
        """Return the current load; figures without enough recent runs are None."""
        daily = [self._distance_on(today - days * A_DAY) for days in range(1, MONOTONY_OVER + 1)]
        longest, monotonous, first = self._longest_run(today), monotony(daily), self._runs.earliest()
        impulses = [
            impulse
            for run in self._runs.in_week(week)
            if (impulse := training_impulse(run, self._load_settings)) is not None
        ]
        loads = [load for run in self._runs.in_week(week) if (load := session_load(run)) is not None]
        return Load(
            longest_run=longest,
            monotony=monotonous,
            impulse=sum(impulses) if impulses else None,
            session_load=sum(loads) if loads else None,
            surfaces=surface_shares(self._runs.on_days(today - SURFACES_OVER + A_DAY, SURFACES_OVER.days)),
            hints=hints_of(
                self._load_settings,
                change=change,
                longest_run=longest,
                days_since_rest=since_rest,
                monotony=monotonous,
                is_new=first is None or today - first.day < NEW_RUNNER_PERIOD,
                news=self._news(today),
                is_after_break=self._guidance.is_beyond_return(self._furthest(today)),
            ),
        )

    def _longest_run(self, today: date) -> float | None:
        """Return the change of the furthest recent run against the runs before it, None without one."""
        run = self._furthest(today)
        if run is None:
            return None
        return longest_run_in_per_cent(run.distance, self._runs.between(run.start - LONGEST_OVER, run.start))

    def _furthest(self, today: date) -> Run | None:
        """Return the furthest recent run; of several with the same distance, the first was the news."""
        # A later short run doesn't shorten a long one.
        news = self._runs.on_days(today - LONG_RUN_HINT_PERIOD + A_DAY, LONG_RUN_HINT_PERIOD.days)
        return max(news, key=lambda run: (run.distance_in_millimetres, -run.start.timestamp()), default=None)

    def _news(self, today: date) -> float:
        run = self._furthest(today)
        return (run.distance or 0) if run else 0

    def _distance_on(self, day: date) -> float:
        return sum(run.distance_in_millimetres for run in self._runs.on_days(day, 1)) / 1000


def _last_run(run: Run | None) -> LastRun:
    if run is None:
        return LastRun()
    return LastRun(
        start=run.start, distance=run.distance, duration=run.duration, cadence=run.cadence, figures=figures_of(run)
    )
