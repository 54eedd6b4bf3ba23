"""Diagnostics: how much there is of everything, and nothing about anybody's health, home or whereabouts."""

from collections import Counter
from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.core import HomeAssistant

from .const import CONF_FOLDER, CONF_PERSON
from .coordinator import HomeGymConfigEntry

TO_REDACT = {"title", "name", CONF_PERSON, CONF_FOLDER, "unique_id"}


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: HomeGymConfigEntry) -> dict[str, Any]:
    """Return what helps to find a fault."""
    journal = entry.runtime_data.runner.journal
    activities = [delivery.activity for delivery in journal.deliveries.values()]
    return {
        "entry": async_redact_data(entry.as_dict(), TO_REDACT),
        "journal": {
            "activities": Counter(f"{activity.origin} {activity.sport}" for activity in activities),
            "incomplete": sum(activity.incomplete for activity in activities),
            "manufacturers": Counter(activity.manufacturer or "unknown" for activity in activities),
            "sessions": Counter(session.habit for session in journal.sessions.values()),
            "prompts": Counter(f"{fact.habit} {fact.state}" for fact in journal.prompts.values()),
            "may_speak": journal.may_speak,
        },
        "runs": len(entry.runtime_data.runner.runs),
    }
