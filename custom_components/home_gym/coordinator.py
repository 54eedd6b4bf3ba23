"""The coordinator of one runner: it applies changes one at a time, saves them, and publishes the saved state."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .const import CONF_PERSON, DOMAIN, LOGGER, SUBENTRY_SHOE
from .entity_references import entity_id_of
from .gym.events import Event, SpeakPrompt, is_red_flag
from .gym.intake.deliveries import divided, in_order
from .gym.journal.held import A_MOMENT, has_future, is_any_due
from .gym.runner import Runner
from .gym.runs.activity import Activity
from .gym.speech.rooms import Room, speaking_order
from .gym.summary import Summary
from .gym.verbs import Verb, note_not_asked
from .ha.person import is_at_home
from .settings import settings_of
from .speech.rooms import async_occupied
from .store import JournalStore

RETRY_INTERVAL = timedelta(minutes=5)
"""After a failed write of the journal."""
# Seconds of work in a row before the event loop has a turn.
TIME_SLICE = 0.003

type EventListener = Callable[[Event], None]


class RunnerClosedError(HomeAssistantError):
    """The runner is being reloaded or removed; repeat the change afterwards."""


class JournalNotWrittenError(HomeAssistantError):
    """A change is in memory but not on disk; it is written and published after the next successful write."""


class HomeGymCoordinator(DataUpdateCoordinator[Summary]):
    """The one owner of a runner.

    Every change is a verb, given to `async_apply`; a delivery of many activities goes to `async_deliver`. A change is
    published after it is on disk, so that nothing is shown, spoken or fired that a power cut could undo.
    """

    config_entry: ConfigEntry[Any]

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry[Any], runner: Runner, store: JournalStore) -> None:
        """Own a runner with a journal in a store."""
        super().__init__(hass, LOGGER, config_entry=entry, name=entry.title)
        self.runner = runner
        self.store = store
        self._event_listeners: list[EventListener] = []
        self._changing = asyncio.Lock()
        self._closed = False
        # Whether memory is ahead of the disk after a failed write, and the events to fire after the next good one.
        self._behind = False
        self._unfired: list[Event] = []
        # Whether parts of a delivery wait for the next save.
        self._unsaved = False
        now = self._last_tick = dt_util.utcnow()
        self.data = runner.summary(now)
        self._next_tick = self._deadline_at(now)

    @property
    def home(self) -> bool:
        """Whether the runner is at home for speech; true if that can't be determined."""
        person = self.config_entry.data.get(CONF_PERSON)
        entity_id = entity_id_of(self.hass, person) if person else None
        state = self.hass.states.get(entity_id) if entity_id else None
        return state is None or is_at_home(state) is not False

    @property
    def heard(self) -> tuple[str, ...]:
        """The ids of the speakers in earshot, those in occupied rooms first."""
        subentries = self.config_entry.subentries
        rooms = [
            Room(channel=speaker, occupied=async_occupied(self.hass, subentries[speaker]))
            for speaker in self.runner.settings.prompts.speakers
            if speaker in subentries
        ]
        return speaking_order(rooms)

    @property
    def shoes(self) -> list[ConfigSubentry]:
        """The subentries of the runner's pairs, except perhaps one added a moment ago."""
        shoes = self.config_entry.get_subentries_of_type(SUBENTRY_SHOE)
        return [shoe for shoe in shoes if shoe.subentry_id in self.data.shoes]

    @property
    def deadline(self) -> datetime:
        """The instant of the next `async_tick`; a past one where a write took longer than until then."""
        if self._behind or self.runner.journal.held:
            return min(self._next_tick, dt_util.utcnow() + RETRY_INTERVAL)
        return self._next_tick

    @callback
    def async_listen(self, listener: EventListener) -> CALLBACK_TYPE:
        """Call a listener with every event, and return its removal."""
        self._event_listeners.append(listener)
        return lambda: self._event_listeners.remove(listener)

    @callback
    def async_fire(self, event: Event) -> None:
        """Call every listener with an event."""
        for listener in tuple(self._event_listeners):
            listener(event)

    async def async_apply(self, verb: Verb) -> None:
        """Change the runner, save the change, and publish it with its events.

        Raises RunnerClosedError or JournalNotWrittenError, and what the verb raises, before anything is changed.
        """
        async with self._change() as events:
            events.extend(verb(self.runner, dt_util.utcnow()))

    async def async_deliver(self, activities: Iterable[Activity], *, live: bool, source: str | None = None) -> None:
        """Deliver the activities of a source, as `Deliveries.learn` does, without holding the event loop for long.

        Raises ValueError before anything is kept, and as `async_apply`.
        """
        intake = self.runner.deliveries
        prepared = in_order([intake.dated(one) async for one in _unhurried(activities)])
        circumstances = intake.circumstances(dt_util.utcnow(), live=live, source=source)
        parts, last = divided(prepared, circumstances)
        # Others have their turn between the parts; the first save, theirs or this one's, has all parts so far.
        async for part in _unhurried(parts):
            async with self._changing:
                self._require_open()
                self._unsaved = True
                self._unfired += intake.take(part, circumstances)
        async with self._change() as events:
            async for part in _unhurried(last):
                events.extend(intake.take(part, circumstances))

    async def async_take_settings(self) -> None:
        """Derive the runner again from changed settings; other changes wait meanwhile."""
        async with self._changing:
            settings = settings_of(self.hass, self.config_entry)
            if self._closed or settings == self.runner.settings:
                return
            self.runner = await self.hass.async_add_executor_job(self.runner.with_settings, settings)
            with suppress(JournalNotWrittenError):
                await self._async_save_and_publish(self._tick(dt_util.utcnow()))

    async def async_tick(self) -> None:
        """Apply the changes due by time or presence; a failed write is repeated later."""
        async with self._changing:
            if self._closed:
                return
            now = dt_util.utcnow()
            if self._is_clock_set(now):
                # The next coordinator holds back what is dated after now, and takes back what no longer is.
                self.hass.config_entries.async_schedule_reload(self.config_entry.entry_id)
            if (events := self._tick(now)) or self._behind or self._unsaved:
                with suppress(JournalNotWrittenError):
                    await self._async_save_and_publish(events)
            else:
                self.async_set_updated_data(self.runner.summary(now))

    def _is_clock_set(self, now: datetime) -> bool:
        """Return whether the clock was set so that other facts are dated after now than before."""
        is_set_back, self._last_tick = now < self._last_tick - A_MOMENT, now
        journal = self.runner.journal
        return is_any_due(journal, now) or (is_set_back and has_future(journal, now))

    async def async_save(self) -> None:
        """Save the journal without publishing; raises JournalNotWrittenError."""
        async with self._changing:
            if not self._closed:
                await self._async_save()

    async def async_settle(self) -> None:
        """Wait for the end of a change in progress, so that the runner is as on disk unless the disk is full."""
        async with self._changing:
            pass

    async def async_close(self) -> None:
        """Save a change in progress, and reject later ones: the next coordinator reads the journal on disk."""
        async with self._changing:
            self._closed = True
            try:
                await self._async_save()
            finally:
                await self.store.async_close()

    @override
    async def _async_update_data(self) -> Summary:
        """Return the current summary, which changes with time alone."""
        return self.runner.summary(dt_util.utcnow())

    @asynccontextmanager
    async def _change(self) -> AsyncIterator[list[Event]]:
        """Collect the events of one change at a time; then save, and publish them."""
        async with self._changing:
            self._require_open()
            events: list[Event] = []
            yield events
            await self._async_save_and_publish([*events, *self._tick(dt_util.utcnow())])

    def _require_open(self) -> None:
        """Raise RunnerClosedError once the runner is closed."""
        if self._closed:
            raise RunnerClosedError(
                translation_domain=DOMAIN,
                translation_key="runner_closed",
                translation_placeholders={"runner": self.config_entry.title},
            )

    def _tick(self, now: datetime) -> list[Event]:
        """Apply the changes of time, and take the next deadline from the same instant.

        A write comes between this and the timer. By a later clock, an instant during the write would be missed.
        """
        events = self.runner.tick(now, home=self.home, speakers=self.heard)
        self._next_tick = self._deadline_at(now)
        return events

    def _deadline_at(self, now: datetime) -> datetime:
        """Return the next instant of a change, or of another explanation of the coach's silence."""
        return min([self.runner.deadline(now), *self.runner.explanations.deadlines(now)])

    async def _async_save(self) -> None:
        try:
            await self.store.async_save(self.runner.journal)
        except HomeAssistantError as error:
            if not self._behind:
                LOGGER.error("The journal of %s can't be written: %s", self.name, error)
            self._behind = True
            # Listeners read `deadline` again, which now includes the retry.
            self.async_update_listeners()
            raise JournalNotWrittenError(
                translation_domain=DOMAIN,
                translation_key="journal_not_written",
                translation_placeholders={"runner": self.name, "error": str(error)},
            ) from error
        if self._behind:
            LOGGER.info("The journal of %s can be written again", self.name)
        self._behind = self._unsaved = False

    async def _async_save_and_publish(self, events: list[Event]) -> None:
        try:
            await self._async_save()
        except JournalNotWrittenError:
            self._postpone([event for event in events if not is_red_flag(event)])
            # A red flag silences the coach at once, before any write.
            if urgent := [event for event in events if is_red_flag(event)]:
                self._publish(urgent)
            raise
        postponed, self._unfired = [*self._unfired, *events], []
        self._publish(postponed)

    @callback
    def _publish(self, events: list[Event]) -> None:
        """Publish the summary, then fire the events."""
        self.async_set_updated_data(self.runner.summary(dt_util.utcnow()))
        for event in events:
            self.async_fire(event)

    def _postpone(self, events: list[Event]) -> None:
        """Keep events until the journal is written; prompts are then decided again."""
        now = dt_util.utcnow()
        for event in events:
            if isinstance(event, SpeakPrompt):
                note_not_asked(event.prompt)(self.runner, now)
                self._next_tick = min(self._next_tick, self._deadline_at(now))
            else:
                self._unfired.append(event)


async def _unhurried[T](items: Iterable[T]) -> AsyncIterator[T]:
    """Yield items, with turns for the event loop in between."""
    since = monotonic()
    for item in items:
        yield item
        if monotonic() - since > TIME_SLICE:
            await asyncio.sleep(0)
            since = monotonic()
