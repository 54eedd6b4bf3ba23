"""The sessions of one treadmill: their start and end, their prompt triggers, and their runners."""

from dataclasses import replace
from datetime import datetime

from homeassistant.exceptions import HomeAssistantError

from ..const import DOMAIN
from ..gym.habits.habit import Habit
from ..gym.prompts.prompt import TRIGGER_LASTS, WARM_FOR, PromptTrigger
from ..gym.treadmill.activities import assign, run_span
from ..gym.treadmill.detector import SessionDetector
from ..gym.treadmill.events import BeltEvent, GaitChanged, Resumed, Slowed, Started, Stopped, WokeUp
from ..gym.treadmill.log import GUEST, BeltRecord, Certainty, OpenClaim
from ..gym.treadmill.session import BeltSession, BeltState
from .run_delivery import RunDelivery
from .runners import TreadmillRunners
from .store import StoredTreadmill


class SessionBook:
    """Records the detector's events and the runners' claims in the log."""

    def __init__(
        self,
        treadmill: str,
        belt: SessionDetector,
        stored: StoredTreadmill,
        runners: TreadmillRunners,
        delivery: RunDelivery,
    ) -> None:
        """Continue with the stored state of the treadmill with this id."""
        self._treadmill = treadmill
        self._belt = belt
        self._log = stored.log
        self._odometer = stored.odometer
        self._runners = runners
        self._delivery = delivery

    def take(self, event: BeltEvent, now: datetime) -> None:
        """Record an event of the belt, known at `now`."""
        match event:
            case WokeUp(at=at):
                self._trigger_warm_up(at, now)
            case Started(at=at):
                runner = self._runners.presumed(lately=now - at < TRIGGER_LASTS)
                certainty = Certainty.GUESSED if runner else None
                is_run = self._belt.state is BeltState.RUNNING
                self._log.open = OpenClaim(start=at, runner=runner, certainty=certainty, has_run=is_run)
                self._odometer.forget(at)
                self._trigger_warm_up(at, now)
            case Slowed(at=at):
                self._trigger(Habit.COOL_DOWN, at, now)
            case Resumed(at=at):
                if self._log.open and self._log.open.runner:
                    self._delivery.add_resumption(self._log.open.runner, at)
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
        """Assign a session to a runner: the named one, else the one in progress, else the latest in doubt.

        `runner` is a runner's id, or `GUEST`. Raises HomeAssistantError without a session to claim.
        """
        claim = self._log.open
        if record is None and claim and self._belt.session:
            announced = claim.announced and claim.runner == runner
            self._log.open = replace(claim, runner=runner, certainty=Certainty.SAID, announced=announced)
            return
        session = self._log.records.get(record) if record else self._log.claimable(runner)
        if session is None:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="nothing_to_claim")
        assign(self._log, self._treadmill, session.id, runner, Certainty.SAID)

    def mark_asked(self) -> list[BeltRecord]:
        """Return the unclaimed sessions without a question so far, and mark them as asked about."""
        unasked = [record for record in self._log.unclaimed() if not record.asked]
        for record in unasked:
            self._log.mark_asked(record.id)
        return unasked

    def _record(self, session: BeltSession, claim: OpenClaim | None) -> BeltRecord:
        """Return the log record of a session; sessions of removed runners stay unclaimed."""
        is_claimed = claim is not None and claim.runner in (GUEST, *self._runners.users)
        span = run_span(session)
        return BeltRecord(
            session=session,
            distance=self._odometer.between(*span) if span else None,
            runner=claim.runner if claim and is_claimed else None,
            certainty=claim.certainty if claim and is_claimed else None,
        )

    def _trigger_warm_up(self, at: datetime, now: datetime) -> None:
        """Trigger the warm-up prompt once, when the treadmill wakes up or starts."""
        called_for = self._log.warm_up_called_for
        if called_for is None or at - called_for > WARM_FOR:
            self._log.warm_up_called_for = at
            self._trigger(Habit.WARM_UP, at, now)

    def _trigger(self, habit: Habit, at: datetime, now: datetime) -> None:
        runner = self._log.open.runner if self._log.open else self._runners.presumed(lately=True)
        # A trigger found too late, after a restart, no longer matters.
        if runner and now - at < TRIGGER_LASTS:
            trigger = PromptTrigger(id=f"{self._treadmill}/{at.isoformat()}", habit=habit, at=at)
            self._delivery.add_trigger(runner, trigger)
