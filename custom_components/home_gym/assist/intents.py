"""The gym's voice commands as intents, for sentences of any origin."""

from collections.abc import Mapping, Sequence
from typing import Any, override

import voluptuous as vol

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, intent
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..data import RunnerData, async_loaded_runners
from ..gym.back.pain import WORST, PainDetails
from ..gym.back.signs import Answer, Question
from ..gym.back.triage import NoOpenQuestionError, NothingToWithdrawError
from ..gym.coaching.replies import NothingToAnswerError
from ..gym.exercises.level import Length
from ..gym.habits.habit import Habit
from ..gym.habits.practice import Effort
from ..gym.intake.manual_entries import NothingToRateError
from ..gym.prompts.prompt import LONGEST_SNOOZE
from ..gym.speech.phrases import Phrases
from ..gym.voice_commands import RestPeriod, VoiceCommand
from ..languages import async_phrases
from ..permissions import Caller, Right, async_caller
from ..words import in_words, say
from .answers import ANSWER_HANDLERS
from .back_sentences import async_sentence
from .open_questions import async_answerable, async_open_questions
from .request import Request
from .runner_lookup import (
    AmbiguousRunnerError,
    UnknownRunnerError,
    VoiceLocation,
    async_find_runner,
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
    VoiceCommand.EXPLAIN_STEP,
}
# Commands that a routine on the same satellite answers itself.
OF_A_ROUTINE = CONTROLLING | {VoiceCommand.AGREE, VoiceCommand.START_ROUTINE}
# Commands that change nothing.
ASKING = {
    VoiceCommand.LAST_SESSION,
    VoiceCommand.SHOES,
    VoiceCommand.TODAY,
    VoiceCommand.WHY_SILENT,
    VoiceCommand.WISE_DISTANCE,
    VoiceCommand.EXPLAIN_STEP,
}
OF_A_HABIT = {VoiceCommand.LOG_SESSION, VoiceCommand.LAST_SESSION}

SCORE = vol.All(vol.Coerce(int), vol.Range(min=0, max=WORST))
MINUTES = vol.All(vol.Coerce(int), vol.Range(min=1, max=int(LONGEST_SNOOZE.total_seconds() / 60)))
HABIT_SCHEMA = vol.In([habit.value for habit in Habit])


class AnswerError(HomeAssistantError):
    """A failed voice command; its text is the spoken answer."""


class HomeGymIntent(intent.IntentHandler):
    """Intent of one voice command."""

    def __init__(self, command: VoiceCommand) -> None:
        """Handle one voice command."""
        self.intent_type = intent_type(command)
        self._command = command

    @property
    @override
    def slot_schema(self) -> dict[Any, Any]:
        """Slots of the intent."""
        slots: dict[Any, Any] = {vol.Optional("runner"): cv.string}
        if self._command in OF_A_HABIT:
            slots[vol.Required("habit")] = HABIT_SCHEMA
        elif self._command is VoiceCommand.CHECK_IN:
            slots[vol.Required("score")] = SCORE
        elif self._command in ANSWERING:
            slots[vol.Optional("habit")] = HABIT_SCHEMA
            if self._command is VoiceCommand.LATER:
                slots[vol.Optional("minutes")] = MINUTES
        elif self._command is VoiceCommand.START_ROUTINE:
            slots[vol.Optional("habit")] = HABIT_SCHEMA
            slots[vol.Optional("routine")] = cv.string
            slots[vol.Optional("length")] = vol.In([length.value for length in Length])
            slots[vol.Optional("minutes")] = vol.All(vol.Coerce(int), vol.Range(min=1, max=120))
        elif self._command is VoiceCommand.PAIN:
            slots[vol.Optional("score")] = SCORE
            slots[vol.Optional("text")] = cv.string
        elif self._command is VoiceCommand.ANSWER_TRIAGE:
            slots[vol.Required("answer")] = vol.In([answer.value for answer in Answer])
            slots[vol.Optional("question")] = vol.In([question.value for question in Question])
        elif self._command is VoiceCommand.CLEAR_BACK:
            slots[vol.Optional("day")] = cv.date
            slots[vol.Optional("may_run")] = cv.boolean
        elif self._command is VoiceCommand.RATE_ROUTINE:
            slots[vol.Required("effort")] = vol.In([effort.value for effort in Effort])
            slots[vol.Optional("score")] = SCORE
        elif self._command is VoiceCommand.WISE_DISTANCE:
            slots[vol.Optional("tomorrow")] = cv.boolean
        elif self._command is VoiceCommand.REST:
            slots[vol.Optional("period")] = vol.In([period.value for period in RestPeriod])
            slots[vol.Optional("text")] = cv.string
        return slots

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Perform the command and answer."""
        hass = intent_obj.hass
        slots = {name: str(slot["value"]) for name, slot in self.async_validate_slots(intent_obj.slots).items()}
        place = async_voice_location(hass, device_id=intent_obj.device_id, satellite_id=intent_obj.satellite_id)
        phrases = await async_phrases(hass, intent_obj.language)
        response = intent_obj.create_response()
        try:
            response.async_set_speech(
                await async_reply(hass, self._command, slots, place=place, phrases=phrases, context=intent_obj.context)
            )
        except AnswerError as error:
            response.async_set_error(intent.IntentResponseErrorCode.FAILED_TO_HANDLE, str(error))
        return response


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register an intent for every voice command."""
    for command in VoiceCommand:
        intent.async_register(hass, HomeGymIntent(command))


def intent_type(command: VoiceCommand) -> str:
    """Return the intent type of a voice command."""
    return f"HomeGym{command.title().replace('_', '')}"


async def async_answer(
    hass: HomeAssistant,
    command: VoiceCommand,
    slots: Mapping[str, str],
    *,
    place: VoiceLocation,
    phrases: Phrases,
    context: Context | None,
    details: PainDetails | None = None,
) -> str:
    """Perform a voice command and return the spoken answer; raises AnswerError.

    `slots` may hold `runner`, `habit`, `length`, `period`, `score`, `routine`, `answer`, `question`, `day`, `may_run`,
    `effort`, `minutes`, `tomorrow` and the whole `text`; a routine is started by its name, or by its habit for a runner
    without a routine of that name.
    """
    caller = await async_caller(hass, context)
    gym = async_runner_of(hass, command, slots.get("runner"), place=place, phrases=phrases, caller=caller)
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
        minutes=int(slots["minutes"]) if "minutes" in slots else None,
        sentence=await async_sentence(hass, slots["text"], phrases) if "text" in slots else None,
        details=details or PainDetails(),
        answer=Answer(slots["answer"]) if "answer" in slots else None,
        question=Question(slots["question"]) if "question" in slots else None,
        day=cv.date(slots["day"]) if "day" in slots else None,
        may_run=cv.boolean(slots.get("may_run", False)),
        effort=Effort(slots["effort"]) if "effort" in slots else None,
        tomorrow=cv.boolean(slots.get("tomorrow", False)),
        is_named="runner" in slots,
    )
    try:
        return await ANSWER_HANDLERS[command](request)
    except NothingToAnswerError as error:
        raise AnswerError(say(phrases, "error.nothing_to_answer")) from error
    except NoOpenQuestionError as error:
        raise AnswerError(say(phrases, "error.no_open_question")) from error
    except NothingToWithdrawError as error:
        raise AnswerError(say(phrases, "error.nothing_to_withdraw")) from error
    except NothingToRateError as error:
        raise AnswerError(say(phrases, "error.nothing_to_rate")) from error
    except ValueError as error:
        LOGGER.warning("%s: %s was not done: %s", gym.entry.title, command, error)
        raise AnswerError(say(phrases, "failed")) from error
    except HomeAssistantError as error:
        key = f"error.{error.translation_key}"
        if f"assist.{key}" in phrases:
            raise AnswerError(say(phrases, key)) from error
        LOGGER.warning("%s: %s was not done: %s", gym.entry.title, command, error)
        raise AnswerError(say(phrases, "failed")) from error


async def async_reply(
    hass: HomeAssistant,
    command: VoiceCommand,
    slots: Mapping[str, str],
    *,
    place: VoiceLocation,
    phrases: Phrases,
    context: Context | None,
) -> str:
    """Perform a command like `async_answer`, and return an empty answer if a routine speaks instead."""
    before = _routine_utterances(hass, place)
    answer = await async_answer(hass, command, slots, place=place, phrases=phrases, context=context)
    return "" if command in OF_A_ROUTINE and _routine_utterances(hass, place) > before else answer


def _routine_utterances(hass: HomeAssistant, place: VoiceLocation) -> int:
    return (
        sum(gym.routines.utterances_on(place.satellite) for gym in async_loaded_runners(hass)) if place.satellite else 0
    )


@callback
def async_runner_of(
    hass: HomeAssistant,
    command: VoiceCommand | None,
    name: str | None,
    *,
    place: VoiceLocation,
    phrases: Phrases,
    caller: Caller,
) -> RunnerData:
    """Return the runner of a command; raises AnswerError, which asks for the name if several are possible.

    Without a name, only runners on whom the caller has the right are possible; no command stands for figures to see.
    """
    runners = async_loaded_runners(hass)
    if not runners:
        raise AnswerError(say(phrases, "no_runner"))
    right = Right.SEE if command is None or command in ASKING else Right.ACT
    permitted = [gym for gym in runners if caller.may(right, gym.entry)]
    refusal = AnswerError(say(phrases, f"error.not_allowed_{right}"))
    if not permitted:
        raise refusal
    possible = _with_open_question(hass, command, permitted, place) or _eligible(command, permitted)
    try:
        found = async_find_runner(hass, runners if name else possible, name=name, place=place)
    except UnknownRunnerError as error:
        raise AnswerError(say(phrases, "unknown_runner", runner=str(error))) from error
    except AmbiguousRunnerError as error:
        raise AnswerError(say(phrases, "who", runners=in_words(phrases, error.names, "or"))) from error
    if not any(found is gym for gym in permitted):
        raise refusal
    return found


def _with_open_question(
    hass: HomeAssistant, command: VoiceCommand | None, runners: Sequence[RunnerData], place: VoiceLocation
) -> list[RunnerData]:
    """Return the runners with an open question that the command may answer."""
    if command not in ANSWERING:
        return []
    answered = async_answerable(hass, async_open_questions(runners, dt_util.utcnow()), place)
    return [gym for gym in runners if any(question.gym is gym for question in answered)]


def _eligible(command: VoiceCommand | None, runners: Sequence[RunnerData]) -> Sequence[RunnerData]:
    return [gym for gym in runners if _is_eligible(command, gym)] or runners


def _is_eligible(command: VoiceCommand | None, gym: RunnerData) -> bool:
    """Return whether a command makes sense in a runner's state."""
    if command is VoiceCommand.CHECK_IN and gym.runner.effort.is_open(dt_util.utcnow()):
        return True
    if command in ANSWERING:
        return bool(gym.runner.replies.asked_lately(dt_util.utcnow()))
    if command in CONTROLLING or command is VoiceCommand.PAIN:
        return gym.routines.player is not None
    if command is VoiceCommand.RATE_ROUTINE:
        return gym.runner.manual_entries.rateable(dt_util.utcnow()) is not None
    if command is VoiceCommand.ANSWER_TRIAGE:
        return gym.coordinator.data.back.question is not None
    return command is not VoiceCommand.END_REST or gym.coordinator.data.resting
