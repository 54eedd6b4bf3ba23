"""Walk over a FIT file's messages: keeps the positions of those needed and skips the rest by size.

Most bytes of a recording are not needed, so the walk decodes only definitions.
"""

from array import array
from collections.abc import Callable
from itertools import repeat

from ..errors import RecordingError, RecordingFault
from .layout import Layout, compile_layout
from .profile import FIELDS, Kind

COMPRESSED, DEFINITION, DEVELOPER = 0x80, 0x40, 0x20
"""Bits of a message's header."""

DEFINITION_HEAD = 6
"""Bytes of a definition from its header to its number of fields."""

MAX_SLOW_STEPS = 1_000_000
"""Definitions, and messages read one by one; a day's recording by a wasteful app has 200 000."""

MAX_LAYOUTS = 10_000
"""Distinct layouts of needed messages; the most inventive app has a hundred."""


class _Damaged(Exception):
    """The remaining bytes are not valid messages."""


class _Clocked(Exception):
    """A message holds only five bits of its time, so all messages before it have to be read for it."""


class Walk:
    """Positions of the needed messages of one FIT file, by layout and in the order of the file.

    `times` are the raw timestamps of messages with only a part of theirs in the header. `broken` means that the bytes
    ended or became invalid before the end.
    """

    def __init__(self, data: bytes, start: int, end: int) -> None:
        """Walk over the messages between two positions.

        Raises RecordingError for a file made to waste time.
        """
        self.positions: dict[Layout, array[int]] = {}
        self.times: dict[int, int] = {}
        self.broken = False
        self._data = data
        self._careful = False
        self._steps = 0
        try:
            self._run(start, end)
        except _Clocked:
            self.positions.clear()
            self._careful = True
            self._run(start, end)

    def messages(self, kind: Kind) -> list[tuple[int, Layout]]:
        """Return the positions and layouts of the messages of a kind, in the order of the file."""
        found = (zip(positions, repeat(layout)) for layout, positions in self.positions.items() if layout.kind == kind)
        return sorted((pair for pairs in found for pair in pairs), key=lambda pair: pair[0])

    def _run(self, start: int, end: int) -> None:
        """Go from message to message; known headers take the fast path, others the slow one."""
        self._layouts: list[Layout | None] = [None] * 16
        self._sizes = sizes = [0] * 256
        self._keeps: list[Callable[[int], None] | None] = [None] * 256
        self._now: int | None = None
        keeps, data, position = self._keeps, self._data, start
        try:
            while position < end:
                header = data[position]
                if size := sizes[header]:
                    if keep := keeps[header]:
                        keep(position)
                    position += size
                else:
                    position = self._step(header, position, end)
        except _Damaged:
            self.broken = True
        if position > end:
            self.broken = True
            self._forget_beyond(end)

    def _step(self, header: int, position: int, end: int) -> int:
        """Take one message on the slow path, and return the position of the next."""
        self._steps += 1
        if self._steps > MAX_SLOW_STEPS:
            raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_SLOW_STEPS} definitions and odd messages")
        if not header & COMPRESSED and header & DEFINITION:
            return self._define(header, position, end)
        local = header >> 5 & 0x03 if header & COMPRESSED else header & 0x0F
        layout = self._layouts[local]
        if layout is None:
            raise _Damaged
        if not self._careful:
            raise _Clocked
        if header & COMPRESSED:
            self._tick(header & 0x1F, position)
        else:
            self._now = layout.timestamp(self._data, position) or self._now
        if keep := self._keeps[local]:
            keep(position)
        return position + layout.size

    def _tick(self, low_bits: int, position: int) -> None:
        """Note the time of a message that holds only its five lowest bits."""
        if self._now is not None:
            self._now = (self._now + ((low_bits - self._now) & 0x1F)) & 0xFFFFFFFF
            self.times[position] = self._now

    def _define(self, header: int, position: int, end: int) -> int:
        """Read the layout of a local type from a definition, and return the position after it."""
        data = self._data
        fields_end = position + DEFINITION_HEAD
        if fields_end > end:
            raise _Damaged
        fields_end += 3 * data[fields_end - 1]
        after, developer_size = fields_end, 0
        if header & DEVELOPER:
            if fields_end >= end:
                raise _Damaged
            after = fields_end + 1 + 3 * data[fields_end]
            developer_size = sum(data[fields_end + 2 : after : 3])
        if after > end:
            raise _Damaged
        self._set_layout(header & 0x0F, compile_layout(data[position + 2 : fields_end], developer_size))
        return after

    def _set_layout(self, local: int, layout: Layout) -> None:
        """Store a local type's layout."""
        self._layouts[local] = layout
        needed = layout.kind in FIELDS and layout.fields
        if len(self.positions) > MAX_LAYOUTS:
            raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_LAYOUTS} layouts")
        self._keeps[local] = self.positions.setdefault(layout, array("I")).append if needed else None
        self._sizes[local] = 0 if self._careful else layout.size

    def _forget_beyond(self, end: int) -> None:
        """Drop a message that the end of the file truncates."""
        for layout, positions in self.positions.items():
            if positions and positions[-1] + layout.size > end:
                positions.pop()
