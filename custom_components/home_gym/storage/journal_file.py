"""The file of a runner's journal: read as a whole, and written change by change."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
import sqlite3

from ..const import LOGGER
from ..gym.codec.json_values import instant, text_of
from ..gym.journal.changes import Change
from ..gym.journal.codec import JournalError
from ..gym.journal.facts import KIND_OF, Delivery
from ..gym.journal.journal import Journal
from ..gym.journal.migration import rows_of_document
from ..gym.journal.rows import (
    KEPT_FOR,
    PRUNED,
    STATE,
    ReadJournal,
    Row,
    SetAside,
    read_rows,
    row_of,
    rows_of,
    state_rows,
    with_unknown,
)
from .curve_rows import NO_CURVES, read_curve, read_curves
from .files import EntryFiles
from .json_file import MIGRATED, is_changed, is_outlived, read_json, stamp_of
from .row_file import IDS_WITH_DEVICES, MAJOR, MINOR, NewRow, RowFile, StoredRow, TooNewError, dumps, loads

JSON_STAMP = "json"
OVER = ("done", "declined", "expired")
PRUNE = f"""
DELETE FROM facts WHERE at < ? AND kind IN {PRUNED}
AND (kind != 'prompts' OR json_extract(body, '$.state') IN {OVER})
"""  # noqa: S608  # constants of our own


class UnreadableError(Exception):
    """A file that is damaged or of another kind; it was left as it is."""


class JournalFile:
    """A journal's file of rows; every call belongs in the executor."""

    def __init__(self, files: EntryFiles, *, held: bool = False) -> None:
        """Name the files; see `RowFile`."""
        self.files = files
        self.rows = RowFile(files.rows, held=held)
        self.source = files.rows
        """The file that is read: an earlier version's before its migration."""
        self._is_new = False
        # The settings and states as last written, and the rows that couldn't be read.
        self._states: dict[str, bytes] = {}
        self._unread: set[tuple[str, str]] = set()

    def load(self, now: datetime) -> ReadJournal:
        """Return the journal, an empty one without a file; a file of an earlier version is migrated first.

        Raises UnreadableError or TooNewError, and leaves the file as it is.
        """
        try:
            if not self.rows.exists() and not self._found_elsewhere(now):
                self._is_new, journal = True, Journal()
                # What a new journal has anyway is no reason for a file.
                self._states = {row.key: dumps(row.body) for row in state_rows(journal)}
                return ReadJournal(journal=journal)
            return self._read(now)
        except (sqlite3.Error, JournalError, OSError, ValueError) as error:
            self.rows.close()
            raise UnreadableError(str(error)) from error
        except TooNewError:
            self.rows.close()
            raise

    def write(
        self, changes: Iterable[Change], states: Iterable[Row], curves: Mapping[str, bytes | None] = NO_CURVES
    ) -> None:
        """Write changed facts with their curves, and changed settings and states, in one transaction.

        Raises sqlite3.Error or OSError for a failed write, of which nothing remains.
        """
        changed = rows_of(changes)
        rows = [*changed.put, *(row for row in states if dumps(row.body) != self._states.get(row.key))]
        if not (rows or changed.removed or curves):
            return
        put = [self._new(row) for row in rows]
        if self._is_new:
            self.rows.create(put, {}, curves)
            self._is_new = False
        else:
            touched = {(row.kind, row.key) for row in put} | set(changed.removed)
            self.rows.write(put, changed.removed, set_aside=touched & self._unread, curves=curves)
            self._unread -= touched
        self._states |= {row.key: row.body for row in put if row.kind == STATE}

    def curve(self, activity: str) -> bytes | None:
        """Return the packed curve of an activity, or None."""
        return None if self._is_new else self.rows.read(lambda connection: read_curve(connection, activity))

    def curves(self) -> dict[str, bytes]:
        """Return all packed curves by the ids of their activities."""
        return {} if self._is_new else self.rows.read(read_curves)

    def prune(self, now: datetime) -> int:
        """Remove the rows that no longer matter, and return their number."""
        return 0 if self._is_new else self.rows.execute(PRUNE, (self._horizon(now),))

    def unlink_outlived_json(self, now: datetime) -> None:
        """Remove the file of an earlier version a month after its migration."""
        if self.rows.exists() and self.files.json.exists() and is_outlived(self.rows.about().get(MIGRATED), now):
            self.files.json.unlink()

    def _found_elsewhere(self, now: datetime) -> bool:
        """Migrate a file of an earlier version; raises ValueError if the file of rows is lost."""
        if generations := self.files.generations():
            raise ValueError(f"{self.files.rows.name} is missing, but not its copy of {next(iter(generations))}")
        if not self.files.json.exists():
            return False
        self.source = self.files.json
        rows = rows_of_document(read_json(self.files.json))
        horizon = text_of(now - KEPT_FOR)
        kept = (row for row in rows if not (row.kind in PRUNED and row.at and row.at < horizon))
        self.rows.create(
            (NewRow(row.kind, row.key, row.at, dumps(row.body)) for row in kept),
            # Its ids are those of the first minor version, and are settled as it is read.
            {"minor": "0", MIGRATED: text_of(now), JSON_STAMP: stamp_of(self.files.json)},
        )
        self.source = self.files.rows
        return True

    def _read(self, now: datetime) -> ReadJournal:
        about = self.rows.about()
        if JSON_STAMP in about:
            self._take_over(about)
        damaged: list[SetAside] = []
        rows = (self._checked(row, damaged) for row in self.rows.rows(but=PRUNED, before=self._horizon(now)))
        is_former = (MAJOR, int(about["minor"])) < IDS_WITH_DEVICES
        read = read_rows((row for row in rows if row is not None), is_former=is_former)
        if is_former:
            self._keep_former_ids(read.journal)
        unread = [*damaged, *read.set_aside]
        self._unread = {(each.row.kind, each.row.key) for each in unread}
        # A newer version may write values that this one can't read: they are kept, and no damage.
        told = damaged if self.rows.minor > MINOR else unread
        for each in told:
            LOGGER.warning("%s: a row of %s can't be read: %s", self.files.rows, each.row.kind, each.reason)
        return ReadJournal(journal=read.journal, set_aside=told)

    def _take_over(self, about: dict[str, str]) -> None:
        """Add the facts of an earlier version that ran again after the migration."""
        if not self.files.json.exists() or not is_changed(self.files.json, about[JSON_STAMP]):
            return
        known = {(row.kind, row.key) for row in self.rows.rows()}
        rows = [row for row in rows_of_document(read_json(self.files.json)) if (row.kind, row.key) not in known]
        self.rows.write(map(self._new, rows), about={JSON_STAMP: stamp_of(self.files.json)})

    def _keep_former_ids(self, journal: Journal) -> None:
        """Write the ids that differ from those of this version; after a failed write the next start does it."""
        deliveries = [each for each in journal.deliveries.values() if each.activity.known_as]
        with suppress(sqlite3.Error, OSError):
            self.rows.set_minor(self._new(row_of(KIND_OF[Delivery], each)) for each in deliveries)

    def _checked(self, row: StoredRow, damaged: list[SetAside]) -> Row | None:
        """Return a row with its value, None for a damaged one."""
        try:
            value = loads(row.body) if row.is_intact else None
        except ValueError:
            value = None
        if value is None and row.body != b"null":
            damaged.append(SetAside(row=Row(row.kind, row.key, row.at), reason="its checksum is wrong"))
            return None
        if row.kind == STATE:
            self._states[row.key] = row.body
        return Row(row.kind, row.key, row.at, value)

    def _horizon(self, now: datetime) -> str:
        """Return the instant from which all rows matter; a clock that is ahead doesn't count."""
        newest = self.rows.newest(PRUNED)
        try:
            before = min(now, instant(newest)) if newest else now
        except TypeError, ValueError:
            # The instant of a damaged row.
            before = now
        return text_of(before - KEPT_FOR)

    def _new(self, row: Row) -> NewRow:
        body = row.body
        if not self._is_new and self.rows.minor > MINOR and (old := self.rows.body_of(row.kind, row.key)):
            body = with_unknown(row.kind, loads(old), body)
        return NewRow(row.kind, row.key, row.at, dumps(body))


def summary_of(set_aside: Sequence[SetAside]) -> str:
    """Return kinds and days of rows in short; the days of a person's pain stay private."""
    rows = sorted(
        each.row.kind if each.row.kind == "pains" or not each.row.at else f"{each.row.kind} {each.row.at[:10]}"
        for each in set_aside
    )
    return ", ".join(rows[:10]) + (", …" if len(rows) > 10 else "")
