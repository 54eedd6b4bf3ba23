"""Users behind the current web request and the current websocket connection."""

from homeassistant.auth.models import (
    User,  # for annotations only
)
from homeassistant.components.http.const import (
    KEY_HASS_USER,  # the user behind a request
)
from homeassistant.components.websocket_api.connection import (
    current_connection,  # methods of entities that other intents call get no context
)
from homeassistant.helpers.http import current_request

__all__ = ["connection_user", "request_user"]


def request_user() -> User | None:
    """Return the user of the current web request, or None."""
    request = current_request.get()
    user: User | None = request.get(KEY_HASS_USER) if request is not None else None
    return user


def connection_user() -> User | None:
    """Return the user of the websocket connection behind the current command, or None."""
    connection = current_connection.get()
    return connection.user if connection else None
