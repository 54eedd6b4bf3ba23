"""The first line of a speaker, spoken in set-up and by its button."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..data import RunnerData
from ..gym.speech.phrases import line
from ..speech import Line, async_perform


async def async_say_hello(hass: HomeAssistant, gym: RunnerData, speaker: Mapping[str, Any]) -> None:
    """Greet a runner on a speaker; raises HomeAssistantError."""
    text = line(gym.phrases, "speaker.hello", runner=gym.entry.title)
    is_night = gym.runner.silence.is_night(dt_util.utcnow())
    await async_perform(hass, speaker, Line(title=line(gym.phrases, "prompt.title"), text=text, is_night=is_night))
