"""Conversations with a voice satellite, so that no line interrupts the user.

An announcement makes Home Assistant drop the user's sentence, and some satellites stay deaf afterwards.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import Self

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util

from ..ha.assist_satellite import AssistSatelliteState

IN_CONVERSATION = {AssistSatelliteState.LISTENING, AssistSatelliteState.PROCESSING, AssistSatelliteState.RESPONDING}
# Longest sentence in seconds that a satellite waits for.
SENTENCE = 15
# Seconds in which a user with more to say begins again.
MOMENT = 0.5
# A reply longer than this is over: some satellites stay in that state for hours, and still speak
# (https://github.com/home-assistant/core/issues/142363).
LONGEST_REPLY = timedelta(minutes=1)


def is_talked_to(hass: HomeAssistant, satellite: str) -> bool:
    """Return whether a satellite is listening, processing or speaking."""
    state = hass.states.get(satellite)
    if state is None or state.state not in IN_CONVERSATION:
        return False
    is_stuck = dt_util.utcnow() - state.last_changed > LONGEST_REPLY
    return not (is_stuck and state.state == AssistSatelliteState.RESPONDING)


class Conversation:
    """The conversation on a satellite from now on.

    A satellite that has just spoken reports idle, even if the user is already speaking to it. So a sentence is over
    when it is being processed, or after the longest time that a satellite listens.
    """

    def __init__(self, hass: HomeAssistant, satellite: str) -> None:
        """Take a satellite."""
        self.has_begun = False
        self._hass = hass
        self._satellite = satellite
        self._changed = asyncio.Event()
        self._heard_until: float | None = None
        self._stop: CALLBACK_TYPE | None = None

    def __enter__(self) -> Self:
        """Follow the satellite's state."""
        self._stop = async_track_state_change_event(self._hass, self._satellite, self._async_handle_state)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop following."""
        if self._stop:
            self._stop()

    async def async_wait_for_sentence(self) -> None:
        """Wait until the current sentence is processed."""
        with suppress(TimeoutError):
            while self._heard_until is not None:
                await self._async_wait_for_change(until=self._heard_until)

    async def async_wait_for_end(self) -> None:
        """Wait until the conversation ends, without another start in the moment after."""
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
    def _async_handle_state(self, _event: Event[EventStateChangedData]) -> None:
        self._note_state()
        self._changed.set()

    def _note_state(self) -> None:
        state = self._hass.states.get(self._satellite)
        if state and state.state == AssistSatelliteState.LISTENING:
            self.has_begun = True
            self._heard_until = self._hass.loop.time() + SENTENCE
        elif state and state.state == AssistSatelliteState.PROCESSING:
            self._heard_until = None
