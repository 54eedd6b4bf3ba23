"""Descriptions of the sensors of a runner and of a pair, with their fields in the read model."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from homeassistant.components.sensor import SensorDeviceClass, SensorEntityDescription, SensorStateClass
from homeassistant.const import PERCENTAGE, UnitOfLength, UnitOfPower, UnitOfTime

from .gym.back.pain_history import Trend
from .gym.back.state import BackState
from .gym.habits.habit import Habit
from .gym.runs.activity import Surface
from .gym.runs.load import Hint
from .gym.runs.run_figures import ZONES, RunFigures
from .gym.shoes.shoe import Wear
from .gym.summary import Summary

type Value = date | datetime | float | str | None

NOTHING_DUE = "none"
NO_HINT = "none"
BEATS = "bpm"


@dataclass(frozen=True, kw_only=True)
class RunnerSensorDescription(SensorEntityDescription):
    """Description of a runner's sensor, with its value and its attributes in the summary."""

    value_fn: Callable[[Summary], Value]
    attributes_fn: Callable[[Summary], dict[str, Value | list[str]]] | None = None


@dataclass(frozen=True, kw_only=True)
class ShoeSensorDescription(SensorEntityDescription):
    """Description of a pair's sensor, with its value in the wear."""

    value_fn: Callable[[Wear], Value]


def _last(habit: Habit) -> RunnerSensorDescription:
    return RunnerSensorDescription(
        key=f"last_{habit}",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda summary: summary.last_session[habit],
    )


def _rare(
    key: str, value_fn: Callable[[Summary], Value], *, unit: str | None = None, precision: int = 0
) -> RunnerSensorDescription:
    return RunnerSensorDescription(
        key=key,
        native_unit_of_measurement=unit,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=precision,
        entity_registry_enabled_default=False,
        value_fn=value_fn,
    )


def _figure(
    key: str, value_fn: Callable[[RunFigures], float | None], *, unit: str | None = None, precision: int = 0
) -> RunnerSensorDescription:
    return _rare(key, lambda summary: value_fn(summary.last_run.figures), unit=unit, precision=precision)


def _length(key: str, value_fn: Callable[[RunFigures], float | None], *, precision: int = 0) -> RunnerSensorDescription:
    return replace(
        _figure(key, value_fn, unit=UnitOfLength.METERS, precision=precision), device_class=SensorDeviceClass.DISTANCE
    )


def _zone(number: int) -> RunnerSensorDescription:
    return RunnerSensorDescription(
        key=f"last_run_zone_{number}",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_registry_enabled_default=False,
        value_fn=lambda summary: summary.last_run.figures.zone(number),
    )


def _minutes(key: str, value_fn: Callable[[Summary], Value]) -> RunnerSensorDescription:
    return RunnerSensorDescription(
        key=key,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=value_fn,
    )


def _share(summary: Summary, surface: Surface) -> float | None:
    """Return a surface's share of the recent distance in per cent."""
    return summary.load.surfaces[surface] if summary.load.surfaces else None


USUAL = (
    RunnerSensorDescription(
        key="last_run",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda summary: summary.last_run.start,
    ),
    RunnerSensorDescription(
        key="last_run_distance",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=lambda summary: summary.last_run.distance,
    ),
    RunnerSensorDescription(
        key="last_run_duration",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda summary: summary.last_run.duration,
    ),
    RunnerSensorDescription(
        key="last_run_cadence",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda summary: summary.last_run.cadence,
    ),
    *(
        _last(habit)
        for habit in (Habit.WARM_UP, Habit.COOL_DOWN, Habit.CORE, Habit.STRETCH, Habit.FOAM_ROLL, Habit.WALK)
    ),
    RunnerSensorDescription(
        key="core_streak",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda summary: summary.core_streak,
        attributes_fn=lambda summary: {"best": summary.core_best, "forgiven_week": summary.forgiven_week},
    ),
    RunnerSensorDescription(
        key="core_sessions_this_week",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda summary: summary.core_sessions_this_week,
    ),
    RunnerSensorDescription(
        key="stretch_streak",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.DAYS,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda summary: summary.stretch_streak,
        attributes_fn=lambda summary: {"best": summary.stretch_best},
    ),
    RunnerSensorDescription(
        key="weekly_distance",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda summary: summary.weekly_distance,
    ),
    RunnerSensorDescription(
        key="weekly_distance_change",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda summary: summary.weekly_distance_change,
    ),
    RunnerSensorDescription(
        key="wise_distance",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_display_precision=1,
        value_fn=lambda summary: summary.wise.distance if summary.wise else None,
    ),
    _minutes("walking_this_week", lambda summary: summary.walking.minutes if summary.walking else None),
    _minutes("walking_goal", lambda summary: summary.walking.goal if summary.walking else None),
    RunnerSensorDescription(
        key="days_since_rest",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.DAYS,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda summary: summary.days_since_rest,
    ),
    RunnerSensorDescription(
        key="back_pain",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda summary: summary.pain.latest,
    ),
    RunnerSensorDescription(
        key="back_state",
        device_class=SensorDeviceClass.ENUM,
        options=list(BackState),
        value_fn=lambda summary: summary.back.state,
    ),
    RunnerSensorDescription(
        key="function_score",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda summary: summary.function_score,
    ),
    RunnerSensorDescription(
        key="load_hint",
        device_class=SensorDeviceClass.ENUM,
        options=[*Hint, NO_HINT],
        value_fn=lambda summary: next(iter(summary.load.hints), NO_HINT),
    ),
    RunnerSensorDescription(
        key="habits_due",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda summary: len(summary.due),
        attributes_fn=lambda summary: {"habits": [str(habit) for habit in summary.due]},
    ),
    RunnerSensorDescription(
        key="next_habit",
        device_class=SensorDeviceClass.ENUM,
        options=[*Habit, NOTHING_DUE],
        value_fn=lambda summary: summary.next_habit or NOTHING_DUE,
    ),
)

HEALTH_SENSORS = {"back_pain", "back_state", "function_score"}
"""Keys of sensors that are opt-in where more than one person uses the home; the rare ones are anyway."""

# Sensors for a few users, disabled at first.
RARE = (
    _rare("pain_days", lambda summary: summary.pain.days, unit=UnitOfTime.DAYS),
    RunnerSensorDescription(
        key="pain_trend",
        device_class=SensorDeviceClass.ENUM,
        options=list(Trend),
        entity_registry_enabled_default=False,
        value_fn=lambda summary: summary.pain.trend,
    ),
    _rare("longest_run_change", lambda summary: summary.load.longest_run, unit=PERCENTAGE),
    _rare("monotony", lambda summary: summary.load.monotony, precision=1),
    _rare("weekly_impulse", lambda summary: summary.load.impulse),
    _rare("weekly_session_load", lambda summary: summary.load.session_load),
    _rare("treadmill_share", lambda summary: _share(summary, Surface.TREADMILL), unit=PERCENTAGE),
    _rare("trail_share", lambda summary: _share(summary, Surface.TRAIL), unit=PERCENTAGE),
    _rare("cadence_in_band", lambda summary: summary.form.in_band, unit=PERCENTAGE),
    _rare("cadence_fade", lambda summary: summary.form.fade, unit=PERCENTAGE, precision=1),
    RunnerSensorDescription(
        key="vertical_oscillation",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_unit_of_measurement=UnitOfLength.CENTIMETERS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        entity_registry_enabled_default=False,
        value_fn=lambda summary: summary.form.vertical_oscillation,
    ),
    RunnerSensorDescription(
        key="ground_contact_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MILLISECONDS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_registry_enabled_default=False,
        value_fn=lambda summary: summary.form.ground_contact_time,
    ),
    _rare("ground_contact_balance", lambda summary: summary.form.ground_contact_balance, unit=PERCENTAGE, precision=1),
    _length("last_run_ascent", lambda figures: figures.ascent),
    _length("last_run_descent", lambda figures: figures.descent),
    _length("last_run_step_length", lambda figures: figures.step_length, precision=2),
    _figure("last_run_vertical_ratio", lambda figures: figures.vertical_ratio, unit=PERCENTAGE, precision=1),
    RunnerSensorDescription(
        key="last_run_power",
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_registry_enabled_default=False,
        value_fn=lambda summary: summary.last_run.figures.power,
    ),
    _figure("last_run_heart_rate", lambda figures: figures.heart_rate, unit=BEATS),
    _figure("last_run_max_heart_rate", lambda figures: figures.max_heart_rate, unit=BEATS),
    *(_zone(number) for number in range(1, ZONES + 1)),
    _figure("last_run_training_load", lambda figures: figures.training_load),
    _figure("last_run_aerobic_effect", lambda figures: figures.aerobic_effect, precision=1),
    _figure("last_run_anaerobic_effect", lambda figures: figures.anaerobic_effect, precision=1),
    _figure("last_run_perceived_exertion", lambda figures: figures.perceived_exertion),
    _figure("last_run_session_load", lambda figures: figures.session_load),
    _figure("last_run_feel", lambda figures: figures.feel, unit=PERCENTAGE),
    _figure("resting_heart_rate", lambda figures: figures.runner_resting_heart_rate, unit=BEATS),
    _figure("maximum_heart_rate", lambda figures: figures.runner_max_heart_rate, unit=BEATS),
)

RUNNER_SENSORS = (*USUAL, *RARE)
SHOE_SENSORS = (
    ShoeSensorDescription(
        key="distance",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=1,
        value_fn=lambda wear: wear.distance,
    ),
    ShoeSensorDescription(
        key="remaining",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=lambda wear: wear.remaining,
    ),
    ShoeSensorDescription(
        key="wear",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda wear: wear.share,
    ),
    ShoeSensorDescription(
        key="replace_by",
        device_class=SensorDeviceClass.DATE,
        value_fn=lambda wear: wear.replace_by,
    ),
    ShoeSensorDescription(
        key="last_used",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda wear: wear.last_used,
    ),
)
