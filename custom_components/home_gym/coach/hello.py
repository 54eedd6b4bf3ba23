"""The first line of a speaker, spoken in set-up and by its button."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..data import RunnerData
from ..gym.speech.phrases import line
from ..languages import async_phrases
from ..speech import async_perform
from ..speech.line import Line


async def async_say_hello(hass: HomeAssistant, gym: RunnerData, speaker: Mapping[str, Any]) -> None:
    """Greet a runner on a speaker; raises HomeAssistantError."""
    is_night = gym.runner.silence.is_night(dt_util.utcnow())
    await async_greet(hass, gym.entry.title, speaker, is_night=is_night)


async def async_greet(hass: HomeAssistant, runner: str, speaker: Mapping[str, Any], *, is_night: bool = False) -> None:
    """Greet a runner by name on a speaker; raises HomeAssistantError."""
    phrases = await async_phrases(hass, hass.config.language)
    text = line(phrases, "speaker.hello", runner=runner)
    await async_perform(hass, speaker, Line(title=line(phrases, "prompt.title"), text=text, is_night=is_night))
