"""Automations in the test's Home Assistant, and their entities."""

from collections.abc import Iterable, Sequence
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.home_gym.const import DOMAIN
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component

type Plain = dict[str, Any]


async def automate(
    hass: HomeAssistant, *triggers: Plain, conditions: Sequence[Plain] = (), data: Plain | None = None
) -> list[ServiceCall]:
    """Set up an automation, and return its calls: with data, or the id of the trigger."""
    calls = async_mock_service(hass, "test", "automation")
    actions = [{"action": "test.automation", "data": data or {"id": "{{ trigger.id }}"}}]
    automation = {"triggers": list(triggers), "conditions": list(conditions), "actions": actions, "mode": "queued"}
    assert await async_setup_component(hass, "automation", {"automation": automation})
    await hass.async_block_till_done()
    # A faulty automation would be set up too, but unavailable.
    assert [state.state for state in hass.states.async_all("automation")] == ["on"]
    return calls


def told(calls: Iterable[ServiceCall]) -> list[Plain]:
    """Return the data of calls."""
    return [dict(call.data) for call in calls]


def register(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    domain: str,
    key: str,
    *,
    owner: str = "01OWNER",
    platform: str = DOMAIN,
    device_class: str | None = None,
) -> er.RegistryEntry:
    """Return an entity of a device, as an entry of that platform registers it, yet without a state."""
    if hass.config_entries.async_get_entry(entry.entry_id) is None:
        entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(config_entry_id=entry.entry_id, identifiers={(platform, owner)})
    return er.async_get(hass).async_get_or_create(
        domain,
        platform,
        f"{owner}_{key}",
        config_entry=entry,
        device_id=device.id,
        original_device_class=device_class,
        suggested_object_id=f"{platform}_{owner}_{key}".lower(),
        translation_key=key,
    )


def device_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return the id of an entity's device."""
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    assert entry.device_id is not None
    return entry.device_id


async def show(hass: HomeAssistant, entity_id: str, *states: str | None, **attributes: Any) -> None:
    """Set states one after the other; None removes the state."""
    for state in states:
        if state is None:
            hass.states.async_remove(entity_id)
        else:
            hass.states.async_set(entity_id, state, attributes)
        await hass.async_block_till_done()
