"""The daily care of a runner's file: a copy of the day, pruning, and the end of outlived files."""

from datetime import datetime, timedelta

from homeassistant.const import EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers.event import async_track_time_interval

from .component import OnUnload
from .coordinator import HomeGymCoordinator

# Often enough that each day has a copy, whatever the hour of the start.
EVERY = timedelta(hours=6)


class JournalCare:
    """Looks after a runner's file from the start on, and closes it when Home Assistant ends."""

    def __init__(self, hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
        """Look after a runner's file."""
        self._hass = hass
        self._coordinator = coordinator

    def async_start(self, on_unload: OnUnload) -> None:
        """Look after the file now and every few hours."""
        entry, store = self._coordinator.config_entry, self._coordinator.store

        async def look_after(_now: datetime | None = None) -> None:
            await store.async_look_after()

        async def close(_event: Event) -> None:
            await store.async_close()

        entry.async_create_background_task(self._hass, look_after(), f"{entry.title}: care of the journal")
        on_unload(async_track_time_interval(self._hass, look_after, EVERY, cancel_on_shutdown=True))
        on_unload(self._hass.bus.async_listen(EVENT_HOMEASSISTANT_CLOSE, close))
