"""Person entities: facts that only their state attributes tell.

The attributes are what users' templates read, so they outlast the constants that name them: 2026.11 moved
`ATTR_DEVICE_TRACKERS` to an inner module.
"""

from homeassistant.core import State

__all__ = ["has_no_tracker", "user_id_of"]

ATTR_DEVICE_TRACKERS = "device_trackers"
ATTR_USER_ID = "user_id"


def has_no_tracker(person: State) -> bool:
    """Tell whether no device tracks the person, so that their state never says "home" and means nothing."""
    return person.attributes.get(ATTR_DEVICE_TRACKERS) == []


def user_id_of(person: State) -> str | None:
    """Return the id of the user account linked to the person, or None without one."""
    user_id: str | None = person.attributes.get(ATTR_USER_ID)
    return user_id
