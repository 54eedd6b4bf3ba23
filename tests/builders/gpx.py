"""Recordings as GPX text, as phones and sites export them."""

from datetime import datetime

from .recording import LapPlan, Recording, Sample, samples

EXTENSION = "http://www.garmin.com/xmlschemas/TrackPointExtension/v1"


def build_gpx(*recordings: Recording, creator: str = "Garmin Connect") -> bytes:
    """Return a GPX file with one track for each recording; a pause begins a new segment."""
    tracks = "".join(map(_track, recordings))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<gpx version="1.1" creator="{creator}" xmlns="http://www.topografix.com/GPX/1/1"'
        f' xmlns:ns3="{EXTENSION}">{tracks}</gpx>'
    ).encode()


def _track(recording: Recording) -> str:
    """Return one track."""
    points, last = [], None
    for lap, sample in samples(recording):
        points.append(_segment_end(last, lap) + _point(sample))
        last = lap
    return f"<trk><name>Workout</name><type>{recording.sport}</type><trkseg>{''.join(points)}</trkseg></trk>"


def _segment_end(last: LapPlan | None, lap: LapPlan) -> str:
    """Return the start of a new segment after a pause."""
    return "</trkseg><trkseg>" if last is not None and last is not lap and last.pause else ""


def _point(sample: Sample) -> str:
    """Return one trackpoint."""
    rate = "" if sample.heart_rate is None else f"<ns3:hr>{sample.heart_rate}</ns3:hr>"
    cadence = "" if sample.cadence is None else f"<ns3:cad>{sample.cadence / 2:g}</ns3:cad>"
    power = "" if sample.power is None else f"<power>{sample.power}</power>"
    return (
        f'<trkpt lat="{sample.latitude}" lon="{sample.longitude}"><ele>3.0</ele><time>{_time(sample.time)}</time>'
        f"<extensions>{power}<ns3:TrackPointExtension>{rate}{cadence}</ns3:TrackPointExtension></extensions></trkpt>"
    )


def _time(instant: datetime) -> str:
    """Return an instant as GPX writes it."""
    return instant.isoformat(timespec="milliseconds")
