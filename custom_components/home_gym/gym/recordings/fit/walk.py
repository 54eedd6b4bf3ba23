"""Walk over a FIT file's messages: keeps the positions of those needed and skips the rest by size.

Most bytes of a recording are not needed, so the walk decodes only definitions.
"""

from array import array
from collections.abc import Callable, Container
from dataclasses import dataclass
from itertools import repeat

from ..errors import RecordingError, RecordingFault
from ..memory import Memory
from .layout import Layout, compile_layout
from .profile import FIELDS, Kind

COMPRESSED, DEFINITION, DEVELOPER = 0x80, 0x40, 0x20
"""Bits of a message's header."""

DEFINITION_HEAD = 6
"""Bytes of a definition from its header to its number of fields."""

MAX_SLOW_STEPS = 1_000_000
"""Definitions, and messages read one by one; a day's recording by a wasteful app has 200 000."""

MAX_LAYOUTS = 2000
"""Distinct layouts of needed messages; the most inventive app has a hundred."""

MAX_MESSAGES = 20_000
"""Laps, sessions and other messages, records apart; an hour of intervals has 200."""

MAX_RECORDS = 1_000_000
"""Records of all chained files: eleven days at one a second."""

STRETCH = 1 << 18
"""Bytes between two looks at the number of messages."""

NO_TIME = 0xFFFFFFFF

# Memory of a message with its numbers, of a record with all that its figures are derived by, and more for a record that
# has to be sorted by its time.
_MESSAGE, _RECORD, _SORTING = 1200, 140, 125


@dataclass(slots=True, kw_only=True)
class Allowance:
    """Work and memory that are left for a recording, over all of its chained files."""

    memory: Memory
    steps: int = MAX_SLOW_STEPS
    messages: int = MAX_MESSAGES
    records: int = MAX_RECORDS


class _Damaged(Exception):
    """The remaining bytes are not valid messages."""


class _Clocked(Exception):
    """A message holds only five bits of its time, so all messages before it have to be read for it."""


class Walk:
    """Positions of the needed messages of one FIT file, by layout and in the order of the file.

    `times` are the raw timestamps of the same messages if some of the file's have only a part of theirs in the header;
    `NO_TIME` stands for one that is only in the message. `broken` means that the bytes ended or became invalid before
    the end, `size` is the memory that the messages take once they are read.
    """

    def __init__(self, data: bytes, start: int, end: int, allowance: Allowance, kinds: Container[int] = FIELDS) -> None:
        """Walk over the messages between two positions, and note those of some kinds.

        Raises RecordingError for a file made to waste time or memory.
        """
        self.positions: dict[Layout, array[int]] = {}
        self.times: dict[Layout, array[int]] = {}
        self.broken = False
        self.size = 0
        self._data = data
        self._kinds = kinds
        self._careful = False
        self._allowance = allowance
        try:
            self._run(start, end)
        except _Clocked:
            self.positions.clear()
            self._careful = True
            self._run(start, end)
        records = self._check()
        allowance.records -= records
        allowance.messages -= sum(map(len, self.positions.values())) - records

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
                until = min(position + STRETCH, end)
                while position < until:
                    header = data[position]
                    if size := sizes[header]:
                        if keep := keeps[header]:
                            keep(position)
                        position += size
                    else:
                        position = self._step(header, position, end)
                self._check()
        except _Damaged:
            self.broken = True
        if position > end:
            self.broken = True
            self._forget_beyond(end)

    def _step(self, header: int, position: int, end: int) -> int:
        """Take one message on the slow path, and return the position of the next."""
        self._allowance.steps -= 1
        if self._allowance.steps < 0:
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
            time = self._tick(header & 0x1F)
        else:
            time = NO_TIME
            self._now = layout.timestamp(self._data, position) or self._now
        if keep := self._keeps[local]:
            keep(position)
            self.times.setdefault(layout, array("I")).append(time)
        return position + layout.size

    def _tick(self, low_bits: int) -> int:
        """Return the time of a message that holds only its five lowest bits."""
        if self._now is None:
            return NO_TIME
        self._now = (self._now + ((low_bits - self._now) & 0x1F)) & 0xFFFFFFFF
        return self._now

    def _define(self, header: int, position: int, end: int) -> int:
        """Read the layout of a local type from a definition, and return the position after it."""
        data = self._data
        fields_end = position + DEFINITION_HEAD
        if fields_end > end:
            raise _Damaged
        fields_end += 3 * data[fields_end - 1]
        after, developer = fields_end, b""
        if header & DEVELOPER:
            if fields_end >= end:
                raise _Damaged
            after = fields_end + 1 + 3 * data[fields_end]
            developer = data[fields_end + 1 : after]
        if after > end:
            raise _Damaged
        self._set_layout(header & 0x0F, compile_layout(data[position + 2 : fields_end], developer))
        return after

    def _set_layout(self, local: int, layout: Layout) -> None:
        """Store a local type's layout."""
        self._layouts[local] = layout
        needed = layout.kind in self._kinds and layout.fields
        if len(self.positions) > MAX_LAYOUTS:
            raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_LAYOUTS} layouts")
        self._keeps[local] = self.positions.setdefault(layout, array("I")).append if needed else None
        self._sizes[local] = 0 if self._careful else layout.size

    def _check(self) -> int:
        """Return the number of records; raises RecordingError for messages beyond the allowance."""
        numbers = [len(places) for layout, places in self.positions.items() if layout.kind == Kind.RECORD]
        records = sum(numbers)
        others = sum(map(len, self.positions.values())) - records
        if others > self._allowance.messages:
            raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_MESSAGES} messages that are not records")
        if records > self._allowance.records:
            raise RecordingError(RecordingFault.TOO_LARGE, f"more than {MAX_RECORDS} records")
        self.size = _MESSAGE * others + (_RECORD + (_SORTING if len(numbers) > 1 else 0)) * records
        self._allowance.memory.need(self.size)
        return records

    def _forget_beyond(self, end: int) -> None:
        """Drop a message that the end of the file truncates."""
        for layout, positions in self.positions.items():
            if positions and positions[-1] + layout.size > end:
                positions.pop()
                if layout in self.times:
                    self.times[layout].pop()
