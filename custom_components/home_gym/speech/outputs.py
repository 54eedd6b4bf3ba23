"""Queue of an output: its lines one after the other, for all runners."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Self
from weakref import WeakKeyDictionary

from homeassistant.const import Platform
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..gym.speech.queue import Dropped, DropReason, QueueDecision, SpeechQueue, Ticket, UtterancePriority


class LineDroppedError(HomeAssistantError):
    """A line was not spoken because its time had passed, or the queue was too long; this is no fault."""


class AnnouncementCancelledError(LineDroppedError):
    """A line was not spoken because it was no longer wanted."""


class OutputQueue:
    """The queue of one output, and the futures of its waiting turns."""

    def __init__(self) -> None:
        """Start with an empty queue."""
        self.queue = SpeechQueue()
        self.waiting: dict[Ticket, asyncio.Future[QueueDecision]] = {}

    @callback
    def async_resolve(self, decisions: Iterable[QueueDecision]) -> None:
        """Resolve the futures of decided turns."""
        for decision in decisions:
            waiting = self.waiting.pop(decision.ticket)
            # A turn that was just cancelled leaves the queue by itself.
            if not waiting.done():
                waiting.set_result(decision)


# By home and loudspeaker. The keys are weak, so that a stopped home is forgotten.
_OUTPUTS: WeakKeyDictionary[HomeAssistant, defaultdict[str, OutputQueue]] = WeakKeyDictionary()


def _loudspeaker_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return the key of the loudspeaker behind an entity.

    A satellite and the media player of the same device share one, unless the device has several players.
    """
    entities = er.async_get(hass)
    entity = entities.async_get(entity_id)
    if entity is None or entity.device_id is None:
        return entity_id
    of_device = er.async_entries_for_device(entities, entity.device_id)
    players = [other for other in of_device if other.domain == Platform.MEDIA_PLAYER]
    return entity.device_id if len(players) < 2 else entity_id


class QueueTurn:
    """A line's turn on an output, from its request until the output is free for the next."""

    def __init__(
        self,
        hass: HomeAssistant,
        entity_id: str,
        priority: UtterancePriority,
        until: datetime | None,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Request an output, until an instant, and only while the line is wanted."""
        self._hass = hass
        self._is_wanted = is_wanted
        self._output = _OUTPUTS.setdefault(hass, defaultdict(OutputQueue))[_loudspeaker_of(hass, entity_id)]
        self._ticket = Ticket(priority=priority, until=until)
        self._verdict: asyncio.Future[QueueDecision] = hass.loop.create_future()
        self._is_kept = False

    def __enter__(self) -> Self:
        """Join the queue."""
        self._output.waiting[self._ticket] = self._verdict
        self._output.async_resolve(self._output.queue.join(self._ticket, dt_util.utcnow()))
        return self

    def __exit__(self, *_: object) -> None:
        """Free the output, unless it is kept."""
        if not self._is_kept:
            self._async_leave()

    async def async_wait(self) -> None:
        """Declare the line ready, and wait for the turn.

        Raises LineDroppedError if it doesn't come in time, AnnouncementCancelledError if the line is no longer wanted.
        """
        self._output.async_resolve(self._output.queue.ready(self._ticket, dt_util.utcnow()))
        decision = await self._verdict
        if isinstance(decision, Dropped):
            raise LineDroppedError(
                translation_domain=DOMAIN,
                translation_key="line_too_late" if decision.reason is DropReason.TOO_LATE else "line_crowded_out",
            )
        if not self._is_wanted():
            raise AnnouncementCancelledError(translation_domain=DOMAIN, translation_key="line_unwanted")

    @callback
    def async_hold(self, duration: timedelta, afterwards: Callable[[], Awaitable[None]]) -> None:
        """Keep the output for a duration, then restore and free it; a stop of Home Assistant restores it at once."""
        self._is_kept = True

        async def finish() -> None:
            try:
                await afterwards()
            finally:
                self._async_leave()

        async def in_time(_now: datetime) -> None:
            forget()
            await finish()

        async def at_stop() -> None:
            cancel()
            await finish()

        cancel = async_call_later(self._hass, duration, HassJob(in_time, "end of a line", cancel_on_shutdown=True))
        forget = self._hass.async_add_shutdown_job(HassJob(at_stop, "end of a line"))

    @callback
    def _async_leave(self) -> None:
        self._output.waiting.pop(self._ticket, None)
        self._output.async_resolve(self._output.queue.leave(self._ticket, dt_util.utcnow()))
