"""The shoe rack: which runs were run in which pair, and how far each pair has come."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import accumulate

from ..runs.run import Run
from ..timeline import Timeline
from .shoe import FORECAST_WINDOW, Shoe, Wear, wear_of


class Pair:
    """The runs of one pair, their distance kept as whole millimetres so that it is exact however it came about."""

    def __init__(self) -> None:
        """Begin with no run."""
        self.millimetres = 0
        self.runs: dict[str, Run] = {}
        self.starts = Timeline[datetime]()
        self.days = Timeline[date]()

    def add(self, run: Run) -> None:
        """Count a run."""
        self.millimetres += run.distance_in_millimetres
        self.runs[run.id] = run
        self.starts.add(run.start, run.id)
        self.days.add(run.day, run.id)

    def remove(self, run: Run) -> None:
        """Count a run no longer."""
        self.millimetres -= run.distance_in_millimetres
        del self.runs[run.id]
        self.starts.remove(run.start, run.id)
        self.days.remove(run.day, run.id)


class Rack:
    """All pairs of one runner."""

    def __init__(self, shoes: Sequence[Shoe]) -> None:
        """Begin with pairs that have run nothing yet."""
        self._shoes = shoes
        self._pairs = {shoe.id: Pair() for shoe in shoes}
        self._shoe_of: dict[str, str] = {}
        # The runs that wore pairs out, looked up once; a pair that runs on is looked up anew.
        self._worn_out_by: dict[str, Run | None] = {}

    def shoe_of(self, run: Run) -> str | None:
        """Return the pair that a run counts for."""
        return self._shoe_of.get(run.id)

    def add(self, run: Run, shoe: str | None) -> None:
        """Count a run for a pair."""
        if shoe is not None:
            self._shoe_of[run.id] = shoe
            self._pairs[shoe].add(run)
            self._worn_out_by.pop(shoe, None)

    def remove(self, run: Run) -> None:
        """Count a run no longer."""
        shoe = self._shoe_of.pop(run.id, None)
        if shoe is not None:
            self._pairs[shoe].remove(run)
            self._worn_out_by.pop(shoe, None)

    def wear(self, today: date) -> Mapping[str, Wear]:
        """Return how worn each pair is."""
        return {shoe.id: self._wear(shoe, today) for shoe in self._shoes}

    def least_recently_worn(self, today: date, wear: Mapping[str, Wear]) -> str | None:
        """Return the pair whose turn it is where several are in use: the one that was worn longest ago.

        `wear` is how worn the pairs are today. One that nears its limit is nobody's recommendation, though it may be
        run in.

        Alternating pairs is what many runners do; it is a hint, not a rule.
        """
        usable = [shoe for shoe in self._shoes if shoe.in_use_on(today) and not wear[shoe.id].replacement_due]
        fit = [shoe for shoe in usable if not wear[shoe.id].warning]
        if len(usable) < 2 or not fit:
            return None
        never = datetime.min.replace(tzinfo=UTC)
        return min(fit, key=lambda shoe: (wear[shoe.id].last_used or never, shoe.first_used, shoe.id)).id

    def worn_out_by(self, shoe: Shoe, learned: Callable[[Run], datetime]) -> Run | None:
        """Return the run with which it became known that a pair had run its distance.

        None for one that hasn't, and for one that had before its first run. `learned` tells when a run became known.
        """
        if shoe.id not in self._worn_out_by:
            self._worn_out_by[shoe.id] = self._find_worn_out_by(shoe, learned)
        return self._worn_out_by[shoe.id]

    def _find_worn_out_by(self, shoe: Shoe, learned: Callable[[Run], datetime]) -> Run | None:
        pair = self._pairs[shoe.id]
        left = round((shoe.replace_at - shoe.initial_distance) * 1000)
        if not 0 < left <= pair.millimetres:
            return None
        runs = sorted(pair.runs.values(), key=lambda run: (learned(run), run.id))
        came = accumulate(run.distance_in_millimetres for run in runs)
        return next(run for run, millimetres in zip(runs, came, strict=True) if millimetres >= left)

    def _wear(self, shoe: Shoe, today: date) -> Wear:
        pair = self._pairs[shoe.id]
        lately = [pair.runs[run] for run in pair.days.since(today - FORECAST_WINDOW)]
        in_insoles = pair.days.since(shoe.insoles.first_used) if shoe.insoles else []
        latest = pair.starts.latest()
        return wear_of(
            shoe,
            distance=pair.millimetres / 1000,
            recent_distance=sum(run.distance_in_millimetres for run in lately) / 1000,
            insole_distance=sum(pair.runs[run].distance_in_millimetres for run in in_insoles) / 1000,
            last_used=pair.runs[latest].start if latest else None,
            today=today,
        )
