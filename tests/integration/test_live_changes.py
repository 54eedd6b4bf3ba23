"""Changes of an entry while the runner goes on: options, pairs, sources and speakers apply, and nothing restarts."""

from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.sources.webhook.address import HANDLERS
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of, shoe_data

SECRET = "s" * 43
PHONE = {"secret": SECRET, "webhook": "ab" * 32, "app": "other", "runs": ["Running"], "local_only": True}
TABLET = {"notify_action": "tablet", "is_spoken": True}


class LiveEntry:
    """The entry of a loaded runner, with the entities that went away."""

    def __init__(self, hass: HomeAssistant, entry: MockConfigEntry) -> None:
        """Note each entity that becomes unavailable or is removed."""
        self._hass = hass
        self.entry = entry
        self.gone: set[str] = set()

        @callback
        def note(event: Event[EventStateChangedData]) -> None:
            new = event.data["new_state"]
            if new is None or new.state == STATE_UNAVAILABLE:
                self.gone.add(event.data["entity_id"])

        hass.bus.async_listen("state_changed", note)

    async def set_options(self, **options: Any) -> None:
        """Change options."""
        self._hass.config_entries.async_update_entry(self.entry, options={**self.entry.options, **options})
        await self._hass.async_block_till_done()

    async def add(self, kind: str, title: str, data: dict[str, Any]) -> str:
        """Add a subentry, and return its id."""
        new = ConfigSubentry(data=MappingProxyType(data), subentry_type=kind, title=title, unique_id=None)
        self._hass.config_entries.async_add_subentry(self.entry, new)
        await self._hass.async_block_till_done()
        return new.subentry_id

    async def change(self, subentry: str, title: str, data: dict[str, Any]) -> None:
        """Change a subentry."""
        known = self.entry.subentries[subentry]
        self._hass.config_entries.async_update_subentry(self.entry, known, title=title, data=data)
        await self._hass.async_block_till_done()

    async def remove(self, subentry: str) -> None:
        """Remove a subentry."""
        self._hass.config_entries.async_remove_subentry(self.entry, subentry)
        await self._hass.async_block_till_done()

    def entity(self, platform: str, subentry: str, key: str) -> str | None:
        """Return the id of an entity of a subentry, None without one."""
        unique_id = f"{ENTRY_ID}_{subentry}_{key}"
        entity_id = er.async_get(self._hass).async_get_entity_id(platform, "home_gym", unique_id)
        return entity_id if entity_id and self._hass.states.get(entity_id) else None


@pytest.fixture
async def live(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> LiveEntry:
    """Return a runner's entry in the midst of a routine and of a run on a treadmill."""
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.start_run("01BELT", NOW, announce=False))
    start = {"config_entry_id": ENTRY_ID, "habit": "stretch"}
    await hass.services.async_call("home_gym", "start_routine", start, blocking=True)
    return LiveEntry(hass, entry)


async def test_changes_leave_the_runner_and_a_routine_running(
    hass: HomeAssistant, live: LiveEntry, folder: Path
) -> None:
    gym = live.entry.runtime_data
    player = gym.routines.player
    assert player is not None

    await live.set_options(core_goal=5)
    await _change_pairs(hass, live)
    await _change_sources(hass, live, folder)
    await _change_speakers(live)

    assert live.entry.state is ConfigEntryState.LOADED
    assert live.entry.runtime_data is gym
    assert gym.routines.player is player
    assert gym.runner.settings.core_goal == 5
    assert set(gym.runner.running_on) == {"01BELT"}
    # Only the entities of removed subentries and of a cleared price are gone.
    assert live.gone
    assert all(entity.partition(".")[2].startswith(("racers", "ghost", "tablet")) for entity in live.gone)


async def _change_pairs(hass: HomeAssistant, live: LiveEntry) -> None:
    """Add a pair, change it, and remove it."""
    data = dict(shoe_data("Racers")["data"])
    pair = await live.add("shoe", "Racers", data)
    distance = live.entity("sensor", pair, "distance")
    assert distance
    assert live.entity("sensor", pair, "cost") is None
    select = hass.states.get(entity_id_of(hass, "select", "shoe"))
    assert select is not None
    assert "Racers" in select.attributes["options"]

    await live.change(pair, "Ghost", {**data, "price": 100, "brand": "Brooks"})
    assert live.entity("sensor", pair, "cost")
    device = dr.async_get(hass).async_get(er.async_get(hass).entities[distance].device_id or "")
    assert isinstance(device, dr.DeviceEntry)
    assert (device.name, device.manufacturer) == ("Ghost", "Brooks")
    assert not live.gone
    await live.change(pair, "Ghost", data)
    assert live.entity("sensor", pair, "cost") is None
    assert live.entity("sensor", pair, "distance") == distance
    await live.remove(pair)
    assert live.entity("sensor", pair, "distance") is None


async def _change_sources(hass: HomeAssistant, live: LiveEntry, folder: Path) -> None:
    """Add two sources, and change and remove one; the other one is not started again."""
    phone = await live.add("source", "Phone", PHONE)
    handler = hass.data[HANDLERS][SECRET]
    files = await live.add("source", "Files", {"folder": str(folder), "since": NOW.isoformat()})
    await live.change(files, "Files", {"folder": str(folder / "other"), "since": NOW.isoformat()})
    assert hass.data[HANDLERS][SECRET] is handler
    await live.change(phone, "Phone", {**PHONE, "local_only": False})
    assert hass.data[HANDLERS][SECRET] is not handler
    await live.remove(phone)
    assert SECRET not in hass.data[HANDLERS]


async def _change_speakers(live: LiveEntry) -> None:
    """Add a speaker, and remove it."""
    prompts = live.entry.runtime_data.runner.settings.prompts
    assert prompts.speakers == ()
    speaker = await live.add("speaker", "Tablet", TABLET)
    assert live.entry.runtime_data.runner.settings.prompts.speakers == (speaker,)
    assert live.entity("button", speaker, "say_hello")
    await live.change(speaker, "Tablet", {**TABLET, "is_spoken": False})
    assert live.entity("button", speaker, "say_hello") is None
    await live.remove(speaker)
    assert live.entry.runtime_data.runner.settings.prompts.phones == ()
