"""Candidates for prompts: fresh runs, triggers, times of day, worn-out pairs, check-ins and reviews."""

from datetime import date, datetime, time
from operator import attrgetter

from ..back.experiment import Experiments
from ..back.pain_history import PainHistory
from ..back.weekly_review import distance_in
from ..calendar import A_DAY, A_WEEK
from ..habits.due import DueHabits
from ..habits.habit import Habit
from ..journal.journal import Journal
from ..prompts.prompt import (
    REST_ASKED_EVERY,
    Prompt,
    PromptState,
    PromptTrigger,
    check_in_prompt,
    name_of_check_in,
    offer_prompt,
    rest_prompt,
    review_prompt,
    shoe_prompt,
)
from ..prompts.settings import CheckIn
from ..prompts.topic import NonHabitTopic, Topic
from ..runs.demanding_runs import Ramp, is_demanding
from ..runs.load import LONGEST_OVER, NEW_RUNNER_PERIOD, change_in_per_cent, weeks_before
from ..runs.run import Run
from ..runs.run_history import RunHistory
from ..settings import Settings
from ..shoes.rack import Rack
from .evenings import Evenings
from .form_checks import OFFERED_AT, FormChecks
from .log import PromptLog
from .outings import OPEN_PROMPT_WINDOW, CoachedOutings
from .silence import Silence

ORDER: dict[Topic, int] = {topic: place for place, topic in enumerate((*Habit, *NonHabitTopic))}


class PromptCandidates:
    """The prompts that the facts call for; their outcomes are in the journal."""

    def __init__(
        self,
        settings: Settings,
        journal: Journal,
        runs: RunHistory,
        rack: Rack,
        *,
        log: PromptLog,
        pains: PainHistory,
        due: DueHabits,
        silence: Silence,
        experiments: Experiments,
        form_checks: FormChecks,
    ) -> None:
        """Read these facts."""
        self._settings = settings.prompts
        self._load = settings.load
        self._shoes = {shoe.id: shoe for shoe in settings.shoes}
        self._calendar = settings.calendar
        self._journal = journal
        self._log = log
        self._runs = runs
        self._rack = rack
        self._pains = pains
        self._silence = silence
        self._experiments = experiments
        self._form_checks = form_checks
        # The demanding run of each day, cached until a run changes.
        self._demanding: tuple[int, dict[date, Run | None]] = -1, {}
        self.outings = CoachedOutings(settings, journal, runs)
        self.evenings = Evenings(
            settings,
            journal,
            runs,
            log=log,
            due=due,
            experiments=experiments,
            was_demanding=lambda day: self._demanding_on(day) is not None,
        )

    def add_trigger(self, trigger: PromptTrigger) -> None:
        """Add a trigger, once."""
        self.outings.add_trigger(trigger)

    def triggers(self, now: datetime) -> list[PromptTrigger]:
        """Return the recent triggers that call for a habit."""
        return self.outings.triggers(now)

    def prompts(self, now: datetime) -> list[Prompt]:
        """Return the candidates, in the order in which they are due."""
        prompts = [prompt for prompt in self.outings.prompts(now) if not self._is_left_to_lot(prompt)]
        prompts += self.evenings.prompts(now)
        prompts += self._worn_out(now)
        prompts += self._check_ins(now)
        prompts += self._reviews(now)
        prompts += self._rests(now)
        prompts += self._offers(now)
        prompts += self._form_checks.prompts(now)
        return sorted(prompts, key=lambda prompt: (prompt.due, ORDER[prompt.topic], prompt.id))

    def is_retired(self, prompt: Prompt, now: datetime) -> bool:
        """Return whether the pair of a prompt is no longer in use."""
        return prompt.shoe is not None and not self._shoes[prompt.shoe].in_use_on(self._calendar.day_of(now))

    def _is_left_to_lot(self, prompt: Prompt) -> bool:
        """Return whether an experiment leaves a habit out on the day of its run."""
        run = self._runs.of_activity(prompt.run) if prompt.run else None
        lot = self._experiments.asks(run.day) if run else None
        return lot is not None and prompt.topic is lot[0] and not lot[1]

    def _worn_out(self, now: datetime) -> list[Prompt]:
        """Return the prompts for pairs that a recent live run wore out."""
        if not self._settings.shoes:
            return []
        prompts = []
        for shoe in self._shoes.values():
            run = self._rack.worn_out_by(shoe, lambda run: self._journal.first_delivery_of(run).learned_at)
            first = self._journal.first_delivery_of(run) if run else None
            if first and first.live and first.learned_at >= now - OPEN_PROMPT_WINDOW:
                prompts.append(shoe_prompt(shoe, first.learned_at))
        return prompts

    def _check_ins(self, now: datetime) -> list[Prompt]:
        """Return the check-ins of yesterday's, today's and tomorrow's morning."""
        if self._settings.check_in is CheckIn.NEVER:
            return []
        today = self._calendar.day_of(now)
        prompts = [self._check_in_on(day) for day in (today - A_DAY, today, today + A_DAY)]
        return self._current([prompt for prompt in prompts if prompt], today)

    def _check_in_on(self, day: date) -> Prompt | None:
        """Return the check-in of a day: on every morning after severe pain until it is better, or after a run."""
        if self._pains.is_severe_before(day):
            since = self._calendar.instant_of(time.min, day)
            return check_in_prompt(None, day, self._morning_of(day), since=since)
        run = self._demanding_on(day - A_DAY)
        if run is None or not self._is_check_in_welcome(day):
            return None
        return check_in_prompt(run.id, day, self._morning_of(day), since=run.end)

    def _is_check_in_welcome(self, day: date) -> bool:
        """Return whether a run leads to a check-in: without any pain so far, only if the last one was answered."""
        if self._settings.check_in is CheckIn.ALWAYS or self._pains.ever_hurt:
            return True
        # The names of check-ins are in the order of their days.
        earlier = [
            fact
            for fact in self._journal.prompts.values()
            if fact.topic is NonHabitTopic.CHECK_IN and fact.was_asked and fact.activity < name_of_check_in(day)
        ]
        last = max(earlier, key=attrgetter("activity"), default=None)
        return last is None or last.state is PromptState.DONE

    def _morning_of(self, day: date) -> datetime:
        """Return the instant of a day's check-in, moved to the end of quiet hours."""
        return self._silence.may_speak_from(self._calendar.instant_of(self._settings.check_in_at, day))

    def _demanding_on(self, day: date) -> Run | None:
        """Return the last demanding run of a day that is not imported history."""
        if self._demanding[0] != self._runs.changes:
            self._demanding = self._runs.changes, {}
        known = self._demanding[1]
        if day not in known:
            known[day] = self._last_demanding_on(day)
        return known[day]

    def _last_demanding_on(self, day: date) -> Run | None:
        runs = [
            run
            for run in self._runs.on_days(day, 1)
            if any(delivery.live for delivery in self._journal.deliveries_of(run))
        ]
        return next((run for run in reversed(runs) if self._is_demanding(run)), None)

    def _is_demanding(self, run: Run) -> bool:
        before = self._runs.between(run.start - LONGEST_OVER, run.start)
        return is_demanding(run, before, self._ramp_at(run), self._load)

    def _ramp_at(self, run: Run) -> Ramp:
        """Return the week's ramp without and with a run; a new runner has none, since each week is more than before."""
        first = self._runs.earliest()
        if first is None or run.day - first.day < NEW_RUNNER_PERIOD:
            return Ramp(without=None, included=None)
        week = self._calendar.week_of(run.day)
        usual = [distance_in(self._runs, past) for past in weeks_before(week)]
        until = [other for other in self._runs.in_week(week) if other.start <= run.start]
        included = sum(other.distance_in_millimetres for other in until) / 1000
        without = included - run.distance_in_millimetres / 1000
        return Ramp(without=change_in_per_cent(without, usual), included=change_in_per_cent(included, usual))

    def _reviews(self, now: datetime) -> list[Prompt]:
        """Return the reviews of this week and the one before."""
        if self._settings.review_at is None:
            return []
        today = self._calendar.day_of(now)
        week = self._calendar.week_of(today)
        prompts = [self._review_of(each, self._settings.review_at) for each in (week - A_WEEK, week)]
        return self._current(prompts, today)

    def _rests(self, now: datetime) -> list[Prompt]:
        """Return the question whether training goes on, every two weeks of a rest without an end."""
        today = self._calendar.day_of(now)
        open_rests = [rest for rest in self._journal.rests.values() if rest.end is None and rest.start <= today]
        if not open_rests:
            return []
        rest = max(open_rests, key=attrgetter("start"))
        turns = (today - rest.start) // REST_ASKED_EVERY
        days = [rest.start + number * REST_ASKED_EVERY for number in (turns, turns + 1) if number]
        return [rest_prompt(rest.start, day, self._morning_of(day)) for day in days]

    def _offers(self, now: datetime) -> list[Prompt]:
        """Return the offers to switch off topics that went unanswered for weeks, each in the evening."""
        found = []
        for topic in self._settings.topics:
            answers = self._log.answers.of(topic)
            instant = answers.offered_from()
            if answers.first and instant and instant <= now:
                due = self._calendar.next_time(OFFERED_AT, instant)
                found.append(offer_prompt(topic, answers.first, due))
        return found

    def _review_of(self, week: date, wall: time) -> Prompt:
        begins = self._calendar.instant_of(time.min, week)
        return review_prompt(week, begins, self._calendar.instant_of(wall, week + A_WEEK - A_DAY))

    def _current(self, prompts: list[Prompt], today: date) -> list[Prompt]:
        """Return the prompts that expire today or later, and those in the journal."""
        logged = self._journal.prompts
        return [
            prompt
            for prompt in prompts
            if self._calendar.day_of(prompt.expires) >= today or (prompt.id, prompt.topic) in logged
        ]
