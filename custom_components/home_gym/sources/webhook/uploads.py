"""Recordings in a post: one as the body, or several as the files of a form.

aiohttp's reader of forms needs the stream of a request. A post through Home Assistant Cloud has none, only a body.
"""

from email.message import Message

FORM = "multipart/form-data"

MAX_FORM_PARTS = 1000
"""Files in one form."""


def uploads(content_type: str, body: bytes) -> list[tuple[str, bytes]]:
    """Return the name and content of every recording in a body.

    A form's fields other than files are ignored, unless there is nothing else. Raises ValueError for a form without an
    end, or with too many parts.
    """
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if header.get_content_type() != FORM or boundary is None:
        return [("post", body)]
    parts = [_part(part) for part in _split(body, boundary)]
    return [(name, content) for name, content in parts if name] or [("field", content) for _, content in parts]


def _split(body: bytes, boundary: str) -> list[bytes]:
    """Return the parts between the boundaries, which begin lines."""
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("utf-8", "surrogateescape"), MAX_FORM_PARTS + 2)
    ends = next((number for number, piece in enumerate(pieces) if number and piece.startswith(b"--")), None)
    if ends is None or ends > MAX_FORM_PARTS:
        raise ValueError("a form without an end")
    return pieces[1:ends]


def _part(part: bytes) -> tuple[str | None, bytes]:
    """Return the file name and the content of a part."""
    head, _, content = part.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-disposition":
            disposition = Message()
            disposition["Content-Disposition"] = value.decode(errors="replace").strip()
            return disposition.get_filename(), content
    return None, content
