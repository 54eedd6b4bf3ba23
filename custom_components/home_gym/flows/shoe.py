"""Subentry flow of a pair of shoes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigEntryState, SubentryFlowResult
from homeassistant.const import CONF_NAME, UnitOfLength
from homeassistant.helpers.selector import BooleanSelector, TextSelector
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from ..const import SUBENTRY_SHOE
from ..gym.shoes import shoe as gym_shoe
from ..languages import formats_at_home
from ..options.field import form_in_sections, in_sections, out_of_sections
from ..options.shoe import (
    DISTANCES,
    FIRST_USED,
    FITTED,
    HINTS_READ,
    INITIAL_DISTANCE,
    INSOLES_REPLACE_AT,
    INSOLES_SINCE,
    REPLACE_AT,
    RETIRED,
    SHOE,
    WARN_AT,
)
from .subentry import RunnerSubentryFlow

EVERY_PAIR = (FIRST_USED.key, INITIAL_DISTANCE.key, WARN_AT.key, REPLACE_AT.key)

CONF_COUNTS_FOUND = "counts_found"
"""Field of a new pair: whether the runs found so far, without a pair of their own, count for it."""


class ShoeFlow(RunnerSubentryFlow):
    """Subentry flow of a pair; distances are shown in the home's unit and stored in metres."""

    found: Sequence[date] | None = None
    """The days of the runs found for a draft, in order; those of a loaded runner are in the journal."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a new pair."""
        filled_in = None if user_input is None else out_of_sections(SHOE, user_input)
        errors = self._errors_of(filled_in)
        if filled_in is not None and not errors:
            return self.async_create_entry(title=filled_in[CONF_NAME].strip(), data=self.stored(filled_in))
        return self._form("user", filled_in or self.unworn(), errors)

    def unworn(self) -> dict[str, Any]:
        """Return the usual values of a new pair, in the home's unit."""
        return {
            FIRST_USED.key: dt_util.now().date().isoformat(),
            INITIAL_DISTANCE.key: 0,
            WARN_AT.key: round(self._in_home_unit(gym_shoe.WARN_AT)),
            REPLACE_AT.key: round(self._in_home_unit(gym_shoe.REPLACE_AT)),
        }

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a pair's data again, and for its retirement."""
        subentry = self._get_reconfigure_subentry()
        filled_in = None if user_input is None else out_of_sections(SHOE, user_input)
        errors = self._errors_of(filled_in)
        if filled_in is not None and not errors:
            return self.async_update_and_abort(
                self._get_entry(),
                subentry,
                title=filled_in[CONF_NAME].strip(),
                data={key: subentry.data[key] for key in {HINTS_READ.key} & subentry.data.keys()}
                | self.stored(filled_in),
            )
        known = {
            **subentry.data,
            CONF_NAME: subentry.title,
            **{field: round(self._in_home_unit(subentry.data[field]), 1) for field in _distances_in(subentry.data)},
        }
        return self._form("reconfigure", filled_in or known, errors)

    def _form(self, step: str, values: dict[str, Any], errors: dict[str, str]) -> SubentryFlowResult:
        shown = tuple(field for field in SHOE if field is not RETIRED or step == "reconfigure")
        found = self._unpaired() if step == "user" else []
        counting = {vol.Required(CONF_COUNTS_FOUND, default=False): BooleanSelector()} if found else {}
        # A pair always has a first use and distances: their section opens for an error alone.
        used = {field for field, value in values.items() if value} - ({*EVERY_PAIR} if not errors else set())
        fields = {vol.Required(CONF_NAME): TextSelector(), **counting, **form_in_sections(self.hass, shown, used)}
        schema = self.add_suggested_values_to_schema(vol.Schema(fields), in_sections(shown, values))
        # A screen shows no error inside a section.
        inside = {field.key for field in shown if field.section}
        at_hand = {"base" if field in inside else field: error for field, error in errors.items()}
        placeholders = {"runs": str(len(found)), "day": self._shown_day(found)}
        return self.async_show_form(
            step_id=step, data_schema=schema, errors=at_hand, description_placeholders=placeholders
        )

    def _unpaired(self) -> Sequence[date]:
        """Return the days of the runs that were found and have no pair, in order."""
        if self.found is not None:
            return self.found
        entry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return []
        projections = entry.runtime_data.runner.projections
        runs = entry.runtime_data.runner.runs.all()
        return sorted(run.day for run in runs if projections.rack.shoe_of(run) is None)

    def _shown_day(self, found: Sequence[date]) -> str:
        return formats_at_home(self.hass).written_date(found[0]) if found else ""

    def _errors_of(self, user_input: dict[str, Any] | None) -> dict[str, str]:
        if user_input is None:
            return {}
        errors = {}
        name = user_input[CONF_NAME].strip()
        if not name:
            errors[CONF_NAME] = "name_missing"
        elif name.casefold() in self._other_names():
            errors[CONF_NAME] = "name_taken"
        if not 0 < user_input[WARN_AT.key] <= user_input[REPLACE_AT.key]:
            errors[WARN_AT.key] = "warns_too_late"
        if RETIRED.key in user_input and user_input[RETIRED.key] < user_input[FIRST_USED.key]:
            errors[RETIRED.key] = "retired_before_used"
        if (INSOLES_SINCE.key in user_input) is not bool(user_input.get(INSOLES_REPLACE_AT.key)):
            errors[INSOLES_REPLACE_AT.key] = "insoles_incomplete"
        if user_input.get(FITTED.key, "") > dt_util.now().date().isoformat():
            errors[FITTED.key] = "fitted_in_future"
        return errors

    def _other_names(self) -> set[str]:
        """Return the names of the runner's other pairs, since the select entity goes by name."""
        shoes = self._get_entry().get_subentries_of_type(SUBENTRY_SHOE)
        changed = self._reconfigure_subentry_id if self.source == "reconfigure" else None
        return {shoe.title.casefold() for shoe in shoes if shoe.subentry_id != changed}

    def stored(self, user_input: dict[str, Any]) -> dict[str, Any]:
        """Return the data of a pair from its form, with distances in metres."""
        data = {field: value for field, value in user_input.items() if field not in (CONF_NAME, CONF_COUNTS_FOUND)}
        if user_input.get(CONF_COUNTS_FOUND) and (found := self._unpaired()):
            data[FIRST_USED.key] = min(data[FIRST_USED.key], found[0].isoformat())
        metres = UnitOfLength.METERS
        return data | {
            field: DistanceConverter.convert(user_input[field], self._home_unit, metres)
            for field in _distances_in(user_input)
        }

    @property
    def _home_unit(self) -> str:
        return self.hass.config.units.length_unit

    def _in_home_unit(self, metres: float) -> float:
        return DistanceConverter.convert(metres, UnitOfLength.METERS, self._home_unit)


def _distances_in(fields: Mapping[str, Any]) -> list[str]:
    return [field.key for field in DISTANCES if field.key in fields]
