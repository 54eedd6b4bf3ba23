"""Notice of the wise distance: spoken once when the belt passes it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..data import RunnerData
from ..gym.events import WiseDistancePassed
from ..gym.speech.phrases import line
from ..gym.treadmill.activities import run_span
from ..gym.treadmill.log import OpenClaim
from ..gym.treadmill.speed_model import SpeedModel
from ..languages import formats_of
from ..words import distance
from .coach_voice import async_say_during_run, data_of_runner
from .coordinator import TreadmillCoordinator

# A plug reports too seldom for a distance; ten seconds of a run are some thirty metres.
CHECKED_EVERY = timedelta(seconds=10)


class WiseDistanceNotice:
    """Compares the distance of the current run with the wise distance of its runner."""

    def __init__(self, hass: HomeAssistant, coordinator: TreadmillCoordinator) -> None:
        """Watch a treadmill."""
        self._hass = hass
        self._coordinator = coordinator
        # The start of the latest run with a notice.
        self._noticed: datetime | None = None
        # The speed learnt of the current run's runner, by the start of the run.
        self._speed: tuple[datetime, SpeedModel | None] | None = None

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> None:
        """Start, and register the end."""
        on_unload(async_track_time_interval(self._hass, self._async_check, CHECKED_EVERY))

    async def _async_check(self, now: datetime) -> None:
        claim = self._coordinator.log.open
        if claim is None or claim.runner is None or claim.start == self._noticed or not claim.is_run(now):
            return
        gym = data_of_runner(self._coordinator, claim.runner)
        wise = gym.coordinator.data.wise if gym else None
        if gym is None or wise is None or not wise.distance:
            return
        run = await self._async_distance(claim, now)
        if run is None or run < wise.distance:
            return
        self._noticed = claim.start
        gym.coordinator.async_fire(WiseDistancePassed(distance=run, wise=wise))
        await self._async_say(gym, wise.distance, now)

    async def _async_distance(self, claim: OpenClaim, now: datetime) -> float | None:
        """Return the distance of the current run: the treadmill's own, or by the learnt speed."""
        if (counted := self._coordinator.distance) is not None:
            return counted
        session = self._coordinator.belt.closed_at(now)
        if session is None or claim.runner is None:
            return None
        if self._speed is None or self._speed[0] != claim.start:
            speed_of = self._coordinator.log.speed_of
            self._speed = claim.start, await self._hass.async_add_executor_job(speed_of, claim.runner, now)
        span, model = run_span(session), self._speed[1]
        return model.distance(session, *span).metres if model and span else None

    async def _async_say(self, gym: RunnerData, metres: float, now: datetime) -> None:
        phrases = gym.phrases
        spoken = distance(phrases, formats_of(self._hass, phrases), metres, self._hass.config.units)
        text = line(phrases, "wise.passed", turn=dt_util.as_local(now).day, distance=spoken)
        await async_say_during_run(self._hass, gym, text, now)
