"""The screen of training: level of the routines, hints about load, heart rates and the target cadence."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow

from ..gym.runs.form import own_cadence
from ..gym.runs.run_figures import heart_rates_of_watch
from ..options import options_of
from ..options.field import form_in_sections, in_sections, out_of_sections
from ..options.training import CADENCE_HIGH, CADENCE_LOW, MAX_HEART_RATE, RESTING_HEART_RATE, TRAINING

KEYS = frozenset(field.key for field in TRAINING)


class TrainingScreen(OptionsFlow):
    """The screen for routines, load and form."""

    async def async_step_training(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for level, load hints, heart rates and cadence."""
        errors: dict[str, str] = {}
        if user_input is not None:
            chosen = out_of_sections(TRAINING, user_input)
            errors = self._training_errors_of(chosen)
            if not errors:
                others = {name: value for name, value in self.config_entry.options.items() if name not in KEYS}
                return self.async_create_entry(data=others | chosen)
        return self.async_show_form(
            step_id="training",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(form_in_sections(self.hass, TRAINING, KEYS if errors else self._used())),
                user_input or self._known(),
            ),
            errors=errors,
            description_placeholders={"cadence": self._own_cadence()},
        )

    def _known(self) -> dict[str, Any]:
        options = self._heart_rates() | options_of(self.hass, self.config_entry.options)
        return in_sections(TRAINING, {key: value for key, value in options.items() if key in KEYS})

    def _used(self) -> set[str]:
        """Return the options with a choice other than the default."""
        defaults = options_of(self.hass, {})
        return {key for key, value in self.config_entry.options.items() if value != defaults.get(key)}

    def _heart_rates(self) -> dict[str, Any]:
        """Return the heart rates that the watch knows, as suggestions for options without any."""
        keys = (RESTING_HEART_RATE.key, MAX_HEART_RATE.key)
        is_loaded = self.config_entry.state is ConfigEntryState.LOADED
        if not is_loaded or not self.config_entry.options.keys().isdisjoint(keys):
            return {}
        known = heart_rates_of_watch(reversed(self.config_entry.runtime_data.runner.runs.all()))
        return dict(zip(keys, (known.resting, known.maximum), strict=True)) if known else {}

    def _own_cadence(self) -> str:
        """Return the baseline cadence from the runner's first runs, as text."""
        is_loaded = self.config_entry.state is ConfigEntryState.LOADED
        cadence = own_cadence(self.config_entry.runtime_data.runner.runs.all()) if is_loaded else None
        return "\N{EN DASH}" if cadence is None else f"{cadence:.0f}"

    @staticmethod
    def _training_errors_of(chosen: Mapping[str, Any]) -> dict[str, str]:
        """Return the errors of contradictory values."""
        if chosen[CADENCE_LOW.key] > chosen[CADENCE_HIGH.key]:
            return {"base": "cadence_band"}
        resting, most = chosen.get(RESTING_HEART_RATE.key), chosen.get(MAX_HEART_RATE.key)
        if (resting is None) != (most is None):
            return {"base": "one_heart_rate"}
        return {}
