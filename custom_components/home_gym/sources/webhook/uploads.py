"""Recordings in a post: one as the body, or several as the files of a form.

aiohttp's reader of forms needs the stream of a request. A post through Home Assistant Cloud has none, only a body.
"""

from email.message import Message
import re

FORM = "multipart/form-data"

MAX_FORM_PARTS = 1000
"""Files in one form."""

MAX_HEAD = 1 << 14
"""Bytes of the lines before a part's content."""


def uploads(content_type: str, body: bytes) -> list[tuple[str, slice]]:
    """Return the name and the place of every recording in a body.

    A form's fields other than files are ignored, unless there is nothing else. Raises ValueError for a form without an
    end, or with too many parts.
    """
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if header.get_content_type() != FORM or boundary is None:
        return [("post", slice(None))]
    parts = [_part(body, part) for part in _split(body, boundary)]
    return [(name, place) for name, place in parts if name] or [("field", place) for _, place in parts]


def _split(body: bytes, boundary: str) -> list[slice]:
    """Return the parts between the boundaries, which begin lines."""
    mark = re.compile(rb"(?:\A|\r\n)--" + re.escape(boundary.encode("utf-8", "surrogateescape")))
    parts: list[slice] = []
    start = None
    for found in mark.finditer(body):
        if start is not None:
            parts.append(slice(start, found.start()))
        start = found.end()
        if body.startswith(b"--", start):
            return parts
        if len(parts) == MAX_FORM_PARTS:
            break
    raise ValueError("a form without an end")


def _part(body: bytes, part: slice) -> tuple[str | None, slice]:
    """Return the file name of a part, and the place of its content."""
    end = body.find(b"\r\n\r\n", part.start, part.stop)
    if end < 0:
        return None, slice(part.stop, part.stop)
    content = slice(end + 4, part.stop)
    for line in body[part.start : min(end, part.start + MAX_HEAD)].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-disposition":
            disposition = Message()
            disposition["Content-Disposition"] = value.decode(errors="replace").strip()
            return disposition.get_filename(), content
    return None, content
