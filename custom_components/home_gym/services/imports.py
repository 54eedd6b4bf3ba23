"""The action that imports a file or a folder on the machine of Home Assistant."""

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
    if problem := await hass.async_add_executor_job(_problem_of, hass, path):
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key=problem, translation_placeholders={"path": str(path)}
        )
    await gym.importer.async_add(path)
    return None


def _problem_of(hass: HomeAssistant, path: Path) -> str | None:
    """Return the translation key of the error of a path that can't be imported."""
    try:
        inside = path.resolve().is_relative_to(Path(hass.config.config_dir).resolve())
        if not inside and not hass.config.is_allowed_path(str(path)):
            return "import_not_allowed"
        return None if path.exists() else "import_not_found"
    except OSError, ValueError:
        return "import_not_found"


IMPORT_ACTIONS: Mapping[str, Action] = {
    "import_files": Action(fields={vol.Required(CONF_PATH): cv.string}, handler=_import_files),
}
