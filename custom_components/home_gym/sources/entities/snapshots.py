"""Snapshots of other integrations' entities with activities.

Entities are identified by integration and unique id, or by the id of their registry entry, so renaming them changes
nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from homeassistant.const import ATTR_ENTITY_ID, ATTR_RESTORED, STATE_UNAVAILABLE, STATE_UNKNOWN, Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ...const import CONF_ACCOUNT, CONF_ENTITY, CONF_MAPPING, CONF_RUNS, CONF_SERVICE, LOGGER
from ...entity_references import entity_id_of
from ...gym.integrations import PRESETS, mapped
from ...gym.integrations.model import Preset, ReadingContext, Snapshot
from ...gym.runs.activity import Activity

# Period of a calendar's events.
CALENDAR_DAYS = timedelta(days=14)
SERVICE_GET_EVENTS = "get_events"
EVENT_START_DATETIME = "start_date_time"
EVENT_END_DATETIME = "end_date_time"


def anchors(hass: HomeAssistant) -> dict[str, tuple[str, str]]:
    """Return one entity for each account of a known service, with the service and the account."""
    found: dict[tuple[str, str], str] = {}
    for entry in er.async_get(hass).entities.values():
        preset = PRESETS.get(entry.platform)
        account = preset.account_of(entry.unique_id) if preset and not entry.disabled else None
        if account is not None:
            owner = entry.platform, account
            found[owner] = min(entry.entity_id, found.get(owner, entry.entity_id))
    return {entity_id: owner for owner, entity_id in found.items()}


def preset_of(data: Mapping[str, Any]) -> Preset | None:
    """Return the preset of a source, None for one with fields mapped by the user."""
    return PRESETS[data[CONF_SERVICE]] if CONF_SERVICE in data else None


def followed(hass: HomeAssistant, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the current entities of a source by key, empty for removed ones."""
    preset = preset_of(data)
    if preset is None:
        entity_id = entity_id_of(hass, data[CONF_ENTITY])
        return {entity_id: data[CONF_ENTITY]} if entity_id else {}
    return {
        entry.entity_id: key
        for entry in er.async_get(hass).entities.values()
        if entry.platform == preset.service and (key := preset.key_of(entry.unique_id, data[CONF_ACCOUNT]))
    }


def shown_by(hass: HomeAssistant, data: Mapping[str, Any]) -> str | None:
    """Return a readable entity that shows a source's activities, None while there is none."""
    preset = preset_of(data)
    for entity_id, key in followed(hass, data).items():
        state = hass.states.get(entity_id)
        if preset and preset.anchor.fullmatch(key) and state and is_readable(state):
            return entity_id
    return None


async def async_snapshots(hass: HomeAssistant, data: Mapping[str, Any]) -> list[Snapshot]:
    """Return the states of a source's entities, without unreadable ones."""
    preset = preset_of(data)
    found = []
    for entity_id, key in followed(hass, data).items():
        state = hass.states.get(entity_id)
        if preset and key == preset.calendar and state and state.state != STATE_UNAVAILABLE:
            found.extend(await _async_calendar(hass, entity_id, key))
        elif state and is_readable(state):
            found.append(Snapshot(key=key, state=state.state, attributes=state.attributes))
    return found


def is_readable(state: State) -> bool:
    """Return whether a state carries data; a restored one is from before the start."""
    return state.state not in (STATE_UNAVAILABLE, STATE_UNKNOWN) and not state.attributes.get(ATTR_RESTORED)


def read(data: Mapping[str, Any], snapshots: Sequence[Snapshot], now: datetime) -> list[Activity]:
    """Return the activities in the snapshots of a source."""
    context = ReadingContext(zone=dt_util.get_default_time_zone(), now=now, runs=tuple(data[CONF_RUNS]))
    preset = preset_of(data)
    if preset is not None:
        return preset.read(snapshots, context)
    fields = mapped.fields_of(data[CONF_MAPPING])
    return [activity for snapshot in snapshots for activity in mapped.read(snapshot, fields, context)]


async def _async_calendar(hass: HomeAssistant, entity_id: str, key: str) -> list[Snapshot]:
    """Return a calendar's events as snapshots; none from one that fails."""
    now = dt_util.utcnow()
    try:
        answer = await hass.services.async_call(
            Platform.CALENDAR,
            SERVICE_GET_EVENTS,
            {
                ATTR_ENTITY_ID: entity_id,
                EVENT_START_DATETIME: (now - CALENDAR_DAYS).isoformat(),
                EVENT_END_DATETIME: (now + timedelta(days=1)).isoformat(),
            },
            blocking=True,
            return_response=True,
        )
    except HomeAssistantError as error:
        LOGGER.debug("%s doesn't return its events: %s", entity_id, error)
        return []
    return [Snapshot(key=key, state="", attributes=shown) for shown in _answers(answer, entity_id)]


def _answers(answer: Any, entity_id: str) -> Iterator[Mapping[str, Any]]:
    if isinstance(answer, Mapping) and isinstance(shown := answer.get(entity_id), Mapping):
        yield shown
