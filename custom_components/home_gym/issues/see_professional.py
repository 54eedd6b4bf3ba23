"""The advice to see a professional, as repair issues that whoever was advised acknowledges."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from ..coordinator import HomeGymCoordinator
from ..gym.back.advice import Advice
from ..gym.prompts.prompt import HoldReason

SEE_PROFESSIONAL, URGENT = "see_professional", "urgent_advice"
"""Why somebody should see a professional soon, and why at once."""


@callback
def async_report(hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
    """Raise the advice that the reports of a runner call for, and withdraw what they call for no more."""
    entry, pain = coordinator.config_entry, coordinator.data.pain
    for each in Advice:
        if each is not pain.advice:
            ir.async_delete_issue(hass, DOMAIN, issue_id(entry.entry_id, each))
    if pain.advice is None:
        return
    is_urgent, flags = pain.advice is Advice.RED_FLAG, " ".join(pain.red_flags)
    issue = issue_id(entry.entry_id, pain.advice)
    known = ir.async_get(hass).async_get_issue(DOMAIN, issue)
    # Who ignored one red flag has not heard of another. An issue from before a restart tells nothing of its flags.
    if known is not None and known.data is not None and known.data["red_flags"] != flags:
        ir.async_delete_issue(hass, DOMAIN, issue)
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue,
        data={"entry_id": entry.entry_id, "advice": pain.advice.value, "red_flags": flags},
        is_fixable=True,
        severity=ir.IssueSeverity.CRITICAL if is_urgent else ir.IssueSeverity.WARNING,
        translation_key="urgent_advice" if is_urgent else "see_professional",
        translation_placeholders={"runner": entry.title},
    )


@callback
def async_forget(hass: HomeAssistant, entry_id: str) -> None:
    """Withdraw all advice to a runner who is gone."""
    for each in Advice:
        ir.async_delete_issue(hass, DOMAIN, issue_id(entry_id, each))


@callback
def async_require_no_red_flag(coordinator: HomeGymCoordinator) -> None:
    """Refuse to coach beside a red flag; raises ServiceValidationError."""
    if coordinator.data.silence is HoldReason.RED_FLAG:
        raise red_flag_error(coordinator)


def red_flag_error(coordinator: HomeGymCoordinator) -> ServiceValidationError:
    """Return what tells that nothing is coached beside a red flag."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="red_flag",
        translation_placeholders={"runner": coordinator.config_entry.title},
    )


def issue_id(entry_id: str, advice: Advice) -> str:
    """Return the id of an advice to a runner; each reason has its own, so that none is ignored with another."""
    return f"{URGENT}_{entry_id}" if advice is Advice.RED_FLAG else f"{SEE_PROFESSIONAL}_{advice}_{entry_id}"
