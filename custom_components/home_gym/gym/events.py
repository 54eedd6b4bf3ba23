"""What a change to the runner's journal brought about."""

from dataclasses import dataclass
from datetime import datetime

from .back.pain import PainReport
from .back.weekly_review import WeekReview
from .habits.habit import Session
from .prompts.prompt import HoldReason, Prompt
from .routines.player_events import PlayerEvent
from .runs.form import Cue
from .runs.run import Run
from .runs.run_history import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    """The runner began to run, on a treadmill that tells."""

    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFinished:
    """A run ended a short while ago: the moment for prompts and automations."""

    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecorded:
    """A run is in the journal that wasn't before."""

    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChanged:
    """More or something else is known of a run than before."""

    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLogged:
    """Somebody logged a session by hand."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class PainReported:
    """Somebody said how much the back hurts, or a source did."""

    report: PainReport


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptDue:
    """It is time to ask for a habit, whether or not somebody can be asked."""

    prompt: Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakPrompt:
    """The coach shall ask now, through this channel, and report how it went.

    `turn` counts the prompts for this habit before this one, `cue` is what to think of on the run that follows.
    """

    prompt: Prompt
    channel: str
    turn: int
    cue: Cue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSpoken:
    """The runner was asked; `attempts` tells how many tries it took and `channel` which one reached the runner."""

    prompt: Prompt
    channel: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSnoozed:
    """The runner said "later": it is asked for again at `until`."""

    prompt: Prompt
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptDone:
    """What a prompt asked for was done, or had been before it was asked."""

    prompt: Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptExpired:
    """The moment for a prompt passed before anybody could be asked, for this reason, or the runner declined it."""

    prompt: Prompt
    reason: HoldReason | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReviewed:
    """A week is over."""

    review: WeekReview


type RunEvent = RunStarted | RunFinished | RunRecorded | RunChanged
type PromptEvent = PromptDue | PromptSpoken | PromptSnoozed | PromptDone | PromptExpired
type Event = RunEvent | PromptEvent | PlayerEvent | SessionLogged | PainReported | SpeakPrompt | WeekReviewed


def is_red_flag(event: Event) -> bool:
    """Tell whether an event calls for silence on the spot: a red flag was reported."""
    return isinstance(event, PainReported) and bool(event.report.red_flags)


def changed(change: Change) -> list[Event]:
    """Return what is told of runs that changed."""
    return [RunChanged(run=run) for run in change.come]
