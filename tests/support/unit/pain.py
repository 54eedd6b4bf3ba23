"""Pain reports, and a runner with some."""

from typing import Any

from custom_components.home_gym.gym.back.pain_history import PainFigures
from custom_components.home_gym.gym.calendar import A_DAY
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from tests.support.unit.make import A_MINUTE, NOON, restarted, settings

# Mondays begin the weeks of Berlin; NOON is one, the first day of its week.
MONDAY = NOON


def runner(*reports: tuple[int, float], **rest: Any) -> Runner:
    """Return a runner with pain reports, by days after a Monday and score."""
    someone = Runner(settings(**rest), Journal())
    for day, score in sorted(reports):
        someone.manual_entries.report_pain(score, now=MONDAY + day * A_DAY)
    return someone


def pain(someone: Runner, day: int) -> PainFigures:
    """Return the figures of a day after the Monday; they are the same after a restart."""
    now = MONDAY + day * A_DAY + A_MINUTE
    shown = someone.summary(now).pain
    assert restarted(someone).summary(now).pain == shown
    return shown
