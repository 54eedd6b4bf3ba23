"""Runner of a repair, and the rights of its user."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant, callback

from ..coordinator import HomeGymCoordinator
from ..ha.caller import request_user
from ..permissions import Right, async_caller


@callback
def async_coordinator(hass: HomeAssistant, entry_id: str) -> HomeGymCoordinator | None:
    """Return the coordinator of a runner's entry, None while the entry isn't loaded."""
    entry = hass.config_entries.async_get_entry(entry_id)
    if entry is None or entry.state is not ConfigEntryState.LOADED:
        return None
    coordinator: HomeGymCoordinator = entry.runtime_data.coordinator
    return coordinator


async def async_may_act(hass: HomeAssistant, *runners: str) -> bool:
    """Return whether the user of the current request may act on one of the runners."""
    return await async_may(hass, Right.ACT, *runners)


async def async_may(hass: HomeAssistant, right: Right, *runners: str) -> bool:
    """Return whether the user of the current request has a right on one of the runners."""
    user = request_user()
    caller = await async_caller(hass, Context(user_id=user.id if user else None))
    entries = (hass.config_entries.async_get_entry(runner) for runner in runners)
    return caller.may_any(right, (entry for entry in entries if entry))
