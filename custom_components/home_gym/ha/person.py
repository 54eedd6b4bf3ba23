"""Facts in the state attributes of person entities.

The attributes are public, since users' templates read them, so they outlast their constants: 2026.11 moved
`ATTR_DEVICE_TRACKERS` to an inner module.
"""

from homeassistant.core import State

__all__ = ["has_no_tracker", "user_id_of"]

ATTR_DEVICE_TRACKERS = "device_trackers"
ATTR_USER_ID = "user_id"


def has_no_tracker(person: State) -> bool:
    """Return whether the person has no device tracker, so that their state is never "home" and means nothing."""
    return person.attributes.get(ATTR_DEVICE_TRACKERS) == []


def user_id_of(person: State) -> str | None:
    """Return the id of the user account linked to the person, or None without one."""
    user_id: str | None = person.attributes.get(ATTR_USER_ID)
    return user_id
