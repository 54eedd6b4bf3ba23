"""An export with recordings and its list of activities."""

import gzip
import json
from pathlib import Path

from tests.support.archives import zipped
from tests.support.integration.recordings import recording

LIST = "Activity ID,Date,Name,Activity Type,Activity Gear,Filename\n1,d,n,Run,Blue shoes,activities/1.fit.gz\n"


def export(path: Path) -> Path:
    """Write an export with every possible content, and return its path."""
    members = {
        "export/activities.csv": LIST.encode(),
        "export/activities/1.fit.gz": gzip.compress(recording(1)),
        "export/activities/2.fit": recording(2),
        "export/inner.zip": zipped({"3.fit": recording(3), "3`.txt": b"nothing"}),
        "export/torn.fit": recording(4)[:300],
        "export/note.json": json.dumps({"no": "activity"}).encode(),
        "export/photo.jpg": b"\xff\xd8\xff",
    }
    path.write_bytes(zipped(members))
    return path
