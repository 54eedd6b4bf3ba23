"""The view of a runner's form checks: whether one is due, and the latest two to compare."""

from dataclasses import dataclass
from datetime import date, datetime

from ..prompts.form_check import FormPoint, FormWitness
from ..runner import Runner

# The latest check, and the one before.
CHECKS_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCheckView:
    """A form check: points that are good, and those to work on; others could not be seen."""

    day: date
    seen_by: FormWitness
    good: tuple[FormPoint, ...]
    to_work_on: tuple[FormPoint, ...]
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """Whether a form check is due, and the latest checks, the last first."""

    is_due: bool
    checks: tuple[FormCheckView, ...]


def form_view(runner: Runner, now: datetime) -> FormView:
    """Return the view of a runner's form checks."""
    return FormView(
        is_due=runner.form_checks.is_due(now),
        checks=tuple(
            FormCheckView(
                day=check.day,
                seen_by=check.witness,
                good=check.good,
                to_work_on=check.to_work_on,
                note=check.note,
            )
            for check in runner.form_checks.all()[:CHECKS_SHOWN]
        ),
    )
