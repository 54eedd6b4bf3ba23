"""The power of a treadmill's smart plug: what its sensor says now, said from now on, and said while nobody listened."""

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

type PowerReading = tuple[datetime, float | None]


class Meter:
    """Reads one power sensor, whatever it is called today."""

    def __init__(self, hass: HomeAssistant, reference: str) -> None:
        """Read the sensor that a reference stands for."""
        self._hass = hass
        self._reference = reference

    @property
    def entity_id(self) -> str | None:
        """What the sensor is called today, None where it is gone."""
        return entity_id_of(self._hass, self._reference)

    def watts(self) -> float | None:
        """Return what the sensor says now, None where it says nothing."""
        entity_id = self.entity_id
        return watts_of(self._hass.states.get(entity_id) if entity_id else None)

    @callback
    def async_listen(self, listener: Callable[[float | None, datetime], None]) -> CALLBACK_TYPE:
        """Call a listener with all that the sensor says from now on, and return what ends that."""
        entity_id = self.entity_id
        if entity_id is None:
            return lambda: None

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            state = event.data["new_state"]
            listener(watts_of(state), state.last_updated if state else event.time_fired)

        # A plug that says the same again still says that the belt hasn't changed.
        @callback
        def reported(event: Event[EventStateReportedData]) -> None:
            state = event.data["new_state"]
            listener(watts_of(state), event.data["last_reported"])

        end_changes = async_track_state_change_event(self._hass, entity_id, changed)
        end_reports = async_track_state_report_event(self._hass, entity_id, reported)

        @callback
        def end() -> None:
            end_changes()
            end_reports()

        return end

    async def async_history(self, start: datetime, end: datetime) -> list[PowerReading]:
        """Return what the recorder has of the sensor between two instants, nothing where there is no recorder.

        Nobody recorded while Home Assistant was down: what came last before that is followed by None.
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
            LOGGER.warning("What %s said meanwhile cannot be looked up: %s", entity_id, error)
            return []
        reports = [(state.last_updated, watts_of(state)) for state in states.get(entity_id, [])]
        return with_gap(reports, start, instance.recorder_runs_manager.recording_start)


def with_gap(reports: Sequence[PowerReading], start: datetime, recording: datetime) -> list[PowerReading]:
    """Return reports since an instant with a None after the last of those from before the present recording began."""
    if recording <= start:
        return list(reports)
    before = [report for report in reports if report[0] < recording]
    last = before[-1][0] if before else start
    return [*before, (last, None), *reports[len(before) :]]


def watts_of(state: State | None) -> float | None:
    """Return the watts that a state stands for, None where it stands for none."""
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
