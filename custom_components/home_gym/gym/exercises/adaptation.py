"""Adaptation of exercises to the limits of a day: an easier form, a smaller dose, or nothing at all."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from ..back.limits import Limit, Limits
from ..habits.habit import Habit
from .exercise import Exercise, Variant, catalogue
from .exercise_facts import ALL_EXERCISES, Kit, Position, easier_forms
from .level import Level
from .progression import Progress
from .standing import Standing

# All that plays while the back waits for a doctor, where nothing else speaks against it.
BEFORE_A_DOCTOR = frozenset({"easy_walk", "marching", "hip_circles", "cat_cow"})
RUNNING = frozenset({"light_jog", "high_knees", "strides"})
# Pressure on a bone under suspicion: no roller, no massage gun.
PRESSING = frozenset(facts.id for facts in ALL_EXERCISES.values() if facts.kit in {Kit.ROLLER, Kit.GUN})
ALSO_LEFT_OUT: Mapping[Limit, frozenset[str]] = {
    Limit.UNSTEADY: frozenset({"walking_lunge"}),
    Limit.AFTER_BIRTH: RUNNING,
    Limit.BONE_STRESS: PRESSING,
}
"""Exercises beside those of the catalogue that a limit leaves out."""
PLANKS = frozenset(identifier for identifier in ALL_EXERCISES if "plank" in identifier)
# A plank beside a sore back: several short holds instead of a long one (McGill, 2018).
SHORT_HOLDS, SHORT_HOLD = 3, 10.0
# Longest hold with high blood pressure, in seconds.
HOLD_WITH_BLOOD_PRESSURE = 20.0
# The week of a return whose core work is in its easiest forms.
EASIEST_IN_WEEK = 2


# Steps of progress that a lighter week takes off.
DELOAD_STEPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapted:
    """An exercise as it is done: its variant, the seconds of a set, its repetitions, and the number of sets.

    `grade` is the runner's own in the planned exercise; `is_eased` means that less is done than that.
    """

    exercise: Exercise
    way: Variant | None
    seconds: float
    repetitions: int | None
    sets: int = 1
    grade: int = 0
    is_eased: bool = False


def is_allowed(identifier: str, limits: Limits, kit: Collection[Kit] = tuple(Kit)) -> bool:
    """Return whether no limit speaks against an exercise, and its kit is there."""
    facts = ALL_EXERCISES[identifier]
    if facts.kit and facts.kit not in kit:
        return False
    if Limit.DOCTOR in limits and identifier not in BEFORE_A_DOCTOR:
        return False
    if limits.present & facts.not_with:
        return False
    return not any(identifier in ALSO_LEFT_OUT.get(limit, ()) for limit in limits.present)


def adapted(
    exercise: Exercise, *, level: Level, progress: Progress, seconds: float | None = None, is_gentle: bool = False
) -> Adapted | None:
    """Return an exercise as the runner does it, None if limits or a lack of kit leave it out.

    `seconds` is the duration in the plan, None for one that depends on progress. An exercise of a `gentle` plan was
    chosen for the limits: no other one replaces it unless it is left out.
    """
    limits, standing = progress.all_limits, progress.standing(exercise)
    form = _form(exercise, standing=standing, progress=progress, is_gentle=is_gentle)
    if form is None:
        return None
    facts = ALL_EXERCISES[form.id]
    own = standing.grade if form.id == standing.form else 0
    grade = max(0, own - DELOAD_STEPS) if progress.is_deload else own
    dose = facts.dose(level, grade)
    usual = seconds or dose.seconds
    # Another exercise in its place is the easier or harder form.
    way = _way(form, exercise, standing=standing, limits=limits)
    done = partial(Adapted, exercise=form, way=way, grade=standing.grade)
    if not limits.spare_the_back:
        is_eased = progress.is_deload or form.id != standing.form
        return done(seconds=_capped(form, usual, limits), repetitions=dose.repetitions, is_eased=is_eased)
    if form.id in PLANKS and Limit.SORE in limits:
        return done(seconds=SHORT_HOLD, repetitions=None, sets=SHORT_HOLDS, is_eased=True)
    dose = facts.doses[Level.BEGINNER]
    # A walk before or after a run, or as a habit, is as long as its plan has it.
    is_smaller = dose.repetitions is None and facts.position is not Position.WALKING
    smaller = min(usual, dose.seconds) if is_smaller else usual if dose.repetitions is None else dose.seconds
    return done(seconds=_capped(form, smaller, limits), repetitions=dose.repetitions, is_eased=True)


def _form(exercise: Exercise, *, standing: Standing, progress: Progress, is_gentle: bool) -> Exercise | None:
    """Return the form of an exercise: the first one that limits and kit allow, from where the runner stands."""
    limits = progress.all_limits
    forms = _forms(exercise, standing=standing, limits=limits, is_gentle=is_gentle)
    return next((form for form in forms if is_allowed(form.id, limits, progress.kit)), None)


def _forms(exercise: Exercise, *, standing: Standing, limits: Limits, is_gentle: bool) -> Iterator[Exercise]:
    playable, instead = catalogue(), ALL_EXERCISES[exercise.id].instead
    easier = [playable[form] for form in easier_forms(exercise.id)]
    if limits.week == EASIEST_IN_WEEK and Habit.CORE in exercise.habits:
        yield from reversed(easier)
    elif Limit.SORE in limits and not is_gentle:
        yield from easier
    elif not limits.spare_the_back or standing.form in easier_forms(exercise.id):
        yield playable[standing.form]
    yield exercise
    if instead:
        yield playable[instead]
    yield from easier


def _way(form: Exercise, exercise: Exercise, *, standing: Standing, limits: Limits) -> Variant | None:
    """Return the variant of a form that no other exercise replaces, None for the usual one."""
    is_easier = Limit.SORE in limits or (limits.week == EASIEST_IN_WEEK and Habit.CORE in form.habits)
    if is_easier:
        return Variant.EASIER if form is exercise and Variant.EASIER in form.ways else None
    if form.id != standing.form or (standing.way is Variant.HARDER and limits.spare_the_back):
        return None
    return standing.way


def _capped(form: Exercise, seconds: float, limits: Limits) -> float:
    """Return the seconds of a hold, shorter with high blood pressure; what moves or lies under a roller is no hold."""
    if Limit.BLOOD_PRESSURE not in limits or form.is_counted or not form.is_held:
        return seconds
    return min(seconds, HOLD_WITH_BLOOD_PRESSURE)
