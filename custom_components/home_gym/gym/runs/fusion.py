"""Fusion of activities into runs.

Activities recorded at the same time form groups. Two groups at different times are one run if they are alike but for a
time zone, and each is the other's nearest match. Both rules depend on the set of activities alone, never on the order
of delivery, and on nothing far away in time. One whole recording also joins the parts that another device recorded of
it.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import combinations, product

from .activity import Activity, Origin
from .run import ranked

type Rule = Callable[[Activity, Activity], bool]

# The largest error of a local time stored as UTC, UTC+14, and a minute's tolerance.
FURTHEST_SLIP = timedelta(hours=14, minutes=1)
# Activities that began further apart are never one run, even if a clock was never stopped.
FURTHEST_APART = timedelta(hours=36)
_FURTHEST_APART = FURTHEST_APART.total_seconds()
SLIP_STEP = 1800
SLIP_TOLERANCE = 60
# Starts further apart than these seconds are no sign of one run.
FURTHEST_START = 300
# The share of a whole that its parts fill, and that of a watch's file filled by several files of another device.
FILLED, FILLED_BY_FILES = 0.5, 0.8
# The legs of a race may share the second between them.
ROUNDING = 1


def groups(activities: Iterable[Activity]) -> list[list[Activity]]:
    """Group activities that were recorded at the same time.

    The most trusted activity opens a group and stays its first. The surest rule is applied first, so that an activity
    never joins a false start beside the run that it overlaps.
    """
    found = [[activity] for activity in ranked(activities)]
    if len(found) == 1:
        return found
    for rule in FUSION_RULES:
        found = _joined(found, rule)
    return _with_parts(found) if len(found) > 1 else found


def _with_parts(groups: list[list[Activity]]) -> list[list[Activity]]:
    """Join the groups that one whole recording covers: a belt that paused, or a phone in several parts."""
    found = list(groups)
    for whole in ranked(activity for group in groups for activity in group):
        own = next(group for group in found if whole in group)
        covered = [group for group in found if group is not own and all(_covers(whole, each) for each in group)]
        parts = [each for each in own if each is not whole and _covers(whole, each)]
        parts += [each for group in covered for each in group]
        if not covered or not _is_whole_of(whole, parts):
            continue
        for group in covered:
            own.extend(group)
        found = [group for group in found if all(group is not each for each in covered)]
    return found


def _covers(whole: Activity, part: Activity) -> bool:
    """Return whether another device's recording spans at least half of a part."""
    start, end = part.span
    return _device(whole) != _device(part) and _near(whole, part) and _overlap(whole, part) >= (end - start) / 2 > 0


def _is_whole_of(whole: Activity, parts: list[Activity]) -> bool:
    """Return whether parts fill most of a whole, and may be one run.

    Two recordings of one watch in sequence are two efforts, unless another device's file spans them almost fully.
    """
    start, end = whole.span
    filled, last = 0.0, start
    for begin, over in sorted(part.span for part in parts):
        filled += max(0.0, min(over, end) - max(begin, last))
        last = max(last, over)
    share = filled / (end - start) if end > start else 0
    files = [part for part in parts if part.origin is Origin.FILE]
    is_sequence = any(never_one_run(*pair) for pair in combinations(files, 2))
    if is_sequence and whole.origin is not Origin.FILE:
        return False
    return share >= (FILLED_BY_FILES if is_sequence else FILLED)


def _joined(groups: list[list[Activity]], rule: Rule) -> list[list[Activity]]:
    """Join each group to the first earlier one with a match by the rule and without a contradiction."""
    found: list[list[Activity]] = []
    for group in groups:
        for earlier in found:
            pairs = list(product(group, earlier))
            if any(_near(*pair) and rule(*pair) for pair in pairs) and not any(never_one_run(*pair) for pair in pairs):
                earlier.extend(group)
                break
        else:
            found.append(group)
    return found


def same_time(one: Activity, other: Activity) -> bool:
    """Return whether two dated activities may be of one group."""
    if is_plain(*one.span, *other.span):
        return True
    return _near(one, other) and not never_one_run(one, other) and any(rule(one, other) for rule in FUSION_RULES)


def is_plain(start: float, end: float, other_start: float, other_end: float) -> bool:
    """Return whether times alone show that two activities may be of one group; this decides most pairs of a crowd."""
    if abs(start - other_start) > _FURTHEST_APART:
        return False
    overlap = min(end, other_end) - max(start, other_start)
    return overlap > ROUNDING and (2 * overlap >= end - start or 2 * overlap >= other_end - other_start)


def slip_between(group: list[Activity], other: list[Activity]) -> float | None:
    """Return the time-zone slip between two groups, in seconds, or None without one."""
    pairs = list(product(group, other))
    if any(never_one_run(*pair) for pair in pairs):
        return None
    slips = [abs(span_of(one)[0] - span_of(another)[0]) for one, another in pairs if _slipped_by_a_zone(one, another)]
    return min(slips, default=None)


def never_one_run(one: Activity, other: Activity) -> bool:
    """Return whether one device recorded both in sequence: two efforts, or two legs of a multisport race."""
    return _device(one) == _device(other) and _overlap(one, other) <= ROUNDING


def _near(one: Activity, other: Activity) -> bool:
    return abs(one.span[0] - other.span[0]) <= _FURTHEST_APART


def _device(activity: Activity) -> tuple[str | None, ...]:
    return activity.origin, activity.manufacturer, activity.device, activity.serial_number


def span_of(activity: Activity) -> tuple[float, float]:
    """Return the start and the end of an activity, in seconds since the epoch."""
    return activity.span


def _overlap(one: Activity, other: Activity) -> float:
    (start, end), (other_start, other_end) = one.span, other.span
    return min(end, other_end) - max(start, other_start)


def _overlap_by_half(one: Activity, other: Activity) -> bool:
    (start, end), (other_start, other_end) = one.span, other.span
    shorter = min(end - start, other_end - other_start)
    return shorter > 0 and _overlap(one, other) >= shorter / 2


def _start_together(one: Activity, other: Activity) -> bool:
    """Apply the tiers: the further apart the starts, the more must agree."""
    (start, end), (other_start, other_end) = one.span, other.span
    apart = abs(start - other_start)
    agreements = (
        _within(one.distance, other.distance, share=0.05, margin=250),
        abs(end - other_end) <= 180,
        one.sport is other.sport,
    )
    return (
        apart <= 30
        or (apart <= 90 and any(agreements))
        or (apart <= 180 and sum(agreements) >= 2)
        or (apart <= FURTHEST_START and sum(agreements) >= 2 and _within(one.distance, other.distance, share=0.03))
    )


def _slipped_by_a_zone(one: Activity, other: Activity) -> bool:
    """Return whether one start is a local time stored as UTC: whole or half hours apart, alike in all else."""
    return (
        not is_off_step(abs(span_of(one)[0] - span_of(other)[0]))
        and _within(one.elapsed_time, other.elapsed_time, share=0.01)
        and _within(one.distance, other.distance, share=0.02)
    )


def is_off_step(apart: float) -> bool:
    """Return whether a difference in seconds is impossible between two time zones."""
    off_step = abs(apart - round(apart / SLIP_STEP) * SLIP_STEP)
    in_reach = SLIP_STEP - SLIP_TOLERANCE <= apart <= FURTHEST_SLIP.total_seconds()
    return not in_reach or off_step > SLIP_TOLERANCE


# The surest first.
FUSION_RULES: tuple[Rule, ...] = (_overlap_by_half, _start_together)


def _within(one: float | None, other: float | None, *, share: float, margin: float = 0) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= max(margin, share * max(one, other))
