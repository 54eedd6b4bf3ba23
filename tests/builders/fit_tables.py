"""The few messages of the FIT profile that the builders write, numbers as the protocol's documents give them."""

from dataclasses import dataclass
import struct

type Value = float | str | tuple[float | None, ...] | None

BASE_TYPES = {
    "enum": (0x00, "B", 0xFF),
    "sint8": (0x01, "b", 0x7F),
    "uint8": (0x02, "B", 0xFF),
    "sint16": (0x83, "h", 0x7FFF),
    "uint16": (0x84, "H", 0xFFFF),
    "sint32": (0x85, "i", 0x7FFFFFFF),
    "uint32": (0x86, "I", 0xFFFFFFFF),
    "uint32z": (0x8C, "I", 0),
    "string": (0x07, "s", 0),
}
"""Name to type byte, struct code, invalid value."""

STRING_SIZE = 20


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, number, base type, scale, offset, and the number of its values."""

    name: str
    number: int
    base_type: str
    scale: float = 1
    offset: float = 0
    count: int = 1

    @property
    def size(self) -> int:
        """The bytes that the field takes."""
        code = BASE_TYPES[self.base_type][1]
        return STRING_SIZE if code == "s" else self.count * struct.calcsize(code)

    def definition(self) -> bytes:
        """Return the field's three bytes in a definition message."""
        return bytes([self.number, self.size, BASE_TYPES[self.base_type][0]])

    def encode(self, value: Value, order: str) -> bytes:
        """Return the value's bytes, or the invalid marker for None."""
        _, code, invalid = BASE_TYPES[self.base_type]
        if code == "s":
            return struct.pack(f"{STRING_SIZE}s", str(value or "").encode())
        values = value if isinstance(value, tuple) else (value,) * self.count
        numbers = [invalid if each is None else round((float(each) + self.offset) * self.scale) for each in values]
        return struct.pack(f"{order}{self.count}{code}", *numbers)


@dataclass(frozen=True, slots=True)
class Message:
    """One kind of message: its global number and its fields in order."""

    number: int
    fields: tuple[Field, ...]

    def without(self, name: str) -> Message:
        """Return the message lacking one field."""
        return Message(self.number, tuple(field for field in self.fields if field.name != name))

    def only(self, *names: str) -> Message:
        """Return the message with the named fields alone."""
        return Message(self.number, tuple(field for field in self.fields if field.name in names))


TIMESTAMP = Field("timestamp", 253, "uint32")
INDEX = Field("message_index", 254, "uint16")

FILE_ID = Message(
    0,
    (
        Field("type", 0, "enum"),
        Field("manufacturer", 1, "uint16"),
        Field("product", 2, "uint16"),
        Field("serial_number", 3, "uint32z"),
        Field("time_created", 4, "uint32"),
        Field("product_name", 8, "string"),
    ),
)
SPORT = Message(12, (Field("sport", 0, "enum"), Field("sub_sport", 1, "enum"), Field("name", 3, "string")))
SESSION = Message(
    18,
    (
        TIMESTAMP,
        Field("start_time", 2, "uint32"),
        Field("total_elapsed_time", 7, "uint32", 1000),
        Field("total_timer_time", 8, "uint32", 1000),
        Field("total_distance", 9, "uint32", 100),
        INDEX,
        Field("avg_power", 20, "uint16"),
        Field("first_lap_index", 25, "uint16"),
        Field("num_laps", 26, "uint16"),
        Field("event", 0, "enum"),
        Field("event_type", 1, "enum"),
        Field("sport", 5, "enum"),
        Field("sub_sport", 6, "enum"),
        Field("avg_heart_rate", 16, "uint8"),
        Field("max_heart_rate", 17, "uint8"),
        Field("avg_cadence", 18, "uint8"),
        Field("trigger", 28, "enum"),
        Field("avg_fractional_cadence", 92, "uint8", 128),
    ),
)
LAP = Message(
    19,
    (
        TIMESTAMP,
        Field("start_time", 2, "uint32"),
        Field("total_elapsed_time", 7, "uint32", 1000),
        Field("total_timer_time", 8, "uint32", 1000),
        Field("total_distance", 9, "uint32", 100),
        INDEX,
        Field("avg_power", 19, "uint16"),
        Field("event", 0, "enum"),
        Field("event_type", 1, "enum"),
        Field("avg_heart_rate", 15, "uint8"),
        Field("max_heart_rate", 16, "uint8"),
        Field("avg_cadence", 17, "uint8"),
        Field("intensity", 23, "enum"),
        Field("lap_trigger", 24, "enum"),
        Field("sport", 25, "enum"),
        Field("sub_sport", 39, "enum"),
        Field("avg_fractional_cadence", 80, "uint8", 128),
    ),
)
RECORD = Message(
    20,
    (
        TIMESTAMP,
        Field("position_lat", 0, "sint32"),
        Field("position_long", 1, "sint32"),
        Field("distance", 5, "uint32", 100),
        Field("enhanced_speed", 73, "uint32", 1000),
        Field("enhanced_altitude", 78, "uint32", 5, 500),
        Field("power", 7, "uint16"),
        Field("heart_rate", 3, "uint8"),
        Field("cadence", 4, "uint8"),
        Field("temperature", 13, "sint8"),
        Field("fractional_cadence", 53, "uint8", 128),
    ),
)
STRAIN = Message(
    18,
    (
        TIMESTAMP,
        Field("start_time", 2, "uint32"),
        Field("start_position_long", 4, "sint32"),
        Field("sport", 5, "enum"),
        Field("sub_sport", 6, "enum"),
        Field("total_ascent", 22, "uint16"),
        Field("total_descent", 23, "uint16"),
        Field("total_training_effect", 24, "uint8", 10),
        Field("time_in_hr_zone", 65, "uint32", 1000, count=7),
        Field("avg_vertical_oscillation", 89, "uint16", 10),
        Field("avg_vertical_ratio", 132, "uint16", 100),
        Field("avg_step_length", 134, "uint16", 10),
        Field("total_anaerobic_training_effect", 137, "uint8", 10),
        Field("training_load_peak", 168, "sint32", 65536),
        Field("workout_feel", 192, "uint8"),
        Field("workout_rpe", 193, "uint8"),
    ),
)
"""A session with the figures of strain of a watch of 2024."""
TIME_IN_ZONE = Message(
    216,
    (
        TIMESTAMP,
        Field("reference_mesg", 0, "uint16"),
        Field("reference_index", 1, "uint16"),
        Field("time_in_hr_zone", 2, "uint32", 1000, count=7),
        Field("hr_zone_high_boundary", 6, "uint8", count=6),
        Field("max_heart_rate", 11, "uint8"),
        Field("resting_heart_rate", 12, "uint8"),
    ),
)
USER_PROFILE = Message(
    3,
    (
        Field("resting_heart_rate", 8, "uint8"),
        Field("default_max_running_heart_rate", 9, "uint8"),
        Field("default_max_heart_rate", 11, "uint8"),
    ),
)
ZONES_TARGET = Message(7, (Field("max_heart_rate", 1, "uint8"), Field("threshold_heart_rate", 2, "uint8")))
FIELD_DESCRIPTION = Message(
    206,
    (
        Field("developer_data_index", 0, "uint8"),
        Field("field_definition_number", 1, "uint8"),
        Field("fit_base_type_id", 2, "uint8"),
        Field("field_name", 3, "string"),
        Field("scale", 6, "uint8"),
        Field("units", 8, "string"),
    ),
)
EVENT = Message(21, (TIMESTAMP, Field("event", 0, "enum"), Field("event_type", 1, "enum")))
DEVICE_INFO = Message(
    23,
    (
        TIMESTAMP,
        Field("serial_number", 3, "uint32z"),
        Field("manufacturer", 2, "uint16"),
        Field("product", 4, "uint16"),
        Field("software_version", 5, "uint16", 100),
        Field("device_index", 0, "uint8"),
        Field("product_name", 27, "string"),
    ),
)
ACTIVITY = Message(
    34,
    (
        TIMESTAMP,
        Field("total_timer_time", 0, "uint32", 1000),
        Field("local_timestamp", 5, "uint32"),
        Field("num_sessions", 1, "uint16"),
        Field("type", 2, "enum"),
        Field("event", 3, "enum"),
        Field("event_type", 4, "enum"),
    ),
)
FILE_CREATOR = Message(49, (Field("software_version", 0, "uint16"),))

SPORTS = {
    "generic": 0,
    "running": 1,
    "cycling": 2,
    "transition": 3,
    "fitness_equipment": 4,
    "swimming": 5,
    "training": 10,
    "walking": 11,
    "hiking": 17,
}
SUB_SPORTS = {
    "generic": 0,
    "treadmill": 1,
    "street": 2,
    "trail": 3,
    "track": 4,
    "lap_swimming": 17,
    "flexibility_training": 19,
    "strength_training": 20,
    "cardio_training": 26,
    "yoga": 43,
    "pilates": 44,
    "indoor_running": 45,
    "virtual_activity": 58,
    "breathing": 62,
}
INTENSITIES = {"active": 0, "rest": 1, "warm_up": 2, "cool_down": 3, "recovery": 4, "interval": 5, "other": 6}
