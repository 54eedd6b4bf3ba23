"""The screen of goals and prompts: one section for each topic of the coach, stored as plain options."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorConfig, SelectSelectorMode

from ..gym.prompts.settings import BY_AUTOMATION
from ..options.coach import CHOICES, COACH, PROMPTS, SECTIONS, SPEAKERS
from ..options.field import OptionField, form

SPEAKER = "speaker"
PARTS = {str(name): tuple(fields) for name, fields in groupby(COACH, lambda field: field.section)}
"""Fields by section, those above all sections by an empty name."""


def schema(hass: HomeAssistant, speakers: Mapping[str, ConfigSubentry]) -> vol.Schema:
    """Return the fields, with a choice of speakers if the runner has any."""
    options = [SelectOptionDict(value=key, label=speaker.title) for key, speaker in speakers.items()]
    # A dropdown can be cleared, unlike the list shown for a few options.
    by_automation = SelectOptionDict(value=BY_AUTOMATION, label=BY_AUTOMATION)
    speaker = SelectSelector(
        SelectSelectorConfig(
            options=[*options, by_automation], mode=SelectSelectorMode.DROPDOWN, translation_key="prompt_speaker"
        )
    )
    where = {vol.Optional(SPEAKER): speaker} if options else {}
    parts: dict[vol.Marker, Any] = {}
    for name, fields in PARTS.items():
        if name:
            inner = vol.Schema({**form(hass, fields), **(where if name in SECTIONS else {})})
            parts[vol.Required(name)] = section(inner, {"collapsed": True})
        else:
            parts |= form(hass, fields)
    return vol.Schema(parts)


def filled_in(options: Mapping[str, Any], speakers: Mapping[str, ConfigSubentry]) -> dict[str, Any]:
    """Return the screen's values from a runner's options, without removed speakers."""
    shown: dict[str, Any] = {}
    for name, fields in PARTS.items():
        values = {field.name: _shown(field, options) for field in fields if field.key in options}
        if name:
            chosen = options[SPEAKERS.key].get(name)
            shown[name] = values | ({SPEAKER: chosen} if chosen in {*speakers, BY_AUTOMATION} else {})
        else:
            shown |= values
    return shown


def options_from(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options from the screen's values."""
    options: dict[str, Any] = {}
    chosen: set[str] = set()
    for name, fields in PARTS.items():
        values = filled[name] if name else filled
        for field in fields:
            if field.choice and values[field.name]:
                chosen.add(field.choice)
            elif not field.choice and field.name in values:
                options[field.key] = values[field.name]
    return options | {
        PROMPTS.key: [choice for choice in CHOICES if choice in chosen],
        SPEAKERS.key: {topic: filled[topic][SPEAKER] for topic in SECTIONS if SPEAKER in filled[topic]},
    }


def _shown(field: OptionField, options: Mapping[str, Any]) -> Any:
    stored = options[field.key]
    return field.choice in stored if field.choice else stored
