"""Speakers of a runner: lookup by name, and the choice for a routine."""

from collections.abc import Collection

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError

from ..const import CONF_MEDIA_PLAYER, CONF_SATELLITE, DOMAIN, SUBENTRY_SPEAKER
from ..coordinator import HomeGymCoordinator
from ..entity_references import entity_id_of
from ..gym.habits.habit import Habit
from ..options.speaker import is_written
from ..targets import subentry_of


def loudspeaker_of(hass: HomeAssistant, speaker: ConfigSubentry) -> str | None:
    """Return a speaker's entity; None for a phone, with written lines only, and for a removed entity."""
    reference = speaker.data.get(CONF_SATELLITE) or speaker.data.get(CONF_MEDIA_PLAYER)
    return entity_id_of(hass, reference) if reference else None


def free_speaker(
    coordinator: HomeGymCoordinator,
    named: str | None,
    *,
    busy: Collection[str],
    habit: Habit | None,
    asked_on: str | None = None,
) -> str | None:
    """Return the id of a runner's speaker that is not among the busy entities; None without an audible one.

    Unless named, as in `speakers_named`, it is the asking speaker, or else the one for a prompt of the habit. Raises
    ServiceValidationError.
    """
    speakers = speakers_named(coordinator, named) if named else _in_earshot(coordinator, habit, asked_on)
    free = [speaker for speaker in speakers if loudspeaker_of(coordinator.hass, speaker) not in busy]
    if speakers and not free:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="speaker_taken",
            translation_placeholders={"speaker": speakers[0].title},
        )
    return free[0].subentry_id if free else None


def speakers_named(coordinator: HomeGymCoordinator, name: str, *, audible: bool = False) -> list[ConfigSubentry]:
    """Return the speakers of a device, an entity, an id or a name, without phones if `audible`.

    Raises ServiceValidationError for an unknown name.
    """
    entry = coordinator.config_entry
    wanted = subentry_of(coordinator.hass, entry.entry_id, name).casefold()
    speakers = [
        speaker
        for speaker in entry.get_subentries_of_type(SUBENTRY_SPEAKER)
        if wanted in {speaker.subentry_id.casefold(), speaker.title.casefold()}
        and not (audible and is_written(speaker.data))
    ]
    if not speakers:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="unknown_speaker",
            translation_placeholders={"speaker": name, "runner": entry.title},
        )
    return speakers


def _in_earshot(coordinator: HomeGymCoordinator, habit: Habit | None, asked_on: str | None) -> list[ConfigSubentry]:
    """Return the speakers in earshot now, the best first."""
    heard = coordinator.heard
    order = coordinator.runner.settings.prompts.attempts_on(heard, habit)
    if asked_on in heard:
        order = (asked_on, *order)
    subentries = coordinator.config_entry.subentries
    return [subentries[channel] for channel in dict.fromkeys(order) if channel in subentries]
