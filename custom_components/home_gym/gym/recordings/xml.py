"""XML as a stream of elements, within bounds.

GPX and TCX recordings need no document type, no entities of their own and no deep nesting; a document with any of those
is hostile, and is refused as soon as they appear. No tree is built.
"""

from collections.abc import Callable, Mapping
from typing import Protocol
from xml.parsers import expat

from ..runs.activity import Activity
from .errors import RecordingError, RecordingFault

MAX_ELEMENT_DEPTH = 64
MAX_TEXT = 4096
"""Characters kept of one element's text; a figure has some twenty."""

MAX_TOKEN = 1 << 20
"""Bytes of one tag; recordings have tags of a few thousand."""

MAX_TEXT_PARTS = 20_000
"""Activities and laps in one document; a year's export has a few thousand."""

CHUNK_SIZE = 1 << 18
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF8_MARK = b"\xef\xbb\xbf"

type Attributes = Mapping[str, str]


class ElementReader(Protocol):
    """Reader that turns the elements of one format into activities; names come without prefix."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Handle the start of an element."""

    def end(self, parent: str, name: str, text: str) -> None:
        """Handle the end of an element inside a parent, with its own text, trimmed."""

    def activities(self) -> list[Activity]:
        """Return the activities in the document."""


def is_xml(data: bytes) -> bool:
    """Return whether bytes look like XML."""
    return data.startswith(UTF16_MARKS) or _trimmed(data[:MAX_TEXT]).startswith(b"<")


def read_xml(data: bytes, formats: Mapping[str, Callable[[], ElementReader]]) -> list[Activity]:
    """Return the activities in a document, read by the format of its root element's local name.

    Raises RecordingError for any other document, and for one that is damaged or hostile.
    """
    document = _Document(formats)
    data = _trimmed(data)
    try:
        for start in range(0, len(data), CHUNK_SIZE):
            document.feed(data[start : start + CHUNK_SIZE], is_last=start + CHUNK_SIZE >= len(data))
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise RecordingError(RecordingFault.DAMAGED, f"XML: {error}") from error
    return document.activities()


def _trimmed(data: bytes) -> bytes:
    """Return the document without the whitespace and mark before its declaration, which the parser rejects."""
    return data.removeprefix(UTF8_MARK).lstrip(b" \t\r\n")


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
        self._path = [""]
        self._text: list[str] = []
        self._text_size = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        self._fed = 0

    def feed(self, data: bytes, *, is_last: bool) -> None:
        """Parse the next piece of the document."""
        self._parser.Parse(data, is_last)
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > MAX_TOKEN:
            raise RecordingError(RecordingFault.HOSTILE, f"XML: a tag of more than {MAX_TOKEN} bytes")

    def activities(self) -> list[Activity]:
        """Return the activities that the reader found."""
        return self._reader.activities()

    def _start(self, name: str, attributes: Attributes) -> None:
        """Pass on the start of an element; the root element selects the reader."""
        name = name.rpartition(":")[2]
        if len(self._path) == 1:
            if name not in self._formats:
                raise RecordingError(RecordingFault.UNKNOWN_FORMAT, f"XML with the root {name[:40]}")
            self._reader = self._formats[name]()
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

    def _refuse(self, name: str, *_: object) -> None:
        """Refuse a document type, and with it every entity that it could declare."""
        if name.lower() == "html":
            raise RecordingError(RecordingFault.UNKNOWN_FORMAT, "a web page")
        raise RecordingError(RecordingFault.HOSTILE, "XML with a document type of its own")
