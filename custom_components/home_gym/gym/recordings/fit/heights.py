"""Heights in a FIT file's records, read only as often as a curve needs them."""

from collections.abc import Iterator, Sequence
from itertools import repeat

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
        layouts = [(layout, places) for layout, places in walk.positions.items() if layout.height]
        stride = max(1, sum(len(places) for _, places in layouts) // MOST_POINTS)
        found = sorted(
            height for layout, places in layouts for height in _heights(data, walk, layout, places[::stride], stride)
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


def _heights(data: bytes, walk: Walk, layout: Layout, places: Sequence[int], stride: int) -> Iterator[tuple[int, int]]:
    """Yield the raw timestamps and heights of some records of a layout, every `stride`th."""
    if layout.height is None:
        return
    structure, invalid = layout.height
    heights = (raw for (raw,) in map(structure.unpack_from, repeat(data), places))
    times = walk.times.get(layout)
    clock = times[::stride] if times else [layout.timestamp(data, place) for place in places]
    for time, raw in zip(clock, heights, strict=True):
        if raw != invalid and time is not None:
            yield time, raw
