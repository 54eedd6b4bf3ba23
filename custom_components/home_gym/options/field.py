"""One row of a table of options: key, default, selector, place on its screen, place in diagnostics and settings."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import time, timedelta
from enum import Enum
from typing import Any

import voluptuous as vol

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section

from .selectors import Factory


def _unchanged(stored: Any) -> Any:
    return stored


def minutes(stored: float) -> timedelta:
    """Return a duration that is stored in minutes."""
    return timedelta(minutes=stored)


def seconds(stored: float) -> timedelta:
    """Return a duration that is stored in seconds."""
    return timedelta(seconds=stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionField:
    """An option of a runner, or a field of a treadmill, a shoe, a source or a speaker.

    `key` is the stored key, `selector` makes the field's selector, None for a value without a field. `section` is the
    part of the screen, and `label` the field's name there in translations: the key unless given. `prefilled` is the
    value that the form itself fills in.

    `settings` is the class of the gym that takes the value, as `attribute`, after `parse`; None for a setting made of
    several options. `default` is the stored default, or a function of Home Assistant that returns it; without one it is
    the default of that attribute. `choice` marks a box for one item of the list under `key`. Only a field with
    `in_diagnostics` is readable in diagnostics: no field that may describe a body, a person or a home.
    """

    key: str
    selector: Factory | None = None
    is_required: bool = True
    section: str = ""
    label: str = ""
    choice: str = ""
    prefilled: Any = vol.UNDEFINED
    default: Any = None
    in_diagnostics: bool = False
    settings: type | None = None
    attribute: str = ""
    parse: Callable[[Any], Any] = _unchanged

    @property
    def name(self) -> str:
        """Return the field's name on its screen."""
        return self.label or self.key

    @property
    def marker(self) -> vol.Marker:
        """Return the key of the field in a form's schema."""
        kind = vol.Required if self.is_required else vol.Optional
        return kind(self.name, default=self.prefilled)

    def default_in(self, hass: HomeAssistant) -> Any:
        """Return the default as stored, None without one."""
        if callable(self.default):
            return self.default(hass)
        if self.default is not None or self.settings is None:
            return self.default
        attributes = {field.name: field.default for field in fields(self.settings)}
        default = attributes[self.attribute or self.key]
        return None if default is MISSING else _stored(default)

    def of(self, stored: Mapping[str, Any]) -> Any:
        """Return the parsed value from the stored ones; raises KeyError for a missing one."""
        return self.parse(stored[self.key])


def form(hass: HomeAssistant, table: Iterable[OptionField]) -> dict[vol.Marker, Any]:
    """Return the fields of a form, in the order of their table."""
    return {field.marker: field.selector(hass) for field in table if field.selector}


def by_section(table: Iterable[OptionField]) -> dict[str, tuple[OptionField, ...]]:
    """Return the fields of a screen by section, those above all sections by an empty name."""
    rows = tuple(table)
    return {
        name: tuple(row for row in rows if row.section == name) for name in dict.fromkeys(row.section for row in rows)
    }


def form_in_sections(hass: HomeAssistant, table: Iterable[OptionField], used: Container[str]) -> dict[vol.Marker, Any]:
    """Return the fields of a form in their sections; a section is closed unless one of its fields is `used`."""
    parts: dict[vol.Marker, Any] = {}
    for name, part in by_section(table).items():
        if not name:
            parts |= form(hass, part)
        elif inner := form(hass, part):
            is_used = any(field.key in used for field in part)
            parts[vol.Required(name)] = section(vol.Schema(inner), {"collapsed": not is_used})
    return parts


def in_sections(table: Iterable[OptionField], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by field, those of a section in a mapping of its own."""
    fields = tuple(table)
    inside = {field.name for field in fields if field.section}
    parts = {
        name: {field.name: values[field.name] for field in part if field.name in values}
        for name, part in by_section(fields).items()
        if name
    }
    return {name: value for name, value in values.items() if name not in inside} | parts


def out_of_sections(table: Iterable[OptionField], filled_in: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a form by field, without its sections."""
    sections = {field.section for field in table if field.section}
    flat = {name: value for name, value in filled_in.items() if name not in sections}
    for name in sections & filled_in.keys():
        flat |= filled_in[name]
    return flat


def settings_from[Kind](
    kind: type[Kind], table: Iterable[OptionField], stored: Mapping[str, Any], **others: Any
) -> Kind:
    """Make settings of the gym from stored values, and from others as defaults for missing ones."""
    chosen = {
        field.attribute or field.key: field.of(stored)
        for field in table
        if field.settings is kind and field.key in stored
    }
    return kind(**others | chosen)


def _stored(value: object) -> object:
    """Return a value in its stored form: durations in minutes, times of day as text, sets as lists."""
    match value:
        case timedelta():
            return value.total_seconds() / 60
        case time():
            return value.isoformat()
        case Enum():
            return value.value
        case frozenset():
            return sorted(str(member) for member in value)
        case _:
            return value
