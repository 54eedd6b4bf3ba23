"""The coach asking, once, for a habit, new shoes or how the back feels: when, how often tried, and when to let it be.

Everything here is a decision about time; nobody speaks here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from ..codec.schema import stored
from ..habits.habit import Habit
from ..runs.run import Run
from ..shoes.shoe import Shoe
from .settings import PromptSettings
from .topic import NonHabitTopic, Topic


class PromptState(StrEnum):
    """How far a prompt got; one that is held fell into a silence before anybody was told that it is due."""

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
        """Whether nothing more can become of it."""
        return self in (PromptState.DONE, PromptState.DECLINED, PromptState.EXPIRED)


class HoldReason(StrEnum):
    """Why a prompt was not spoken, or not spoken yet, or came to nothing although it was."""

    RED_FLAG = "red_flag"
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


# Two lines on one speaker would cut each other short; this is longer than any line takes to be spoken.
BETWEEN_LINES = timedelta(seconds=20)
RETRY_AFTER = timedelta(seconds=10)
# Who warmed up so recently is still warm, and so is who ran so recently.
WARM_FOR = timedelta(hours=2)
WARM_AFTER_RUN_FOR = timedelta(minutes=30)
# A planned run is so near when its warm-up is asked for.
WARM_UP_LEAD = timedelta(minutes=15)
# Who says "later" is asked once more after so long, and has so long to say something then.
SNOOZE_FOR = timedelta(minutes=15)
ANSWER_WITHIN = timedelta(minutes=10)
# So long after a line was spoken "yes", "later" or "done" mean what it asked for, and nothing else is asked.
MEANT_FOR = timedelta(minutes=5)
# An evening's prompt is no use at night, and what was done in the hours before it counts.
EVENING_LASTS = timedelta(hours=3)
EVENING_COUNTS = timedelta(hours=12)
# Who has been on the belt for longer runs already, and who left it for longer is in the shower.
OCCASION_LASTS = timedelta(minutes=10)
# What a run itself calls for comes first, and shoes that are worn out today are so tomorrow.
SHOES_AFTER = timedelta(minutes=10)
SHOES_LAST = timedelta(days=2)
# How a back feels in the morning is a question of the morning.
MORNING_LASTS = timedelta(hours=4)
NO_DELAY = timedelta(0)
# When every channel has failed, the house may be without power or network; it is tried again at this pace.
START_OVER_AFTER = timedelta(minutes=5)
# As many steps of a prompt's life as tell what kept it from being spoken.
MAX_PROMPT_STEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptTrigger:
    """What called for a habit without a run being known: a belt that woke, or that slowed down after a run.

    `id` makes telling it twice harmless; `at` is when it happened. `asked` tells that somebody wants it to be asked
    for.
    """

    id: str
    habit: Habit
    at: datetime
    asked: bool = False

    @property
    def since(self) -> datetime:
        """From when on the habit counts as done for this occasion."""
        return self.at - WARM_FOR if self.habit is Habit.WARM_UP and not self.asked else self.at

    @property
    def expires(self) -> datetime:
        """When asking is no use any more."""
        return self.at + OCCASION_LASTS


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptStep:
    """One step of a prompt's life: what it came to and when, why it was held back then, and where it was asked."""

    state: PromptState
    at: datetime
    reason: HoldReason | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptFact:
    """What became of a prompt so far, and when.

    `activity` names the run by one of its activities, or is the id of an occasion or of a pair at its limit.
    `attempts` counts how often speaking began, `channel` is where it last did, `snoozes` how often the runner said
    "later" and `until` when to ask again then. `reason` is why it was held back, as far as it was. `life` is how it
    came to that, step by step.
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

    @property
    def key(self) -> tuple[str, Topic]:
        """The key by which a journal keeps it: one for each prompt."""
        return self.activity, self.topic

    @property
    def is_unanswered(self) -> bool:
        """Whether it was asked, and nobody has answered in time."""
        return self.state is PromptState.EXPIRED and self.reason is HoldReason.UNANSWERED

    def lived(self, now: datetime) -> PromptFact:
        """Return it with what it has come to as the newest step of its life.

        Who comes and goes all day makes no novel of it: the first step is kept, and the newest ones.
        """
        step = PromptStep(state=self.state, at=now, reason=self.reason, channel=self.channel)
        # What holds it back in the instant in which it comes to something is no step of its own.
        before = [known for known in self.life if (known.state, known.at) != (step.state, now)]
        first, *later = *before, step
        return replace(self, life=(first, *later[1 - MAX_PROMPT_STEPS :]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """The coach asking for something, because of a run, an occasion, or a pair that is worn out.

    `names` are the ids under which it may have been noted, `id` the one under which it is; `run` is the id of the run
    where there is one, `shoe` that of the pair. Whatever was done of a habit from `since` on counts. `presses` tells
    that its moment is now, so that it waits for no answer to another.
    """

    topic: Topic
    id: str
    names: frozenset[str]
    run: str | None
    since: datetime
    due: datetime
    expires: datetime
    shoe: str | None = None
    presses: bool = False

    @property
    def habit(self) -> Habit | None:
        """The habit that is asked for, if it is one."""
        return self.topic if isinstance(self.topic, Habit) else None


def prompts_after(run: Run, learned: datetime, settings: PromptSettings) -> list[Prompt]:
    """Return what is asked for after a run that was fresh when it was learned of."""
    return [
        Prompt(
            topic=habit,
            id=run.id,
            names=run.activities,
            run=run.id,
            since=run.end,
            due=learned + offset,
            expires=learned + offset + settings.window,
        )
        for habit, offset in settings.offsets.items()
    ]


def prompt_on(occasion: PromptTrigger, settings: PromptSettings) -> Prompt:
    """Return what an occasion asks for: at once, or so long after it as was chosen."""
    delay = settings.delays.get(occasion.habit, NO_DELAY) if not occasion.asked else NO_DELAY
    return Prompt(
        topic=occasion.habit,
        id=occasion.id,
        names=frozenset((occasion.id,)),
        run=None,
        since=occasion.since,
        due=occasion.at + delay,
        expires=occasion.expires + delay,
        presses=True,
    )


def evening_prompt(habit: Habit, day: date, due: datetime) -> Prompt:
    """Return what is asked for on a day that still calls for a habit: once, whatever happens."""
    name = f"{habit}/{day.isoformat()}"
    return Prompt(
        topic=habit,
        id=name,
        names=frozenset((name,)),
        run=None,
        since=due - EVENING_COUNTS,
        due=due,
        expires=due + EVENING_LASTS,
    )


def shoe_prompt(shoe: Shoe, learned: datetime) -> Prompt:
    """Return what is asked for when it became known that a pair ran its distance; another limit is asked for anew."""
    name = f"{shoe.id}@{shoe.replace_at:.0f}"
    due = learned + SHOES_AFTER
    return Prompt(
        topic=NonHabitTopic.SHOES,
        id=name,
        names=frozenset((name,)),
        run=None,
        since=learned,
        due=due,
        expires=due + SHOES_LAST,
        shoe=shoe.id,
    )


def check_in_prompt(run: Run, day: date, due: datetime) -> Prompt:
    """Return what is asked on the morning after a demanding run: once a day, however many runs there were."""
    name = f"{NonHabitTopic.CHECK_IN}/{day.isoformat()}"
    return Prompt(
        topic=NonHabitTopic.CHECK_IN,
        id=name,
        names=frozenset((name,)),
        run=run.id,
        since=run.end,
        due=due,
        expires=due + MORNING_LASTS,
    )


def review_prompt(week: date, begins: datetime, due: datetime) -> Prompt:
    """Return the look back on a week, which is told by the instant at which it begins."""
    name = f"{NonHabitTopic.REVIEW}/{week.isoformat()}"
    return Prompt(
        topic=NonHabitTopic.REVIEW,
        id=name,
        names=frozenset((name,)),
        run=None,
        since=begins,
        due=due,
        expires=due + EVENING_LASTS,
    )


def next_attempt_at(fact: PromptFact, channels: Sequence[str]) -> datetime:
    """Return when speaking may be tried (again) for a prompt that is due; there must be channels."""
    if not fact.attempts:
        return fact.at
    tried_all = fact.attempts % len(channels) == 0
    return fact.at + (START_OVER_AFTER if tried_all else RETRY_AFTER)


def channel_of_attempt(attempts: int, channels: Sequence[str]) -> str:
    """Return the channel to try after so many attempts."""
    return channels[attempts % len(channels)]
