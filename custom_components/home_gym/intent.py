"""Intents and sentences of Home Gym."""

from homeassistant.core import HomeAssistant

from .assist.intents import async_register
from .assist.sentence_triggers import async_setup_sentence_triggers
from .ha.setup import async_when_setup

CONVERSATION = "conversation"


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register the intents, and the sentence triggers once `conversation` is loaded."""
    async_register(hass)
    async_when_setup(hass, CONVERSATION, async_setup_sentence_triggers)
