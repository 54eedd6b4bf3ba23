"""The figures of a treadmill that another integration shows as entities, in metres, seconds and metres a second."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from math import isfinite

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT, PERCENTAGE, UnitOfLength, UnitOfSpeed, UnitOfTime
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
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import (
    BaseUnitConverter,
    DistanceConverter,
    DurationConverter,
    SpeedConverter,
)

from ..entity_references import entity_id_of
from ..gym.treadmill.beside import steps_a_minute
from ..gym.treadmill.ftms import TreadmillData
from ..gym.treadmill.presets import BeltFigure
from ..gym.treadmill.quirks import Quirk
from ..gym.treadmill.signal import BeltSignal
from .settings import BY_SPEED

# States of a belt that stands still, whatever its speed says.
STILL = frozenset(
    {"disconnected", "finished", "idle", "off", "paused", "post_workout", "standby", "stopped", "stopping"}
)
CONVERTERS: Mapping[BeltFigure, tuple[type[BaseUnitConverter], str]] = {
    BeltFigure.SPEED: (SpeedConverter, UnitOfSpeed.METERS_PER_SECOND),
    BeltFigure.DISTANCE: (DistanceConverter, UnitOfLength.METERS),
    BeltFigure.TIME: (DurationConverter, UnitOfTime.SECONDS),
}


class BeltEntities:
    """Reads the entities of one treadmill, also after a change of their entity ids."""

    def __init__(self, hass: HomeAssistant, references: Mapping[BeltFigure, str]) -> None:
        """Read the entities behind references, by the figure of each."""
        self._hass = hass
        self._references = references

    @property
    def entity_ids(self) -> dict[BeltFigure, str]:
        """The current entity ids, without those of removed entities."""
        found = {figure: entity_id_of(self._hass, reference) for figure, reference in self._references.items()}
        return {figure: entity_id for figure, entity_id in found.items() if entity_id}

    def data(self) -> TreadmillData:
        """Return the current figures; an unknown one is None."""
        states = {figure: self._hass.states.get(entity_id) for figure, entity_id in self.entity_ids.items()}
        speed = figure_of(states, BeltFigure.SPEED)
        state = states.get(BeltFigure.STATE)
        if speed and state and state.state.casefold() in STILL:
            speed = 0.0
        cadence = figure_of(states, BeltFigure.CADENCE)
        is_running = speed is not None and BY_SPEED.run is not None and speed >= BY_SPEED.run
        return TreadmillData(
            speed=speed,
            total_distance=figure_of(states, BeltFigure.DISTANCE),
            elapsed_time=figure_of(states, BeltFigure.TIME),
            inclination=figure_of(states, BeltFigure.INCLINE),
            heart_rate=figure_of(states, BeltFigure.HEART_RATE) or None,
            cadence=None if cadence is None else steps_a_minute(cadence, is_running=is_running),
        )

    @callback
    def async_listen(self, listener: Callable[[BeltFigure, datetime], None]) -> CALLBACK_TYPE:
        """Call a listener with each reported figure and the time of the report, and return its removal."""
        figures = {entity_id: figure for figure, entity_id in self.entity_ids.items()}

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            state = event.data["new_state"]
            listener(figures[event.data["entity_id"]], state.last_updated if state else event.time_fired)

        # A repeated value confirms that the belt has not changed.
        @callback
        def reported(event: Event[EventStateReportedData]) -> None:
            listener(figures[event.data["entity_id"]], event.data["last_reported"])

        ends = [
            async_track_state_change_event(self._hass, figures, changed),
            async_track_state_report_event(self._hass, figures, reported),
        ]

        @callback
        def end() -> None:
            for each in ends:
                each()

        return end


def figure_of(states: Mapping[BeltFigure, State | None], figure: BeltFigure) -> float | None:
    """Return a figure of a belt from the state of its entity, None if it isn't one."""
    state = states.get(figure)
    if state is None:
        return None
    number = _number(state.state, is_time=figure is BeltFigure.TIME)
    if number is None or figure not in CONVERTERS:
        return number
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    converter, ours = CONVERTERS[figure]
    if ":" in state.state:
        return number
    return converter.convert(number, unit, ours) if unit in converter.VALID_UNITS else None


def corrected_speed(quirks: Collection[Quirk], state: State | None) -> float | None:
    """Return the metres a second of a state of a treadmill with quirks, None if it is not a speed."""
    speed = figure_of({BeltFigure.SPEED: state}, BeltFigure.SPEED)
    at = state.last_updated if state else dt_util.utcnow()
    return BeltSignal(quirks).take(TreadmillData(speed=speed), at).speed


def has_unit(state: State, figure: BeltFigure) -> bool:
    """Return whether an entity has a unit of the figure that it is to show."""
    if figure in CONVERTERS:
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        return unit in CONVERTERS[figure][0].VALID_UNITS or (figure is BeltFigure.TIME and ":" in state.state)
    return figure is not BeltFigure.INCLINE or state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) == PERCENTAGE


def _number(text: str, *, is_time: bool) -> float | None:
    """Return the number of a state; a time may be written as hours, minutes and seconds."""
    if is_time and ":" in text:
        parsed = dt_util.parse_duration(text)
        return parsed.total_seconds() if parsed else None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
