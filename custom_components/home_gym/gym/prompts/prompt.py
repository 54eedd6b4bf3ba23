"""Prompts: single requests of the coach for a habit, new shoes or a check-in, with their times, attempts and expiry.

Everything here is a decision about time; nothing here speaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from ..codec.schema import stored
from ..habits.habit import Habit
from ..runs.form import AnyCue
from ..runs.run import Run
from ..shoes.shoe import Shoe
from .settings import PromptSettings
from .topic import NonHabitTopic, Topic


class PromptState(StrEnum):
    """State of a prompt; a held one met a silence before it was announced."""

    HELD = "held"
    DUE = "due"
    SPEAKING = "speaking"
    SPOKEN = "spoken"
    SNOOZED = "snoozed"
    DONE = "done"
    DECLINED = "declined"
    EXPIRED = "expired"

    @property
    def is_over(self) -> bool:
        """Whether the state is final."""
        return self in (PromptState.DONE, PromptState.DECLINED, PromptState.EXPIRED)


class HoldReason(StrEnum):
    """Reason for holding a prompt, or for its expiry without an answer."""

    RED_FLAG = "red_flag"
    BACK_STATE = "back_state"
    REST = "rest"
    QUIET_HOURS = "quiet_hours"
    AWAY = "away"
    VOICE_OFF = "voice_off"
    NO_SPEAKER = "no_speaker"
    SPEAKER_FAILED = "speaker_failed"
    ANOTHER_FIRST = "another_first"
    ROUTINE = "routine"
    NOT_FRESH = "not_fresh"
    UNANSWERED = "unanswered"
    DECLINED = "declined"
    OUTING = "outing"
    RUNNING = "running"
    ASKED_LESS = "asked_less"


class Wording(StrEnum):
    """Wording of a prompt where the usual one would not be true: a walk outdoors, a goal that is out of reach."""

    OUTDOORS = "outdoors"
    LATE = "late"


# Two lines on one speaker would interrupt each other; no line takes longer than this.
BETWEEN_LINES = timedelta(seconds=20)
RETRY_AFTER = timedelta(seconds=10)
# A runner stays warm for this long after a warm-up, and after a run.
WARM_FOR = timedelta(hours=2)
WARM_AFTER_RUN_FOR = timedelta(minutes=30)
# Time from the prompt to warm up to a planned run.
WARM_UP_LEAD = timedelta(minutes=15)
# A snoozed prompt is repeated after this time, and can be answered for this long then.
SNOOZE_FOR = timedelta(minutes=15)
# A longer one would be asked at another time of the day.
LONGEST_SNOOZE = timedelta(hours=12)
ANSWER_WITHIN = timedelta(minutes=10)
# For this long after a line "yes", "later" and "done" refer to it, and no other question is asked.
ANSWERABLE_FOR = timedelta(minutes=5)
# An evening prompt is no use at night, and sessions of the hours before it count.
EVENING_LASTS = timedelta(hours=3)
EVENING_COUNTS = timedelta(hours=12)
# Later, the runner is already running, or has already left after the run.
TRIGGER_LASTS = timedelta(minutes=10)
# A belt that stands still or walks for longer than a pause is left, or cooled down on. A beginner walks for three
# minutes between two runs.
PAUSE_ON_BELT = timedelta(minutes=4)
# A walk cools down while the run is so recent.
COOL_DOWN_WITHIN = timedelta(minutes=15)
# Prompts for habits after the run come first; worn-out shoes can wait until tomorrow.
SHOES_AFTER = timedelta(minutes=10)
SHOES_LAST = timedelta(days=2)
# A check-in is a question for the morning.
MORNING_LASTS = timedelta(hours=4)
# An open rest is asked about after this time, and again after each; so long a question can be heard.
REST_ASKED_EVERY = timedelta(weeks=2)
REST_QUESTION_LASTS = timedelta(days=2)
OFFER_LASTS = timedelta(days=3)
FORM_CHECK_LASTS = timedelta(days=3)
NO_DELAY = timedelta(0)
# When every channel has failed, power or network may be down; retries start over after this time, which doubles with
# each round up to the longest.
START_OVER_AFTER = timedelta(minutes=5)
LONGEST_ROUND = timedelta(hours=1)
MOST_DOUBLED = 10
# Enough steps of a prompt's life to show the reason for its silence.
MAX_PROMPT_STEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptTrigger:
    """A trigger for a habit prompt without a run: a treadmill that starts, or slows down after a run.

    `id` makes adding it twice harmless; `at` is its instant. `asked` means that the prompt was requested, by a person
    or an automation. `resumed` is the instant at which the runner went on running after a pause.
    """

    id: str
    habit: Habit
    at: datetime
    asked: bool = False
    resumed: datetime | None = None

    @property
    def since(self) -> datetime:
        """The start of the period in which sessions of the habit count for this trigger."""
        return self.at - WARM_FOR if self.habit is Habit.WARM_UP and not self.asked else self.at

    @property
    def expires(self) -> datetime:
        """The end of the period in which asking makes sense."""
        return self.at + TRIGGER_LASTS


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptStep:
    """One step in the life of a prompt: its state and instant, the reason for holding it, and the channel."""

    state: PromptState
    at: datetime
    reason: HoldReason | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptFact:
    """The state of a prompt, since the instant `at`.

    `activity` names the run by one of its activities, or is the id of a trigger or of a pair at its limit. `attempts`
    is the number of attempts to speak, `channel` the latest one's channel, `snoozes` the number of snoozes and `until`
    the end of the latest. `reason` is the reason for holding the prompt, if it was held. `life` is the history of its
    states, step by step. `milestone` is the key of a milestone said beside, `cue` the form cue.
    """

    activity: str
    topic: Topic = field(metadata=stored(former_key="habit"))
    state: PromptState
    at: datetime
    attempts: int = 0
    channel: str | None = None
    snoozes: int = 0
    until: datetime | None = None
    reason: HoldReason | None = None
    life: tuple[PromptStep, ...] = ()
    milestone: str | None = None
    cue: AnyCue | None = None

    @property
    def key(self) -> tuple[str, Topic]:
        """Key in the journal: one for each prompt."""
        return self.activity, self.topic

    @property
    def is_unanswered(self) -> bool:
        """Whether it was asked and not answered in time."""
        return self.state is PromptState.EXPIRED and self.reason is HoldReason.UNANSWERED

    @property
    def was_asked(self) -> bool:
        """Whether the runner heard or read it."""
        return self.is_unanswered or any(step.state is PromptState.SPOKEN for step in self.life)

    @property
    def is_raised(self) -> bool:
        """Whether it was asked, or is being asked, so that it counts as a question."""
        was_cut_short = self.attempts > 0 and self.state in (PromptState.DONE, PromptState.DECLINED)
        return self.was_asked or self.snoozes > 0 or self.state is PromptState.SPEAKING or was_cut_short

    def with_step(self, now: datetime) -> PromptFact:
        """Return the fact with its current state as the newest step of its life.

        The life is limited, since a runner may come and go all day: the first step is kept, and the newest ones.
        """
        step = PromptStep(state=self.state, at=now, reason=self.reason, channel=self.channel)
        # A reason for holding the prompt in the same instant is replaced, and no step of its own.
        before = [known for known in self.life if (known.state, known.at) != (step.state, now)]
        first, *later = *before, step
        return replace(self, life=(first, *later[1 - MAX_PROMPT_STEPS :]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A request of the coach, caused by a run, a trigger, a time of day or a worn-out pair.

    `id` is the prompt's id, `names` are all ids under which the journal may know it; `run` is the id of its run, if
    any, `shoe` that of its pair. Sessions of the habit from `since` on count. `is_urgent` marks an urgent prompt, which
    waits for no reply to another for long, `is_requested` one that a person or an automation requested. `outing` is
    the start of its outing, `about` the topic that an offer is about.
    """

    topic: Topic
    id: str
    names: frozenset[str]
    run: str | None
    since: datetime
    due: datetime
    expires: datetime
    shoe: str | None = None
    is_urgent: bool = False
    is_requested: bool = False
    outing: datetime | None = None
    about: Topic | None = None

    @property
    def habit(self) -> Habit | None:
        """The requested habit, or None for another topic."""
        return self.topic if isinstance(self.topic, Habit) else None


def prompts_after(run: Run, learned_at: datetime, settings: PromptSettings) -> list[Prompt]:
    """Return the prompts after a run that was fresh when it was learned."""
    return [
        Prompt(
            topic=habit,
            id=run.id,
            names=run.activities,
            run=run.id,
            since=run.end,
            due=learned_at + offset,
            expires=learned_at + offset + settings.window,
        )
        for habit, offset in settings.offsets.items()
    ]


def prompt_on(trigger: PromptTrigger, settings: PromptSettings) -> Prompt:
    """Return the prompt of a trigger, due at once or after the configured delay."""
    delay = settings.delays.get(trigger.habit, NO_DELAY) if not trigger.asked else NO_DELAY
    return Prompt(
        topic=trigger.habit,
        id=trigger.id,
        names=frozenset((trigger.id,)),
        run=None,
        since=trigger.since,
        due=trigger.at + delay,
        expires=trigger.expires + delay,
        is_urgent=True,
        is_requested=trigger.asked,
    )


def evening_prompt(habit: Habit, day: date, due: datetime) -> Prompt:
    """Return the evening prompt for a habit that is still due on a day: one a day, regardless of changes."""
    name = name_of_evening(habit, day)
    return _single(habit, name, since=due - EVENING_COUNTS, due=due, lasts=EVENING_LASTS)


def name_of_evening(habit: Habit, day: date) -> str:
    """Return the name of a habit's evening prompt of a day."""
    return f"{habit}/{day.isoformat()}"


def shoe_prompt(shoe: Shoe, learned_at: datetime) -> Prompt:
    """Return the prompt for a worn-out pair, due after its last run was learned; a new limit is a new prompt."""
    name = f"{shoe.id}@{shoe.replace_at:.0f}"
    due = learned_at + SHOES_AFTER
    return replace(_single(NonHabitTopic.SHOES, name, since=learned_at, due=due, lasts=SHOES_LAST), shoe=shoe.id)


def check_in_prompt(run: str | None, day: date, due: datetime, *, since: datetime) -> Prompt:
    """Return the check-in of a morning, after a run or after severe pain; reports from `since` on answer it."""
    name = name_of_check_in(day)
    return replace(_single(NonHabitTopic.CHECK_IN, name, since=since, due=due, lasts=MORNING_LASTS), run=run)


def name_of_check_in(day: date) -> str:
    """Return the name of a day's check-in."""
    return f"{NonHabitTopic.CHECK_IN}/{day.isoformat()}"


def review_prompt(week: date, begins: datetime, due: datetime) -> Prompt:
    """Return the prompt for a weekly review; its `since` is the instant at which the week begins."""
    name = f"{NonHabitTopic.REVIEW}/{week.isoformat()}"
    return _single(NonHabitTopic.REVIEW, name, since=begins, due=due, lasts=EVENING_LASTS)


def rest_prompt(start: date, day: date, due: datetime) -> Prompt:
    """Return the question of a day whether training goes on after a rest that began on another and has no end."""
    name = f"{NonHabitTopic.REST}/{start.isoformat()}/{day.isoformat()}"
    return _single(NonHabitTopic.REST, name, since=due, due=due, lasts=REST_QUESTION_LASTS)


def offer_prompt(about: Topic, since: datetime, due: datetime) -> Prompt:
    """Return the offer to switch a topic off that went unanswered since an instant: one until it is answered."""
    name = f"{NonHabitTopic.OFFER}/{about}/{since.isoformat()}"
    return replace(_single(NonHabitTopic.OFFER, name, since=since, due=due, lasts=OFFER_LASTS), about=about)


def form_check_prompt(day: date, begins: datetime, due: datetime) -> Prompt:
    """Return the offer of a form check on a day; a check since that day begins answers it."""
    name = f"{NonHabitTopic.FORM_CHECK}/{day.isoformat()}"
    return _single(NonHabitTopic.FORM_CHECK, name, since=begins, due=due, lasts=FORM_CHECK_LASTS)


def day_of_form_check(name: str) -> date:
    """Return the day of an offer of a form check by its name."""
    return date.fromisoformat(name.partition("/")[2])


def _single(topic: Topic, name: str, *, since: datetime, due: datetime, lasts: timedelta) -> Prompt:
    """Return a prompt with a single name, of no run."""
    return Prompt(topic=topic, id=name, names=frozenset((name,)), run=None, since=since, due=due, expires=due + lasts)


def next_attempt_at(fact: PromptFact, channels: Sequence[str]) -> datetime:
    """Return the instant of the next attempt to speak a due prompt; `channels` must not be empty."""
    if not fact.attempts:
        return fact.at
    rounds, attempts = divmod(fact.attempts, len(channels))
    if attempts:
        return fact.at + RETRY_AFTER
    return fact.at + min(LONGEST_ROUND, START_OVER_AFTER * (1 << (min(rounds, MOST_DOUBLED) - 1)))


def channel_of_attempt(attempts: int, channels: Sequence[str]) -> str:
    """Return the channel to try after this number of attempts."""
    return channels[attempts % len(channels)]
