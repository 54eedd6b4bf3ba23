"""Strava's list of the activities in an export, with the shoes and sport of each recording.

It is a CSV table whose headings are in the language of the account. A column with an unknown heading is found by its
position.
"""

from collections.abc import Mapping, Sequence
import csv
from dataclasses import dataclass, replace
from io import StringIO
import re

from ..runs.activity import Activity, Sport
from .sports import classify, normal

NAME = "activities.csv"

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
        if self.kind and activity.sport is Sport.OTHER and activity.sub_sport is None:
            activity = replace(activity, sport=classify(self.kind), sub_sport=normal(self.kind))
        return replace(activity, gear=self.gear) if self.gear and activity.sport is Sport.RUN else activity


def read_index(path: str, content: bytes) -> Mapping[str, Listed]:
    """Return the entries of a list by the paths of the recordings; nothing for any other table.

    `path` is the path of the list itself: the paths in it are relative to its folder.
    """
    try:
        rows = list(csv.reader(StringIO(content.decode("utf-8-sig", errors="replace"), newline="")))
    except csv.Error:
        return {}
    column = _recording_column(rows)
    if column is None:
        return {}
    folder = path.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    kind, gear = _column(rows[0], "Activity Type", _KIND), _column(rows[0], "Activity Gear", column - _GEAR_BEFORE_FILE)
    return {
        prefix + row[column]: Listed(gear=row[gear].strip() or None, kind=row[kind].strip() or None)
        for row in rows[1:]
        if len(row) > column and row[column]
    }


def _recording_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column of the recordings' names, or None; it must come after all other columns used."""
    for row in rows[1:]:
        for column, cell in enumerate(row):
            if column > _KIND and _RECORDING.fullmatch(cell):
                return column
    return None


def _column(headings: Sequence[str], heading: str, otherwise: int) -> int:
    return headings.index(heading) if heading in headings[: otherwise + 1] else otherwise
