"""The cadence during a run on a treadmill: its mean over a minute, and a word about it every few minutes."""

from collections import deque
from datetime import datetime, timedelta

from ..runs.form import Band, CadenceVerdict, verdict_of

# A mean over this time, of so many reports at least, is no accident.
AVERAGED_OVER = timedelta(minutes=1)
FEWEST_REPORTS = 3
# The time of running before the first word, and between two.
FIRST_AFTER = timedelta(minutes=3)
AGAIN_AFTER = timedelta(minutes=5)
# Steps a minute of no runner: the belt or its sensor rests.
FEWEST_STEPS = 100


class CadenceWatch:
    """Watches the cadence of one run after the other."""

    def __init__(self) -> None:
        """Wait for a run."""
        self._run: datetime | None = None
        self._reports: deque[tuple[datetime, float]] = deque()
        self._spoken: tuple[datetime, CadenceVerdict] | None = None

    def note(self, cadence: float | None, at: datetime) -> None:
        """Take a report in steps a minute."""
        while self._reports and at - self._reports[0][0] > AVERAGED_OVER:
            self._reports.popleft()
        if cadence is not None and cadence >= FEWEST_STEPS:
            self._reports.append((at, cadence))

    @property
    def mean(self) -> float | None:
        """The mean of the last minute, None without enough reports."""
        if len(self._reports) < FEWEST_REPORTS:
            return None
        return sum(cadence for _, cadence in self._reports) / len(self._reports)

    def word(self, run: datetime, band: Band, now: datetime) -> CadenceVerdict | None:
        """Return the verdict to speak now, in the run that began at `run`; None for silence.

        Below the band a word comes every few minutes, and back in it one. Above it, quicker steps are the last thing to
        speak of.
        """
        if run != self._run:
            self._run, self._spoken = run, None
            self._reports.clear()
        before = self._spoken
        verdict = verdict_of(self.mean, band)
        if verdict is None or now - run < FIRST_AFTER or (before and now - before[0] < AGAIN_AFTER):
            return None
        was_below = before is not None and before[1] is CadenceVerdict.BELOW
        if verdict is not CadenceVerdict.BELOW and not (verdict is CadenceVerdict.IN_BAND and was_below):
            return None
        self._spoken = now, verdict
        return verdict
