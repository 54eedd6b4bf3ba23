"""Form checks: the points on which they are based, and the cue that they choose."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.events import SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.form_check import CUE_OF, FormPoint, FormWitness, cue_of_checks
from custom_components.home_gym.gym.prompts.settings import PromptSettings
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.form import CheckedCue, Cue
from tests.support.unit.make import NOON, Household, restarted, settings
from tests.support.unit.runner import runner

A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("points", "cue"),
    [
        ({"to_work_on": [FormPoint.HIPS, FormPoint.ARMS]}, Cue.SHOULDERS),  # the first in the order of the points
        ({"to_work_on": [FormPoint.STEPS, FormPoint.WIDTH]}, CheckedCue.WIDTH),
        ({"good": [FormPoint.HIPS]}, None),
    ],
)
def test_first_point_to_work_on_chooses_cue_for_eight_weeks(points: dict[str, Any], cue: Any) -> None:
    someone = runner()
    verbs.log_form_check(**points, witness=FormWitness.COACH, note="tired")(someone, NOON)
    checks = restarted(someone).journal.form_checks.values()
    assert cue_of_checks(checks, NOON + 56 * A_DAY) is cue
    assert cue_of_checks(checks, NOON + 57 * A_DAY) is None
    verbs.log_form_check(good=[FormPoint.ARMS])(someone, NOON + A_DAY)
    assert cue_of_checks(someone.journal.form_checks.values(), NOON + A_DAY) is None
    someone.manual_entries.undo_last()
    assert len(someone.journal.form_checks) == 1


def test_each_point_has_a_cue() -> None:
    assert list(CUE_OF) == list(FormPoint)


@pytest.mark.parametrize("points", [{}, {"good": [FormPoint.ARMS], "to_work_on": [FormPoint.ARMS]}])
def test_contradictory_check_is_refused(points: dict[str, Any]) -> None:
    someone = runner()
    with pytest.raises(ValueError, match="point"):
        verbs.log_form_check(**points)(someone, NOON)
    assert not someone.journal.form_checks


def test_warm_up_has_cue_of_the_check() -> None:
    """The same one again where the speaker failed."""
    chosen = settings(prompts=PromptSettings(speakers=("kitchen",)))
    home = Household(Runner(chosen, Journal()), NOON, works=lambda number: number > 0)
    verbs.log_form_check(to_work_on=[FormPoint.HIPS])(home.runner, NOON)
    home.keep(verbs.ask_for(Habit.WARM_UP)(home.runner, NOON))
    home.go_on(NOON + timedelta(minutes=5))
    assert [event.cue for _, event in home.events if isinstance(event, SpeakPrompt)] == [CheckedCue.HIPS] * 2
