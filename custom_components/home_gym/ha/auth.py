"""Users, their permissions and the events of their changes."""

from homeassistant.auth import (
    EVENT_USER_REMOVED,  # fired on the bus, but the module is not among the promised ones
    EVENT_USER_UPDATED,
)
from homeassistant.auth.models import (
    User,  # for annotations only
)
from homeassistant.auth.permissions.const import (
    POLICY_CONTROL,  # documented, but outside the modules that count as promised
    POLICY_READ,
)

__all__ = ["EVENT_USER_REMOVED", "EVENT_USER_UPDATED", "POLICY_CONTROL", "POLICY_READ", "User"]
