"""Users and their permissions."""

from homeassistant.auth.models import (
    User,  # for annotations only
)
from homeassistant.auth.permissions.const import (
    POLICY_CONTROL,  # documented, but outside the modules that count as promised
    POLICY_READ,
)

__all__ = ["POLICY_CONTROL", "POLICY_READ", "User"]
