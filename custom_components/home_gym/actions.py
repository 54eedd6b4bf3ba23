"""Actions: what people, automations and cards can do with a runner's journal, and ask of it."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import voluptuous as vol

from homeassistant.const import CONF_UNIT_OF_MEASUREMENT, UnitOfLength
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from .access import async_check
from .action import Action, Withholding, instant, past, plain
from .back_actions import BACK_ACTIONS
from .const import DOMAIN
from .coordinator import HomeGymCoordinator, async_runner
from .gym.answering import NothingToAnswerError
from .gym.correction import NO_SHOE
from .gym.habit import Habit
from .gym.rest import BackwardsRestError
from .gym.run import Run
from .gym.runs import UnknownRunError
from .gym.settings import UnknownShoeError
from .metronome import METRONOME_ACTIONS
from .prompt_actions import ATTR_HABIT, HABITS, PROMPT_ACTIONS

ATTR_CADENCE = "cadence"
ATTR_CONFIG_ENTRY_ID = "config_entry_id"
ATTR_DISTANCE = "distance"
ATTR_DURATION = "duration"
ATTR_END = "end"
ATTR_LIMIT = "limit"
ATTR_RESTING = "resting"
ATTR_RUN = "run"
ATTR_SHOE = "shoe"
ATTR_START = "start"

UNITS = [UnitOfLength.KILOMETERS, UnitOfLength.MILES, UnitOfLength.METERS]
DISTANCE = {
    vol.Optional(ATTR_DISTANCE): vol.All(vol.Coerce(float), vol.Range(min=0)),
    vol.Optional(CONF_UNIT_OF_MEASUREMENT): vol.In(UNITS),
}
PERIOD = {vol.Optional(ATTR_START): cv.datetime, vol.Optional(ATTR_END): cv.datetime}


async def _log_run(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    run = await coordinator.async_log_run(
        start=past(data[ATTR_START]),
        moving_time=data[ATTR_DURATION].total_seconds(),
        distance=_metres(coordinator, data),
    )
    if ATTR_SHOE in data:
        await coordinator.async_correct(run.id, shoe=_shoe(coordinator, data[ATTR_SHOE]))
    return {ATTR_RUN: run.id}


async def _edit_run(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    duration: timedelta | None = data.get(ATTR_DURATION)
    await coordinator.async_correct(
        data[ATTR_RUN],
        start=past(data[ATTR_START]) if ATTR_START in data else None,
        distance=_metres(coordinator, data),
        moving_time=duration.total_seconds() if duration else None,
        cadence=data.get(ATTR_CADENCE),
    )
    return None


async def _remove_run(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    await coordinator.async_correct(data[ATTR_RUN], removed=True)
    return None


async def _assign_shoe(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    shoe = _shoe(coordinator, data[ATTR_SHOE]) if ATTR_SHOE in data else NO_SHOE
    await coordinator.async_correct(data[ATTR_RUN], shoe=shoe)
    return None


async def _log_session(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    duration: timedelta | None = data.get(ATTR_DURATION)
    await coordinator.async_log_session(
        Habit(data[ATTR_HABIT]),
        end=past(data[ATTR_END]) if ATTR_END in data else None,
        duration=duration.total_seconds() if duration else None,
    )
    return None


async def _get_runs(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    start, end = _period(data)
    runs = coordinator.runner.runs_between(start, end)
    return {"runs": [_shown(coordinator, run) for run in reversed(runs[-data[ATTR_LIMIT] :])]}


async def _get_journal(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> ServiceResponse:
    start, end = _period(data)
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
        ],
    }


async def _get_summary(coordinator: HomeGymCoordinator, _data: Mapping[str, Any]) -> ServiceResponse:
    now = dt_util.utcnow()
    summary = asdict(coordinator.runner.summary(now))
    summary["due"] = sorted(summary["due"])
    summary["done_today"] = sorted(summary["done_today"])
    summary["shoes"] = {
        coordinator.config_entry.subentries[shoe].title: wear for shoe, wear in summary["shoes"].items()
    }
    summary["chosen_shoe"] = _title(coordinator, summary["chosen_shoe"])
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
    "log_run": Action(
        fields={
            vol.Required(ATTR_START): cv.datetime,
            vol.Required(ATTR_DURATION): cv.positive_time_period,
            **DISTANCE,
            vol.Optional(ATTR_SHOE): cv.string,
        },
        handler=_log_run,
        answers=SupportsResponse.OPTIONAL,
    ),
    "edit_run": Action(
        fields={
            vol.Required(ATTR_RUN): cv.string,
            vol.Optional(ATTR_START): cv.datetime,
            vol.Optional(ATTR_DURATION): cv.positive_time_period,
            **DISTANCE,
            vol.Optional(ATTR_CADENCE): vol.All(vol.Coerce(float), vol.Range(min=0, max=400)),
        },
        handler=_edit_run,
    ),
    "remove_run": Action(fields={vol.Required(ATTR_RUN): cv.string}, handler=_remove_run),
    "assign_shoe": Action(
        fields={vol.Required(ATTR_RUN): cv.string, vol.Optional(ATTR_SHOE): cv.string}, handler=_assign_shoe
    ),
    "log_session": Action(
        fields={
            vol.Required(ATTR_HABIT): HABITS,
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
    "get_runs": Action(
        fields={**PERIOD, vol.Optional(ATTR_LIMIT, default=50): vol.All(vol.Coerce(int), vol.Range(min=1, max=1000))},
        handler=_get_runs,
        answers=SupportsResponse.ONLY,
    ),
    "get_journal": Action(fields=PERIOD, handler=_get_journal, answers=SupportsResponse.ONLY),
    "get_summary": Action(fields={}, handler=_get_summary, answers=SupportsResponse.ONLY),
}


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register all actions."""
    for name, action in {**ACTIONS, **PROMPT_ACTIONS, **BACK_ACTIONS, **METRONOME_ACTIONS}.items():
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


def _period(data: Mapping[str, Any]) -> tuple[datetime, datetime]:
    start, end = data.get(ATTR_START), data.get(ATTR_END)
    return (
        instant(start) if start else datetime.min.replace(tzinfo=UTC),
        instant(end) if end else datetime.max.replace(tzinfo=UTC),
    )


def _metres(coordinator: HomeGymCoordinator, data: Mapping[str, Any]) -> float | None:
    if ATTR_DISTANCE not in data:
        return None
    unit = data.get(CONF_UNIT_OF_MEASUREMENT, coordinator.hass.config.units.length_unit)
    return DistanceConverter.convert(data[ATTR_DISTANCE], unit, UnitOfLength.METERS)


def _shoe(coordinator: HomeGymCoordinator, name: str) -> str:
    """Return the id of the pair that a name or an id means; raises UnknownShoeError."""
    for shoe in coordinator.runner.settings.shoes:
        if name.casefold() in {shoe.id.casefold(), shoe.name.casefold()}:
            return shoe.id
    raise UnknownShoeError(name)


def _title(coordinator: HomeGymCoordinator, shoe: str | None) -> str | None:
    return coordinator.config_entry.subentries[shoe].title if shoe else None


def _speaker(coordinator: HomeGymCoordinator, channel: str | None) -> str | None:
    """Return the name of a speaker, None where it was removed since."""
    speaker = coordinator.config_entry.subentries.get(channel) if channel else None
    return speaker.title if speaker else None


def _shown(coordinator: HomeGymCoordinator, run: Run) -> dict[str, Any]:
    """Return a run as people read it: metres, seconds, steps a minute."""
    return {
        "run": run.id,
        "start": run.start.isoformat(),
        "end": run.end.isoformat(),
        "distance": run.distance,
        "distance_error": run.distance_error,
        "duration": run.duration,
        "elapsed_time": run.elapsed_time,
        "cadence": run.cadence,
        "heart_rate": run.heart_rate,
        "indoor": run.indoor,
        "surface": run.surface.value if run.surface else None,
        "shoe": _title(coordinator, coordinator.runner.shoe_of(run)),
        "sources": len(run.activities),
    }
