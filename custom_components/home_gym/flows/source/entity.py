"""Screens of a source by any entity with activities, its attributes mapped by the user."""

from collections.abc import Iterable, Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from ...const import CONF_ENTITY, CONF_MAPPING
from ...entity_references import entity_id_of, reference_to
from ...gym.integrations.mapped import STATE
from ...options.field import form
from ...options.source import ENTITY
from .preview import PreviewSteps

DISTANCE_UNITS = ["m", "km", "mi"]
DURATION_UNITS = ["s", "min", "h"]
# Attribute names in known integrations, the likeliest first; a match is prefilled.
GUESSES: Mapping[str, tuple[str, ...]] = {
    "start": (
        *("startTime", "start_time", "start", "start_datetime", "startDate", "start_date"),
        *("start_date_local", "startTimeLocal", "started_at", "date", STATE),
    ),
    "own_id": ("activityId", "activity_id", "workout_id", "id", "uuid", "key"),
    "distance": ("distance", "distanceMeters", "distance_m", "distance_meters", "totalDistance"),
    "duration": ("duration", "elapsedDuration", "elapsed_time", "moving_time", "totalTime"),
    "cadence": ("cadence", "average_cadence", "averageCadence", "avg_cadence"),
    "sport": ("activityType", "activity_type", "sport_type", "sport", "workout_type", "type"),
}


class EntitySteps(PreviewSteps):
    """Flow steps for an entity and the meaning of its attributes."""

    async def async_step_entity(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the entity."""
        errors: dict[str, str] = {}
        if user_input is not None:
            self._entity_id = user_input[CONF_ENTITY]
            errors = self._entity_errors_of(reference_to(self.hass, self._entity_id))
            if not errors:
                return await self.async_step_mapping()
        known = self._known()
        chosen = entity_id_of(self.hass, known[CONF_ENTITY]) if known else None
        suggested = user_input or ({CONF_ENTITY: chosen} if chosen else {})
        schema = self.add_suggested_values_to_schema(vol.Schema(form(self.hass, ENTITY)), suggested)
        return self.async_show_form(step_id="entity", data_schema=schema, errors=errors)

    async def async_step_reconfigure_entity(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the entity again; the screens are those of a new source."""
        return await self.async_step_entity()

    async def async_step_mapping(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the attribute of each figure."""
        if user_input is not None:
            entity = reference_to(self.hass, self._entity_id)
            return await self._async_preview(self._entity_id, {CONF_ENTITY: entity, CONF_MAPPING: user_input})
        state = self.hass.states.get(self._entity_id)
        shown = [STATE, *(state.attributes if state else ())]
        suggested = self._known().get(CONF_MAPPING) or _guessed(shown)
        return self.async_show_form(
            step_id="mapping", data_schema=self.add_suggested_values_to_schema(_schema(shown), suggested)
        )

    def _entity_errors_of(self, entity: str) -> dict[str, str]:
        return {CONF_ENTITY: "entity_taken"} if self._is_taken(entity=entity) else {}


def _schema(attributes: list[str]) -> vol.Schema:
    attribute = _select(attributes, custom_value=True)
    return vol.Schema(
        {
            vol.Required("start"): attribute,
            vol.Optional("own_id"): attribute,
            vol.Optional("distance"): attribute,
            vol.Required("distance_unit"): _select(DISTANCE_UNITS),
            vol.Optional("duration"): attribute,
            vol.Required("duration_unit"): _select(DURATION_UNITS),
            vol.Optional("cadence"): attribute,
            vol.Required("one_foot"): BooleanSelector(),
            vol.Optional("sport"): attribute,
        }
    )


def _select(options: list[str], *, custom_value: bool = False) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(options=options, custom_value=custom_value, mode=SelectSelectorMode.DROPDOWN)
    )


def _guessed(attributes: Iterable[str]) -> dict[str, Any]:
    """Return the likely meaning of attributes, by their names."""
    shown = set(attributes)
    found = {field: next((name for name in names if name in shown), None) for field, names in GUESSES.items()}
    units = {"distance_unit": DISTANCE_UNITS[0], "duration_unit": DURATION_UNITS[0], "one_foot": False}
    return {field: name for field, name in found.items() if name} | units
