"""Actions on running form."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.core import ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv

from ..data import RunnerData
from ..gym import verbs
from ..gym.prompts.form_check import FormCheck, FormPoint, FormWitness
from .action import Action

ATTR_GOOD = "good"
ATTR_NOTE = "note"
ATTR_SEEN_BY = "seen_by"
ATTR_TO_WORK_ON = "to_work_on"
# The latest check, and the one to compare it with.
SHOWN = 2
LONGEST_NOTE = 500

POINTS = vol.All(cv.ensure_list, [vol.In([point.value for point in FormPoint])], vol.Unique())


async def _log_form_check(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(
        verbs.log_form_check(
            good=map(FormPoint, data[ATTR_GOOD]),
            to_work_on=map(FormPoint, data[ATTR_TO_WORK_ON]),
            witness=FormWitness(data[ATTR_SEEN_BY]),
            note=data.get(ATTR_NOTE),
        )
    )
    checks = sorted(gym.runner.journal.form_checks.values(), key=lambda check: check.at, reverse=True)
    return {"checks": [_shown(check) for check in checks[:SHOWN]]}


def _shown(check: FormCheck) -> dict[str, Any]:
    return {
        "day": check.day.isoformat(),
        "seen_by": check.witness.value,
        "good": [point.value for point in check.good],
        "to_work_on": [point.value for point in check.to_work_on],
        "cue": check.cue.value if check.cue else None,
        "note": check.note,
    }


FORM_ACTIONS: Mapping[str, Action] = {
    "log_form_check": Action(
        fields={
            vol.Optional(ATTR_GOOD, default=list): POINTS,
            vol.Optional(ATTR_TO_WORK_ON, default=list): POINTS,
            vol.Optional(ATTR_SEEN_BY, default=FormWitness.FILM.value): vol.In([each.value for each in FormWitness]),
            vol.Optional(ATTR_NOTE): vol.All(cv.string, vol.Length(max=LONGEST_NOTE)),
        },
        handler=_log_form_check,
        answers=SupportsResponse.OPTIONAL,
        private=(ATTR_GOOD, ATTR_TO_WORK_ON, ATTR_SEEN_BY, ATTR_NOTE),
    ),
}
