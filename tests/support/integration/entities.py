"""Actions on entities."""

from typing import Any

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from tests.support.integration.runner_entry import entity_id_of


async def act(hass: HomeAssistant, platform: str, key: str, action: str, **data: Any) -> None:
    """Perform an action on one of the runner's entities."""
    target = {ATTR_ENTITY_ID: entity_id_of(hass, platform, key)}
    await hass.services.async_call(platform, action, target | data, blocking=True)
    await hass.async_block_till_done()
