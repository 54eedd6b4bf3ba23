"""Own routines beside limits: a step that names an excluded exercise becomes its easier form, or is left out.

Steps are free text, so exercises are found by their usual names in all languages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
import json
from re import compile as compiled, escape
from typing import Any

from ..back.limits import Limit
from ..exercises.adaptation import Adapted, adapted, is_allowed
from ..exercises.exercise import catalogue
from ..exercises.exercise_facts import easier_forms
from ..exercises.level import Level
from ..exercises.plans import GentleReason, gentle_reason
from ..exercises.progression import Progress
from .routine import NothingLeftError, Routine, Step, steps_of

_WORDS: Mapping[str, Any] = json.loads(files(__package__).joinpath("own_step_words.json").read_text(encoding="utf-8"))
_NAMES: Mapping[str, str] = {word: identifier for identifier, words in _WORDS["exercises"].items() for word in words}
_OTHERS: Mapping[str, frozenset[Limit]] = {
    word: frozenset(map(Limit, other["not_with"])) for other in _WORDS["others"] for word in other["words"]
}
_PATTERNS = {word: compiled(rf"(?<!\w){escape(word)}") for word in sorted((*_NAMES, *_OTHERS), key=len, reverse=True)}


def adapted_own(routine: Routine, progress: Progress) -> Routine:
    """Return an own routine with excluded steps made easier or left out.

    Raises NothingLeftError if no step is left.
    """
    limits = progress.all_limits
    if not limits.present:
        return routine
    steps = list(_kept(routine, progress))
    if steps == list(routine.steps):
        return routine
    if not steps:
        raise NothingLeftError(routine.habit)
    return replace(routine, steps=tuple(steps), because=gentle_reason(limits) or GentleReason.LIMITS)


def exercise_named(name: str) -> str | None:
    """Return the id of the exercise that a step's name means, by the longest word in it."""
    word = _word_in(name)
    return _NAMES.get(word) if word else None


def _word_in(name: str) -> str | None:
    text = name.casefold()
    return next((word for word, pattern in _PATTERNS.items() if pattern.search(text)), None)


def _kept(routine: Routine, progress: Progress) -> Iterator[Step]:
    """Yield the steps that remain, each as it is or in an easier form."""
    previous: tuple[str, ...] | None = None
    for step in routine.steps:
        replaced = tuple(_replaced(step, progress))
        forms = tuple(each.exercise for each in replaced)
        # Both sides of an exercise may become one exercise without sides.
        if step not in replaced and forms == previous and all(each.side is None for each in replaced):
            continue
        previous = forms
        yield from replaced


def eased_own_step(step: Step, progress: Progress) -> Iterator[Step]:
    """Yield an own step beside limits: as it is, in an easier form, or not at all."""
    yield from _replaced(step, progress)


def _replaced(step: Step, progress: Progress) -> Iterator[Step]:
    limits = progress.all_limits
    word = _word_in(step.name or "")
    if word is None or word in _OTHERS:
        # Before a doctor has seen the back, only known gentle exercises play.
        is_excluded = Limit.DOCTOR in limits or bool(word and _OTHERS[word] & limits.present)
        if not is_excluded:
            yield step
        return
    identifier = _NAMES[word]
    if is_allowed(identifier, limits):
        yield step
    elif done := _easier(identifier, step.seconds, progress):
        parts = steps_of(replace(done, seconds=min(done.seconds, step.seconds)), rest=step.rest)
        yield from (each for each in parts if step.side is None or each.side in {None, step.side})


def _easier(identifier: str, seconds: float, progress: Progress) -> Adapted | None:
    """Return the first easier form of an exercise that the limits allow."""
    forms = (catalogue()[form] for form in easier_forms(identifier) if form in catalogue())
    done = (adapted(form, level=Level.BEGINNER, progress=progress, seconds=seconds, is_gentle=True) for form in forms)
    return next(filter(None, done), None)
