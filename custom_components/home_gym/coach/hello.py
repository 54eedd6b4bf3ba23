"""The first line of a speaker, spoken in set-up and by its button."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant

from ..data import RunnerData
from ..gym.speech.phrases import line
from ..speech import async_perform, coach_line


async def async_say_hello(hass: HomeAssistant, gym: RunnerData, speaker: Mapping[str, Any]) -> None:
    """Greet a runner on a speaker; raises HomeAssistantError."""
    text = line(gym.phrases, "speaker.hello", runner=gym.entry.title)
    await async_perform(hass, speaker, coach_line(gym.runner, gym.phrases, text))
