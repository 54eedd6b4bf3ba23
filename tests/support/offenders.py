"""Inputs that take many times their size in memory, unless their reader is bounded; each of about a given size."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
import gzip
from itertools import count
import json
from random import Random
from zipfile import ZIP_STORED

from tests.builders import FitShape, FitWriter
from tests.builders.fit_tables import FILE_ID, LAP, RECORD, SESSION, Message
from tests.support.archives import zipped

EPOCH = 10**9
"""A raw timestamp of FIT: September 2021."""

type Build = Callable[[int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offender:
    """An input by its builder; `largest` is the size in bytes that a reader looks at before it refuses any."""

    build: Build
    largest: int = 47_000_000


def _until(size: int, parts: Iterator[bytes]) -> bytes:
    """Return as many parts as make up a size."""
    found = bytearray()
    while len(found) < size:
        found += next(parts)
    return bytes(found)


# XML


def elements_of_different_names(size: int) -> bytes:
    return b"<gpx>" + _until(size, (b"<a%x/>" % number for number in count())) + b"</gpx>"


def attributes_of_different_names(size: int) -> bytes:
    tags = (b"<t " + b" ".join(b'b%x=""' % (50 * number + each) for each in range(50)) + b"/>" for number in count())
    return b"<gpx>" + _until(size, tags) + b"</gpx>"


def points_of_one_track(size: int) -> bytes:
    point = b"<trkpt><time>20260101T0101</time><cad>81</cad></trkpt>"
    return b"<gpx><trk><type>running</type><trkseg>" + point * (size // len(point)) + b"</trkseg></trk></gpx>"


def tracks_of_device_with_long_name(size: int) -> bytes:
    track = b"<trk>" + b"<trkpt><time>2026-01-01</time></trkpt>" * 2 + b"</trk>"
    return b'<gpx creator="%b">' % (b"x" * 60_000) + track * min(19_000, size // len(track)) + b"</gpx>"


def laps_with_long_texts(size: int) -> bytes:
    lap = b"<Activity Sport='%b'><Lap StartTime='2026-01-01T00:00:00Z'><Notes>%b</Notes></Lap></Activity>"
    part = lap % (b"s" * 2000, b"n" * 800)
    return b"<TrainingCenterDatabase>" + part * (size // len(part)) + b"</TrainingCenterDatabase>"


def laps_of_unknown_figures(size: int) -> bytes:
    lap = b"<Lap StartTime='2026-01-01T00:00:00Z'>" + b"".join(b"<f%d>1</f%d>" % (each, each) for each in range(900))
    part = lap + b"</Lap>"
    return b"<TrainingCenterDatabase><Activity>" + part * (size // len(part)) + b"</Activity></TrainingCenterDatabase>"


def positions_that_jump(size: int) -> bytes:
    """Every second point lies elsewhere, which is cleaned."""
    point = b'<trkpt lat="%d" lon="1"><time>20260101T%02d%02d%02d</time></trkpt>'
    points = (point % (at % 2, at // 3600 % 24, at // 60 % 60, at % 60) for at in range(size // 64))
    return b"<gpx><trk><type>running</type><trkseg>" + b"".join(points) + b"</trkseg></trk></gpx>"


def declared_elements(size: int) -> bytes:
    declarations = _until(size, (b"<!ELEMENT a%x ANY>" % number for number in count()))
    return b"<!DOCTYPE HealthData [" + declarations + b"]><HealthData/>"


def statistics_of_different_kinds(size: int) -> bytes:
    statistics = _until(size, (b'<WorkoutStatistics type="%x"/>' % number for number in count()))
    export = b"<HealthData><Workout>" + statistics + b"</Workout></HealthData>"
    return zipped({"export.xml": export})


# JSON


def empty_lists(size: int) -> bytes:
    return b"[" + b"[]," * (size // 3) + b"[]]"


def empty_objects(size: int) -> bytes:
    return b'{"workouts":[' + b"{}," * (size // 3) + b"{}]}"


def objects_of_one_entry(size: int) -> bytes:
    return b'{"workouts":[' + b'{"a":1.5},' * (size // 10) + b"{}]}"


def entries_of_different_names(size: int) -> bytes:
    return b"[{" + _until(size, (b'"%x":0,' % number for number in count())) + b'"":0}]'


def texts_of_two_letters(size: int) -> bytes:
    return b"[" + b'"ab",' * (size // 5) + b'""]'


def one_emoji_in_long_text(size: int) -> bytes:
    return json.dumps(["\N{RUNNER}" + "a" * size], ensure_ascii=False).encode()


def rows_of_short_runs(size: int) -> bytes:
    rows = (b'{"sport":"run","start":%d},' % (1_500_000_000 + 4000 * number) for number in range(19_999))
    return b"[" + b"".join(rows)[:size].rpartition(b"},")[0] + b"}]"


# FIT


def _file(body: bytes) -> bytes:
    writer = FitWriter(FitShape(crc="zero"))
    writer.message(0, FILE_ID, {"type": 4})
    writer.body += body
    return writer.file()


def _definition(message: Message, local: int) -> bytes:
    writer = FitWriter()
    writer.define(local, message)
    return bytes(writer.body)


def _time(number: int) -> bytes:
    return (EPOCH + number).to_bytes(4, "little")


def chained_files_of_many_laps(size: int) -> bytes:
    laps = _definition(LAP.only("start_time"), 2) + b"".join(b"\x02" + _time(number) for number in range(7000))
    one = _file(_definition(SESSION.only("sport"), 1) + laps + b"\x01\x01")
    return one * min(900, size // len(one))


def records_of_two_layouts(size: int) -> bytes:
    one, other = RECORD.only("timestamp", "heart_rate"), RECORD.only("timestamp", "cadence")
    rows = (b"%c%b%c" % (1 + number % 2, _time(number), 85) for number in range(min(size // 6, 1_000_000)))
    return _file(_definition(one, 1) + _definition(other, 2) + b"".join(rows) + _session())


def records_of_long_run(size: int) -> bytes:
    """Its odometer and cadence are derived again, since every hundredth second is a leap."""
    message = RECORD.only("timestamp", "distance", "heart_rate", "cadence")
    rows = (
        b"\x01"
        + _time(at)
        + ((300 * at + 900_000 * (at // 100)) % 2**32).to_bytes(4, "little")
        + bytes([150, 80 + at % 9])
        for at in range(min(size // 11, 1_000_000))
    )
    session = _definition(SESSION.only("sport", "start_time", "timestamp"), 5)
    values = {"sport": b"\x01", "start_time": _time(0), "timestamp": _time(500_000)}
    return _file(_definition(message, 1) + b"".join(rows) + session + b"\x05" + _in_order(session, values))


def _in_order(definition: bytes, values: Mapping[str, bytes]) -> bytes:
    """Return the values of a session in the order of its definition."""
    names = {5: "sport", 2: "start_time", 253: "timestamp"}
    return b"".join(values[names[number]] for number in definition[6::3])


def records_of_compressed_times(size: int) -> bytes:
    timed = _definition(RECORD.only("timestamp"), 1) + b"\x01" + _time(0)
    number = min(size // 2, 990_000)
    return _file(timed + _definition(RECORD.only("heart_rate"), 2) + bytes([0xC1, 120]) * number + _session())


def records_of_two_bytes(size: int) -> bytes:
    return _file(_definition(RECORD.only("heart_rate"), 1) + b"\x01\x60" * (size // 2))


def messages_of_one_byte(size: int) -> bytes:
    return _file(_definition(Message(20, ()), 1) + b"\x01" * size)


def _session() -> bytes:
    return _definition(SESSION.only("sport"), 5) + b"\x05\x01"


# Archives


def list_of_commas(size: int) -> bytes:
    return zipped({"activities.csv": Random(0).randbytes(1000) * 40 + b"\n" + b"," * size}, ZIP_STORED)


def list_of_commas_between_quotes(size: int) -> bytes:
    line = b'"\n"' + b"," * 8000
    return zipped({"activities.csv": b"a,b\n" + line * (size // len(line))}, ZIP_STORED)


def list_of_many_recordings(size: int) -> bytes:
    rows = (b",,,,b,a/%d.fit\n" % number for number in count())
    return zipped({"activities.csv": b"a,b,c,d,e,f\n" + _until(size, rows)}, ZIP_STORED)


def members_with_long_names(size: int) -> bytes:
    return zipped({f"{number}".ljust(60_000, "n"): b"" for number in range(max(2, size // 120_000))}, ZIP_STORED)


def many_members(size: int) -> bytes:
    return zipped({f"{number}.fit": b"" for number in range(size // 110)}, ZIP_STORED)


def _places(size: int) -> bytes:
    """Return a track that compresses as real ones do."""
    chance = Random(0)
    point = '<trkpt lat="%.6f" lon="%.6f"><ele>%.1f</ele><time>2026-01-01T%02d:%02d:%02dZ</time></trkpt>'
    points = (
        point % (chance.random(), chance.random(), chance.random(), at // 3600 % 24, at // 60 % 60, at % 60)
        for at in range(size // 100)
    )
    return b"<gpx><trk><trkseg>" + "".join(points).encode() + b"</trkseg></trk></gpx>"


def large_members(size: int) -> bytes:
    noise, track = Random(0).randbytes(size // 4), _places(size // 2)
    return zipped({"a.gpx": track, "b.json": b"[" + noise, "c.gpx": track, "d.gpx": track})


def inflated_recording(size: int) -> bytes:
    return gzip.compress(_places(size), 1)


def form_of_many_files(size: int) -> bytes:
    rows = rows_of_short_runs(size // 90)
    part = b'\r\n--x\r\nContent-Disposition: form-data; name="a"; filename="run"\r\n\r\n' + rows
    return part * max(1, size // len(part)) + b"\r\n--x--\r\n"


JSON_SIZE = 16_700_000
OFFENDERS: Mapping[str, Offender] = {
    **{
        build.__name__: Offender(build=build)
        for build in (
            elements_of_different_names,
            attributes_of_different_names,
            points_of_one_track,
            tracks_of_device_with_long_name,
            laps_with_long_texts,
            laps_of_unknown_figures,
            positions_that_jump,
            declared_elements,
            statistics_of_different_kinds,
            chained_files_of_many_laps,
            records_of_two_layouts,
            records_of_long_run,
            records_of_compressed_times,
            records_of_two_bytes,
            messages_of_one_byte,
            members_with_long_names,
            large_members,
            inflated_recording,
        )
    },
    **{
        build.__name__: Offender(build=build, largest=JSON_SIZE)
        for build in (
            empty_lists,
            empty_objects,
            objects_of_one_entry,
            entries_of_different_names,
            texts_of_two_letters,
            one_emoji_in_long_text,
            rows_of_short_runs,
            list_of_commas,
            list_of_commas_between_quotes,
            list_of_many_recordings,
            many_members,
            form_of_many_files,
        )
    },
}
