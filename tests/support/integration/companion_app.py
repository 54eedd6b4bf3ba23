"""Phones in the companion app's own register: with an action of the test, or whole, with a push server that records."""

from collections.abc import Callable, Coroutine
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from homeassistant.components.mobile_app.const import DATA_CONFIG_ENTRIES, DATA_NOTIFY, DOMAIN
from homeassistant.components.mobile_app.notify import MobileAppNotificationService
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component


def register_phone(
    hass: HomeAssistant, app: MockConfigEntry, action: str, handle: Callable[[ServiceCall], Coroutine[Any, Any, None]]
) -> None:
    """Register the action of a phone as the companion app does."""
    about: dict[str, Any] = hass.data.setdefault(DOMAIN, {DATA_CONFIG_ENTRIES: {}})
    sender = about.setdefault(DATA_NOTIFY, MobileAppNotificationService())
    webhook = app.data["webhook_id"]
    about[DATA_CONFIG_ENTRIES][webhook] = app
    sender.registered_targets = {**getattr(sender, "registered_targets", {}), action: webhook}
    hass.services.async_register("notify", action, handle)


def forget_phone(hass: HomeAssistant, app: MockConfigEntry, action: str) -> None:
    """Remove a phone, as on the removal of its config entry."""
    about: dict[str, Any] = hass.data[DOMAIN]
    del about[DATA_CONFIG_ENTRIES][app.data["webhook_id"]]
    del about[DATA_NOTIFY].registered_targets[action]
    hass.services.async_remove("notify", action)


type Make = tuple[str, str, str]

PUSH = "http://push.test/push"
APPLE: Make = ("Apple", "iOS", "26.1")
ANDROID: Make = ("Google", "Android", "16")


class RealPhone:
    """A phone called iPhone, set up by the companion app's own integration."""

    def __init__(
        self, hass: HomeAssistant, server: AiohttpClientMocker, number: int, made: tuple[str, str, str]
    ) -> None:
        """Register a phone with a push server."""
        self._hass = hass
        self._server = server
        self._token = f"token {number}"
        maker, system, version = made
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="iPhone",
            data={
                "app_data": {"push_token": self._token, "push_url": PUSH},
                "app_id": "io.robbie.HomeAssistant",
                "app_name": "Home Assistant",
                "app_version": "2026.11",
                "device_id": f"device {number}",
                "device_name": "iPhone",
                "manufacturer": maker,
                "model": "iPhone",
                "os_name": system,
                "os_version": version,
                "supports_encryption": False,
                "user_id": f"user {number}",
                "webhook_id": f"webhook {number}",
            },
        )
        self.entry.add_to_hass(hass)

    @property
    def notify(self) -> er.RegistryEntry:
        """Its notify entity."""
        of_phone = er.async_entries_for_config_entry(er.async_get(self._hass), self.entry.entry_id)
        [entity] = [one for one in of_phone if one.domain == "notify"]
        return entity

    @property
    def pushed(self) -> list[dict[str, Any]]:
        """The messages that the push server got for it."""
        return [body for _, _, body, _ in self._server.mock_calls if body["push_token"] == self._token]

    @property
    def shown(self) -> dict[str, dict[str, Any]]:
        """The messages that it shows now, by tag."""
        shown: dict[str, dict[str, Any]] = {}
        for sent in self.pushed:
            tag = sent["data"].get("tag", "")
            shown.pop(tag, None)
            if sent["message"] != "clear_notification":
                shown[tag] = sent
        return shown

    def action(self, title: str) -> str:
        """Return the action of a button on the latest message with buttons."""
        actions = [sent["data"]["actions"] for sent in self.pushed if sent["data"].get("actions")][-1]
        [found] = [button["action"] for button in actions if button["title"] == title]
        return str(found)

    async def touch(self, action: str) -> None:
        """Touch a button."""
        context = Context(user_id=self.entry.data["user_id"])
        self._hass.bus.async_fire("mobile_app_notification_action", {"action": action}, context=context)
        await self._hass.async_block_till_done(wait_background_tasks=True)


async def real_phones(
    hass: HomeAssistant, server: AiohttpClientMocker, number: int, made: Make = APPLE
) -> list[RealPhone]:
    """Return phones of one name, set up by the companion app's own integration."""
    limits = {"successful": 1, "errors": 0, "maximum": 500, "resetsAt": "2100-01-01T00:00:00.000Z"}
    server.post(PUSH, status=201, json={"rateLimits": limits})  # type: ignore[no-untyped-call]
    phones = [RealPhone(hass, server, each, made) for each in range(1, number + 1)]
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done(wait_background_tasks=True)
    return phones
