"""Doubtful recordings: kept with what is known, a guess by pace and title, and the reason to ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ..runs.activity import Activity, Doubt, Sport
from ..runs.validation import is_possible_on_foot
from .errors import RecordingError, RecordingFault
from .sports import sport_in

SLOWEST_RUN, FASTEST_GUESS = 1.9, 4.5
"""Metres a second of a recording that is probably a run: slower is a walk, faster may be a ride."""

SLOWEST_WALK = 0.5
"""Metres a second of a walk; slower is standing about."""

LONGEST_TITLE = 200
"""Characters kept of a title."""

FAULTS: Mapping[Doubt | None, RecordingFault] = {
    Doubt.BROKEN_OFF: RecordingFault.DAMAGED,
    Doubt.NO_SPORT: RecordingFault.NO_SPORT,
}
"""Faults of recordings that nobody is asked about."""


def doubtful(activity: Activity, doubt: Doubt, title: str | None = None, *, is_named: bool = True) -> Activity:
    """Return an activity as a doubtful one: of no sport, with a guess; `is_named` means that it was named a run.

    The activity has the figures of a run, if it can be one.
    """
    title = (title or "").strip()[:LONGEST_TITLE] or None
    return replace(
        activity,
        sport=Sport.OTHER,
        sub_sport=None,
        doubt=doubt,
        guess=Sport.RUN if is_named else guess(activity, title),
        title=title,
        incomplete=activity.incomplete or doubt is not Doubt.NO_SPORT,
    )


def without_sport(read: Callable[[Sport], Activity], title: str | None = None) -> Activity:
    """Return the activity of a recording that names no sport: a doubtful one, unless nobody can have run it.

    `read` reads its figures as those of a sport.
    """
    activity = read(Sport.RUN)
    return doubtful(activity, Doubt.NO_SPORT, title, is_named=False) if may_be_run(activity) else read(Sport.OTHER)


def may_be_run(activity: Activity) -> bool:
    """Return whether a runner can have covered most of an activity that was read as a run."""
    ridden = sum(stretch.distance for stretch in activity.left_out)
    metres = activity.distance or 0
    return is_possible_on_foot(metres, activity.duration) and ridden <= metres


def broken_off(activities: Iterable[Activity]) -> list[Activity]:
    """Return the runs, and what may be one, of a document that ends in the middle, as doubtful activities."""
    return [
        replace(each, doubt=Doubt.BROKEN_OFF, incomplete=True) if each.doubt else doubtful(each, Doubt.BROKEN_OFF)
        for each in activities
        if each.doubt or each.sport is Sport.RUN
    ]


def certain(activities: Sequence[Activity]) -> list[Activity]:
    """Return the activities of a whole recording; raises RecordingError if only doubtful ones of a part are left."""
    found = [activity for activity in activities if not (activity.doubt and activity.incomplete)]
    if not found:
        for activity in activities:
            if fault := FAULTS.get(activity.doubt):
                raise RecordingError(fault, f"doubtful: {activity.doubt}")
    return found


def guess(activity: Activity, title: str | None = None) -> Sport | None:
    """Return the sport that a recording's pace and title suggest, None where they say nothing."""
    metres, seconds = activity.distance, activity.duration
    if named := sport_in(title):
        return named
    if not metres or not seconds:
        return None
    speed = metres / seconds
    if speed > FASTEST_GUESS or speed < SLOWEST_WALK:
        return None
    return Sport.RUN if speed >= SLOWEST_RUN else Sport.WALK
