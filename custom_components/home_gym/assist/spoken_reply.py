"""Understanding of sentences, and spoken replies to a prompt."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from homeassistant.core import HomeAssistant

from ..data import RunnerData, async_loaded_runners
from ..gym.voice_commands import FreeSpeech, ParsedCommand, SentenceContext, Sentences, VoiceCommand
from ..languages import async_sentences, primary
from .back_replies import async_reply_at
from .back_sentences import async_read
from .intents import AnswerError, async_reply
from .runner_lookup import async_voice_location
from .sentence_reader import FoundCommand, SentenceReader


def slots_of(parsed: ParsedCommand, text: str) -> dict[str, str]:
    """Return the slots of a parsed command; a report and a rest have the whole sentence as well."""
    said = {"text": text} if parsed.command in {VoiceCommand.PAIN, VoiceCommand.REST} else {}
    slots = {name: str(value) for name, value in asdict(parsed).items() if name != "command" and value is not None}
    return said | slots


async def async_handle_reply(hass: HomeAssistant, gym: RunnerData, text: str, *, satellite: str | None) -> str | None:
    """Perform a runner's reply to a satellite's prompt, and return the answer to speak.

    Returns None for an unknown sentence, which leaves the prompt open, or while a routine speaks instead.
    """
    data = await async_sentences(hass)
    runners = async_loaded_runners(hass)
    names = [runner.entry.title for runner in runners]
    languages = (primary(hass.config.language), *data)
    place = async_voice_location(hass, device_id=None, satellite_id=satellite)
    if (reply := await async_reply_at(hass, text, languages, place=place, context=None)) is not None:
        return reply or None
    routines = [routine.id for runner in runners for routine in runner.runner.settings.routines]
    found = await hass.async_add_executor_job(_read, text, languages, data, names, routines)
    read = None if found else await async_read(hass, text, languages)
    if found is None and read is None:
        found = await hass.async_add_executor_job(_read_freely, text, languages[0], data, names)
    if found:
        command, slots = found.parsed.command, slots_of(found.parsed, text)
    elif read:
        command, slots = VoiceCommand.PAIN, {"text": text}
    else:
        return None
    try:
        answer = await async_reply(
            hass,
            command,
            {"runner": gym.entry.title} | slots,
            place=place,
            phrases=gym.phrases,
            context=None,
        )
    except AnswerError as error:
        return str(error)
    return answer or None


def _read(
    text: str, languages: Sequence[str], data: Mapping[str, Any], names: list[str], routines: list[str]
) -> FoundCommand | None:
    """Compile the sentences of the likeliest language first, and read the reply; too long for the event loop."""
    for language in dict.fromkeys(languages):
        if language not in data:
            continue
        reader = SentenceReader(
            sentences={language: Sentences(data[language], names, routines)},
            free={language: FreeSpeech(data[language], names)} if language == languages[0] else {},
        )
        found = reader.read(
            text, [language], tuple(SentenceContext), spoken=[language], short=[SentenceContext.WHILE_ASKED]
        )
        if found:
            return found
    return None


def _read_freely(text: str, language: str, data: Mapping[str, Any], names: list[str]) -> FoundCommand | None:
    free = {language: FreeSpeech(data[language], names)} if language in data else {}
    return SentenceReader(sentences={}, free=free).read_freely(text, [language])
