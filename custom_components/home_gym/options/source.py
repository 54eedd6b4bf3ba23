"""Fields of a source of runs: a folder, a webhook, a known service or any entity."""

from ..const import (
    CONF_ACCOUNT,
    CONF_ENTITY,
    CONF_FOLDER,
    CONF_GEAR,
    CONF_LOCAL_ONLY,
    CONF_MAPPING,
    CONF_RUNS,
    CONF_SECRET,
    CONF_SERVICE,
    CONF_SINCE,
    CONF_WEBHOOK,
)
from ..gym.integrations.efforts import RUNS
from ..gym.recordings.phone_json import RUN_NAMES
from .field import OptionField
from .selectors import entity, one_of, some_of, switch, text

# Each app has its own screen for the address, with instructions.
APPS = ("health_auto_export", "health_connect", "shortcuts", "service", "other")

FOLDER = (OptionField(key=CONF_FOLDER, selector=text), OptionField(key=CONF_SINCE))
APP = OptionField(key="app", selector=one_of(APPS, "app"), prefilled=APPS[0], in_diagnostics=True)
WEBHOOK = (
    APP,
    OptionField(key=CONF_RUNS, selector=some_of(RUN_NAMES, custom_value=True)),
    OptionField(key=CONF_LOCAL_ONLY, selector=switch, prefilled=True, in_diagnostics=True),
    OptionField(key=CONF_SECRET),
    OptionField(key=CONF_WEBHOOK),
)
SERVICE = (
    OptionField(key=CONF_SERVICE, in_diagnostics=True),
    OptionField(key=CONF_ACCOUNT),
    OptionField(key=CONF_GEAR),
)
ENTITY = (OptionField(key=CONF_ENTITY, selector=entity(["event", "sensor"])), OptionField(key=CONF_MAPPING))
WORDS = (OptionField(key=CONF_RUNS, selector=some_of(RUNS, custom_value=True)),)
"""The words for runs, asked for below a preview."""

SOURCE = (*FOLDER, *WEBHOOK, *SERVICE, *ENTITY, *WORDS)
