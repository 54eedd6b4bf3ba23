"""Core goals over time: a changed goal counts from then on, and leaves the weeks before as they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..calendar import A_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreGoal:
    """A weekly goal of core sessions, and the day from which it holds; the first one holds before that day, too."""

    sessions: int
    since: date


def with_goal(goals: Sequence[CoreGoal], sessions: int, today: date) -> tuple[CoreGoal, ...]:
    """Return goals in the order of their days, with the present goal at the end."""
    if goals and goals[-1].sessions == sessions:
        return tuple(goals)
    if len(goals) > 1 and goals[-1].since == today and goals[-2].sessions == sessions:
        # A slip of the same day.
        return tuple(goals[:-1])
    return *goals, CoreGoal(sessions=sessions, since=today)


def goal_in(goals: Sequence[CoreGoal], week: date) -> int:
    """Return the goal of the week that begins on a day: of several, the lowest, as the week began with another."""
    before = [goal for goal in goals if goal.since < week] or goals[:1]
    during = [goal for goal in goals if week <= goal.since < week + A_WEEK]
    return min(goal.sessions for goal in (before[-1], *during))


def merged(goals: Sequence[CoreGoal], others: Sequence[CoreGoal]) -> tuple[CoreGoal, ...]:
    """Return the goals of two journals, in the order of their days."""
    return tuple(sorted({*goals, *others}, key=lambda goal: (goal.since, goal.sessions)))
