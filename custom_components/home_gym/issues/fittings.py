"""Repair issues on the professional set-up of pairs: each is raised once, and whoever ignores it hears no more of it.

An issue stays as it is until what it is about is settled, so that ignoring it holds through restarts.
"""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.dt import now

from ..const import DOMAIN
from ..coordinator import HomeGymCoordinator
from ..gym.shoes.fitting import FittingHint, fitting_hints
from ..gym.shoes.shoe import Shoe


@callback
def async_report(hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
    """Raise what there is to mention of each pair, and withdraw what is settled."""
    for shoe in coordinator.runner.settings.shoes:
        found = fitting_hints(shoe, now().date())
        for mention in FittingHint:
            if mention in found:
                _raise(hass, coordinator, shoe, mention)
            else:
                ir.async_delete_issue(hass, DOMAIN, issue_id(mention, shoe.id))


@callback
def async_forget(hass: HomeAssistant, shoe: str) -> None:
    """Withdraw all that was mentioned of a pair that is gone."""
    for mention in FittingHint:
        ir.async_delete_issue(hass, DOMAIN, issue_id(mention, shoe))


def issue_id(mention: FittingHint, shoe: str) -> str:
    """Return the id of the issue that mentions something of a pair."""
    return f"{mention}_{shoe}"


def _raise(hass: HomeAssistant, coordinator: HomeGymCoordinator, shoe: Shoe, mention: FittingHint) -> None:
    about_fitting = "fitting_old" if mention is FittingHint.FITTING_OLD else "fitting_missing"
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id(mention, shoe.id),
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="arch_support" if mention is FittingHint.ARCH_SUPPORT else about_fitting,
        translation_placeholders={"shoe": shoe.name, "runner": coordinator.config_entry.title},
    )
