"""The options flow, opened and filled in."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, section
from tests.support.integration.runner_entry import ENTRY_ID


async def opened(hass: HomeAssistant, choice: str) -> ConfigFlowResult:
    """Open a screen from the menu."""
    menu = await hass.config_entries.options.async_init(ENTRY_ID)
    assert menu["type"] is FlowResultType.MENU
    return await hass.config_entries.options.async_configure(menu["flow_id"], {"next_step_id": choice})


def form_of(form: Any) -> dict[str, Any]:
    """Return the fields of a form, and those of its sections in their places."""
    return {
        str(key): form_of({"data_schema": field.schema}) if isinstance(field, section) else (key, field)
        for key, field in form["data_schema"].schema.items()
    }


def chosen(form: Any) -> dict[str, Any]:
    """Return a form's suggestions, field by field and section by section."""
    return _suggested(form_of(form))


def _suggested(fields: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name, field in fields.items():
        if isinstance(field, dict):
            found[name] = _suggested(field)
        elif field[0].description:
            found[name] = field[0].description["suggested_value"]
    return found
