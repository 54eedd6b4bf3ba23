"""Screens that show a routine and then go back: Fully Kiosk, Browser Mod and Google Cast.

Each is a device of its integration; how it shows a page and goes back follows the actions of that integration.
"""

from collections.abc import Callable, Iterator
from typing import Protocol

from homeassistant.const import (
    ATTR_DEVICE_ID,
    ATTR_ENTITY_ID,
    SERVICE_TURN_OFF,
    STATE_IDLE,
    STATE_OFF,
    STATE_STANDBY,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.network import get_url

from ..options.room import BROWSER_MOD, CAST, FULLY_KIOSK, PLATFORMS

# A television or display that is doing something else is left alone.
FREE = {STATE_IDLE, STATE_OFF, STATE_STANDBY}


class Screen(Protocol):
    """One screen during one routine."""

    async def async_show(self, page: str) -> None:
        """Show a view of a dashboard, by its path; raises HomeAssistantError."""

    async def async_leave(self) -> None:
        """Go back to the page before; raises HomeAssistantError."""


def platform_of(hass: HomeAssistant, device_id: str) -> str | None:
    """Return the integration through which a device can show a page, None without one."""
    device = dr.async_get(hass).async_get(device_id)
    entries = device.config_entries if device else ()
    domains = {entry.domain for key in entries if (entry := hass.config_entries.async_get_entry(key))}
    return next((platform for platform in PLATFORMS if platform in domains), None)


def screen_of(hass: HomeAssistant, device_id: str) -> Screen | None:
    """Return the screen behind a device, None for a removed device and for one of another integration."""
    platform = platform_of(hass, device_id)
    kinds: dict[str, Callable[[HomeAssistant, str], Screen]] = {
        FULLY_KIOSK: FullyKiosk,
        BROWSER_MOD: BrowserMod,
        CAST: Cast,
    }
    return kinds[platform](hass, device_id) if platform else None


class FullyKiosk:
    """A tablet with Fully Kiosk Browser; it goes back to its page before, else to its start page."""

    def __init__(self, hass: HomeAssistant, device_id: str) -> None:
        """Use a tablet."""
        self._hass = hass
        self._device_id = device_id
        self._before = ""

    async def async_show(self, page: str) -> None:
        """Load the view's whole address."""
        states = _states_of(self._hass, self._device_id, Platform.SENSOR, FULLY_KIOSK)
        shown = (state.attributes.get("full_url") for state in states)
        self._before = next((url for url in shown if url), "")
        await self._async_load(f"{get_url(self._hass)}/{page}")

    async def async_leave(self) -> None:
        """Load the page before; without one press the tablet's button for its start page."""
        if self._before:
            await self._async_load(self._before)
            return
        for button in _entities_of(self._hass, self._device_id, Platform.BUTTON, FULLY_KIOSK):
            if button.unique_id.endswith("-loadStartUrl"):
                await self._hass.services.async_call(
                    Platform.BUTTON, "press", {ATTR_ENTITY_ID: button.entity_id}, blocking=True
                )

    async def _async_load(self, url: str) -> None:
        where = {ATTR_DEVICE_ID: [self._device_id]}
        await self._hass.services.async_call(FULLY_KIOSK, "load_url", where | {"url": url}, blocking=True)


class BrowserMod:
    """A browser that is registered with Browser Mod; it goes back to the path before."""

    def __init__(self, hass: HomeAssistant, device_id: str) -> None:
        """Use a browser."""
        self._hass = hass
        self._device_id = device_id
        self._before = ""

    async def async_show(self, page: str) -> None:
        """Navigate to the view."""
        # Of the browser's sensors only that of its path has the path's parts.
        states = _states_of(self._hass, self._device_id, Platform.SENSOR, BROWSER_MOD)
        self._before = next((state.state for state in states if "pathSegments" in state.attributes), "")
        await self._async_navigate(f"/{page}")

    async def async_leave(self) -> None:
        """Navigate to the path before, if it is known."""
        if self._before.startswith("/"):
            await self._async_navigate(self._before)

    async def _async_navigate(self, path: str) -> None:
        device = dr.async_get(self._hass).async_get(self._device_id)
        identifiers = device.identifiers if device else ()
        data = {"browser_id": [each[1] for each in identifiers if each[0] == BROWSER_MOD], "path": path}
        await self._hass.services.async_call(BROWSER_MOD, "navigate", data, blocking=True)


class Cast:
    """A television or display with Google Cast; one that plays something is left alone."""

    def __init__(self, hass: HomeAssistant, device_id: str) -> None:
        """Use a screen."""
        self._hass = hass
        self._device_id = device_id
        self._shown: list[str] = []

    async def async_show(self, page: str) -> None:
        """Cast the view to the device, if it is idle or off."""
        dashboard, _, view = page.partition("/")
        for state in _states_of(self._hass, self._device_id, Platform.MEDIA_PLAYER, CAST):
            if state.state in FREE:
                self._shown.append(state.entity_id)
                data = {ATTR_ENTITY_ID: state.entity_id, "dashboard_path": dashboard, "view_path": view or "0"}
                await self._hass.services.async_call(CAST, "show_lovelace_view", data, blocking=True)

    async def async_leave(self) -> None:
        """End the cast."""
        for entity_id in self._shown:
            await self._hass.services.async_call(
                Platform.MEDIA_PLAYER, SERVICE_TURN_OFF, {ATTR_ENTITY_ID: entity_id}, blocking=True
            )


def _entities_of(hass: HomeAssistant, device_id: str, domain: str, platform: str) -> Iterator[er.RegistryEntry]:
    for entity in er.async_entries_for_device(er.async_get(hass), device_id):
        if (entity.domain, entity.platform) == (domain, platform):
            yield entity


def _states_of(hass: HomeAssistant, device_id: str, domain: str, platform: str) -> Iterator[State]:
    """Yield the known states of a device's entities of a domain."""
    for entity in _entities_of(hass, device_id, domain, platform):
        state = hass.states.get(entity.entity_id)
        if state and state.state not in {STATE_UNAVAILABLE, STATE_UNKNOWN}:
            yield state
