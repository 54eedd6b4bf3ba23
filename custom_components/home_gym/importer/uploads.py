"""Uploaded files in a private folder until their import. All of it blocks, so it runs in the executor."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage, move, rmtree
from time import time

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import STORAGE_DIR

from ..const import DOMAIN
from ..ha.file_upload import process_uploaded_file

IMPORTS_FOLDER = f"{DOMAIN}_imports"

MAX_UPLOAD = 16 << 30
"""Bytes of a file that comes in pieces."""

MAX_PIECE = 2 << 20
"""Bytes of a piece; a message has room for four million characters."""

# Room on the disk that an upload leaves to everything else.
SPARE = 1 << 30
# Seconds after its last piece for which an upload can be resumed.
RESUMABLE_FOR = 7 * 86_400
_PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of an upload: the client's id of the upload, the file's name and size, and the bytes from an offset on.

    A piece without bytes asks for the bytes received so far.
    """

    upload: str
    name: str
    size: int
    offset: int = 0
    data: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """State of an upload: its bytes so far, and the path of a complete file."""

    size: int
    path: Path | None = None


def keep_upload(hass: HomeAssistant, entry_id: str, upload: str) -> Path:
    """Move a fresh upload to the folder of a runner's pending imports.

    Raises ValueError for an unknown upload.
    """
    folder = folder_of(hass, entry_id) / upload
    with process_uploaded_file(hass, upload) as path:
        folder.mkdir(mode=0o700, parents=True)
        return Path(move(path, folder / path.name))


def add_piece(hass: HomeAssistant, entry_id: str, piece: Piece) -> Received:
    """Append a piece to its upload, and return the state of the upload.

    A piece that does not begin at the end of the bytes so far changes nothing: the client goes on from there. Raises
    HomeAssistantError for a file that has no room on the disk.
    """
    folder = folder_of(hass, entry_id) / piece.upload
    path = folder / (Path(piece.name).name or "upload")
    part = folder / _PART
    if path.exists():
        return Received(size=path.stat().st_size)
    size = part.stat().st_size if part.exists() else 0
    if not piece.data or piece.offset != size or size + len(piece.data) > piece.size:
        return Received(size=size)
    if disk_usage(hass.config.config_dir).free < piece.size - size + SPARE:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="upload_no_room")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with part.open("ab") as stream:
        stream.write(piece.data)
    size += len(piece.data)
    if size < piece.size:
        return Received(size=size)
    part.rename(path)
    return Received(size=size, path=path)


def drop_uploads(hass: HomeAssistant, entry_id: str, keeping: set[str]) -> None:
    """Remove the uploads of a runner, except those at some paths, and those that can still be resumed."""
    folder = folder_of(hass, entry_id)
    kept = {Path(path).parent for path in keeping}
    for upload in folder.iterdir() if folder.is_dir() else ():
        if upload not in kept and not _is_resumable(upload):
            rmtree(upload, ignore_errors=True)
    # A folder with uploads stays.
    with suppress(OSError):
        folder.rmdir()


def forget_uploads(hass: HomeAssistant, entry_id: str) -> None:
    """Remove all uploads of a runner."""
    rmtree(folder_of(hass, entry_id), ignore_errors=True)


def _is_resumable(upload: Path) -> bool:
    try:
        return time() - (upload / _PART).stat().st_mtime < RESUMABLE_FOR
    except OSError:
        return False


def folder_of(hass: HomeAssistant, entry_id: str) -> Path:
    """Return the folder of a runner's uploads."""
    return Path(hass.config.path(STORAGE_DIR, IMPORTS_FOLDER, entry_id))
