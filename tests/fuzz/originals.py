"""Valid inputs, which the fuzz mutates: written by the builders, and small recordings of the collection, if any."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
import gzip
import json
from pathlib import Path

from tests.builders import FitShape, LapPlan, Recording, build_fit, build_gpx, build_tcx
from tests.builders.health import ROWS, document_of
from tests.corpus import FOLDER, collection
from tests.support.archives import zipped

JOURNAL = Path(__file__).parents[1] / "unit" / "gym" / "journal" / "data" / "journal.json"
LARGEST = 30_000
"""Bytes of a recording of the collection; larger ones are slower, and show nothing more."""

RUN = Recording(
    start=datetime(2026, 11, 1, 10, tzinfo=UTC), laps=(LapPlan(duration=40, distance=120, cadence=170, pause=5),) * 3
)
LIST = b"Activity ID,Date,Name,Activity Type,Activity Gear,Filename\n1,d,n,Run,Blue shoes,a/1.fit.gz\n"


@cache
def recordings() -> tuple[bytes, ...]:
    """Return recordings of each format, plain and wrapped."""
    fit, tcx, gpx = build_fit(RUN), build_tcx(RUN), build_gpx(RUN)
    odd = build_fit(RUN, shape=FitShape(compressed_timestamps=True, developer_fields=True, big_endian=True))
    documents = [json.dumps(document_of(shape)).encode() for shape in ROWS]
    return (fit, odd, fit + odd, tcx, gpx, *documents, gzip.compress(fit), gzip.compress(gpx), *archives())


@cache
def archives() -> tuple[bytes, ...]:
    """Return archives: of an export, and one in another."""
    fit, tcx = build_fit(RUN), build_tcx(RUN)
    export = zipped({"activities.csv": LIST, "a/1.fit.gz": gzip.compress(fit), "a/2.tcx": tcx, "b/": b"", "c": b""})
    return export, zipped({"in.zip": export, "run.fit": fit}), zipped({"run.fit": fit}, method=0)


@cache
def rows() -> Mapping[str, tuple[str, ...]]:
    """Return the facts of the stored journal as JSON, by the keys of their kinds."""
    stored = json.loads(JOURNAL.read_text())
    return {key: tuple(map(json.dumps, facts)) for key, facts in stored.items() if isinstance(facts, list)}


@cache
def collected() -> tuple[bytes, ...]:
    """Return the small recordings of the collection; none without it."""
    paths = sorted(each.path for each in collection())
    paths += sorted((FOLDER / "cases").rglob("*.*")) if FOLDER.exists() else []
    return tuple(path.read_bytes() for path in paths if 0 < path.stat().st_size <= LARGEST)
