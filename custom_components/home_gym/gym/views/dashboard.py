"""The view behind the cards; wording, rounding and drawing are theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..back.experiment import ExperimentStatus
from ..back.pain_history import PainFigures
from ..back.signs import Question
from ..back.state import BackState, BackStatus
from ..calendar import A_DAY
from ..coaching.log import PromptLog
from ..coaching.silence import SilenceStatus
from ..habits.day import Day
from ..habits.due import Due, DueReason
from ..habits.habit import Habit
from ..habits.walking import Walking
from ..runner import Runner
from ..runs.activity import Origin, Surface
from ..runs.form import CadenceVerdict, form_of
from ..runs.load import Hint
from ..runs.run import Run
from ..runs.wise_distance import RecentDistances, WiseDistance, recent_distances
from ..shoes.fitting import FittingHint, fitting_hints
from ..shoes.shoe import Shoe, Wear
from ..summary import Summary
from .doubtful import DoubtfulRuns, doubtful_runs
from .form import FormView, form_view

# A week with any first day, and the one before it.
DAYS_SHOWN = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class DueView:
    """Reason for a habit that is due, and the end of the run that called for it.

    `asked` means that the coach asked for it, `snoozed` that the prompt was snoozed: a second "later" means "no".
    """

    reason: DueReason
    since: datetime | None = None
    asked: bool = False
    snoozed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """Habits that are due and done today, the week's core goal, the longest run that is wise, and the walking.

    `lately` has the runs of the wise distance. Weeks begin on `first_weekday` (Monday is 0). `silence` is the reason
    for the coach's present silence; `asked_less` has the topics that went unanswered, each with the instant of the next
    question. `asks_effort` means that the latest outing can be rated. `core_best` and `stretch_best` are the longest
    streaks, `forgiven_week` is a missed week within the core streak.
    """

    day: date
    first_weekday: int
    due: Mapping[Habit, DueView]
    done: frozenset[Habit]
    resting: bool
    running: bool
    core_done: int
    core_goal: int
    wise: WiseDistance | None
    lately: RecentDistances
    walking: Walking | None
    silence: SilenceStatus | None
    asked_less: Mapping[str, datetime]
    asks_effort: bool
    core_best: int | None
    stretch_best: int | None
    forgiven_week: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run as shown: metres, seconds, steps and beats a minute; `shoe` is the id of a pair.

    `in_band` is the share of its time in the target range of the cadence, in per cent.
    """

    id: str
    start: datetime
    distance: float | None
    distance_error: float | None
    duration: float | None
    cadence: float | None
    heart_rate: float | None
    surface: Surface | None
    indoor: bool | None
    shoe: str | None
    sources: frozenset[Origin]
    corrected: bool
    verdict: CadenceVerdict | None
    in_band: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoeView:
    """A pair as shown: metres, per cent, the home's currency per metre; `hints` are the unread ones about its fit."""

    name: str
    distance: float
    remaining: float
    share: float
    warn_at: float
    replace_at: float
    first_used: date
    last_used: datetime | None
    replace_by: date | None
    warning: bool
    replacement_due: bool
    insoles_due: bool | None
    cost: float | None
    retired: date | None
    color: str | None = None
    hints: tuple[FittingHint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BackStateView:
    """The state of the back as shown.

    `question` is the open one, the `number`th of `questions`. `can_withdraw` means that a report of the last 24 hours
    can be taken back, `asks_function` that the monthly questions are due.
    """

    state: BackState
    question: Question | None
    number: int
    questions: int
    step: int | None
    is_unknown: bool
    can_withdraw: bool
    asks_function: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """Everything except routines and treadmills, which change at their own pace.

    `revision` changes with the list of runs.
    """

    today: TodayView
    core_streak: int | None
    stretch_streak: int | None
    days: Mapping[date, Day]
    last_run: RunView | None
    shoes: Mapping[str, ShoeView]
    chosen_shoe: str | None
    rested_shoe: str | None
    weekly_distance: float
    weekly_distance_change: float | None
    days_since_rest: int | None
    pain: PainFigures
    back: BackStateView
    experiment: ExperimentStatus | None
    hints: tuple[Hint, ...]
    runs: int
    doubtful: DoubtfulRuns
    form: FormView
    revision: int


def dashboard_of(runner: Runner, summary: Summary, now: datetime) -> Dashboard:
    """Return the dashboard, given the summary of the same instant."""
    today = runner.settings.calendar.day_of(now)
    last_run = runner.runs.latest()
    return Dashboard(
        today=_today(runner, summary, now),
        core_streak=summary.core_streak,
        stretch_streak=summary.stretch_streak,
        days={day: runner.day(day) for day in (today - back * A_DAY for back in range(DAYS_SHOWN))},
        last_run=run_view(runner, last_run) if last_run else None,
        shoes={shoe.id: _shoe(shoe, summary.shoes[shoe.id], today) for shoe in runner.settings.shoes},
        chosen_shoe=summary.chosen_shoe,
        rested_shoe=summary.rested_shoe,
        weekly_distance=summary.weekly_distance,
        weekly_distance_change=summary.weekly_distance_change,
        days_since_rest=summary.days_since_rest,
        pain=summary.pain,
        back=_back(runner, summary.back, now),
        experiment=summary.experiment,
        hints=summary.load.hints,
        runs=len(runner.runs),
        doubtful=doubtful_runs(runner),
        form=form_view(runner, now),
        revision=runner.projections.revision,
    )


def run_view(runner: Runner, run: Run) -> RunView:
    """Return the view of a run."""
    form = form_of(run, runner.band)
    return RunView(
        id=run.id,
        start=run.start,
        distance=run.distance,
        distance_error=run.distance_error,
        duration=run.duration,
        cadence=run.cadence,
        heart_rate=run.heart_rate,
        surface=run.surface,
        indoor=run.indoor,
        shoe=runner.rack.shoe_of(run),
        sources=frozenset(runner.origins_of(run)),
        corrected=any(each.corrects for each in runner.projections.corrections.about(run)),
        verdict=form.verdict,
        in_band=form.in_band,
    )


def _today(runner: Runner, summary: Summary, now: datetime) -> TodayView:
    snoozed = _snoozed(runner, now)
    return TodayView(
        day=runner.settings.calendar.day_of(now),
        first_weekday=runner.settings.calendar.first_weekday,
        due={habit: _due(due, snoozed.get(habit)) for habit, due in summary.due.items()},
        done=summary.done_today,
        resting=summary.resting,
        running=summary.running,
        core_done=summary.core_sessions_this_week,
        core_goal=runner.settings.core_goal,
        wise=summary.wise,
        lately=recent_distances(runner.settings.calendar.day_of(now), runner.runs),
        walking=summary.walking,
        silence=summary.waits,
        asked_less={topic.value: instant for topic, instant in summary.asked_less.items()},
        asks_effort=bool(runner.effort.unrated(now)),
        core_best=summary.core_best,
        stretch_best=summary.stretch_best,
        forgiven_week=summary.forgiven_week,
    )


def _back(runner: Runner, status: BackStatus, now: datetime) -> BackStateView:
    last = runner.back.last_round
    asked = last.questions if last and status.question else ()
    return BackStateView(
        state=status.state,
        question=status.question,
        number=asked.index(status.question) + 1 if status.question else 0,
        questions=len(asked),
        step=status.step,
        is_unknown=status.is_unknown,
        can_withdraw=bool(runner.manual_entries.withdrawable(now)),
        asks_function=runner.function_questions.is_due(now),
    )


def _snoozed(runner: Runner, now: datetime) -> Mapping[Habit, bool]:
    """Return the habits that the coach asked for, and whether each one's latest prompt was snoozed before."""
    log = PromptLog(runner.journal)
    found: dict[Habit, bool] = {}
    for prompt in (*runner.replies.asked_lately(now), *reversed(runner.replies.unanswered(now))):
        if prompt.habit:
            found.setdefault(prompt.habit, bool(log.required(prompt).snoozes))
    return found


def _due(due: Due, snoozed: bool | None) -> DueView:
    """Return the view of a due habit; `snoozed` is None without a prompt."""
    return DueView(reason=due.reason, since=due.since, asked=snoozed is not None, snoozed=bool(snoozed))


def _shoe(shoe: Shoe, wear: Wear, today: date) -> ShoeView:
    return ShoeView(
        name=shoe.name,
        distance=wear.distance,
        remaining=wear.remaining,
        share=wear.share,
        warn_at=shoe.warn_at,
        replace_at=shoe.replace_at,
        first_used=shoe.first_used,
        last_used=wear.last_used,
        replace_by=wear.replace_by,
        warning=wear.warning,
        replacement_due=wear.replacement_due,
        insoles_due=wear.insoles_due,
        cost=wear.cost_per_metre,
        retired=shoe.retired if shoe.is_retired_on(today) else None,
        color=shoe.color,
        hints=fitting_hints(shoe, today),
    )
