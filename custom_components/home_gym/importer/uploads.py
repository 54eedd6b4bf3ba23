"""Uploaded files in a private folder until their import. All of it blocks, so it runs in the executor."""

from pathlib import Path
from shutil import move, rmtree

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR

from ..const import DOMAIN
from ..ha.file_upload import process_uploaded_file

IMPORTS_FOLDER = f"{DOMAIN}_imports"


def keep_upload(hass: HomeAssistant, entry_id: str, upload: str) -> Path:
    """Move a fresh upload to the folder of a runner's pending imports.

    Raises ValueError for an unknown upload.
    """
    folder = folder_of(hass, entry_id) / upload
    with process_uploaded_file(hass, upload) as path:
        folder.mkdir(mode=0o700, parents=True)
        return Path(move(path, folder / path.name))


def drop_uploads(hass: HomeAssistant, entry_id: str, keeping: set[str]) -> None:
    """Remove the uploads of a runner, except those at some paths."""
    folder = folder_of(hass, entry_id)
    kept = {Path(path).parent for path in keeping}
    for upload in folder.iterdir() if folder.is_dir() else ():
        if upload not in kept:
            rmtree(upload, ignore_errors=True)
    if not kept and folder.is_dir():
        rmtree(folder, ignore_errors=True)


def folder_of(hass: HomeAssistant, entry_id: str) -> Path:
    """Return the folder of a runner's uploads."""
    return Path(hass.config.path(STORAGE_DIR, IMPORTS_FOLDER, entry_id))
