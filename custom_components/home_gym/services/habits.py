"""Actions on habits: log sessions and rests, and return the journal and the summary."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import voluptuous as vol

from homeassistant.core import ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..data import RunnerData
from ..gym import verbs
from ..gym.habits.habit import Habit
from .action import ATTR_END, ATTR_START, PERIOD, Action, past, period, plain
from .prompts import ATTR_HABIT, HABIT_SCHEMA

ATTR_CONFIG_ENTRY_ID = "config_entry_id"
ATTR_DURATION = "duration"
ATTR_RESTING = "resting"


async def _log_session(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    duration: timedelta | None = data.get(ATTR_DURATION)
    await gym.coordinator.async_apply(
        verbs.log_session(
            Habit(data[ATTR_HABIT]),
            end=past(gym, data[ATTR_END]) if ATTR_END in data else None,
            duration=duration.total_seconds() if duration else None,
        )
    )
    return None


async def _get_journal(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    start, end = period(data)
    journal = gym.runner.journal
    return {
        "sessions": [
            {
                "habit": session.habit.value,
                "end": session.end.isoformat(),
                "duration": session.duration,
                "derived": session.derived,
            }
            for session in gym.runner.sessions.between(start, end)
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
                        "speaker": _speaker(gym, step.channel),
                    }
                    for step in fact.life
                ],
            }
            for fact in gym.runner.prompts_between(start, end)
        ],
        "rests": [
            {"start": rest.start.isoformat(), "end": rest.end.isoformat() if rest.end else None}
            for rest in journal.rests.values()
            if rest.has_days
        ],
    }


async def _get_summary(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
    now = dt_util.utcnow()
    summary = asdict(gym.runner.summary(now))
    summary["due"] = sorted(summary["due"])
    summary["done_today"] = sorted(summary["done_today"])
    names = {shoe: gym.entry.subentries[shoe].title for shoe in summary["shoes"]}
    summary["shoes"] = {names[shoe]: wear for shoe, wear in summary["shoes"].items()}
    summary["chosen_shoe"] = names.get(summary["chosen_shoe"])
    summary["week"] = asdict(gym.runner.review(now, now)[0])
    summary["week"]["pair"] = names.get(summary["week"]["pair"])
    response: dict[str, Any] = plain(summary)
    return response


async def _rest(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    if data[ATTR_RESTING]:
        await gym.coordinator.async_apply(verbs.rest(start=data.get(ATTR_START), end=data.get(ATTR_END)))
    else:
        await gym.coordinator.async_apply(verbs.end_rest())
    return None


HABIT_ACTIONS: Mapping[str, Action] = {
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


def _speaker(gym: RunnerData, channel: str | None) -> str | None:
    """Return the name of a speaker, None for a removed one."""
    speaker = gym.entry.subentries.get(channel) if channel else None
    return speaker.title if speaker else None
