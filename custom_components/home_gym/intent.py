"""What can be wanted of Home Gym in words."""

from homeassistant.core import HomeAssistant

from .assist.intents import async_register
from .assist.sentence_triggers import async_setup_sentence_triggers
from .ha.setup import async_when_setup

CONVERSATION = "conversation"


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register the intents, and have the built-in agent listen for their sentences where there is one."""
    async_register(hass)
    async_when_setup(hass, CONVERSATION, async_setup_sentence_triggers)
