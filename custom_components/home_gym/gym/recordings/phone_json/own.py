"""Home Gym's own JSON, for custom senders of runs; `docs/webhook.md` describes it."""

from ...runs.activity import Sport, Surface
from .build import PostContext, PostedActivity
from .row import Row

SERVICE = "home_gym"


def is_own(row: Row) -> bool:
    """Return whether a row is an activity in Home Gym's own format."""
    return row.has("sport", "start")


def is_unnamed(row: Row) -> bool:
    """Return whether a row is an activity in Home Gym's own format that names no sport."""
    return row.has("start", "distance")


def read_own(row: Row, context: PostContext) -> PostedActivity:
    """Return an activity in seconds, metres and steps a minute of both feet."""
    sport = row.text("sport")
    surface_name = row.text("surface")
    surface = Surface(surface_name) if surface_name in set(Surface) else None
    return PostedActivity(
        service=SERVICE,
        id=row.text("id"),
        sport=Sport(sport) if sport in set(Sport) else context.names.sport(sport),
        word=sport,
        title=row.text("title", "name"),
        start=row.instant("start", zone=context.zone),
        end=row.instant("end", zone=context.zone),
        elapsed_time=row.number("elapsed_time"),
        moving_time=row.number("moving_time"),
        distance=row.metres("distance"),
        cadence=row.number("cadence"),
        heart_rate=row.number("heart_rate"),
        max_heart_rate=row.number("max_heart_rate"),
        power=row.number("power"),
        indoor=_indoor(row.flag("indoor"), surface),
        surface=surface,
        device=row.text("device"),
        several_devices=True,
    )


def _indoor(flag: bool | None, surface: Surface | None) -> bool | None:
    return True if flag is None and surface is Surface.TREADMILL else flag
