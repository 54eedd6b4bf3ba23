"""XML as a stream of elements, within bounds.

GPX and TCX recordings need no document type, no entities of their own and no deep nesting; a document with any of those
is hostile, and is refused as soon as they appear. No tree is built.
"""

from collections.abc import Callable, Iterable, Mapping
import re
from typing import Protocol
from xml.parsers import expat

from ..runs.activity import Activity
from .errors import RecordingError, RecordingFault, parser_errors
from .memory import Memory

MAX_ELEMENT_DEPTH = 64
MAX_TEXT = 4096
"""Characters kept of one element's text; a figure has some twenty."""

MAX_TOKEN = 1 << 16
"""Bytes of one tag; recordings have tags of a few thousand."""

MAX_TYPE = 1 << 17
"""Bytes of the declarations of a document, which the parser keeps for good; Apple's have ten thousand."""

MAX_NAMES = 1000
"""Distinct names of elements and attributes, which the parser keeps for good; recordings have a hundred."""

MAX_TEXT_PARTS = 20_000
"""Activities and laps in one document; a year's export has a few thousand."""

CHUNK_SIZE = 1 << 16
TYPED = frozenset({"HealthData"})
"""Roots of documents with declarations of their elements and attributes."""

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*")

type Attributes = Mapping[str, str]


class ElementReader(Protocol):
    """Reader that turns the elements of one format into activities; names come without prefix."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Handle the start of an element."""

    def end(self, parent: str, name: str, text: str) -> None:
        """Handle the end of an element inside a parent, with its own text, trimmed."""

    def activities(self) -> list[Activity]:
        """Return the activities in the document."""

    def broken_off(self) -> list[Activity]:
        """Return the doubtful activities in a document that ends in the middle."""

    def size(self) -> int:
        """Return the bytes that the figures read so far take, by estimate."""


def is_xml(data: bytes) -> bool:
    """Return whether bytes look like XML."""
    return data.startswith(UTF16_MARKS) or data.startswith(b"<", _beginning(data[:MAX_TEXT]))


def read_xml(data: bytes, formats: Mapping[str, Callable[[], ElementReader]], memory: Memory) -> list[Activity]:
    """Return the activities in a document, read by the format of its root element's local name.

    Raises RecordingError for any other document, and for one that is damaged, hostile, or takes too much memory.
    """
    pieces = (data[start : start + CHUNK_SIZE] for start in range(_beginning(data), len(data), CHUNK_SIZE))
    return read_xml_pieces(pieces, formats, memory)


def read_xml_pieces(
    pieces: Iterable[bytes], formats: Mapping[str, Callable[[], ElementReader]], memory: Memory
) -> list[Activity]:
    """Return the activities in a document that comes piece by piece, as `read_xml` does."""
    document = _Document(formats)
    with parser_errors("XML"):
        for piece in pieces:
            document.feed(piece)
            memory.need(document.size())
        try:
            document.feed(b"", is_last=True)
        except expat.ExpatError:
            if found := document.broken_off():
                return found
            raise
    return document.activities()


def _beginning(data: bytes) -> int:
    """Return the position after a mark and whitespace, which expat rejects before a declaration."""
    found = _BEFORE.match(data)
    return found.end() if found else 0


def check_number(parts: int) -> None:
    """Raise RecordingError for a document with more activities or laps than a lifetime of running."""
    if parts > MAX_TEXT_PARTS:
        raise RecordingError(RecordingFault.HOSTILE, f"XML: more than {MAX_TEXT_PARTS} activities or laps")


class _Document:
    """One document being parsed."""

    def __init__(self, formats: Mapping[str, Callable[[], ElementReader]]) -> None:
        """Prepare a parser that refuses all features beyond those of recordings."""
        self._formats = formats
        self._reader: ElementReader
        # 0 before the root element.
        self.size: Callable[[], int] = int
        self._path = [""]
        self._text: list[str] = []
        self._text_size = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._declare
        parser.EndDoctypeDeclHandler = self._end_type
        parser.AttlistDeclHandler = self._declare_attribute
        parser.EntityDeclHandler = parser.NotationDeclHandler = self._refuse
        self._fed = 0
        self._is_in_type = False

    def feed(self, data: bytes, *, is_last: bool = False) -> None:
        """Parse the next piece of the document."""
        self._parser.Parse(data, is_last)
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > MAX_TOKEN:
            raise RecordingError(RecordingFault.HOSTILE, f"XML: a tag of more than {MAX_TOKEN} bytes")
        if len(self._parser.intern) > MAX_NAMES:
            raise RecordingError(RecordingFault.HOSTILE, f"XML: more than {MAX_NAMES} names")
        if self._is_in_type and self._fed > MAX_TYPE:
            raise RecordingError(RecordingFault.HOSTILE, f"XML: declarations of more than {MAX_TYPE} bytes")

    def activities(self) -> list[Activity]:
        """Return the activities that the reader found."""
        return self._reader.activities()

    def broken_off(self) -> list[Activity]:
        """Return the doubtful activities that the reader found before the document broke off."""
        return self._reader.broken_off() if len(self._path) > 1 else []

    def _start(self, name: str, attributes: Attributes) -> None:
        """Pass on the start of an element; the root element selects the reader."""
        name = name.rpartition(":")[2]
        if len(self._path) == 1:
            if name not in self._formats:
                raise RecordingError(RecordingFault.UNKNOWN_FORMAT, f"XML with the root {name[:40]}")
            self._reader = self._formats[name]()
            self.size = self._reader.size
        if len(self._path) > MAX_ELEMENT_DEPTH:
            raise RecordingError(
                RecordingFault.HOSTILE, f"XML: more than {MAX_ELEMENT_DEPTH} elements inside one another"
            )
        self._path.append(name)
        self._text.clear()
        self._text_size = 0
        self._reader.start(name, attributes)

    def _end(self, _: str) -> None:
        """Pass on the end of an element."""
        name = self._path.pop()
        self._reader.end(self._path[-1], name, "".join(self._text).strip())
        self._text.clear()
        self._text_size = 0

    def _characters(self, text: str) -> None:
        """Collect an element's text, up to `MAX_TEXT` characters."""
        if self._text_size < MAX_TEXT:
            self._text.append(text)
            self._text_size += len(text)

    def _declare(self, name: str, system_id: str | None, public_id: str | None, _: bool) -> None:
        """Refuse a document type, and with it every entity that it could declare, unless the format has its own."""
        if name.lower() == "html":
            raise RecordingError(RecordingFault.UNKNOWN_FORMAT, "a web page")
        if name not in TYPED or name not in self._formats or system_id or public_id:
            raise RecordingError(RecordingFault.HOSTILE, "XML with a document type of its own")
        self._is_in_type = True

    def _end_type(self) -> None:
        """Note the end of the declarations."""
        self._is_in_type = False

    def _declare_attribute(self, _element: str, name: str, _type: str, default: str | None, _required: bool) -> None:
        """Refuse a value that the parser would add to every element."""
        if default is not None:
            raise RecordingError(RecordingFault.HOSTILE, f"XML with a default for {name[:40]}")

    def _refuse(self, *_: object) -> None:
        """Refuse an entity or a notation."""
        raise RecordingError(RecordingFault.HOSTILE, "XML with entities of its own")
