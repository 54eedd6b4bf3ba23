"""The treadmill's session on the lock screen of its runner's phones, where the runner wants it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_system import METRIC_SYSTEM

from ..const import CONF_SHOWS_TREADMILL, DOMAIN
from ..gym.speech.phrases import Phrases, line
from ..languages import formats_of
from ..speech.live_updates import LivePhone, LiveUpdate, async_end_live, async_show_live, live_phones
from ..words import distance
from .coordinator import TreadmillCoordinator
from .wise_distance import CHECKED_EVERY

ICON = "mdi:run"
KILOMETRE, MILE = 1000.0, 1609.344


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSession:
    """Session on the phones: its runner, its start, and the whole kilometres or miles so far."""

    runner: str
    start: datetime
    lengths: int


class SessionOnPhones:
    """Shows a session with its time, and pushes once a kilometre or mile where the belt reports a distance."""

    def __init__(self, hass: HomeAssistant, coordinator: TreadmillCoordinator, phrases: Phrases) -> None:
        """Show the sessions of a treadmill."""
        self._hass = hass
        self._coordinator = coordinator
        self._phrases = phrases
        self._tag = f"{DOMAIN}_treadmill_{coordinator.config_entry.entry_id}"
        self._shown: ShownSession | None = None
        self._phones: list[LivePhone] = []
        self._is_following = False

    @callback
    def async_start(self, on_unload: Callable[[CALLBACK_TYPE], None]) -> None:
        """Start, and register the end."""
        on_unload(self._coordinator.async_add_listener(self._async_update))
        # A run begins and ends within a session, without a change of the treadmill's view.
        on_unload(async_track_time_interval(self._hass, self._async_handle_time, CHECKED_EVERY))
        on_unload(self._hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._async_handle_stop))
        on_unload(self._async_end_later)

    async def _async_handle_time(self, _now: datetime) -> None:
        self._async_update()

    @callback
    def _async_update(self) -> None:
        if self._session() != self._shown and not self._is_following:
            self._is_following = True
            entry = self._coordinator.config_entry
            entry.async_create_background_task(
                self._hass, self._async_follow(), f"{entry.title}: session on phones", eager_start=False
            )

    def _session(self) -> ShownSession | None:
        """Return the session to show now, None without a run."""
        claim = self._coordinator.log.open
        if (
            claim is None
            or claim.runner is None
            or claim.runner not in self._coordinator.runners
            or not claim.is_run(dt_util.utcnow())
        ):
            return None
        shown = self._shown
        before = shown.lengths if shown and (shown.runner, shown.start) == (claim.runner, claim.start) else 0
        # A lost connection takes no distance back.
        lengths = max(before, int((self._metres() or 0) / self._length))
        return ShownSession(runner=claim.runner, start=claim.start, lengths=lengths)

    @property
    def _length(self) -> float:
        return KILOMETRE if self._hass.config.units is METRIC_SYSTEM else MILE

    def _metres(self) -> float | None:
        return self._coordinator.distance

    async def _async_follow(self) -> None:
        try:
            while (session := self._session()) != self._shown:
                before, self._shown = self._shown, session
                if before and (session is None or session.runner != before.runner):
                    await self._async_end()
                if session:
                    await self._async_show(session)
        finally:
            self._is_following = False

    async def _async_show(self, session: ShownSession) -> None:
        runner = self._hass.config_entries.async_get_entry(session.runner)
        is_first = not self._phones
        if is_first and runner:
            self._phones = list(live_phones(self._hass, runner, CONF_SHOWS_TREADMILL, default=False))
        phrases, title = self._phrases, self._coordinator.config_entry.title
        so_far = ""
        if session.lengths:
            formats = formats_of(self._hass, phrases)
            spoken = distance(phrases, formats, session.lengths * self._length, self._hass.config.units)
            so_far = line(phrases, "live.distance", distance=spoken)
        update = LiveUpdate(title=title, message=so_far or line(phrases, "live.run"), icon=ICON, since=session.start)
        for phone in self._phones:
            if phone.is_live or is_first:
                await async_show_live(self._hass, phone, self._tag, update)

    async def _async_end(self) -> None:
        phones, self._phones = self._phones, []
        for phone in phones:
            await async_end_live(self._hass, phone, self._tag)

    async def _async_handle_stop(self, _event: Event) -> None:
        await self._async_end()

    @callback
    def _async_end_later(self) -> None:
        """End the live update as the treadmill is unloaded, which cancels its background tasks."""
        self._hass.async_create_task(self._async_end(), f"{self._coordinator.config_entry.title}: session off phones")
