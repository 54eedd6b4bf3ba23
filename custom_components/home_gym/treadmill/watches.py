"""Finds the runs that watches saw in the sessions of a treadmill, which tell who ran and how fast the belt goes."""

from collections.abc import Mapping

from homeassistant.core import HomeAssistant

from ..coordinator import HomeGymCoordinator
from ..gym.runs.activity import Origin
from ..gym.runs.fusion import FURTHEST_APART
from ..gym.runs.run import Run
from ..gym.treadmill.activities import assign
from ..gym.treadmill.log import BeltLog, BeltRecord, Certainty, is_in, likeliest_runner, samples_from
from .household import TreadmillRunners

# A treadmill's own word on a run is no watch's.
OWN = {Origin.POWER, Origin.TREADMILL}
# What somebody logged by hand tells who ran, but its distance was read off somewhere.
NO_MEASURE = OWN | {Origin.PERSON}


class WatchMatcher:
    """Compares sessions and runs, each once as long as neither changes."""

    def __init__(self, hass: HomeAssistant, treadmill: str, household: TreadmillRunners, log: BeltLog) -> None:
        """Look at the sessions of the treadmill of this id."""
        self._hass = hass
        self._treadmill = treadmill
        self._household = household
        self._log = log
        self._compared: dict[str, tuple[str | None, Mapping[str, Run]]] = {}

    async def async_compare(self) -> bool:
        """Take from the watches all that they tell of the sessions, and return whether that was anything new."""
        is_new = False
        for key in tuple(self._log.records):
            # It may be forgotten while another one is looked at.
            if record := self._log.records.get(key):
                is_new |= await self._async_compare(record)
        self._compared = {key: known for key, known in self._compared.items() if key in self._log.records}
        return is_new

    async def _async_compare(self, record: BeltRecord) -> bool:
        seen = self._seen_in(record)
        if self._compared.get(record.id, (record.runner, {})) == (record.runner, seen):
            return False
        runner = likeliest_runner(record.session, seen)
        is_new = runner is not None and assign(self._log, self._treadmill, record.id, runner, Certainty.WATCH)
        owner = self._log.records[record.id].runner
        self._compared[record.id] = owner, seen
        coordinator = self._household.runner(owner) if owner in seen else None
        if owner and coordinator and coordinator.runner.origins_of(seen[owner]) - NO_MEASURE:
            told = await self._hass.async_add_executor_job(samples_from, seen[owner], record.session)
            is_new |= self._log.learn(owner, seen[owner], told)
        return is_new

    def _seen_in(self, record: BeltRecord) -> dict[str, Run]:
        """Return the runs that were seen in a session, by the ids of their runners."""
        seen = {}
        for runner in self._household.users:
            coordinator = self._household.runner(runner)
            if coordinator and (run := _watched_run(coordinator, record)):
                seen[runner] = run
        return seen


def _watched_run(coordinator: HomeGymCoordinator, record: BeltRecord) -> Run | None:
    """Return the run in a session that something other than the treadmill saw, indoors as far as it tells."""
    session = record.session
    for run in coordinator.runner.runs.between(session.start - FURTHEST_APART, session.end):
        if run.indoor is not False and is_in(run, session) and coordinator.runner.origins_of(run) - OWN:
            return run
    return None
