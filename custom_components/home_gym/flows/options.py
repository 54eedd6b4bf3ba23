"""Choosing goals, prompts and quiet hours, and importing what was before."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow
from homeassistant.const import UnitOfTime
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    FileSelector,
    FileSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    TimeSelector,
)

from ..const import (
    CONF_CALENDAR,
    CONF_CORE_GOAL,
    CONF_CORE_TIME,
    CONF_FIRST_WEEKDAY,
    CONF_FOAM_ROLL_OFFSET,
    CONF_FRESH_FOR,
    CONF_PROMPT_WINDOW,
    CONF_PROMPTS,
    CONF_QUIET_END,
    CONF_QUIET_START,
    CONF_STRETCH_OFFSET,
    CONF_STRETCH_TIME,
)
from ..coordinator import HomeGymConfigEntry
from ..importer import keep_upload
from ..references import entity_id_of, reference_to
from ..settings import ASKED, options_of
from ..weekdays import FIRST_WEEKDAYS

CONF_FILE = "file"


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
            SelectSelectorConfig(options=list(ASKED), multiple=True, translation_key=CONF_PROMPTS)
        ),
        vol.Required(CONF_FOAM_ROLL_OFFSET): _minutes(0, 240),
        vol.Required(CONF_STRETCH_OFFSET): _minutes(0, 240),
        vol.Optional(CONF_CALENDAR): EntitySelector(EntitySelectorConfig(domain="calendar")),
        vol.Optional(CONF_CORE_TIME): TimeSelector(),
        vol.Optional(CONF_STRETCH_TIME): TimeSelector(),
        vol.Required(CONF_PROMPT_WINDOW): _minutes(1, 720),
        vol.Required(CONF_FRESH_FOR): _minutes(1, 720),
        vol.Required(CONF_QUIET_START): TimeSelector(),
        vol.Required(CONF_QUIET_END): TimeSelector(),
    }
)


UPLOAD = vol.Schema(
    {vol.Required(CONF_FILE): FileSelector(FileSelectorConfig(accept=".zip,.fit,.tcx,.gpx,.gz"))},
)


class RunnerOptionsFlow(OptionsFlow):
    """Leads to the options, and to the import of what was before."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask what is to be done."""
        return self.async_show_menu(step_id="init", menu_options=["settings", "import"])

    async def async_step_settings(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the options."""
        if user_input is not None:
            if CONF_CALENDAR in user_input:
                user_input[CONF_CALENDAR] = reference_to(self.hass, user_input[CONF_CALENDAR])
            return self.async_create_entry(data=user_input)
        known = options_of(self.hass, self.config_entry.options)
        if CONF_CALENDAR in known:
            known[CONF_CALENDAR] = entity_id_of(self.hass, known[CONF_CALENDAR])
        return self.async_show_form(step_id="settings", data_schema=self.add_suggested_values_to_schema(OPTIONS, known))

    async def async_step_import(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for a file, and import it in the background."""
        entry: HomeGymConfigEntry = self.config_entry
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await self._async_upload_errors_of(entry, user_input[CONF_FILE])
            if not errors:
                return self.async_abort(reason="import_begun")
        return self.async_show_form(step_id="import", data_schema=UPLOAD, errors=errors)

    async def _async_upload_errors_of(self, entry: HomeGymConfigEntry, upload: str) -> dict[str, str]:
        """Import an upload, and return what was wrong with it."""
        try:
            path = await self.hass.async_add_executor_job(keep_upload, self.hass, entry.entry_id, upload)
        except ValueError:
            return {CONF_FILE: "upload_lost"}
        await entry.runtime_data.importer.async_add(path, uploaded=True)
        return {}
