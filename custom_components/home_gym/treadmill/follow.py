"""The sources of a treadmill's level: a plug's power, its own entities, and Bluetooth."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.importlib import async_import_module
from homeassistant.util import dt as dt_util

from ..const import CONF_ADDRESS, CONF_POWER
from ..deadline import Deadline
from ..gym.treadmill.ftms import TreadmillData
from ..gym.treadmill.presets import BeltFigure
from ..gym.treadmill.signal import BeltSignal
from .coordinator import TreadmillConfigEntry
from .entity_source import BeltEntities, corrected_speed
from .meter import Meter, Reading
from .settings import quirks_in, references_in

if TYPE_CHECKING:
    from .bluetooth import BluetoothTreadmill

# The recorder is not asked for anything older than this before a start.
HISTORY_PERIOD = timedelta(days=1)


async def async_follow(hass: HomeAssistant, entry: TreadmillConfigEntry, seen: datetime | None) -> None:
    """Follow a treadmill's source, after its missed reports since `seen`."""
    if CONF_POWER in entry.data:
        await _async_follow_plug(hass, entry, seen)
    elif CONF_ADDRESS in entry.data:
        await _async_follow_bluetooth(hass, entry)
    else:
        await _async_follow_entities(hass, entry, seen)
    entry.runtime_data.async_start(entry.async_on_unload)


async def _async_follow_plug(hass: HomeAssistant, entry: TreadmillConfigEntry, seen: datetime | None) -> None:
    coordinator = entry.runtime_data
    meter = Meter(hass, entry.data[CONF_POWER])
    if seen is not None:
        await coordinator.async_replay(await _async_missed(meter, seen, dt_util.utcnow()))
    entry.async_on_unload(meter.async_listen(coordinator.async_report))
    coordinator.async_report(meter.level(), dt_util.utcnow())
    _async_reload_at_renaming(hass, entry, lambda: meter.entity_id)


async def _async_follow_entities(hass: HomeAssistant, entry: TreadmillConfigEntry, seen: datetime | None) -> None:
    coordinator = entry.runtime_data
    entities = BeltEntities(hass, references_in(entry.data))
    quirks = quirks_in(entry.data)
    signal = BeltSignal(quirks)
    if seen is not None:
        # Each reading of the recorder is a report of its own.
        meter = Meter(hass, entry.data[BeltFigure.SPEED], partial(corrected_speed, quirks))
        await coordinator.async_replay(await _async_missed(meter, seen, dt_util.utcnow()))

    @callback
    def publish(data: TreadmillData, at: datetime) -> None:
        if not data.speed and coordinator.belt.session is None:
            # A resting counter is the base of the next session, and nothing else of it matters.
            coordinator.odometer.clear()
        if data.total_distance is not None:
            coordinator.odometer.note(data.total_distance, at)
        coordinator.async_report(data.speed, at)
        coordinator.async_show_live(data, at, is_whole=True)
        deadline.async_set(signal.deadline())

    @callback
    def take(figure: BeltFigure, at: datetime) -> None:
        data = entities.data()
        # Read beside another figure's report, a counter would seem to leap at its own.
        counted = data if figure is BeltFigure.DISTANCE else replace(data, total_distance=None)
        publish(signal.take(counted, at), at)

    @callback
    def tick(now: datetime) -> None:
        if changed := signal.tick(now):
            # Nothing is known since the last report of a frozen bridge.
            publish(changed, now if changed.speed is not None else signal.reported or now)

    deadline = Deadline(hass, tick)
    entry.async_on_unload(deadline.async_cancel)
    entry.async_on_unload(entities.async_listen(take))
    take(BeltFigure.DISTANCE, dt_util.utcnow())
    _async_reload_at_renaming(hass, entry, lambda: entities.entity_ids)


async def _async_follow_bluetooth(hass: HomeAssistant, entry: TreadmillConfigEntry) -> None:
    coordinator = entry.runtime_data

    @callback
    def on_data(data: TreadmillData, at: datetime) -> None:
        coordinator.async_show_live(data, at)
        if data.total_distance is not None:
            coordinator.odometer.note(data.total_distance, at)
        if data.speed is not None:
            coordinator.async_report(data.speed, at)

    @callback
    def on_gone(at: datetime) -> None:
        coordinator.async_show_live(None, at)
        coordinator.async_report(None, at)

    # Imported here, since homes without Bluetooth lack its requirements.
    bluetooth = await async_import_module(hass, f"{__package__}.bluetooth")
    treadmill: BluetoothTreadmill = bluetooth.BluetoothTreadmill(
        hass, entry.data[CONF_ADDRESS], on_data, on_gone, quirks=quirks_in(entry.data)
    )
    entry.async_on_unload(treadmill.async_stop)
    await treadmill.async_start()


@callback
def _async_reload_at_renaming(hass: HomeAssistant, entry: TreadmillConfigEntry, followed: Callable[[], object]) -> None:
    """Reload the treadmill after a change of the followed entity ids; a session in progress outlives that."""
    before = followed()

    @callback
    def compare(_event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        if followed() != before:
            hass.config_entries.async_schedule_reload(entry.entry_id)

    entry.async_on_unload(hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, compare))


async def _async_missed(meter: Meter, seen: datetime, now: datetime) -> list[Reading]:
    """Return the readings since `seen`; the time before the last day counts as unknown."""
    start = max(seen, now - HISTORY_PERIOD)
    missed = await meter.async_history(start, now)
    return missed if start == seen else [(seen, None), *missed]
