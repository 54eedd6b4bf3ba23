"""Lines of the coach during a run on a treadmill, in earshot of the runner."""

from datetime import datetime

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..const import LOGGER
from ..data import RunnerData
from ..speech import async_perform, coach_line
from .coordinator import TreadmillCoordinator


def data_of_runner(coordinator: TreadmillCoordinator, runner: str) -> RunnerData | None:
    """Return the runtime data of a treadmill's runner, None while it is not loaded."""
    loaded = coordinator.treadmill_runners.runner(runner)
    gym: RunnerData | None = loaded.config_entry.runtime_data if loaded else None
    return gym


async def async_say_during_run(hass: HomeAssistant, gym: RunnerData, text: str, now: datetime) -> None:
    """Say a line, unless the coach is silent; a failed line is not repeated."""
    silence = gym.runner.silence
    if silence.is_voice_off or silence.is_guiding or silence.may_speak_from(now) > now or not gym.coordinator.home:
        return
    channels = gym.runner.settings.prompts.attempts_on(gym.coordinator.heard, None)
    if not channels:
        return
    try:
        await async_perform(hass, gym.entry.subentries[channels[0]].data, coach_line(gym.runner, gym.phrases, text))
    except HomeAssistantError as error:
        LOGGER.warning("%s didn't hear the coach on the treadmill: %s", gym.entry.title, error)
