"""Daily copies of a file of rows: the last three are kept, and a damaged file can go back to one."""

from datetime import date, datetime
from os import fsync

from .files import EntryFiles
from .row_file import SIDE_FILES, RowFile, check, replace_durably, signature_of

KEPT = 3


def keep_generation(files: EntryFiles, rows: RowFile, today: date) -> bool:
    """Copy a file that changed since its last copy, once a day, and return whether a copy was made.

    Copies dated after today, from a clock that was ahead, don't count. Raises sqlite3.Error or OSError for a file that
    is damaged or can't be copied; the earlier copies then stay.
    """
    if not rows.exists():
        return False
    known = files.generations()
    last = max((day for day in known if day <= today), default=None)
    if last == today or (last and signature_of(known[last]) == signature_of(files.rows)):
        return False
    rows.copy_to(files.generation(today))
    for day in sorted(files.generations(), key=lambda day: (day <= today, day), reverse=True)[KEPT:]:
        files.generation(day).unlink(missing_ok=True)
    return True


def go_back(files: EntryFiles, day: date, now: datetime) -> None:
    """Replace a file by its copy of a day; the file itself is kept under another name.

    Raises sqlite3.Error for a damaged copy, OSError for a missing one, before anything is changed.
    """
    check(files.generation(day))
    new = files.rows.with_name(f"{files.rows.name}.new")
    new.unlink(missing_ok=True)
    new.touch(0o600)
    new.write_bytes(files.generation(day).read_bytes())
    with new.open("rb+") as written:
        fsync(written.fileno())
    damaged = files.damaged(now)
    for side in ("", *SIDE_FILES):
        source = files.rows.with_name(files.rows.name + side)
        if source.exists():
            source.replace(damaged.with_name(damaged.name + side))
    replace_durably(new, files.rows)
