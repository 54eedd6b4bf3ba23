"""The recordings and the truth about each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
import json
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "shared" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueRun:
    """The truth about a run: seconds, metres, steps a minute; None for a figure with any honest answer."""

    start: datetime | None
    distance: float | None
    distance_tolerance: float
    moving_time: float | None
    elapsed_time: float | None
    cadence: float | None
    sub_sport: str | None
    indoor: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A recording with its truth; `acceptable` are the kinds that an honest reader may report."""

    path: Path
    format: str
    kind: str
    acceptable: frozenset[str]
    ambiguous: bool
    runs: tuple[TrueRun, ...]

    @property
    def name(self) -> str:
        """The name of the file in its folder."""
        return f"{self.path.parent.name}/{self.path.name}"


def collection() -> list[Recorded]:
    """Return every recording with a truth, JSON samples apart; none without the collection."""
    truths = FOLDER / "truth.json"
    if not truths.exists():
        return []
    return sorted(_recordings(json.loads(truths.read_text())), key=lambda recorded: recorded.name)


def _recordings(truths: Mapping[str, Mapping[str, object]]) -> Iterator[Recorded]:
    """Yield the recordings of the file of truths."""
    for truth in truths.values():
        acceptable, runs = truth["acceptable"], truth["runs"]
        assert isinstance(acceptable, list)
        assert isinstance(runs, list)
        yield Recorded(
            path=FOLDER.parent / str(truth["file"]),
            format=str(truth["format"]),
            kind=str(truth["kind"]),
            acceptable=frozenset(acceptable),
            ambiguous=bool(truth.get("ambiguous")),
            runs=tuple(_run(run) for run in runs),
        )


def _run(run: Mapping[str, str | float | None]) -> TrueRun:
    """Return the truth about one run, with the tolerances of the collection."""
    distance = _number(run["distance_m"])
    share = 0.02 if "distance_method" in run else 0.001
    sub_sport, indoor, start = run.get("sub_sport"), run.get("indoor"), run["start_utc"]
    return TrueRun(
        start=datetime.fromisoformat(str(start)) if start else None,
        distance=distance,
        distance_tolerance=max(1, share * (distance or 0)),
        # A sum over laps without a time is 0, and no measurement.
        moving_time=_number(run["timer_s"]) or None,
        elapsed_time=_number(run["elapsed_s"]),
        cadence=_number(run["avg_cadence_spm"]),
        sub_sport=None if sub_sport is None else str(sub_sport),
        indoor=None if indoor is None else bool(indoor),
    )


def _number(value: str | float | None) -> float | None:
    """Return a number or None."""
    return None if value is None else float(value)
