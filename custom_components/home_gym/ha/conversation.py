"""The built-in conversation agent. Import this only once the `conversation` component is set up."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.components.conversation import (
    HOME_ASSISTANT_AGENT,
    ConversationInput,
    agent_manager,  # integrations have no public way to register sentences; sentence triggers use this one
    async_converse,  # hands a sentence on to a model; the public action has no satellite
    async_handle_intents,  # hands a sentence on to the agent; the public action would call us again
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

__all__ = [
    "HOME_ASSISTANT_AGENT",
    "SentenceRegistrar",
    "async_converse",
    "async_handle_intents",
    "async_sentence_registrar",
]

type SentenceRegistrar = Callable[
    [list[str], Callable[[ConversationInput, Any], Awaitable[str | None]]],
    CALLBACK_TYPE,
]


@callback
def async_sentence_registrar(hass: HomeAssistant) -> SentenceRegistrar | None:
    """Return the agent's function that registers sentences with a handler, or None if it no longer has one."""
    get_manager = getattr(agent_manager, "get_agent_manager", None)
    return getattr(get_manager(hass), "register_trigger", None) if get_manager else None
