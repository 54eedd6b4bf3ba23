"""Evening prompts: their times, learnt from the answers and moved away from the usual runs."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from ..back.experiment import Experiments
from ..calendar import A_DAY, A_WEEK, Calendar
from ..habits.due import DueHabits
from ..habits.habit import Habit
from ..journal.journal import Journal
from ..prompts.prompt import EVENING_LASTS, Prompt, PromptState, Wording, evening_prompt, name_of_evening
from ..runs.run_history import RunHistory
from ..settings import Settings
from .log import PromptLog
from .turns import OTHERS_AFTER_OUTING

EXPERIMENT_AT = time(18)
# The latest answers tell when the runner has time; a quarter of an hour more or less is chance.
ANSWERS_LEARNT_FROM = 6
DAYS_LEARNT_FROM = 60
FEWEST_ANSWERS = 4
ABOUT_THE_SAME = timedelta(minutes=30)
BEFORE_THE_USUAL = timedelta(minutes=5)
FURTHEST_MOVED = timedelta(hours=2)
# Runs of as many weeks tell the usual ones, if two of them had one so near.
WEEKS_LEARNT_FROM = 4
NEAR = timedelta(hours=1)


class Evenings:
    """Evening prompts of one runner."""

    def __init__(
        self,
        settings: Settings,
        journal: Journal,
        runs: RunHistory,
        *,
        log: PromptLog,
        due: DueHabits,
        experiments: Experiments,
        was_demanding: Callable[[date], bool],
    ) -> None:
        """Read these facts; `was_demanding` returns whether a day had a long run or a race."""
        self._settings = settings.prompts
        self._calendar: Calendar = settings.calendar
        self._journal = journal
        self._runs = runs
        self._due = due
        self._experiments = experiments
        self._was_demanding = was_demanding
        self._log = log
        # The times of each day, cached until a run or a prompt changes.
        self._known: tuple[tuple[int, int], dict[date, Mapping[Habit, datetime]]] = (-1, -1), {}

    def times_on(self, day: date) -> Mapping[Habit, datetime]:
        """Return the instant of each habit's prompt on a day, without those for which the usual run leaves no time."""
        revision = self._runs.changes, self._log.changes
        if self._known[0] != revision:
            self._known = revision, {}
        lot = self._experiments.asks(day)
        if lot is not None:
            return self._times_on(day, lot)
        if day not in self._known[1]:
            self._known[1][day] = self._times_on(day, None)
        return self._known[1][day]

    def _times_on(self, day: date, lot: tuple[Habit, bool] | None) -> Mapping[Habit, datetime]:
        walls = self._settings.evenings if lot is None else {lot[0]: EXPERIMENT_AT, **self._settings.evenings}
        times = {habit: self._time_of(habit, wall, day) for habit, wall in walls.items()}
        return {habit: instant for habit, instant in times.items() if instant}

    def wording_of(self, prompt: Prompt, now: datetime) -> Wording | None:
        """Return the wording that fits a prompt better than the usual one, None without one."""
        if prompt.topic is Habit.COOL_DOWN and prompt.run:
            return Wording.OUTDOORS
        is_core = prompt.topic is Habit.CORE and not prompt.is_requested
        return Wording.LATE if is_core and not self._due.is_core_goal_within_reach(now) else None

    def prompts(self, now: datetime) -> list[Prompt]:
        """Return this evening's prompts: core work if its day has come, a stretch on a day without a run.

        Yesterday's prompts may still be open past midnight.
        """
        today = self._calendar.day_of(now)
        if not (self._settings.evenings or self._experiments.asks(today)):
            return []
        wanted = self._wanted(now, today)
        logged = self._journal.prompts
        return [
            evening_prompt(habit, day, due)
            for day in (today - A_DAY, today)
            for habit, due in self.times_on(day).items()
            if (name_of_evening(habit, day), habit) in logged or (day == today and habit in wanted)
        ]

    def _wanted(self, now: datetime, today: date) -> set[Habit]:
        wanted = set(self._due.wanted(now))
        if self._runs.any_on(today):
            wanted.discard(Habit.STRETCH)
        lot = self._experiments.asks(today)
        if self._was_demanding(today) and (lot is None or lot[0] is not Habit.CORE):
            wanted.discard(Habit.CORE)
        return wanted

    def _time_of(self, habit: Habit, wall: time, day: date) -> datetime | None:
        """Return the instant of a habit's prompt on a day, None where the usual run of that weekday leaves no time."""
        due = self._calendar.instant_of(wall, day) + self._moved_by(habit, wall, day)
        usual = [self._calendar.instant_of(wall_end, day) for wall_end in self._usual_ends(due, day)]
        if len(usual) < 2:
            return due
        later = max(usual) + OTHERS_AFTER_OUTING
        is_late = later > due + EVENING_LASTS or self._settings.quiet_hours.covers(self._calendar.time_of(later))
        return None if is_late else max(due, later)

    def _moved_by(self, habit: Habit, wall: time, day: date) -> timedelta:
        """Return the time by which the runner usually answers later than asked, or earlier."""
        delays: list[timedelta] = []
        for earlier in (day - number * A_DAY for number in range(1, DAYS_LEARNT_FROM + 1)):
            fact = self._journal.prompts.get((name_of_evening(habit, earlier), habit))
            is_answered = fact is not None and fact.state is PromptState.DONE and fact.is_raised
            if fact and is_answered and self._calendar.day_of(fact.at) == earlier:
                delays.append(fact.at - self._calendar.instant_of(wall, earlier))
            if len(delays) == ANSWERS_LEARNT_FROM:
                break
        usual = sorted(delays)[len(delays) // 2] if len(delays) >= FEWEST_ANSWERS else timedelta(0)
        if abs(usual) <= ABOUT_THE_SAME:
            return timedelta(0)
        return min(max(usual - BEFORE_THE_USUAL, -FURTHEST_MOVED), FURTHEST_MOVED)

    def _usual_ends(self, due: datetime, day: date) -> list[time]:
        """Return the times at which runs of this weekday ended that were near a prompt's time."""
        ends = []
        for number in range(1, WEEKS_LEARNT_FROM + 1):
            then = due - number * A_WEEK
            runs = self._runs.on_days(day - number * A_WEEK, 1)
            near = [run.end for run in runs if run.start < then + NEAR and then - NEAR < run.end]
            ends += [self._calendar.time_of(max(near))] if near else []
        return ends
