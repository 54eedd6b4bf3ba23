"""Fields for figures, as every screen shows them."""

from homeassistant.helpers.selector import NumberSelector, NumberSelectorConfig, NumberSelectorMode


def number(least: float, most: float, unit: str) -> NumberSelector:
    """Return a field for a figure of a unit; any between the bounds, both of them included."""
    return NumberSelector(
        NumberSelectorConfig(min=least, max=most, step="any", mode=NumberSelectorMode.BOX, unit_of_measurement=unit)
    )
