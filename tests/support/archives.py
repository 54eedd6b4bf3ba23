"""ZIP archives."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


def zipped(members: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """Return an archive of the members; those named like a folder are one."""
    packed = BytesIO()
    with ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()
