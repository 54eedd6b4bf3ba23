"""ZIP archives of recordings."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


def zipped(recording: bytes) -> bytes:
    """Return an archive with a recording in it."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("run.fit", recording)
    return packed.getvalue()
