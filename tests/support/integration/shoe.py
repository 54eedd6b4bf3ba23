"""The form for a pair of shoes, and forms with sections."""

from collections.abc import Mapping
from typing import Any

from homeassistant.data_entry_flow import section

SHOE = {
    "name": "Racers",
    "first_used": "2026-04-01",
    "initial_distance": 12.5,
    "warn_at": 300,
    "replace_at": 500,
}


def suggested(form: Any) -> dict[str, Any]:
    """Return a form's suggestions by field, those in its sections among them."""
    found: dict[str, Any] = {}
    for key, field in form["data_schema"].schema.items():
        if isinstance(field, section):
            found |= suggested({"data_schema": field.schema})
        else:
            found[str(key)] = (key.description or {}).get("suggested_value")
    return found


def in_form(form: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by field as a form with sections takes them."""
    sections = {
        str(name): {str(key) for key in field.schema.schema}
        for name, field in form["data_schema"].schema.items()
        if isinstance(field, section)
    }
    inside = {key for keys in sections.values() for key in keys}
    parts = {name: {key: values[key] for key in values if key in keys} for name, keys in sections.items()}
    return {key: value for key, value in values.items() if key not in inside} | parts
