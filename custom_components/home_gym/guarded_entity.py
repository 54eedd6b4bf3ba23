"""Entities that ask for rights before they write."""

from collections.abc import Coroutine
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, callback
from homeassistant.helpers.entity import Entity

from .ha.caller import connection_user, request_user
from .permissions import Caller, Right, async_caller


class GuardedEntity(Entity):
    """Entity with methods that require rights of the caller.

    Home Assistant sets the context of an action on the entity immediately before it calls the method. The context is
    taken once, since `_context` outlives the call.
    """

    _call_context: Context | None = None

    @callback
    @override
    def async_set_context(self, context: Context) -> None:
        """Keep the context for the method that is called next."""
        super().async_set_context(context)
        self._call_context = context

    @override
    async def async_request_call[ResultT](self, coro: Coroutine[Any, Any, ResultT]) -> ResultT:
        """Forget the context of a call that required no right."""
        try:
            return await super().async_request_call(coro)
        finally:
            self._call_context = None

    async def async_require(self, right: Right, *entries: ConfigEntry[Any]) -> None:
        """Raise Unauthorized for a caller without a right on one of the runners; call it before anything is awaited."""
        (await self._async_caller(connected=True)).require(right, *entries)

    async def async_require_of_request(self, right: Right, entry: ConfigEntry[Any]) -> None:
        """Raise Unauthorized as `async_require`, but leave the websocket connection out.

        Home Assistant itself fetches contents at any time, also within the tasks of a connection.
        """
        (await self._async_caller(connected=False)).require(right, entry)

    async def _async_caller(self, *, connected: bool) -> Caller:
        context, self._call_context = self._call_context, None
        if context is None:
            # Intents of other integrations and views call methods without a context.
            user = request_user() or (connection_user() if connected else None)
            context = Context(user_id=user.id if user else None)
        return await async_caller(self.hass, context)
