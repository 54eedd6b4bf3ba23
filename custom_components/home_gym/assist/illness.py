"""Answers to words of illness: a rest, after a question who speaks where it may be someone else."""

from dataclasses import replace
from datetime import date

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import CONF_PERSON, SUBENTRY_SPEAKER
from ..data import RunnerData
from ..entity_references import entity_id_of
from ..gym import verbs
from ..gym.back.signs import Answer
from ..gym.back.words.rules import SpokenWord
from ..gym.calendar import A_DAY, A_WEEK
from ..gym.voice_commands import RestPeriod
from .back_answers import async_question_illness
from .back_dialogue import Expected, OpenDialogue, async_close_dialogue, async_open_dialogue
from .request import Request

ATTR_USER_ID = "user_id"


async def async_rest(request: Request) -> str:
    """Begin a rest; of an illness only if it is the runner's own."""
    is_ill = request.sentence is not None and SpokenWord.ILL in request.sentence.words
    if is_ill and not _is_surely_runner(request):
        async_open_dialogue(
            request.hass,
            request.gym,
            Expected.IDENTITY,
            request.place,
            unrated=request.sentence,
            period=request.period,
        )
        return request.phrase("is_that_you", runner=request.gym.entry.title)
    await request.gym.coordinator.async_apply(verbs.rest(start=None, end=end_of(request.period, request.gym)))
    if is_ill and (question := await async_question_illness(request)):
        return question
    return request.phrase(f"rest_{request.period}" if request.period else "rest")


async def async_identify(request: Request, dialogue: OpenDialogue, reply: Answer) -> str:
    """Begin the rest of an illness that the runner confirmed; of anyone else nothing is noted."""
    async_close_dialogue(request.hass, request.gym)
    if reply is not Answer.YES:
        return request.phrase("not_you")
    return await async_rest(replace(request, sentence=dialogue.unrated, period=dialogue.period, is_named=True))


def end_of(period: RestPeriod | None, gym: RunnerData) -> date | None:
    """Return the last day of a rest; None for an open end."""
    calendar = gym.runner.settings.calendar
    today = calendar.day_of(dt_util.utcnow())
    match period:
        case RestPeriod.TODAY:
            return today
        case RestPeriod.WEEK:
            return calendar.week_of(today) + A_WEEK - A_DAY
        case None:
            return None


def _is_surely_runner(request: Request) -> bool:
    """Return whether nothing speaks for another person: neither a room without a speaker of the runner, nor a user."""
    if request.is_named:
        return True
    speakers = request.gym.entry.get_subentries_of_type(SUBENTRY_SPEAKER)
    heard = {request.place.hears(request.hass, speaker) for speaker in speakers}
    if True in heard:
        return True
    user, own = request.context.user_id if request.context else None, _user_of(request.hass, request.gym)
    if user and own:
        return user == own
    return False not in heard


def _user_of(hass: HomeAssistant, gym: RunnerData) -> str | None:
    """Return the user of the runner's person, None without one."""
    reference = gym.entry.data.get(CONF_PERSON)
    entity_id = entity_id_of(hass, reference) if reference else None
    state = hass.states.get(entity_id) if entity_id else None
    user: str | None = state.attributes.get(ATTR_USER_ID) if state else None
    return user
