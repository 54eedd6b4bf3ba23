"""A light as a countdown: it grows dim until the end of each hold and of each rest."""

from datetime import datetime
from math import ceil
from typing import Any

from homeassistant.const import ATTR_ENTITY_ID, SERVICE_TURN_ON, STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..deadline import Deadline
from ..ha.light import async_reproduce_state, can_change_slowly, can_dim

LIGHT = "light"
FULL = 255
DIM = 3
"""Brightness of the end of a hold, of 255: low, but on."""
STEPS = 10
"""Steps of a light that can't change slowly."""


class CountdownLight:
    """One light during one routine; in a pause and afterwards it is as it was before.

    A light that the runner switches off stays off until the routine ends.
    """

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        """Follow a routine with a light."""
        self._hass = hass
        self._entity_id = entity_id
        self._before: State | None = None
        self._ends: datetime | None = None
        self._span = 0.0
        self._is_lit = self._is_left = False
        self._next_step = Deadline(hass, self._async_dim)

    async def async_show(self, ends: datetime | None) -> None:
        """Count down to an instant; None stands for a pause."""
        if ends == self._ends:
            return
        self._ends = ends
        self._next_step.async_cancel()
        if ends is None:
            await self._async_restore()
            return
        light = self._async_light()
        if light is None:
            return
        self._before = self._before or light
        self._span = max(0.0, (ends - dt_util.utcnow()).total_seconds())
        brightness = self._brightness_before()
        if can_change_slowly(light):
            await self._async_turn_on(brightness)
            await self._async_turn_on(DIM, transition=ceil(self._span))
        else:
            await self._async_step(dt_util.utcnow())

    async def async_leave(self) -> None:
        """Return the light to its state before the routine."""
        self._next_step.async_cancel()
        await self._async_restore()

    @callback
    def _async_light(self) -> State | None:
        """Return the light's state, None for one that can't take part or that was switched off meanwhile."""
        light = self._hass.states.get(self._entity_id)
        if light is None or light.state not in {STATE_ON, STATE_OFF} or not can_dim(light):
            return None
        if self._is_lit and light.state == STATE_OFF:
            self._is_left = True
        return None if self._is_left else light

    def _brightness_before(self) -> int:
        """Return the brightness of a light that was on, and the full one for any other."""
        return (self._before and self._before.attributes.get("brightness")) or FULL

    async def _async_dim(self, now: datetime) -> None:
        """Take the next step of a light that changes at once; a light that fails stays as it is."""
        try:
            await self._async_step(now)
        except HomeAssistantError as error:
            LOGGER.warning("%s counts down no further: %s", self._entity_id, error)

    async def _async_step(self, now: datetime) -> None:
        light = self._async_light()
        if self._ends is None or light is None:
            return
        left = max(0.0, (self._ends - now).total_seconds())
        share = ceil(STEPS * left / self._span) / STEPS if self._span else 0
        brightness = max(DIM, round(self._brightness_before() * share))
        if brightness != light.attributes.get("brightness"):
            await self._async_turn_on(brightness)
        if left > 0:
            self._next_step.async_set_in(max(1.0, self._span / STEPS))

    async def _async_turn_on(self, brightness: int, **how: Any) -> None:
        where = {ATTR_ENTITY_ID: self._entity_id, "brightness": brightness}
        await self._hass.services.async_call(LIGHT, SERVICE_TURN_ON, where | how, blocking=True)
        self._is_lit = True

    async def _async_restore(self) -> None:
        before, self._before, self._is_lit = self._before, None, False
        light = self._hass.states.get(self._entity_id)
        if before is None or self._is_left or light is None or light.state == STATE_OFF:
            return
        await async_reproduce_state(self._hass, before)
