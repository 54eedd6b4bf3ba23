"""Activities and planned runs in the lists of a service; an activity has a recording to fetch, or only figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..recordings.sports import is_named
from ..runs.activity import Activity, Origin, Sport
from ..runs.exertion import Exertion


class AnswerError(ValueError):
    """A service's answer that isn't of the form that its documentation describes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An activity in a service's list.

    `stamp` changes with every field that counts here, so that an edit at the service shows. `activity` has the list's
    own figures, None without any. `is_stub` marks one that the service may only name, not show.
    """

    id: str
    start: datetime
    stamp: str
    activity: Activity | None = None
    is_stub: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWorkout:
    """A planned run: its title, and its start, local for one of a day without a time."""

    title: str
    start: datetime
    is_of_day: bool


def combined(listed: Listed, recorded: Sequence[Activity]) -> list[Activity]:
    """Return the activities of a listed one: its recordings with what a person entered at the service.

    Without a readable recording, the figures of the list stand alone.
    """
    shown = listed.activity
    if not recorded:
        return [shown] if shown else []
    if shown is None or len(recorded) > 1:
        own_id = shown.origin_id if shown else listed.id
        return [_named(activity, f"{own_id}/{number}") for number, activity in enumerate(recorded)]
    return [_with_entries(_named(recorded[0], shown.origin_id or listed.id), shown)]


def _named(recorded: Activity, origin_id: str) -> Activity:
    """Return a recording as the service's own activity, so that a withdrawal there reaches no copy of the file."""
    return replace(recorded, origin=Origin.FILE, origin_id=origin_id)


def _with_entries(recorded: Activity, shown: Activity) -> Activity:
    """Return a recording with the sport, the title, the pair and the rating that the service shows."""
    figures = recorded.exertion or Exertion()
    rated = shown.exertion or Exertion()
    exertion = replace(
        figures,
        perceived=figures.perceived if rated.perceived is None else rated.perceived,
        feel=figures.feel if rated.feel is None else rated.feel,
    )
    with_entries = replace(
        recorded,
        gear=shown.gear,
        title=shown.title or recorded.title,
        exertion=exertion if exertion != Exertion() else None,
    )
    if is_named(shown.sub_sport) and (shown.sport is not recorded.sport or recorded.doubt):
        indoor = shown.indoor if shown.sport is Sport.RUN else None
        return replace(
            with_entries,
            sport=shown.sport,
            sub_sport=shown.sub_sport,
            indoor=recorded.indoor if indoor is None else indoor,
            surface=shown.surface or recorded.surface,
            doubt=None,
            guess=None,
        )
    return with_entries
