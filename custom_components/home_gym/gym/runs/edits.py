"""Edits at services: a person's word about a run, above every recording, as far as a service shows it.

No service says so itself. An edit is a figure of a service that differs from the service's earlier report of the same
activity, or from the watch's file that the service made it from, if that was known before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .activity import Activity

EDITABLE = ("distance", "moving_time", "elapsed_time")
ROUNDING: Mapping[str, float] = {"distance": 15, "moving_time": 60, "elapsed_time": 60}
"""Metres and seconds that rounding and units may change a figure by; a hundredth of a mile is 16 m."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRule:
    """Rule to recognise edits at a service; `maker` is the maker of the watches with files that it shows unchanged."""

    maker: str | None = None


RULES: Mapping[str, EditRule] = {"garmin_connect": EditRule(maker="garmin"), "ha_strava": EditRule()}
"""Services with recognisable edits, by the integration; the figures of others may change by themselves."""


def has_rule(activity: Activity) -> bool:
    """Return whether an activity is from a service with recognisable edits."""
    return activity.manufacturer in RULES


def with_edits(activity: Activity, known: Activity | None, files: Iterable[Activity]) -> Activity:
    """Return a service's activity with its edited figures.

    `known` is its earlier version, `files` are the files of the same effort that came before it.
    """
    if known and replace(activity, edited=known.edited) == known:
        # Delivered again: the files that came since say nothing.
        return known
    edited = {*activity.edited}
    if known and not known.incomplete and not activity.incomplete:
        edited |= {*known.edited, *(name for name in EDITABLE if _differs(activity, known, name))}
    rule = RULES[activity.manufacturer or ""]
    originals = [file for file in files if _is_made_by(file, rule.maker)]
    if originals and all(_is_other_distance(activity, file) for file in originals):
        edited.add("distance")
    return replace(activity, edited=tuple(name for name in EDITABLE if name in edited))


def _differs(activity: Activity, known: Activity, name: str) -> bool:
    """Return whether a figure differs from that of an earlier version by more than rounding."""
    now, before = getattr(activity, name), getattr(known, name)
    return now is not None and before is not None and abs(now - before) > ROUNDING[name]


def _is_made_by(file: Activity, maker: str | None) -> bool:
    """Return whether a whole file is of a maker's watch; TCX files have Garmin's serial number, and no maker."""
    if maker is None or file.incomplete:
        return False
    return file.manufacturer == maker or (file.manufacturer is None and file.serial_number is not None)


def _is_other_distance(activity: Activity, file: Activity) -> bool:
    """Return whether a distance is neither that of a file nor that with the stretches left out of it."""
    if activity.distance is None or file.distance is None:
        return False
    whole = file.distance + sum(stretch.distance for stretch in file.left_out)
    return min(abs(activity.distance - file.distance), abs(activity.distance - whole)) > ROUNDING["distance"]
