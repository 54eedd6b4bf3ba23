"""FIT profile for the figures used: messages, fields, and the names behind numbers.

From the protocol's public documents. Nothing here decodes.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from ...runs.activity import Intensity


class Kind(IntEnum):
    """Global numbers of the messages read."""

    FILE_ID = 0
    USER_PROFILE = 3
    ZONES_TARGET = 7
    SPORT = 12
    SESSION = 18
    LAP = 19
    RECORD = 20
    DEVICE_INFO = 23
    ACTIVITY = 34
    FIELD_DESCRIPTION = 206
    TIME_IN_ZONE = 216


class Key(StrEnum):
    """Meanings of fields, the same in all messages."""

    TIMESTAMP = "timestamp"
    START_TIME = "start_time"
    FILE_TYPE = "file_type"
    MANUFACTURER = "manufacturer"
    PRODUCT = "product"
    PRODUCT_NAME = "product_name"
    SERIAL_NUMBER = "serial_number"
    DEVICE_INDEX = "device_index"
    SPORT = "sport"
    SUB_SPORT = "sub_sport"
    INTENSITY = "intensity"
    ELAPSED_TIME = "elapsed_time"
    MOVING_TIME = "moving_time"
    DISTANCE = "distance"
    SPEED = "speed"
    ENHANCED_SPEED = "enhanced_speed"
    CADENCE = "cadence"
    FRACTIONAL_CADENCE = "fractional_cadence"
    HEART_RATE = "heart_rate"
    MAX_HEART_RATE = "max_heart_rate"
    POWER = "power"
    VERTICAL_OSCILLATION = "vertical_oscillation"
    GROUND_CONTACT_TIME = "ground_contact_time"
    GROUND_CONTACT_BALANCE = "ground_contact_balance"
    VERTICAL_RATIO = "vertical_ratio"
    STEP_LENGTH = "step_length"
    ASCENT = "ascent"
    DESCENT = "descent"
    TRAINING_LOAD = "training_load"
    AEROBIC_EFFECT = "aerobic_effect"
    ANAEROBIC_EFFECT = "anaerobic_effect"
    PERCEIVED_EXERTION = "perceived_exertion"
    FEEL = "feel"
    TIME_IN_ZONES = "time_in_zones"
    ZONE_LIMITS = "zone_limits"
    RESTING_HEART_RATE = "resting_heart_rate"
    MAX_RUNNING_HEART_RATE = "max_running_heart_rate"
    PROFILE_HEART_RATE = "profile_heart_rate"
    LONGITUDE = "longitude"
    LOCAL_TIME = "local_time"
    LAP_TRIGGER = "lap_trigger"
    REFERENCE = "reference"
    REFERENCE_INDEX = "reference_index"
    APP = "app"
    NUMBER = "number"
    BASE_TYPE = "base_type"
    NAME = "name"
    UNITS = "units"
    SCALE = "scale"


class Form(StrEnum):
    """Kinds of a field's content: one number, several of them, or a text."""

    NUMBER = "number"
    NUMBERS = "numbers"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Field:
    """Meaning of a field, and its divisor to get seconds, metres, or a rate."""

    key: Key
    scale: int = 1
    form: Form = Form.NUMBER


TIMESTAMP_FIELD, LATITUDE_FIELD = 253, 0
PRODUCT_NAME = Field(Key.PRODUCT_NAME, form=Form.TEXT)

HEIGHT_FIELDS = (78, 2)
"""Fields of a record with its height: watches write one or the other."""
HEIGHT_SCALE, HEIGHT_OFFSET = 5, 500
"""Units of a height in a metre, and metres below sea level at a height of 0."""

_TIMESTAMP = {TIMESTAMP_FIELD: Field(Key.TIMESTAMP)}

FIELDS: dict[int, dict[int, Field]] = {
    Kind.FILE_ID: {
        0: Field(Key.FILE_TYPE),
        1: Field(Key.MANUFACTURER),
        2: Field(Key.PRODUCT),
        3: Field(Key.SERIAL_NUMBER),
        8: PRODUCT_NAME,
    },
    Kind.USER_PROFILE: {
        8: Field(Key.RESTING_HEART_RATE),
        9: Field(Key.MAX_RUNNING_HEART_RATE),
        11: Field(Key.PROFILE_HEART_RATE),
    },
    Kind.ZONES_TARGET: {1: Field(Key.PROFILE_HEART_RATE)},
    Kind.SPORT: {0: Field(Key.SPORT), 1: Field(Key.SUB_SPORT)},
    Kind.SESSION: _TIMESTAMP
    | {
        2: Field(Key.START_TIME),
        4: Field(Key.LONGITUDE),
        5: Field(Key.SPORT),
        6: Field(Key.SUB_SPORT),
        7: Field(Key.ELAPSED_TIME, 1000),
        8: Field(Key.MOVING_TIME, 1000),
        9: Field(Key.DISTANCE, 100),
        16: Field(Key.HEART_RATE),
        17: Field(Key.MAX_HEART_RATE),
        18: Field(Key.CADENCE),
        20: Field(Key.POWER),
        22: Field(Key.ASCENT),
        23: Field(Key.DESCENT),
        24: Field(Key.AEROBIC_EFFECT, 10),
        65: Field(Key.TIME_IN_ZONES, 1000, Form.NUMBERS),
        89: Field(Key.VERTICAL_OSCILLATION, 10),
        91: Field(Key.GROUND_CONTACT_TIME, 10),
        92: Field(Key.FRACTIONAL_CADENCE, 128),
        132: Field(Key.VERTICAL_RATIO, 100),
        133: Field(Key.GROUND_CONTACT_BALANCE, 100),
        134: Field(Key.STEP_LENGTH, 10),
        137: Field(Key.ANAEROBIC_EFFECT, 10),
        168: Field(Key.TRAINING_LOAD, 65536),
        192: Field(Key.FEEL),
        193: Field(Key.PERCEIVED_EXERTION, 10),
    },
    Kind.LAP: _TIMESTAMP
    | {
        2: Field(Key.START_TIME),
        7: Field(Key.ELAPSED_TIME, 1000),
        8: Field(Key.MOVING_TIME, 1000),
        9: Field(Key.DISTANCE, 100),
        17: Field(Key.CADENCE),
        23: Field(Key.INTENSITY),
        24: Field(Key.LAP_TRIGGER),
        25: Field(Key.SPORT),
        39: Field(Key.SUB_SPORT),
        80: Field(Key.FRACTIONAL_CADENCE, 128),
    },
    Kind.RECORD: _TIMESTAMP
    | {
        3: Field(Key.HEART_RATE),
        4: Field(Key.CADENCE),
        5: Field(Key.DISTANCE, 100),
        6: Field(Key.SPEED, 1000),
        7: Field(Key.POWER),
        53: Field(Key.FRACTIONAL_CADENCE, 128),
        73: Field(Key.ENHANCED_SPEED, 1000),
    },
    Kind.DEVICE_INFO: {
        0: Field(Key.DEVICE_INDEX),
        2: Field(Key.MANUFACTURER),
        3: Field(Key.SERIAL_NUMBER),
        4: Field(Key.PRODUCT),
        27: PRODUCT_NAME,
    },
    Kind.ACTIVITY: _TIMESTAMP | {0: Field(Key.MOVING_TIME, 1000), 5: Field(Key.LOCAL_TIME)},
    Kind.FIELD_DESCRIPTION: {
        0: Field(Key.APP),
        1: Field(Key.NUMBER),
        2: Field(Key.BASE_TYPE),
        3: Field(Key.NAME, form=Form.TEXT),
        6: Field(Key.SCALE),
        8: Field(Key.UNITS, form=Form.TEXT),
    },
    Kind.TIME_IN_ZONE: {
        0: Field(Key.REFERENCE),
        1: Field(Key.REFERENCE_INDEX),
        2: Field(Key.TIME_IN_ZONES, 1000, Form.NUMBERS),
        6: Field(Key.ZONE_LIMITS, form=Form.NUMBERS),
        11: Field(Key.PROFILE_HEART_RATE),
        12: Field(Key.RESTING_HEART_RATE),
    },
}

ACTIVITY_FILE = 4
"""File type of activities, which must have a session."""

MANUAL_LAP = 0
"""Trigger of a lap by its wearer; all others are automatic."""

INTENSITIES = {
    0: Intensity.ACTIVE,
    1: Intensity.REST,
    2: Intensity.WARM_UP,
    3: Intensity.COOL_DOWN,
    4: Intensity.REST,
    5: Intensity.ACTIVE,
}

MANUFACTURERS = {
    1: "Garmin",
    2: "Garmin",
    13: "Garmin",
    15: "Garmin",
    23: "Suunto",
    32: "Wahoo",
    40: "Concept2",
    52: "Epson",
    61: "Geonaute",
    70: "Sigma",
    71: "TomTom",
    89: "Tacx",
    95: "Stryd",
    111: "Technogym",
    115: "iGPSPORT",
    122: "Johnson Health Tech",
    123: "Polar",
    128: "iFIT",
    129: "COROS",
    140: "Decathlon",
    142: "TAG Heuer",
    144: "Zwift",
    255: "Development",
    260: "Zwift",
    265: "Strava",
    267: "Bryton",
    289: "Hammerhead",
    294: "COROS",
    300: "NURVV",
    305: "WHOOP",
    310: "Decathlon",
    326: "Nike",
    331: "MyWhoosh",
    337: "Runna",
    339: "Zepp",
    340: "Peloton",
    348: "Huawei",
}

_SPORTS = """
generic running cycling transition fitness_equipment swimming basketball soccer tennis american_football
training walking cross_country_skiing alpine_skiing snowboarding rowing mountaineering hiking multisport paddling
flying e_biking motorcycling boating driving golf hang_gliding horseback_riding hunting fishing
inline_skating rock_climbing sailing ice_skating sky_diving snowshoeing snowmobiling stand_up_paddleboarding surfing
wakeboarding
water_skiing kayaking rafting windsurfing kitesurfing tactical jumpmaster boxing floor_climbing baseball
"""
SPORTS = dict(enumerate(_SPORTS.split())) | {
    53: "diving",
    62: "hiit",
    64: "racket",
    65: "wheelchair_push_walk",
    66: "wheelchair_push_run",
    67: "meditation",
    82: "snorkeling",
    83: "dance",
    84: "jump_rope",
    86: "mobility",
}

_SUB_SPORTS = """
generic treadmill street trail track spin indoor_cycling road mountain downhill
recumbent cyclocross hand_cycling track_cycling indoor_rowing elliptical stair_climbing lap_swimming open_water
flexibility_training
strength_training warm_up match exercise challenge indoor_skiing cardio_training indoor_walking e_bike_fitness bmx
casual_walking speed_walking bike_to_run_transition run_to_bike_transition swim_to_bike_transition atv motocross
backcountry resort rc_drone
wingsuit whitewater skate_skiing yoga pilates indoor_running gravel_cycling e_bike_mountain commuting mixed_surface
navigate track_me map single_gas_diving multi_gas_diving gauge_diving apnea_diving apnea_hunting virtual_activity
obstacle
"""
SUB_SPORTS = dict(enumerate(_SUB_SPORTS.split())) | {
    62: "breathing",
    66: "expedition",
    67: "ultra",
    68: "indoor_climbing",
    69: "bouldering",
    70: "hiit",
    73: "amrap",
    74: "emom",
    75: "tabata",
    77: "esport",
    78: "triathlon",
    79: "duathlon",
    80: "brick",
    81: "swim_run",
    82: "adventure_race",
    86: "indoor_wheelchair_walk",
    87: "indoor_wheelchair_run",
    88: "indoor_hand_cycling",
    124: "rucking",
}
