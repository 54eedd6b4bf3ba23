"""Changes of a runner's entry, applied while the runner goes on: options, pairs, sources and speakers."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.exceptions import HomeAssistantError

from .coordinator import HomeGymCoordinator
from .gym import verbs

type Follower = Callable[[], Awaitable[None]]


class EntryChanges:
    """The changes of one runner's entry; parts that depend on more than the gym's settings listen here."""

    def __init__(self, coordinator: HomeGymCoordinator) -> None:
        """Apply the changes of a runner."""
        self._coordinator = coordinator
        self._followers: list[Follower] = []
        self._following = asyncio.Lock()

    @callback
    def async_listen(self, follower: Follower) -> CALLBACK_TYPE:
        """Await a function after each change, and return its removal."""
        self._followers.append(follower)
        return lambda: self._followers.remove(follower)

    async def async_follow(self, removed: Collection[str]) -> None:
        """Apply a change, by which subentries may have been removed."""
        async with self._following:
            for subentry in removed:
                await async_keep_runs(self._coordinator, subentry)
            await self._coordinator.async_take_settings()
            for follower in tuple(self._followers):
                # A part may have ended meanwhile.
                if follower in self._followers:
                    await follower()


async def async_keep_runs(coordinator: HomeGymCoordinator, source: str) -> None:
    """Keep the runs that count by the setting of a removed source."""
    if coordinator.runner.projections.doubts.taken_by(source):
        # A full disk must not keep the source: its recordings become questions again.
        with suppress(HomeAssistantError):
            await coordinator.async_apply(verbs.keep_unnamed_runs(source))
