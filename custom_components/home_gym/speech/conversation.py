"""What people say to a voice satellite, so that no line cuts them short.

Home Assistant gives up what a satellite hears when a line is announced on it, and some satellites stay deaf then.
"""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event

from ..ha.assist_satellite import AssistSatelliteState

IN_CONVERSATION = {AssistSatelliteState.LISTENING, AssistSatelliteState.PROCESSING, AssistSatelliteState.RESPONDING}
# Satellites wait no longer for the end of one.
SENTENCE = 15
# Who has more to say begins within it.
MOMENT = 0.5


def is_talked_to(hass: HomeAssistant, satellite: str) -> bool:
    """Tell whether a satellite shows that it listens, thinks or speaks."""
    state = hass.states.get(satellite)
    return state is not None and state.state in IN_CONVERSATION


class Conversation:
    """What is said to a satellite from now on.

    One that has just spoken shows that it is idle, also where somebody talks to it by then. So a sentence is over when
    it is being understood, or when no satellite would listen any longer.
    """

    def __init__(self, hass: HomeAssistant, satellite: str) -> None:
        """Choose a satellite."""
        self.has_begun = False
        self._hass = hass
        self._satellite = satellite
        self._changed = asyncio.Event()
        self._heard_until: float | None = None
        self._stop: CALLBACK_TYPE | None = None

    def __enter__(self) -> Self:
        """Follow it."""
        self._stop = async_track_state_change_event(self._hass, self._satellite, self._async_look)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Follow it no more."""
        if self._stop:
            self._stop()

    async def async_wait_for_sentence(self) -> None:
        """Wait until what somebody is saying is understood."""
        with suppress(TimeoutError):
            while self._heard_until is not None:
                await self._async_wait_for_change(until=self._heard_until)

    async def async_wait_for_end(self) -> None:
        """Wait until nobody talks to it, and nobody has begun anew in the moment after."""
        if not is_talked_to(self._hass, self._satellite):
            return
        self._note_state()
        with suppress(TimeoutError):
            while True:
                until = self._heard_until or self._hass.loop.time() + MOMENT
                await self._async_wait_for_change(until=None if is_talked_to(self._hass, self._satellite) else until)

    async def _async_wait_for_change(self, *, until: float | None) -> None:
        self._changed.clear()
        async with asyncio.timeout_at(until):
            await self._changed.wait()

    @callback
    def _async_look(self, _event: Event[EventStateChangedData]) -> None:
        self._note_state()
        self._changed.set()

    def _note_state(self) -> None:
        state = self._hass.states.get(self._satellite)
        if state and state.state == AssistSatelliteState.LISTENING:
            self.has_begun = True
            self._heard_until = self._hass.loop.time() + SENTENCE
        elif state and state.state == AssistSatelliteState.PROCESSING:
            self._heard_until = None
