"""The one timer of a component: it calls an action at the next deadline."""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_point_in_utc_time


class Deadline:
    """A timer with one deadline at a time; setting another one replaces it."""

    def __init__(self, hass: HomeAssistant, action: Callable[[datetime], Coroutine[Any, Any, None] | None]) -> None:
        """Call an action, a callback or a coroutine function, with the instant of the call."""
        self._hass = hass
        self._job = HassJob(action, "deadline", cancel_on_shutdown=True)
        self._cancel: CALLBACK_TYPE | None = None

    @property
    def is_set(self) -> bool:
        """Whether a deadline was set and not cancelled since."""
        return self._cancel is not None

    @callback
    def async_set(self, instant: datetime | None) -> None:
        """Call the action at an instant by the wall clock, at once for a past one; never for None."""
        self.async_cancel()
        if instant is not None:
            self._cancel = async_track_point_in_utc_time(self._hass, self._job, instant)

    @callback
    def async_set_in(self, delay: timedelta | float) -> None:
        """Call the action after a delay, in seconds unless a timedelta, regardless of changes of the wall clock."""
        self.async_cancel()
        self._cancel = async_call_later(self._hass, delay, self._job)

    @callback
    def async_cancel(self) -> None:
        """Cancel the deadline, if one is set."""
        if self._cancel:
            self._cancel()
            self._cancel = None
