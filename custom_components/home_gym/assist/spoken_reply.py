"""Understanding of sentences, and spoken replies to a prompt."""

from collections.abc import Callable, Iterable
from dataclasses import asdict

from homeassistant.core import HomeAssistant

from ..data import RunnerData, async_loaded_runners
from ..gym.voice_commands import ParsedCommand, Sentences
from ..languages import async_sentences, primary
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


def slots_of(parsed: ParsedCommand) -> dict[str, str]:
    """Return the slots of a parsed command."""
    return {name: str(value) for name, value in asdict(parsed).items() if name != "command" and value is not None}


async def async_handle_reply(hass: HomeAssistant, gym: RunnerData, text: str, *, satellite: str | None) -> str | None:
    """Perform a runner's reply to a satellite's prompt, and return the answer to speak.

    Returns None for an unknown sentence, which leaves the prompt open, or while a routine speaks instead.
    """
    data = await async_sentences(hass)
    runners = async_loaded_runners(hass)
    names = [runner.entry.title for runner in runners]
    routines = [routine.id for runner in runners for routine in runner.runner.settings.routines]
    # Compiling a language's sentences takes too long for the event loop.
    found = await hass.async_add_executor_job(
        parse_sentence,
        text,
        (primary(hass.config.language), *data),
        lambda language: Sentences(data[language], names, routines) if language in data else None,
    )
    if found is None:
        return None
    parsed, _ = found
    try:
        answer = await async_reply(
            hass,
            parsed.command,
            {"runner": gym.entry.title} | slots_of(parsed),
            place=async_voice_location(hass, device_id=None, satellite_id=satellite),
            phrases=gym.phrases,
            context=None,
        )
    except AnswerError as error:
        return str(error)
    return answer or None
