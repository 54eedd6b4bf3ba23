"""Milestones of one runner: noticed as they are reached, and said in the next line of the coach that fits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from ..calendar import A_WEEK
from ..events import MilestoneReached
from ..habits.habit import Habit
from ..habits.milestone import Milestone, MilestoneKind
from ..habits.session_history import SessionHistory
from ..habits.streak import Streak
from ..habits.streaks import A_YEAR, FIRST_WEEK, Streaks
from ..journal.journal import Journal
from ..settings import Settings
from ..shoes.rack import ROUND_DISTANCE, Rack
from .silence import Silence

# An older milestone, as of imported history, is no news.
NEWS_FOR = A_WEEK
MANY_SESSIONS = 10
A_LONG_WAY = ROUND_DISTANCE


class Milestones:
    """The milestones of streaks, sessions and pairs; the journal has those that were noticed."""

    def __init__(
        self,
        settings: Settings,
        journal: Journal,
        *,
        streaks: Streaks,
        sessions: SessionHistory,
        rack: Rack,
        silence: Silence,
    ) -> None:
        """Watch these projections."""
        self._calendar = settings.calendar
        self._shoes = settings.shoes
        self._journal = journal
        self._streaks = streaks
        self._sessions = sessions
        self._rack = rack
        self._silence = silence

    def follow(self, now: datetime) -> list[MilestoneReached]:
        """Note the milestones that were reached lately, and return their events; none beside a red flag."""
        if self._silence.has_red_flag:
            return []
        today = self._calendar.day_of(now)
        events = []
        for kind, subject, day in self._reached(now):
            milestone = Milestone(kind=kind, subject=subject, day=day, at=now)
            if milestone.key not in self._journal.milestones and today - NEWS_FOR <= day <= today:
                self._journal.add(milestone)
                events.append(MilestoneReached(milestone=milestone))
        return events

    def to_say(self, now: datetime) -> Milestone | None:
        """Return the latest milestone that has not been said, None without a recent one."""
        unsaid = [
            milestone
            for milestone in self._journal.milestones.values()
            if self._has_subject(milestone) and milestone.said_at is None and now - milestone.at <= NEWS_FOR
        ]
        return max(unsaid, key=lambda milestone: milestone.at, default=None)

    def _has_subject(self, milestone: Milestone) -> bool:
        """Return whether a milestone is not of a pair that was removed."""
        return milestone.kind is not MilestoneKind.HUNDRED_KILOMETRES or any(
            shoe.id == milestone.subject for shoe in self._shoes
        )

    def note_said(self, key: str, now: datetime) -> None:
        """Note that a milestone was said."""
        if milestone := self._journal.milestones.get(key):
            self._journal.add(replace(milestone, said_at=now))

    def _reached(self, now: datetime) -> Iterator[tuple[MilestoneKind, str, date]]:
        """Yield the milestones, with the days on which they were reached."""
        streaks = self._streaks.on(self._calendar.day_of(now))
        for habit, each in ((Habit.CORE, streaks.core), (Habit.STRETCH, streaks.stretch)):
            yield from self._of_habit(habit, each)
        for shoe in self._shoes:
            is_known = f"{MilestoneKind.HUNDRED_KILOMETRES}/{shoe.id}" in self._journal.milestones
            if not is_known and (run := self._rack.passed(shoe, A_LONG_WAY)):
                yield MilestoneKind.HUNDRED_KILOMETRES, shoe.id, run.day

    def _of_habit(self, habit: Habit, streak: Streak) -> Iterator[tuple[MilestoneKind, str, date]]:
        for kind, lengths in ((MilestoneKind.FIRST_WEEK, FIRST_WEEK), (MilestoneKind.YEAR, A_YEAR)):
            if period := streak.reached.get(lengths[habit]):
                # A week is reached by the last session that its goal needed.
                week = self._sessions.in_week(habit, period) if habit is Habit.CORE else []
                yield kind, habit, max((session.day for session in week), default=period)
        is_known = f"{MilestoneKind.TEN_SESSIONS}/{habit}" in self._journal.milestones
        if not is_known and (tenth := self._sessions.number(habit, MANY_SESSIONS)):
            yield MilestoneKind.TEN_SESSIONS, habit, tenth.day
