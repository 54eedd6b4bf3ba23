"""Action to import a file or folder on Home Assistant's machine."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import voluptuous as vol

from homeassistant.const import CONF_PATH
from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..const import CONF_FOLDER, DOMAIN, SUBENTRY_SOURCE
from ..data import RunnerData
from ..permissions import Right
from .action import Action


async def _import_files(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    """Start an import, or queue it behind the current one."""
    await gym.importer.async_add(await readable_path(gym.coordinator.hass, data[CONF_PATH]))
    return None


async def readable_path(hass: HomeAssistant, name: str) -> Path:
    """Return the path of a file or folder; raises ServiceValidationError for a missing or forbidden one."""
    path = Path(hass.config.path(name))
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
    return path


async def _right_of_path(gym: RunnerData, data: Mapping[str, Any]) -> Right:
    """Return the right to import a path: any but the runner's own folders may hold another person's recordings."""
    hass = gym.coordinator.hass
    path = Path(hass.config.path(data[CONF_PATH]))
    sources = gym.entry.get_subentries_of_type(SUBENTRY_SOURCE)
    folders = [Path(hass.config.path(source.data[CONF_FOLDER])) for source in sources if CONF_FOLDER in source.data]
    return Right.ACT if await hass.async_add_executor_job(_is_inside, path, folders) else Right.ADMINISTER


def _is_inside(path: Path, folders: Sequence[Path]) -> bool:
    """Return whether a path is one of the folders or below one, wherever symbolic links lead."""
    try:
        return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)
    except OSError, ValueError:
        return False


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
    "import_files": Action(fields={vol.Required(CONF_PATH): cv.string}, handler=_import_files, right_of=_right_of_path),
}
