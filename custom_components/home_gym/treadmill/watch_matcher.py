"""Matching of watch runs to belt sessions, which shows the runner and the belt's speed."""

from collections.abc import Mapping

from homeassistant.core import HomeAssistant

from ..coordinator import HomeGymCoordinator
from ..gym.runs.activity import Origin
from ..gym.runs.fusion import FURTHEST_APART
from ..gym.runs.run import Run
from ..gym.treadmill.activities import assign
from ..gym.treadmill.log import BeltLog, BeltRecord, Certainty, is_in, likeliest_runner, samples_from
from .runners import TreadmillRunners

# The treadmill's own activities are not a watch's.
OWN = {Origin.POWER, Origin.TREADMILL}
# A manual entry shows the runner, but its distance is no measurement.
NO_MEASURE = OWN | {Origin.PERSON}


class WatchMatcher:
    """Compares sessions and runs, each pair once until either changes."""

    def __init__(self, hass: HomeAssistant, treadmill: str, runners: TreadmillRunners, log: BeltLog) -> None:
        """Match runs to the sessions of the treadmill with this id."""
        self._hass = hass
        self._treadmill = treadmill
        self._runners = runners
        self._log = log
        self._compared: dict[str, tuple[str | None, Mapping[str, Run]]] = {}

    async def async_compare(self) -> bool:
        """Match all sessions, and return whether the log changed."""
        is_new = False
        for key in tuple(self._log.records):
            # Sessions may be forgotten during an await.
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
        coordinator = self._runners.runner(owner) if owner in seen else None
        if owner and coordinator and coordinator.runner.origins_of(seen[owner]) - NO_MEASURE:
            samples = await self._hass.async_add_executor_job(samples_from, seen[owner], record.session)
            is_new |= self._log.learn(owner, seen[owner], samples)
        return is_new

    def _seen_in(self, record: BeltRecord) -> dict[str, Run]:
        """Return the runs in a session, by runner id."""
        seen = {}
        for runner in self._runners.users:
            coordinator = self._runners.runner(runner)
            if coordinator and (run := _watched_run(coordinator, record)):
                seen[runner] = run
        return seen


def _watched_run(coordinator: HomeGymCoordinator, record: BeltRecord) -> Run | None:
    """Return a runner's run in a session from a source other than the treadmill, unless it was outdoors."""
    session = record.session
    for run in coordinator.runner.runs.between(session.start - FURTHEST_APART, session.end):
        if run.indoor is not False and is_in(run, session) and coordinator.runner.origins_of(run) - OWN:
            return run
    return None
