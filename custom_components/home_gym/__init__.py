"""Home Gym: runs, shoes and habits of a runner, and prompts for the back care that follows from a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, Platform
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.typing import ConfigType

from .const import DOMAIN, ENTRY_VERSION, LOGGER, SIGNAL_RUNNER_READY
from .data import HomeGymConfigEntry
from .entity import runner_device
from .entry_changes import async_keep_runs
from .languages import async_phrases
from .removal import async_remove_runner, async_remove_subentry
from .runner_setup import async_build_runner_data, components_of
from .services.cadence import CadenceView
from .services.registry import async_register
from .sources.webhook import endpoint as webhook
from .sources.webhook.address import PostView
from .treadmill import (
    TreadmillConfigEntry,
    async_remove_treadmill,
    async_setup_treadmill,
    async_unload_treadmill,
    is_treadmill,
)
from .web.back_page import BackPageView
from .web.cards import async_register_cards
from .web.websocket import async_register_websocket

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)
PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TODO,
]
HOME_SETTINGS = {"country", "currency", "language", "time_zone", "unit_system"}
"""The settings of the home that a runner's figures and words depend on."""


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register actions, pages, websocket commands and cards, which outlive the entries.

    The address for posts comes first: until then, a phone's post is answered with 404.
    """
    hass.http.register_view(PostView(hass, webhook.async_ask_to_repeat))
    async_register(hass)
    hass.http.register_view(BackPageView(hass))
    hass.http.register_view(CadenceView(hass))
    async_register_websocket(hass)
    await async_register_cards(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: HomeGymConfigEntry | TreadmillConfigEntry) -> bool:
    """Set up a runner or a treadmill."""
    if is_treadmill(entry):
        await async_setup_treadmill(hass, entry, await async_phrases(hass, hass.config.language))
        return True
    # Registered first, so that a change during set-up reloads the entry.
    entry.async_on_unload(entry.add_update_listener(partial(_async_follow, known=_known(entry))))
    hold_webhooks = partial(webhook.hold, hass, entry)
    hold_webhooks()
    entry.async_on_unload(hold_webhooks)
    gym = entry.runtime_data = await async_build_runner_data(hass, entry)
    # Called last but for the hold, when nothing brings changes any more.
    entry.async_on_unload(gym.coordinator.async_close)
    # The devices of shoes point to the runner's, so it must exist before theirs.
    dr.async_get(hass).async_get_or_create(config_entry_id=entry.entry_id, **runner_device(gym.coordinator))
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    for component in components_of(hass, gym):
        component.async_start(entry.async_on_unload)
    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, partial(_async_follow_home, hass, entry)))
    entry.async_on_unload(entry.async_on_state_change(partial(_announce_runner, hass, entry)))
    return True


async def async_migrate_entry(hass: HomeAssistant, entry: HomeGymConfigEntry | TreadmillConfigEntry) -> bool:
    """Accept entries of this major version, also of a newer minor one; a newer major version stays as it is."""
    if entry.version > ENTRY_VERSION:
        LOGGER.error("The settings of %s are from a newer version of Home Gym, which has to be installed", entry.title)
        return False
    return True


async def async_unload_entry(hass: HomeAssistant, entry: HomeGymConfigEntry | TreadmillConfigEntry) -> bool:
    """Unload an entry; the components' registered callbacks end the rest."""
    if is_treadmill(entry):
        return await async_unload_treadmill(hass, entry)
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: HomeGymConfigEntry | TreadmillConfigEntry) -> None:
    """Remove an entry's files, statistics and issues."""
    await (async_remove_treadmill(hass, entry) if is_treadmill(entry) else async_remove_runner(hass, entry))


@callback
def _announce_runner(hass: HomeAssistant, entry: HomeGymConfigEntry) -> None:
    """Announce a loaded runner to the treadmills."""
    if entry.state is ConfigEntryState.LOADED:
        async_dispatcher_send(hass, SIGNAL_RUNNER_READY, entry.entry_id)


async def _async_follow_home(
    hass: HomeAssistant, entry: HomeGymConfigEntry, event: Event[Mapping[str, object]]
) -> None:
    """Reload a runner after a change of the home's settings; the start of Home Assistant fires the same event."""
    if event.data.keys() & HOME_SETTINGS:
        hass.config_entries.async_schedule_reload(entry.entry_id)


@dataclass(slots=True, kw_only=True)
class KnownEntry:
    """An entry before its latest change."""

    title: str
    data: Mapping[str, object]
    subentries: set[str]


def _known(entry: HomeGymConfigEntry) -> KnownEntry:
    return KnownEntry(title=entry.title, data=entry.data, subentries=set(entry.subentries))


async def _async_follow(hass: HomeAssistant, entry: HomeGymConfigEntry, *, known: KnownEntry) -> None:
    """Apply a change of a runner's entry; another name or person, and a change during set-up, reload it."""
    removed = known.subentries - entry.subentries.keys()
    known.subentries = set(entry.subentries)
    is_loaded = entry.state is ConfigEntryState.LOADED
    if is_loaded and (entry.title, entry.data) == (known.title, known.data):
        await entry.runtime_data.changes.async_follow(removed)
    else:
        for subentry in removed if is_loaded else ():
            await async_keep_runs(entry.runtime_data.coordinator, subentry)
        hass.config_entries.async_schedule_reload(entry.entry_id)
    for subentry in removed:
        await async_remove_subentry(hass, subentry)
