"""Guides of the steps of an exercise: the lines before each, and the time for them."""

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
    plain = steps_of(done, rest=rest)
    guides = [guide] * len(plain)
    if warns:
        number, point = _warning_in(plain, is_brief=is_brief)
        guides[number] = replace(guide, warning=point)
    steps: list[Step] = []
    for step, each in zip(plain, guides, strict=True):
        before = steps[-1] if steps else None
        facts = ALL_EXERCISES[step.exercise]
        spoken = speech.seconds(guided_lines(replace(step, guide=each), before))
        lead_in = max(facts.change if before else facts.setup, spoken)
        steps.append(replace(step, guide=replace(each, lead_in=round(lead_in, 1))))
    return tuple(steps)


def _warning_in(steps: Sequence[Step], *, is_brief: bool) -> tuple[int, WarningPoint]:
    """Return the step of the stop line and its point: in the middle of a long hold, or on the other side."""
    holds = [step.seconds for step in steps]
    if is_brief or steps[0].set is not None or not stops_in_the_middle(holds):
        return 0, WarningPoint.BEGINNING
    return next(
        number for number in range(len(holds)) if number or stops_in_the_middle(holds[:1])
    ), WarningPoint.HALFWAY
