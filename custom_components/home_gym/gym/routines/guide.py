"""Guides of the steps of an exercise: what is said before each, and the time for it."""

from collections.abc import Sequence
from dataclasses import replace

from ..exercises.adaptation import Adapted
from ..exercises.exercise_facts import ALL_EXERCISES
from ..exercises.progression import Progress
from ..habits.practice import form_key
from .player_lines import guided_lines, stops_in_the_middle
from .routine import Guide, Step, WarningPoint, steps_of
from .speech_lengths import SpeechLengths


def guided_steps(
    done: Adapted, planned: str, *, rest: float, progress: Progress, speech: SpeechLengths, is_again: bool = False
) -> tuple[Step, ...]:
    """Return the steps of an exercise with their guides; `is_again` means that an earlier round had it."""
    form = form_key(done.exercise.id, done.way)
    is_brief = is_again or form in progress.familiar
    warns = not is_again and not (form in progress.familiar and form in progress.warned)
    guide = Guide(planned=planned, grade=done.grade, eased=done.is_eased, brief=is_brief)
    steps = [replace(step, guide=guide) for step in steps_of(done, rest=rest)]
    if warns:
        number, point = _warning_in(steps, is_brief=is_brief)
        steps[number] = replace(steps[number], guide=replace(guide, warning=point))
    return tuple(_with_lead_in(steps, number, speech) for number in range(len(steps)))


def _warning_in(steps: Sequence[Step], *, is_brief: bool) -> tuple[int, WarningPoint]:
    """Return the step of the stop line and its point: in the middle of a long hold, or on the other side."""
    holds = [step.seconds for step in steps]
    if is_brief or steps[0].set is not None or not stops_in_the_middle(holds):
        return 0, WarningPoint.BEGINNING
    return next(
        number for number in range(len(holds)) if number or stops_in_the_middle(holds[:1])
    ), WarningPoint.HALFWAY


def _with_lead_in(steps: Sequence[Step], number: int, speech: SpeechLengths) -> Step:
    step, before = steps[number], steps[number - 1] if number else None
    facts = ALL_EXERCISES[step.exercise]
    into_place = facts.change if before else facts.setup
    if step.guide is None:
        return step
    lead_in = max(into_place, speech.seconds(guided_lines(step, before)))
    return replace(step, guide=replace(step.guide, lead_in=round(lead_in, 1)))
