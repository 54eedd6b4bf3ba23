"""Choosing goals, prompts and quiet hours."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import UnitOfTime
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    TimeSelector,
)

from ..const import (
    CONF_CORE_GOAL,
    CONF_FIRST_WEEKDAY,
    CONF_FOAM_ROLL_OFFSET,
    CONF_FRESH_FOR,
    CONF_PROMPT_WINDOW,
    CONF_PROMPTS,
    CONF_QUIET_END,
    CONF_QUIET_START,
    CONF_STRETCH_OFFSET,
)
from ..settings import OFFSETS, options_of
from ..weekdays import FIRST_WEEKDAYS


def _minutes(least: int, most: int) -> NumberSelector:
    return NumberSelector(
        NumberSelectorConfig(
            min=least, max=most, step="any", mode=NumberSelectorMode.BOX, unit_of_measurement=UnitOfTime.MINUTES
        )
    )


OPTIONS = vol.Schema(
    {
        vol.Required(CONF_CORE_GOAL): NumberSelector(
            NumberSelectorConfig(min=1, max=7, step=1, mode=NumberSelectorMode.SLIDER)
        ),
        vol.Required(CONF_FIRST_WEEKDAY): SelectSelector(
            SelectSelectorConfig(options=list(FIRST_WEEKDAYS), translation_key=CONF_FIRST_WEEKDAY)
        ),
        vol.Required(CONF_PROMPTS): SelectSelector(
            SelectSelectorConfig(options=list(OFFSETS), multiple=True, translation_key=CONF_PROMPTS)
        ),
        vol.Required(CONF_FOAM_ROLL_OFFSET): _minutes(0, 240),
        vol.Required(CONF_STRETCH_OFFSET): _minutes(0, 240),
        vol.Required(CONF_PROMPT_WINDOW): _minutes(1, 720),
        vol.Required(CONF_FRESH_FOR): _minutes(1, 720),
        vol.Required(CONF_QUIET_START): TimeSelector(),
        vol.Required(CONF_QUIET_END): TimeSelector(),
    }
)


class RunnerOptionsFlow(OptionsFlow):
    """Shows all options on one screen."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the options."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        known = options_of(self.hass, self.config_entry.options)
        return self.async_show_form(step_id="init", data_schema=self.add_suggested_values_to_schema(OPTIONS, known))
