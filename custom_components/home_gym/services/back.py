"""Actions on the back: log pain, acknowledge advice, and return the report for a professional."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import voluptuous as vol

from homeassistant.core import ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv

from ..data import RunnerData
from ..gym import verbs
from ..gym.back.pain import WORST, Area, PainSide, PainTiming, RedFlag
from ..web.back_page import async_address_of_page, async_back_report
from .action import Action, past, plain

ATTR_AREA = "area"
ATTR_NOTE = "note"
ATTR_RED_FLAGS = "red_flags"
ATTR_SCORE = "score"
ATTR_SIDE = "side"
ATTR_TIME = "time"
ATTR_WHEN = "when"

# Longest note, in characters.
LONGEST_NOTE = 500


async def _log_pain(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(
        verbs.report_pain(
            data[ATTR_SCORE],
            at=past(gym, data[ATTR_TIME]) if ATTR_TIME in data else None,
            area=Area(data[ATTR_AREA]) if ATTR_AREA in data else None,
            side=PainSide(data[ATTR_SIDE]) if ATTR_SIDE in data else None,
            moment=PainTiming(data[ATTR_WHEN]) if ATTR_WHEN in data else None,
            red_flags=[RedFlag(flag) for flag in data[ATTR_RED_FLAGS]],
            note=data.get(ATTR_NOTE),
        )
    )
    return None


async def _acknowledge_advice(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.acknowledge_advice())
    return None


async def _get_back_report(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
    report = await async_back_report(gym)
    response: dict[str, Any] = plain(asdict(report))
    return {**response, "page": async_address_of_page(gym.coordinator)}


BACK_ACTIONS: Mapping[str, Action] = {
    "log_pain": Action(
        fields={
            vol.Required(ATTR_SCORE): vol.All(vol.Coerce(float), vol.Range(min=0, max=WORST)),
            vol.Optional(ATTR_AREA): vol.In([area.value for area in Area]),
            vol.Optional(ATTR_SIDE): vol.In([side.value for side in PainSide]),
            vol.Optional(ATTR_WHEN): vol.In([moment.value for moment in PainTiming]),
            vol.Optional(ATTR_RED_FLAGS, default=list): vol.All(
                cv.ensure_list, [vol.In([flag.value for flag in RedFlag])], vol.Unique()
            ),
            vol.Optional(ATTR_NOTE): vol.All(cv.string, vol.Length(max=LONGEST_NOTE)),
            vol.Optional(ATTR_TIME): cv.datetime,
        },
        handler=_log_pain,
        private=(ATTR_AREA, ATTR_SIDE, ATTR_WHEN, ATTR_RED_FLAGS, ATTR_NOTE),
    ),
    "acknowledge_advice": Action(fields={}, handler=_acknowledge_advice),
    "get_back_report": Action(fields={}, handler=_get_back_report, answers=SupportsResponse.ONLY),
}
