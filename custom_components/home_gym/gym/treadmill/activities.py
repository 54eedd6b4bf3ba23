"""Activities of a treadmill session: a run, and the walks previous and after it."""

from datetime import datetime

from ..runs.activity import Activity, Origin, Sport, Surface
from ..runs.validation import is_possible_on_foot
from .log import BeltLog, BeltRecord, Certainty
from .session import BeltSession, BeltState
from .speed_model import Distance


def activities_of(treadmill: str, record: BeltRecord, estimated: Distance | None) -> list[Activity]:
    """Return the activities of a session on a treadmill.

    `estimated` is the distance estimated from the level, used if the treadmill itself counted none.
    """
    session = record.session
    span = run_span(session)
    if span is None:
        return [_walk(treadmill, record, "walk", session.start, session.end)]
    start, end = span
    activities = [_walk(treadmill, record, "before", session.start, start)] if start > session.start else []
    activities.append(_run(treadmill, record, start, end, estimated))
    activities += [_walk(treadmill, record, "after", end, session.end)] if end < session.end else []
    return activities


def assign(log: BeltLog, treadmill: str, record: str, runner: str, certainty: Certainty) -> bool:
    """Assign a session to a runner or a guest, and withdraw it from the previous runner's journal.

    Returns whether anything changed.
    """
    claim = log.claim(record, runner, certainty)
    if claim is None:
        return False
    previous = claim.before
    if previous.runner and previous.delivered and previous.runner != runner:
        log.withdraw(previous.runner, [activity.id for activity in activities_of(treadmill, previous, None)])
    return True


def run_span(session: BeltSession) -> tuple[datetime, datetime] | None:
    """Return the start and end of a session's run, breaks included; None for a session without running."""
    runs = [phase for phase in session.phases if phase.state is BeltState.RUNNING]
    return (runs[0].start, runs[-1].end) if runs else None


def _run(treadmill: str, record: BeltRecord, start: datetime, end: datetime, estimated: Distance | None) -> Activity:
    distance, error = record.distance, None
    # An odometer that can't be right is none.
    if distance is not None and not is_possible_on_foot(distance, (end - start).total_seconds()):
        distance = None
    # An estimate of 0 m means that no level was known.
    if distance is None and estimated and estimated.metres:
        distance, error = estimated.metres, estimated.metres * estimated.error
    return Activity(
        sport=Sport.RUN,
        start=start,
        elapsed_time=(end - start).total_seconds(),
        moving_time=(end - start).total_seconds(),
        distance=distance,
        distance_error=error,
        indoor=True,
        surface=Surface.TREADMILL,
        origin=_origin(record),
        origin_id=f"{treadmill}/{record.id}",
    )


def _walk(treadmill: str, record: BeltRecord, part: str, start: datetime, end: datetime) -> Activity:
    seconds = (end - start).total_seconds()
    return Activity(
        sport=Sport.WALK,
        start=start,
        elapsed_time=seconds,
        moving_time=seconds,
        indoor=True,
        surface=Surface.TREADMILL,
        origin=_origin(record),
        origin_id=f"{treadmill}/{record.id}/{part}",
    )


def _origin(record: BeltRecord) -> Origin:
    return Origin.POWER if record.distance is None else Origin.TREADMILL
