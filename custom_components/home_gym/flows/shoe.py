"""Adding a pair of shoes, and changing what is known of it."""

from collections.abc import Container
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import CONF_NAME, UnitOfLength
from homeassistant.helpers.selector import (
    BooleanSelector,
    DateSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
)
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from ..const import (
    CONF_ARCH,
    CONF_BRAND,
    CONF_FIRST_USED,
    CONF_FITTED,
    CONF_INITIAL_DISTANCE,
    CONF_INSOLES_REPLACE_AT,
    CONF_INSOLES_SINCE,
    CONF_MODEL,
    CONF_NOTES,
    CONF_ORTHOTICS,
    CONF_PRICE,
    CONF_PURCHASED,
    CONF_REPLACE_AT,
    CONF_RETIRED,
    CONF_SURFACES,
    CONF_WARN_AT,
    SUBENTRY_SHOE,
)
from ..gym.runs.activity import Surface
from ..gym.shoes.shoe import REPLACE_AT, WARN_AT, Arch
from .numbers import number

DISTANCES = (CONF_INITIAL_DISTANCE, CONF_WARN_AT, CONF_REPLACE_AT)
OPTIONAL_DISTANCES = (CONF_INSOLES_REPLACE_AT,)
MAX_SHOE_DISTANCE = 5000


class ShoeFlow(ConfigSubentryFlow):
    """Describes a pair; distances are asked for in the home's unit and stored in metres."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for a new pair."""
        errors = self._errors_of(user_input)
        if user_input is not None and not errors:
            return self.async_create_entry(title=user_input[CONF_NAME].strip(), data=self._stored(user_input))
        unworn = {
            CONF_FIRST_USED: dt_util.now().date().isoformat(),
            CONF_INITIAL_DISTANCE: 0,
            CONF_WARN_AT: round(self._in_home_unit(WARN_AT)),
            CONF_REPLACE_AT: round(self._in_home_unit(REPLACE_AT)),
        }
        return self._form("user", user_input or unworn, errors)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask anew for a pair, and whether it is retired."""
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
        distance = number(0, MAX_SHOE_DISTANCE, self._home_unit)
        fields: dict[vol.Marker, Any] = {
            vol.Required(CONF_NAME): TextSelector(),
            vol.Required(CONF_FIRST_USED): DateSelector(),
            **{vol.Required(field): distance for field in DISTANCES},
        }
        if step == "reconfigure":
            fields[vol.Optional(CONF_RETIRED)] = DateSelector()
        surfaces = SelectSelectorConfig(options=list(Surface), multiple=True, translation_key=CONF_SURFACES)
        price = NumberSelectorConfig(
            min=0, step="any", mode=NumberSelectorMode.BOX, unit_of_measurement=self.hass.config.currency
        )
        fields |= {
            vol.Optional(CONF_SURFACES): SelectSelector(surfaces),
            vol.Optional(CONF_BRAND): TextSelector(),
            vol.Optional(CONF_MODEL): TextSelector(),
            vol.Optional(CONF_PURCHASED): DateSelector(),
            vol.Optional(CONF_PRICE): NumberSelector(price),
            vol.Optional(CONF_INSOLES_SINCE): DateSelector(),
            vol.Optional(CONF_INSOLES_REPLACE_AT): distance,
            vol.Optional(CONF_FITTED): DateSelector(),
            vol.Optional(CONF_ARCH): SelectSelector(
                SelectSelectorConfig(options=list(Arch), translation_key=CONF_ARCH, mode=SelectSelectorMode.DROPDOWN)
            ),
            vol.Optional(CONF_ORTHOTICS): BooleanSelector(),
            vol.Optional(CONF_NOTES): TextSelector(TextSelectorConfig(multiline=True)),
        }
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
        if not 0 < user_input[CONF_WARN_AT] <= user_input[CONF_REPLACE_AT]:
            errors[CONF_WARN_AT] = "warns_too_late"
        if CONF_RETIRED in user_input and user_input[CONF_RETIRED] < user_input[CONF_FIRST_USED]:
            errors[CONF_RETIRED] = "retired_before_used"
        if (CONF_INSOLES_SINCE in user_input) is not bool(user_input.get(CONF_INSOLES_REPLACE_AT)):
            errors[CONF_INSOLES_REPLACE_AT] = "insoles_incomplete"
        if user_input.get(CONF_FITTED, "") > dt_util.now().date().isoformat():
            errors[CONF_FITTED] = "fitted_in_future"
        return errors

    def _other_names(self) -> set[str]:
        """Return the names that are taken, since the choice of shoes goes by name."""
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
    return [field for field in (*DISTANCES, *OPTIONAL_DISTANCES) if field in fields]
