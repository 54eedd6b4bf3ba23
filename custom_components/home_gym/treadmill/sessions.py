"""Keeps the book of one treadmill's sessions: when they begin and end, what they call for, and whose they are."""

from dataclasses import replace
from datetime import datetime

from homeassistant.exceptions import HomeAssistantError

from ..const import DOMAIN
from ..gym.habits.habit import Habit
from ..gym.prompts.prompt import TRIGGER_LASTS, WARM_FOR, PromptTrigger
from ..gym.treadmill.activities import assign, run_span
from ..gym.treadmill.detector import SessionDetector
from ..gym.treadmill.events import BeltEvent, GaitChanged, Slowed, Started, Stopped, WokeUp
from ..gym.treadmill.log import GUEST, BeltRecord, Certainty, OpenClaim
from ..gym.treadmill.session import BeltSession, BeltState
from .household import TreadmillRunners
from .journals import RunDelivery
from .store import Kept


class SessionBook:
    """Notes in the log what the belt tells, and what people say of it."""

    def __init__(
        self, treadmill: str, belt: SessionDetector, kept: Kept, household: TreadmillRunners, journals: RunDelivery
    ) -> None:
        """Go on with what is kept of the treadmill of this id."""
        self._treadmill = treadmill
        self._belt = belt
        self._log = kept.log
        self._odometer = kept.odometer
        self._household = household
        self._journals = journals

    def take(self, event: BeltEvent, now: datetime) -> None:
        """Note what happened on the belt; `now` it is known."""
        match event:
            case WokeUp(at=at):
                self._call_for_warm_up(at, now)
            case Started(at=at):
                runner = self._household.presumed(lately=now - at < TRIGGER_LASTS)
                certainty = Certainty.GUESSED if runner else None
                is_run = self._belt.state is BeltState.RUNNING
                self._log.open = OpenClaim(start=at, runner=runner, certainty=certainty, has_run=is_run)
                self._odometer.forget(at)
                self._call_for_warm_up(at, now)
            case Slowed(at=at):
                self._call_for(Habit.COOL_DOWN, at, now)
            case Stopped(session=session):
                claim, self._log.open = self._log.open, None
                if session:
                    self._log.add(self._record(session, claim))
                self._odometer.clear()
            case GaitChanged(state=gait, at=at) if self._log.open:
                self._log.open = self._log.open.changed(gait, at)
            case _:
                pass

    def claim(self, runner: str, record: str | None = None) -> None:
        """Note whose a session is: the one that goes on, or the one that is meant, unless named.

        `runner` is a runner's id, or `GUEST`. Raises HomeAssistantError where there is no session to claim.
        """
        claim = self._log.open
        if record is None and claim and self._belt.session:
            told = claim.told and claim.runner == runner
            self._log.open = replace(claim, runner=runner, certainty=Certainty.SAID, told=told)
            return
        meant = self._log.records.get(record) if record else self._log.claimable(runner)
        if meant is None:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="nothing_to_claim")
        assign(self._log, self._treadmill, meant.id, runner, Certainty.SAID)

    def asked_about(self) -> list[BeltRecord]:
        """Note that it is asked whose the unclaimed sessions are, and return those of which nobody asked yet."""
        unasked = [record for record in self._log.unclaimed() if not record.asked]
        for record in unasked:
            self._log.mark_asked(record.id)
        return unasked

    def _record(self, session: BeltSession, claim: OpenClaim | None) -> BeltRecord:
        """Return what is to be kept of a session; a runner who is there no more can't have it."""
        is_claimed = claim is not None and claim.runner in (GUEST, *self._household.users)
        span = run_span(session)
        return BeltRecord(
            session=session,
            distance=self._odometer.between(*span) if span else None,
            runner=claim.runner if claim and is_claimed else None,
            certainty=claim.certainty if claim and is_claimed else None,
        )

    def _call_for_warm_up(self, at: datetime, now: datetime) -> None:
        """Call for the warm-up once, when the treadmill wakes or is started."""
        called_for = self._log.warm_up_called_for
        if called_for is None or at - called_for > WARM_FOR:
            self._log.warm_up_called_for = at
            self._call_for(Habit.WARM_UP, at, now)

    def _call_for(self, habit: Habit, at: datetime, now: datetime) -> None:
        runner = self._log.open.runner if self._log.open else self._household.presumed(lately=True)
        # What a restart brought to light too late is nobody's business any more.
        if runner and now - at < TRIGGER_LASTS:
            trigger = PromptTrigger(id=f"{self._treadmill}/{at.isoformat()}", habit=habit, at=at)
            self._journals.call_for(runner, trigger)
