"""Client of Polar AccessLink.

Its documentation asks for a token of OAuth 2, and for a registration of the user with the application before anything
else. Its list has the exercises that were uploaded in the last 30 days and after the registration.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ....const import CONF_ACCOUNT, CONF_REGISTERED, CONF_TOKEN
from ....gym.integrations import polar_accesslink
from ....gym.integrations.service_model import Listed, PlannedWorkout
from ..client import Account
from ..http import Server, bearer
from ..recordings import async_first_recording

BASE_URL = "https://www.polaraccesslink.com/v3"
ACCESS_TOKEN = "access_token"  # noqa: S105, the key, not the token
FORMATS = ("fit", "tcx", "gpx")
"""Recordings, the one with the most figures first."""


class PolarAccessLink:
    """One user's account."""

    def __init__(self, hass: HomeAssistant, data: Mapping[str, Any]) -> None:
        """Use the token of a source."""
        self._server = Server(hass, BASE_URL, bearer(str(data[CONF_TOKEN][ACCESS_TOKEN])))
        self._user = data[CONF_ACCOUNT]
        registered = data.get(CONF_REGISTERED)
        self._registered = datetime.fromisoformat(registered) if registered else None

    async def async_register(self) -> None:
        """Register the user with the application; changes nothing for a registered one; raises ServiceError."""
        body = {"member-id": f"home-gym-{self._user}"}
        await self._server.async_post("/users", body, accepted=(HTTPStatus.CONFLICT,))

    async def async_account(self) -> Account:
        """Return the user; raises ServiceError."""
        path = f"/users/{self._user}"
        own_id, name, registered = await self._server.async_read(path, None, polar_accesslink.account_of)
        return Account(id=own_id, name=name, registered=registered)

    async def async_listed(self, oldest: date, newest: date) -> Sequence[Listed]:  # noqa: ARG002
        """Return all exercises that the service lists, since it takes no days; raises ServiceError."""
        return await self._server.async_read("/exercises", None, polar_accesslink.listed)

    async def async_recording(self, activity: str) -> bytes | None:
        """Return the recording of an exercise in the best format, or None; raises ServiceError."""
        paths = [f"/exercises/{activity}/{form}" for form in FORMATS]
        return await async_first_recording(self._server, paths, self.async_account)

    async def async_planned(self, first: date, last: date) -> Sequence[PlannedWorkout]:  # noqa: ARG002
        """Return no planned runs: the service has none."""
        return ()

    async def async_gear(self, oldest: date, newest: date) -> dict[str, str]:  # noqa: ARG002
        """Return no pairs: the service has none."""
        return {}

    def listed_since(self, now: datetime) -> datetime | None:
        """Return the start from which on the list is whole."""
        # An exercise is uploaded after its start, so those that began later are still in the list.
        kept = now - polar_accesslink.LISTED_FOR + timedelta(days=1)
        return max(kept, dt_util.as_utc(self._registered)) if self._registered else kept
