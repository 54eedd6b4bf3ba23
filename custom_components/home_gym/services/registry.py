"""Actions: what people, automations and cards can do with a runner's journal, and ask of it."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import voluptuous as vol

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..coordinator import HomeGymCoordinator, async_runner
from ..gym.coaching.replies import NothingToAnswerError
from ..gym.habits.habit import Habit
from ..gym.habits.rest import BackwardsRestError
from ..gym.runs.run_history import UnknownRunError
from ..gym.settings import UnknownShoeError
from ..permissions import async_check
from .action import ATTR_END, ATTR_START, PERIOD, Action, Withholding, past, period, plain
from .back import BACK_ACTIONS
from .cadence import METRONOME_ACTIONS
from .prompts import ATTR_HABIT, HABIT_SCHEMA, PROMPT_ACTIONS
from .runs import RUN_ACTIONS

ATTR_CONFIG_ENTRY_ID = "config_entry_id"
ATTR_DURATION = "duration"
ATTR_RESTING = "resting"


async def _log_session(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    duration: timedelta | None = data.get(ATTR_DURATION)
    await coordinator.async_log_session(
        Habit(data[ATTR_HABIT]),
        end=past(data[ATTR_END]) if ATTR_END in data else None,
        duration=duration.total_seconds() if duration else None,
    )
    return None


async def _get_journal(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    start, end = period(data)
    journal = coordinator.runner.journal
    return {
        "sessions": [
            {"habit": session.habit.value, "end": session.end.isoformat(), "duration": session.duration}
            for session in coordinator.runner.sessions
            if start <= session.end < end
        ],
        "prompts": [
            {
                "habit": fact.topic.value,
                "run": fact.activity,
                "state": fact.state.value,
                "at": fact.at.isoformat(),
                "attempts": fact.attempts,
                "reason": fact.reason,
                "life": [
                    {
                        "state": step.state.value,
                        "at": step.at.isoformat(),
                        "reason": step.reason,
                        "speaker": _speaker(coordinator, step.channel),
                    }
                    for step in fact.life
                ],
            }
            for fact in coordinator.runner.prompts_between(start, end)
        ],
        "rests": [
            {"start": rest.start.isoformat(), "end": rest.end.isoformat() if rest.end else None}
            for rest in journal.rests.values()
            if rest.has_days
        ],
    }


async def _get_summary(coordinator: HomeGymCoordinator, _data: Mapping[str, Any]) -> ServiceResponse:
    now = dt_util.utcnow()
    summary = asdict(coordinator.runner.summary(now))
    summary["due"] = sorted(summary["due"])
    summary["done_today"] = sorted(summary["done_today"])
    names = {shoe: coordinator.config_entry.subentries[shoe].title for shoe in summary["shoes"]}
    summary["shoes"] = {names[shoe]: wear for shoe, wear in summary["shoes"].items()}
    summary["chosen_shoe"] = names.get(summary["chosen_shoe"])
    summary["week"] = asdict(coordinator.runner.review(now, now)[0])
    told: dict[str, Any] = plain(summary)
    return told


async def _rest(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    if data[ATTR_RESTING]:
        await coordinator.async_rest(start=data.get(ATTR_START), end=data.get(ATTR_END))
    else:
        await coordinator.async_end_rest()
    return None


ACTIONS: Mapping[str, Action] = {
    "log_session": Action(
        fields={
            vol.Required(ATTR_HABIT): HABIT_SCHEMA,
            vol.Optional(ATTR_END): cv.datetime,
            vol.Optional(ATTR_DURATION): cv.positive_time_period,
        },
        handler=_log_session,
    ),
    "rest": Action(
        fields={
            vol.Optional(ATTR_RESTING, default=True): cv.boolean,
            vol.Optional(ATTR_START): cv.date,
            vol.Optional(ATTR_END): cv.date,
        },
        handler=_rest,
    ),
    "get_journal": Action(fields=PERIOD, handler=_get_journal, answers=SupportsResponse.ONLY),
    "get_summary": Action(fields={}, handler=_get_summary, answers=SupportsResponse.ONLY),
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register all actions."""
    for name, action in {**ACTIONS, **RUN_ACTIONS, **PROMPT_ACTIONS, **BACK_ACTIONS, **METRONOME_ACTIONS}.items():
        schema = Withholding({vol.Required(ATTR_CONFIG_ENTRY_ID): cv.string, **action.fields}, action.private)
        hass.services.async_register(
            DOMAIN, name, _performing(hass, action), schema=schema, supports_response=action.answers
        )


def _performing(hass: HomeAssistant, action: Action) -> Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]:
    """Return what finds the runner, and tells people what of their data cannot be."""

    async def perform(call: ServiceCall) -> ServiceResponse:
        coordinator = async_runner(hass, call.data[ATTR_CONFIG_ENTRY_ID])
        entry = coordinator.config_entry
        await async_check(hass, call.context, entry, reads=action.reads)
        try:
            return await action.handler(coordinator, call.data)
        except UnknownRunError as error:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="unknown_run",
                translation_placeholders={"run": str(error), "runner": entry.title},
            ) from error
        except NothingToAnswerError as error:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="nothing_to_answer",
                translation_placeholders={"runner": entry.title},
            ) from error
        except UnknownShoeError as error:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="unknown_shoe",
                translation_placeholders={"shoe": str(error), "runner": entry.title},
            ) from error
        except BackwardsRestError as error:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="backwards_rest",
                translation_placeholders={"runner": entry.title},
            ) from error
        except ValueError as error:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="impossible_figure") from error

    return perform


def _speaker(coordinator: HomeGymCoordinator, channel: str | None) -> str | None:
    """Return the name of a speaker, None where it was removed since."""
    speaker = coordinator.config_entry.subentries.get(channel) if channel else None
    return speaker.title if speaker else None
