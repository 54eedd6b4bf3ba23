"""Activities of Garmin, from its site's lists and single activities, account exports, and its Health API."""

from ..samples import steps
from ..sports import classify, says_indoors
from .build import PostContext, PostedActivity
from .row import Row

SERVICE = "garmin"

MILLISECONDS_BEYOND = 999
"""Greatest ratio of elapsed to moving time; a greater one means that the former is in milliseconds."""


def is_listed(row: Row) -> bool:
    """Return whether a row is an activity in a list of Garmin's site, or as integrations of the site show it."""
    return row.has("activityId", "activityType") and any(map(row.has, ("startTimeGMT", "startTime", "startTimeLocal")))


def read_listed(row: Row, context: PostContext) -> PostedActivity:
    """Return an activity of a list; its cadence counts both feet."""
    kind = row.part("activityType").text("typeKey") or row.text("activityType")
    return _posted(row, row, kind, context, cadence=row.number("averageRunningCadenceInStepsPerMinute"))


def is_detailed(row: Row) -> bool:
    """Return whether a row is a single activity of Garmin's site."""
    return row.has("activityId", "summaryDTO")


def read_detailed(row: Row, context: PostContext) -> PostedActivity:
    """Return a single activity; its cadence counts both feet."""
    summary = row.part("summaryDTO")
    kind = row.part("activityTypeDTO").text("typeKey")
    return _posted(row, summary, kind, context, cadence=summary.number("averageRunCadence"))


def is_exported(row: Row) -> bool:
    """Return whether a row is an activity in the export of an account."""
    return row.has("activityId", "startTimeGmt")


def read_exported(row: Row, _: PostContext) -> PostedActivity:
    """Return an activity of an export, with its centimetres and milliseconds converted."""
    kind = row.text("activityType", "sportType")
    return PostedActivity(
        service=SERVICE,
        id=row.text("activityId"),
        sport=classify(kind),
        word=kind,
        start=row.instant("startTimeGmt"),
        elapsed_time=_thousandth(row.number("elapsedDuration")),
        moving_time=_thousandth(row.number("duration")),
        distance=row.metres("distance", unit="cm"),
        cadence=row.number("avgDoubleCadence") or steps(row.number("avgRunCadence")),
        heart_rate=row.number("avgHr"),
        max_heart_rate=row.number("maxHr"),
        power=row.number("avgPower"),
        indoor=says_indoors(kind),
        device=row.text("deviceName"),
    )


def is_pushed(row: Row) -> bool:
    """Return whether a row is an activity of the Health API."""
    return row.has("startTimeInSeconds", "activityType")


def read_pushed(row: Row, _: PostContext) -> PostedActivity:
    """Return an activity of the Health API; its cadence is named steps but counts one foot."""
    kind = row.text("activityType")
    return PostedActivity(
        service=SERVICE,
        id=row.text("summaryId", "activityId"),
        sport=classify(kind),
        word=kind,
        start=row.instant("startTimeInSeconds"),
        moving_time=row.number("durationInSeconds"),
        distance=row.number("distanceInMeters"),
        cadence=steps(row.number("averageRunCadenceInStepsPerMinute")),
        heart_rate=row.number("averageHeartRateInBeatsPerMinute"),
        max_heart_rate=row.number("maxHeartRateInBeatsPerMinute"),
        indoor=says_indoors(kind),
        device=row.text("deviceName"),
    )


def _posted(row: Row, figures: Row, kind: str | None, context: PostContext, *, cadence: float | None) -> PostedActivity:
    """Return an activity of the site; its moving time is the one on the watch, pauses excluded."""
    moving, elapsed = figures.number("duration"), figures.number("elapsedDuration")
    if moving and elapsed and elapsed > MILLISECONDS_BEYOND * moving:
        elapsed = _thousandth(elapsed)
    return PostedActivity(
        service=SERVICE,
        id=row.text("activityId"),
        sport=classify(kind),
        word=kind,
        start=figures.instant("startTimeGMT", "startTime") or figures.instant("startTimeLocal", zone=context.zone),
        elapsed_time=elapsed,
        moving_time=moving,
        distance=figures.number("distance"),
        cadence=cadence,
        heart_rate=figures.number("averageHR"),
        max_heart_rate=figures.number("maxHR"),
        power=figures.number("avgPower", "averagePower"),
        indoor=says_indoors(kind),
        device=row.text("deviceName"),
    )


def _thousandth(figure: float | None) -> float | None:
    return None if figure is None else figure / 1000
