"""Services of the internet as cases of the same tests: the server, the data of a source, and the shapes of each."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any, Protocol

from aiohttp import web

from custom_components.home_gym.sources.services.intervals_icu import client as intervals_icu_client
from custom_components.home_gym.sources.services.polar_accesslink import client as polar_client

from . import intervals_icu, polar_accesslink


class FaultyServer(Protocol):
    """A server with faults to order."""

    faults: dict[str, int]
    page: bool
    slow: float
    asked: Counter[str]

    def application(self) -> web.Application:
        """Return the server's application."""


class ServiceCase(Protocol):
    """A service with its server; `list_path` is asked in each look, `secret` stands in no log."""

    name: str
    below: str
    list_path: str
    secret: str
    client: ModuleType
    server: FaultyServer

    def data(self) -> dict[str, Any]:
        """Return the data of a source, added an hour ago."""

    def add(self, own_id: str, start: datetime, content: bytes | None = None, **fields: Any) -> None:
        """Add an activity of 8,012.3 metres, with a recording or without."""

    def remove(self, own_id: str) -> None:
        """Remove an activity."""

    def fail_recording(self, own_id: str, status: int) -> None:
        """Answer with a status to each request for the recording of an activity."""


def _added() -> dict[str, Any]:
    return {"since": (datetime.now(UTC) - timedelta(hours=1)).isoformat(), "gear": {}}


class IntervalsIcuCase:
    """intervals.icu."""

    name, below, list_path = "intervals.icu", "/api/v1", "/athlete/0/activities"
    secret, client = intervals_icu.KEY, intervals_icu_client

    def __init__(self) -> None:
        """Begin without activities."""
        self.server = intervals_icu.IntervalsIcuServer()

    def data(self) -> dict[str, Any]:
        """Return the data of a source."""
        stored = {"online": "intervals_icu", "key": intervals_icu.KEY, "account": intervals_icu.ATHLETE}
        return {**_added(), **stored, "planned": False}

    def add(self, own_id: str, start: datetime, content: bytes | None = None, **fields: Any) -> None:
        """Add an activity."""
        self.server.activities.append(intervals_icu.row(own_id, start, **fields))
        if content is not None:
            self.server.files[own_id] = content

    def remove(self, own_id: str) -> None:
        """Remove an activity."""
        self.server.activities = [each for each in self.server.activities if each["id"] != own_id]

    def fail_recording(self, own_id: str, status: int) -> None:
        """Fail both kinds of recordings."""
        self.server.faults |= {f"/{own_id}/file": status, f"/{own_id}/fit-file": status}


class PolarCase:
    """Polar AccessLink."""

    name, below, list_path = "Polar", "/v3", "/exercises"
    secret, client = polar_accesslink.TOKEN, polar_client

    def __init__(self) -> None:
        """Begin without exercises."""
        self.server = polar_accesslink.PolarServer()

    def data(self) -> dict[str, Any]:
        """Return the data of a source."""
        return {
            **_added(),
            "online": "polar_accesslink",
            "account": str(polar_accesslink.USER),
            "auth_implementation": "home_gym_application",
            "token": {"access_token": polar_accesslink.TOKEN, "x_user_id": polar_accesslink.USER},
            "registered": "2026-01-14T12:50:37+00:00",
        }

    def add(self, own_id: str, start: datetime, content: bytes | None = None, **fields: Any) -> None:
        """Add an exercise."""
        self.server.exercises.append(polar_accesslink.exercise(own_id, start, **fields))
        if content is not None:
            self.server.files[f"{own_id}/fit"] = content

    def remove(self, own_id: str) -> None:
        """Remove an exercise."""
        self.server.exercises = [each for each in self.server.exercises if each["id"] != own_id]

    def fail_recording(self, own_id: str, status: int) -> None:
        """Fail every format."""
        self.server.faults |= {f"/{own_id}/{form}": status for form in ("fit", "tcx", "gpx")}
