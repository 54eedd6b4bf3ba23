"""Speakers of a runner as targets of speech: their entities, and the volume of a line on them."""

from collections.abc import Mapping
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..const import CONF_NIGHT_VOLUME, CONF_VOLUME, DOMAIN
from ..entity_references import entity_id_of


def volume_on(speaker: Mapping[str, Any], *, is_night: bool) -> int | None:
    """Return the volume of a line in per cent, None for the current one."""
    usual: int | None = speaker.get(CONF_VOLUME)
    at_night: int | None = speaker.get(CONF_NIGHT_VOLUME, usual)
    return at_night if is_night else usual


def available(hass: HomeAssistant, reference: str) -> str:
    """Return the entity id behind a reference; raises HomeAssistantError for a missing or unavailable entity."""
    entity_id = entity_id_of(hass, reference)
    state = hass.states.get(entity_id) if entity_id else None
    if entity_id is None or state is None or state.state == STATE_UNAVAILABLE:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="speaker_unavailable",
            translation_placeholders={"entity": entity_id or reference},
        )
    return entity_id
