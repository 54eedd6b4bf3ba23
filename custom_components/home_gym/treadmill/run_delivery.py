"""Delivery of a treadmill's runs and triggers to the runners' journals."""

from dataclasses import dataclass, replace
from datetime import datetime

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..coordinator import HomeGymCoordinator
from ..gym import verbs
from ..gym.prompts.prompt import TRIGGER_LASTS, PromptTrigger
from ..gym.runs.activity import Activity
from ..gym.treadmill.activities import activities_of, run_span
from ..gym.treadmill.log import BeltLog, BeltRecord
from ..gym.verbs import Verb
from .runners import TreadmillRunners


@dataclass(slots=True, kw_only=True)
class DeliveryOutcome:
    """Result of a delivery: `is_news` for a changed log, `is_complete` without a failed runner."""

    is_news: bool = False
    is_complete: bool = True


class RunDelivery:
    """Delivers runs, withdrawals and prompt triggers, repeatedly if necessary; a second delivery is harmless."""

    def __init__(self, hass: HomeAssistant, treadmill: str, runners: TreadmillRunners, log: BeltLog) -> None:
        """Deliver the runs of the treadmill with this id."""
        self._hass = hass
        self._treadmill = treadmill
        self._runners = runners
        self._log = log
        # Triggers and resumptions in their order.
        self._triggers: list[tuple[str, PromptTrigger | datetime]] = []

    def add_trigger(self, runner: str, trigger: PromptTrigger) -> None:
        """Queue a prompt trigger for a runner."""
        self._triggers.append((runner, trigger))

    def add_resumption(self, runner: str, at: datetime) -> None:
        """Queue the instant at which a runner ran on after a pause."""
        self._triggers.append((runner, at))

    async def async_deliver(self) -> DeliveryOutcome:
        """Deliver to every runner; a failure of one does not delay the others."""
        outcome = DeliveryOutcome()
        for runner, coordinator in self._runners.all_loaded().items():
            try:
                await self._async_deliver_to(runner, coordinator, outcome)
            except HomeAssistantError as error:
                LOGGER.warning("%s could not receive the treadmill's runs for now: %s", coordinator.name, error)
                outcome.is_complete = False
        return outcome

    async def _async_deliver_to(self, runner: str, coordinator: HomeGymCoordinator, outcome: DeliveryOutcome) -> None:
        # The cool-down prompt cannot wait; withdrawals come before a possible new delivery of the same session.
        await self._async_deliver_triggers(runner, coordinator)
        await self._async_deliver_start(runner, coordinator, outcome)
        if wrong := tuple(self._log.withdrawals.get(runner, ())):
            await coordinator.async_apply(verbs.withdraw(wrong))
            self._log.mark_withdrawn(runner, wrong)
            outcome.is_news = True
        for record in self._log.to_deliver(runner):
            activities = await self._async_activities(runner, record)
            await coordinator.async_deliver(activities, live=True)
            self._log.mark_delivered(record.id, runner, [activity.id for activity in activities])
            outcome.is_news = True

    async def _async_deliver_triggers(self, runner: str, coordinator: HomeGymCoordinator) -> None:
        now = dt_util.utcnow()
        self._triggers = [(owner, trigger) for owner, trigger in self._triggers if now < _expires(trigger)]
        for owner, trigger in tuple(self._triggers):
            if owner == runner:
                await coordinator.async_apply(_verb_of(trigger))
                self._triggers.remove((owner, trigger))

    async def _async_deliver_start(
        self, runner: str, coordinator: HomeGymCoordinator, outcome: DeliveryOutcome
    ) -> None:
        claim = self._log.open
        known = self._treadmill in coordinator.runner.running_on
        if claim and claim.runner == runner and claim.is_run(dt_util.utcnow()):
            if not known:
                await coordinator.async_apply(
                    verbs.start_run(self._treadmill, claim.start, announce=not claim.announced)
                )
                # The claim may have changed during the delivery.
                if self._log.open is claim:
                    self._log.open = replace(claim, announced=True)
                    outcome.is_news = True
        elif known:
            await coordinator.async_apply(verbs.end_run(self._treadmill))

    async def _async_activities(self, runner: str, record: BeltRecord) -> list[Activity]:
        """Return the activities of a session, with a distance if the runner's speed on this belt is known."""
        span = run_span(record.session)
        speed = await self._hass.async_add_executor_job(self._log.speed_of, runner, record.session.end)
        estimated = speed.distance(record.session, *span) if speed and span else None
        return activities_of(self._treadmill, record, estimated)


def _verb_of(trigger: PromptTrigger | datetime) -> Verb:
    return verbs.add_trigger(trigger) if isinstance(trigger, PromptTrigger) else verbs.resume_run(trigger)


def _expires(trigger: PromptTrigger | datetime) -> datetime:
    return trigger.expires if isinstance(trigger, PromptTrigger) else trigger + TRIGGER_LASTS


async def async_end_runs(runners: TreadmillRunners, treadmill: str) -> None:
    """End every run on a removed or disabled treadmill."""
    for coordinator in runners.all_loaded().values():
        if treadmill in coordinator.runner.running_on:
            await coordinator.async_apply(verbs.end_run(treadmill))
