"""Planned runs from a calendar and from services.

The coach asks for the warm-up some minutes before a run, or in the morning of a day without a time.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..component import OnUnload
from ..const import CONF_PLANNED, LOGGER, SUBENTRY_SOURCE
from ..coordinator import JournalNotWrittenError
from ..data import RunnerData
from ..deadline import Deadline
from ..entity_references import entity_id_of
from ..gym import verbs
from ..gym.habits.habit import Habit
from ..gym.integrations.service_model import PlannedWorkout
from ..gym.prompts.planned_run import is_planned_run
from ..gym.prompts.prompt import PromptTrigger
from ..gym.speech.phrases import line
from ..options import options_of
from ..options.coach import CALENDAR as CALENDAR_OPTION, PLANNED_WORDS, WARM_UP_LEAD

CALENDAR_POLL_INTERVAL = timedelta(minutes=5)
CALENDAR = "calendar"
# A run without a time is asked about in the morning, or a little later after a restart.
MORNING_LASTS = timedelta(hours=2)
LONGEST_EVENT_IN_DAYS = 366


class PlannedRuns:
    """Planned runs of one runner."""

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Plan for a runner."""
        self._hass = hass
        self._gym = gym
        self._events: list[dict[str, Any]] = []
        self._of_services: dict[str, Sequence[PlannedWorkout]] = {}
        self._starts: list[datetime] = []
        self._deadline = Deadline(hass, self._async_ask)
        self._fails = False
        self._end_of_polls: CALLBACK_TYPE | None = None

    @property
    def _options(self) -> dict[str, Any]:
        return options_of(self._hass, self._gym.entry.options)

    @property
    def _before(self) -> timedelta:
        before: timedelta = WARM_UP_LEAD.of(self._options)
        return before

    @property
    def _words(self) -> Any:
        return PLANNED_WORDS.of(self._options) or line(self._gym.phrases, "planned.words")

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start polling, and follow the changes of calendar, words and services."""
        on_unload(self._gym.changes.async_listen(self._async_follow))
        on_unload(self._async_end)
        self._async_begin()

    async def _async_follow(self) -> None:
        self._async_end()
        sources = {source.subentry_id for source in self._gym.entry.get_subentries_of_type(SUBENTRY_SOURCE)}
        self._of_services = {source: plans for source, plans in self._of_services.items() if source in sources}
        self._events, self._starts = [], []
        self._async_begin()

    @callback
    def _async_begin(self) -> None:
        """Begin to poll, if a calendar or a service with planned runs is chosen."""
        entry = self._gym.entry
        plans = any(source.data.get(CONF_PLANNED) for source in entry.get_subentries_of_type(SUBENTRY_SOURCE))
        if CALENDAR_OPTION.key in entry.options or plans:
            self._end_of_polls = async_track_time_interval(self._hass, self._async_poll, CALENDAR_POLL_INTERVAL)
            self._poll_soon()

    @callback
    def _async_end(self) -> None:
        self._deadline.async_cancel()
        if self._end_of_polls:
            self._end_of_polls()
            self._end_of_polls = None

    @callback
    def async_take(self, source: str, planned: Sequence[PlannedWorkout]) -> None:
        """Take the planned runs of a service, in place of those that it had before."""
        self._of_services[source] = planned
        self._poll_soon()

    @callback
    def _poll_soon(self) -> None:
        entry = self._gym.entry
        entry.async_create_background_task(self._hass, self._async_poll(dt_util.utcnow()), f"{entry.title}: calendar")

    async def _async_poll(self, now: datetime) -> None:
        """Read the planned runs of the near future."""
        if CALENDAR_OPTION.key in self._gym.entry.options:
            await self._async_read_calendar(now)
        planned = [each for plans in self._of_services.values() for each in plans]
        soon = now + self._before + 2 * CALENDAR_POLL_INTERVAL
        timed = {dt_util.as_utc(each.start) for each in planned if not each.is_of_day}
        starts = {*starts_of(self._events), *timed}
        self._starts = sorted(start for start in starts if now < start <= soon)
        self._set_deadline(now)
        if dt_util.as_local(now).date() in days_of(self._events) | {
            each.start.date() for each in planned if each.is_of_day
        }:
            await self._async_ask_in_the_morning(now)

    async def _async_read_calendar(self, now: datetime) -> None:
        """Read the near future of the chosen calendar; after a failure the last answer stays."""
        entity_id = entity_id_of(self._hass, self._gym.entry.options[CALENDAR_OPTION.key])
        if entity_id is None:
            self._events = []
            return
        period = {
            "start_date_time": now.isoformat(),
            "end_date_time": (now + self._before + 2 * CALENDAR_POLL_INTERVAL).isoformat(),
        }
        try:
            answer: Any = await self._hass.services.async_call(
                CALENDAR, "get_events", {"entity_id": entity_id, **period}, blocking=True, return_response=True
            )
        except HomeAssistantError as error:
            if not self._fails:
                LOGGER.warning("%s can't be read for now: %s", entity_id, error)
            self._fails = True
            return
        self._fails = False
        self._events = [event for event in answer[entity_id]["events"] if self._is_run(event)]

    def _is_run(self, event: dict[str, Any]) -> bool:
        return is_planned_run(str(event.get("summary", "")), self._words)

    async def _async_ask_in_the_morning(self, now: datetime) -> None:
        """Ask for the warm-up before a run without a time, once on the morning of its day."""
        runner = self._gym.runner
        today = runner.settings.calendar.day_of(now)
        wall = runner.settings.prompts.check_in_at
        morning = runner.silence.may_speak_from(runner.settings.calendar.instant_of(wall, today))
        if morning <= now < morning + MORNING_LASTS:
            await self._async_trigger(f"planned/{today.isoformat()}", now)

    def _set_deadline(self, now: datetime) -> None:
        """Set the timer to the next planned run's warm-up."""
        self._deadline.async_set(max(self._starts[0] - self._before, now) if self._starts else None)

    async def _async_ask(self, now: datetime) -> None:
        """Ask for the warm-up before every run of the near future."""
        soon = [start for start in self._starts if start - self._before <= now]
        self._starts = [start for start in self._starts if start not in soon]
        self._set_deadline(now)
        for start in soon:
            await self._async_trigger(f"planned/{start.isoformat()}", now)

    async def _async_trigger(self, name: str, now: datetime) -> None:
        trigger = PromptTrigger(id=name, habit=Habit.WARM_UP, at=now)
        with suppress(JournalNotWrittenError):
            await self._gym.coordinator.async_apply(verbs.add_trigger(trigger))


def starts_of(events: Iterable[dict[str, Any]]) -> list[datetime]:
    """Return the starts of a calendar's events, without all-day events."""
    starts = (dt_util.parse_datetime(str(event.get("start"))) for event in events if "T" in str(event.get("start")))
    return sorted({dt_util.as_utc(start) for start in starts if start})


def days_of(events: Iterable[dict[str, Any]]) -> set[date]:
    """Return the days of the all-day events of a calendar, the last of which is the one before its end."""
    days: set[date] = set()
    for event in events:
        first = dt_util.parse_date(str(event.get("start")))
        if first is None:
            continue
        end = dt_util.parse_date(str(event.get("end"))) or first + timedelta(days=1)
        days |= {first + timedelta(days=number) for number in range(min((end - first).days, LONGEST_EVENT_IN_DAYS))}
    return days
