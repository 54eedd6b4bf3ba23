"""Websocket commands."""

from homeassistant.components.websocket_api import (
    async_register_command,  # documented as an attribute of the component, which defines no `__all__` in 2026.10
)
from homeassistant.components.websocket_api.connection import (
    ActiveConnection,  # documented, but not exported to type checkers
)
from homeassistant.components.websocket_api.const import (
    ERR_NOT_FOUND,  # error codes that the frontend knows
    ERR_UNAUTHORIZED,
    WebSocketCommandHandler,  # for annotations only
)
from homeassistant.components.websocket_api.decorators import (
    async_response,  # documented, but not exported to type checkers
    require_admin,
    websocket_command,
)
from homeassistant.components.websocket_api.messages import (
    BASE_COMMAND_MESSAGE_SCHEMA,  # schema of a command that is registered without the decorator
    event_message,  # a subscription's message
)

__all__ = [
    "BASE_COMMAND_MESSAGE_SCHEMA",
    "ERR_NOT_FOUND",
    "ERR_UNAUTHORIZED",
    "ActiveConnection",
    "WebSocketCommandHandler",
    "async_register_command",
    "async_response",
    "event_message",
    "require_admin",
    "websocket_command",
]
