"""Shoe rack: the runs of each pair, and its distance."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from ..runs.run import Run
from ..timeline import Timeline
from .forecast import FORECAST_WINDOW, replacement_day
from .shoe import Shoe, Wear, wear_of

# Metres of a pair whose multiples are news.
ROUND_DISTANCE = 100_000


class Pair:
    """Runs of one pair; distance is kept as whole millimetres, exact whatever the order of changes."""

    def __init__(self) -> None:
        """Begin with no run."""
        self.millimetres = 0
        self.runs: dict[str, Run] = {}
        self.starts = Timeline[datetime]()
        self.days = Timeline[date]()

    def add(self, run: Run) -> None:
        """Add a run."""
        self.millimetres += run.distance_in_millimetres
        self.runs[run.id] = run
        self.starts.add(run.start, run.id)
        self.days.add(run.day, run.id)

    def distance_of(self, runs: Iterable[str]) -> int:
        """Return the millimetres of some of the runs."""
        return sum(self.runs[run].distance_in_millimetres for run in runs)

    def remove(self, run: Run) -> None:
        """Remove a run."""
        self.millimetres -= run.distance_in_millimetres
        del self.runs[run.id]
        self.starts.remove(run.start, run.id)
        self.days.remove(run.day, run.id)


class Rack:
    """All pairs of one runner."""

    def __init__(self, shoes: Sequence[Shoe]) -> None:
        """Begin with pairs without runs."""
        self._shoes = shoes
        self._pairs = {shoe.id: Pair() for shoe in shoes}
        self._shoe_of: dict[str, str] = {}
        # The runs that wore pairs out, cached until the pair's runs change.
        self._worn_out_by: dict[str, Run | None] = {}

    def shoe_of(self, run: Run) -> str | None:
        """Return the pair of a run."""
        return self._shoe_of.get(run.id)

    def add(self, run: Run, shoe: str | None) -> None:
        """Add a run to a pair."""
        if shoe is not None:
            self._shoe_of[run.id] = shoe
            self._pairs[shoe].add(run)
            self._worn_out_by.pop(shoe, None)

    def remove(self, run: Run) -> None:
        """Remove a run from its pair."""
        shoe = self._shoe_of.pop(run.id, None)
        if shoe is not None:
            self._pairs[shoe].remove(run)
            self._worn_out_by.pop(shoe, None)

    def wear(self, today: date) -> Mapping[str, Wear]:
        """Return the wear of each pair."""
        return {shoe.id: self._wear(shoe, today) for shoe in self._shoes}

    def least_recently_worn(self, today: date, wear: Mapping[str, Wear]) -> str | None:
        """Return the pair to wear next if several are in use: the one with the longest time since its last run.

        `wear` is the wear of the pairs today. A pair near its limit is not recommended, though it may be run in.

        Alternating pairs is common among runners; it is a hint, not a rule.
        """
        usable = [shoe for shoe in self._shoes if shoe.in_use_on(today) and not wear[shoe.id].replacement_due]
        fit = [shoe for shoe in usable if not wear[shoe.id].warning]
        if len(usable) < 2 or not fit:
            return None
        never = datetime.min.replace(tzinfo=UTC)
        return min(fit, key=lambda shoe: (wear[shoe.id].last_used or never, shoe.first_used, shoe.id)).id

    def worn_out_by(self, shoe: Shoe, learned: Callable[[Run], datetime]) -> Run | None:
        """Return the run that brought a pair to its limit, in order of arrival.

        None for a pair below its limit, and for one beyond it before its first run. `learned` returns the arrival time
        of a run.
        """
        if shoe.id not in self._worn_out_by:
            self._worn_out_by[shoe.id] = self._find_worn_out_by(shoe, learned)
        return self._worn_out_by[shoe.id]

    def round_distance_in(self, first: date, days: int) -> tuple[str, float] | None:
        """Return the pair that passed a multiple of `ROUND_DISTANCE` in a number of days, and the multiple in metres.

        Of several pairs it is the one that ran farthest, None if there is none.
        """
        found = []
        for shoe in self._shoes:
            pair = self._pairs[shoe.id]
            before = pair.millimetres - pair.distance_of(pair.days.since(first))
            after = before + pair.distance_of(pair.days.between(first, first + timedelta(days=days)))
            earlier, later = ((shoe.initial_distance + each / 1000) // ROUND_DISTANCE for each in (before, after))
            if later > earlier:
                found.append((later * ROUND_DISTANCE, shoe.id))
        return next(((shoe, metres) for metres, shoe in sorted(found, reverse=True)), None)

    def passed(self, shoe: Shoe, metres: float) -> Run | None:
        """Return the run with which a pair passed a distance.

        None for a pair that has not, for one that had before its first run here, and for one as far beyond it.
        """
        pair = self._pairs[shoe.id]
        left = round((metres - shoe.initial_distance) * 1000)
        if not 0 < left <= pair.millimetres <= left + metres * 1000:
            return None
        return _run_with(left, sorted(pair.runs.values(), key=lambda run: (run.start, run.id)))

    def _find_worn_out_by(self, shoe: Shoe, learned: Callable[[Run], datetime]) -> Run | None:
        pair = self._pairs[shoe.id]
        left = round((shoe.replace_at - shoe.initial_distance) * 1000)
        if not 0 < left <= pair.millimetres:
            return None
        return _run_with(left, sorted(pair.runs.values(), key=lambda run: (learned(run), run.id)))

    def _wear(self, shoe: Shoe, today: date) -> Wear:
        pair = self._pairs[shoe.id]
        in_insoles = pair.days.since(shoe.insoles.first_used) if shoe.insoles else []
        latest = pair.starts.latest()
        return wear_of(
            shoe,
            distance=pair.millimetres / 1000,
            insole_distance=pair.distance_of(in_insoles) / 1000,
            last_used=pair.runs[latest].start if latest else None,
            replace_by=None if shoe.is_retired_on(today) else _replacement_day(shoe, pair, today),
        )


def _replacement_day(shoe: Shoe, pair: Pair, today: date) -> date | None:
    """Return the day on which a pair in use is worn out, by its latest runs."""
    latest = pair.days.latest()
    if latest is None:
        return None
    recent = pair.days.since(pair.runs[latest].day - FORECAST_WINDOW)
    left = round((shoe.replace_at - shoe.initial_distance) * 1000) - pair.millimetres
    return replacement_day((pair.runs[run] for run in recent), left, today)


def _run_with(millimetres: int, runs: Sequence[Run]) -> Run:
    """Return the run that brings the distance of runs, in their order, to this one."""
    came = accumulate(run.distance_in_millimetres for run in runs)
    return next(run for run, so_far in zip(runs, came, strict=True) if so_far >= millimetres)
