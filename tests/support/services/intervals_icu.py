"""A server that answers as intervals.icu does, with faults to order."""

import asyncio
from base64 import b64decode
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

KEY = "2n5k9x7q1w"
ATHLETE = "i424242"
PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>"


def row(own_id: str, start: datetime, **fields: Any) -> dict[str, Any]:
    """Return an activity of a list, in UTC two hours behind the place of the run."""
    return {
        "id": own_id,
        "type": "Run",
        "name": "Morning Run",
        "start_date": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "start_date_local": (start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S"),
        "source": "GARMIN_CONNECT",
        "gear": None,
        "file_type": "fit",
        "distance": 8012.3,
        "moving_time": 2700,
        "elapsed_time": 2760,
        "average_cadence": 84.5,
        "average_heartrate": 148,
        "max_heartrate": 171,
        "average_watts": None,
        "total_elevation_gain": 61.0,
        "icu_rpe": None,
        "feel": None,
        "trainer": False,
        "device_name": "Garmin Forerunner 965",
        **fields,
    }


def stub(own_id: str, start: datetime) -> dict[str, Any]:
    """Return an activity that came by Strava, as the service may show it."""
    return {
        "id": own_id,
        "start_date_local": (start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S"),
        "source": "STRAVA",
        "_note": "STRAVA activities are not available via the API",
    }


def workout(name: str, start: str, **fields: Any) -> dict[str, Any]:
    """Return a planned workout, at a local time."""
    return {"id": 1, "category": "WORKOUT", "type": "Run", "name": name, "start_date_local": start, **fields}


@dataclass(slots=True)
class IntervalsIcuServer:
    """The service's part of one athlete.

    `files` and `fit_files` are recordings by activity; `faults` are statuses by the end of a path, `page` answers with
    a web page in place of everything, `slow` is the time in seconds before each answer. `asked` counts the requests by
    path.
    """

    activities: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    fit_files: dict[str, bytes] = field(default_factory=dict)
    key: str = KEY
    athlete: str = ATHLETE
    faults: dict[str, int] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    page: bool = False
    slow: float = 0
    asked: Counter[str] = field(default_factory=Counter)

    def application(self) -> web.Application:
        """Return the server's application, with the paths below `/api/v1`."""
        application = web.Application(middlewares=[self._gate])
        below = "/api/v1"
        application.router.add_get(f"{below}/athlete/0", self._athlete)
        application.router.add_get(f"{below}/athlete/0/activities", self._activities)
        application.router.add_get(f"{below}/athlete/0/events", self._events)
        application.router.add_get(f"{below}/activity/{{id}}/file", self._file)
        application.router.add_get(f"{below}/activity/{{id}}/fit-file", self._fit_file)
        return application

    @web.middleware
    async def _gate(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.asked[request.path.removeprefix("/api/v1")] += 1
        await asyncio.sleep(self.slow)
        if self.page:
            return web.Response(text=PAGE, content_type="text/html")
        for end, status in self.faults.items():
            if request.path.endswith(end):
                return web.Response(status=status, text="no", headers=self.headers)
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic" or b64decode(secret).decode() != f"API_KEY:{self.key}":
            return web.Response(status=401, text="Unauthorized")
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _athlete(self, _request: web.Request) -> web.Response:
        return web.json_response({"id": self.athlete, "name": "Alex Runner", "timezone": "Europe/Berlin"})

    async def _activities(self, request: web.Request) -> web.Response:
        oldest, newest = request.query["oldest"], request.query["newest"]
        fields = request.query["fields"].split(",")
        found = [each for each in self.activities if oldest <= each["start_date_local"][:10] <= newest]
        found.sort(key=lambda each: str(each["start_date_local"]), reverse=True)
        return web.json_response(
            [{name: value for name, value in each.items() if name in fields or name == "_note"} for each in found]
        )

    async def _events(self, request: web.Request) -> web.Response:
        oldest, newest = request.query["oldest"], request.query["newest"]
        return web.json_response([each for each in self.events if oldest <= each["start_date_local"][:10] <= newest])

    async def _file(self, request: web.Request) -> web.Response:
        return self._recording(self.files, request)

    async def _fit_file(self, request: web.Request) -> web.Response:
        return self._recording(self.fit_files, request)

    def _recording(self, files: Mapping[str, bytes], request: web.Request) -> web.Response:
        content = files.get(request.match_info["id"])
        if content is None:
            return web.Response(status=404, text="Not found")
        return web.Response(body=content, content_type="application/octet-stream")
