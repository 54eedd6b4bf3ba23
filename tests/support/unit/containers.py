"""Recordings of each format, and ZIP archives."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.builders import LapPlan, Recording, build_fit, build_gpx, build_tcx

RUN = Recording(start=datetime(2026, 11, 1, 10, tzinfo=UTC), laps=(LapPlan(duration=600, distance=1800, cadence=170),))
FIT, TCX, GPX = build_fit(RUN), build_tcx(RUN), build_gpx(RUN)


def zipped(members: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """Return an archive of the members; those named like a folder are one."""
    packed = BytesIO()
    with ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()
