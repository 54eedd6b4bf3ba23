"""The action that imports a file or a folder that is on Home Assistant's own machine."""

from pathlib import Path

import voluptuous as vol

from homeassistant.const import ATTR_CONFIG_ENTRY_ID, CONF_PATH
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..const import DOMAIN
from ..coordinator import async_runner
from ..permissions import async_check

SERVICE = "import_files"
SCHEMA = vol.Schema({vol.Required(ATTR_CONFIG_ENTRY_ID): cv.string, vol.Required(CONF_PATH): cv.string})


@callback
def async_register_import(hass: HomeAssistant) -> None:
    """Register the action."""
    hass.services.async_register(DOMAIN, SERVICE, _async_import, SCHEMA)


async def _async_import(call: ServiceCall) -> None:
    """Begin an import, or put it behind the one that is going on."""
    coordinator = async_runner(call.hass, call.data[ATTR_CONFIG_ENTRY_ID])
    await async_check(call.hass, call.context, coordinator.config_entry, reads=False)
    path = Path(call.hass.config.path(call.data[CONF_PATH]))
    problem = await call.hass.async_add_executor_job(_problem_of, call.hass, path)
    if problem == "import_not_allowed":
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="import_not_allowed",
            translation_placeholders={"path": str(path)},
        )
    if problem == "import_not_found":
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="import_not_found", translation_placeholders={"path": str(path)}
        )
    await coordinator.importer.async_add(path)


def _problem_of(hass: HomeAssistant, path: Path) -> str | None:
    """Return why a path can't be imported, if so."""
    try:
        inside = path.resolve().is_relative_to(Path(hass.config.config_dir).resolve())
        if not inside and not hass.config.is_allowed_path(str(path)):
            return "import_not_allowed"
        return None if path.exists() else "import_not_found"
    except OSError, ValueError:
        return "import_not_found"
