"""Actions on the back: log pain, answer the triage, clear the back, and return the report for a professional."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from secrets import randbelow
from typing import Any

import voluptuous as vol

from homeassistant.core import ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..data import RunnerData
from ..gym import verbs
from ..gym.back.experiment import HABITS
from ..gym.back.pain import WORST, Area, PainSide, PainTiming, RedFlag
from ..gym.back.report import SPANS
from ..gym.back.signs import Answer, Question
from ..gym.habits.habit import Habit
from ..web.back_page import ATTR_WEEKS, async_address_of_page, async_back_report
from .action import Action, past, plain

ATTR_ACTIVITY = "activity"
ATTR_ANSWER = "answer"
ATTR_AREA = "area"
ATTR_DAY = "day"
ATTR_ENJOYMENT = "enjoyment"
ATTR_HABIT = "habit"
ATTR_MAY_RUN = "may_run"
ATTR_NOTE = "note"
ATTR_PAIN = "pain"
ATTR_QUESTION = "question"
ATTR_RED_FLAGS = "red_flags"
ATTR_SCORE = "score"
ATTR_SIDE = "side"
ATTR_TIME = "time"
ATTR_WHEN = "when"

# Longest note, in characters.
LONGEST_NOTE = 500
FUNCTION_PART = vol.All(vol.Coerce(float), vol.Range(min=0, max=WORST))
# Of so many lots, one is drawn.
LOTS = 2**32


async def _log_pain(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    """Report pain, and return the state of the back with the question that follows, if any."""
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
    return _state_of(gym)


async def _answer_triage(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    """Answer a question of the triage, and return the state with the next question, if any."""
    question = Question(data[ATTR_QUESTION]) if ATTR_QUESTION in data else None
    await gym.coordinator.async_apply(verbs.answer_question(Answer(data[ATTR_ANSWER]), question=question))
    return _state_of(gym)


async def _clear_back(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    day: date = data.get(ATTR_DAY, dt_util.now().date())
    await gym.coordinator.async_apply(verbs.clear_back(day, may_run=data[ATTR_MAY_RUN]))
    return _state_of(gym)


async def _withdraw_pain_report(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.withdraw_report())
    return _state_of(gym)


def _state_of(gym: RunnerData) -> ServiceResponse:
    status = gym.coordinator.data.back
    response: dict[str, Any] = plain(asdict(status))
    return {**response, "emergency_number": gym.emergency_number if status.is_emergency else None}


async def _log_function_score(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(
        verbs.report_function(pain=data[ATTR_PAIN], enjoyment=data[ATTR_ENJOYMENT], activity=data[ATTR_ACTIVITY])
    )
    return None


async def _start_experiment(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.start_experiment(Habit(data[ATTR_HABIT]), randbelow(LOTS)))
    return None


async def _stop_experiment(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.stop_experiment())
    return None


async def _acknowledge_advice(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.acknowledge_advice())
    return None


async def _get_back_report(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    report = await async_back_report(gym, data[ATTR_WEEKS])
    response: dict[str, Any] = plain(asdict(report))
    return {**response, "page": async_address_of_page(gym.coordinator, data[ATTR_WEEKS])}


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
        answers=SupportsResponse.OPTIONAL,
        private=(ATTR_AREA, ATTR_SIDE, ATTR_WHEN, ATTR_RED_FLAGS, ATTR_NOTE),
    ),
    "log_function_score": Action(
        fields={vol.Required(part): FUNCTION_PART for part in (ATTR_PAIN, ATTR_ENJOYMENT, ATTR_ACTIVITY)},
        handler=_log_function_score,
        private=(ATTR_PAIN, ATTR_ENJOYMENT, ATTR_ACTIVITY),
    ),
    "answer_triage": Action(
        fields={
            vol.Required(ATTR_ANSWER): vol.In([answer.value for answer in Answer]),
            vol.Optional(ATTR_QUESTION): vol.In([question.value for question in Question]),
        },
        handler=_answer_triage,
        answers=SupportsResponse.OPTIONAL,
        private=(ATTR_ANSWER, ATTR_QUESTION),
    ),
    "clear_back": Action(
        fields={vol.Optional(ATTR_DAY): cv.date, vol.Optional(ATTR_MAY_RUN, default=False): cv.boolean},
        handler=_clear_back,
        answers=SupportsResponse.OPTIONAL,
    ),
    "withdraw_pain_report": Action(fields={}, handler=_withdraw_pain_report, answers=SupportsResponse.OPTIONAL),
    "start_experiment": Action(
        fields={vol.Required(ATTR_HABIT): vol.In([habit.value for habit in HABITS])}, handler=_start_experiment
    ),
    "stop_experiment": Action(fields={}, handler=_stop_experiment),
    "acknowledge_advice": Action(fields={}, handler=_acknowledge_advice),
    "get_back_report": Action(
        fields={vol.Optional(ATTR_WEEKS, default=SPANS[0]): vol.All(vol.Coerce(int), vol.In(SPANS))},
        handler=_get_back_report,
        answers=SupportsResponse.ONLY,
    ),
}
