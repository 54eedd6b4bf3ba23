"""Which of a runner's speakers a routine is spoken on."""

from collections.abc import Collection, Iterable
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError

from .const import CONF_MEDIA_PLAYER, CONF_SATELLITE, DOMAIN, SUBENTRY_SPEAKER
from .references import entity_id_of


def loudspeaker_of(hass: HomeAssistant, speaker: ConfigSubentry) -> str | None:
    """Return the entity that speaks; None for a phone, on which lines are written, and for what was removed."""
    reference = speaker.data.get(CONF_SATELLITE) or speaker.data.get(CONF_MEDIA_PLAYER)
    return entity_id_of(hass, reference) if reference else None


def free_speaker(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    named: str | None,
    *,
    order: Iterable[str],
    busy: Collection[str | None],
) -> str | None:
    """Return the id of a runner's speaker that none of the `busy` entities is; None where nobody would be heard.

    Not named, by its id or its name, it is the first in this order. Raises ServiceValidationError.
    """
    speakers = [entry.subentries[channel] for channel in dict.fromkeys(order) if channel in entry.subentries]
    if named:
        wanted = named.casefold()
        known = entry.get_subentries_of_type(SUBENTRY_SPEAKER)
        speakers = [one for one in known if wanted in {one.subentry_id.casefold(), one.title.casefold()}]
        if not speakers:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="unknown_speaker",
                translation_placeholders={"speaker": named, "runner": entry.title},
            )
    free = [speaker for speaker in speakers if loudspeaker_of(hass, speaker) not in busy]
    if speakers and not free:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="speaker_taken",
            translation_placeholders={"speaker": speakers[0].title},
        )
    return free[0].subentry_id if free else None
