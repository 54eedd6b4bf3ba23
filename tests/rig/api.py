"""Home Assistant's REST and websocket interfaces, used like its own frontend does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from .process import RigError

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of a login."""

    access: str
    refresh: str
    expires_in: int


class Api:
    """A logged-in user's client of Home Assistant."""

    def __init__(self, url: str) -> None:
        """Take Home Assistant's URL."""
        self.url = url
        self.client_id = f"{url}/"
        self.tokens: Tokens | None = None
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    @property
    def _headers(self) -> dict[str, str]:
        """The headers of the frontend: its address, and the authorization if logged in."""
        frontend = {"HA-Frontend-Base": self.url}
        return {**frontend, "Authorization": f"Bearer {self.tokens.access}"} if self.tokens else frontend

    async def request(self, method: str, path: str, body: object = None) -> Any:
        """Return the response to a REST request."""
        async with self._session.request(method, self.url + path, json=body, headers=self._headers) as response:
            text = await response.text()
            if response.status >= 400:
                raise RigError(f"{method} {path} {body}: {response.status} {text}")
            return await response.json() if response.content_type == "application/json" else text

    async def get(self, path: str) -> Any:
        """Return the response to a GET."""
        return await self.request("GET", path)

    async def post(self, path: str, body: object = None) -> Any:
        """Return the response to a POST."""
        return await self.request("POST", path, body)

    async def is_up(self) -> bool:
        """Return whether Home Assistant responds."""
        try:
            async with self._session.get(f"{self.url}/manifest.json") as response:
                return response.status == 200
        except aiohttp.ClientError, TimeoutError:
            return False

    async def needs_onboarding(self) -> bool:
        """Return whether there is no user yet."""
        try:
            steps = await self.get("/api/onboarding")
        except RigError as error:  # the endpoint is gone after onboarding
            if " 404 " in str(error):
                return False
            raise
        return any(step["step"] == "user" and not step["done"] for step in steps)

    async def onboard(self, name: str, username: str, password: str) -> None:
        """Create the owner, as the first screen does, and log in."""
        made = await self.post(
            "/api/onboarding/users",
            {
                "client_id": self.client_id,
                "name": name,
                "username": username,
                "password": password,
                "language": "en",
            },
        )
        await self._exchange(made["auth_code"])

    async def login(self, username: str, password: str) -> None:
        """Log in, as the login screen does."""
        flow = await self.post(
            "/auth/login_flow",
            {"client_id": self.client_id, "handler": ["homeassistant", None], "redirect_uri": self.client_id},
        )
        done = await self.post(
            f"/auth/login_flow/{flow['flow_id']}",
            {"client_id": self.client_id, "username": username, "password": password},
        )
        if done["type"] != "create_entry":
            raise RigError(f"the login of {username} was refused: {done}")
        await self._exchange(done["result"])

    async def _exchange(self, code: str) -> None:
        """Turn a code into tokens."""
        form = {"grant_type": "authorization_code", "code": code, "client_id": self.client_id}
        async with self._session.post(f"{self.url}/auth/token", data=form) as response:
            answer = await response.json()
        if "access_token" not in answer:
            raise RigError(f"no tokens: {answer}")
        self.tokens = Tokens(answer["access_token"], answer["refresh_token"], answer["expires_in"])

    async def command(self, kind: str, **fields: object) -> Any:
        """Return the result of one websocket command."""
        async with self._websocket() as socket:
            return await _ask(socket, {"id": 1, "type": kind, **fields})

    @asynccontextmanager
    async def events(self, kind: str) -> AsyncIterator[list[Json]]:
        """Collect the events of a type within the context; the list is complete after it.

        A state can be read before its event arrives here. Messages arrive in order, so anything after the response to a
        last command happened later.
        """
        heard: list[Json] = []
        async with self._websocket() as socket:
            await _ask(socket, {"id": 1, "type": "subscribe_events", "event_type": kind})
            collecting = asyncio.create_task(_collect(socket, heard))
            try:
                yield heard
                await socket.send_json({"id": 2, "type": "ping"})
                await asyncio.wait_for(collecting, 60)
            finally:
                collecting.cancel()

    @asynccontextmanager
    async def _websocket(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """Open a websocket and log in."""
        if self.tokens is None:
            raise RigError("nobody is logged in")
        # large responses come in one message
        async with self._session.ws_connect(f"{self.url}/api/websocket", max_msg_size=0) as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self.tokens.access})
            greeting = await socket.receive_json()
            if greeting["type"] != "auth_ok":
                raise RigError(f"websocket: {greeting}")
            yield socket


async def _ask(socket: aiohttp.ClientWebSocketResponse, message: Json) -> Any:
    """Send a command and return its result."""
    await socket.send_json(message)
    while True:
        answer = await socket.receive_json(timeout=60)
        if answer.get("id") == message["id"] and answer["type"] == "result":
            if not answer["success"]:
                raise RigError(f"{message}: {answer['error']}")
            return answer["result"]


async def _collect(socket: aiohttp.ClientWebSocketResponse, heard: list[Json]) -> None:
    """Keep each event that arrives before the answer to a ping."""
    async for message in socket:
        answer = message.json()
        if answer["type"] == "pong":
            return
        if answer["type"] == "event":
            heard.append(answer["event"])
