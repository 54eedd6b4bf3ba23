"""Rights of the user of a repair."""

from homeassistant.core import Context, HomeAssistant

from ..ha.caller import request_user
from ..permissions import Right, async_caller


async def async_may_act(hass: HomeAssistant, *runners: str) -> bool:
    """Return whether the user of the current request may act on one of the runners."""
    return await async_may(hass, Right.ACT, *runners)


async def async_may(hass: HomeAssistant, right: Right, *runners: str) -> bool:
    """Return whether the user of the current request has a right on one of the runners."""
    user = request_user()
    caller = await async_caller(hass, Context(user_id=user.id if user else None))
    entries = (hass.config_entries.async_get_entry(runner) for runner in runners)
    return caller.may_any(right, (entry for entry in entries if entry))
