"""Fields of a source of runs: a folder, a webhook, an installed integration, an online service or any entity."""

from collections.abc import Mapping
from typing import Any

from ..const import (
    CONF_ACCOUNT,
    CONF_CREATES_RUNS,
    CONF_ENTITY,
    CONF_FOLDER,
    CONF_GEAR,
    CONF_KEY,
    CONF_LOCAL_ONLY,
    CONF_MAPPING,
    CONF_ONLINE,
    CONF_PLANNED,
    CONF_RECORDINGS,
    CONF_RUNS,
    CONF_SECRET,
    CONF_SERVICE,
    CONF_SINCE,
    CONF_UNNAMED_RUNS,
    CONF_UPLOADS_RUNS,
    CONF_WEBHOOK,
    CONF_WRITES_GEAR,
)
from ..gym.integrations.efforts import RUNS
from ..gym.recordings.phone_json import RUN_NAMES
from .field import OptionField
from .selectors import entity, one_of, password, some_of, switch, text

# Each app has its own screen for the address, with instructions.
APPS = ("health_auto_export", "health_connect", "shortcuts", "service", "other")

ADVANCED = "advanced"
"""Section of the words for runs."""

UNNAMED_RUNS = OptionField(
    key=CONF_UNNAMED_RUNS, section=ADVANCED, selector=switch, prefilled=False, in_diagnostics=True
)
FOLDER = (OptionField(key=CONF_FOLDER, selector=text), OptionField(key=CONF_SINCE), UNNAMED_RUNS)
APP = OptionField(key="app", selector=one_of(APPS, "app"), prefilled=APPS[0], in_diagnostics=True)
WEBHOOK = (
    APP,
    OptionField(key=CONF_LOCAL_ONLY, selector=switch, prefilled=True, in_diagnostics=True),
    OptionField(key=CONF_SECRET),
    OptionField(key=CONF_WEBHOOK),
    OptionField(key=CONF_RUNS, section=ADVANCED, selector=some_of(RUN_NAMES, custom_value=True)),
    UNNAMED_RUNS,
)
SERVICE = (
    OptionField(key=CONF_SERVICE, in_diagnostics=True),
    OptionField(key=CONF_ACCOUNT),
    OptionField(key=CONF_GEAR),
)
ONLINE = (
    OptionField(key=CONF_KEY, selector=password),
    OptionField(key=CONF_PLANNED, selector=switch, prefilled=True, in_diagnostics=True),
    OptionField(key=CONF_ONLINE, in_diagnostics=True),
)
ENTITY = (OptionField(key=CONF_ENTITY, selector=entity(["event", "sensor"])), OptionField(key=CONF_MAPPING))
RECORDINGS = OptionField(key=CONF_RECORDINGS, selector=switch, prefilled=True, default=True, in_diagnostics=True)
"""Field of the preview for an integration with actions for recordings."""

WRITES_GEAR = OptionField(key=CONF_WRITES_GEAR, selector=switch, prefilled=False, default=False, in_diagnostics=True)
"""Field of the preview for an integration with an action for the pair of an activity."""

CREATES_RUNS = OptionField(key=CONF_CREATES_RUNS, selector=switch, prefilled=False, default=False, in_diagnostics=True)
"""Field of the preview for an integration with an action for a new activity."""

UPLOADS_RUNS = OptionField(key=CONF_UPLOADS_RUNS, selector=switch, prefilled=False, default=False, in_diagnostics=True)
"""Field of the preview for an integration with an action for uploads; an upload is preferred to a new activity."""

WORDS = (OptionField(key=CONF_RUNS, section=ADVANCED, selector=some_of(RUNS, custom_value=True)), UNNAMED_RUNS)
"""The words for runs, asked for below a preview."""

SOURCE = (*FOLDER, *WEBHOOK, *SERVICE, *ONLINE, *ENTITY, *WORDS, RECORDINGS, WRITES_GEAR, CREATES_RUNS, UPLOADS_RUNS)


def with_unnamed_runs(data: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a source with the chosen answer for recordings without a sport; to ask is no entry."""
    others = {key: value for key, value in data.items() if key != CONF_UNNAMED_RUNS}
    return {**others, CONF_UNNAMED_RUNS: True} if chosen.get(CONF_UNNAMED_RUNS) else others
