"""Diagnostics: how much there is of everything, and nothing about anybody's health, home or whereabouts."""

from collections import Counter
from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from .const import (
    CONF_ACCOUNT,
    CONF_ENTITY,
    CONF_FOLDER,
    CONF_GEAR,
    CONF_MAPPING,
    CONF_MEDIA_PLAYER,
    CONF_NOTIFY,
    CONF_PERSON,
    CONF_RUNS,
    CONF_SINCE,
    CONF_TTS_ENGINE,
    CONF_WEBHOOK,
    SUBENTRY_SOURCE,
)
from .coordinator import HomeGymConfigEntry
from .gym.runner import Runner
from .sources.ledger import Ledger

TO_REDACT = {
    "name",
    "title",
    "unique_id",
    CONF_ACCOUNT,
    CONF_ENTITY,
    CONF_FOLDER,
    CONF_GEAR,
    CONF_MAPPING,
    CONF_MEDIA_PLAYER,
    CONF_NOTIFY,
    CONF_PERSON,
    CONF_RUNS,
    CONF_SINCE,
    CONF_TTS_ENGINE,
    CONF_WEBHOOK,
}


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: HomeGymConfigEntry) -> dict[str, Any]:
    """Return what helps to find a fault; there is no journal where one could not be set up."""
    loaded = entry.state is ConfigEntryState.LOADED
    return {
        "entry": async_redact_data(entry.as_dict(), TO_REDACT),
        "sources": await _sources(hass, entry),
        **(_counts(entry.runtime_data.runner) if loaded else {}),
    }


def _counts(runner: Runner) -> dict[str, Any]:
    """Return how much a runner's journal holds."""
    journal = runner.journal
    activities = [delivery.activity for delivery in journal.deliveries.values()]
    return {
        "journal": {
            "activities": Counter(f"{activity.origin} {activity.sport}" for activity in activities),
            "incomplete": sum(activity.incomplete for activity in activities),
            "manufacturers": Counter(activity.manufacturer or "unknown" for activity in activities),
            "sessions": Counter(session.habit for session in journal.sessions.values()),
            "prompts": Counter(f"{fact.habit} {fact.state}" for fact in journal.prompts.values()),
            "may_speak": journal.may_speak,
        },
        "runs": len(runner.runs),
    }


async def _sources(hass: HomeAssistant, entry: HomeGymConfigEntry) -> dict[str, dict[str, int]]:
    """Return what each folder had to give."""
    counts = {}
    for source in entry.get_subentries_of_type(SUBENTRY_SOURCE):
        if CONF_FOLDER not in source.data:
            continue
        ledger = Ledger(hass, source.subentry_id)
        await ledger.async_load(source.data[CONF_FOLDER])
        counts[source.subentry_id] = ledger.counts()
    return counts
