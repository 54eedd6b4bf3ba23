"""ZIP archives."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def zipped(members: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """Return an archive of the members; those named like a folder are one."""
    packed = BytesIO()
    with ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            # Without a date, which would be that of now.
            archive.writestr(ZipInfo(name), content, method)
    return packed.getvalue()
