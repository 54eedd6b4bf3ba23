"""Speakers of a home with a voice."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from homeassistant.core import HomeAssistant
from tests.support.integration.voice_home import VoiceHome


@pytest.fixture
async def home(hass: HomeAssistant, clock: FrozenDateTimeFactory) -> VoiceHome:
    """Return a home with a voice, a media player, a satellite, a phone and presence sensors."""
    home = VoiceHome(hass, clock)
    await home.move_in()
    return home
