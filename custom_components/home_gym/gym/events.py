"""Events: the outcomes of a change to the runner's journal."""

from dataclasses import dataclass
from datetime import datetime

from .back.experiment import ExperimentStatus
from .back.pain import PainReport
from .back.state import BackState, BackStatus
from .back.weekly_review import WeekReview
from .habits.habit import Session
from .habits.milestone import Milestone
from .prompts.prompt import HoldReason, Prompt, Wording
from .prompts.topic import Topic
from .routines.player_events import PlayerEvent
from .runs.activity import Activity
from .runs.form import AnyCue
from .runs.run import Run
from .runs.run_history import Change
from .runs.wise_distance import WiseDistance


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    """The start of a run, on a treadmill with live data."""

    start: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFinished:
    """The recent end of a run: the moment for prompts and automations."""

    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecorded:
    """A run that was added to the journal."""

    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChanged:
    """A recorded run that changed."""

    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDoubted:
    """A recording that may be a run: a person decides whether it counts."""

    activity: Activity


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLogged:
    """A session that was logged by hand."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneReached:
    """A milestone that was reached lately."""

    milestone: Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class PainReported:
    """Back pain that was reported by a person or a source."""

    report: PainReport


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptDue:
    """A prompt that became due, whether or not it can be spoken yet."""

    prompt: Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakPrompt:
    """A request to speak a prompt through this channel and to report the outcome.

    `turn` is the number of earlier lines about this topic, `cue` the form cue for the run that follows, `milestone` one
    to say beside, `wording` that of a special case.
    """

    prompt: Prompt
    channel: str
    turn: int
    cue: AnyCue | None = None
    milestone: Milestone | None = None
    wording: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSpoken:
    """A prompt that was spoken on this channel, after a number of attempts."""

    prompt: Prompt
    channel: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSnoozed:
    """A prompt that was snoozed until an instant."""

    prompt: Prompt
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptDone:
    """A prompt with its habit done, or that was settled."""

    prompt: Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptExpired:
    """A prompt that expired, for this reason, or was declined."""

    prompt: Prompt
    reason: HoldReason | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMoved:
    """A topic that the runner wants to be asked about at another time or on another speaker."""

    topic: Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReviewed:
    """A week that is over."""

    review: WeekReview


@dataclass(frozen=True, slots=True, kw_only=True)
class BackStateChanged:
    """A changed state of the back, with the status from now on."""

    before: BackState
    status: BackStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class WiseDistancePassed:
    """A run that went beyond the wise distance of its day; `distance` in metres is that of the run so far."""

    distance: float
    wise: WiseDistance


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentEnded:
    """An experiment that ended, with its reason and its result."""

    status: ExperimentStatus


type RunEvent = RunStarted | RunFinished | RunRecorded | RunChanged | RunDoubted
type PromptEvent = PromptDue | PromptSpoken | PromptSnoozed | PromptDone | PromptExpired
type BackEvent = PainReported | BackStateChanged | ExperimentEnded
type HabitEvent = SessionLogged | MilestoneReached
type NoticeEvent = SpeakPrompt | TopicMoved | WeekReviewed | WiseDistancePassed
type Event = RunEvent | PromptEvent | PlayerEvent | HabitEvent | BackEvent | NoticeEvent


def is_red_flag(event: Event) -> bool:
    """Return whether an event calls for silence on the spot: an emergency."""
    return isinstance(event, BackStateChanged) and event.status.is_emergency


def changed(change: Change) -> list[Event]:
    """Return the events of runs that changed."""
    return [RunChanged(run=run) for run in change.added]
