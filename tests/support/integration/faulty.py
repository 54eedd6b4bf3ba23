"""Files that make trouble, each beside a good recording."""

from collections.abc import Callable, Mapping
import gzip
import os
from pathlib import Path
from zipfile import ZIP_STORED

from tests.support.archives import zipped
from tests.support.integration.recordings import recording


def _content(data: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "odd").write_bytes(data)

    return write


def _unreadable_name(folder: Path) -> None:
    (folder / os.fsdecode(b"odd \xff")).write_bytes(b"PK\x05\x06")


def _broken_link(folder: Path) -> None:
    (folder / "odd").symlink_to("nowhere")


def _circular_link(folder: Path) -> None:
    (folder / "odd").symlink_to("odd")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "odd")


def _members_before_beginning() -> bytes:
    return b"PK\x05\x06" + bytes(4) + b"\1\0\1\0" + bytes(2) + b" " + bytes(7)


FAULTY: Mapping[str, tuple[Callable[[Path], None], str | None]] = {
    "archive's members before its beginning": (_content(_members_before_beginning()), "damaged"),
    "archive without a list": (_content(b"PK\x03\x04" + bytes(100)), "damaged"),
    "archive of zeros": (_content(zipped({"a.fit": recording()})[:60] + bytes(400)), "damaged"),
    "archive whose member is damaged": (
        _content(zipped({"a.fit": recording()}, ZIP_STORED).replace(recording()[-60:], bytes(60))),
        "damaged",
    ),
    "gzip stream of nothing": (_content(gzip.compress(b"")), "damaged"),
    "recording cut off": (_content(recording()[:-400]), None),
    "XML of another encoding": (_content(b'<?xml version="1.0" encoding="none"?><gpx></gpx>'), "damaged"),
    "JSON nested too deep": (_content(b"[" * 100_000 + b"]"), "hostile"),
    "JSON of a number too long": (_content(b"[" + b"1" * 5000 + b"]"), "damaged"),
    "unreadable name": (_unreadable_name, "damaged"),
    "broken link": (_broken_link, None),
    "circular link": (_circular_link, None),
    "pipe": (_pipe, None),
}
"""How to write each, by its name, and the problem that is reported for it; None for no file at all."""
