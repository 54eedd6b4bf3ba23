"""Names of the files of a runner or treadmill, all in Home Assistant's storage folder, by the id of its entry."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
import re

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from .row_file import SIDE_FILES


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFiles:
    """The files of one entry."""

    folder: Path
    entry_id: str

    @property
    def rows(self) -> Path:
        """The file of rows."""
        return self.folder / f"{DOMAIN}.{self.entry_id}.db"

    @property
    def json(self) -> Path:
        """The file of earlier versions, kept for a while as the way back."""
        return self.folder / f"{DOMAIN}.{self.entry_id}"

    def generation(self, day: date) -> Path:
        """Return the name of the copy of a day."""
        return self.folder / f"{DOMAIN}.{self.entry_id}.{day.isoformat()}.db"

    def damaged(self, now: datetime) -> Path:
        """Return the name for a damaged file that a generation replaces."""
        return self.folder / f"{DOMAIN}.{self.entry_id}.damaged.{now:%Y%m%dT%H%M%S}.db"

    def generations(self) -> dict[date, Path]:
        """Return the daily copies by day, the latest first."""
        pattern = re.compile(rf"{re.escape(self.rows.stem)}\.(\d{{4}}-\d\d-\d\d)\.db")
        found = [(match[1], path) for path in self.folder.glob("*.db") if (match := pattern.fullmatch(path.name))]
        return {date.fromisoformat(day): path for day, path in sorted(found, reverse=True)}

    def sides(self) -> list[Path]:
        """Return the names of SQLite's own files beside the file of rows."""
        return [self.rows.with_name(self.rows.name + side) for side in SIDE_FILES]

    def unlink(self) -> None:
        """Remove all files of the entry."""
        for path in (self.rows, *self.sides(), self.json, *self.generations().values()):
            path.unlink(missing_ok=True)


HELD: HassKey[bool] = HassKey(f"{DOMAIN}_files_held")
"""Whether all files of rows stay as they are, since they are copied from outside."""


def is_held(hass: HomeAssistant) -> bool:
    """Return whether the files of rows stay as they are for now."""
    return hass.data.get(HELD, False)


def folder_of(hass: HomeAssistant) -> Path:
    """Return the folder of all files."""
    return Path(hass.config.path(STORAGE_DIR))


def files_of(hass: HomeAssistant, entry_id: str) -> EntryFiles:
    """Return the files of an entry."""
    return EntryFiles(folder=folder_of(hass), entry_id=entry_id)
