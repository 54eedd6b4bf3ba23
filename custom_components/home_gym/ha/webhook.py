"""Webhooks.

No documentation page has them, and there is no other way to receive posts without a login.
"""

from homeassistant.components.webhook import (
    async_generate_id,
    async_generate_path,
    async_register,
    async_unregister,
)

__all__ = [
    "async_generate_id",
    "async_generate_path",
    "async_register",
    "async_unregister",
]
