"""Options of the room that takes part in guided routines: lights and screens."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import DeviceSelector, DeviceSelectorConfig, EntitySelector, EntitySelectorConfig

from .field import OptionField
from .selectors import text

FULLY_KIOSK, BROWSER_MOD, CAST = "fully_kiosk", "browser_mod", "cast"
PLATFORMS = (FULLY_KIOSK, BROWSER_MOD, CAST)
"""Integrations with screens that can show a page."""


def _lights(_: HomeAssistant) -> EntitySelector:
    return EntitySelector(EntitySelectorConfig(domain="light", multiple=True))


def _screens(_: HomeAssistant) -> DeviceSelector:
    return DeviceSelector(
        DeviceSelectorConfig(filter=[{"integration": platform} for platform in PLATFORMS], multiple=True)
    )


LIGHTS = OptionField(key="routine_lights", selector=_lights, is_required=False)
SCREENS = OptionField(key="routine_screens", selector=_screens, is_required=False)
PAGE = OptionField(key="routine_page", selector=text, is_required=False)

ROOM = (LIGHTS, SCREENS, PAGE)
"""Fields of the screen about the room, in its order."""
