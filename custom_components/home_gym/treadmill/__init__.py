"""Treadmills: what they draw from a plug and what they say over Bluetooth, and the sessions that this amounts to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeIs

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, HomeAssistantError
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..const import CONF_ADDRESS, CONF_POWER, CONF_RUNNERS, DOMAIN
from ..gym.belt import Belt
from ..gym.ftms import TreadmillData
from ..gym.phrases import Phrases
from .bluetooth import BluetoothTreadmill
from .coordinator import TreadmillConfigEntry, TreadmillCoordinator, unclaimed_issue_id
from .meter import Meter
from .question import RunnerQuestion
from .settings import belt_settings
from .store import Kept, TreadmillStore

PLATFORMS = [Platform.BINARY_SENSOR, Platform.BUTTON, Platform.SENSOR]
# What happened longer before a start is not looked up in the recorder.
LOOK_BACK = timedelta(days=1)


def is_treadmill(entry: ConfigEntry[Any]) -> TypeIs[TreadmillConfigEntry]:
    """Tell whether an entry is that of a treadmill; all others are runners'."""
    return CONF_RUNNERS in entry.data


async def async_setup_treadmill(hass: HomeAssistant, entry: TreadmillConfigEntry, phrases: Phrases) -> None:
    """Set up one treadmill."""
    store = TreadmillStore(hass, entry.entry_id)
    kept = await _async_load(hass, entry, store)
    belt = Belt(belt_settings(entry.data), kept.memory)
    coordinator = entry.runtime_data = TreadmillCoordinator(hass, entry, belt, kept.log, store)
    entry.async_on_unload(coordinator.async_save)
    coordinator.async_on_ask(RunnerQuestion(hass, coordinator, phrases).async_start(entry.async_on_unload))
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)

    @callback
    def begin(hass: HomeAssistant) -> None:
        source = _async_follow_plug if CONF_POWER in entry.data else _async_follow_bluetooth
        entry.async_create_background_task(hass, source(hass, entry, kept), f"{entry.title}: source")

    entry.async_on_unload(async_at_started(hass, begin))
    entry.async_on_unload(entry.add_update_listener(_async_reload))


async def async_unload_treadmill(hass: HomeAssistant, entry: TreadmillConfigEntry) -> bool:
    """Unload one treadmill; `async_setup_treadmill` said what else that takes."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_treadmill(hass: HomeAssistant, entry: TreadmillConfigEntry) -> None:
    """Remove what a treadmill left on disk; the runs on it stay in their runners' journals."""
    await TreadmillStore(hass, entry.entry_id).async_remove()
    ir.async_delete_issue(hass, DOMAIN, unclaimed_issue_id(entry.entry_id))


async def _async_load(hass: HomeAssistant, entry: TreadmillConfigEntry, store: TreadmillStore) -> Kept:
    """Return what is on disk; what cannot be read is left alone."""
    try:
        return await store.async_load()
    except (ValueError, HomeAssistantError) as error:
        raise ConfigEntryError(
            translation_domain=DOMAIN,
            translation_key="treadmill_unreadable",
            translation_placeholders={"treadmill": entry.title, "path": store.path, "error": str(error)},
        ) from error


async def _async_follow_plug(hass: HomeAssistant, entry: TreadmillConfigEntry, kept: Kept) -> None:
    """Catch up with what the plug said meanwhile, and follow it from now on."""
    coordinator = entry.runtime_data
    meter = Meter(hass, entry.data[CONF_POWER])
    now = dt_util.utcnow()
    if kept.memory.seen is not None:
        history = await meter.async_history(max(kept.memory.seen, now - LOOK_BACK), now)
        coordinator.async_replay(history)
    entry.async_on_unload(meter.async_listen(coordinator.async_report))
    coordinator.async_report(meter.watts(), dt_util.utcnow())
    entry.async_on_unload(
        hass.bus.async_listen(
            er.EVENT_ENTITY_REGISTRY_UPDATED,
            partial(_async_handle_renamed, hass, entry, meter),
            _is_of(meter.entity_id),
        )
    )
    coordinator.async_start(entry.async_on_unload)


async def _async_follow_bluetooth(hass: HomeAssistant, entry: TreadmillConfigEntry, _kept: Kept) -> None:
    """Follow what the treadmill says over Bluetooth."""
    coordinator = entry.runtime_data

    @callback
    def on_data(data: TreadmillData, at: datetime) -> None:
        if data.total_distance is not None:
            coordinator.odometer.note(data.total_distance, at)
        if data.speed is not None:
            coordinator.async_report(data.speed, at)

    @callback
    def on_gone(at: datetime) -> None:
        coordinator.async_report(None, at)

    treadmill = BluetoothTreadmill(hass, entry.data[CONF_ADDRESS], on_data, on_gone)
    entry.async_on_unload(treadmill.async_stop)
    await treadmill.async_start()
    coordinator.async_start(entry.async_on_unload)


def _is_of(entity_id: str | None) -> Callable[[er.EventEntityRegistryUpdatedData], bool]:
    """Return what tells whether a change of the registry may be of an entity, by the name that it has or had."""

    @callback
    def is_of(changed: er.EventEntityRegistryUpdatedData) -> bool:
        return entity_id is None or entity_id in (changed["entity_id"], changed.get("old_entity_id"))

    return is_of


@callback
def _async_handle_renamed(
    hass: HomeAssistant, entry: TreadmillConfigEntry, meter: Meter, _event: Event[er.EventEntityRegistryUpdatedData]
) -> None:
    """Set the treadmill up anew when its sensor was renamed, came or went; a session that goes on outlives that."""
    hass.config_entries.async_schedule_reload(entry.entry_id)


async def _async_reload(hass: HomeAssistant, entry: TreadmillConfigEntry) -> None:
    """Set the treadmill up anew after a change of its entry."""
    hass.config_entries.async_schedule_reload(entry.entry_id)


__all__ = [
    "TreadmillConfigEntry",
    "TreadmillCoordinator",
    "async_remove_treadmill",
    "async_setup_treadmill",
    "async_unload_treadmill",
    "is_treadmill",
]
