"""Tracks as GPX files: positions of a runner and of what a receiver or a car adds to them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

START = datetime(2026, 4, 18, 8, tzinfo=UTC)
METRE = 1 / 111_195.08
"""Degrees of latitude."""

type Fix = tuple[float, float, float]
"""Seconds from the start, and metres north and east of it."""


def straight(seconds: int, speed: float, *, since: int = 0, north: float = 0, every: int = 1) -> list[Fix]:
    """Return fixes on the way north, the first one at the given second and place."""
    return [(since + second, north + speed * second, 0) for second in range(0, seconds + 1, every)]


def gpx(*segments: Iterable[Fix], sport: str = "running") -> bytes:
    """Return a track through segments of fixes, at 50° north."""
    points = "".join(f"<trkseg>{''.join(map(_point, segment))}</trkseg>" for segment in segments)
    return f'<gpx creator="x"><trk><type>{sport}</type>{points}</trk></gpx>'.encode()


def _point(fix: Fix) -> str:
    second, north, east = fix
    time = (START + timedelta(seconds=second)).isoformat()
    place = f'lat="{50 + north * METRE}" lon="{8 + east * METRE * 1.5557}"'
    return f"<trkpt {place}><time>{time}</time></trkpt>"


def tcx(fixes: Iterable[Fix], *, lap: str = "") -> bytes:
    """Return the same as TCX: the fixes' way north as distances; `lap` is the content of the only lap."""
    points = "".join(
        f"<Trackpoint><Time>{(START + timedelta(seconds=second)).isoformat()}</Time>"
        f"<DistanceMeters>{north}</DistanceMeters></Trackpoint>"
        for second, north, _ in fixes
    )
    return (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running">'
        f'<Lap StartTime="{START.isoformat()}">{lap}<Track>{points}</Track></Lap>'
        "</Activity></Activities></TrainingCenterDatabase>"
    ).encode()
