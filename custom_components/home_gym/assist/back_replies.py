"""Replies to a spoken question about a back, in the room where it was asked."""

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..const import LOGGER
from ..data import async_loaded_runners
from ..gym.back.signs import Answer
from ..languages import async_phrases
from ..permissions import Right, async_caller
from ..words import say
from .back_answers import async_reply
from .back_dialogue import Expected, async_dialogue_at
from .back_sentences import async_read, async_reply_in
from .illness import async_identify
from .request import Request
from .runner_lookup import VoiceLocation


async def async_reply_at(
    hass: HomeAssistant, text: str, languages: tuple[str, ...], *, place: VoiceLocation, context: Context | None
) -> str | None:
    """Take a reply to the question asked at a place, and return the answer; None for any other sentence."""
    dialogue = async_dialogue_at(hass, async_loaded_runners(hass), place)
    if dialogue is None:
        return None
    # "No" of one language may begin a report of a sign in another.
    read = await async_read(hass, text, languages)
    known = (read.language,) if read and read.sentence.flags else languages
    for language in dict.fromkeys(known):
        reply = await async_reply_in(hass, dialogue, text, language)
        if reply is None or (dialogue.expected is Expected.SCORE and isinstance(reply, Answer)):
            continue
        phrases = await async_phrases(hass, language)
        caller = await async_caller(hass, context)
        if not caller.may(Right.ACT, dialogue.gym.entry):
            return say(phrases, "error.not_allowed_act")
        request = Request(hass=hass, gym=dialogue.gym, place=place, phrases=phrases, context=context)
        try:
            if dialogue.expected is Expected.IDENTITY:
                return await async_identify(request, dialogue, reply if isinstance(reply, Answer) else Answer.UNKNOWN)
            return await async_reply(request, dialogue, reply)
        except HomeAssistantError as error:
            LOGGER.warning("%s: a reply about the back was not noted: %s", dialogue.gym.entry.title, error)
            key = f"error.{error.translation_key}"
            return say(phrases, key if f"assist.{key}" in phrases else "failed")
    return None
