"""Heights in a FIT file's records, read only as often as a curve needs them."""

from collections.abc import Iterator, Sequence
from itertools import repeat
from struct import Struct

from ...runs.curve import MOST_POINTS, Values
from .layout import Layout
from .profile import HEIGHT_OFFSET, HEIGHT_SCALE
from .walk import Walk

FURTHEST = 120
"""Seconds between a point of a curve and the record with its height."""


class Heights:
    """Heights of a file by time: metres above the sea at raw timestamps."""

    def __init__(self, data: bytes, walk: Walk) -> None:
        """Read about as many records as a curve has points."""
        layouts = [(layout, form, places) for layout, places in walk.positions.items() if (form := layout.height)]
        stride = max(1, sum(len(places) for _, _, places in layouts) // MOST_POINTS)
        found = sorted(
            height
            for layout, form, places in layouts
            for height in _heights(form, data, places[::stride], _times(data, walk, layout, stride))
        )
        self._found = [(time, raw / HEIGHT_SCALE - HEIGHT_OFFSET) for time, raw in found]

    @property
    def known(self) -> bool:
        """Whether any record has a height."""
        return bool(self._found)

    def at(self, times: Sequence[int]) -> Values:
        """Return the height at each raw timestamp in their order, None where none was recorded around it."""
        found, last, near = self._found, len(self._found) - 1, 0
        heights: list[float | None] = []
        for time in times:
            while near < last and abs(found[near + 1][0] - time) <= abs(found[near][0] - time):
                near += 1
            heights.append(found[near][1] if found and abs(found[near][0] - time) <= FURTHEST else None)
        return heights


def _times(data: bytes, walk: Walk, layout: Layout, stride: int) -> Sequence[int | None]:
    """Return the raw timestamps of every `stride`th record of a layout, from its header if that has a part of it."""
    if times := walk.times.get(layout):
        return times[::stride]
    return [layout.timestamp(data, place) for place in walk.positions[layout][::stride]]


def _heights(
    form: tuple[Struct, int], data: bytes, places: Sequence[int], times: Sequence[int | None]
) -> Iterator[tuple[int, int]]:
    """Yield the raw timestamps and heights of records."""
    structure, invalid = form
    for time, (raw,) in zip(times, map(structure.unpack_from, repeat(data), places), strict=True):
        if raw != invalid and time is not None:
            yield time, raw
