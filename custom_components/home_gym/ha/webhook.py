"""Webhooks.

No documentation page has them, and there is no other way to receive posts without a login.
"""

from homeassistant.components.webhook import (
    HandlerType,
    async_generate_id,
    async_generate_path,
    async_generate_url,
    async_register,
    async_unregister,
)

__all__ = [
    "HandlerType",
    "async_generate_id",
    "async_generate_path",
    "async_generate_url",
    "async_register",
    "async_unregister",
]
