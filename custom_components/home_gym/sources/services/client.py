"""Client of a service, as the watcher uses it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from ...gym.integrations.service_model import Listed, PlannedWorkout


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The owner of a key: id and name at the service, and the registration with it, None without any."""

    id: str
    name: str
    registered: datetime | None = None


class ServiceClient(Protocol):
    """Requests of one account; each raises ServiceError."""

    async def async_account(self) -> Account:
        """Return the owner of the key."""

    async def async_listed(self, oldest: date, newest: date) -> Sequence[Listed]:
        """Return the activities from one day to another, both included."""

    async def async_recording(self, activity: str) -> bytes | None:
        """Return the recording of an activity, None for one without any."""

    async def async_planned(self, first: date, last: date) -> Sequence[PlannedWorkout]:
        """Return the planned runs from one day to another, both included."""

    async def async_gear(self, oldest: date, newest: date) -> dict[str, str]:
        """Return the names of the pairs in use between two days, by their ids here."""

    def listed_since(self, now: datetime) -> datetime | None:
        """Return the start from which on the lists are whole; None if they are whole for all time."""
