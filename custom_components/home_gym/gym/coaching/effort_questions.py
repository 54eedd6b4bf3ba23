"""The question about the effort of an outing: once, on the end of a prompt that was answered."""

from datetime import datetime, timedelta

from ..habits.habit import Habit
from ..journal.journal import Journal
from ..prompts.effort import EffortAsked
from ..prompts.prompt import ANSWERABLE_FOR
from ..runs.effort.outing import outings_of
from ..runs.run import Run
from ..runs.run_history import RunHistory
from ..settings import Settings
from .silence import Silence

# Later, how hard it was is a guess.
RATED_WITHIN = timedelta(hours=12)


class EffortQuestions:
    """The question about one runner's latest outing; a rating counts for each of its runs without one."""

    def __init__(self, settings: Settings, journal: Journal, runs: RunHistory, silence: Silence) -> None:
        """Watch these runs."""
        self._is_wanted = settings.prompts.effort
        self._after_a_run = {Habit.COOL_DOWN, *settings.prompts.offsets}
        self._journal = journal
        self._runs = runs
        self._silence = silence

    def unrated(self, now: datetime) -> list[Run]:
        """Return the runs of the latest outing, none if one of them has a rating, or if it is too long ago."""
        return self._if_unrated(self._outing(now))

    def unrated_with(self, run: str, now: datetime) -> list[Run]:
        """Return the runs of the outing with a run, none if one of them has a rating, or if it is too long ago."""
        outings = outings_of(self._runs.between(now - 2 * RATED_WITHIN, now))
        found = (each for each in outings if run in each.activities | {one.id for one in each.runs})
        recent = next((each for each in found if now - each.end <= RATED_WITHIN), None)
        return self._if_unrated(list(recent.runs)) if recent else []

    def _if_unrated(self, outing: list[Run]) -> list[Run]:
        is_rated = any(run.exertion is not None and run.exertion.perceived is not None for run in outing)
        return [] if is_rated or not self._is_wanted or self._silence.has_red_flag else outing

    def may_ask(self, now: datetime) -> bool:
        """Return whether the question may ride on an answer: once an outing."""
        outing = self.unrated(now)
        return bool(outing) and self._silence.may_ask and not self._asked(outing)

    def may_follow(self, habit: Habit | None, now: datetime) -> bool:
        """Return whether the question may ride on the end of a routine: one for after a run."""
        return habit in self._after_a_run and self.may_ask(now)

    def is_open(self, now: datetime) -> bool:
        """Return whether a number is the answer: soon after the question, until there is one."""
        asked = self._asked(self.unrated(now))
        return any(timedelta(0) <= now - each.at <= ANSWERABLE_FOR for each in asked)

    def note_asked(self, now: datetime) -> None:
        """Note that the question was asked."""
        for run in self.unrated(now)[-1:]:
            self._journal.add(EffortAsked(activity=run.id, at=now))

    def _asked(self, outing: list[Run]) -> list[EffortAsked]:
        asked = self._journal.efforts_asked
        return [asked[activity] for run in outing for activity in sorted({run.id, *run.activities} & asked.keys())]

    def _outing(self, now: datetime) -> list[Run]:
        """Return the runs of the latest outing, the earliest first."""
        latest = outings_of(self._runs.between(now - 2 * RATED_WITHIN, now))[-1:]
        return [run for outing in latest if now - outing.end <= RATED_WITHIN for run in outing.runs]
