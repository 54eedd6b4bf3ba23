"""Standing of a runner in each exercise: its form and its steps of progress, by the effort of the sessions.

The rules are practice, not trials, but for two: what was gained is kept by one session a week (Spiering, 2021), and
strength is lost after a month without any, sooner over 65 (Bosquet, 2013).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..habits.habit import Habit, Session
from ..habits.practice import Effort, ExerciseDone, Practice
from .exercise import Variant, catalogue
from .exercise_facts import ALL_EXERCISES
from .level import Level

# Hard sessions in a row that cost a step, and that lead to the easier form.
HARD_FOR_A_STEP, HARD_FOR_EASIER = 2, 3
# Sessions at the ceiling before the harder form.
AT_CEILING = 2
# Sessions in the easier form before the return to the one that hurt.
CALM_SESSIONS = 3
# Worst pain and days for the return to a form, and for a harder one.
CALM_UP_TO, CALM_DAYS = 2.0, 7
HARDER_BELOW, HARDER_DAYS = 3.0, 14
UNANSWERED_GROWS_AFTER = timedelta(days=14)
# Days without the habit: the first days of a loss of one step, of two, of half, and of all.
BREAKS = (7, 14, 28, 56)
ONE_STEP, TWO_STEPS, HALF, ALL = range(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Form of a planned exercise, its variant if no other exercise is that form, and its steps of progress."""

    form: str
    way: Variant | None = None
    grade: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Facts around the sessions.

    `gap` returns the days that a habit had rested before a day, 0 without a break. `is_met` returns whether the week of
    a day met the goal of a habit, `worst_pain` the worst score of the days before a day, None without a report.
    """

    level: Level
    gap: Callable[[Habit, date], int]
    is_met: Callable[[Habit, date], bool]
    worst_pain: Callable[[date, int], float | None]
    is_older: bool = False


@dataclass(slots=True, kw_only=True)
class _State:
    """Standing while the sessions are followed."""

    form: str
    way: Variant | None
    grade: int
    grown: date
    hard: int = 0
    easy: int = 0
    at_ceiling: int = 0
    calm: int = 0
    former: list[Standing] = field(default_factory=list)
    weeks_grown: set[date] = field(default_factory=set)
    habits: set[Habit] = field(default_factory=set)

    @property
    def standing(self) -> Standing:
        return Standing(form=self.form, way=self.way, grade=self.grade)

    def move(self, standing: Standing) -> None:
        """Change to another form."""
        self.form, self.way, self.grade = standing.form, standing.way, standing.grade
        self.hard = self.easy = self.at_ceiling = 0


def standings_of(
    sessions: Iterable[Session],
    circumstances: Circumstances,
    *,
    habit: Habit,
    today: date,
    week_of: Callable[[date], date],
) -> Mapping[str, Standing]:
    """Return the standing in each planned exercise that was ever practised, for a session of a habit today."""
    states: dict[str, _State] = {}
    for session in sorted(sessions, key=lambda each: each.end):
        _lose_all(states, session.habit, session.day, circumstances)
        for done in session.practice.exercises if session.practice else ():
            state = states.get(done.planned) or _begin(states, done, session.day)
            state.habits.add(session.habit)
            _follow(state, done, session, circumstances, week_of(session.day))
    _lose_all(states, habit, today, circumstances)
    return {planned: state.standing for planned, state in states.items()}


def _begin(states: dict[str, _State], done: ExerciseDone, day: date) -> _State:
    # Earlier progress is in the form and the grade of the first session that is looked at.
    form, way = (done.planned, None) if done.eased else (done.exercise, Variant(done.way) if done.way else None)
    state = _State(form=form, way=way, grade=done.grade, grown=day)
    states[done.planned] = state
    return state


def _follow(state: _State, done: ExerciseDone, session: Session, circumstances: Circumstances, week: date) -> None:
    practice = session.practice or Practice()
    if practice.hurt == done.exercise:
        state.former.append(state.standing)
        state.calm = 0
        state.move(easier_than(state.standing))
    elif done.eased:
        return
    elif state.former:
        _return(state, practice.effort, session.day, circumstances)
    else:
        _grow(state, practice.effort, session, circumstances, week)


def _return(state: _State, effort: Effort | None, day: date, circumstances: Circumstances) -> None:
    """Return to the form that hurt, one step lower, after calm sessions and days."""
    state.calm = 0 if effort is Effort.HARD else state.calm + 1
    pain = circumstances.worst_pain(day, CALM_DAYS)
    if state.calm >= CALM_SESSIONS and (pain is None or pain <= CALM_UP_TO):
        former = state.former.pop()
        state.calm, state.grown = 0, day
        state.move(Standing(form=former.form, way=former.way, grade=max(0, former.grade - 1)))


def _grow(state: _State, effort: Effort | None, session: Session, circumstances: Circumstances, week: date) -> None:
    day, before = session.day, state.grade
    state.easy = state.easy + 1 if effort is Effort.EASY else 0
    state.hard = state.hard + 1 if effort is Effort.HARD else 0
    match effort:
        case Effort.EASY:
            state.grade += min(state.easy, 2)
        case Effort.RIGHT if week not in state.weeks_grown and circumstances.is_met(session.habit, week):
            state.grade += 1
        case Effort.HARD if state.hard >= HARD_FOR_EASIER:
            state.move(easier_than(state.standing))
            return
        case Effort.HARD if state.hard == HARD_FOR_A_STEP:
            state.grade = max(0, state.grade - 1)
        case None if day - state.grown >= UNANSWERED_GROWS_AFTER:
            state.grade += 1
        case _:
            pass
    if state.grade > before:
        state.grown = day
        state.weeks_grown.add(week)
    _reach(state, before, effort, day, circumstances)


def _reach(state: _State, before: int, effort: Effort | None, day: date, circumstances: Circumstances) -> None:
    """Stay at the ceiling, or change to the harder form after two sessions there."""
    facts = ALL_EXERCISES[state.form]
    top = facts.top_grade(circumstances.level)
    state.grade = min(state.grade, top)
    if facts.grows is None or before < top or effort is Effort.HARD:
        state.at_ceiling = 0
        return
    state.at_ceiling += 1
    pain = circumstances.worst_pain(day, HARDER_DAYS)
    harder = harder_than(state.standing)
    if state.at_ceiling >= AT_CEILING and harder and (pain is None or pain < HARDER_BELOW):
        state.grown = day
        state.move(harder)


def _lose_all(states: Mapping[str, _State], habit: Habit, day: date, circumstances: Circumstances) -> None:
    if gap := circumstances.gap(habit, day):
        for state in states.values():
            if habit in state.habits:
                _lose(state, circumstances, gap)


def _lose(state: _State, circumstances: Circumstances, gap: int) -> None:
    """Take off the steps of a break; over 65 it costs as much as the next longer one."""
    row = sum(gap >= days for days in BREAKS)
    if row and circumstances.is_older:
        row += 1
    if row >= ALL:
        state.move(Standing(form=state.form, way=state.way))
    elif row == HALF:
        easier = easier_than(state.standing)
        state.move(Standing(form=easier.form, way=easier.way, grade=state.grade // 2))
    else:
        state.grade = max(0, state.grade - row)


def easier_than(standing: Standing) -> Standing:
    """Return the next easier form at its first dose, the same one if none is easier."""
    exercise = catalogue()[standing.form]
    if standing.way is Variant.HARDER:
        return Standing(form=standing.form)
    if exercise.easier:
        return Standing(form=exercise.easier)
    way = Variant.EASIER if Variant.EASIER in exercise.ways else None
    return Standing(form=standing.form, way=way)


def harder_than(standing: Standing) -> Standing | None:
    """Return the next harder form at its first dose, None if none is harder."""
    exercise = catalogue()[standing.form]
    if standing.way is Variant.EASIER:
        return Standing(form=standing.form)
    if standing.way is Variant.HARDER:
        return None
    if exercise.harder:
        return Standing(form=exercise.harder)
    return Standing(form=standing.form, way=Variant.HARDER) if Variant.HARDER in exercise.ways else None


def gap_before(days: Sequence[date], day: date, week_of: Callable[[date], date]) -> int:
    """Return the days since the last of some days in order, 0 without a whole week between.

    One session a week keeps what was gained, so that its days may lie further apart than seven.
    """
    place = bisect_left(days, day)
    last = days[place - 1] if place else None
    if last is None or week_of(day) - week_of(last) < timedelta(days=BREAKS[1]):
        return 0
    return (day - last).days


def is_deload_week(trained: Callable[[date], bool], week: date) -> bool:
    """Return whether a week is the fifth in a row, in which everything is a little less."""
    run = 0
    while run < MOST_WEEKS_IN_A_ROW and trained(week - (run + 1) * timedelta(days=7)):
        run += 1
    return run % DELOAD_EVERY == DELOAD_EVERY - 1


DELOAD_EVERY = 5
# A multiple of the cycle, so that a search that ends there changes nothing.
MOST_WEEKS_IN_A_ROW = 520
