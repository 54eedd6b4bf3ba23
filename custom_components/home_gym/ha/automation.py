"""Automations made of a blueprint, with the devices and triggers that its inputs led to."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from homeassistant.components.automation import (  # type: ignore[attr-defined]  # moved in 2026.11
    DATA_COMPONENT,  # only the entities have the triggers
    EVENT_AUTOMATION_RELOADED,
    blueprint_in_automation,
    devices_in_automation,
)
from homeassistant.const import STATE_ON
from homeassistant.core import HomeAssistant, callback

__all__ = ["EVENT_AUTOMATION_RELOADED", "BlueprintAutomation", "async_blueprint_automations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlueprintAutomation:
    """An automation that is on; `blueprint` is the name of its file without folders and suffix.

    `triggers` are the options of its triggers.
    """

    name: str
    blueprint: str
    devices: Collection[str]
    triggers: tuple[dict[str, Any], ...]


@callback
def async_blueprint_automations(hass: HomeAssistant) -> Iterator[BlueprintAutomation]:
    """Yield the automations that are on and made of a blueprint."""
    for state in hass.states.async_all("automation"):
        path = blueprint_in_automation(hass, state.entity_id)
        if path is None or state.state != STATE_ON:
            continue
        entity = hass.data[DATA_COMPONENT].get_entity(state.entity_id)
        written = (entity.raw_config if entity else None) or {}
        yield BlueprintAutomation(
            name=state.name,
            blueprint=PurePosixPath(path).stem,
            devices=devices_in_automation(hass, state.entity_id),
            triggers=tuple(trigger.get("options") or {} for trigger in written.get("triggers", ())),
        )
