"""The entities of treadmills as other integrations register them, and the figures found among them."""

import pytest

from custom_components.home_gym.gym.treadmill.presets import BeltFigure, DeviceEntity, figures_of, is_treadmill_device

type Row = tuple[str, str, str | None]

# Entities by key and unit, as each integration's own code registers them.
HASS_WALKINGPAD: list[Row] = [
    ("sensor", "AA:BB-walkingpad_distance", "km"),
    ("sensor", "AA:BB-walkingpad_steps", "steps"),
    ("sensor", "AA:BB-walkingpad_duration_minutes", "min"),
    ("sensor", "AA:BB-walkingpad_duration_hours", "h"),
    ("sensor", "AA:BB-walkingpad_duration_days", "d"),
    ("sensor", "AA:BB-walkingpad_current_speed", "km/h"),
    ("sensor", "AA:BB-walkingpad_state", None),
    ("sensor", "AA:BB-walkingpad_mode", None),
    ("number", "AA:BB-walkingpad_speed", "km/h"),
]
KINGSMITH: list[Row] = [
    ("sensor", "AA:BB_speed", "km/h"),
    ("sensor", "AA:BB_distance", "m"),
    ("sensor", "AA:BB_energy", "kcal"),
    ("sensor", "AA:BB_steps", "steps"),
    ("sensor", "AA:BB_elapsed_time_formatted", None),
]
WALKINGPAD: list[Row] = [
    ("sensor", "AA:BB_state", None),
    ("sensor", "AA:BB_mode", None),
    ("sensor", "AA:BB_speed_feedback", "km/h"),
    ("sensor", "AA:BB_distance", "km"),
    ("sensor", "AA:BB_duration", "s"),
    ("number", "AA:BB_target_speed", "km/h"),
]
LIFETIME_WALKINGPAD: list[Row] = [
    ("sensor", "01ENTRY_speed", "km/h"),
    ("sensor", "01ENTRY_daily_distance", "km"),
    ("sensor", "01ENTRY_monthly_distance", "km"),
    ("sensor", "01ENTRY_total_distance", "km"),
    ("sensor", "01ENTRY_total_time", "s"),
    ("sensor", "01ENTRY_daily_time", "s"),
]
FTMS: list[Row] = [
    ("sensor", "AA:BB-speed_average", "km/h"),
    ("sensor", "AA:BB-speed_instant", "km/h"),
    ("sensor", "AA:BB-distance_total", "m"),
    ("sensor", "AA:BB-time_elapsed", "s"),
    ("sensor", "AA:BB-time_remaining", "s"),
    ("sensor", "AA:BB-elevation_gain_positive", "m"),
    ("sensor", "AA:BB-inclination", "%"),
    ("sensor", "AA:BB-step_rate_average", "min⁻¹"),
    ("sensor", "AA:BB-step_rate_instant", "min⁻¹"),
    ("sensor", "AA:BB-heart_rate", "bpm"),
]
QDOMYOS: list[Row] = [
    ("sensor", "qz_default_speed_current", "km/h"),
    ("sensor", "qz_default_speed_avg", "km/h"),
    ("sensor", "qz_default_distance", "km"),
    ("sensor", "qz_default_elapsed_time", "min"),
    ("sensor", "qz_default_heart_current", "bpm"),
    ("sensor", "qz_default_heart_avg", "bpm"),
    ("sensor", "qz_default_watts_current", "W"),
    ("sensor", "qz_default_elevation", "m"),
    ("binary_sensor", "qz_default_paused", None),
    ("sensor", "qz_default_treadmill_inclination", "%"),
    ("sensor", "qz_default_treadmill_cadence", "spm"),
    ("sensor", "qz_default_stride_length", "cm"),
    ("number", "qz_default_treadmill_speed", "km/h"),
]
QDOMYOS_BIKE = [row for row in QDOMYOS if "treadmill" not in row[1]]
NORDICTRACK: list[Row] = [
    ("sensor", "nordictrack_treadmill_speed", "mph"),
    ("sensor", "nordictrack_treadmill_incline", "%"),
    ("sensor", "nordictrack_treadmill_distance", "mi"),
    ("sensor", "nordictrack_treadmill_time", "s"),
    ("sensor", "nordictrack_treadmill_status", None),
]
# An ESPHome bridge has the names that its owner gave.
ESPHOME: list[Row] = [
    ("sensor", "AA:BB-sensor-belt_speed", "km/h"),
    ("sensor", "AA:BB-sensor-average_speed", "km/h"),
    ("sensor", "AA:BB-sensor-incline", "%"),
    ("sensor", "AA:BB-sensor-elapsed_time", "s"),
    ("sensor", "AA:BB-sensor-session_distance", "km"),
    ("sensor", "AA:BB-sensor-distance", "km"),
    ("sensor", "AA:BB-sensor-uptime", "s"),
    ("sensor", "AA:BB-sensor-wifi_signal", "dBm"),
]
WEATHER_STATION: list[Row] = [
    ("sensor", "station-wind_speed", "km/h"),
    ("sensor", "station-wind_gust", "km/h"),
    ("sensor", "station-lightning_distance", "km"),
]
CAR: list[Row] = [("sensor", "car-speed", "km/h"), ("sensor", "car-odometer", "km")]


def device(platform: str, rows: list[Row]) -> list[DeviceEntity]:
    """Return the entities of a device."""
    return [
        DeviceEntity(entity_id=f"{domain}.entity_{number}", platform=platform, unique_id=unique_id, unit=unit)
        for number, (domain, unique_id, unit) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("platform", "rows", "expected"),
    [
        (
            "king_smith",
            HASS_WALKINGPAD,
            {
                "speed": "walkingpad_current_speed",
                "distance": "walkingpad_distance",
                "elapsed_time": "walkingpad_duration_minutes",
                "belt_state": "walkingpad_state",
            },
        ),
        ("kingsmith_walkingpad", KINGSMITH, {"speed": "_speed", "distance": "_distance", "elapsed_time": "_formatted"}),
        (
            "walkingpad",
            WALKINGPAD,
            {"speed": "_feedback", "distance": "_distance", "elapsed_time": "_duration", "belt_state": "_state"},
        ),
        (
            "walkingpad",
            LIFETIME_WALKINGPAD,
            {"speed": "_speed", "distance": "_total_distance", "elapsed_time": "_total_time"},
        ),
        (
            "ftms",
            FTMS,
            {
                "speed": "speed_instant",
                "distance": "distance_total",
                "elapsed_time": "time_elapsed",
                "incline": "inclination",
                "cadence": "step_rate_instant",
                "heart_rate": "heart_rate",
            },
        ),
        (
            "mqtt",
            QDOMYOS,
            {
                "speed": "_speed_current",
                "distance": "_distance",
                "elapsed_time": "_elapsed_time",
                "incline": "_treadmill_inclination",
                "cadence": "_treadmill_cadence",
                "heart_rate": "_heart_current",
            },
        ),
        (
            "nordictrack_treadmill",
            NORDICTRACK,
            {
                "speed": "_speed",
                "distance": "_distance",
                "elapsed_time": "_time",
                "incline": "_incline",
                "belt_state": "_status",
            },
        ),
        (
            "esphome",
            ESPHOME,
            {
                "speed": "belt_speed",
                "distance": "session_distance",
                "elapsed_time": "elapsed_time",
                "incline": "incline",
            },
        ),
        ("an_unknown_one", CAR, {"speed": "car-speed", "distance": "car-odometer"}),
    ],
)
def test_entities_of_device_are_found_by_figure(platform: str, rows: list[Row], expected: dict[str, str]) -> None:
    entities = device(platform, rows)
    keys = {entity.entity_id: entity.unique_id for entity in entities}
    found = {str(figure): keys[entity_id] for figure, entity_id in figures_of(entities).items()}
    assert found.keys() == expected.keys()
    assert all(found[figure].endswith(end) for figure, end in expected.items())


def test_wind_is_no_belt() -> None:
    assert BeltFigure.SPEED not in figures_of(device("weather", WEATHER_STATION))


@pytest.mark.parametrize(
    ("platform", "rows", "is_treadmill"),
    [
        ("king_smith", HASS_WALKINGPAD, True),
        ("kingsmith_walkingpad", KINGSMITH, True),
        ("walkingpad", WALKINGPAD, True),
        ("ftms", FTMS, True),
        ("mqtt", QDOMYOS, True),
        ("mqtt", QDOMYOS_BIKE, False),
        ("mqtt", CAR, False),
        ("mqtt", [("sensor", "attic_treadmill_speed", "km/h")], True),
        ("esphome", ESPHOME, True),
        ("weather", WEATHER_STATION, False),
        ("tesla", CAR, False),
    ],
)
def test_certain_treadmills(platform: str, rows: list[Row], is_treadmill: bool) -> None:
    assert is_treadmill_device(device(platform, rows)) is is_treadmill
