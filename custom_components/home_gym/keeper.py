"""Keeps one Runner on disk and on show: changes are made one at a time, written, and told of only then."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import STATE_HOME
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .const import CONF_PERSON, DOMAIN, LOGGER
from .gym.events import Event, SpeakPrompt, is_red_flag
from .gym.runner import Runner
from .gym.speech.rooms import Room, speaking_order
from .gym.summary import Summary
from .ha.person import has_no_tracker
from .references import entity_id_of
from .speech.rooms import async_occupied
from .store import JournalStore

# So long after a journal couldn't be written that is tried again.
RETRY_INTERVAL = timedelta(minutes=5)

type EventListener = Callable[[Event], None]


class RunnerClosedError(HomeAssistantError):
    """The runner is set up anew or was removed; what was to be changed can be tried again after that."""


class JournalNotWrittenError(HomeAssistantError):
    """A change is kept, but did not reach the disk; it is written, and told of, as soon as that works."""


class RunnerKeeper(DataUpdateCoordinator[Summary]):
    """One runner, on disk and on show.

    A change is published after it is on disk, so that nothing is shown, spoken or fired that a power cut could undo.
    """

    config_entry: ConfigEntry[Any]

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any], runner: Runner, store: JournalStore) -> None:
        """Take charge of a runner whose journal lives in a store."""
        super().__init__(hass, LOGGER, config_entry=entry, name=entry.title)
        self.runner = runner
        self._store = store
        self._event_listeners: list[EventListener] = []
        self._changing = asyncio.Lock()
        self._closed = False
        # Whether there is more in memory than on disk, because that could not be written; and what to tell when it is.
        self._behind = False
        self._untold: list[Event] = []
        self.data = runner.summary(dt_util.utcnow())

    @property
    def home(self) -> bool:
        """Whether the runner can be spoken to at home; true where nobody could tell."""
        person = self.config_entry.data.get(CONF_PERSON)
        entity_id = entity_id_of(self.hass, person) if person else None
        state = self.hass.states.get(entity_id) if entity_id else None
        if state is None or state.state == STATE_HOME:
            return True
        return has_no_tracker(state)

    @property
    def heard(self) -> tuple[str, ...]:
        """The speakers that would be heard right now: those where somebody is come first."""
        subentries = self.config_entry.subentries
        rooms = [
            Room(channel=speaker, occupied=async_occupied(self.hass, subentries[speaker]))
            for speaker in self.runner.settings.prompts.speakers
            if speaker in subentries
        ]
        return speaking_order(rooms)

    @property
    def deadline(self) -> datetime:
        """When `async_look` is to be called next."""
        now = dt_util.utcnow()
        deadline = self.runner.deadline(now)
        return min(deadline, now + RETRY_INTERVAL) if self._behind else deadline

    @callback
    def async_listen(self, listener: EventListener) -> CALLBACK_TYPE:
        """Call a listener with every event, and return what ends that."""
        self._event_listeners.append(listener)
        return lambda: self._event_listeners.remove(listener)

    @override
    async def _async_update_data(self) -> Summary:
        """Return what is shown now; time alone may have changed it."""
        return self.runner.summary(dt_util.utcnow())

    async def async_look(self) -> None:
        """Do what time or presence brought about; where that can't be written, it is tried again later."""
        async with self._changing:
            if self._closed:
                return
            now = dt_util.utcnow()
            if (events := self.runner.tick(now, home=self.home, speakers=self.heard)) or self._behind:
                with suppress(JournalNotWrittenError):
                    await self._async_save_and_publish(events)
            else:
                self.async_set_updated_data(self.runner.summary(now))

    async def async_keep(self) -> None:
        """Save what the runner remembers without that anything is shown of it.

        Raises JournalNotWrittenError.
        """
        async with self._changing:
            if not self._closed:
                await self._async_save()

    @callback
    def async_tell(self, event: Event) -> None:
        """Tell every listener of an event."""
        for listener in tuple(self._event_listeners):
            listener(event)

    async def async_close(self) -> None:
        """Let a change that is under way reach the disk, and take no more: who comes next reads the journal there."""
        async with self._changing:
            self._closed = True
            await self._async_save()

    @asynccontextmanager
    async def _change(self) -> AsyncIterator[list[Event]]:
        """Change the runner, one at a time; save, and publish that with the events that were collected.

        Raises RunnerClosedError or JournalNotWrittenError.
        """
        async with self._changing:
            if self._closed:
                raise RunnerClosedError(
                    translation_domain=DOMAIN,
                    translation_key="runner_closed",
                    translation_placeholders={"runner": self.config_entry.title},
                )
            events: list[Event] = []
            yield events
            await self._async_save_and_publish(
                [*events, *self.runner.tick(dt_util.utcnow(), home=self.home, speakers=self.heard)]
            )

    async def _async_save(self) -> None:
        try:
            await self._store.async_save(self.runner.journal)
        except HomeAssistantError as error:
            if not self._behind:
                LOGGER.error("The journal of %s can't be written: %s", self.name, error)
            self._behind = True
            # Whoever looks when it is time learns that this is soon.
            self.async_update_listeners()
            raise JournalNotWrittenError(
                translation_domain=DOMAIN,
                translation_key="journal_not_written",
                translation_placeholders={"runner": self.name, "error": str(error)},
            ) from error
        if self._behind:
            LOGGER.info("The journal of %s can be written again", self.name)
        self._behind = False

    async def _async_save_and_publish(self, events: list[Event]) -> None:
        try:
            await self._async_save()
        except JournalNotWrittenError:
            self._keep_for_later([event for event in events if not is_red_flag(event)])
            # Falling silent can't wait for a disk.
            if urgent := [event for event in events if is_red_flag(event)]:
                self._publish(urgent)
            raise
        told, self._untold = [*self._untold, *events], []
        self._publish(told)

    @callback
    def _publish(self, events: list[Event]) -> None:
        """Show what there is by now, and tell of events."""
        self.async_set_updated_data(self.runner.summary(dt_util.utcnow()))
        for event in events:
            self.async_tell(event)

    def _keep_for_later(self, events: list[Event]) -> None:
        """Keep what is to be told; whether to ask for something is decided anew by then."""
        for event in events:
            if isinstance(event, SpeakPrompt):
                self.runner.answering.not_asked(event.prompt, now=dt_util.utcnow())
            else:
                self._untold.append(event)
