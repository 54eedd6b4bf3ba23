"""Which activities saw the same run.

Deciding it pair by pair and then grouping by trust makes the answer depend on the set of activities alone, never on the
order in which they came.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from .activity import Activity
from .run import trust

type Rule = Callable[[Activity, Activity], bool]

# The furthest that a local time stored as UTC can be off: UTC+14.
FURTHEST_SLIP_HOURS = 14
# Nothing that began further apart is one run, whatever a clock that was never stopped says of its end.
FURTHEST_APART = timedelta(hours=36)
SLIP_STEP = 1800
SLIP_TOLERANCE = 60
# The legs of one race may share the second in which one ends and the next begins.
ROUNDING = 1


def groups(activities: Iterable[Activity]) -> list[list[Activity]]:
    """Group activities by the run that they saw.

    The most trusted activity opens a group and stays its first. The surest rule goes first, so that a run is never
    lost to one at another hour that only looks alike.
    """
    found = [[activity] for activity in sorted(activities, key=trust)]
    for rule in RULES:
        found = _joined(found, rule)
    return found


def _joined(groups: list[list[Activity]], rule: Rule) -> list[list[Activity]]:
    """Join each group to the first before it in which it recognises somebody and contradicts nobody."""
    found: list[list[Activity]] = []
    for group in groups:
        for earlier in found:
            pairs = [(one, other) for one in group for other in earlier]
            if any(_near(*pair) and rule(*pair) for pair in pairs) and not any(never_one_run(*pair) for pair in pairs):
                earlier.extend(group)
                break
        else:
            found.append(group)
    return found


def same_run(one: Activity, other: Activity) -> bool:
    """Tell whether two dated activities saw the same run."""
    return _near(one, other) and not never_one_run(one, other) and any(rule(one, other) for rule in RULES)


def never_one_run(one: Activity, other: Activity) -> bool:
    """Tell whether one device recorded both, one after the other: two efforts, or two legs of a multisport race."""
    return _device(one) == _device(other) and _overlap(one, other) <= ROUNDING


def _near(one: Activity, other: Activity) -> bool:
    return abs(_span(one)[0] - _span(other)[0]) <= FURTHEST_APART.total_seconds()


def _device(activity: Activity) -> tuple[str | None, ...]:
    return activity.origin, activity.manufacturer, activity.device, activity.serial_number


def _span(activity: Activity) -> tuple[float, float]:
    start, end = activity.start, activity.end
    if start is None or end is None:
        raise ValueError("an activity without a start cannot be fused")
    return start.timestamp(), end.timestamp()


def _overlap(one: Activity, other: Activity) -> float:
    (start, end), (other_start, other_end) = _span(one), _span(other)
    return min(end, other_end) - max(start, other_start)


def _overlap_by_half(one: Activity, other: Activity) -> bool:
    (start, end), (other_start, other_end) = _span(one), _span(other)
    shorter = min(end - start, other_end - other_start)
    return shorter > 0 and _overlap(one, other) >= shorter / 2


def _start_together(one: Activity, other: Activity) -> bool:
    """Apply the tiers: the further apart the starts, the more must agree."""
    (start, end), (other_start, other_end) = _span(one), _span(other)
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
        or (apart <= 300 and sum(agreements) >= 2 and _within(one.distance, other.distance, share=0.03))
    )


def _slipped_by_a_zone(one: Activity, other: Activity) -> bool:
    """Recognise a local time that was stored as UTC: whole or half hours apart, alike in all else."""
    apart = abs(_span(one)[0] - _span(other)[0])
    off_step = abs(apart - round(apart / SLIP_STEP) * SLIP_STEP)
    return (
        SLIP_STEP - SLIP_TOLERANCE <= apart <= FURTHEST_SLIP_HOURS * 3600 + SLIP_TOLERANCE
        and off_step <= SLIP_TOLERANCE
        and _within(one.elapsed_time, other.elapsed_time, share=0.01)
        and _within(one.distance, other.distance, share=0.02)
    )


# The surest first.
RULES: tuple[Rule, ...] = (_overlap_by_half, _start_together, _slipped_by_a_zone)


def _within(one: float | None, other: float | None, *, share: float, margin: float = 0) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= max(margin, share * max(one, other))
