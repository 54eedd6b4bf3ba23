"""Recordings as FIT bytes, as a watch writes them.

Written from the published FIT protocol, with tables of its own, so that a mistake in the reader's tables shows.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import struct
from typing import Literal

from .fit_tables import (
    ACTIVITY,
    DEVICE_INFO,
    EVENT,
    FILE_CREATOR,
    FILE_ID,
    INTENSITIES,
    LAP,
    RECORD,
    SESSION,
    SPORT,
    SPORTS,
    SUB_SPORTS,
    Message,
    Value,
)
from .recording import LapPlan, Recording, Sample, samples

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class FitShape:
    """Variants of a FIT file's encoding, independent of its content.

    `developer_fields` adds, to each record and session, a field of a connected app that claims to be the native
    distance, and one of no size. `compressed_timestamps` writes records with five bits of time in their header.
    """

    big_endian: bool = False
    compressed_timestamps: bool = False
    developer_fields: bool = False
    session_first: bool = False
    sessions: bool = True
    laps: bool = True
    records: bool = True
    sport_message: bool = True
    clock_set: bool = True
    file_type: int = 4
    crc: Literal["right", "wrong", "zero", "missing"] = "right"
    header_size: Literal[12, 14] = 14
    data_size: int | None = None


PLAIN = FitShape()


def crc16(data: bytes) -> int:
    """Return FIT's checksum, bit by bit as its polynomial says."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


CRC_OF_BYTE = [crc16(bytes([byte])) for byte in range(256)]


def fast_crc16(data: bytes) -> int:
    """Return the same checksum, byte by byte."""
    crc = 0
    for byte in data:
        crc = crc >> 8 ^ CRC_OF_BYTE[(crc ^ byte) & 0xFF]
    return crc


class FitWriter:
    """Definition and data messages, one after the other, wrapped in header and checksum at the end."""

    def __init__(self, shape: FitShape = PLAIN, origin: datetime = EPOCH) -> None:
        """Start an empty file; `origin` is the instant of the watch's clock at 0."""
        self.shape = shape
        self.origin = origin
        self.body = bytearray()
        self._order = ">" if shape.big_endian else "<"
        self._defined: dict[int, Message] = {}

    def clock(self, instant: datetime) -> int:
        """Return the instant as the watch's clock counts."""
        return int((instant - self.origin).total_seconds())

    def define(self, local: int, message: Message, developer: bytes = b"") -> None:
        """Write the definition of a local message type; `developer` is raw (number, size, index) triples."""
        header = 0x40 | local | (0x20 if developer else 0)
        fields = b"".join(field.definition() for field in message.fields)
        number = struct.pack(f"{self._order}H", message.number)
        self.body += bytes([header, 0, self.shape.big_endian]) + number + bytes([len(message.fields)]) + fields
        if developer:
            self.body += bytes([len(developer) // 3]) + developer
        self._defined[local] = message

    def write(self, local: int, values: dict[str, Value], developer: bytes = b"", offset: int | None = None) -> None:
        """Write a data message; values missing in `values` are invalid. `offset` makes the timestamp compressed."""
        self.body.append(local if offset is None else 0x80 | local << 5 | offset)
        for field in self._defined[local].fields:
            self.body += field.encode(values.get(field.name), self._order)
        self.body += developer

    def message(self, local: int, message: Message, values: dict[str, Value]) -> None:
        """Write a data message, with its definition if the local type has another one so far."""
        if self._defined.get(local) is not message:
            self.define(local, message)
        self.write(local, values)

    def file(self) -> bytes:
        """Return the file: header, messages, checksum."""
        size = len(self.body) if self.shape.data_size is None else self.shape.data_size
        header = struct.pack("<BBHI4s", self.shape.header_size, 0x20, 2195, size, b".FIT")
        if self.shape.header_size == 14:
            header += struct.pack("<H", crc16(header))
        whole = header + bytes(self.body)
        match self.shape.crc:
            case "right":
                return whole + struct.pack("<H", fast_crc16(whole))
            case "wrong":
                return whole + struct.pack("<H", fast_crc16(whole) ^ 0x1234)
            case "zero":
                return whole + bytes(2)
            case "missing":
                return whole


def build_fit(*recordings: Recording, shape: FitShape = PLAIN) -> bytes:
    """Return a FIT file with one session for each recording; files one after the other make a chained file."""
    first, last = recordings[0], recordings[-1]
    switched_on = first.start - timedelta(seconds=900)
    writer = FitWriter(shape, EPOCH if shape.clock_set else switched_on)
    _write_head(writer, first)
    if shape.session_first:
        _write_sessions(writer, recordings)
    for recording in recordings:
        _write_body(writer, recording)
    if not shape.session_first:
        _write_sessions(writer, recordings)
    _write_timer(writer, last.end, "stop")
    writer.message(
        5,
        ACTIVITY,
        {
            "timestamp": writer.clock(last.end),
            "total_timer_time": sum(recording.moving_time for recording in recordings),
            "num_sessions": len(recordings),
            "type": 1 if len(recordings) > 1 else 0,
            "event": 26,
            "event_type": 1,
            "local_timestamp": writer.clock(last.end) + 3600,
        },
    )
    return writer.file()


def _write_head(writer: FitWriter, recording: Recording) -> None:
    """Write the recording device, and the start of the timer."""
    watch, now = recording.watch, writer.clock(recording.start)
    identity: dict[str, Value] = {
        "manufacturer": watch.manufacturer,
        "product": watch.product,
        "serial_number": watch.serial_number,
        "product_name": watch.product_name,
    }
    writer.message(0, FILE_ID, identity | {"type": writer.shape.file_type, "time_created": now})
    writer.message(1, FILE_CREATOR, {"software_version": 1927})
    writer.message(2, DEVICE_INFO, identity | {"timestamp": now, "device_index": 0, "software_version": 19.27})
    writer.message(2, DEVICE_INFO, {"timestamp": now, "device_index": 1, "manufacturer": 32, "product": 9})
    _write_timer(writer, recording.start, "start")
    if writer.shape.sport_message:
        names: dict[str, Value] = {"sport": SPORTS[recording.sport], "sub_sport": SUB_SPORTS[recording.sub_sport]}
        writer.message(4, SPORT, names | {"name": "Workout"})


def _write_body(writer: FitWriter, recording: Recording) -> None:
    """Write records and laps in the order in which they happened."""
    shape, lap_index = writer.shape, 0
    local = 2 if shape.compressed_timestamps else 6
    pending: LapPlan | None = None
    starts = dict(enumerate(start for start, _ in recording.lap_starts()))
    _define_records(writer, local)
    for lap, sample in samples(recording):
        if pending is not None and lap is not pending:
            _write_lap(writer, recording, pending, lap_index, starts[lap_index])
            lap_index += 1
        pending = lap
        if shape.records:
            _write_record(writer, local, recording, sample)
    if pending is not None:
        _write_lap(writer, recording, pending, lap_index, starts[lap_index])


def _write_timer(writer: FitWriter, instant: datetime, event_type: Literal["start", "stop"]) -> None:
    """Write a start or stop of the timer."""
    values: dict[str, Value] = {"timestamp": writer.clock(instant), "event": 0}
    writer.message(3, EVENT, values | {"event_type": 0 if event_type == "start" else 4})


def _define_records(writer: FitWriter, local: int) -> None:
    """Write the definition of records, with the fields of connected apps."""
    full = RECORD.without("timestamp") if writer.shape.compressed_timestamps else RECORD
    developer = bytes([5, 4, 0, 1, 0, 0]) if writer.shape.developer_fields else b""
    if writer.shape.compressed_timestamps:
        writer.define(6, RECORD.only("timestamp"))
    writer.define(local, full, developer)


def _write_record(writer: FitWriter, local: int, recording: Recording, sample: Sample) -> None:
    """Write one record, its cadence in strides."""
    shape = writer.shape
    now = writer.clock(sample.time)
    strides = None if sample.cadence is None else round(sample.cadence * 64) / 128
    if shape.compressed_timestamps:
        writer.write(6, {"timestamp": now})
    writer.write(
        local,
        {
            "timestamp": now,
            "position_lat": None if sample.latitude is None else sample.latitude * 2**31 / 180,
            "position_long": None if sample.longitude is None else sample.longitude * 2**31 / 180,
            "distance": sample.distance,
            "enhanced_altitude": 12.4,
            "enhanced_speed": sample.speed,
            "heart_rate": sample.heart_rate,
            "cadence": None if strides is None else int(strides),
            "fractional_cadence": None if strides is None else strides % 1,
            "power": sample.power,
            "temperature": 19,
        },
        developer=b"\x12\x34\x56\x78" if shape.developer_fields else b"",
        offset=now & 0x1F if shape.compressed_timestamps else None,
    )


def _totals(whole: Recording | LapPlan, recording: Recording) -> dict[str, Value]:
    """Return the figures that laps and sessions share."""
    strides = None if whole.cadence is None else round(whole.cadence * 64) / 128
    return {
        "total_distance": whole.distance,
        "avg_heart_rate": recording.heart_rate,
        "max_heart_rate": recording.heart_rate,
        "avg_cadence": None if strides is None else int(strides),
        "avg_fractional_cadence": None if strides is None else strides % 1,
        "avg_power": recording.power,
        "sport": SPORTS[recording.sport],
        "sub_sport": SUB_SPORTS[recording.sub_sport],
        "event_type": 1,
    }


def _write_lap(writer: FitWriter, recording: Recording, lap: LapPlan, index: int, start: datetime) -> None:
    """Write the totals of a lap."""
    if lap.pause:
        _write_timer(writer, start + timedelta(seconds=lap.duration), "stop")
        _write_timer(writer, start + timedelta(seconds=lap.elapsed), "start")
    if not writer.shape.laps:
        return
    values: dict[str, Value] = {
        "message_index": index,
        "timestamp": writer.clock(start + timedelta(seconds=lap.elapsed)),
        "event": 9,
        "start_time": writer.clock(start),
        "total_elapsed_time": lap.elapsed,
        "total_timer_time": lap.duration,
        "intensity": INTENSITIES[lap.intensity],
        "lap_trigger": 0,
    }
    writer.message(3, LAP, _totals(lap, recording) | values)


def _write_sessions(writer: FitWriter, recordings: tuple[Recording, ...]) -> None:
    """Write the totals of each sport."""
    if not writer.shape.sessions:
        return
    first_lap = 0
    developer = bytes([9, 4, 0]) if writer.shape.developer_fields else b""
    writer.define(4, SESSION, developer)
    for index, recording in enumerate(recordings):
        values: dict[str, Value] = {
            "message_index": index,
            "timestamp": writer.clock(recording.end),
            "event": 8,
            "start_time": writer.clock(recording.start),
            "total_elapsed_time": recording.elapsed_time,
            "total_timer_time": recording.moving_time,
            "first_lap_index": first_lap,
            "num_laps": len(recording.laps),
            "trigger": 0,
        }
        writer.write(4, _totals(recording, recording) | values, developer=b"\x00\x00\x00\x07" if developer else b"")
        first_lap += len(recording.laps)
