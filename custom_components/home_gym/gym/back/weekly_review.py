"""Weekly review: runs, habits and pain of a week, and a closing message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..calendar import A_DAY, A_WEEK, DAYS_A_WEEK, days_of
from ..habits.habit import Habit
from ..habits.session_history import SessionHistory
from ..habits.streaks import StreakPair
from ..runs.load import Hint, change_in_per_cent, weeks_before
from ..runs.run_history import RunHistory
from ..shoes.rack import Rack
from .pain_history import PainFigures, PainHistory, Trend


class Highlight(StrEnum):
    """Kinds of good news of a week."""

    PAIR = "pair"
    CORE_STREAK = "core_streak"
    STRETCH_STREAK = "stretch_streak"
    LONGEST_RUN = "longest_run"


# Shorter streaks, in weeks and days, are no news.
CORE_STREAK_FROM = 2
STRETCH_STREAK_FROM = 3


class ReviewMessage(StrEnum):
    """Closing message of a review, the weightiest first; none of it is a diagnosis."""

    PROFESSIONAL = "professional"
    WORSE = "worse"
    LONGEST_RUN = "longest_run"
    AFTER_BREAK = "after_break"
    NO_REST = "no_rest"
    MONOTONY = "monotony"
    RAMP = "ramp"
    RESTED = "rested"
    BETTER = "better"
    GOAL = "goal"
    KIND = "kind"


WITHOUT_PRAISE = frozenset({ReviewMessage.PROFESSIONAL, ReviewMessage.WORSE})
"""Closing messages that no good news goes with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReview:
    """Figures of a week: `distance` is metres, `change` per cent against the four weeks before.

    `core_goal` is the runner's goal in sessions a week; `pain_days` is the number of days with pain, without area or
    score. `longest_run` is metres; `core_streak` weeks and `stretch_streak` days at its end, `forgiven` means that the
    core streak goes on over a missed week, this one or the one before. `pair` is the id of a pair that passed a round
    number of metres, `pair_distance`.
    """

    week: date
    runs: int
    distance: float
    change: float | None
    core_sessions: int
    core_goal: int
    stretch_days: int
    warm_ups: int
    pain_days: int
    longest_run: float = 0
    core_streak: int = 0
    stretch_streak: int = 0
    forgiven: bool = False
    pair: str | None = None
    pair_distance: float = 0

    @property
    def reached_goal(self) -> bool:
        """Whether the core sessions reached the goal."""
        return self.core_sessions >= self.core_goal


def review_of(
    week: date,
    *,
    runs: RunHistory,
    sessions: SessionHistory,
    pains: PainHistory,
    core_goal: int,
    streaks: StreakPair,
    rack: Rack,
) -> WeekReview:
    """Return the review of the week with this first day, up to the latest fact; `streaks` are those at its end."""
    pair, pair_distance = rack.round_distance_in(week, DAYS_A_WEEK) or (None, 0)
    scores = pains.scores(week, week + (DAYS_A_WEEK - 1) * A_DAY).values()
    distance = distance_in(runs, week)
    return WeekReview(
        week=week,
        runs=len(runs.in_week(week)),
        distance=distance,
        change=change_in_per_cent(distance, [distance_in(runs, past) for past in weeks_before(week)]),
        core_sessions=len(sessions.in_week(Habit.CORE, week)),
        core_goal=core_goal,
        stretch_days=sum(sessions.done_on(Habit.STRETCH, day) for day in days_of(week)),
        warm_ups=len(sessions.in_week(Habit.WARM_UP, week)),
        pain_days=sum(score > 0 for score in scores),
        longest_run=max((run.distance or 0 for run in runs.in_week(week)), default=0),
        core_streak=streaks.core.length,
        stretch_streak=streaks.stretch.length,
        forgiven=streaks.core.forgiven in {week, week - A_WEEK},
        pair=pair,
        pair_distance=pair_distance,
    )


def highlight_of(review: WeekReview, message: ReviewMessage, turn: int) -> Highlight | None:
    """Return the good news to name: a pair's if there is one, others in turn; none beside harder days of the back."""
    if message in WITHOUT_PRAISE:
        return None
    if review.pair is not None:
        return Highlight.PAIR
    news = {
        Highlight.CORE_STREAK: review.core_streak >= CORE_STREAK_FROM,
        Highlight.STRETCH_STREAK: review.stretch_streak >= STRETCH_STREAK_FROM,
        # The only run is named with its distance already.
        Highlight.LONGEST_RUN: review.runs > 1 and review.longest_run > 0,
    }
    found = [kind for kind, is_news in news.items() if is_news]
    return found[turn % len(found)] if found else None


def review_message_for(review: WeekReview, *, hints: Sequence[Hint], pain: PainFigures, rested: bool) -> ReviewMessage:
    """Return the closing message of a review; `rested` means that the week had a day of rest."""
    if pain.advice is not None:
        return ReviewMessage.PROFESSIONAL
    if pain.trend is Trend.WORSE:
        return ReviewMessage.WORSE
    if hints:
        return ReviewMessage(hints[0].value)
    if rested:
        return ReviewMessage.RESTED
    if pain.trend is Trend.BETTER:
        return ReviewMessage.BETTER
    return ReviewMessage.GOAL if review.reached_goal else ReviewMessage.KIND


def is_news(week: date, reported: date) -> bool:
    """Return whether a week is yet to be reported after the latest reported one; no day is reported twice.

    After a change of the first weekday, a week that shares days with a reported one is left out.
    """
    return (week - reported).days >= DAYS_A_WEEK


def distance_in(runs: RunHistory, week: date) -> float:
    """Return the distance of a week, in metres."""
    return sum(run.distance_in_millimetres for run in runs.in_week(week)) / 1000
