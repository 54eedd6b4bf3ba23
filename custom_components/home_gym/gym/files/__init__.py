"""Recordings of watches and phones, as bytes, turned into activities.

`parse` is the way in. It goes by content, never by a file's name, and does no I/O.
"""

from collections.abc import Callable
from dataclasses import replace

from ..activity import Activity
from .containers import MAX_DEPTH, MAX_SIZE, Budget, inflate, is_gzip, is_zip, members
from .errors import Reason, RecordingError
from .fit import is_fit, read_fit
from .gpx import ROOT as GPX_ROOT, GpxReader
from .tcx import ROOT as TCX_ROOT, TcxReader
from .xml import Reader, is_xml, read_xml

XML_FORMATS: dict[str, Callable[[], Reader]] = {GPX_ROOT: GpxReader, TCX_ROOT: TcxReader}


def parse(name: str, data: bytes) -> list[Activity]:
    """Return every activity in a recording, none for a file that is well-formed but holds none.

    FIT, TCX and GPX are read, plain, gzipped, or in a ZIP archive. `name` is what messages call the file. Raises
    RecordingError, with a reason, for what cannot be read: damaged, hostile, of another format, or too large.
    """
    return _parse(name, data, Budget(), MAX_DEPTH)


def _parse(name: str, data: bytes, budget: Budget, depth: int) -> list[Activity]:
    """Parse what may be wrapped in as many more containers as `depth` says."""
    if not data:
        raise RecordingError(Reason.EMPTY, name)
    if len(data) > MAX_SIZE:
        raise RecordingError(Reason.TOO_LARGE, f"{name}: {len(data)} bytes")
    if is_gzip(data) or is_zip(data):
        if not depth:
            raise RecordingError(Reason.HOSTILE, f"{name}: wrapped more than {MAX_DEPTH} times")
        unwrap = _parse_gzip if is_gzip(data) else _parse_zip
        return unwrap(name, data, budget, depth - 1)
    if is_fit(data):
        return read_fit(data)
    if is_xml(data):
        return read_xml(data, XML_FORMATS)
    raise RecordingError(Reason.UNKNOWN_FORMAT, name)


def _parse_gzip(name: str, data: bytes, budget: Budget, depth: int) -> list[Activity]:
    """Parse what is in a gzip stream; one that is cut off yields incomplete activities."""
    inflated = inflate(data, budget)
    activities = _parse(name, inflated.data, budget, depth)
    if inflated.complete:
        return activities
    return [replace(activity, incomplete=True) for activity in activities]


def _parse_zip(name: str, data: bytes, budget: Budget, depth: int) -> list[Activity]:
    """Parse every recording in an archive; what else is in there is passed over."""
    activities: list[Activity] = []
    failure: RecordingError | None = None
    for member, content in members(data, budget):
        try:
            if isinstance(content, RecordingError):
                raise content
            activities += _parse(f"{name}/{member}", content, budget, depth)
        except RecordingError as error:
            if error.reason is Reason.HOSTILE:
                raise
            if error.reason not in (Reason.UNKNOWN_FORMAT, Reason.EMPTY):
                failure = failure or error
    if failure and not activities:
        raise failure
    return activities


__all__ = ["Reason", "RecordingError", "parse"]
