"""Users of websocket commands."""

from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component


async def join(hass: HomeAssistant, user: MockUser, entry: MockConfigEntry) -> None:
    """Link a user's person to a runner."""
    assert await async_setup_component(
        hass, "person", {"person": {"id": "me", "name": "Me", "user_id": user.id, "device_trackers": []}}
    )
    await hass.async_block_till_done()
    hass.config_entries.async_update_entry(entry, data={**entry.data, "person": "person.me"})
