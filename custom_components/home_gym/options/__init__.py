"""The tables of options and fields, one row each, for screens, settings and diagnostics.

A new option is a row in its table, an attribute of the gym's settings, its texts, and a row in its guide. Tests report
any that is missing.
"""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant

from .coach import COACH, LISTS
from .field import OptionField
from .room import ROOM
from .shoe import SHOE
from .source import SOURCE
from .speaker import SPEAKER
from .training import TRAINING
from .treadmill import TREADMILL

OPTIONS: tuple[OptionField, ...] = (*LISTS, *(field for field in COACH if not field.choice), *TRAINING, *ROOM)
"""The options of a runner."""
READABLE = frozenset(
    field.key
    for table in (OPTIONS, SHOE, SOURCE, *SPEAKER.values(), TREADMILL)
    for field in table
    if field.in_diagnostics
)
"""Keys with readable values in diagnostics; all others, unknown ones among them, are redacted."""


def options_of(hass: HomeAssistant, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return a runner's options, with defaults for unset ones.

    Durations are minutes, times of day HH:MM:SS.
    """
    defaults = {field.key: field.default_in(hass) for field in OPTIONS}
    return {**{key: default for key, default in defaults.items() if default is not None}, **options}
