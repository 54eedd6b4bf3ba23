"""Lets the runners' journals follow what happens on a treadmill."""

from dataclasses import dataclass, replace

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..coordinator import HomeGymCoordinator
from ..gym import verbs
from ..gym.prompts.prompt import PromptTrigger
from ..gym.runs.activity import Activity
from ..gym.treadmill.activities import activities_of, run_span
from ..gym.treadmill.log import BeltLog, BeltRecord
from .household import TreadmillRunners


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of telling the runners: whether the log knows anything new by it, and whether all could be told."""

    is_news: bool = False
    is_complete: bool = True


class RunDelivery:
    """Tells the runners what they don't know yet, as often as it takes; telling a thing twice is harmless."""

    def __init__(self, hass: HomeAssistant, treadmill: str, household: TreadmillRunners, log: BeltLog) -> None:
        """Tell of the treadmill of this id."""
        self._hass = hass
        self._treadmill = treadmill
        self._household = household
        self._log = log
        self._triggers: list[tuple[str, PromptTrigger]] = []

    def call_for(self, runner: str, trigger: PromptTrigger) -> None:
        """Have a runner told of what calls for a habit."""
        self._triggers.append((runner, trigger))

    async def async_tell(self) -> Outcome:
        """Tell everyone; who cannot be told for now keeps nobody else waiting."""
        outcome = Outcome()
        for runner, coordinator in self._household.everyone().items():
            try:
                await self._async_tell(runner, coordinator, outcome)
            except HomeAssistantError as error:
                LOGGER.warning("%s could not be told of the treadmill for now: %s", coordinator.name, error)
                outcome.is_complete = False
        return outcome

    async def _async_tell(self, runner: str, coordinator: HomeGymCoordinator, outcome: Outcome) -> None:
        # The prompt for the cool-down can't wait; what is withdrawn must be gone before it may be delivered again.
        await self._async_tell_triggers(runner, coordinator)
        await self._async_tell_running(runner, coordinator, outcome)
        if wrong := tuple(self._log.withdrawals.get(runner, ())):
            await coordinator.async_apply(verbs.withdraw(wrong))
            self._log.mark_withdrawn(runner, wrong)
            outcome.is_news = True
        for record in self._log.to_deliver(runner):
            activities = await self._async_activities(runner, record)
            await coordinator.async_deliver(activities, live=True)
            self._log.mark_delivered(record.id, runner, [activity.id for activity in activities])
            outcome.is_news = True

    async def _async_tell_triggers(self, runner: str, coordinator: HomeGymCoordinator) -> None:
        now = dt_util.utcnow()
        self._triggers = [(whom, trigger) for whom, trigger in self._triggers if now < trigger.expires]
        for whom, trigger in tuple(self._triggers):
            if whom == runner:
                await coordinator.async_apply(verbs.add_trigger(trigger))
                self._triggers.remove((whom, trigger))

    async def _async_tell_running(self, runner: str, coordinator: HomeGymCoordinator, outcome: Outcome) -> None:
        claim = self._log.open
        known = self._treadmill in coordinator.runner.running_on
        if claim and claim.runner == runner and claim.is_run(dt_util.utcnow()):
            if not known:
                await coordinator.async_apply(verbs.start_run(self._treadmill, claim.start, announce=not claim.told))
                # It may have changed hands meanwhile.
                if self._log.open is claim:
                    self._log.open = replace(claim, told=True)
                    outcome.is_news = True
        elif known:
            await coordinator.async_apply(verbs.end_run(self._treadmill))

    async def _async_activities(self, runner: str, record: BeltRecord) -> list[Activity]:
        """Return the activities that a session was, with a distance where the runner's speed on this belt is known."""
        span = run_span(record.session)
        speed = await self._hass.async_add_executor_job(self._log.speed_of, runner, record.session.end)
        estimated = speed.distance(record.session, *span) if speed and span else None
        return activities_of(self._treadmill, record, estimated)


async def async_end_runs(household: TreadmillRunners, treadmill: str) -> None:
    """Have nobody run on a treadmill that is there no more."""
    for coordinator in household.everyone().values():
        if treadmill in coordinator.runner.running_on:
            await coordinator.async_apply(verbs.end_run(treadmill))
