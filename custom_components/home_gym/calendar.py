"""Calendar of past runs and sessions."""

from datetime import datetime, timedelta
from typing import override

from homeassistant.const import UnitOfLength
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from .data import HomeGymConfigEntry, RunnerData
from .entity import RunnerEntity
from .guarded_entity import GuardedEntity
from .gym.habits.habit import Session
from .gym.runs.fusion import FURTHEST_APART
from .gym.runs.run import Run
from .gym.speech.phrases import line
from .ha.entities import CalendarEntity, CalendarEntityDescription, CalendarEvent
from .languages import formats_of
from .permissions import Right

PARALLEL_UPDATES = 0

JOURNAL = CalendarEntityDescription(key="journal")
# A session without a duration needs some room to be visible.
UNTIMED = timedelta(minutes=5)
# A session that ends later does not overlap the period.
LONGEST_SESSION = timedelta(days=2)


async def async_setup_entry(
    hass: HomeAssistant, entry: HomeGymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the calendar."""
    async_add_entities([JournalCalendar(entry.runtime_data)])


class JournalCalendar(GuardedEntity, RunnerEntity, CalendarEntity):
    """Calendar of a runner's runs and sessions."""

    def __init__(self, gym: RunnerData) -> None:
        """Show a runner's journal, in the home's language."""
        super().__init__(gym.coordinator, JOURNAL)
        self._phrases = gym.phrases

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return the last run; it is in the past, so the calendar's state is off."""
        run = self.coordinator.runner.runs.latest()
        return self._run(run) if run else None

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the runs and sessions that overlap a period."""
        await self.async_require_of_request(Right.SEE, self.coordinator.config_entry)
        start, end = dt_util.as_utc(start_date), dt_util.as_utc(end_date)
        runs = self.coordinator.runner.runs.between(start - FURTHEST_APART, end)
        sessions = self.coordinator.runner.sessions.between(start, end + LONGEST_SESSION)
        events = [
            *(self._run(run) for run in runs if run.end > start),
            *(self._session(session) for session in sessions if _span(session)[0] < end),
        ]
        return sorted(events, key=lambda event: event.start_datetime_local)

    def _run(self, run: Run) -> CalendarEvent:
        unit = self.hass.config.units.length_unit
        shoe = self.coordinator.runner.rack.shoe_of(run)
        subentry = self.coordinator.config_entry.subentries.get(shoe) if shoe else None
        phrases = self._phrases
        formats = formats_of(self.hass, phrases)
        distance = run.distance and DistanceConverter.convert(run.distance, UnitOfLength.METERS, unit)
        return CalendarEvent(
            uid=run.id,
            start=run.start,
            end=max(run.end, run.start + timedelta(seconds=1)),
            summary=line(phrases, "calendar.run", distance=f"{formats.number(distance, 1)} {unit}")
            if distance
            else line(phrases, "calendar.run_without_distance"),
            description=subentry.title if subentry else None,
        )

    def _session(self, session: Session) -> CalendarEvent:
        start, end = _span(session)
        return CalendarEvent(
            uid=f"{session.habit}/{session.end.isoformat()}",
            start=start,
            end=end,
            summary=line(self._phrases, f"todo.{session.habit}"),
        )


def _span(session: Session) -> tuple[datetime, datetime]:
    """Return start and end of a session."""
    start = session.start if session.duration else session.end - UNTIMED
    return start, session.end
