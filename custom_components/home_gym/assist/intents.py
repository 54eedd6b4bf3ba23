"""What can be wanted of the gym as intents, for sentences of any origin."""

from collections.abc import Mapping, Sequence
from typing import Any, override

import voluptuous as vol

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, intent
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..data import RunnerData
from ..gym.back.pain import WORST
from ..gym.coaching.replies import NothingToAnswerError
from ..gym.habits.habit import Habit
from ..gym.routines.routine import Length
from ..gym.speech.phrases import Phrases
from ..gym.voice_commands import RestPeriod, VoiceCommand
from ..languages import async_phrases
from ..words import in_words, say
from .answers import ANSWER_HANDLERS, Request
from .open_questions import async_answered, async_questions
from .runner_lookup import (
    AmbiguousRunnerError,
    UnknownRunnerError,
    VoiceLocation,
    async_runner_meant,
    async_runners,
    async_voice_location,
)

ANSWERING = {VoiceCommand.AGREE, VoiceCommand.CHECK_IN, VoiceCommand.DONE, VoiceCommand.LATER, VoiceCommand.DECLINE}
CONTROLLING = {
    VoiceCommand.PAUSE_ROUTINE,
    VoiceCommand.RESUME_ROUTINE,
    VoiceCommand.NEXT_STEP,
    VoiceCommand.PREVIOUS_STEP,
    VoiceCommand.REPEAT_STEP,
    VoiceCommand.STOP_ROUTINE,
}
# What a routine answers itself, where it speaks.
OF_A_ROUTINE = CONTROLLING | {VoiceCommand.AGREE, VoiceCommand.START_ROUTINE}
OF_A_HABIT = {VoiceCommand.LOG_SESSION, VoiceCommand.LAST_SESSION}

SCORE = vol.All(vol.Coerce(int), vol.Range(min=0, max=WORST))
HABIT_SCHEMA = vol.In([habit.value for habit in Habit])


class AnswerError(HomeAssistantError):
    """What was wanted could not be done; its text is what to say."""


class HomeGymIntent(intent.IntentHandler):
    """One wish as an intent."""

    def __init__(self, wish: VoiceCommand) -> None:
        """Take the name of a wish."""
        self.intent_type = intent_type(wish)
        self._wish = wish

    @property
    @override
    def slot_schema(self) -> dict[Any, Any]:
        """What a sentence may say beside its wish."""
        slots: dict[Any, Any] = {vol.Optional("runner"): cv.string}
        if self._wish in OF_A_HABIT:
            slots[vol.Required("habit")] = HABIT_SCHEMA
        elif self._wish is VoiceCommand.CHECK_IN:
            slots[vol.Required("score")] = SCORE
        elif self._wish in ANSWERING:
            slots[vol.Optional("habit")] = HABIT_SCHEMA
        elif self._wish is VoiceCommand.START_ROUTINE:
            slots[vol.Optional("habit")] = HABIT_SCHEMA
            slots[vol.Optional("routine")] = cv.string
            slots[vol.Optional("length")] = vol.In([length.value for length in Length])
        elif self._wish is VoiceCommand.PAIN:
            slots[vol.Optional("score")] = SCORE
        elif self._wish is VoiceCommand.REST:
            slots[vol.Optional("period")] = vol.In([period.value for period in RestPeriod])
        return slots

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Do what is wanted, and say so."""
        hass = intent_obj.hass
        slots = {name: str(slot["value"]) for name, slot in self.async_validate_slots(intent_obj.slots).items()}
        place = async_voice_location(hass, device_id=intent_obj.device_id, satellite_id=intent_obj.satellite_id)
        phrases = await async_phrases(hass, intent_obj.language)
        response = intent_obj.create_response()
        try:
            response.async_set_speech(
                await async_reply(hass, self._wish, slots, place=place, phrases=phrases, context=intent_obj.context)
            )
        except AnswerError as error:
            response.async_set_error(intent.IntentResponseErrorCode.FAILED_TO_HANDLE, str(error))
        return response


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register an intent for every wish."""
    for wish in VoiceCommand:
        intent.async_register(hass, HomeGymIntent(wish))


def intent_type(wish: VoiceCommand) -> str:
    """Return the name of the intent that stands for a wish."""
    return f"HomeGym{wish.title().replace('_', '')}"


async def async_answer(
    hass: HomeAssistant,
    wish: VoiceCommand,
    slots: Mapping[str, str],
    *,
    place: VoiceLocation,
    phrases: Phrases,
    context: Context | None,
) -> str:
    """Do what somebody wants and return what to say to that; raises AnswerError.

    `slots` may hold `runner`, `habit`, `length`, `period`, `score` and `routine`; a routine is started by its name, or
    by its habit where the runner has none of that name.
    """
    gym = async_meant(hass, wish, slots.get("runner"), place=place, phrases=phrases)
    request = Request(
        hass=hass,
        gym=gym,
        place=place,
        phrases=phrases,
        context=context,
        habit=Habit(slots["habit"]) if "habit" in slots else None,
        length=Length(slots["length"]) if "length" in slots else None,
        period=RestPeriod(slots["period"]) if "period" in slots else None,
        routine=slots.get("routine"),
        score=int(slots["score"]) if "score" in slots else None,
    )
    try:
        return await ANSWER_HANDLERS[wish](request)
    except NothingToAnswerError as error:
        raise AnswerError(say(phrases, "error.nothing_to_answer")) from error
    except HomeAssistantError as error:
        key = f"error.{error.translation_key}"
        if f"assist.{key}" in phrases:
            raise AnswerError(say(phrases, key)) from error
        LOGGER.warning("%s: %s was not done: %s", gym.entry.title, wish, error)
        raise AnswerError(say(phrases, "failed")) from error


async def async_reply(
    hass: HomeAssistant,
    wish: VoiceCommand,
    slots: Mapping[str, str],
    *,
    place: VoiceLocation,
    phrases: Phrases,
    context: Context | None,
) -> str:
    """Do what somebody wants as `async_answer` does, and return nothing to say where a routine is heard instead."""
    before = _said_by_routines(hass, place)
    answer = await async_answer(hass, wish, slots, place=place, phrases=phrases, context=context)
    return "" if wish in OF_A_ROUTINE and _said_by_routines(hass, place) > before else answer


def _said_by_routines(hass: HomeAssistant, place: VoiceLocation) -> int:
    return sum(one.routines.said_on(place.satellite) for one in async_runners(hass)) if place.satellite else 0


@callback
def async_meant(
    hass: HomeAssistant, wish: VoiceCommand | None, name: str | None, *, place: VoiceLocation, phrases: Phrases
) -> RunnerData:
    """Return whom a wish is meant for; raises AnswerError, which asks for the name where several may be meant."""
    runners = async_runners(hass)
    if not runners:
        raise AnswerError(say(phrases, "no_runner"))
    candidates = runners if name else _asked_at(hass, wish, runners, place) or _concerned(wish, runners)
    try:
        return async_runner_meant(hass, candidates, name=name, place=place)
    except UnknownRunnerError as error:
        raise AnswerError(say(phrases, "unknown_runner", runner=str(error))) from error
    except AmbiguousRunnerError as error:
        raise AnswerError(say(phrases, "who", runners=in_words(phrases, error.names, "or"))) from error


def _asked_at(
    hass: HomeAssistant, wish: VoiceCommand | None, runners: Sequence[RunnerData], place: VoiceLocation
) -> list[RunnerData]:
    """Return those who may be the one that answers."""
    if wish not in ANSWERING:
        return []
    answered = async_answered(hass, async_questions(runners, dt_util.utcnow()), place)
    return [one for one in runners if any(question.gym is one for question in answered)]


def _concerned(wish: VoiceCommand | None, runners: Sequence[RunnerData]) -> Sequence[RunnerData]:
    return [one for one in runners if _concerns(wish, one)] or runners


def _concerns(wish: VoiceCommand | None, gym: RunnerData) -> bool:
    """Tell whether a runner is in a state in which a wish makes sense."""
    if wish in ANSWERING:
        return bool(gym.runner.replies.asked_lately(dt_util.utcnow()))
    if wish in CONTROLLING:
        return gym.routines.player is not None
    return wish is not VoiceCommand.END_REST or gym.coordinator.data.resting
