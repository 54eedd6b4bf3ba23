"""Documents that cards receive beside the views of `gym`; scripts/types writes their TypeScript types.

A document of a dataclass leaves out attributes that are None. A TypedDict is sent as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NotRequired, TypedDict

from ..gym.exercises.level import Length
from ..gym.habits.habit import Habit, Session
from ..gym.journal.facts import Delivery
from ..gym.routines.view import OwnOffer, RoutineView
from ..gym.runs.activity import Lap, LeftOut, Origin
from ..gym.runs.corrections import Correction
from ..gym.runs.curve import Curve
from ..gym.runs.form import CadenceVerdict
from ..gym.runs.run_figures import RunFigures
from ..gym.views.dashboard import RunView
from ..gym.views.patches import Document, Patch
from ..gym.views.run_list import Month


class FeedState(StrEnum):
    """State of the runner behind a card."""

    READY = "ready"
    NOT_LOADED = "not_loaded"
    REMOVED = "removed"
    UNAUTHORIZED = "unauthorized"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerStatus:
    """The runner's name, and the state of its entry."""

    name: str
    state: FeedState


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachLine:
    """The coach's state in words: why it doesn't speak now, and why it left out its latest question, and when.

    `silence` is None while it would speak; the others are None without a question left out in the last day.
    """

    silence: str | None
    unasked: str | None
    topic: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """Parts of a runner's set-up that are there."""

    source: bool
    speaker: bool
    shoes: bool
    goals: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerOffers:
    """The home's currency and emergency number, the routines on offer, the coach's state and the set-up.

    `routines` are seconds by habit and length, `own_routines` the runner's own. `unrated` is the habit of a recent
    routine of unknown effort, `experiment_end` the end of the latest experiment in words, each None without one.
    `texts` are sentences about the present state.
    """

    currency: str
    emergency_number: str | None
    routines: Mapping[Habit, Mapping[Length, float]]
    own_routines: tuple[OwnOffer, ...]
    unrated: Habit | None = None
    experiment_end: str | None = None
    texts: Mapping[str, str]
    coach: CoachLine
    set_up: SetUp


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTreadmill:
    """A treadmill now: start of its session, its runner's entry, metres per second, metres, per cent, per minute.

    `cadence_verdict` compares the cadence with the runner's band, for the runner on the belt alone.
    """

    name: str
    in_use: bool
    available: bool
    since: datetime | None
    runner: str | None
    speed: float | None
    distance: float | None
    incline: float | None
    cadence: float | None
    heart_rate: float | None
    cadence_verdict: CadenceVerdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveParts:
    """Parts with a clock of their own: the guided routine, and the treadmills by their entry."""

    routine: RoutineView
    treadmills: Mapping[str, LiveTreadmill]


class ServerMessage(TypedDict):
    """A message to a card: the whole document at first, then its changes (RFC 7386)."""

    whole: NotRequired[Document]
    patch: NotRequired[Patch]
    now: str


class EntryInfo(TypedDict):
    """A config entry, with the ids of its entities in use by domain and key."""

    config_entry_id: str
    name: str
    loaded: bool
    entities: Mapping[str, str]


class RunnerInfo(EntryInfo):
    """A runner's entry, with the id of its distance in the recorder's statistics."""

    own: bool
    statistic: str | None


class Household(TypedDict):
    """The runners visible to the user, their own first, and the treadmills."""

    runners: list[RunnerInfo]
    treadmills: list[EntryInfo]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage:
    """A page of the list of runs; the first one comes with the months of the list."""

    revision: int
    total: int
    offset: int
    runs: tuple[RunView, ...]
    months: tuple[Month, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """A run as one source reported it; `edited_in` is the service that a person edited it in."""

    origin: Origin
    device: str | None
    start: datetime | None
    learned: datetime
    distance: float | None
    duration: float | None
    cadence: float | None
    heart_rate: float | None
    incomplete: bool | None
    edited_in: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """A correction of a run by a person."""

    at: datetime
    start: datetime | None
    distance: float | None
    duration: float | None
    cadence: float | None
    shoe: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutView:
    """A stretch that the figures of a run don't include: metres, seconds, metres a second."""

    start: datetime
    distance: float
    duration: float
    speed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPart:
    """A warm-up or cool-down in a run; `derived` ones follow from pace and heart rate, others were marked."""

    habit: Habit
    duration: float
    derived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LapView:
    """A lap of a run: metres, seconds, steps a minute."""

    distance: float | None
    duration: float | None
    cadence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDetail:
    """A run with its other figures, parts and laps, the reports of its sources and the corrections of it.

    `band` is the target range of the cadence.
    """

    run: RunView
    figures: RunFigures
    parts: tuple[RunPart, ...]
    end: datetime
    told: tuple[SourceReport, ...]
    said: tuple[CorrectionView, ...]
    left_out: tuple[LeftOutView, ...]
    laps: tuple[LapView, ...]
    band: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveView:
    """The course of a run as its most trusted recording with one: columns of equal length, empty without any.

    Times are seconds since the recording's start, distances and heights metres, paces seconds a metre, heart rates and
    cadences beats and steps a minute.
    """

    times: tuple[float | None, ...]
    distances: tuple[float | None, ...]
    paces: tuple[float | None, ...]
    heart_rates: tuple[float | None, ...]
    cadences: tuple[float | None, ...]
    heights: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadAnswer:
    """Response to a piece of an upload: the bytes received so far, from which the next piece begins."""

    received: int
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirementAnswer:
    """Response to retiring a pair: its earlier retirement day, for undoing."""

    before: str | None


def report_of(delivery: Delivery) -> SourceReport:
    """Return the report of one source."""
    activity = delivery.activity
    return SourceReport(
        origin=activity.origin,
        device=activity.device,
        start=activity.start,
        learned=delivery.learned_at,
        distance=activity.distance,
        duration=activity.elapsed_time if activity.moving_time is None else activity.moving_time,
        cadence=activity.cadence,
        heart_rate=activity.heart_rate,
        incomplete=activity.incomplete or None,
        edited_in=activity.manufacturer if activity.edited else None,
    )


def run_part(session: Session) -> RunPart:
    """Return the view of a session within a run."""
    return RunPart(habit=session.habit, duration=session.duration or 0, derived=session.derived)


def lap_view(lap: Lap) -> LapView:
    """Return the view of a lap."""
    duration = lap.elapsed_time if lap.moving_time is None else lap.moving_time
    return LapView(distance=lap.distance, duration=duration, cadence=lap.cadence)


def curve_view(curve: Curve) -> CurveView:
    """Return the view of a curve."""
    return CurveView(
        times=tuple(curve.times),
        distances=tuple(curve.metres),
        paces=tuple(curve.paces),
        heart_rates=tuple(curve.heart_rates),
        cadences=tuple(curve.cadences),
        heights=tuple(curve.heights),
    )


def left_out_view(stretch: LeftOut) -> LeftOutView:
    """Return the view of a stretch that is left out."""
    return LeftOutView(
        start=stretch.start,
        distance=stretch.distance,
        duration=stretch.elapsed_time,
        speed=stretch.distance / max(stretch.moving_time, 1),
    )


def correction_view(correction: Correction) -> CorrectionView:
    """Return the view of a correction."""
    return CorrectionView(
        at=correction.at,
        start=correction.start,
        distance=correction.distance,
        duration=correction.moving_time,
        cadence=correction.cadence,
        shoe=correction.shoe,
    )
