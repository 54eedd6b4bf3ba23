"""The one read model: everything that is shown of a runner at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .days import A_DAY, A_WEEK
from .habit import Habit
from .load import change_in_per_cent, days_since_rest, weeks_before
from .rack import Rack
from .run import Run
from .runs import Runs
from .sessions import ZONES, Sessions
from .settings import Settings
from .shoe import Wear
from .streak import streak

# After a run's end, foam rolling it off makes sense for so long.
FOAM_ROLL_WITHIN = timedelta(hours=24)
# What is asked for first when several habits are due.
URGENCY = (Habit.FOAM_ROLL, Habit.STRETCH, Habit.CORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is shown of a runner.

    Distances are metres, durations seconds, cadence steps a minute, changes per cent. None is shown as unknown.
    """

    last_run: datetime | None = None
    last_run_distance: float | None = None
    last_run_duration: float | None = None
    last_run_cadence: float | None = None
    last_session: Mapping[Habit, datetime | None]
    core_streak: int
    core_sessions_this_week: int
    stretch_streak: int
    weekly_distance: float
    weekly_distance_change: float | None
    days_since_rest: int | None
    due: frozenset[Habit]
    next_habit: Habit | None
    chosen_shoe: str | None
    may_speak: bool
    shoes: Mapping[str, Wear]


def summarise(
    now: datetime, *, runs: Runs, sessions: Sessions, rack: Rack, settings: Settings, chosen: str | None, speak: bool
) -> Summary:
    """Return what is shown of a runner at an instant."""
    calendar = settings.calendar
    today = calendar.day_of(now)
    week = calendar.week_of(today)
    due = frozenset(_due(now, today, week, runs, sessions, settings))
    week_distance = _distance(runs, week, settings)
    return Summary(
        **_last_run(runs.latest()),
        last_session={habit: sessions.last(habit) for habit in Habit},
        core_streak=streak(
            week, A_WEEK, lambda past: len(sessions.in_week(Habit.CORE, past, calendar)) >= settings.core_goal
        ),
        core_sessions_this_week=len(sessions.in_week(Habit.CORE, week, calendar)),
        stretch_streak=streak(today, A_DAY, lambda past: bool(sessions.on_day(Habit.STRETCH, past, calendar))),
        weekly_distance=week_distance,
        weekly_distance_change=change_in_per_cent(
            week_distance, [_distance(runs, past, settings) for past in weeks_before(week)]
        ),
        days_since_rest=days_since_rest(today, lambda day: _ran_on(runs, day, settings)) if len(runs) else None,
        due=due,
        next_habit=next((habit for habit in URGENCY if habit in due), None),
        chosen_shoe=chosen,
        may_speak=speak,
        shoes=rack.wear(today),
    )


def next_change(now: datetime, *, runs: Runs, settings: Settings) -> datetime:
    """Return the next instant at which time alone changes what is shown."""
    midnight = settings.calendar.next_midnight(now)
    run = runs.latest()
    foam_roll_over = run.end + FOAM_ROLL_WITHIN if run else now
    return min(midnight, foam_roll_over) if foam_roll_over > now else midnight


def _last_run(run: Run | None) -> dict[str, datetime | float | None]:
    if run is None:
        return {}
    return {
        "last_run": run.start,
        "last_run_distance": run.distance,
        "last_run_duration": run.elapsed_time if run.moving_time is None else run.moving_time,
        "last_run_cadence": run.cadence,
    }


def _due(now: datetime, today: date, week: date, runs: Runs, sessions: Sessions, settings: Settings) -> list[Habit]:
    due = []
    run = runs.latest()
    if run and run.end <= now < run.end + FOAM_ROLL_WITHIN and not sessions.done_since(Habit.FOAM_ROLL, run.end):
        due.append(Habit.FOAM_ROLL)
    if not sessions.on_day(Habit.STRETCH, today, settings.calendar):
        due.append(Habit.STRETCH)
    sessions_left = settings.core_goal - len(sessions.in_week(Habit.CORE, week, settings.calendar))
    days_left = (week + A_WEEK - today).days
    if sessions_left >= days_left and not sessions.on_day(Habit.CORE, today, settings.calendar):
        due.append(Habit.CORE)
    return due


def _distance(runs: Runs, week: date, settings: Settings) -> float:
    start = settings.calendar.start_of(week)
    near = runs.between(start - ZONES, start + A_WEEK + ZONES)
    return sum(run.distance_in_millimetres for run in near if week <= run.day < week + A_WEEK) / 1000


def _ran_on(runs: Runs, day: date, settings: Settings) -> bool:
    start = settings.calendar.start_of(day)
    return any(run.day == day for run in runs.between(start - ZONES, start + ZONES + A_DAY))
