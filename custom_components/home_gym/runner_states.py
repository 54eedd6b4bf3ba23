"""States of a runner that conditions test, each with the time of its beginning, whichever entities are enabled."""

from collections.abc import Iterator
from datetime import datetime

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from .component import OnUnload
from .coordinator import HomeGymCoordinator
from .gym.habits.habit import Habit

RUNNING = "running"


class RunnerStates:
    """The present states of a runner: the habits that are due, and running on a treadmill."""

    def __init__(self, coordinator: HomeGymCoordinator) -> None:
        """Follow a coordinator once started."""
        self._coordinator = coordinator
        self._since: dict[str, datetime] = {}

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Follow the coordinator's updates until the entry is unloaded."""
        self._update()
        on_unload(self._coordinator.async_add_listener(self._update))

    def since(self, state: str | Habit) -> datetime | None:
        """Return the beginning of a present state, or the start of Home Gym in it; None for an absent state."""
        return self._since.get(state)

    @callback
    def _update(self) -> None:
        now = dt_util.utcnow()
        self._since = {state: self._since.get(state, now) for state in self._present()}

    def _present(self) -> Iterator[str]:
        summary = self._coordinator.data
        yield from summary.due
        if summary.running:
            yield RUNNING
