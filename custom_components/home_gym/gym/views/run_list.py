"""The list of all runs, the latest first: searched, counted by month, and returned page by page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..runner import Runner
from ..runs.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The runs of a month: their number, and their distance in metres."""

    month: str
    runs: int
    distance: float


def found(runner: Runner, words: Iterable[str], month: str = "") -> list[Run]:
    """Return the runs that match every word, of one month (such as 2026-05) or of all, the latest first.

    A word may have alternatives, as in august|-08-: one of them is enough.
    """
    wanted = [alternatives for word in words if (alternatives := [each for each in word.casefold().split("|") if each])]
    # Days and starts are in the same order, except for a traveller; the months must be whole.
    runs = sorted(runner.runs.all(), key=lambda run: (run.day, run.start), reverse=True)
    if not wanted and not month:
        return runs
    names = {shoe.id: shoe.name.casefold() for shoe in runner.settings.shoes}
    return [
        run
        for run in runs
        if run.day.isoformat().startswith(month) and (not wanted or _has(runner, run, names, wanted))
    ]


def months_of(runs: Iterable[Run]) -> list[Month]:
    """Return the months of runs in their order."""
    count: dict[str, int] = {}
    millimetres: dict[str, int] = {}
    for run in runs:
        month = f"{run.day.year:04}-{run.day.month:02}"
        count[month] = count.get(month, 0) + 1
        millimetres[month] = millimetres.get(month, 0) + run.distance_in_millimetres
    return [Month(month=month, runs=runs, distance=millimetres[month] / 1000) for month, runs in count.items()]


def _has(runner: Runner, run: Run, names: Mapping[str, str], words: Iterable[Iterable[str]]) -> bool:
    about = (
        f"{run.day} {names.get(runner.rack.shoe_of(run) or '', '')} {run.surface or ''} {' '.join(run.gear).casefold()}"
    )
    return all(any(name in about for name in alternatives) for alternatives in words)
