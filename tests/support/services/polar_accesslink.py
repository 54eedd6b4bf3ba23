"""A server that answers as Polar AccessLink does, sign-in included, with faults to order."""

import asyncio
from base64 import b64decode
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from aiohttp import web

USER = 475
TOKEN = "f2c1a9d47b6e5508"
CODE = "c2f0aa"
CLIENT_ID, CLIENT_SECRET = "57a715f8-b7e8-11e7-abc4-cec278b6b50a", "62c54f4a-b7e8-11e7-abc4-cec278b6b50a"
PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>"
OFFSET = 120


def exercise(own_id: str, start: datetime, **fields: Any) -> dict[str, Any]:
    """Return an exercise of the list, in UTC two hours behind the place of the run."""
    return {
        "id": own_id,
        "upload_time": (start + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "polar_user": f"https://www.polaraccesslink/v3/users/{USER}",
        "device": "Polar Vantage V3",
        "device_id": "1111AAAA",
        "start_time": (start + timedelta(minutes=OFFSET)).strftime("%Y-%m-%dT%H:%M:%S"),
        "start_time_utc_offset": OFFSET,
        "duration": "PT45M",
        "calories": 530,
        "distance": 8012.3,
        "heart_rate": {"average": 148, "maximum": 171},
        "training_load": 143.22,
        "sport": "RUNNING",
        "has_route": True,
        "detailed_sport_info": "RUNNING",
        "fat_percentage": 60,
        "carbohydrate_percentage": 38,
        "protein_percentage": 2,
        "running-index": 51,
        "training_load_pro": {"date": start.strftime("%Y-%m-%d"), "cardio-load": 92.1, "user-rpe": "UNKNOWN"},
        **fields,
    }


@dataclass(slots=True)
class PolarServer:
    """The service's part of one user.

    `files` are recordings by exercise and format ("a1/fit"); `faults` are statuses by the end of a path, `page` answers
    with a web page in place of everything, `slow` is the time in seconds before each answer. `asked` counts the
    requests by path, `members` are the ids of the users registered, by their ids at the application.
    """

    exercises: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    token: str = TOKEN
    user: int = USER
    registered: str = "2026-01-14T12:50:37.000Z"
    faults: dict[str, int] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    page: bool = False
    slow: float = 0
    asked: Counter[str] = field(default_factory=Counter)
    members: dict[str, int] = field(default_factory=dict)
    answer: dict[str, Any] | None = None

    def application(self) -> web.Application:
        """Return the server's application, with the paths below `/v3` and the sign-in."""
        application = web.Application(middlewares=[self._gate])
        application.router.add_post("/v2/oauth2/token", self._token)
        application.router.add_post("/v3/users", self._register)
        application.router.add_get("/v3/users/{id}", self._user)
        application.router.add_get("/v3/exercises", self._exercises)
        application.router.add_get("/v3/exercises/{id}/{form:fit|tcx|gpx}", self._file)
        return application

    @web.middleware
    async def _gate(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.asked[request.path.removeprefix("/v3")] += 1
        await asyncio.sleep(self.slow)
        if self.page:
            return web.Response(text=PAGE, content_type="text/html")
        for end, status in self.faults.items():
            if request.path.endswith(end):
                return web.Response(status=status, text="no", headers=self.headers)
        if request.path.startswith("/v3") and request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401, text="Unauthorized")
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _token(self, request: web.Request) -> web.Response:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        form = await request.post()
        if scheme != "Basic" or b64decode(secret).decode() != f"{CLIENT_ID}:{CLIENT_SECRET}":
            return web.json_response({"error": "invalid_client"}, status=401)
        if form["grant_type"] != "authorization_code" or form["code"] != CODE or not form["redirect_uri"]:
            return web.json_response({"error": "invalid_grant"}, status=400)
        issued = {"access_token": self.token, "token_type": "bearer", "expires_in": 31535999, "x_user_id": self.user}
        return web.json_response(issued if self.answer is None else self.answer)

    async def _register(self, request: web.Request) -> web.Response:
        member = (await request.json())["member-id"]
        if member in self.members or self.user in self.members.values():
            return web.Response(status=HTTPStatus.CONFLICT)
        self.members[member] = self.user
        return web.json_response(self._described())

    async def _user(self, request: web.Request) -> web.Response:
        if request.match_info["id"] != str(self.user):
            return web.Response(status=HTTPStatus.NO_CONTENT)
        return web.json_response(self._described())

    def _described(self) -> dict[str, Any]:
        return {
            "polar-user-id": self.user,
            "member-id": "i09u9ujj",
            "registration-date": self.registered,
            "first-name": "Alex",
            "last-name": "Runner",
            "birthdate": "1985-09-06",
            "gender": "MALE",
            "weight": 66,
            "height": 170,
        }

    async def _exercises(self, _request: web.Request) -> web.Response:
        return web.json_response(self.exercises)

    async def _file(self, request: web.Request) -> web.Response:
        content = self.files.get(f"{request.match_info['id']}/{request.match_info['form']}")
        if content is None:
            return web.Response(status=404, text="Not found")
        return web.Response(body=content, content_type="application/octet-stream")
