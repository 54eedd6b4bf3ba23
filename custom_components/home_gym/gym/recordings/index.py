"""Strava's list of the activities in an export, with the shoes and sport of each recording.

It is a CSV table whose headings are in the language of the account. A column with an unknown heading is found by its
position.
"""

from collections.abc import Iterator, Mapping, Sequence
import csv
from dataclasses import dataclass, replace
from io import BytesIO, TextIOWrapper
from itertools import islice
import re

from ..runs.activity import Activity, Doubt, Sport
from .errors import RecordingError, parser_errors
from .sports import classify, normal

NAME = "activities.csv"

MAX_SIZE = 16 << 20
"""Bytes of a list; one of 20,000 activities with descriptions has 10 million."""

MAX_ENTRIES = 20_000
"""Recordings in a list."""

MAX_CELLS, MAX_LINE, MAX_TEXT_LENGTH = 10_000, 1 << 17, 200
"""Cells of a row, characters of a line, and characters of a cell that is used."""

ENTRY_SIZE = 700
"""Bytes of an entry in memory."""

# The third column before the recordings' names, and the one just before them, in an export of 2026.
_KIND, _GEAR_BEFORE_FILE = 3, 1
_RECORDING = re.compile(r"[^/]+/[^/]+\.(fit|gpx|tcx)(\.gz)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Entry for one recording: the pair of shoes, and the kind of sport in Strava's word."""

    gear: str | None
    kind: str | None

    def applied_to(self, activity: Activity) -> Activity:
        """Return an activity with its pair, and with its sport if the recording itself names none."""
        # A recording that broke off stays doubtful.
        is_unnamed = activity.sport is Sport.OTHER and activity.sub_sport is None
        if self.kind and is_unnamed and activity.doubt in {None, Doubt.NO_SPORT}:
            sport, word = classify(self.kind), normal(self.kind)
            activity = replace(activity, sport=sport, sub_sport=word, doubt=None, guess=None, title=None)
        return replace(activity, gear=self.gear) if self.gear and activity.sport is Sport.RUN else activity


def read_index(path: str, content: bytes) -> Mapping[str, Listed]:
    """Return the entries of a list by the paths of the recordings; nothing for any other table, or for a larger one.

    `path` is the path of the list itself: the paths in it are relative to its folder.
    """
    try:
        with parser_errors("CSV"):
            return _entries(path, content)
    except RecordingError:
        return {}


def _entries(path: str, content: bytes) -> Mapping[str, Listed]:
    """Return the entries of a list; raises an error of the CSV parser."""
    headings = next(_rows(content), [])
    column = next(filter(None, map(_recording_column, islice(_rows(content), 1, None))), None)
    if column is None:
        return {}
    folder = path.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    kind, gear = (
        _column(headings, "Activity Type", _KIND),
        _column(headings, "Activity Gear", column - _GEAR_BEFORE_FILE),
    )
    entries: dict[str, Listed] = {}
    for row in islice(_rows(content), 1, None):
        texts = [row[at].strip() for at in (column, kind, gear)] if len(row) > column and row[column] else []
        if texts and max(map(len, texts)) <= MAX_TEXT_LENGTH:
            entries[prefix + row[column]] = Listed(gear=texts[2] or None, kind=texts[1] or None)
            if len(entries) > MAX_ENTRIES:
                raise csv.Error(f"more than {MAX_ENTRIES} recordings")
    return entries


def _rows(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of a table; raises csv.Error for a row of too many cells."""
    lines = _Lines(content)
    for row in csv.reader(lines):
        lines.cells = 0
        yield row


class _Lines:
    """Lines of a table, decoded one after the other, with the number of cells since the last whole row."""

    def __init__(self, content: bytes) -> None:
        """Begin at the first line."""
        self._text = TextIOWrapper(BytesIO(content), "utf-8-sig", errors="replace", newline="")
        self.cells = 0

    def __iter__(self) -> Iterator[str]:
        """Yield the lines; raises csv.Error."""
        while line := self._text.readline(MAX_LINE):
            self.cells += line.count(",")
            if len(line) == MAX_LINE or self.cells > MAX_CELLS:
                raise csv.Error("a row of too many cells")
            yield line


def _recording_column(row: Sequence[str]) -> int | None:
    """Return the column of the recording's name, or None; it must come after all other columns used."""
    for column, cell in enumerate(row):
        if column > _KIND and _RECORDING.fullmatch(cell):
            return column
    return None


def _column(headings: Sequence[str], heading: str, otherwise: int) -> int:
    return headings.index(heading) if heading in headings[: otherwise + 1] else otherwise
