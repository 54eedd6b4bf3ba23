"""Subentry flow of a pair of shoes."""

from collections.abc import Container
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME, UnitOfLength
from homeassistant.helpers.selector import TextSelector
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from ..const import SUBENTRY_SHOE
from ..gym.shoes import shoe as gym_shoe
from ..options.field import form
from ..options.shoe import (
    DISTANCES,
    FIRST_USED,
    FITTED,
    INITIAL_DISTANCE,
    INSOLES_REPLACE_AT,
    INSOLES_SINCE,
    REPLACE_AT,
    RETIRED,
    SHOE,
    WARN_AT,
)


class ShoeFlow(ConfigSubentryFlow):
    """Subentry flow of a pair; distances are shown in the home's unit and stored in metres."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a new pair."""
        errors = self._errors_of(user_input)
        if user_input is not None and not errors:
            return self.async_create_entry(title=user_input[CONF_NAME].strip(), data=self._stored(user_input))
        unworn = {
            FIRST_USED.key: dt_util.now().date().isoformat(),
            INITIAL_DISTANCE.key: 0,
            WARN_AT.key: round(self._in_home_unit(gym_shoe.WARN_AT)),
            REPLACE_AT.key: round(self._in_home_unit(gym_shoe.REPLACE_AT)),
        }
        return self._form("user", user_input or unworn, errors)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a pair's data again, and for its retirement."""
        subentry = self._get_reconfigure_subentry()
        errors = self._errors_of(user_input)
        if user_input is not None and not errors:
            return self.async_update_and_abort(
                self._get_entry(), subentry, title=user_input[CONF_NAME].strip(), data=self._stored(user_input)
            )
        known = {
            **subentry.data,
            CONF_NAME: subentry.title,
            **{field: round(self._in_home_unit(subentry.data[field]), 1) for field in _distances_in(subentry.data)},
        }
        return self._form("reconfigure", user_input or known, errors)

    def _form(self, step: str, values: dict[str, Any], errors: dict[str, str]) -> SubentryFlowResult:
        shown = (field for field in SHOE if field is not RETIRED or step == "reconfigure")
        fields = {vol.Required(CONF_NAME): TextSelector(), **form(self.hass, shown)}
        schema = self.add_suggested_values_to_schema(vol.Schema(fields), values)
        return self.async_show_form(step_id=step, data_schema=schema, errors=errors)

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

    def _stored(self, user_input: dict[str, Any]) -> dict[str, Any]:
        data = {field: value for field, value in user_input.items() if field != CONF_NAME}
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


def _distances_in(fields: Container[str]) -> list[str]:
    return [field.key for field in DISTANCES if field.key in fields]
