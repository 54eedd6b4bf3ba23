"""Habits that keep a runner's back well, and their sessions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from ..codec.schema import stored
from ..runs.activity import Activity, Intensity, Lap, Sport
from ..runs.run import Run
from .practice import Practice

# A shorter lap was marked by accident.
SHORTEST_MARKED_LAPS = timedelta(minutes=1)
# A shorter recording was ended by accident.
SHORTEST_RECORDING = timedelta(minutes=2)
# A session logged by hand this soon after a recorded one is the same session.
LOGGED_AFTER_RECORDED = timedelta(minutes=30)

EARLIEST = datetime.min.replace(tzinfo=UTC)


class Habit(StrEnum):
    """Habits for the back, in their order within a day."""

    WARM_UP = "warm_up"
    COOL_DOWN = "cool_down"
    FOAM_ROLL = "foam_roll"
    STRETCH = "stretch"
    CORE = "core"
    MASSAGE = "massage"
    HEAT_OR_ICE = "heat_or_ice"
    WALK = "walk"
    COMPRESSION = "compression"


HABIT_ORDER = {habit: number for number, habit in enumerate(Habit)}
HABIT_OF_SPORT = {Sport.STRENGTH: Habit.CORE, Sport.MOBILITY: Habit.STRETCH}
HABIT_OF_INTENSITY = {Intensity.WARM_UP: Habit.WARM_UP, Intensity.COOL_DOWN: Habit.COOL_DOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A habit done once.

    `end` is the instant of its end and `day` the day that it counts for on the runner's own calendar, unaffected by
    later moves between time zones. `duration` is seconds. `logged` is the time at which the user logged it, or None for
    a session that a watch recorded. `practice` has the exercises of a guided routine. `derived` marks one that no one
    marked: it follows from pace and heart rate, or from a jog or a walk beside a run.
    """

    habit: Habit
    end: datetime
    day: date
    duration: float | None = None
    logged: datetime | None = None
    practice: Practice | None = None
    derived: bool = field(default=False, metadata=stored(kept=False))

    @property
    def key(self) -> str:
        """The key that makes logging the same session again harmless."""
        logged = self.logged or self.end
        return f"{self.habit}@{self.end.timestamp()}/{logged.timestamp()}"

    @property
    def start(self) -> datetime:
        """The instant of its beginning."""
        return self.end - timedelta(seconds=self.duration or 0)


def session_of(activity: Activity, day: date) -> Session | None:
    """Return the session of a recorded activity, or None if its sport is no habit, or its time unknown or too short."""
    habit = HABIT_OF_SPORT.get(activity.sport)
    if habit is None or activity.end is None:
        return None
    if activity.elapsed_time is not None and activity.elapsed_time < SHORTEST_RECORDING.total_seconds():
        return None
    return Session(habit=habit, end=activity.end, day=day, duration=activity.elapsed_time)


def sessions_within(run: Run) -> list[Session]:
    """Return the warm-up and the cool-down in a run: those of its marked laps, or else its easy parts."""
    if not (run.laps or run.easy_parts):
        return []
    sessions: list[Session] = []
    for intensity, habit in HABIT_OF_INTENSITY.items():
        marked = [lap for lap in run.laps if lap.intensity is intensity]
        duration = _time_in(marked)
        derived = duration < SHORTEST_MARKED_LAPS.total_seconds()
        if derived:
            marked = [part for part in run.easy_parts if part.intensity is intensity]
            duration = _time_in(marked)
        if marked:
            end = max(lap.end for lap in marked)
            sessions.append(Session(habit=habit, end=end, day=run.day, duration=duration, derived=derived))
    return sessions


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """Return sessions by their ends; those of one instant have one order, whichever came first."""
    return sorted(sessions, key=_order)


def distinct(sessions: Iterable[Session]) -> list[Session]:
    """Return the sessions of one habit without duplicates, in order of their end.

    Two recordings that overlap are one session, and so is one logged by the user during or shortly after a recording.
    Sessions logged by the user all count.
    """
    recordings: list[Session] = []
    logged: list[Session] = []
    for session in in_order(sessions):
        if session.logged is not None:
            logged.append(session)
        elif not recordings or (session.start >= recordings[-1].end and session.end > recordings[-1].end):
            recordings.append(session)
    unrecorded = [session for session in logged if not any(_covers(recorded, session) for recorded in recordings)]
    return in_order([*recordings, *unrecorded])


def _order(session: Session) -> tuple[datetime, int, datetime, bool, datetime, date]:
    logged = session.logged or session.end
    return session.end, HABIT_ORDER[session.habit], session.start, session.logged is not None, logged, session.day


def _covers(recorded: Session, logged: Session) -> bool:
    return recorded.start <= logged.end <= recorded.end + LOGGED_AFTER_RECORDED


def _time_in(laps: Iterable[Lap]) -> float:
    """Return the seconds of laps; those in two of them count once."""
    seconds, last = 0.0, EARLIEST
    for lap in sorted(laps, key=lambda lap: lap.start):
        seconds += max(0.0, (lap.end - max(lap.start, last)).total_seconds())
        last = max(last, lap.end)
    return seconds
