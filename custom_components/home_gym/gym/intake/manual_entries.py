"""Manual entries: runs, sessions, rests, pain reports and choices, and their undoing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import attrgetter

from ..back.advice import NoticeRead
from ..back.back import Back
from ..back.function_score import FunctionScore, check_function_score
from ..back.pain import Area, PainReport, PainSide, PainTiming, RedFlag, check_report
from ..back.pain_history import PainHistory
from ..back.signs import Answer, Question
from ..back.state import BackState, BackStatus
from ..back.triage import (
    WITHDRAWAL_PERIOD,
    Clearance,
    NoOpenQuestionError,
    NothingToWithdrawError,
    TriageAnswer,
    Withdrawal,
)
from ..bounds import valid_day, valid_figure, valid_instant
from ..events import BackStateChanged, Event, PainReported, SessionLogged, changed
from ..habits.habit import Habit, Session
from ..habits.practice import Effort, Practice
from ..habits.rest import BackwardsRestError, Rest
from ..journal.facts import Delivery
from ..journal.journal import Journal
from ..projections import Projections
from ..routines.practised import is_rateable
from ..runs.activity import Activity, Origin, Sport
from ..runs.corrections import Correction
from ..runs.validation import ImpossibleActivityError, believable
from ..settings import Settings
from .deliveries import Deliveries
from .run_corrections import CLOCK_RESOLUTION, RunCorrections


class NothingToUndoError(Exception):
    """An undo without any manual entry."""


class NothingToRateError(Exception):
    """A rating without a recent guided session."""


# How long after its end a routine can be rated; it is asked once, at the end.
RATEABLE_FOR = timedelta(hours=12)


class StateKeptError(Exception):
    """An undo of a report that holds the state of the back; it can be withdrawn instead."""


def manual_run(*, start: datetime, moving_time: float, distance: float | None = None) -> Activity:
    """Return the activity of a run without a recording: an instant in UTC, seconds, metres; 0 is none."""
    return Activity(
        sport=Sport.RUN,
        start=start,
        elapsed_time=moving_time or None,
        moving_time=moving_time or None,
        distance=distance or None,
        origin=Origin.PERSON,
        origin_id=start.isoformat(),
    )


class ManualEntries:
    """The door for manual entries, each at its own instant."""

    def __init__(
        self,
        settings: Settings,
        journal: Journal,
        *,
        projections: Projections,
        pains: PainHistory,
        back: Back,
        deliveries: Deliveries,
    ) -> None:
        """Keep the journal and everything derived from it consistent."""
        self._settings = settings
        self._journal = journal
        self._projections = projections
        self._pains = pains
        self._back = back
        self._deliveries = deliveries
        self.corrections = RunCorrections(settings, journal, projections=projections, deliveries=deliveries)

    def log_run(self, activity: Activity, *, now: datetime) -> list[Event]:
        """Log a run without a recording, made by `manual_run`; raises ValueError for an impossible figure.

        Of a recording an impossible figure is dropped, but a person can enter it again.
        """
        if believable(activity) != activity:
            raise ImpossibleActivityError(f"an impossible figure in {activity}")
        return self._deliveries.learn([activity], now=now, live=True)

    def log_session(
        self,
        habit: Habit,
        *,
        now: datetime,
        end: datetime | None = None,
        duration: float | None = None,
        practice: Practice | None = None,
    ) -> list[Event]:
        """Log a session of a habit, just now unless an earlier `end` is given; `duration` is seconds.

        `practice` has the exercises of a guided routine. Raises ValueError for an impossible time or figure.
        """
        done = valid_instant(end or now)
        if duration is not None:
            valid_figure(duration)
        day = self._settings.calendar.habit_day_of(done)
        session = Session(habit=habit, end=done, day=day, duration=duration, logged=now, practice=practice)
        self._journal.add(session)
        self._projections.sessions.put(session.key, [session])
        return [SessionLogged(session=session)]

    def rate(self, effort: Effort, *, now: datetime, ended: datetime | None = None) -> list[Event]:
        """Record the effort of the latest guided session, or of the one that ended at an instant.

        Raises NothingToRateError without a recent one.
        """
        session = self.rateable(now, ended=ended)
        if session is None or session.practice is None:
            raise NothingToRateError
        rated = replace(session, practice=replace(session.practice, effort=effort))
        self._journal.add(rated)
        self._projections.sessions.put(rated.key, [rated])
        return []

    def rateable(
        self, now: datetime, within: timedelta = RATEABLE_FOR, *, ended: datetime | None = None
    ) -> Session | None:
        """Return the latest guided session, or that of an end, if its effort can be recorded still, rated or not."""
        guided = (each for each in self._journal.sessions.values() if each.practice and ended in (None, each.end))
        latest = max(guided, key=attrgetter("end"), default=None)
        if latest is None or not latest.end <= now < latest.end + within or not is_rateable(latest.practice):
            return None
        return latest

    def unrated(self, now: datetime) -> Habit | None:
        """Return the habit of the latest guided session while its effort is unknown, None otherwise."""
        session = self.rateable(now)
        return session.habit if session and session.practice and session.practice.effort is None else None

    def report_pain(
        self,
        score: float | None,
        *,
        now: datetime,
        at: datetime | None = None,
        area: Area | None = None,
        side: PainSide | None = None,
        moment: PainTiming | None = None,
        red_flags: Iterable[RedFlag] = (),
        note: str | None = None,
        source: str | None = None,
    ) -> list[Event]:
        """Record a pain score from 0 to 10, None for signs alone, just now unless an earlier instant is given.

        `source` is the reporting source, None for a person. Raises ValueError for an invalid report.
        """
        felt = valid_instant(at or now)
        report = PainReport(
            score=score,
            at=felt,
            day=self._settings.calendar.day_of(felt),
            recorded_at=now,
            area=area,
            side=side,
            moment=moment,
            red_flags=tuple(red_flags),
            note=note,
            source=source,
        )
        check_report(report, now)
        if source is not None and report.key in self._journal.pains:
            return []
        report = replace(report, recorded_at=self._after_the_last_word(now))
        # Two reports may have the same instant.
        while report.key in self._journal.pains:
            report = replace(report, recorded_at=report.recorded_at + CLOCK_RESOLUTION)
        before = self._back.status(now)
        self._journal.add(report)
        self._pains.put(report)
        self._back.take(report)
        return [PainReported(report=report), *self._changed_back(before, now)]

    def report_function(self, *, pain: float, enjoyment: float, activity: float, now: datetime) -> list[Event]:
        """Record the three answers about how much the back limits; raises ValueError for one out of range."""
        score = FunctionScore(
            pain=pain,
            enjoyment=enjoyment,
            activity=activity,
            day=self._settings.calendar.day_of(now),
            recorded_at=now,
        )
        check_function_score(score)
        while score.key in self._journal.function_scores:
            score = replace(score, recorded_at=score.recorded_at + CLOCK_RESOLUTION)
        self._journal.add(score)
        return []

    def answer_question(self, answer: Answer, *, now: datetime, question: Question | None = None) -> list[Event]:
        """Answer a question of the triage: the open one, unless another of the latest round is named.

        Raises NoOpenQuestionError without a question to answer.
        """
        before = self._back.status(now)
        last = self._back.last_round
        asked = question or before.question
        if asked is None or last is None or asked not in last.questions:
            raise NoOpenQuestionError
        at = max(now, last.start)
        while (reply := TriageAnswer(question=asked, answer=answer, at=at)).key in self._journal.triage_answers:
            at += CLOCK_RESOLUTION
        self._journal.add(reply)
        self._back.take(reply)
        return self._changed_back(before, now)

    def clear_back(self, day: date, *, now: datetime, may_run: bool = False) -> list[Event]:
        """Record that a professional looked at the back and cleared it, on a day up to today.

        Raises ValueError for a later day.
        """
        if valid_day(day) > self._settings.calendar.day_of(now):
            raise ValueError(f"a day up to today was expected, not {day}")
        before = self._back.status(now)
        clearance = Clearance(day=day, recorded_at=self._after_all_reports(now), may_run=may_run)
        self._journal.add(clearance)
        self._back.take(clearance)
        return self._changed_back(before, now)

    def withdraw_report(self, *, now: datetime) -> list[Event]:
        """Take back the latest report of the last 24 hours as misheard or meant for someone else; both stay.

        Raises NothingToWithdrawError without one.
        """
        report = self.withdrawable(now)
        if report is None:
            raise NothingToWithdrawError
        journal, before = self._journal, self._back.status(now)
        journal.add(Withdrawal(report=report.key, recorded_at=now))
        self._pains.drop(report)
        self._back.forget()
        return self._changed_back(before, now)

    def withdrawable(self, now: datetime) -> PainReport | None:
        """Return the latest report of the last 24 hours, None without one."""
        lately = (
            report
            for report in reversed(self._journal.pains.values())
            if report.key not in self._journal.withdrawals and now - WITHDRAWAL_PERIOD <= report.recorded_at
        )
        return max(lately, key=attrgetter("recorded_at"), default=None)

    def acknowledge_advice(self, now: datetime) -> list[Event]:
        """Note that the notice of the current advice was read: it is hidden, and nothing else changes."""
        given = self._pains.figures(
            self._settings.calendar.day_of(now),
            self._back.status(now),
            acknowledged=self._journal.advice_acknowledged,
            read=self._journal.notices_read,
        ).advice
        if given is not None:
            self._journal.add(NoticeRead(advice=given, at=self._after_all_reports(now)))
        return []

    def _after_all_reports(self, now: datetime) -> datetime:
        """Return an instant for a word that covers all reports so far, even if the clock was set back."""
        return max([now, *(report.recorded_at for report in self._journal.pains.values())])

    def _after_the_last_word(self, now: datetime) -> datetime:
        """Return an instant for a new report: a clock that was set back must not hide it behind an earlier word."""
        journal = self._journal
        words = [
            *journal.advice_acknowledged.values(),
            *(clearance.recorded_at for clearance in journal.clearances.values()),
            *(notice.at for notice in journal.notices_read.values()),
        ]
        return max([now, *(word + CLOCK_RESOLUTION for word in words)])

    def _changed_back(self, before: BackStatus, now: datetime) -> list[Event]:
        """Return the event of a changed state of the back, if it changed."""
        after = self._back.status(now)
        if after.state is before.state:
            return []
        return [BackStateChanged(before=before.state, status=after)]

    def correct(self, correction: Correction) -> list[Event]:
        """Correct a run, as `RunCorrections.correct` does."""
        return self.corrections.correct(correction)

    def rest(self, *, start: date, end: date | None, now: datetime) -> list[Event]:
        """Begin a rest, or set its length; both days are part of it, None for an open end.

        Raises BackwardsRestError for an end before the start, ValueError for an impossible day.
        """
        valid_day(start)
        if end is not None and end < start:
            raise BackwardsRestError(f"a rest from {start} to {end}")
        while now.isoformat() in self._journal.rests:
            now += CLOCK_RESOLUTION
        rest = Rest(start=start, end=end, recorded_at=now)
        self._journal.add(rest)
        return []

    def end_rest(self, now: datetime) -> list[Event]:
        """End every rest that covers today: today is the first day of training again."""
        today = self._settings.calendar.day_of(now)
        for rest in [rest for rest in self._journal.rests.values() if rest.covers(today)]:
            self._journal.add(rest.ended_before(today, now))
        return []

    def choose_shoe(self, shoe: str) -> list[Event]:
        """Choose the pair of the next run; raises UnknownShoeError."""
        self._settings.shoe(shoe)
        self._journal.chosen_shoe = shoe
        self._journal.explicitly_chosen = True
        return []

    def allow_voice(self, allowed: bool) -> list[Event]:
        """Switch the voice of the coach on or off."""
        self._journal.may_speak = allowed
        return []

    def undo_last(self) -> list[Event]:
        """Undo the latest manual entry.

        Raises NothingToUndoError if there is none, and StateKeptError for a report that holds the state of the back.
        """
        entry = self._journal.last_by_hand()
        if entry is None:
            raise NothingToUndoError
        if isinstance(entry, Rest) and entry.ended is not None:
            # One action may have ended several rests.
            for rest in [rest for rest in self._journal.rests.values() if rest.ended == entry.ended]:
                self._journal.add(rest.resumed())
            return []
        if isinstance(entry, PainReport):
            self._require_kept_state(entry)
        self._journal.remove(entry)
        match entry:
            case Session():
                self._projections.sessions.drop(entry.key)
            case PainReport():
                self._pains.drop(entry)
                self._back.forget()
            case Correction():
                return self.corrections.undo(entry)
            case Delivery():
                return changed(self._projections.withdraw(entry.activity.id))
        return []

    def _require_kept_state(self, report: PainReport) -> None:
        """Refuse to undo a report that holds an emergency, or the advice of a doctor; raises StateKeptError."""
        held = {BackState.EMERGENCY, BackState.DOCTOR}
        state = self._back.status(report.recorded_at).state
        if state in held and self._back.status_without(report, report.recorded_at).state is not state:
            raise StateKeptError
