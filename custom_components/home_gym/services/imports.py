"""Action to import a file or folder on Home Assistant's machine."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import voluptuous as vol

from homeassistant.const import CONF_PATH
from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..const import DOMAIN
from ..data import RunnerData
from .action import Action


async def _import_files(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    """Start an import, or queue it behind the current one."""
    hass = gym.coordinator.hass
    path = Path(hass.config.path(data[CONF_PATH]))
    if not await hass.async_add_executor_job(_is_allowed, hass, path):
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="import_not_allowed",
            translation_placeholders={"path": str(path)},
        )
    if not await hass.async_add_executor_job(_exists, path):
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="import_not_found", translation_placeholders={"path": str(path)}
        )
    await gym.importer.async_add(path)
    return None


def _is_allowed(hass: HomeAssistant, path: Path) -> bool:
    """Return whether a path is in the configuration folder or an allowed one; True for an unreadable path."""
    try:
        inside = path.resolve().is_relative_to(Path(hass.config.config_dir).resolve())
        return inside or hass.config.is_allowed_path(str(path))
    except OSError, ValueError:
        return True


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError, ValueError:
        return False


IMPORT_ACTIONS: Mapping[str, Action] = {
    "import_files": Action(fields={vol.Required(CONF_PATH): cv.string}, handler=_import_files),
}
