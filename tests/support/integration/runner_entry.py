"""The entry of a runner with two pairs of shoes, and the states of its entities."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

# A Monday evening.
NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
ENTRY_ID = "01RUNNER"
OLD_SHOE = "01OLDSHOE"
NEW_SHOE = "01NEWSHOE"


def shoe_data(subentry_title: str, **changes: Any) -> ConfigSubentryData:
    """Return a pair's subentry data, in metres."""
    data = {"first_used": "2026-01-01", "initial_distance": 0, "warn_at": 483_000, "replace_at": 805_000}
    return ConfigSubentryData(data=data | changes, subentry_type="shoe", title=subentry_title, unique_id=None)


def with_id(subentry: ConfigSubentryData, subentry_id: str) -> Any:
    """Return a subentry's data with an id of the test's choice."""
    return {**subentry, "subentry_id": subentry_id}


type SetUp = Callable[[MockConfigEntry], Awaitable[HomeGymCoordinator]]


def entity_id_of(hass: HomeAssistant, platform: str, key: str, owner: str = ENTRY_ID) -> str:
    """Return the id of an entity, from the registry."""
    entity_id = er.async_get(hass).async_get_entity_id(platform, DOMAIN, f"{owner}_{key}")
    assert entity_id is not None, f"{platform} {key}"
    return entity_id


def state_of(hass: HomeAssistant, platform: str, key: str, owner: str = ENTRY_ID) -> str:
    """Return the state of an entity."""
    state = hass.states.get(entity_id_of(hass, platform, key, owner))
    assert state is not None
    return state.state
