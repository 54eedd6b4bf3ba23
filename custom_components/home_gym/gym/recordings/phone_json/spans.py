"""Distances and steps of Health Connect beside its sessions: spans of time, some inside a session.

A session has no distance of its own, and bridges send the spans of all apps. Those of one app that overlap count their
common time once, and of several apps the one with the most counts alone, since a phone and a watch see the same steps.
A span that reaches beyond the session counts by its share.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from ...runs.activity import Activity
from ...runs.validation import ON_FOOT, ImpossibleActivityError, believable, check
from .row import Row
from .values import Json

DISTANCES, STEPS = "distance", "steps"

SPAN_SIZE = 400
"""Bytes in memory of a span, by estimate."""

LEAST_COVERED = 0.8
"""Least share of a session within spans of steps for a cadence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Metres or steps between two instants, by one app."""

    start: datetime
    end: datetime
    amount: float


class Spans:
    """The spans of one kind in a document, by app and in the order of their starts."""

    def __init__(self, document: Mapping[str, Json], name: str, zone: tzinfo) -> None:
        """Read the list of a name; rows of another shape are left out."""
        found: dict[str, list[Span]] = {}
        for app, span in _spans(document, name, zone):
            found.setdefault(app, []).append(span)
        self._spans = {app: sorted(spans, key=lambda span: (span.start, span.end)) for app, spans in found.items()}
        self._longest = {app: max(span.end - span.start for span in spans) for app, spans in found.items()}

    def within(self, start: datetime, end: datetime) -> tuple[float, float]:
        """Return the amount between two instants and the seconds that it covers, of the app with the most."""
        return max((self._of_app(app, start, end) for app in self._spans), default=(0.0, 0.0))

    def _of_app(self, app: str, start: datetime, end: datetime) -> tuple[float, float]:
        spans = self._spans[app]
        amount, covered, until = 0.0, 0.0, start
        first = bisect_left(spans, start - self._longest[app], key=lambda span: span.start)
        for span in spans[first:]:
            if span.start >= end:
                break
            begin, stop = max(span.start, until), min(span.end, end)
            if stop > begin:
                seconds = (stop - begin).total_seconds()
                amount += span.amount * seconds / (span.end - span.start).total_seconds()
                covered += seconds
                until = stop
        return amount, covered


def span_count(document: Mapping[str, Json]) -> int:
    """Return the number of rows for spans in a document, each of which may take `SPAN_SIZE`."""
    lists = (document.get(name) for name in (DISTANCES, STEPS))
    return sum(len(rows) for rows in lists if isinstance(rows, list))


def completed(
    activities: list[Activity], document: Mapping[str, Json], zone: tzinfo, *, service: str
) -> list[Activity]:
    """Return activities of a service, those without distance or cadence with the one of the spans beside them."""
    distances, steps = (Spans(document, name, zone) for name in (DISTANCES, STEPS))
    return [
        _completed(activity, distances, steps) if activity.manufacturer == service else activity
        for activity in activities
    ]


def _completed(activity: Activity, distances: Spans, steps: Spans) -> Activity:
    start, seconds = activity.start, activity.elapsed_time
    if start is None or not seconds or activity.sport not in ON_FOOT:
        return activity
    end = start + timedelta(seconds=seconds)
    distance, cadence = activity.distance, activity.cadence
    if distance is None:
        distance = distances.within(start, end)[0] or None
    if cadence is None:
        count, covered = steps.within(start, end)
        cadence = 60 * count / covered if covered >= LEAST_COVERED * seconds else None
    changed = believable(replace(activity, distance=distance, cadence=cadence))
    try:
        check(changed)
    except ImpossibleActivityError:
        return activity
    return changed


def _spans(document: Mapping[str, Json], name: str, zone: tzinfo) -> Iterator[tuple[str, Span]]:
    for row in Row(document).parts(name):
        start = row.instant("startTime", "start_time", zone=zone)
        end = row.instant("endTime", "end_time", zone=zone)
        amount = _metres(row) if name == DISTANCES else row.number("count", "steps", "value")
        if start and end and start < end and amount and amount > 0:
            app = row.part("metadata").text("dataOrigin") or row.text("dataOrigin", "data_origin", "source") or ""
            yield app, Span(start=start, end=end, amount=amount)


def _metres(row: Row) -> float | None:
    for part in (row.part("distance"), row.part("length")):
        if (inside := part.number("inMeters")) is not None:
            return inside
    return row.metres("meters", "distance_meters", "distance", "value")
