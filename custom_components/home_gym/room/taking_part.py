"""The part of the room in a runner's routines: the lights and screens near the speaker that guides."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event as BusEvent, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..component import OnUnload
from ..const import LOGGER
from ..data import RunnerData
from ..entity_references import entity_id_of
from ..gym.routines.player import PlayerState
from ..options.room import LIGHTS, PAGE, SCREENS
from ..routines.speakers import loudspeaker_of
from ..speech.rooms import area_of, areas_of
from .lights import CountdownLight
from .screens import Screen, screen_of


class Participant(Protocol):
    """A light or a screen during one routine."""

    async def async_show(self, ends: datetime | None) -> None:
        """Show the present hold or rest by its end, None for a pause; raises HomeAssistantError."""

    async def async_leave(self) -> None:
        """Return to the state before the routine; raises HomeAssistantError."""


class RoutineScreen:
    """A screen that shows the page of the routine from its start to its end, also in pauses."""

    def __init__(self, screen: Screen, page: str) -> None:
        """Follow a routine on a screen."""
        self._screen = screen
        self._page = page
        self._is_shown = False

    async def async_show(self, _ends: datetime | None) -> None:
        """Show the page, once."""
        if not self._is_shown:
            self._is_shown = True
            await self._screen.async_show(self._page)

    async def async_leave(self) -> None:
        """Go back, if the page was shown."""
        if self._is_shown:
            await self._screen.async_leave()


class RoutineRoom:
    """The room of a runner's routines: it takes part from the first step that runs until the end.

    A light or screen in another area than the speaker that guides stays out of it; one without an area takes part
    everywhere.
    """

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Let the room of a runner take part."""
        self._hass = hass
        self._gym = gym
        self._participants: list[Participant] = []
        self._is_taking_part = self._is_following = self._is_changed = False

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.routines.async_listen(self._async_handle_change))
        on_unload(self._hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._async_handle_stop))
        on_unload(self._async_leave)

    @callback
    def _async_handle_change(self) -> None:
        self._is_changed = True
        if not self._is_following:
            self._is_following = True
            entry = self._gym.entry
            entry.async_create_background_task(
                self._hass, self._async_follow(), f"{entry.title}: room of the routine", eager_start=False
            )

    async def _async_handle_stop(self, _event: BusEvent) -> None:
        await self._async_leave()

    async def _async_follow(self) -> None:
        """Show the present state, and the one after it if it changed meanwhile."""
        try:
            while self._is_changed:
                self._is_changed = False
                await self._async_take_part()
        finally:
            self._is_following = False

    async def _async_take_part(self) -> None:
        player = self._gym.routines.player
        if player is None or player.state is PlayerState.IDLE:
            await self._async_leave()
            return
        if not self._is_taking_part and player.state is PlayerState.RUNNING:
            self._is_taking_part = True
            self._participants = [*self._lights(), *self._screens()]
        for participant in tuple(self._participants):
            try:
                await participant.async_show(player.ends)
            except HomeAssistantError as error:
                LOGGER.warning("The room takes no further part in the routine of %s: %s", self._gym.entry.title, error)
                self._participants.remove(participant)

    async def _async_leave(self) -> None:
        participants, self._participants = self._participants, []
        self._is_taking_part = False
        for participant in participants:
            try:
                await participant.async_leave()
            except HomeAssistantError as error:
                LOGGER.warning("The room of %s isn't as before the routine: %s", self._gym.entry.title, error)

    def _lights(self) -> Iterator[Participant]:
        for reference in self._gym.entry.options.get(LIGHTS.key, ()):
            entity_id = entity_id_of(self._hass, reference)
            if entity_id and self._is_near(area_of(self._hass, entity_id)):
                yield CountdownLight(self._hass, entity_id)

    def _screens(self) -> Iterator[Participant]:
        page = self._gym.entry.options.get(PAGE.key, "").strip("/")
        for device_id in self._gym.entry.options.get(SCREENS.key, ()):
            screen = screen_of(self._hass, device_id)
            device = dr.async_get(self._hass).async_get(device_id)
            if not (page and screen and device) or device_id == self._guide():
                continue
            if self._is_near(dr.async_get_effective_area_id(self._hass, device)):
                yield RoutineScreen(screen, page)

    def _guide(self) -> str | None:
        """Return the device that speaks the routine: on a display, each line would take the page away."""
        speaker = self._gym.routines.speaker
        entity_id = loudspeaker_of(self._hass, speaker) if speaker else None
        entity = er.async_get(self._hass).async_get(entity_id) if entity_id else None
        return entity.device_id if entity else None

    def _is_near(self, area: str | None) -> bool:
        """Return whether an area may be that of the speaker that guides; an unknown area may."""
        speaker = self._gym.routines.speaker
        areas = set(areas_of(self._hass, speaker)) if speaker else set()
        return area is None or not areas or area in areas
