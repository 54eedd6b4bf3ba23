"""What is said on one output, one line after the other, whichever runner it is for."""

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
    """A line was not spoken because its time had passed, or too many were before it; nothing is wrong."""


class AnnouncementCancelledError(LineDroppedError):
    """A line was not spoken because meanwhile nobody was to hear it any more."""


class OutputQueue:
    """The queue of one output, and those who wait in it."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.queue = SpeechQueue()
        self.waiting: dict[Ticket, asyncio.Future[QueueDecision]] = {}

    @callback
    def async_tell(self, verdicts: Iterable[QueueDecision]) -> None:
        """Let those who wait know."""
        for verdict in verdicts:
            waiting = self.waiting.pop(verdict.ticket)
            # Who was just cancelled leaves the queue in a moment.
            if not waiting.done():
                waiting.set_result(verdict)


# By loudspeaker, in each home. Outputs hold no home, so that one that is gone is forgotten.
_OUTPUTS: WeakKeyDictionary[HomeAssistant, defaultdict[str, OutputQueue]] = WeakKeyDictionary()


def _loudspeaker_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return what stands for the loudspeaker behind an entity.

    A satellite and the media player of the same device sound from the same one, unless the device has several players.
    """
    entities = er.async_get(hass)
    entity = entities.async_get(entity_id)
    if entity is None or entity.device_id is None:
        return entity_id
    of_device = er.async_entries_for_device(entities, entity.device_id)
    players = [other for other in of_device if other.domain == Platform.MEDIA_PLAYER]
    return entity.device_id if len(players) < 2 else entity_id


class QueueTurn:
    """A line's place on an output, from when it is wanted until the output is free for the next."""

    def __init__(
        self,
        hass: HomeAssistant,
        entity_id: str,
        priority: UtterancePriority,
        until: datetime | None,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Want to speak on an output, but not after an instant, nor when the line isn't wanted any more by then."""
        self._hass = hass
        self._is_wanted = is_wanted
        self._output = _OUTPUTS.setdefault(hass, defaultdict(OutputQueue))[_loudspeaker_of(hass, entity_id)]
        self._ticket = Ticket(priority=priority, until=until)
        self._verdict: asyncio.Future[QueueDecision] = hass.loop.create_future()
        self._is_kept = False

    def __enter__(self) -> Self:
        """Take the place."""
        self._output.waiting[self._ticket] = self._verdict
        self._output.async_tell(self._output.queue.join(self._ticket, dt_util.utcnow()))
        return self

    def __exit__(self, *_: object) -> None:
        """Free the place, unless it is kept."""
        if not self._is_kept:
            self._async_leave()

    async def async_wait(self) -> None:
        """Be ready, and wait for the turn.

        Raises LineDroppedError where it doesn't come in time, AnnouncementCancelledError where the line isn't wanted
        any more.
        """
        self._output.async_tell(self._output.queue.ready(self._ticket, dt_util.utcnow()))
        verdict = await self._verdict
        if isinstance(verdict, Dropped):
            raise LineDroppedError(
                translation_domain=DOMAIN,
                translation_key="line_too_late" if verdict.reason is DropReason.TOO_LATE else "line_crowded_out",
            )
        if not self._is_wanted():
            raise AnnouncementCancelledError(translation_domain=DOMAIN, translation_key="line_unwanted")

    @callback
    def async_keep(self, duration: timedelta, afterwards: Callable[[], Awaitable[None]]) -> None:
        """Keep the output so long, then set it right and free it; when Home Assistant stops, set it right at once."""
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
        self._output.async_tell(self._output.queue.leave(self._ticket, dt_util.utcnow()))
