"""The entities of a treadmill's device: the figures of its belt, by known integrations and by units and names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
import re


class BeltFigure(StrEnum):
    """A figure of a belt that an entity may show."""

    SPEED = "speed"
    DISTANCE = "distance"
    TIME = "elapsed_time"
    INCLINE = "incline"
    CADENCE = "cadence"
    HEART_RATE = "heart_rate"
    STATE = "belt_state"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceEntity:
    """An entity of a device: its id, integration, the integration's key of it, name and unit."""

    entity_id: str
    platform: str
    unique_id: str
    name: str = ""
    unit: str | None = None

    @property
    def domain(self) -> str:
        """The domain of the entity."""
        return self.entity_id.split(".")[0]

    @property
    def words(self) -> set[str]:
        """The words of the entity's key, id and name."""
        return set(re.split(r"[\W_]+", f"{self.unique_id} {self.entity_id} {self.name}".casefold()))


MQTT = "mqtt"
SPEED_UNITS = frozenset({"m/s", "km/h", "mph", "ft/s"})
LENGTH_UNITS = frozenset({"m", "km", "mi", "ft", "yd"})
TIME_UNITS = frozenset({"s", "min", "h"})

# The ends of an integration's unique ids, the best first. From the code of hass-walkingpad (king_smith), KingSmith
# WalkingPad MC11, two integrations named walkingpad, hassio-ftms, qdomyos-zwift's discovery, and NordicTrack T5.
PRESETS: Mapping[str, Mapping[BeltFigure, tuple[str, ...]]] = {
    "king_smith": {
        BeltFigure.SPEED: ("walkingpad_current_speed",),
        BeltFigure.DISTANCE: ("walkingpad_distance",),
        BeltFigure.TIME: ("walkingpad_duration_minutes",),
        BeltFigure.STATE: ("walkingpad_state",),
    },
    "kingsmith_walkingpad": {
        BeltFigure.SPEED: ("_speed",),
        BeltFigure.DISTANCE: ("_distance",),
        BeltFigure.TIME: ("_elapsed_time_formatted",),
    },
    "walkingpad": {
        BeltFigure.SPEED: ("_speed_feedback", "_speed"),
        BeltFigure.DISTANCE: ("_total_distance", "_distance"),
        BeltFigure.TIME: ("_total_time", "_duration"),
        BeltFigure.STATE: ("_state",),
    },
    "ftms": {
        BeltFigure.SPEED: ("speed_instant",),
        BeltFigure.DISTANCE: ("distance_total",),
        BeltFigure.TIME: ("time_elapsed",),
        BeltFigure.INCLINE: ("inclination",),
        BeltFigure.CADENCE: ("step_rate_instant",),
        BeltFigure.HEART_RATE: ("heart_rate",),
    },
    # The time of qdomyos-zwift is the minute alone, and starts again each hour.
    MQTT: {
        BeltFigure.SPEED: ("_speed_current",),
        BeltFigure.DISTANCE: ("_distance",),
        BeltFigure.INCLINE: ("_treadmill_inclination",),
        BeltFigure.CADENCE: ("_treadmill_cadence",),
        BeltFigure.HEART_RATE: ("_heart_current",),
    },
    "nordictrack_treadmill": {
        BeltFigure.SPEED: ("_speed",),
        BeltFigure.DISTANCE: ("_distance",),
        BeltFigure.TIME: ("_time",),
        BeltFigure.INCLINE: ("_incline",),
        BeltFigure.STATE: ("_status",),
    },
}
# The beginning of unique ids that qdomyos-zwift gives, and the part of those that only a treadmill has.
QDOMYOS, QDOMYOS_TREADMILL = "qz_", "_treadmill_"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trait:
    """A figure's units, the words of which it has one, and the words that it never has."""

    words: frozenset[str]
    units: frozenset[str] | None
    never: frozenset[str] = frozenset()


_DERIVED = frozenset(
    {"avg", "average", "mean", "max", "maximum", "min", "minimum", "lap", "target", "set", "remaining"}
)
_TRAITS: Mapping[BeltFigure, _Trait] = {
    BeltFigure.SPEED: _Trait(
        words=frozenset(), units=SPEED_UNITS, never=_DERIVED | {"wind", "gust", "download", "upload"}
    ),
    BeltFigure.DISTANCE: _Trait(
        words=frozenset({"distance", "odometer"}), units=LENGTH_UNITS, never=_DERIVED | {"daily", "weekly", "monthly"}
    ),
    BeltFigure.TIME: _Trait(
        words=frozenset({"elapsed", "duration", "time"}),
        units=TIME_UNITS,
        never=_DERIVED | {"daily", "weekly", "monthly", "pace", "moving"},
    ),
    BeltFigure.INCLINE: _Trait(
        words=frozenset({"incline", "inclination", "slope", "grade"}), units=frozenset({"%"}), never=_DERIVED
    ),
    BeltFigure.CADENCE: _Trait(
        words=frozenset({"cadence"}), units=frozenset({"spm", "steps/min", "rpm", "min⁻¹", "1/min"}), never=_DERIVED
    ),
    BeltFigure.HEART_RATE: _Trait(words=frozenset({"heart", "pulse"}), units=frozenset({"bpm"}), never=_DERIVED),
    BeltFigure.STATE: _Trait(words=frozenset({"state", "status"}), units=None),
}
# Where several entities fit, one with these words is meant.
_BETTER = frozenset({"current", "instant", "session", "workout", "belt"})
_TREADMILL_WORDS = frozenset({"treadmill", "walkingpad", "belt", "incline", "inclination"})


def figures_of(entities: Iterable[DeviceEntity]) -> dict[BeltFigure, str]:
    """Return the entities that show the figures of a belt, of those of one device."""
    seen = sorted(entities, key=lambda entity: entity.entity_id)
    sensors = [entity for entity in seen if entity.domain == "sensor"]
    return _by_traits(sensors) | _by_preset(sensors)


def is_treadmill_device(entities: Iterable[DeviceEntity]) -> bool:
    """Return whether the entities of a device are certainly a treadmill's."""
    seen = list(entities)
    if any(_is_qdomyos(entity) for entity in seen):
        # It serves bikes and rowers, too.
        return any(QDOMYOS_TREADMILL in entity.unique_id for entity in seen)
    is_known = BeltFigure.SPEED in _by_preset(seen)
    return is_known or bool(_TREADMILL_WORDS.intersection(word for entity in seen for word in entity.words))


def _is_qdomyos(entity: DeviceEntity) -> bool:
    return entity.platform == MQTT and entity.unique_id.startswith(QDOMYOS)


def _by_preset(entities: Sequence[DeviceEntity]) -> dict[BeltFigure, str]:
    # Every device of MQTT has this platform.
    known = [entity for entity in entities if entity.platform != MQTT or _is_qdomyos(entity)]
    found: dict[BeltFigure, str] = {}
    for platform, preset in PRESETS.items():
        ours = [entity for entity in known if entity.platform == platform]
        for figure, ends in preset.items():
            matches = (entity for end in ends for entity in ours if entity.unique_id.endswith(end))
            if match := next(matches, None):
                found.setdefault(figure, match.entity_id)
    return found


def _by_traits(entities: Sequence[DeviceEntity]) -> dict[BeltFigure, str]:
    found = {}
    for figure, trait in _TRAITS.items():
        fitting = [entity for entity in entities if _fits(entity, trait)]
        if fitting:
            found[figure] = max(fitting, key=lambda entity: len(_BETTER & entity.words)).entity_id
    return found


def _fits(entity: DeviceEntity, trait: _Trait) -> bool:
    words = entity.words
    has_unit = entity.unit in trait.units if trait.units is not None else entity.unit is None
    return has_unit and not words & trait.never and (not trait.words or bool(words & trait.words))
