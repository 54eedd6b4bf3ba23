"""Choice of a routine: the built-in routine of a habit for a runner's time, level, progress and limits."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from ..back.limits import NO_LIMITS, Limits
from ..exercises.adaptation import adapted
from ..exercises.exercise import catalogue
from ..exercises.exercise_facts import USUAL_KIT, Kit
from ..exercises.level import Length, Level, minutes_of
from ..exercises.plans import ROTATIONS, SEQUENCES, Entry, GentleReason, Plan, gentle_plan, gentle_reason
from ..exercises.progression import Progress
from ..habits.habit import Habit
from .fit import SHORTEST_MINUTES, Fit
from .routine import NothingLeftError, Routine, Step, steps_of
from .speech_lengths import SILENT, SpeechLengths
from .steady import PLANS_OF_TIME, compression, heat_or_ice, walk
from .timing import OPENING, duration, shortened

# A rotation of which more is left out is skipped.
MOST_LEFT_OUT = 1 / 3
# More of a warm-up is of no use; a longer one has core work before the run.
LONGEST_WARM_UP = 20
WALK_FIRST, CORE_BEFORE_RUN = 5, 10
# Before a run the calves are spared.
NOT_BEFORE_RUN = frozenset({"calf_raise", "single_leg_calf_raise"})
UNFILLED = timedelta(minutes=1)


def routine_for(
    habit: Habit,
    *,
    length: Length = Length.SHORT,
    level: Level = Level.BEGINNER,
    minutes: float | None = None,
    progress: Progress | None = None,
    speech: SpeechLengths = SILENT,
) -> Routine:
    """Return the built-in routine of a habit that fills the runner's minutes, those of the length unless given.

    `speech` has the lengths of the lines before each step. Raises NothingLeftError if limits and kit leave no exercise,
    else ValueError with a key: "no_routine" for a habit without one, "too_little_time" if not even one exercise fits.
    """
    if habit not in Habit:
        raise ValueError("no_routine")
    progress = progress or Progress()
    time = minutes_of(habit, length, progress.minutes) if minutes is None else minutes
    gentle = gentle_plan(habit, progress.all_limits)
    if gentle is not None:
        routine = _gentle(habit, gentle, level, progress)
        return routine if minutes is None else shortened(routine, timedelta(minutes=minutes))
    if habit in PLANS_OF_TIME:
        return _of_time(habit, time, progress, speech)
    return _fitted(habit, time, level=level, progress=progress, speech=speech)


@lru_cache(maxsize=256)
def has_exercises(habit: Habit, limits: Limits, kit: frozenset[Kit] = USUAL_KIT) -> bool:
    """Return whether limits and kit leave any exercise of a habit."""
    try:
        routine_for(habit, progress=Progress(limits=limits, kit=kit))
    except NothingLeftError:
        return False
    return True


def _gentle(habit: Habit, plan: Plan, level: Level, progress: Progress) -> Routine:
    """Return the routine of a gentle plan, in which two exercises that became the same are one."""
    parts: list[tuple[Step, ...]] = []
    for item in plan:
        done = adapted(catalogue()[item.exercise], level=level, progress=progress, seconds=item.seconds, is_gentle=True)
        if done and not (parts and parts[-1][0].exercise == done.exercise.id):
            parts.append(steps_of(done, rest=item.rest))
    if not parts:
        raise NothingLeftError(habit)
    because = gentle_reason(progress.all_limits)
    return Routine(id=habit.value, habit=habit, steps=_without_last_rest(parts), because=because)


def _of_time(habit: Habit, minutes: float, progress: Progress, speech: SpeechLengths) -> Routine:
    """Return a routine that is one thing for a time: a walk, heat or ice, or compression gear."""
    rotation = _next(progress.rotation)
    match habit:
        case Habit.WALK:
            steps = walk(rotation, minutes, progress, speech)
        case Habit.COMPRESSION:
            steps = compression(progress, speech)
        case _:
            steps = heat_or_ice(minutes, progress, speech)
    if not steps:
        raise NothingLeftError(habit)
    because = gentle_reason(progress.all_limits)
    kept = rotation if habit is Habit.WALK else None
    return Routine(id=habit.value, habit=habit, steps=steps, because=because, rotation=kept)


def _fitted(habit: Habit, minutes: float, *, level: Level, progress: Progress, speech: SpeechLengths) -> Routine:
    seconds = 60 * minutes - OPENING.total_seconds()
    rotation, fit = _chosen(habit, seconds, level=level, progress=progress, speech=speech)
    if not fit.kept:
        raise NothingLeftError(habit)
    steps = fit.steps()
    if habit is Habit.WARM_UP and minutes > LONGEST_WARM_UP:
        steps = _before_run(rotation, minutes, level=level, progress=progress, speech=speech)
    if not steps:
        raise ValueError("too_little_time")
    routine = Routine(
        id=habit.value,
        habit=habit,
        steps=steps,
        because=_reason(fit, habit, rotation, seconds, level=level, progress=progress),
        rotation=rotation,
    )
    is_enough = fit.is_used_up and duration(routine) < timedelta(minutes=minutes) - UNFILLED
    return replace(routine, is_enough=is_enough or None)


def _chosen(
    habit: Habit, seconds: float, *, level: Level, progress: Progress, speech: SpeechLengths
) -> tuple[str, Fit]:
    """Return the next rotation that limits and kit leave mostly whole, or the one of which they leave most."""
    first = ROTATIONS.index(_next(progress.rotation))
    fits = [
        (rotation, Fit(habit, sequence, seconds=seconds, level=level, progress=progress, speech=speech))
        for rotation in (*ROTATIONS[first:], *ROTATIONS[:first])
        for sequence in [SEQUENCES[habit][rotation]]
    ]
    whole = next((each for each in fits if each[1].kept >= (1 - MOST_LEFT_OUT) * each[1].asked > 0), None)
    return whole or max(fits, key=lambda each: each[1].kept)


def _before_run(
    rotation: str, minutes: float, *, level: Level, progress: Progress, speech: SpeechLengths
) -> tuple[Step, ...]:
    """Return the steps of a long warm-up: a walk, core work of that rotation, and the warm-up in the rest."""
    core = [entry for entry in SEQUENCES[Habit.CORE][rotation] if entry.exercise not in NOT_BEFORE_RUN]
    warm_up = SEQUENCES[Habit.WARM_UP][rotation]
    walk_first = Entry(exercise="brisk_walk", minutes=SHORTEST_MINUTES)
    rest = min(minutes - WALK_FIRST - CORE_BEFORE_RUN, LONGEST_WARM_UP)
    blocks: Sequence[tuple[Habit, Sequence[Entry], float]] = (
        (Habit.WARM_UP, [walk_first], WALK_FIRST),
        (Habit.CORE, core, CORE_BEFORE_RUN),
        (Habit.WARM_UP, [entry for entry in warm_up if entry != walk_first], rest),
    )
    opening = OPENING.total_seconds()
    steps: list[Step] = []
    for habit, entries, time in blocks:
        fit = Fit(habit, entries, seconds=60 * time - opening, level=level, progress=progress, speech=speech)
        steps += fit.steps()
        opening = 0
    return tuple(steps)


def _next(rotation: str | None) -> str:
    """Return the rotation after one."""
    return ROTATIONS[(ROTATIONS.index(rotation) + 1) % len(ROTATIONS)] if rotation in ROTATIONS else ROTATIONS[0]


def _reason(
    fit: Fit, habit: Habit, rotation: str, seconds: float, *, level: Level, progress: Progress
) -> GentleReason | None:
    """Return the reason for a gentler routine; a limit of the history is one where it changes anything."""
    limits = progress.all_limits
    if reason := gentle_reason(limits):
        return reason
    if not limits.present:
        return None
    usual = Fit(
        habit,
        SEQUENCES[habit][rotation],
        seconds=seconds,
        level=level,
        progress=replace(progress, pain=None, limits=NO_LIMITS),
        speech=SILENT,
    )
    return GentleReason.LIMITS if usual.exercises != fit.exercises else None


def _without_last_rest(parts: Iterable[tuple[Step, ...]]) -> tuple[Step, ...]:
    *steps, last = (step for part in parts for step in part)
    return (*steps, replace(last, rest=0))
