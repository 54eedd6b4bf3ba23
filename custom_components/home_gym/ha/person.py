"""Facts in the state attributes of person entities.

The attributes are public, since users' templates read them, so they outlast their constants: 2026.11 moved
`ATTR_DEVICE_TRACKERS` to an inner module.
"""

from homeassistant.const import STATE_HOME, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import State

__all__ = ["is_at_home", "user_id_of"]

ATTR_DEVICE_TRACKERS = "device_trackers"
ATTR_IN_ZONES = "in_zones"
ZONE_HOME = "zone.home"
ATTR_USER_ID = "user_id"


def is_at_home(person: State) -> bool | None:
    """Return whether the person is at home, None if that can't be determined.

    The state is the smallest zone: a gym inside the home is home, too.
    """
    if person.state == STATE_HOME or ZONE_HOME in (person.attributes.get(ATTR_IN_ZONES) or ()):
        return True
    # Without a device tracker the state is never "home" and means nothing.
    has_tracker = person.attributes.get(ATTR_DEVICE_TRACKERS) != []
    return False if has_tracker and person.state not in (STATE_UNKNOWN, STATE_UNAVAILABLE) else None


def user_id_of(person: State) -> str | None:
    """Return the id of the user account linked to the person, or None without one."""
    user_id: str | None = person.attributes.get(ATTR_USER_ID)
    return user_id
