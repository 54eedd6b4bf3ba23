"""The rest of a routine after pain: easier forms at a beginner's first doses, without the painful exercise."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..back.limits import Limit
from ..exercises.adaptation import adapted, is_allowed
from ..exercises.exercise import catalogue
from ..exercises.level import Level
from ..exercises.progression import Progress
from .own_adaptation import eased_own_step, exercise_named
from .routine import Step, steps_of


def key_of(step: Step) -> str:
    """Return the key of a step's exercise: its id, or the name of an own step."""
    return step.exercise or exercise_named(step.name or "") or step.name or ""


def eased(steps: Iterable[Step], hurt: str, progress: Progress) -> tuple[Step, ...]:
    """Return steps in their easier forms, without those of the exercise that hurt."""
    sore = replace(progress, limits=progress.limits.adding([Limit.SORE]))
    return tuple(easier for step in steps if key_of(step) != hurt for easier in _eased(step, hurt, sore))


def _eased(step: Step, hurt: str, progress: Progress) -> Iterator[Step]:
    if not step.exercise:
        yield from (each for each in eased_own_step(step, progress) if key_of(each) != hurt)
        return
    if step.set is not None:
        # Short holds are as easy as a plank gets.
        if is_allowed(step.exercise, progress.all_limits):
            yield step
        return
    done = adapted(catalogue()[step.exercise], level=Level.BEGINNER, progress=progress, seconds=step.seconds)
    if done and done.exercise.id != hurt:
        yield from (
            each for each in steps_of(done, rest=step.rest) if step.side is None or each.side in {None, step.side}
        )
