"""Answers about the back: reports in free sentences, the questions of the triage, clearances and withdrawals."""

from datetime import timedelta

from ..data import RunnerData
from ..gym import verbs
from ..gym.back.advice import Advice
from ..gym.back.pain import PainDetails, RedFlag
from ..gym.back.signs import Answer, Question
from ..gym.back.state import BackState
from ..gym.back.words.rules import SpokenWord
from ..gym.routines.player import Player
from ..gym.runs.exertion import EASIEST, HARDEST
from ..gym.speech.phrases import Phrases, line
from ..words import in_words, say
from .back_dialogue import Expected, OpenDialogue, async_close_dialogue, async_open_dialogue
from .form_answers import async_answer_form_check
from .request import Request

# Words of an illness ask the questions after back pain within this time.
ILLNESS_MATTERS_FOR = timedelta(days=14)
HELD_BACK = {BackState.EMERGENCY, BackState.DOCTOR}


async def async_pain(request: Request) -> str:
    """Report pain and signs, and return the answer with the next question."""
    sentence = request.sentence
    if sentence and SpokenWord.CLEARED in sentence.words:
        return await async_clear(request)
    is_paused = await _async_pause(request)
    flags = tuple(request.details.get("red_flags", ()))
    score = request.score
    if sentence:
        flags = tuple(dict.fromkeys((*flags, *sentence.flags)))
        score = sentence.score if score is None else score
    if score is None and not flags:
        return _with_pause(request, _ask_for_score(request), is_paused=is_paused)
    answer = await _async_report(request, score, flags)
    return _with_pause(request, answer, is_paused=is_paused)


async def async_check_in(request: Request) -> str:
    """Answer the question about an outing's effort, or the check-in, and return the answer with the next question."""
    if request.score is None:
        return _ask_for_score(request)
    if request.gym.runner.effort.is_open(request.now):
        if not EASIEST <= request.score <= HARDEST:
            return request.phrase("effort_ask")
        await request.gym.coordinator.async_apply(verbs.rate_effort(request.score))
        return request.phrase("effort_noted", score=request.score)
    await request.gym.coordinator.async_apply(verbs.check_in(request.score))
    return _answer_to_report(request, request.score, ())


async def async_answer_triage(request: Request) -> str:
    """Answer the open question of the triage, and return the next one."""
    asked = request.question or request.gym.coordinator.data.back.question
    await request.gym.coordinator.async_apply(
        verbs.answer_question(request.answer or Answer.UNKNOWN, question=request.question)
    )
    return _follow_up(request, asked)


async def async_clear(request: Request) -> str:
    """Record a clearance by a professional, where a state holds anything back."""
    if request.gym.coordinator.data.back.state not in HELD_BACK:
        return request.phrase("back_nothing_to_clear")
    sentence = request.sentence
    today = request.gym.runner.settings.calendar.day_of(request.now)
    day = request.day or (sentence.day_before(today) if sentence else today)
    may_run = request.may_run or bool(sentence and SpokenWord.MAY_RUN in sentence.words)
    await request.gym.coordinator.async_apply(verbs.clear_back(day, may_run=may_run))
    async_close_dialogue(request.hass, request.gym)
    return request.phrase("back_cleared")


async def async_withdraw(request: Request) -> str:
    """Take back the latest report."""
    await request.gym.coordinator.async_apply(verbs.withdraw_report())
    async_close_dialogue(request.hass, request.gym)
    return f"{request.phrase('back_withdrawn')} {_state(request)}".strip()


async def async_question_illness(request: Request) -> str | None:
    """Start the questions for an illness soon after back pain, and return the first one; None without such pain."""
    runner = request.gym.runner
    if request.gym.coordinator.data.back.question and request.sentence and SpokenWord.FEVER in request.sentence.words:
        return await _async_report(request, None, (RedFlag.FEVER,))
    latest = [
        report
        for report in runner.journal.pains.values()
        if report.hurts
        and request.now - report.at <= ILLNESS_MATTERS_FOR
        and report.key not in runner.journal.withdrawals
    ]
    if not latest:
        return None
    await request.gym.coordinator.async_apply(verbs.report_pain(None, red_flags=[RedFlag.ILLNESS]))
    question = _state(request)
    return f"{request.phrase('back_ill')} {question}" if question else None


async def async_reply(request: Request, dialogue: OpenDialogue, reply: Answer | int | SpokenWord) -> str:
    """Return the answer to a reply within a dialogue."""
    if dialogue.expected is Expected.FORM and isinstance(reply, Answer):
        return await async_answer_form_check(request, reply)
    if isinstance(reply, SpokenWord):
        if request.gym.coordinator.data.pain.advice is not None:
            await request.gym.coordinator.async_apply(verbs.acknowledge_advice())
        return request.phrase("back_acknowledged")
    if dialogue.expected is Expected.SCORE and not isinstance(reply, Answer):
        flags = dialogue.unrated.flags if dialogue.unrated else ()
        return await _async_report(request, reply, flags, dialogue)
    if dialogue.expected is Expected.CONFIRMATION:
        return await _async_confirm(request, dialogue, reply if isinstance(reply, Answer) else Answer.YES)
    answer = reply if isinstance(reply, Answer) else Answer.UNKNOWN
    asked = request.gym.coordinator.data.back.question
    await request.gym.coordinator.async_apply(verbs.answer_question(answer, question=asked))
    return _follow_up(request, asked)


def number_of(gym: RunnerData, phrases: Phrases) -> str:
    """Return the emergency number, or words for an unknown one."""
    return gym.emergency_number or say(phrases, "emergency_number")


async def _async_confirm(request: Request, dialogue: OpenDialogue, reply: Answer) -> str:
    """Take back an emergency that was misheard; any other reply repeats the number."""
    if reply is not Answer.NO:
        if dialogue.answered and reply is not Answer.YES:
            await request.gym.coordinator.async_apply(verbs.answer_question(reply, question=dialogue.answered))
            return _follow_up(request, dialogue.answered)
        async_close_dialogue(request.hass, request.gym)
        return request.phrase("back_emergency", number=number_of(request.gym, request.phrases))
    if dialogue.answered is None:
        return await async_withdraw(request)
    await request.gym.coordinator.async_apply(verbs.answer_question(Answer.NO, question=dialogue.answered))
    async_close_dialogue(request.hass, request.gym)
    return f"{request.phrase('back_withdrawn')} {_state(request)}".strip()


async def _async_pause(request: Request) -> bool:
    """Pause the runner's routine at once, and return whether one is paused for it."""
    routines = request.gym.routines
    if routines.is_running:
        await routines.async_command(Player.hold_for_pain)
    return routines.player is not None


async def _async_report(
    request: Request, score: int | None, flags: tuple[RedFlag, ...], dialogue: OpenDialogue | None = None
) -> str:
    sentence = dialogue.unrated if dialogue and dialogue.unrated else request.sentence
    details = PainDetails(**{**request.details, "red_flags": flags})
    if sentence:
        details = PainDetails(area=sentence.area, side=sentence.side, moment=sentence.timing, red_flags=flags)
    await request.gym.coordinator.async_apply(verbs.report_pain(score, **details))
    return _answer_to_report(request, score, flags)


def _ask_for_score(request: Request) -> str:
    async_open_dialogue(request.hass, request.gym, Expected.SCORE, request.place, unrated=request.sentence)
    sentence = request.sentence
    is_clear = sentence is None or sentence.hurts or SpokenWord.EXCLAMATION in sentence.words
    if is_clear:
        return request.phrase("pain_how_much")
    return request.phrase("back_unclear", number=number_of(request.gym, request.phrases))


def _answer_to_report(request: Request, score: int | None, flags: tuple[RedFlag, ...]) -> str:
    """Return the answer to a report: its facts, and the consequences of the state of the back."""
    back, advice = request.gym.coordinator.data.back, request.gym.coordinator.data.pain.advice
    signs = in_words(request.phrases, [line(request.phrases, f"report.red_flag.{flag}") for flag in flags] or [""])
    understood = request.phrase("back_understood", signs=signs) if flags else ""
    if back.is_emergency:
        if not flags:
            async_open_dialogue(request.hass, request.gym, Expected.NOTICE, request.place)
            return request.phrase("pain_red_flag", number=number_of(request.gym, request.phrases))
        async_open_dialogue(request.hass, request.gym, Expected.CONFIRMATION, request.place)
        call = request.phrase("back_emergency", number=number_of(request.gym, request.phrases))
        return f"{understood} {request.phrase('back_confirm')} {call}"
    noted = understood or request.phrase("pain" if score else "back_nothing", score=score or 0)
    if back.question or back.state is BackState.DOCTOR:
        return f"{noted} {_state(request)}"
    async_close_dialogue(request.hass, request.gym)
    if advice and advice is not Advice.RED_FLAG:
        return request.phrase("pain_advice", score=score or 0)
    is_well = not score and not flags and back.state is BackState.NONE and not back.is_unknown
    return request.phrase("pain_none") if is_well else noted


def _follow_up(request: Request, answered: Question | None) -> str:
    """Return the response to an answer: the next question, or the consequences."""
    if request.gym.coordinator.data.back.is_emergency:
        async_open_dialogue(request.hass, request.gym, Expected.CONFIRMATION, request.place, answered=answered)
        asked = line(request.phrases, f"triage.question.{answered}") if answered else ""
        understood = request.phrase("back_answer_yes", question=asked)
        call = request.phrase("back_emergency", number=number_of(request.gym, request.phrases))
        return f"{understood} {request.phrase('back_confirm')} {call}"
    return _state(request) or request.phrase("back_noted")


def _state(request: Request) -> str:
    """Return the open question, or the meaning of the state; empty for a state without any."""
    back = request.gym.coordinator.data.back
    if back.is_emergency:
        return request.phrase("pain_red_flag", number=number_of(request.gym, request.phrases))
    if back.question:
        async_open_dialogue(request.hass, request.gym, Expected.ANSWER, request.place)
        return line(request.phrases, f"triage.question.{back.question}")
    async_close_dialogue(request.hass, request.gym)
    return request.phrase("back_doctor") if back.state is BackState.DOCTOR else ""


def _with_pause(request: Request, answer: str, *, is_paused: bool) -> str:
    # An emergency has ended the routine.
    if not is_paused or request.gym.routines.player is None:
        return answer
    return f"{answer} {request.phrase('back_paused')}"
