"""Understanding of sentences, and spoken replies to a prompt."""

from collections.abc import Callable, Iterable
from dataclasses import asdict

from homeassistant.core import HomeAssistant

from ..data import RunnerData, async_loaded_runners
from ..gym.voice_commands import ParsedCommand, Sentences, VoiceCommand
from ..languages import async_sentences, primary
from .back_replies import async_reply_at
from .back_sentences import async_read
from .intents import AnswerError, async_reply
from .runner_lookup import async_voice_location


def parse_sentence(
    text: str, languages: Iterable[str], sentences: Callable[[str], Sentences | None]
) -> tuple[ParsedCommand, str] | None:
    """Return the command of a sentence and its language, trying the likeliest first; None for any other sentence."""
    for language in languages:
        known = sentences(language)
        if known and (parsed := known.understood(text)):
            return parsed, language
    return None


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
    # Compiling a language's sentences takes too long for the event loop.
    found = await hass.async_add_executor_job(
        parse_sentence,
        text,
        languages,
        lambda language: Sentences(data[language], names, routines) if language in data else None,
    )
    read = None if found else await async_read(hass, text, languages)
    if found:
        command, slots = found[0].command, slots_of(found[0], text)
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
