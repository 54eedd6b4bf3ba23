"""Owns one Runner, and takes what people, watches and treadmills tell of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import date, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, Unpack

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import service
from homeassistant.util import dt as dt_util

from .const import DOMAIN, SUBENTRY_SHOE
from .gym.back.pain import PainDetails
from .gym.back.patterns import patterns_in
from .gym.back.report import BackReport
from .gym.bounds import seen
from .gym.coaching.replies import PromptReplies
from .gym.events import Event
from .gym.habits.habit import Habit
from .gym.prompts.prompt import Prompt, PromptTrigger
from .gym.prompts.topic import NonHabitTopic, Topic
from .gym.recordings.symptom import Symptom
from .gym.runs.activity import Activity
from .gym.runs.corrections import Correction
from .gym.runs.run import Run
from .gym.speech.phrases import Phrases
from .keeper import RunnerKeeper

if TYPE_CHECKING:
    from .importer import Importer
    from .routines.routine_clock import Routines

# Seconds of work in a row before everybody else has a turn.
TIME_SLICE = 0.003

type HomeGymConfigEntry = ConfigEntry[HomeGymCoordinator]
type ReplyHandler = Callable[[PromptReplies, Prompt, datetime], list[Event]]


class HomeGymCoordinator(RunnerKeeper):
    """All that can be done to one runner, and looked up that isn't on show."""

    config_entry: HomeGymConfigEntry
    importer: Importer
    phrases: Phrases
    routines: Routines

    @property
    def shoes(self) -> list[ConfigSubentry]:
        """The subentries of the pairs that the runner knows; one that was added a moment ago may not be among them."""
        shoes = self.config_entry.get_subentries_of_type(SUBENTRY_SHOE)
        return [shoe for shoe in shoes if shoe.subentry_id in self.data.shoes]

    async def async_deliver(self, activities: Iterable[Activity], *, live: bool) -> None:
        """Take activities that a source saw, as `Deliveries.learn` does.

        However many there are, nobody else waits for long. Raises ValueError before anything is kept.
        """
        async with self._change() as events:
            now = dt_util.utcnow()
            told = [self.runner.arrivals.delivery(one, now=now, live=live) async for one in _unhurried(activities)]
            async for delivery in _unhurried(told):
                events.extend(self.runner.arrivals.take(delivery))

    async def async_log_session(
        self, habit: Habit, *, end: datetime | None = None, duration: float | None = None
    ) -> None:
        """Log that a habit was done; see `ManualEntries.log_session`."""
        async with self._change() as events:
            events.extend(self.runner.by_hand.log_session(habit, now=dt_util.utcnow(), end=end, duration=duration))

    async def async_report_pain(self, score: float, **said: Unpack[PainDetails]) -> None:
        """Take how much the back hurts; see `ManualEntries.report_pain`."""
        async with self._change() as events:
            events.extend(self.runner.by_hand.report_pain(score, now=dt_util.utcnow(), **said))

    async def async_check_in(self, score: float) -> None:
        """Take the answer to how the back feels, once; raises NothingToAnswerError where nothing waits for one."""
        now = dt_util.utcnow()
        async with self._change() as events:
            self.runner.answering.meant(now, NonHabitTopic.CHECK_IN)
            events.extend(self.runner.by_hand.report_pain(score, now=now))

    async def async_report_symptoms(self, symptoms: Iterable[Symptom]) -> None:
        """Take the pain that a source was told of; telling it twice is harmless."""
        now = dt_util.utcnow()
        async with self._change() as events:
            for each in symptoms:
                events.extend(
                    self.runner.by_hand.report_pain(each.score, now=now, at=each.at, area=each.area, source=each.source)
                )

    async def async_acknowledge_advice(self) -> None:
        """Take note that the runner knows of the advice to see a professional."""
        async with self._change():
            self.runner.by_hand.acknowledge_advice(dt_util.utcnow())

    async def async_back_report(self) -> BackReport:
        """Return what to take along to a professional; patterns are looked for where nobody waits for it."""
        now = dt_util.utcnow()
        patterns = await self.hass.async_add_executor_job(patterns_in, self.runner.diary(now))
        return self.runner.back_report(now, patterns)

    async def async_log_run(self, *, start: datetime, moving_time: float, distance: float | None) -> Run:
        """Log a run that nothing recorded; see `ManualEntries.log_run`."""
        async with self._change() as events:
            run, told = self.runner.by_hand.log_run(
                start=start, moving_time=moving_time, distance=distance, now=dt_util.utcnow()
            )
            events.extend(told)
        return run

    async def async_correct(self, run: str, *, start: datetime | None = None, **said: Any) -> None:
        """Take a person's word on a run; see `Correction` and `ManualEntries.correct`."""
        day = self.runner.settings.calendar.day_of(seen(start)) if start else None
        async with self._change() as events:
            correction = Correction(activity=run, at=dt_util.utcnow(), start=start, day=day, **said)
            events.extend(self.runner.by_hand.correct(correction))

    async def async_undo_last(self) -> None:
        """Take back what was logged last; raises NothingToUndoError."""
        async with self._change() as events:
            events.extend(self.runner.by_hand.undo_last())

    async def async_choose_shoe(self, shoe: str) -> None:
        """Choose the pair that the next run counts for."""
        async with self._change():
            self.runner.choose_shoe(shoe)

    async def async_allow_voice(self, allowed: bool) -> None:
        """Let the coach speak, or not."""
        async with self._change():
            self.runner.allow_voice(allowed)

    async def async_occur(self, occasion: PromptTrigger) -> None:
        """Take note of what calls for a habit."""
        async with self._change():
            self.runner.add_trigger(occasion)

    async def async_start_run(self, treadmill: str, start: datetime, *, tell: bool) -> None:
        """Take note that the runner runs on a treadmill; `tell` is False where that was said before."""
        async with self._change() as events:
            started = self.runner.start_run(treadmill, start)
            events.extend(started if tell else [])

    async def async_end_run(self, treadmill: str) -> None:
        """Take note that the runner runs there no more."""
        async with self._change():
            self.runner.end_run(treadmill)

    async def async_withdraw(self, activities: Iterable[str]) -> None:
        """Forget activities that were somebody else's."""
        async with self._change() as events:
            for activity in activities:
                events.extend(self.runner.arrivals.withdraw(activity))

    async def async_ask_for(self, habit: Habit) -> None:
        """Ask for a habit now, because somebody wants it."""
        now = dt_util.utcnow()
        async with self._change():
            self.runner.add_trigger(PromptTrigger(id=f"asked/{now.isoformat()}", habit=habit, at=now, asked=True))

    async def async_snooze(self, topic: Topic | None = None) -> None:
        """Ask later for what was asked for last, or for this; raises NothingToAnswerError."""
        await self._answer(PromptReplies.snooze, topic)

    async def async_settle(self, topic: Topic | None = None) -> None:
        """Count what was asked for last, or this, as done, where no session tells; raises NothingToAnswerError."""
        await self._answer(PromptReplies.settle, topic)

    async def async_decline(self, topic: Topic | None = None) -> None:
        """Let be what was asked for last, or this; raises NothingToAnswerError."""
        await self._answer(PromptReplies.decline, topic)

    async def async_rest(self, *, start: date | None, end: date | None) -> None:
        """Begin a rest period, today unless a day is given; see `ManualEntries.rest`."""
        now = dt_util.utcnow()
        async with self._change():
            self.runner.by_hand.rest(start=start or self.runner.settings.calendar.day_of(now), end=end, now=now)

    async def async_end_rest(self) -> None:
        """End the rest period: today is a day of training again."""
        async with self._change():
            self.runner.by_hand.end_rest(dt_util.utcnow())

    async def async_prompt_spoken(self, prompt: Prompt) -> None:
        """Note that the runner was asked."""
        async with self._change() as events:
            events.append(self.runner.answering.spoken(prompt, now=dt_util.utcnow()))

    async def async_prompt_not_spoken(self, prompt: Prompt) -> None:
        """Note that a channel failed."""
        async with self._change():
            self.runner.answering.not_spoken(prompt, now=dt_util.utcnow())

    async def async_prompt_not_asked(self, prompt: Prompt) -> None:
        """Note that it came to no attempt, for nothing may be asked by now."""
        async with self._change():
            self.runner.answering.not_asked(prompt, now=dt_util.utcnow())

    async def _answer(self, answer: ReplyHandler, topic: Topic | None) -> None:
        now, answering = dt_util.utcnow(), self.runner.answering
        async with self._change() as events:
            events.extend(answer(answering, answering.meant(now, topic), now))


async def _unhurried[T](items: Iterable[T]) -> AsyncIterator[T]:
    """Give items to work on, with a turn for everybody else in between."""
    since = monotonic()
    for item in items:
        yield item
        if monotonic() - since > TIME_SLICE:
            await asyncio.sleep(0)
            since = monotonic()


@callback
def async_runner(hass: HomeAssistant, entry_id: str) -> HomeGymCoordinator:
    """Return the coordinator of a runner's entry.

    Raises ServiceValidationError for an entry that isn't there, isn't loaded, or is no runner's.
    """
    entry: HomeGymConfigEntry = service.async_get_config_entry(hass, DOMAIN, entry_id)
    if not isinstance(entry.runtime_data, HomeGymCoordinator):
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="no_runner", translation_placeholders={"entry": entry.title}
        )
    return entry.runtime_data
