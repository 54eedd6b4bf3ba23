"""Words about the cadence during a run, where a treadmill reports it and its entry wants them."""

from collections.abc import Callable
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..const import CONF_CADENCE_WORDS
from ..gym.speech.phrases import line
from ..gym.treadmill.cadence_watch import CadenceWatch
from .coach_voice import async_say_during_run, data_of_runner
from .coordinator import TreadmillCoordinator
from .wise_distance import CHECKED_EVERY


class CadenceNotice:
    """Compares the cadence of the current run with the band of its runner."""

    def __init__(self, hass: HomeAssistant, coordinator: TreadmillCoordinator) -> None:
        """Watch a treadmill."""
        self._hass = hass
        self._coordinator = coordinator
        self._watch = CadenceWatch()

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> None:
        """Start if words are wanted, and register the end."""
        if self._coordinator.config_entry.data.get(CONF_CADENCE_WORDS):
            on_unload(async_track_time_interval(self._hass, self._async_check, CHECKED_EVERY))

    async def _async_check(self, now: datetime) -> None:
        claim, live = self._coordinator.log.open, self._coordinator.live
        if claim is None or claim.runner is None or not claim.is_run(now) or claim.runs_until is not None:
            return
        self._watch.note(live.cadence if live else None, now)
        gym = data_of_runner(self._coordinator, claim.runner)
        if gym is None:
            return
        band = gym.runner.band
        verdict = self._watch.word(claim.start, band, now)
        if verdict is None:
            return
        text = line(
            gym.phrases,
            f"cadence.{verdict}",
            turn=dt_util.as_local(now).minute,
            cadence=round(self._watch.mean or 0),
            low=round(band.low),
            high=round(band.high),
        )
        await async_say_during_run(self._hass, gym, text, now)
