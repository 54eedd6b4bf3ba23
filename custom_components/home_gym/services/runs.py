"""Actions on single runs: log, edit, remove and list runs, and assign shoes."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import voluptuous as vol

from homeassistant.const import CONF_UNIT_OF_MEASUREMENT, UnitOfLength
from homeassistant.core import ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.util.unit_conversion import DistanceConverter

from ..data import RunnerData
from ..gym import verbs
from ..gym.intake.manual_entries import manual_run
from ..gym.runs.corrections import NO_SHOE
from ..gym.runs.exertion import EASIEST, HARDEST
from ..gym.runs.run import Run
from ..gym.runs.run_figures import figures_of
from ..gym.settings import UnknownShoeError
from ..gym.views.doubtful import DoubtfulView, doubtful_view
from ..targets import subentry_of
from .action import ATTR_START, PERIOD, Action, past, period

ATTR_CADENCE = "cadence"
ATTR_DISTANCE = "distance"
ATTR_DURATION = "duration"
ATTR_IS_RUN = "is_run"
ATTR_LEAVE_OUT = "leave_out"
ATTR_LIMIT = "limit"
ATTR_RUN = "run"
ATTR_SCORE = "score"
ATTR_SHOE = "shoe"

UNITS = [UnitOfLength.KILOMETERS, UnitOfLength.MILES, UnitOfLength.METERS]
DISTANCE = {
    vol.Optional(ATTR_DISTANCE): vol.All(vol.Coerce(float), vol.Range(min=0)),
    vol.Optional(CONF_UNIT_OF_MEASUREMENT): vol.In(UNITS),
}


async def _log_run(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    # An unknown pair is an error before anything is logged.
    shoe = _shoe(gym, data[ATTR_SHOE]) if ATTR_SHOE in data else None
    activity = manual_run(
        start=past(gym, data[ATTR_START]), moving_time=data[ATTR_DURATION].total_seconds(), distance=_metres(gym, data)
    )
    await gym.coordinator.async_apply(verbs.log_run(activity))
    run = gym.runner.runs.named(activity.id)
    if shoe:
        await gym.coordinator.async_apply(verbs.correct_run(run.id, shoe=shoe))
    return {ATTR_RUN: run.id}


async def _edit_run(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    duration: timedelta | None = data.get(ATTR_DURATION)
    await gym.coordinator.async_apply(
        verbs.correct_run(
            data[ATTR_RUN],
            start=past(gym, data[ATTR_START]) if ATTR_START in data else None,
            distance=_metres(gym, data),
            moving_time=duration.total_seconds() if duration else None,
            cadence=data.get(ATTR_CADENCE),
            leave_out=data.get(ATTR_LEAVE_OUT),
        )
    )
    return None


async def _rate_run(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.rate_effort(data[ATTR_SCORE], data.get(ATTR_RUN)))
    return None


async def _remove_run(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.correct_run(data[ATTR_RUN], removed=True))
    return None


async def _assign_shoe(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    shoe = _shoe(gym, data[ATTR_SHOE]) if ATTR_SHOE in data else NO_SHOE
    await gym.coordinator.async_apply(verbs.correct_run(data[ATTR_RUN], shoe=shoe))
    return None


async def _get_runs(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_settle()
    start, end = period(data)
    journal = gym.runner.journal
    # A full disk may leave changes in memory.
    runs = [run for run in gym.runner.runs.between(start, end) if not (journal.unsaved and journal.is_unsaved(run))]
    return {"runs": [_shown(gym, run) for run in reversed(runs[-data[ATTR_LIMIT] :])]}


async def _decide_run(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    duration: timedelta | None = data.get(ATTR_DURATION)
    runs, taken = data[ATTR_RUN], data[ATTR_IS_RUN]
    if len(runs) == 1:
        verb = verbs.decide_run(
            runs[0],
            taken=taken,
            distance=_metres(gym, data),
            moving_time=duration.total_seconds() if duration else None,
        )
    else:
        verb = verbs.decide_runs(runs, taken=taken)
    await gym.coordinator.async_apply(verb)
    return None


async def _get_doubtful_runs(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_settle()
    return {"runs": [_shown_doubt(doubtful_view(each)) for each in gym.runner.projections.doubts.open()]}


RUN_ACTIONS: Mapping[str, Action] = {
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
            vol.Optional(ATTR_LEAVE_OUT): cv.boolean,
        },
        handler=_edit_run,
    ),
    "rate_run": Action(
        fields={
            vol.Required(ATTR_SCORE): vol.All(vol.Coerce(float), vol.Range(min=EASIEST, max=HARDEST)),
            vol.Optional(ATTR_RUN): cv.string,
        },
        handler=_rate_run,
    ),
    "remove_run": Action(fields={vol.Required(ATTR_RUN): cv.string}, handler=_remove_run),
    "assign_shoe": Action(
        fields={vol.Required(ATTR_RUN): cv.string, vol.Optional(ATTR_SHOE): cv.string}, handler=_assign_shoe
    ),
    "decide_run": Action(
        fields={
            vol.Required(ATTR_RUN): vol.All(cv.ensure_list, [cv.string], vol.Length(min=1)),
            vol.Required(ATTR_IS_RUN): cv.boolean,
            vol.Optional(ATTR_DURATION): cv.positive_time_period,
            **DISTANCE,
        },
        handler=_decide_run,
    ),
    "get_doubtful_runs": Action(fields={}, handler=_get_doubtful_runs, answers=SupportsResponse.ONLY),
    "get_runs": Action(
        fields={**PERIOD, vol.Optional(ATTR_LIMIT, default=50): vol.All(vol.Coerce(int), vol.Range(min=1, max=1000))},
        handler=_get_runs,
        answers=SupportsResponse.ONLY,
    ),
}


def _metres(gym: RunnerData, data: Mapping[str, Any]) -> float | None:
    if ATTR_DISTANCE not in data:
        return None
    unit = data.get(CONF_UNIT_OF_MEASUREMENT, gym.coordinator.hass.config.units.length_unit)
    return DistanceConverter.convert(data[ATTR_DISTANCE], unit, UnitOfLength.METERS)


def _shoe(gym: RunnerData, chosen: str) -> str:
    """Return the id of the pair with a device, an entity, a name or an id; raises UnknownShoeError."""
    name = subentry_of(gym.coordinator.hass, gym.entry.entry_id, chosen)
    for shoe in gym.runner.settings.shoes:
        if name.casefold() in {shoe.id.casefold(), shoe.name.casefold()}:
            return shoe.id
    raise UnknownShoeError(name)


def _shown_doubt(view: DoubtfulView) -> dict[str, Any]:
    """Return a doubtful recording for the response: metres, seconds."""
    return {
        "run": view.id,
        "start": view.start.isoformat(),
        "end": view.end.isoformat(),
        "distance": view.distance,
        "duration": view.duration,
        "doubt": view.doubt,
        "guess": view.guess,
        "title": view.title,
        "device": view.device,
    }


def _shown(gym: RunnerData, run: Run) -> dict[str, Any]:
    """Return a run for the response: metres, seconds, steps a minute."""
    shoe = gym.runner.rack.shoe_of(run)
    return {
        "run": run.id,
        "start": run.start.isoformat(),
        "end": run.end.isoformat(),
        "distance": run.distance,
        "distance_error": run.distance_error,
        "duration": run.duration,
        "elapsed_time": run.elapsed_time,
        "cadence": run.cadence,
        **asdict(figures_of(run)),
        "indoor": run.indoor,
        "surface": run.surface.value if run.surface else None,
        "shoe": gym.entry.subentries[shoe].title if shoe else None,
        "sources": len(run.activities),
        **({"edited_in": sorted(edited)} if (edited := gym.runner.edited_in(run)) else {}),
        "left_out": [
            {
                "start": stretch.start.isoformat(),
                "end": stretch.end.isoformat(),
                "distance": stretch.distance,
                "duration": stretch.elapsed_time,
            }
            for stretch in run.left_out
        ],
    }
