"""Form checks as shown: the latest two, and those of the weeks in the back report."""

from datetime import timedelta

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.patterns import patterns_in
from custom_components.home_gym.gym.prompts.form_check import FormPoint, FormWitness
from custom_components.home_gym.gym.views.form import form_view
from tests.support.unit.make import NOON
from tests.support.unit.runner import runner

A_WEEK = timedelta(weeks=1)


def test_latest_two_checks_are_shown_and_those_of_the_weeks_reported() -> None:
    someone = runner()
    for weeks, point in ((9, FormPoint.ARMS), (3, FormPoint.HIPS), (1, FormPoint.WIDTH)):
        check = verbs.log_form_check(to_work_on=[point], witness=FormWitness.COACH, note="seen on hills")
        check(someone, NOON - weeks * A_WEEK)
    view = form_view(someone, NOON)
    assert [check.to_work_on for check in view.checks] == [(FormPoint.WIDTH,), (FormPoint.HIPS,)]
    assert (view.is_due, view.checks[0].seen_by, view.checks[0].note) == (False, "coach", "seen on hills")
    report = someone.back_report(NOON, patterns_in(someone.diary(NOON)), 8)
    assert [check.to_work_on for check in report.form_checks] == [(FormPoint.HIPS,), (FormPoint.WIDTH,)]
