"""Repair issues for pairs whose replacement is due, and only for those."""

from homeassistant.const import UnitOfLength
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.dt import now
from homeassistant.util.unit_conversion import DistanceConverter

from ..const import DOMAIN
from ..coordinator import HomeGymCoordinator
from ..gym.shoes.shoe import Shoe


@callback
def async_report(hass: HomeAssistant, coordinator: HomeGymCoordinator) -> None:
    """Raise an issue for each pair in use that is worn out, and withdraw the others'."""
    for shoe in coordinator.runner.settings.shoes:
        wear = coordinator.data.shoes[shoe.id]
        if wear.replacement_due and shoe.in_use_on(now().date()):
            _raise(hass, coordinator, shoe, wear.distance)
        else:
            ir.async_delete_issue(hass, DOMAIN, issue_id(shoe.id))


def issue_id(shoe: str) -> str:
    """Return the id of the issue of a pair."""
    return f"replace_{shoe}"


def _raise(hass: HomeAssistant, coordinator: HomeGymCoordinator, shoe: Shoe, distance: float) -> None:
    unit = hass.config.units.length_unit

    def shown(metres: float) -> str:
        return f"{DistanceConverter.convert(metres, UnitOfLength.METERS, unit):.0f} {unit}"

    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id(shoe.id),
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="replace_shoes",
        translation_placeholders={
            "shoe": shoe.name,
            "runner": coordinator.config_entry.title,
            "distance": shown(distance),
            "limit": shown(shoe.replace_at),
        },
    )
