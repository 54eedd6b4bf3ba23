"""Workouts of Apple Health, as sent by Health Auto Export and by Shortcuts with Toolbox."""

from .build import PostContext, PostedActivity
from .row import Row

SERVICE = "apple_health"

BELIEVABLE_STEPS = (60, 300)
"""Steps a minute; a step count beyond these does not cover the whole workout."""


def is_health_auto_export(row: Row) -> bool:
    """Return whether a row is a workout of Health Auto Export, version 1 or 2."""
    return row.has("name", "start") and (row.has("end") or row.has("duration"))


def read_health_auto_export(row: Row, context: PostContext) -> PostedActivity:
    """Return a workout of Health Auto Export.

    Apple Health can't edit a workout, but two automations send the same one under two ids, and version 1 sends none:
    only start and end are the same in all of them.
    """
    name, start, end = row.text("name"), row.instant("start", zone=context.zone), row.instant("end", zone=context.zone)
    elapsed = (end - start).total_seconds() if start and end else None
    moving = _duration(row, elapsed)
    return PostedActivity(
        service=SERVICE,
        id=None,
        sport=context.names.sport(name),
        word=name,
        start=start,
        end=end,
        moving_time=moving,
        distance=row.metres("distance", unit="km"),
        cadence=row.part("stepCadence").number("qty") or _cadence(row, moving),
        heart_rate=_qty(row, "avgHeartRate") or row.part("heartRate").part("avg").number("qty"),
        max_heart_rate=_qty(row, "maxHeartRate") or row.part("heartRate").part("max").number("qty"),
        indoor=_indoor(row, context.names.indoor(name)),
    )


def is_shortcut(row: Row) -> bool:
    """Return whether a row is the dictionary of texts that Toolbox's "Get Workouts" gives to Shortcuts."""
    return row.has("type", "startDate") and (row.has("endDate") or row.has("duration"))


def read_shortcut(row: Row, context: PostContext) -> PostedActivity:
    """Return a workout from a dictionary of texts: "11.4 km", minutes, and local times without an offset."""
    name, minutes = row.text("type"), row.metres("duration")
    start = row.instant("startDate", zone=context.zone)
    end = row.instant("endDate", zone=context.zone)
    # These times are cut to the minute: equal or reversed ones give no duration.
    end = end if start and end and end > start else None
    return PostedActivity(
        service=SERVICE,
        id=row.text("id"),
        sport=context.names.sport(name),
        word=name,
        start=start,
        end=end,
        moving_time=None if minutes is None else minutes * 60,
        distance=row.metres("distance", unit="km"),
        indoor=context.names.indoor(name),
    )


def _duration(row: Row, elapsed: float | None) -> float | None:
    """Return the seconds of a workout without its pauses; some exports count milliseconds."""
    duration = row.number("duration")
    if not duration:
        return elapsed
    if elapsed and duration > 2 * elapsed and duration / 1000 <= elapsed + 1:
        return duration / 1000
    return duration


def _cadence(row: Row, moving: float | None) -> float | None:
    """Return steps a minute from the step count, if that covers the whole workout."""
    counted = sum(part.number("qty") or 0 for part in row.parts("stepCount"))
    cadence = counted * 60 / moving if moving else 0
    fewest, most = BELIEVABLE_STEPS
    return cadence if fewest <= cadence <= most else None


def _qty(row: Row, name: str) -> float | None:
    """Return a quantity, or a plain number in its place."""
    return row.part(name).number("qty") or row.number(name)


def _indoor(row: Row, named: bool | None) -> bool | None:
    """Return whether a workout was indoors, by its flag, its location, or its name."""
    flag = row.flag("isIndoor")
    if flag is not None:
        return flag
    place = (row.text("location") or "").lower()
    return {"indoor": True, "outdoor": False}.get(place, named)
