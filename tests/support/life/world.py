"""World of one household: a clock that goes from deadline to deadline, deeds, replies, and a record of all lines."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random
from zoneinfo import ZoneInfo

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.calendar import A_DAY, Calendar
from custom_components.home_gym.gym.coaching.replies import NothingToAnswerError
from custom_components.home_gym.gym.events import SpeakPrompt
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import PromptState, PromptTrigger
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic, Topic
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport, Surface
from custom_components.home_gym.gym.settings import Settings
from custom_components.home_gym.gym.verbs import Verb
from tests.support.unit.make import activity, restarted

from .deeds import (
    Away,
    BeltRun,
    Cleared,
    Deed,
    HabitDone,
    Journey,
    OutdoorRun,
    Pain,
    Part,
    Restart,
    RestBegun,
    RestOver,
)

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
LINE_TAKES = timedelta(seconds=4)
STILL = timedelta(seconds=20)
BELT_WARM = timedelta(hours=2)
START = date(2026, 1, 5)
GUIDED = timedelta(minutes=8)

type Reply = tuple[timedelta, str]
"""Delay of a reply, and the reply: done, later, not_today, yes, or a score."""
type Answers = Callable[[Topic, Random, datetime], Reply | None]
type Days = Callable[[date, Random], list[Deed]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPlan:
    """A kind of household: its deeds of each day, its replies, and its settings."""

    name: str
    days: Days
    answers: Answers
    settings: Settings
    has_tracker: bool = True


@dataclass(slots=True, kw_only=True)
class SpokenLine:
    """A line: its instant, prompt and turn, and the circumstances."""

    at: datetime
    event: SpeakPrompt
    is_quiet: bool
    is_home: bool
    is_resting: bool
    is_emergency: bool
    is_guiding: bool
    is_requested: bool
    reply: str | None = None
    replied_at: datetime | None = None

    @property
    def topic(self) -> Topic:
        """The topic of the line."""
        return self.event.prompt.topic


class World:
    """One household's life.

    `lines` are its spoken lines, `efforts` the true starts and ends of its runs, `most_open` is the greatest number of
    open questions.
    """

    def __init__(self, plan: HouseholdPlan, seed: int = 1, *, restarts_every: timedelta | None = None) -> None:
        """Begin a life on the first Monday of the year; it restarts every so often while no line is spoken."""
        self.plan = plan
        self.lines: list[SpokenLine] = []
        self.efforts: list[tuple[datetime, datetime]] = []
        self.most_open = self.ticks = 0
        self._random = Random(f"{plan.name}/{seed}")
        self.runner = Runner(plan.settings, Journal())
        self.now = self._instant(START, 0)
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = 0
        self._restarts_every = restarts_every
        self._away_until = self.now
        self._belt_warm_until = self.now

    # The clock

    def live(self, days: int) -> None:
        """Live for a number of days."""
        for number in range(days):
            day = START + number * A_DAY
            for deed in self.plan.days(day, self._random):
                self._plan(deed, day)
        end = self._instant(START + days * A_DAY, 0)
        if self._restarts_every:
            number = int((end - self.now) / self._restarts_every)
            for turn in range(1, number):
                self._at(self.now + turn * self._restarts_every, self._restart)
        while self.now < end:
            turns = [end, self.runner.deadline(self.now), *([self._queue[0][0]] if self._queue else [])]
            following = min(turns)
            assert following > self.now or (self._queue and self._queue[0][0] <= self.now), "the clock stands still"
            self.now = max(following, self.now)
            while self._queue and self._queue[0][0] <= self.now:
                heappop(self._queue)[2]()
            self.tick()

    def tick(self) -> None:
        """Tick, and take up the lines."""
        self.ticks += 1
        for event in self.runner.tick(self.now, home=self.is_home, speakers=None):
            if isinstance(event, SpeakPrompt):
                self._speak(event)
        states = (PromptState.SPEAKING, PromptState.SPOKEN)
        lately = [
            key
            for line in self.lines[-6:]
            for name in line.event.prompt.names
            if (key := (name, line.topic)) in self.runner.journal.prompts and line.topic is not NonHabitTopic.REVIEW
        ]
        self.most_open = max(
            self.most_open, len({key for key in lately if self.runner.journal.prompts[key].state in states})
        )

    @property
    def is_home(self) -> bool:
        """Whether the runner is at home, as far as a tracker knows."""
        return not self.plan.has_tracker or self.now >= self._away_until

    def _instant(self, day: date, minutes: float) -> datetime:
        calendar = self.runner.settings.calendar
        begins = calendar.instant_of(time(0), day)
        return begins + timedelta(minutes=minutes)

    def _at(self, when: datetime, act: Callable[[], None]) -> None:
        self._number += 1
        heappush(self._queue, (when, self._number, act))

    def _apply(self, verb: Verb) -> None:
        verb(self.runner, self.now)
        self.tick()

    # Lines and replies

    def _speak(self, event: SpeakPrompt) -> None:
        silence, now = self.runner.silence, self.now
        trigger = self.runner.journal.triggers.get(event.prompt.id)
        line = SpokenLine(
            at=now,
            event=event,
            is_quiet=silence.may_speak_from(now) > now,
            is_home=self.is_home,
            is_resting=silence.is_resting(self.runner.settings.calendar.day_of(now)),
            is_emergency=silence.has_red_flag,
            is_guiding=silence.is_guiding,
            is_requested=trigger is not None and trigger.asked,
        )
        self.lines.append(line)
        self._at(now + LINE_TAKES, lambda: self._apply(verbs.note_spoken(event.prompt)))
        if reply := self.plan.answers(event.prompt.topic, self._random, now):
            delay, text = reply
            self._at(now + LINE_TAKES + delay, lambda: self._reply(line, text))

    def _reply(self, line: SpokenLine, text: str) -> None:
        topic = line.topic
        verb: Verb | None
        try:
            match text:
                case "yes" if isinstance(topic, Habit):
                    self._guide(topic)
                    verb = None
                case "done" | "yes":
                    verb = verbs.complete(topic)
                case "later":
                    verb = verbs.snooze(topic)
                case "not_today":
                    verb = verbs.decline(topic)
                case score:
                    verb = verbs.check_in(float(score))
            if verb:
                self._apply(verb)
        except NothingToAnswerError:
            return
        line.reply, line.replied_at = text, self.now

    def _guide(self, habit: Habit) -> None:
        """Begin a guided routine, which ends in a session."""
        player = Player(routine_for(habit))
        player.start(self.now)
        self.runner.journal.routine = player.memory()

        def end() -> None:
            self.runner.journal.routine = None
            self._apply(verbs.log_session(habit, duration=GUIDED.total_seconds()))

        self._at(self.now + GUIDED, end)

    # Deeds

    def _plan(self, deed: Deed, day: date) -> None:
        at = self._instant(day, deed.at)
        match deed:
            case OutdoorRun():
                self._run_outdoors(deed, at)
            case BeltRun():
                self._run_on_belt(deed, at)
            case HabitDone(habit=habit, minutes=minutes):
                self._at(at, lambda: self._apply(verbs.log_session(habit, duration=minutes * 60)))
            case Pain(score=score, is_emergency=True):
                self._at(at, lambda: self._apply(verbs.report_pain(score, red_flags=frozenset({RedFlag.NUMBNESS}))))
            case Pain(score=score):
                self._at(at, lambda: self._apply(verbs.report_pain(score)))
            case Cleared():
                self._at(at, lambda: self._apply(verbs.clear_back(self._today, may_run=True)))
            case RestBegun(days=days):
                self._at(at, lambda: self._rest(days))
            case RestOver():
                self._at(at, lambda: self._apply(verbs.end_rest()))
            case Restart():
                self._at(at, self._restart)
            case Journey(zone=zone):
                self._at(at, lambda: self._travel(zone))
            case Away(minutes=minutes):
                self._at(at, lambda: self._leave(minutes * MINUTE))

    @property
    def _today(self) -> date:
        return self.runner.settings.calendar.day_of(self.now)

    def _rest(self, days: int | None) -> None:
        end = None if days is None else self._today + (days - 1) * A_DAY
        self._apply(verbs.rest(end=end))

    def _restart(self) -> None:
        # The treadmill tells of a run again, and a line in progress would count as spoken.
        speaking = any(fact.state is PromptState.SPEAKING for fact in self.runner.journal.prompts.values())
        if not speaking and not self.runner.running_on:
            self.runner = restarted(self.runner)

    def _travel(self, zone: str) -> None:
        calendar = Calendar(timezone=ZoneInfo(zone))
        self.runner = Runner(replace(self.runner.settings, calendar=calendar), self.runner.journal)

    def _leave(self, duration: timedelta) -> None:
        self._away_until = max(self._away_until, self.now + duration)

    def _run_outdoors(self, deed: OutdoorRun, at: datetime) -> None:
        if deed.planned:
            lead = at - 15 * MINUTE
            self._at(lead, lambda: self._trigger(Habit.WARM_UP, f"planned/{at.isoformat()}", lead))
        over = (
            at + sum(part.minutes + part.pause for part in deed.parts[:-1]) * MINUTE + deed.parts[-1].minutes * MINUTE
        )
        self._at(at, lambda: self._leave(over - at))
        start = at
        for number, part in enumerate(deed.parts):
            end = start + part.minutes * MINUTE
            self.efforts.append((start, end))
            recorded = self._recording(start, part, number)
            self._at((over if deed.together else end) + deed.sync, partial(self._learn, recorded))
            start = end + part.pause * MINUTE

    def _recording(self, start: datetime, part: Part, number: int) -> Activity:
        return activity(start, km=part.km, minutes=part.minutes, origin_id=f"{start.isoformat()}/{number}")

    def _learn(self, *recorded: Activity) -> None:
        self.runner.deliveries.learn(recorded, now=self.now, live=True)

    def _run_on_belt(self, deed: BeltRun, at: datetime) -> None:
        woke = at - MINUTE
        self._at(woke, lambda: self._wake(woke))
        start = at
        begun = at
        for number, (minutes, pause) in enumerate(deed.pieces):
            end = start + minutes * MINUTE
            self.efforts.append((start, end))
            is_last = number == len(deed.pieces) - 1
            self._at(start, partial(self._apply, verbs.start_run("belt", start, announce=True)))
            self._at(end + 3 * SECOND, partial(self._trigger, Habit.COOL_DOWN, f"belt/{end.isoformat()}", end))
            if is_last or not deed.walks:
                self._at(end + STILL, partial(self._stop_belt, begun, end, deed))
                begun = end + pause * MINUTE
            start = end + pause * MINUTE

    def _stop_belt(self, start: datetime, end: datetime, deed: BeltRun) -> None:
        self._apply(verbs.end_run("belt"))
        seconds = (end - start).total_seconds()
        self._learn(
            Activity(
                sport=Sport.RUN,
                start=start,
                elapsed_time=seconds,
                moving_time=seconds,
                distance=seconds / 60 * deed.km_per_minute * 1000,
                indoor=True,
                surface=Surface.TREADMILL,
                origin=Origin.POWER,
                origin_id=f"belt/{start.isoformat()}",
            )
        )

    def _wake(self, at: datetime) -> None:
        # The treadmill calls for a warm-up once in two hours.
        if at >= self._belt_warm_until:
            self._belt_warm_until = at + BELT_WARM
            self._trigger(Habit.WARM_UP, f"belt/{at.isoformat()}", at)

    def _trigger(self, habit: Habit, name: str, at: datetime) -> None:
        self._apply(verbs.add_trigger(PromptTrigger(id=name, habit=habit, at=at)))
