"""The level of a treadmill, its plug's power or its belt's speed: current, future and recorded readings."""

from collections.abc import Callable, Sequence
from datetime import datetime
from math import isfinite

from sqlalchemy.exc import SQLAlchemyError

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT, UnitOfPower
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event, async_track_state_report_event
from homeassistant.helpers.recorder import get_instance
from homeassistant.util.unit_conversion import PowerConverter

from ..const import LOGGER
from ..entity_references import entity_id_of
from ..ha.recorder import state_changes_during_period

RECORDER = "recorder"

type Reading = tuple[datetime, float | None]
type Convert = Callable[[State | None], float | None]


class Meter:
    """Reads one sensor, a power sensor by default, also after a change of its entity id."""

    def __init__(self, hass: HomeAssistant, reference: str, convert: Convert | None = None) -> None:
        """Read the sensor behind an entity reference; `convert` returns the level of its state."""
        self._hass = hass
        self._reference = reference
        self._level_of = convert or watts_of

    @property
    def entity_id(self) -> str | None:
        """The sensor's current entity id, None for a removed sensor."""
        return entity_id_of(self._hass, self._reference)

    def level(self) -> float | None:
        """Return the sensor's current level, None if unknown."""
        entity_id = self.entity_id
        return self._level_of(self._hass.states.get(entity_id) if entity_id else None)

    @callback
    def async_listen(self, listener: Callable[[float | None, datetime], None]) -> CALLBACK_TYPE:
        """Call a listener with every reading from now on, and return its removal."""
        entity_id = self.entity_id
        if entity_id is None:
            return lambda: None

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            state = event.data["new_state"]
            listener(self._level_of(state), state.last_updated if state else event.time_fired)

        # A repeated value confirms that the belt has not changed.
        @callback
        def reported(event: Event[EventStateReportedData]) -> None:
            state = event.data["new_state"]
            listener(self._level_of(state), event.data["last_reported"])

        end_changes = async_track_state_change_event(self._hass, entity_id, changed)
        end_reports = async_track_state_report_event(self._hass, entity_id, reported)

        @callback
        def end() -> None:
            end_changes()
            end_reports()

        return end

    async def async_history(self, start: datetime, end: datetime) -> list[Reading]:
        """Return the sensor's readings from the recorder between two instants, none without a recorder.

        Nothing was recorded while Home Assistant was down: the last reading before that is followed by None.
        """
        entity_id = self.entity_id
        if entity_id is None or RECORDER not in self._hass.config.components:
            return []
        instance = get_instance(self._hass)
        try:
            states = await instance.async_add_executor_job(
                lambda: state_changes_during_period(
                    self._hass, start, end, entity_id, no_attributes=False, include_start_time_state=False
                )
            )
        except SQLAlchemyError as error:
            LOGGER.warning("The missed readings of %s can't be read: %s", entity_id, error)
            return []
        reports = [(state.last_updated, self._level_of(state)) for state in states.get(entity_id, [])]
        return with_gap(reports, start, instance.recorder_runs_manager.recording_start)


def with_gap(reports: Sequence[Reading], start: datetime, recording: datetime) -> list[Reading]:
    """Return readings since an instant, with a None after the last one before the current recording began."""
    if recording <= start:
        return list(reports)
    before = [report for report in reports if report[0] < recording]
    last = before[-1][0] if before else start
    return [*before, (last, None), *reports[len(before) :]]


def watts_of(state: State | None) -> float | None:
    """Return the watts of a state, None if it is not a power."""
    if state is None:
        return None
    try:
        figure = float(state.state)
    except ValueError:
        return None
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT, UnitOfPower.WATT)
    if not isfinite(figure) or unit not in PowerConverter.VALID_UNITS:
        return None
    return PowerConverter.convert(figure, unit, UnitOfPower.WATT)
