"""Client of intervals.icu.

Its documentation asks for HTTP basic authentication, with `API_KEY` as the user and the key as the password; the
athlete `0` is the owner of the key.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ....const import CONF_KEY
from ....gym.integrations import intervals_icu
from ....gym.integrations.service_model import Listed, PlannedWorkout
from ..client import Account
from ..http import Server, basic
from ..recordings import async_first_recording

BASE_URL = "https://intervals.icu/api/v1"
USER = "API_KEY"


class IntervalsIcu:
    """One athlete's account."""

    def __init__(self, hass: HomeAssistant, data: Mapping[str, Any]) -> None:
        """Use the key of a source."""
        self._server = Server(hass, BASE_URL, basic(USER, data[CONF_KEY]))

    async def async_account(self) -> Account:
        """Return the owner of the key; raises ServiceError."""
        own_id, name = await self._server.async_read("/athlete/0", None, intervals_icu.account_of)
        return Account(id=own_id, name=name)

    async def async_listed(self, oldest: date, newest: date) -> Sequence[Listed]:
        """Return the activities from one day to another; raises ServiceError."""
        return await self._async_activities(
            oldest, newest, partial(intervals_icu.listed, zone=dt_util.get_default_time_zone())
        )

    async def async_recording(self, activity: str) -> bytes | None:
        """Return the original recording, or else one that the service makes, or None; raises ServiceError."""
        paths = [f"/activity/{activity}/{path}" for path in ("file", "fit-file")]
        return await async_first_recording(self._server, paths, self.async_account)

    async def async_planned(self, first: date, last: date) -> Sequence[PlannedWorkout]:
        """Return the planned runs from one day to another; raises ServiceError."""
        period = {"oldest": first.isoformat(), "newest": last.isoformat()}
        read = partial(intervals_icu.planned, zone=dt_util.get_default_time_zone())
        return await self._server.async_read("/athlete/0/events", period, read)

    async def async_gear(self, oldest: date, newest: date) -> dict[str, str]:
        """Return the names of the pairs in use between two days; raises ServiceError."""
        return await self._async_activities(oldest, newest, intervals_icu.gear)

    def listed_since(self, now: datetime) -> datetime | None:  # noqa: ARG002
        """Return None: the service lists all years."""
        return None

    async def _async_activities[T](self, oldest: date, newest: date, read: Callable[[Any], T]) -> T:
        parameters = {
            "oldest": oldest.isoformat(),
            "newest": newest.isoformat(),
            "fields": ",".join(intervals_icu.FIELDS),
        }
        return await self._server.async_read("/athlete/0/activities", parameters, read)
