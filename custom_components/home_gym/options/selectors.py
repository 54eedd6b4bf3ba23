"""Selectors for the fields of all screens, each made when its screen opens."""

from collections.abc import Callable, Iterable
from typing import Any

from homeassistant.const import UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
    ColorRGBSelector,
    DateSelector,
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
    TimeSelector,
)

type Factory = Callable[[HomeAssistant], Any]


def color(_: HomeAssistant) -> ColorRGBSelector:
    """Return a field for a color."""
    return ColorRGBSelector()


def number(least: float, most: float, unit: str) -> Factory:
    """Return a field for a figure with a unit, between the bounds and including them."""
    return lambda _: number_selector(least, most, unit)


def number_selector(least: float, most: float, unit: str) -> NumberSelector:
    """Return the selector of `number`."""
    return NumberSelector(
        NumberSelectorConfig(min=least, max=most, step="any", mode=NumberSelectorMode.BOX, unit_of_measurement=unit)
    )


def minutes_between(least: float, most: float) -> Factory:
    """Return a field for a duration in minutes."""
    return number(least, most, UnitOfTime.MINUTES)


def distance(most: float) -> Factory:
    """Return a field for a distance in the home's unit."""
    return lambda hass: number_selector(0, most, hass.config.units.length_unit)


def one_of(options: Iterable[str], translation_key: str, *, mode: SelectSelectorMode | None = None) -> Factory:
    """Return a field for one of several options."""
    config = SelectSelectorConfig(options=list(options), translation_key=translation_key)
    return lambda _: SelectSelector(config | {"mode": mode} if mode else config)


def some_of(options: Iterable[str], translation_key: str = "", *, custom_value: bool = False) -> Factory:
    """Return a field for any number of options, and with `custom_value` for values of the user's own."""
    config = SelectSelectorConfig(options=list(options), multiple=True)
    if translation_key:
        config["translation_key"] = translation_key
    if custom_value:
        config["custom_value"] = True
    return lambda _: SelectSelector(config)


def entity(domain: str | list[str]) -> Factory:
    """Return a field for an entity of a domain."""
    return lambda _: EntitySelector(EntitySelectorConfig(domain=domain))


def filtered_entity(domain: str, *, device_class: str | list[str] | None = None, feature: str | None = None) -> Factory:
    """Return a field for entities of a domain with one of the device classes, or with a feature."""
    only = EntityWithDeviceFilterSelectorConfig(domain=domain)
    if device_class:
        only["device_class"] = device_class
    if feature:
        only["supported_features"] = [feature]
    return lambda _: EntitySelector(EntitySelectorConfig(filter=only))


def switch(_: HomeAssistant) -> BooleanSelector:
    """Return a field for yes or no."""
    return BooleanSelector()


def day(_: HomeAssistant) -> DateSelector:
    """Return a field for a date."""
    return DateSelector()


def time_of_day(_: HomeAssistant) -> TimeSelector:
    """Return a field for a time of day."""
    return TimeSelector()


def text(_: HomeAssistant) -> TextSelector:
    """Return a field for one line of text."""
    return TextSelector()


def password(_: HomeAssistant) -> TextSelector:
    """Return a field for a secret, which the screen doesn't show."""
    return TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))


def lines(_: HomeAssistant) -> TextSelector:
    """Return a field for several lines of text."""
    return TextSelector(TextSelectorConfig(multiline=True))
