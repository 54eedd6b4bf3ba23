"""The screen of the room: lights and screens that take part in guided routines."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError, get_url

from ..entity_references import entity_id_of, reference_to
from ..ha.light import can_dim
from ..options.field import form
from ..options.room import CAST, FULLY_KIOSK, LIGHTS, PAGE, ROOM, SCREENS
from ..room.screens import platform_of

KEYS = frozenset(field.key for field in ROOM)


class RoomScreen(OptionsFlow):
    """The screen for lights and screens."""

    async def async_step_room(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the lights, the screens and their page."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._room_errors_of(user_input)
            if not errors:
                others = {name: value for name, value in self.config_entry.options.items() if name not in KEYS}
                return self.async_create_entry(data=others | self._stored(user_input))
        schema = vol.Schema(form(self.hass, ROOM))
        return self.async_show_form(
            step_id="room",
            data_schema=self.add_suggested_values_to_schema(schema, user_input or self._known_room()),
            errors=errors,
        )

    def _known_room(self) -> dict[str, Any]:
        options = {name: value for name, value in self.config_entry.options.items() if name in KEYS}
        lights = (entity_id_of(self.hass, light) for light in options.get(LIGHTS.key, ()))
        return options | {LIGHTS.key: [light for light in lights if light]}

    def _stored(self, filled_in: dict[str, Any]) -> dict[str, Any]:
        lights = [reference_to(self.hass, light) for light in filled_in.get(LIGHTS.key, ())]
        chosen = {name: value for name, value in filled_in.items() if value}
        return chosen | ({LIGHTS.key: lights} if lights else {})

    def _room_errors_of(self, filled_in: dict[str, Any]) -> dict[str, str]:
        lights = [self.hass.states.get(light) for light in filled_in.get(LIGHTS.key, ())]
        if any(light is not None and not can_dim(light) for light in lights):
            return {LIGHTS.key: "light_without_brightness"}
        screens = filled_in.get(SCREENS.key, ())
        if screens and not filled_in.get(PAGE.key, "").strip("/ "):
            return {PAGE.key: "page_missing"}
        platforms = {platform_of(self.hass, screen) for screen in screens}
        if CAST in platforms and not _has_url(self.hass, is_secure=True):
            return {SCREENS.key: "cast_without_https"}
        if FULLY_KIOSK in platforms and not _has_url(self.hass, is_secure=False):
            return {SCREENS.key: "home_without_url"}
        return {}


def _has_url(hass: HomeAssistant, *, is_secure: bool) -> bool:
    """Return whether Home Assistant knows an address of its own that a screen can open."""
    try:
        get_url(hass, require_ssl=is_secure, prefer_external=is_secure)
    except NoURLAvailableError:
        return False
    return True
