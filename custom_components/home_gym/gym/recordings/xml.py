"""XML as a stream of elements, within bounds.

The recordings of GPX and TCX need no document type, no entities of their own and no deep nesting; whatever has those
was made to do harm, and is refused as soon as it shows. No tree is built.
"""

from collections.abc import Callable, Mapping
from typing import Protocol
from xml.parsers import expat

from ..runs.activity import Activity
from .errors import RecordingError, RecordingFault

MAX_ELEMENT_DEPTH = 64
MAX_TEXT = 4096
"""Characters kept of one element's text; what figures are made of has some twenty."""

MAX_TOKEN = 1 << 20
"""Bytes of one tag; recordings have tags of some thousand."""

MAX_TEXT_PARTS = 20_000
"""Activities and laps in one document; a year's export has some thousand."""

CHUNK_SIZE = 1 << 18
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF8_MARK = b"\xef\xbb\xbf"

type Attributes = Mapping[str, str]


class ElementReader(Protocol):
    """What makes activities of the elements of one format; names come without prefix."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Learn that an element starts."""

    def end(self, parent: str, name: str, text: str) -> None:
        """Learn that an element inside a parent ended, and what its own text was, trimmed."""

    def activities(self) -> list[Activity]:
        """Return what was in the document."""


def is_xml(data: bytes) -> bool:
    """Tell whether bytes look like XML."""
    return data.startswith(UTF16_MARKS) or _trimmed(data[:MAX_TEXT]).startswith(b"<")


def read_xml(data: bytes, formats: Mapping[str, Callable[[], ElementReader]]) -> list[Activity]:
    """Return the activities in a document whose root element has one of the given local names.

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
    """Return the document without what some apps write before its declaration, where a parser would stumble."""
    return data.removeprefix(UTF8_MARK).lstrip(b" \t\r\n")


def check_number(parts: int) -> None:
    """Raise RecordingError where a document has more activities or laps than anybody has run."""
    if parts > MAX_TEXT_PARTS:
        raise RecordingError(RecordingFault.HOSTILE, f"XML: more than {MAX_TEXT_PARTS} activities or laps")


class _Document:
    """One document on its way through the parser."""

    def __init__(self, formats: Mapping[str, Callable[[], ElementReader]]) -> None:
        """Prepare a parser that refuses what no recording needs."""
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
        """Parse some more of the document."""
        self._parser.Parse(data, is_last)
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > MAX_TOKEN:
            raise RecordingError(RecordingFault.HOSTILE, f"XML: a tag of more than {MAX_TOKEN} bytes")

    def activities(self) -> list[Activity]:
        """Return what the reader made of the document."""
        return self._reader.activities()

    def _start(self, name: str, attributes: Attributes) -> None:
        """Pass on the start of an element; the root decides who reads."""
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
        """Collect an element's text, as much as could matter."""
        if self._text_size < MAX_TEXT:
            self._text.append(text)
            self._text_size += len(text)

    def _refuse(self, name: str, *_: object) -> None:
        """Refuse a document type, and with it every entity that it could declare."""
        if name.lower() == "html":
            raise RecordingError(RecordingFault.UNKNOWN_FORMAT, "a web page")
        raise RecordingError(RecordingFault.HOSTILE, "XML with a document type of its own")
