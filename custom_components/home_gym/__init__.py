"""Home Gym: runs, shoes and habits of a runner, and prompts for the back care that follows from a run."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import partial

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, Platform
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.typing import ConfigType

from .const import DOMAIN, ENTRY_VERSION, LOGGER, SIGNAL_RUNNER_READY
from .data import HomeGymConfigEntry
from .entity import runner_device
from .gym import verbs
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
    entry.async_on_unload(entry.add_update_listener(partial(_async_reload, known=set(entry.subentries))))
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


async def _async_reload(hass: HomeAssistant, entry: HomeGymConfigEntry, *, known: Collection[str]) -> None:
    """Reload a runner after a change of the entry, and clean up after removed pairs and sources."""
    for subentry in set(known) - entry.subentries.keys():
        if entry.state is ConfigEntryState.LOADED:
            await _async_keep_runs(entry, subentry)
        await async_remove_subentry(hass, subentry)
    hass.config_entries.async_schedule_reload(entry.entry_id)


async def _async_keep_runs(entry: HomeGymConfigEntry, source: str) -> None:
    """Keep the runs that count by the setting of a removed source."""
    coordinator = entry.runtime_data.coordinator
    if coordinator.runner.projections.doubts.taken_by(source):
        # A full disk must not keep the source: its recordings become questions again.
        with suppress(HomeAssistantError):
            await coordinator.async_apply(verbs.keep_unnamed_runs(source))
