"""Understands a sentence, and takes the one that a satellite heard right after it had asked."""

from collections.abc import Callable, Iterable
from dataclasses import asdict

from homeassistant.core import HomeAssistant

from ..data import RunnerData
from ..gym.voice_commands import ParsedCommand, Sentences
from ..languages import async_sentences, primary
from .intents import AnswerError, async_reply
from .runner_lookup import async_runners, async_voice_location


def understood(
    text: str, languages: Iterable[str], sentences: Callable[[str], Sentences | None]
) -> tuple[ParsedCommand, str] | None:
    """Return what a sentence wants, and in which of the languages, the most likely first; None for any other."""
    for language in languages:
        known = sentences(language)
        if known and (said := known.understood(text)):
            return said, language
    return None


def slots_of(said: ParsedCommand) -> dict[str, str]:
    """Return what a sentence says beside its wish."""
    return {name: str(value) for name, value in asdict(said).items() if name != "wish" and value is not None}


async def async_hear(hass: HomeAssistant, gym: RunnerData, text: str, *, satellite: str | None) -> str | None:
    """Do what a runner said to a satellite that had just asked for something, and return what to say to that.

    It is None for what isn't understood, which leaves the prompt as it is, and where a routine is heard instead.
    """
    data = await async_sentences(hass)
    runners = async_runners(hass)
    names = [one.entry.title for one in runners]
    routines = [routine.id for one in runners for routine in one.runner.settings.routines]
    # The first look at a language takes longer than the rest of Home Assistant wants to wait.
    found = await hass.async_add_executor_job(
        understood,
        text,
        (primary(hass.config.language), *data),
        lambda language: Sentences(data[language], names, routines) if language in data else None,
    )
    if found is None:
        return None
    said, _ = found
    try:
        answer = await async_reply(
            hass,
            said.wish,
            {"runner": gym.entry.title} | slots_of(said),
            place=async_voice_location(hass, device_id=None, satellite_id=satellite),
            phrases=gym.phrases,
            context=None,
        )
    except AnswerError as error:
        return str(error)
    return answer or None
