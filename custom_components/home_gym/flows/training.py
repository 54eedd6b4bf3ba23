"""The screen of training: how hard routines are, what load is hinted at, the heart, and the cadence that is wanted."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow
from homeassistant.const import PERCENTAGE, UnitOfTime
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig, SelectSelector, SelectSelectorConfig

from ..const import (
    CONF_CADENCE_BASELINE,
    CONF_CADENCE_HIGH,
    CONF_CADENCE_LOW,
    CONF_DAYS_WITHOUT_REST,
    CONF_LEVEL,
    CONF_LONGEST_RUN,
    CONF_MAX_HEART_RATE,
    CONF_MONOTONY,
    CONF_RAMP,
    CONF_RESTING_HEART_RATE,
    CONF_WEIGHTING,
)
from ..gym.routines.exercise import Level
from ..gym.runs.activity import QUICKEST, SLOWEST
from ..gym.runs.form import own_cadence
from ..gym.runs.load import Weighting
from ..settings import TRAINING, options_of
from .numbers import number

STEPS_A_MINUTE = BEATS_A_MINUTE = "/min"
ROUTINES, LOAD, HEART, FORM = "routines", "load", "heart", "form"

SECTIONS: Mapping[str, Mapping[vol.Marker, Any]] = {
    ROUTINES: {
        vol.Required(CONF_LEVEL): SelectSelector(SelectSelectorConfig(options=list(Level), translation_key=CONF_LEVEL)),
    },
    LOAD: {
        vol.Required(CONF_RAMP): number(1, 500, PERCENTAGE),
        vol.Required(CONF_LONGEST_RUN): number(1, 500, PERCENTAGE),
        vol.Required(CONF_DAYS_WITHOUT_REST): number(1, 365, UnitOfTime.DAYS),
        vol.Required(CONF_MONOTONY): NumberSelector(NumberSelectorConfig(min=1, max=10, step="any")),
    },
    HEART: {
        vol.Optional(CONF_RESTING_HEART_RATE): number(25, 120, BEATS_A_MINUTE),
        vol.Optional(CONF_MAX_HEART_RATE): number(100, 240, BEATS_A_MINUTE),
        vol.Required(CONF_WEIGHTING): SelectSelector(
            SelectSelectorConfig(options=list(Weighting), translation_key=CONF_WEIGHTING)
        ),
    },
    FORM: {
        vol.Required(CONF_CADENCE_LOW): number(SLOWEST, QUICKEST, STEPS_A_MINUTE),
        vol.Required(CONF_CADENCE_HIGH): number(SLOWEST, QUICKEST, STEPS_A_MINUTE),
        vol.Optional(CONF_CADENCE_BASELINE): number(SLOWEST, QUICKEST, STEPS_A_MINUTE),
    },
}
TRAINING_SCHEMA = vol.Schema(
    {vol.Required(name): section(vol.Schema(dict(fields)), {"collapsed": False}) for name, fields in SECTIONS.items()}
)


class TrainingScreen(OptionsFlow):
    """The screen for routines, load and form."""

    async def async_step_training(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for them."""
        errors: dict[str, str] = {}
        if user_input is not None:
            chosen = {name: value for part in user_input.values() for name, value in part.items()}
            errors = self._training_errors_of(chosen)
            if not errors:
                others = {name: value for name, value in self.config_entry.options.items() if name not in TRAINING}
                return self.async_create_entry(data=others | chosen)
        return self.async_show_form(
            step_id="training",
            data_schema=self.add_suggested_values_to_schema(TRAINING_SCHEMA, user_input or self._known()),
            errors=errors,
            description_placeholders={"cadence": self._own_cadence()},
        )

    def _known(self) -> dict[str, Any]:
        options = options_of(self.hass, self.config_entry.options)
        return {
            name: {str(field): options[str(field)] for field in fields if str(field) in options}
            for name, fields in SECTIONS.items()
        }

    def _own_cadence(self) -> str:
        """Return what the runner's first runs say of a baseline."""
        is_loaded = self.config_entry.state is ConfigEntryState.LOADED
        cadence = own_cadence(self.config_entry.runtime_data.runner.runs.all()) if is_loaded else None
        return "\N{EN DASH}" if cadence is None else f"{cadence:.0f}"

    @staticmethod
    def _training_errors_of(chosen: Mapping[str, Any]) -> dict[str, str]:
        """Return what can't be of what was chosen."""
        if chosen[CONF_CADENCE_LOW] > chosen[CONF_CADENCE_HIGH]:
            return {"base": "cadence_band"}
        resting, most = chosen.get(CONF_RESTING_HEART_RATE), chosen.get(CONF_MAX_HEART_RATE)
        if (resting is None) != (most is None):
            return {"base": "one_heart_rate"}
        return {}
