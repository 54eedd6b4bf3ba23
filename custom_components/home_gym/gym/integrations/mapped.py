"""Any entity, read by the user's mapping of attributes and units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..runs.activity import Activity, Sport
from .efforts import effort
from .figures import instant, metres, number, seconds, text
from .model import ReadingContext, Snapshot

STATE = "state"
UNIT = "unit_of_measurement"
SERVICE = "entity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Mapping of figures to attributes; `state` is the state itself, None a figure that the entity lacks.

    Without an attribute for the sport, everything is a run. The units apply to values without one of their own; the
    state has its own. `one_foot` doubles the cadence.
    """

    start: str
    own_id: str | None = None
    distance: str | None = None
    distance_unit: str = "m"
    duration: str | None = None
    duration_unit: str = "s"
    cadence: str | None = None
    one_foot: bool = False
    sport: str | None = None


def read(snapshot: Snapshot, fields: Fields, context: ReadingContext) -> list[Activity]:
    """Return the activity shown by the entity; the entity's key makes the id unique."""

    def shown(field: str | None) -> Any:
        return snapshot.state if field == STATE else snapshot.attributes.get(field or "")

    def unit(field: str | None, chosen: str) -> str:
        return (text(snapshot.attributes.get(UNIT)) if field == STATE else None) or chosen

    start = instant(shown(fields.start), context.zone)
    own_id = text(shown(fields.own_id)) or (start.isoformat(timespec="seconds") if start else "")
    cadence = number(shown(fields.cadence))
    return effort(
        context,
        SERVICE,
        word=text(shown(fields.sport)),
        sport=None if fields.sport else Sport.RUN,
        start=start,
        own_id=f"{snapshot.key}:{own_id}",
        elapsed_time=seconds(shown(fields.duration), unit(fields.duration, fields.duration_unit)),
        distance=metres(shown(fields.distance), unit(fields.distance, fields.distance_unit)),
        cadence=cadence * 2 if cadence and fields.one_foot else cadence,
    )


def fields_of(plain: Mapping[str, Any]) -> Fields:
    """Return the stored mapping; fields left empty are None."""
    return Fields(**{name: value for name, value in plain.items() if value not in (None, "")})
