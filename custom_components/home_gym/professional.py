"""The advice to see a professional, as repair issues that whoever was advised acknowledges."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .coordinator import HomeGymCoordinator
from .gym.pain import Advice

SEE_PROFESSIONAL, URGENT = "see_professional", "urgent_advice"
"""Why somebody should see a professional soon, and why at once."""


@callback
def async_report(hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
    """Raise the advice that the reports of a runner call for, and withdraw what they call for no more."""
    entry = coordinator.config_entry
    advice = coordinator.data.pain.advice
    key = URGENT if advice is Advice.RED_FLAG else SEE_PROFESSIONAL
    for each in (SEE_PROFESSIONAL, URGENT):
        if advice is None or each != key:
            ir.async_delete_issue(hass, DOMAIN, issue_id(entry.entry_id, each))
    if advice is None:
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id(entry.entry_id, key),
        data={"entry_id": entry.entry_id, "advice": key},
        is_fixable=True,
        severity=ir.IssueSeverity.CRITICAL if advice is Advice.RED_FLAG else ir.IssueSeverity.WARNING,
        translation_key="urgent_advice" if advice is Advice.RED_FLAG else "see_professional",
        translation_placeholders={"runner": entry.title},
    )


@callback
def async_forget(hass: HomeAssistant, entry_id: str) -> None:
    """Withdraw all advice to a runner who is gone."""
    for each in (SEE_PROFESSIONAL, URGENT):
        ir.async_delete_issue(hass, DOMAIN, issue_id(entry_id, each))


def issue_id(entry_id: str, key: str) -> str:
    """Return the id of an advice to a runner."""
    return f"{key}_{entry_id}"
