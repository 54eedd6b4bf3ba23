"""Owns one Runner: changes it, saves it, and publishes its Summary and its events."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime
from time import monotonic
from typing import Any, override

from homeassistant.components.person import ATTR_DEVICE_TRACKERS
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import STATE_HOME
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .const import CONF_PERSON, LOGGER
from .gym.activity import Activity
from .gym.correction import Correction
from .gym.events import Event
from .gym.habit import Habit
from .gym.journal import countable_end
from .gym.prompt import Prompt
from .gym.run import Run
from .gym.runner import Runner
from .gym.summary import Summary
from .importer import Importer
from .references import entity_id_of
from .store import JournalStore

# Seconds of work in a row before everybody else has a turn.
TURN = 0.003

type HomeGymConfigEntry = ConfigEntry[HomeGymCoordinator]
type EventListener = Callable[[Event], None]


class HomeGymCoordinator(DataUpdateCoordinator[Summary]):
    """One runner, on disk and on show.

    A change is published after it is on disk, so that nothing is shown, spoken or fired that a power cut could undo.
    """

    config_entry: HomeGymConfigEntry
    importer: Importer

    def __init__(self, hass: HomeAssistant, entry: HomeGymConfigEntry, runner: Runner, store: JournalStore) -> None:
        """Take charge of a runner whose journal lives in a store."""
        super().__init__(hass, LOGGER, config_entry=entry, name=entry.title)
        self.runner = runner
        self._store = store
        self._event_listeners: list[EventListener] = []
        self.data = runner.summary(dt_util.utcnow())

    @property
    def home(self) -> bool:
        """Whether the runner can be spoken to at home; true where nobody could tell."""
        person = self.config_entry.data.get(CONF_PERSON)
        entity_id = entity_id_of(self.hass, person) if person else None
        state = self.hass.states.get(entity_id) if entity_id else None
        if state is None or state.state == STATE_HOME:
            return True
        # A person whom no device tracks is never home, and never away.
        return state.attributes.get(ATTR_DEVICE_TRACKERS) == []

    @property
    def deadline(self) -> datetime:
        """When `async_look` is to be called next."""
        return self.runner.deadline(dt_util.utcnow())

    @callback
    def async_listen(self, listener: EventListener) -> CALLBACK_TYPE:
        """Call a listener with every event, and return what ends that."""
        self._event_listeners.append(listener)
        return lambda: self._event_listeners.remove(listener)

    @override
    async def _async_update_data(self) -> Summary:
        """Return what is shown now; time alone may have changed it."""
        return self.runner.summary(dt_util.utcnow())

    async def async_deliver(self, activities: Iterable[Activity], *, live: bool) -> None:
        """Take activities that a source saw; see `Runner.learn`.

        However many there are, nobody else waits for long. Raises ValueError before anything is kept.
        """
        told, now = list(activities), dt_util.utcnow()
        async for activity in _unhurried(told):
            countable_end(activity)
        events: list[Event] = []
        async for activity in _unhurried(told):
            events += self.runner.learn([activity], now=now, live=live)
        await self._async_commit(events)

    async def async_log_session(
        self, habit: Habit, *, end: datetime | None = None, duration: float | None = None
    ) -> None:
        """Log that a habit was done; see `Runner.log_session`."""
        now = dt_util.utcnow()
        await self._async_commit(self.runner.log_session(habit, now=now, end=end, duration=duration))

    async def async_log_run(self, *, start: datetime, moving_time: float, distance: float | None) -> Run:
        """Log a run that nothing recorded; see `Runner.log_run`."""
        run, events = self.runner.log_run(start=start, moving_time=moving_time, distance=distance, now=dt_util.utcnow())
        await self._async_commit(events)
        return run

    async def async_correct(self, run: str, *, start: datetime | None = None, **said: Any) -> None:
        """Take a person's word on a run; see `Correction` and `Runner.correct`."""
        day = self.runner.settings.calendar.day_of(start) if start else None
        correction = Correction(activity=run, at=dt_util.utcnow(), start=start, day=day, **said)
        await self._async_commit(self.runner.correct(correction))

    async def async_undo_last(self) -> None:
        """Take back what was logged last; raises NothingToUndoError."""
        await self._async_commit(self.runner.undo_last())

    async def async_choose_shoe(self, shoe: str) -> None:
        """Choose the pair that the next run counts for."""
        self.runner.choose_shoe(shoe)
        await self._async_commit([])

    async def async_allow_voice(self, allowed: bool) -> None:
        """Let the coach speak, or not."""
        self.runner.allow_voice(allowed)
        await self._async_commit([])

    async def async_prompt_spoken(self, prompt: Prompt) -> None:
        """Note that the runner was asked."""
        await self._async_commit([self.runner.prompt_spoken(prompt, now=dt_util.utcnow())])

    async def async_prompt_not_spoken(self, prompt: Prompt) -> None:
        """Note that a channel failed."""
        self.runner.prompt_not_spoken(prompt, now=dt_util.utcnow())
        await self._async_commit([])

    async def async_look(self) -> None:
        """Do what time or presence brought about."""
        now = dt_util.utcnow()
        if events := self.runner.tick(now, home=self.home):
            await self._async_save_and_publish(events)
        else:
            self.async_set_updated_data(self.runner.summary(now))

    async def async_save(self) -> None:
        """Write the journal."""
        await self._store.async_save(self.runner.journal)

    async def _async_commit(self, events: list[Event]) -> None:
        await self._async_save_and_publish([*events, *self.runner.tick(dt_util.utcnow(), home=self.home)])

    async def _async_save_and_publish(self, events: list[Event]) -> None:
        await self.async_save()
        self.async_set_updated_data(self.runner.summary(dt_util.utcnow()))
        for event in events:
            for listener in tuple(self._event_listeners):
                listener(event)


async def _unhurried[T](items: Iterable[T]) -> AsyncIterator[T]:
    """Give items to work on, with a turn for everybody else in between."""
    since = monotonic()
    for item in items:
        yield item
        if monotonic() - since > TURN:
            await asyncio.sleep(0)
            since = monotonic()
