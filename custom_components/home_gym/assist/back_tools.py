"""The language-model tools about a back: reports, the questions of the triage, clearances and withdrawals.

A score alone sorts nothing, so each result has the state, the open question and what the model has to do next.
"""

from collections.abc import Mapping, Sequence
from typing import Any, override

import voluptuous as vol

from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.llm import LLMContext, ToolAnnotations

from ..const import DOMAIN
from ..data import RunnerData
from ..gym.back.pain import WORST, Area, PainDetails, PainSide, PainTiming, RedFlag
from ..gym.back.signs import Answer, Question
from ..gym.speech.phrases import FALLBACK_LANGUAGE, Phrases, line
from ..gym.voice_commands import VoiceCommand
from ..languages import async_phrases
from ..permissions import async_caller
from .back_answers import number_of
from .intents import async_answer, async_runner_of
from .runner_lookup import async_voice_location
from .tool import HomeGymTool

WRITING = ToolAnnotations(destructive=False, open_world=False)

IN_EMERGENCY = (
    "This is an emergency. Say first that a doctor must see it now, and give the emergency number. Read back what was "
    "understood and ask whether it is right; if it isn't, call home_gym__withdraw_pain_report. Don't reassure, praise "
    "or suggest exercises."
)
WITH_QUESTION = (
    "Ask the question in these words, then call home_gym__answer_back_question with the reply. Don't answer it "
    "yourself, and don't reassure."
)
WITHOUT_SIGNS = (
    "No warning signs were given. Ask whether there is numbness between the legs or in both legs, trouble with bladder "
    "or bowel, a weak leg, fever, or a fall, and log them with the pain if there are any. Don't reassure."
)
FOR_DOCTOR = "Say that a doctor should look at it this week, and that core work and rolling wait until then."


class BackTool(HomeGymTool):
    """Tool for a command about a back; its result has the state and the next question."""

    command: VoiceCommand

    def details(self, _arguments: Mapping[str, Any]) -> PainDetails:
        """Return the details of a report in the arguments."""
        return PainDetails()

    def check(self, _arguments: Mapping[str, Any]) -> str | None:
        """Return an error in the arguments, None without one."""
        return None

    @override
    async def _async_perform(
        self, hass: HomeAssistant, arguments: Mapping[str, Any], llm_context: LLMContext
    ) -> dict[str, Any]:
        if error := self.check(arguments):
            return {"error": error}
        place = async_voice_location(hass, device_id=llm_context.device_id)
        phrases = await async_phrases(hass, llm_context.language or FALLBACK_LANGUAGE)
        details = self.details(arguments)
        slots = {name: str(value) for name, value in arguments.items() if name not in {*details, "signs", "when"}}
        answer = await async_answer(
            hass,
            self.command,
            slots,
            place=place,
            phrases=phrases,
            context=llm_context.context,
            details=details,
        )
        caller = await async_caller(hass, llm_context.context)
        gym = async_runner_of(hass, self.command, arguments.get("runner"), place=place, phrases=phrases, caller=caller)
        return {"answer": answer, **state_of(gym, phrases, is_bare=not details.get("red_flags"))}


class LogPain(BackTool):
    """Tool to log pain and warning signs."""

    name = f"{DOMAIN}__log_pain"
    title = "Log back pain"
    description = (
        "Log a runner's back pain from 0 (no pain) to 10 (worst), with every warning sign that was said, as in 'My "
        "back hurts, three out of ten' or 'My groin is numb'. Before you call it, ask for the score if none was given, "
        "and whether there is numbness, trouble with bladder or bowel, a weak leg, fever or a fall. A sign counts "
        "without any pain. Follow the instructions in the result. Never judge the pain, and never reassure."
    )
    annotations = WRITING
    command = VoiceCommand.PAIN

    def __init__(self, runners: Sequence[str]) -> None:
        """Add the arguments of a report."""
        score = vol.Optional("score", description="How much it hurts, from 0 to 10. Leave it out for a sign alone.")
        signs = vol.Optional(
            "signs",
            description="All warning signs that were said; numbness is for the groin, or between or in both legs.",
        )
        area = vol.Optional("area", description="Where it hurts.")
        side = vol.Optional("side", description="On which side it hurts.")
        when = vol.Optional("when", description="When it hurts.")
        super().__init__(
            runners,
            {
                score: vol.All(vol.Coerce(int), vol.Range(min=0, max=WORST)),
                signs: [vol.In([flag.value for flag in RedFlag])],
                area: vol.In([area.value for area in Area]),
                side: vol.In([side.value for side in PainSide]),
                when: vol.In([moment.value for moment in PainTiming]),
            },
        )

    @override
    def check(self, arguments: Mapping[str, Any]) -> str | None:
        """Return an error for a report without a score and without a sign."""
        return None if "score" in arguments or arguments.get("signs") else "Give a score, signs, or both."

    @override
    def details(self, arguments: Mapping[str, Any]) -> PainDetails:
        """Return area, side, timing and signs."""
        return PainDetails(
            area=Area(arguments["area"]) if "area" in arguments else None,
            side=PainSide(arguments["side"]) if "side" in arguments else None,
            moment=PainTiming(arguments["when"]) if "when" in arguments else None,
            red_flags=[RedFlag(flag) for flag in arguments.get("signs", [])],
        )


class AnswerBackQuestion(BackTool):
    """Tool to answer the open question about a back."""

    name = f"{DOMAIN}__answer_back_question"
    title = "Answer question about the back"
    description = (
        "Answer the open question that home_gym__log_pain or this tool returned, with what the runner said. The last "
        "four answers are for the question about a weak leg, a fever or a fall: an old fall is more than three days "
        "ago. 'I don't know' is unknown. Never guess an answer."
    )
    annotations = WRITING
    command = VoiceCommand.ANSWER_TRIAGE

    def __init__(self, runners: Sequence[str]) -> None:
        """Add the answer and question arguments."""
        answer = vol.Required("answer", description="The runner's answer.")
        question = vol.Optional("question", description="The question, if it isn't the open one.")
        answers, questions = [answer.value for answer in Answer], [question.value for question in Question]
        super().__init__(runners, {answer: vol.In(answers), question: vol.In(questions)})


class ReportClearance(BackTool):
    """Tool to record a clearance by a professional."""

    name = f"{DOMAIN}__report_clearance"
    title = "Report clearance of the back"
    description = (
        "Record that a doctor or physical therapist has looked at the back and cleared the runner, only if the runner "
        "says so. Ask for the day. 'I know' or 'I feel better' is no clearance."
    )
    annotations = WRITING
    command = VoiceCommand.CLEAR_BACK

    def __init__(self, runners: Sequence[str]) -> None:
        """Add the day and running arguments."""
        day = vol.Required("day", description="The day of the clearance, as YYYY-MM-DD, up to today.")
        may_run = vol.Optional("may_run", description="Whether running was allowed at once.")
        super().__init__(runners, {day: cv.string, may_run: cv.boolean})

    @override
    def check(self, arguments: Mapping[str, Any]) -> str | None:
        """Return an error for a day that is no date."""
        try:
            cv.date(arguments["day"])
        except vol.Invalid as error:
            return str(error)
        return None


class WithdrawPainReport(BackTool):
    """Tool to take back the latest report."""

    name = f"{DOMAIN}__withdraw_pain_report"
    title = "Withdraw pain report"
    description = (
        "Take back the latest back report of the last 24 hours, because it was misheard or meant for someone else. Ask "
        "for confirmation first. A back that feels better is no reason."
    )
    annotations = WRITING
    command = VoiceCommand.WITHDRAW_REPORT


def state_of(gym: RunnerData, phrases: Phrases, *, is_bare: bool) -> dict[str, Any]:
    """Return the state of a back with its question, the number to call, and instructions."""
    back = gym.coordinator.data.back
    if back.is_emergency:
        instructions: str | None = IN_EMERGENCY
    elif back.question:
        instructions = WITH_QUESTION
    elif is_bare:
        instructions = f"{FOR_DOCTOR} {WITHOUT_SIGNS}" if back.state == "doctor" else WITHOUT_SIGNS
    else:
        instructions = FOR_DOCTOR if back.state == "doctor" else None
    return {
        "state": back.state.value,
        "reasons": [reason.value for reason in back.reasons],
        "question": back.question.value if back.question else None,
        "question_in_words": line(phrases, f"triage.question.{back.question}") if back.question else None,
        "emergency_number": number_of(gym, phrases) if back.is_emergency else None,
        "instructions": instructions,
    }


BACK_TOOLS = (LogPain, AnswerBackQuestion, ReportClearance, WithdrawPainReport)
