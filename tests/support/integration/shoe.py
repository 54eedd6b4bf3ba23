"""The form for a pair of shoes."""

from typing import Any

SHOE = {
    "name": "Racers",
    "first_used": "2026-04-01",
    "initial_distance": 12.5,
    "warn_at": 300,
    "replace_at": 500,
}


def suggested(form: Any) -> dict[str, Any]:
    """Return a form's suggestions, by field."""
    return {str(key): (key.description or {}).get("suggested_value") for key in form["data_schema"].schema}
