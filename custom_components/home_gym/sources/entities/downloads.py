"""Downloads by another integration's action, and the files that they leave. Reading a file blocks."""

import asyncio
from collections.abc import Callable, Mapping
from errno import EFBIG, EPERM
from pathlib import Path

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant

from ...gym.integrations.model import RecordingActions
from ...gym.recordings.containers import MAX_RECORDING_SIZE
from ..folder.opening import opened

PATIENCE = 300
"""Seconds for one download."""


async def async_recording(
    hass: HomeAssistant, service: str, actions: RecordingActions, own_id: str, entity_id: str
) -> bytes:
    """Return the recording of an activity of an entity's account, by the action of its integration.

    Raises HomeAssistantError as the action does, TimeoutError, and OSError for no file, an unreadable or a forbidden
    one.
    """
    async with asyncio.timeout(PATIENCE):
        answer = await hass.services.async_call(
            service,
            actions.download,
            {"activity_id": int(own_id), ATTR_ENTITY_ID: entity_id},
            blocking=True,
            return_response=True,
        )
    path = answer.get("file_path") if isinstance(answer, Mapping) else None
    if not isinstance(path, str):
        raise FileNotFoundError(f"{service}.{actions.download} named no file")
    folder = Path(hass.config.path(actions.folder))
    return await hass.async_add_executor_job(content_of, path, folder, hass.config.is_allowed_path)


def content_of(path: str, folder: Path, is_allowed: Callable[[str], bool]) -> bytes:
    """Return the content of a file in a folder, or in one that Home Assistant allows, links followed.

    Raises OSError for any other file, and for one that is too large.
    """
    file = Path(path).resolve(strict=True)
    if not file.is_relative_to(folder.resolve()) and not is_allowed(str(file)):
        raise OSError(EPERM, "outside the allowed folders", path)
    with opened(file) as stream:
        content = stream.read(MAX_RECORDING_SIZE + 1)
    if len(content) > MAX_RECORDING_SIZE:
        raise OSError(EFBIG, "too large for a recording", path)
    return content
