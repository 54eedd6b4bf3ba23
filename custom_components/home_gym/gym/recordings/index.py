"""The list of activities that Strava puts beside the recordings of an export: what was worn, and what was done.

It is a CSV table whose headings are in the language of the account; what is not known by its heading is known by its
place.
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
    """What the list says of one recording: the pair of shoes, and the kind of sport in Strava's word."""

    gear: str | None
    kind: str | None

    def applied_to(self, activity: Activity) -> Activity:
        """Return an activity with its pair, and with its sport where the recording itself says none."""
        if self.kind and activity.sport is Sport.OTHER and activity.sub_sport is None:
            activity = replace(activity, sport=classify(self.kind), sub_sport=normal(self.kind))
        return replace(activity, gear=self.gear) if self.gear and activity.sport is Sport.RUN else activity


def read_index(path: str, content: bytes) -> Mapping[str, Listed]:
    """Return what a list says, by the paths of the recordings; nothing where it isn't such a list.

    `path` is that of the list itself: the paths in it begin in its folder.
    """
    try:
        rows = list(csv.reader(StringIO(content.decode("utf-8-sig", errors="replace"), newline="")))
    except csv.Error:
        return {}
    place = _place_of_files(rows)
    if place is None:
        return {}
    folder = path.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    kind, gear = _place(rows[0], "Activity Type", _KIND), _place(rows[0], "Activity Gear", place - _GEAR_BEFORE_FILE)
    return {
        prefix + row[place]: Listed(gear=row[gear].strip() or None, kind=row[kind].strip() or None)
        for row in rows[1:]
        if len(row) > place and row[place]
    }


def _place_of_files(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column that names recordings, where there is one with all that comes before it."""
    for row in rows[1:]:
        for place, cell in enumerate(row):
            if place > _KIND and _RECORDING.fullmatch(cell):
                return place
    return None


def _place(headings: Sequence[str], heading: str, otherwise: int) -> int:
    return headings.index(heading) if heading in headings[: otherwise + 1] else otherwise
