"""The diary of a runner's consecutive days, the input of the search for patterns."""

from datetime import date

from ..calendar import A_DAY, DAYS_A_WEEK
from ..habits.habit import Habit
from ..habits.session_history import SessionHistory
from ..runs.activity import Surface
from ..runs.load import QUIET_BELOW
from ..runs.run import Run
from ..runs.run_history import RunHistory
from ..shoes.rack import Rack
from .pain_history import PainHistory
from .patterns import DAYS_BEFORE, MOST_DAYS, Diary, Factor

# Number of weeks before, whose mean is the base of a week's distance.
WEEKS_BEFORE = 4


def diary_of(today: date, *, runs: RunHistory, sessions: SessionHistory, rack: Rack, pains: PainHistory) -> Diary:
    """Return the diary of the last year up to a day."""
    number = MOST_DAYS + DAYS_BEFORE
    first = today - (number - 1) * A_DAY
    days = [first + ahead * A_DAY for ahead in range(number)]
    reported = pains.scores(first, today)
    run_on = [runs.on_days(day, 1) for day in days]
    wear = _wear(rack, [run for each in run_on for run in each], today)
    return Diary(
        first=first,
        scores=tuple(reported.get(day) for day in days),
        distances=tuple(sum(run.distance_in_millimetres for run in each) / 1000 for each in run_on),
        factors={
            Factor.CORE: tuple(float(sessions.done_on(Habit.CORE, day)) for day in days),
            Factor.STRETCH: tuple(float(sessions.done_on(Habit.STRETCH, day)) for day in days),
            Factor.WARM_UP: tuple(
                float(sessions.done_on(Habit.WARM_UP, day)) if each else None
                for day, each in zip(days, run_on, strict=True)
            ),
            Factor.SHOE_WEAR: tuple(_mean([wear[run.id] for run in each if run.id in wear]) for each in run_on),
            Factor.RAMP: _ramp(first, number, runs),
            Factor.HARD_SURFACE: tuple(
                _mean([float(run.surface is Surface.ROAD) for run in each if run.surface]) for each in run_on
            ),
            Factor.CADENCE: tuple(_mean([run.cadence for run in each if run.cadence]) for each in run_on),
        },
    )


def _wear(rack: Rack, lately: list[Run], today: date) -> dict[str, float]:
    """Return the distance of the pair of each of these runs by then, in metres."""
    distance = {shoe: wear.distance for shoe, wear in rack.wear(today).items()}
    worn: dict[str, float] = {}
    for run in sorted(lately, key=lambda run: run.start, reverse=True):
        if shoe := rack.shoe_of(run):
            worn[run.id] = distance[shoe]
            distance[shoe] -= run.distance or 0
    return worn


def _ramp(first: date, number: int, runs: RunHistory) -> tuple[float | None, ...]:
    """Return each day's ramp: the last seven days' distance by the weekly mean of the 28 before, None if too small."""
    before = (WEEKS_BEFORE + 1) * DAYS_A_WEEK - 1
    start = first - before * A_DAY
    daily = [
        sum(run.distance_in_millimetres for run in runs.on_days(start + ahead * A_DAY, 1)) / 1000
        for ahead in range(before + number)
    ]
    ramp: list[float | None] = []
    for day in range(before, before + number):
        week = sum(daily[day - DAYS_A_WEEK + 1 : day + 1])
        usual = sum(daily[day - before : day - DAYS_A_WEEK + 1]) / WEEKS_BEFORE
        ramp.append(week / usual if usual >= QUIET_BELOW else None)
    return tuple(ramp)


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
