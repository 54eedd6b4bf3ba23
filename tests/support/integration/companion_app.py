"""Phones in the companion app's own register: with an action of the test, or whole, with a push server that records."""

from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.home_gym.const import DOMAIN as HOME_GYM
from homeassistant.components.mobile_app.const import DATA_CONFIG_ENTRIES, DATA_NOTIFY, DOMAIN
from homeassistant.components.mobile_app.notify import MobileAppNotificationService
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from tests.support.integration.routines import settle
from tests.support.integration.runner_entry import ENTRY_ID, with_id


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


type Make = tuple[str, ...]

PUSH = "http://push.test/push"
APPLE: Make = ("Apple", "iOS", "26.1")
LIVE_APPLE: Make = (*APPLE, "live")
# Android reports the version of its interface: 36 is Android 16.
ANDROID: Make = ("Google", "Android", "36")
OLD_ANDROID: Make = ("Google", "Android", "33")
LIVE = {"start_live_activity_token": "start"}


class RealPhone:
    """A phone called iPhone, set up by the companion app's own integration."""

    def __init__(self, hass: HomeAssistant, server: AiohttpClientMocker, number: int, made: Make) -> None:
        """Register a phone with a push server."""
        self._hass = hass
        self._server = server
        self._token = f"token {number}"
        maker, system, version, *_ = made
        self.entry = MockConfigEntry(
            domain=DOMAIN,
            title="iPhone",
            data={
                "app_data": {"push_token": self._token, "push_url": PUSH} | (LIVE if "live" in made else {}),
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
        await settle(self._hass)


async def real_phones(hass: HomeAssistant, server: AiohttpClientMocker, number: int, *made: Make) -> list[RealPhone]:
    """Return phones of one name, of these makes or else iPhones, set up by the companion app's own integration."""
    limits = {"successful": 1, "errors": 0, "maximum": 500, "resetsAt": "2100-01-01T00:00:00.000Z"}
    server.post(PUSH, status=201, json={"rateLimits": limits})  # type: ignore[no-untyped-call]
    makes = made or (APPLE,) * number
    phones = [RealPhone(hass, server, each, make) for each, make in enumerate(makes, 1)]
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done(wait_background_tasks=True)
    return phones


def runner_with(*phones: RealPhone, speakers: Iterable[Any] = (), **options: Any) -> MockConfigEntry:
    """Return the entry of a runner without quiet hours, with phones and other speakers; `data` adds to each phone's."""
    more = options.pop("data", {})
    written = [
        with_id(
            ConfigSubentryData(
                data={"notify": phone.notify.id, **more},
                subentry_type="speaker",
                title=f"Phone {number}",
                unique_id=None,
            ),
            f"01PHONE{number}",
        )
        for number, phone in enumerate(phones)
    ]
    return MockConfigEntry(
        domain=HOME_GYM,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        options={"prompts": [], "quiet_start": "00:00:00", "quiet_end": "00:00:00"} | options,
        subentries_data=[*speakers, *written],
    )
