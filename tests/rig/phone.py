"""A phone with the companion app: registered like the app, and reached through a push relay of its own."""

from types import TracebackType
from typing import Any, Self

from aiohttp import web

from .api import Json
from .home import Home
from .process import LOOPBACK, RigError, free_port, wait_for

TOUCHED = "mobile_app_notification_action"
# The message that takes the notification of its tag away.
CLEAR = "clear_notification"


class Phone:
    """Shows its notifications, and has buttons to touch."""

    def __init__(self, name: str) -> None:
        """Choose the device's name, and a port."""
        self.name = name
        self.shown: list[Json] = []
        self.cleared: list[str] = []
        self._port = free_port()
        self._webhook = ""
        application = web.Application()
        application.router.add_post("/push", self._push)
        self._runner = web.AppRunner(application)

    async def __aenter__(self) -> Self:
        """Start the relay."""
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self._port).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the relay."""
        await self._runner.cleanup()

    async def register(self, home: Home) -> str:
        """Register with Home Assistant, and return the notify entity."""
        app_data = {"push_url": f"http://{LOOPBACK}:{self._port}/push", "push_token": f"token of {self.name}"}
        registration = {
            "app_id": "gym.home.tests",
            "app_name": "Home Gym's tests",
            "app_version": "1.0",
            "device_id": self.name,
            "device_name": self.name,
            "manufacturer": "Home Gym",
            "model": "Rig",
            "os_name": "Linux",
            "os_version": "1.0",
            "supports_encryption": False,
            "app_data": app_data,
        }
        answer = await home.api.post("/api/mobile_app/registrations", registration)
        self._webhook = str(answer["webhook_id"])
        return await home.entity_id("notify", self.name, platform="mobile_app")

    async def wait_for(self, containing: str, *, after: int = 0) -> Json:
        """Return the first notification with some words in it, of those after a number of others."""

        def find() -> Json | None:
            return next((one for one in self.shown[after:] if containing in one["message"]), None)

        return await wait_for(find, f"{self.name} to show {containing!r}")

    async def touch(self, home: Home, notification: Json, title: str) -> None:
        """Touch a button, with the event that the app fires."""
        action = next((one["action"] for one in notification["data"]["actions"] if one["title"] == title), None)
        if action is None:
            raise RigError(f"no button {title!r} below {notification}")
        touched: dict[str, Any] = {"event_type": TOUCHED, "event_data": {"action": action}}
        await home.api.post(f"/api/webhook/{self._webhook}", {"type": "fire_event", "data": touched})

    async def _push(self, request: web.Request) -> web.Response:
        """Accept a notification, like the relay of the app's makers."""
        pushed = await request.json()
        if pushed["message"] == CLEAR:
            self.cleared.append(pushed["data"]["tag"])
        else:
            self.shown.append(pushed)
        limits = {"successful": len(self.shown), "errors": 0, "maximum": 500, "resetsAt": "2100-01-01T00:00:00.000Z"}
        return web.json_response({"target": "phone", "rateLimits": limits}, status=201)
