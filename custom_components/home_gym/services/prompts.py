"""Actions on prompts: ask now, and reply."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

import voluptuous as vol

from homeassistant.core import ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..data import RunnerData
from ..gym import verbs
from ..gym.habits.habit import Habit
from ..gym.prompts.prompt import LONGEST_SNOOZE, Prompt
from ..gym.prompts.topic import NonHabitTopic, Topic
from .action import Action

ATTR_ANSWER = "answer"
ATTR_DURATION = "duration"
ATTR_HABIT = "habit"

HABIT_SCHEMA = vol.In([habit.value for habit in Habit])
RESTORABLE = [topic.value for topic in (*Habit, NonHabitTopic.SHOES, NonHabitTopic.CHECK_IN, NonHabitTopic.FORM_CHECK)]
TOPICS = {topic.value: topic for kind in (Habit, NonHabitTopic) for topic in kind}


class PromptReply(StrEnum):
    """A reply to a prompt."""

    DONE = "done"
    LATER = "later"
    NOT_TODAY = "not_today"
    START = "start"


async def _prompt(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.ask_for(Habit(data[ATTR_HABIT])))
    return None


async def _snooze_prompt(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.snooze(_topic(data), data.get(ATTR_DURATION)))
    return None


async def _dismiss_prompt(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.decline(_topic(data)))
    return None


async def _restore_prompt(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.restore_topic(TOPICS[data[ATTR_HABIT]]))
    return None


async def _move_prompt(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    await gym.coordinator.async_apply(verbs.move_topic(TOPICS[data[ATTR_HABIT]]))
    return None


async def _answer_prompt(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    prompt = gym.runner.replies.prompt_for(dt_util.utcnow(), _topic(data))
    answer = PromptReply(data[ATTR_ANSWER])
    # Only a score answers the check-in.
    if prompt.topic is NonHabitTopic.CHECK_IN and answer in (PromptReply.DONE, PromptReply.START):
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="score_expected",
            translation_placeholders={"runner": gym.entry.title},
        )
    match answer:
        case PromptReply.LATER:
            await gym.coordinator.async_apply(verbs.snooze(prompt.topic))
        case PromptReply.NOT_TODAY:
            await gym.coordinator.async_apply(verbs.decline(prompt.topic))
        case PromptReply.DONE:
            await gym.coordinator.async_apply(verbs.complete(prompt.topic))
        case PromptReply.START:
            await _start(gym, prompt)
    return None


async def _start(gym: RunnerData, prompt: Prompt) -> None:
    """Start the routine of a prompt; a prompt without one is settled by the reply itself."""
    if prompt.habit is None:
        await gym.coordinator.async_apply(verbs.settle(prompt.topic))
        return
    routines = gym.routines
    asked_on = gym.runner.replies.channel_of(prompt)
    await routines.async_begin(routines.guided(prompt.habit), asked_on=asked_on)


def _topic(data: Mapping[str, Any]) -> Topic | None:
    return TOPICS[data[ATTR_HABIT]] if ATTR_HABIT in data else None


SNOOZE_SCHEMA = vol.All(cv.positive_time_period, vol.Range(min=timedelta(0), max=LONGEST_SNOOZE, min_included=False))
WHICH = {vol.Optional(ATTR_HABIT): vol.In(TOPICS)}
PROMPT_ACTIONS: Mapping[str, Action] = {
    "prompt": Action(fields={vol.Required(ATTR_HABIT): HABIT_SCHEMA}, handler=_prompt),
    "snooze_prompt": Action(fields=WHICH | {vol.Optional(ATTR_DURATION): SNOOZE_SCHEMA}, handler=_snooze_prompt),
    "dismiss_prompt": Action(fields=WHICH, handler=_dismiss_prompt),
    "restore_prompt": Action(fields={vol.Required(ATTR_HABIT): vol.In(RESTORABLE)}, handler=_restore_prompt),
    "move_prompt": Action(fields={vol.Required(ATTR_HABIT): vol.In(RESTORABLE)}, handler=_move_prompt),
    "answer_prompt": Action(
        fields={vol.Required(ATTR_ANSWER): vol.In([answer.value for answer in PromptReply]), **WHICH},
        handler=_answer_prompt,
    ),
}
