"""Treadmill entries: setup and unloading."""

from typing import Any, TypeIs

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.start import async_at_started

from ..const import CONF_RUNNERS, DOMAIN
from ..gym.speech.phrases import Phrases
from ..gym.treadmill.detector import SessionDetector
from ..issues.repair_issue import OF_TREADMILLS
from .cadence_notice import CadenceNotice
from .coordinator import TreadmillConfigEntry, TreadmillCoordinator
from .follow import async_follow
from .question import RunnerQuestion
from .run_delivery import async_end_runs
from .runners import TreadmillRunners
from .session_on_phones import SessionOnPhones
from .settings import belt_settings
from .store import StoredTreadmill, TreadmillStore
from .wise_distance import WiseDistanceNotice

PLATFORMS = [Platform.BINARY_SENSOR, Platform.BUTTON, Platform.SENSOR]
CLAIM_OF_GUEST = "guest"


def is_treadmill(entry: ConfigEntry[Any]) -> TypeIs[TreadmillConfigEntry]:
    """Return whether an entry is a treadmill's; all others are runners'."""
    return CONF_RUNNERS in entry.data


async def async_setup_treadmill(hass: HomeAssistant, entry: TreadmillConfigEntry, phrases: Phrases) -> None:
    """Set up one treadmill."""
    store = TreadmillStore(hass, entry.entry_id)
    stored = await _async_load(entry, store)
    belt = SessionDetector(belt_settings(entry.data), stored.memory)
    coordinator = entry.runtime_data = TreadmillCoordinator(hass, entry, belt, stored, store)
    # Registered first and so called last, after every source of changes has ended.
    entry.async_on_unload(coordinator.async_close)
    coordinator.async_on_ask(RunnerQuestion(hass, coordinator, phrases).async_start(entry.async_on_unload))
    CadenceNotice(hass, coordinator).async_start(entry.async_on_unload)
    WiseDistanceNotice(hass, coordinator).async_start(entry.async_on_unload)
    SessionOnPhones(hass, coordinator, phrases).async_start(entry.async_on_unload)
    _remove_buttons_of_others(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)

    @callback
    def begin(hass: HomeAssistant) -> None:
        entry.async_create_background_task(
            hass, async_follow(hass, entry, stored.memory.seen), f"{entry.title}: source"
        )

    async def save(_event: Event) -> None:
        await coordinator.async_save()

    entry.async_on_unload(async_at_started(hass, begin))
    # Home Assistant does not unload entries when it stops.
    entry.async_on_unload(hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, save))
    entry.async_on_unload(entry.add_update_listener(_async_reload))


async def async_unload_treadmill(hass: HomeAssistant, entry: TreadmillConfigEntry) -> bool:
    """Unload one treadmill; the callbacks of `async_setup_treadmill` end the rest."""
    # A reload keeps the runners running, but a disabled treadmill does not come back.
    if entry.disabled_by:
        await async_end_runs(TreadmillRunners(hass, entry), entry.entry_id)
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_treadmill(hass: HomeAssistant, entry: TreadmillConfigEntry) -> None:
    """Remove a treadmill's store and repair issues; its runs stay in their runners' journals."""
    await async_end_runs(TreadmillRunners(hass, entry), entry.entry_id)
    await TreadmillStore(hass, entry.entry_id).async_remove()
    for issue in OF_TREADMILLS:
        issue.async_clear(hass, entry.entry_id)


def _remove_buttons_of_others(hass: HomeAssistant, entry: TreadmillConfigEntry) -> None:
    """Remove the buttons of runners removed from the treadmill."""
    registry = er.async_get(hass)
    users = (*entry.runtime_data.runners, CLAIM_OF_GUEST)
    wanted = {f"{entry.entry_id}_claim_{user}" for user in users}
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        if entity.domain == Platform.BUTTON and entity.unique_id not in wanted:
            registry.async_remove(entity.entity_id)


async def _async_load(entry: TreadmillConfigEntry, store: TreadmillStore) -> StoredTreadmill:
    """Load the stored state; raise ConfigEntryError for an unreadable file, which is left alone."""
    try:
        return await store.async_load()
    except (ValueError, HomeAssistantError) as error:
        raise ConfigEntryError(
            translation_domain=DOMAIN,
            translation_key="treadmill_unreadable",
            translation_placeholders={"treadmill": entry.title, "path": store.path, "error": str(error)},
        ) from error


async def _async_reload(hass: HomeAssistant, entry: TreadmillConfigEntry) -> None:
    """Reload the treadmill after a change of its entry."""
    hass.config_entries.async_schedule_reload(entry.entry_id)


__all__ = [
    "TreadmillConfigEntry",
    "TreadmillCoordinator",
    "async_remove_treadmill",
    "async_setup_treadmill",
    "async_unload_treadmill",
    "is_treadmill",
]
