"""Recordings as TCX text, as Garmin's and others' sites export them."""

from datetime import datetime

from .recording import LapPlan, Recording, Sample, samples

SCHEMAS = "http://www.garmin.com/xmlschemas"
SPORTS = {"running": "Running", "cycling": "Biking"}
INTENSITIES = {"rest": "Resting"}


def build_tcx(*recordings: Recording, device: str = "Forerunner 965") -> bytes:
    """Return a TCX file with one activity for each recording."""
    activities = "".join(_activity(recording, device) for recording in recordings)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<TrainingCenterDatabase xmlns="{SCHEMAS}/TrainingCenterDatabase/v2"'
        f' xmlns:ns3="{SCHEMAS}/ActivityExtension/v2">'
        f"<Activities>{activities}</Activities></TrainingCenterDatabase>"
    ).encode()


def _activity(recording: Recording, device: str) -> str:
    """Return one activity with its laps and the device that recorded it."""
    points = {id(lap): "" for lap in recording.laps}
    for lap, sample in samples(recording):
        points[id(lap)] += _point(sample)
    laps = "".join(_lap(recording, start, lap, points[id(lap)]) for start, lap in recording.lap_starts())
    return (
        f'<Activity Sport="{SPORTS.get(recording.sport, "Other")}"><Id>{_time(recording.start)}</Id>{laps}'
        f"<Creator><Name>{device}</Name><UnitId>{recording.watch.serial_number}</UnitId></Creator></Activity>"
    )


def _lap(recording: Recording, start: datetime, lap: LapPlan, points: str) -> str:
    """Return one lap: its sums, then its points."""
    heart_rate = "".join(
        f"<{name}HeartRateBpm><Value>{recording.heart_rate}</Value></{name}HeartRateBpm>"
        for name in ("Average", "Maximum")
        if recording.heart_rate is not None
    )
    distance = "" if lap.distance is None else f"<DistanceMeters>{lap.distance}</DistanceMeters>"
    cadence = "" if lap.cadence is None else f"<ns3:AvgRunCadence>{lap.cadence / 2:g}</ns3:AvgRunCadence>"
    return (
        f'<Lap StartTime="{_time(start)}"><TotalTimeSeconds>{lap.duration}</TotalTimeSeconds>{distance}{heart_rate}'
        f"<Intensity>{INTENSITIES.get(lap.intensity, 'Active')}</Intensity><TriggerMethod>Manual</TriggerMethod>"
        f"<Track>{points}</Track><Extensions><ns3:LX>{cadence}</ns3:LX></Extensions></Lap>"
    )


def _point(sample: Sample) -> str:
    """Return one trackpoint."""
    position = (
        ""
        if sample.latitude is None
        else (
            f"<Position><LatitudeDegrees>{sample.latitude}</LatitudeDegrees>"
            f"<LongitudeDegrees>{sample.longitude}</LongitudeDegrees></Position>"
        )
    )
    distance = "" if sample.distance is None else f"<DistanceMeters>{sample.distance}</DistanceMeters>"
    rate = "" if sample.heart_rate is None else f"<HeartRateBpm><Value>{sample.heart_rate}</Value></HeartRateBpm>"
    cadence = "" if sample.cadence is None else f"<ns3:RunCadence>{sample.cadence / 2:g}</ns3:RunCadence>"
    power = "" if sample.power is None else f"<ns3:Watts>{sample.power}</ns3:Watts>"
    return (
        f"<Trackpoint><Time>{_time(sample.time)}</Time>{position}{distance}{rate}"
        f"<Extensions><ns3:TPX>{cadence}{power}</ns3:TPX></Extensions></Trackpoint>"
    )


def _time(instant: datetime) -> str:
    """Return an instant as TCX writes it."""
    return instant.isoformat(timespec="milliseconds")
