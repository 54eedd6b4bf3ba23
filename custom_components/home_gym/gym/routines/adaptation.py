"""Adaptation of exercises to the limits of a day: an easier form, a smaller dose, or nothing at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..back.limits import Limit, Limits
from ..habits.habit import Habit
from .exercise import Exercise, Variant, catalogue
from .exercise_facts import ALL_EXERCISES, Position, easier_forms
from .level import Level
from .progression import Progress, hold_for

# All that plays while the back waits for a doctor, where nothing else speaks against it.
BEFORE_A_DOCTOR = frozenset({"easy_walk", "marching", "hip_circles", "cat_cow"})
RUNNING = frozenset({"light_jog", "high_knees", "strides"})
ALSO_LEFT_OUT: Mapping[Limit, frozenset[str]] = {
    Limit.UNSTEADY: frozenset({"walking_lunge"}),
    Limit.AFTER_BIRTH: RUNNING,
}
"""Exercises beside those of the catalogue that a limit leaves out."""
PLANKS = frozenset(identifier for identifier in ALL_EXERCISES if "plank" in identifier)
# A plank beside a sore back: several short holds instead of a long one (McGill, 2018).
SHORT_HOLDS, SHORT_HOLD = 3, 10.0
# Longest hold with high blood pressure, in seconds.
HOLD_WITH_BLOOD_PRESSURE = 20.0
# The week of a return whose core work is in its easiest forms.
EASIEST_IN_WEEK = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapted:
    """An exercise as it is done: its variant, the seconds of a set, its repetitions, and the number of sets."""

    exercise: Exercise
    way: Variant | None
    seconds: float
    repetitions: int | None
    sets: int = 1


def is_allowed(identifier: str, limits: Limits) -> bool:
    """Return whether no limit speaks against an exercise."""
    if Limit.DOCTOR in limits and identifier not in BEFORE_A_DOCTOR:
        return False
    if limits.present & ALL_EXERCISES[identifier].not_with:
        return False
    return not any(identifier in ALSO_LEFT_OUT.get(limit, ()) for limit in limits.present)


def adapted(
    exercise: Exercise, *, level: Level, progress: Progress, seconds: float | None = None, is_gentle: bool = False
) -> Adapted | None:
    """Return an exercise as the runner does it, None if limits leave it out.

    `seconds` is the duration in the plan, None for one that depends on progress. An exercise of a `gentle` plan was
    chosen for the limits: no other one replaces it unless it is left out.
    """
    limits = progress.all_limits
    form = _form(exercise, level=level, limits=limits, is_gentle=is_gentle)
    if form is None:
        return None
    usual = seconds or hold_for(form, level=level, weeks=progress.weeks, missed=progress.missed, pain=progress.pain)
    # Another exercise in its place is the easier or harder form.
    way = _way(form, level=level, limits=limits) if form is exercise else None
    if not limits.spare_the_back:
        return Adapted(exercise=form, way=way, seconds=_capped(form, usual, limits), repetitions=form.repetitions)
    if form.id in PLANKS and Limit.SORE in limits:
        return Adapted(exercise=form, way=way, seconds=SHORT_HOLD, repetitions=None, sets=SHORT_HOLDS)
    dose = ALL_EXERCISES[form.id].doses[Level.BEGINNER]
    # A walk before or after a run, or as a habit, is as long as its plan has it.
    is_smaller = dose.repetitions is None and ALL_EXERCISES[form.id].position is not Position.WALKING
    smaller = min(usual, dose.seconds) if is_smaller else usual if dose.repetitions is None else dose.seconds
    return Adapted(exercise=form, way=way, seconds=_capped(form, smaller, limits), repetitions=dose.repetitions)


def _form(exercise: Exercise, *, level: Level, limits: Limits, is_gentle: bool) -> Exercise | None:
    """Return the form of an exercise: the first one that the limits allow, from where level and limits begin."""
    forms = _forms(exercise, level=level, limits=limits, is_gentle=is_gentle)
    return next((form for form in forms if is_allowed(form.id, limits)), None)


def _forms(exercise: Exercise, *, level: Level, limits: Limits, is_gentle: bool) -> Iterator[Exercise]:
    playable = catalogue()
    easier = [playable[form] for form in easier_forms(exercise.id) if form in playable]
    if limits.week == EASIEST_IN_WEEK and Habit.CORE in exercise.habits:
        yield from reversed(easier)
    elif Limit.SORE in limits and not is_gentle:
        yield from easier
    elif level is Level.ADVANCED and exercise.harder and not limits.spare_the_back:
        yield playable[exercise.harder]
    yield exercise
    yield from easier


def _way(form: Exercise, *, level: Level, limits: Limits) -> Variant | None:
    """Return the variant of a form that no other exercise replaces, None for the usual one."""
    is_easier = Limit.SORE in limits or (limits.week == EASIEST_IN_WEEK and Habit.CORE in form.habits)
    wanted = Variant.EASIER if is_easier else Variant.HARDER if level is Level.ADVANCED else None
    is_kept = wanted is not Variant.HARDER or not limits.spare_the_back
    return wanted if wanted in form.ways and is_kept else None


def _capped(form: Exercise, seconds: float, limits: Limits) -> float:
    """Return the seconds of a hold, shorter with high blood pressure; what moves or lies under a roller is no hold."""
    if Limit.BLOOD_PRESSURE not in limits or form.repetitions is not None or not form.is_held:
        return seconds
    return min(seconds, HOLD_WITH_BLOOD_PRESSURE)
