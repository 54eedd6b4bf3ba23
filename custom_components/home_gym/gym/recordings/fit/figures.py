"""Conversion of a FIT file's messages into activities."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from ...runs.activity import Activity, Doubt, Lap, RunningDynamics, Sport
from ...runs.validation import ON_FOOT
from ..course import Course, corrected
from ..errors import RecordingError, RecordingFault
from ..rides import rides, spans, without
from ..samples import feet_of, profile, thirds, with_curve
from ..sports import classify, doubtful, says_indoors, surface, without_sport
from .apps import AppFigures
from .clock import instant, utc_offset
from .device import Device
from .exertion import exertion, heart_rate_profile, zones
from .heights import Heights
from .laps import without_overlaps
from .layout import Message
from .legs import Leg, legs, span
from .profile import (
    ACTIVITY_FILE,
    INTENSITIES,
    MANUAL_LAP,
    SPORTS,
    SUB_SPORTS,
    Key,
    Kind,
)
from .records import Records, Strides
from .walk import Walk

CREATOR = 0
"""Device index of the watch itself; others are its sensors."""

MAX_SESSIONS = 200

PROFILES = (Kind.ZONES_TARGET, Kind.USER_PROFILE)
"""Messages with the wearer's heart rates, the watch's own setting first."""
UNNAMED = frozenset({None, "generic", "all"})
"""Words of the profile that name no sport."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recording:
    """The decoded messages of one file."""

    device: Device
    file_type: float
    sports: list[Message]
    laps: list[Message]
    activity: Message
    records: Records
    apps: AppFigures
    zones: Callable[[], Iterator[Message]]
    profiles: list[Message]
    heights: Callable[[], Heights]
    has_positions: bool
    sessions: int
    complete: bool


def figures(data: bytes, walk: Walk, *, cut_off: bool, complete: bool) -> list[Activity]:
    """Return the activities of one walked FIT file; none if it is no recording of an effort.

    `cut_off` means that messages are missing at its end, `complete` that its checksum is right. Raises RecordingError
    if the file was an activity but its figures were lost.
    """
    sessions = _read(data, walk, Kind.SESSION)
    if len(sessions) > MAX_SESSIONS:
        raise RecordingError(RecordingFault.HOSTILE, f"more than {MAX_SESSIONS} sessions")
    devices = _read(data, walk, Kind.DEVICE_INFO)
    watch = _first(device for device in devices if device.numbers.get(Key.DEVICE_INDEX) == CREATOR)
    identity = _first(_read(data, walk, Kind.FILE_ID))
    recording = _Recording(
        device=Device.read(identity, watch),
        file_type=identity.numbers.get(Key.FILE_TYPE, ACTIVITY_FILE),
        sports=_read(data, walk, Kind.SPORT),
        laps=_read(data, walk, Kind.LAP),
        activity=_first(_read(data, walk, Kind.ACTIVITY)),
        records=Records.read(data, walk),
        apps=AppFigures(data, walk, _read(data, walk, Kind.FIELD_DESCRIPTION)),
        # Those of the session come last; laps may have hundreds.
        zones=lambda: (layout.message(data, at) for at, layout in reversed(walk.messages(Kind.TIME_IN_ZONE))),
        profiles=[message for kind in PROFILES for message in _read(data, walk, kind)],
        heights=cache(lambda: Heights(data, walk)),
        has_positions=_has_positions(data, walk),
        sessions=len(sessions),
        complete=complete,
    )
    is_broken_off = not sessions and cut_off
    if not sessions:
        sessions = _session_from_rest(recording)
    if is_broken_off and not sessions and recording.file_type == ACTIVITY_FILE:
        raise RecordingError(RecordingFault.DAMAGED, "broken off before its session")
    read = _broken_off if is_broken_off else _finished
    return [
        read(recording, leg, number) for number, leg in enumerate(legs(sessions, recording.records, recording.laps))
    ]


def _finished(recording: _Recording, leg: Leg, number: int) -> Activity:
    """Return the activity of a session; one that names no sport is doubtful.

    `number` counts the file's sessions from 0. A watch's profile for anything else has a general name. It is doubtful
    only if it looks like a run, and is no leg of a race.
    """
    sport_word, sub_sport = _words(leg.session.numbers)
    if sport_word not in UNNAMED or sub_sport not in UNNAMED or (sport_word and recording.sessions > 1):
        return _activity(recording, leg, number, classify(sport_word, sub_sport))
    activity = without_sport(lambda sport: _activity(recording, leg, number, sport))
    if not recording.sessions:
        return replace(activity, incomplete=True)
    is_unknown = sport_word is None and (activity.distance or activity.duration)
    if is_unknown or activity.guess is Sport.RUN:
        return activity
    return _activity(recording, leg, number, Sport.OTHER)


def _broken_off(recording: _Recording, leg: Leg, number: int) -> Activity:
    """Return the doubtful activity of a recording that broke off: the length of the missing part is unknown.

    Raises RecordingError for one that names another sport than a run.
    """
    sport_word, sub_sport = _words(leg.session.numbers)
    is_named = sport_word not in UNNAMED or sub_sport not in UNNAMED
    if is_named and classify(sport_word, sub_sport) is not Sport.RUN:
        raise RecordingError(RecordingFault.DAMAGED, "broken off before its session")
    activity = _activity(recording, leg, number, Sport.RUN)
    return doubtful(activity, Doubt.BROKEN_OFF, is_named=is_named)


def _read(data: bytes, walk: Walk, kind: Kind) -> list[Message]:
    """Return all messages of a kind."""
    return [layout.message(data, position) for position, layout in walk.messages(kind)]


def _first(messages: Iterable[Message]) -> Message:
    """Return the first message, or an empty one."""
    return next(iter(messages), Message({}))


def _has_positions(data: bytes, walk: Walk) -> bool:
    """Return whether any record has a position."""
    return any(
        layout.has_position(data, place)
        for layout, places in walk.positions.items()
        if layout.latitude_at
        for place in places
    )


def _session_from_rest(recording: _Recording) -> list[Message]:
    """Return a session built from the other messages, for a file without one; a file that is no activity gives none."""
    if recording.file_type != ACTIVITY_FILE:
        return []
    times = recording.records.times()
    if not times and not recording.laps:
        return []
    known = _first(message for message in (*recording.sports, *recording.laps) if Key.SPORT in message.numbers)
    numbers: dict[Key, float] = {key: known.numbers[key] for key in (Key.SPORT, Key.SUB_SPORT) if key in known.numbers}
    if times:
        numbers |= {Key.START_TIME: times[0], Key.TIMESTAMP: times[-1]}
    else:
        numbers |= _laps_summed(recording.laps)
    if Key.MOVING_TIME in recording.activity.numbers:
        numbers[Key.MOVING_TIME] = recording.activity.numbers[Key.MOVING_TIME]
    return [Message(numbers)]


def _laps_summed(laps: list[Message]) -> dict[Key, float]:
    """Return the summed figures of laps without records."""
    totals: dict[Key, float] = {}
    for key in (Key.ELAPSED_TIME, Key.MOVING_TIME, Key.DISTANCE):
        if known := [lap.numbers[key] for lap in laps if key in lap.numbers]:
            totals[key] = sum(known)
    starts = [start for lap in laps if (start := span(lap.numbers)[0]) is not None]
    return totals | ({Key.START_TIME: min(starts)} if starts else {})


def _activity(recording: _Recording, leg: Leg, number: int, sport: Sport) -> Activity:
    """Return the activity of a session, with the figures of a sport; `number` counts the file's sessions from 0."""
    start, end = times = span(leg.session.numbers)
    known_span = None if start is None or end is None else end - start
    records = leg.records
    if start is None:
        start = next(iter(records.times()), None)
    sport_word, sub_sport = _words(leg.session.numbers)
    on_foot = sport in ON_FOOT
    numbers = recording.apps.added_to(leg.session.numbers, times) if sport is Sport.RUN else leg.session.numbers
    indoor = says_indoors(sub_sport) or (False if on_foot else None)
    course = records.quick_course() if on_foot else None
    ridden = rides(course) if course else []
    running = records.without(spans(course, ridden)) if course and ridden else records
    strides = running.timed_strides() if on_foot else Strides()
    cadence = _strides(numbers) or running.cadence() if on_foot else None
    feet = feet_of(strides.mean or cadence)
    heights = recording.heights() if on_foot else None
    activity = Activity(
        sport=sport,
        sub_sport=sub_sport,
        start=instant(start),
        elapsed_time=_figure(numbers, Key.ELAPSED_TIME, lambda: known_span or records.elapsed_time()),
        moving_time=_figure(numbers, Key.MOVING_TIME, records.moving_time),
        distance=_distance(leg, course),
        cadence=cadence * feet if cadence else None,
        cadence_thirds=thirds(strides.times, strides.cadences, feet) if sport is Sport.RUN else None,
        cadence_profile=profile(strides.times, strides.cadences, feet) if sport is Sport.RUN else None,
        dynamics=_dynamics(numbers) if sport is Sport.RUN else None,
        heart_rate=_figure(numbers, Key.HEART_RATE, lambda: running.mean(Key.HEART_RATE)),
        max_heart_rate=_figure(numbers, Key.MAX_HEART_RATE, lambda: running.max(Key.HEART_RATE)),
        power=_figure(numbers, Key.POWER, lambda: running.mean(Key.POWER)),
        ascent=_climb(numbers, Key.ASCENT, heights),
        descent=_climb(numbers, Key.DESCENT, heights),
        exertion=exertion(numbers),
        heart_rate_zones=zones(leg.session, number, recording.zones()),
        heart_rate_profile=heart_rate_profile([*islice(recording.zones(), 1), *recording.profiles]),
        indoor=indoor,
        # A watch without positions may have been on a belt, whatever its sport.
        surface=surface(sport, indoor if indoor or recording.has_positions else None, sport_word, sub_sport),
        laps=without_overlaps(_laps(leg.laps, feet=feet if on_foot else None)),
        utc_offset=utc_offset(recording.activity, leg.session),
        device=recording.device.name,
        manufacturer=recording.device.manufacturer,
        serial_number=recording.device.serial_number,
        incomplete=not recording.complete,
    )
    if heights:
        activity = with_curve(activity, running.curve(feet, heights))
    return without(activity, course, ridden) if course else activity


def _distance(leg: Leg, course: Course | None) -> float | None:
    """Return the metres of the watch's summary, or else of its records, or else of its laps."""
    known = leg.session.numbers.get(Key.DISTANCE)
    if course is None:
        return known or leg.records.distance() or _laps_summed(leg.laps).get(Key.DISTANCE)
    return corrected(known, leg.records.odometer().metres, course) if known else course.distance


def _dynamics(numbers: dict[Key, float]) -> RunningDynamics | None:
    """Return the running dynamics that the watch measured, None if it measured none."""

    def metres(key: Key) -> float | None:
        return millimetres / 1000 if (millimetres := numbers.get(key)) else None

    milliseconds = numbers.get(Key.GROUND_CONTACT_TIME)
    dynamics = RunningDynamics(
        vertical_oscillation=metres(Key.VERTICAL_OSCILLATION),
        ground_contact_time=milliseconds / 1000 if milliseconds else None,
        ground_contact_balance=numbers.get(Key.GROUND_CONTACT_BALANCE) or None,
        vertical_ratio=numbers.get(Key.VERTICAL_RATIO) or None,
        step_length=metres(Key.STEP_LENGTH),
    )
    return None if dynamics == RunningDynamics() else dynamics


def _climb(numbers: dict[Key, float], key: Key, heights: Heights | None) -> float | None:
    """Return the metres of ascent or descent; 0 counts only where the watch measured heights."""
    metres = numbers.get(key)
    return metres if metres or (metres == 0 and heights and heights.known) else None


def _laps(laps: list[Message], *, feet: int | None) -> Iterator[tuple[Lap, bool]]:
    """Yield the laps with a known time, and whether each is automatic; `feet` is None for an effort without steps."""
    for lap in laps:
        numbers = lap.numbers
        start = instant(span(numbers)[0])
        if start is not None:
            yield (
                Lap(
                    start=start,
                    elapsed_time=numbers.get(Key.ELAPSED_TIME) or None,
                    moving_time=numbers.get(Key.MOVING_TIME) or None,
                    distance=numbers.get(Key.DISTANCE) or None,
                    cadence=cadence * feet if feet and (cadence := _strides(numbers)) else None,
                    intensity=INTENSITIES.get(int(numbers.get(Key.INTENSITY, -1))),
                ),
                numbers.get(Key.LAP_TRIGGER, MANUAL_LAP) != MANUAL_LAP,
            )


def _figure(numbers: dict[Key, float], key: Key, otherwise: Callable[[], float | None]) -> float | None:
    """Return a figure from the watch's summary, or else from its records; 0 is none."""
    return numbers.get(key) or otherwise()


def _strides(numbers: dict[Key, float]) -> float | None:
    """Return the strides a minute of a lap or session; a fraction of none is none."""
    whole = numbers.get(Key.CADENCE)
    return whole + numbers.get(Key.FRACTIONAL_CADENCE, 0) if whole else None


def _words(numbers: dict[Key, float]) -> tuple[str | None, str | None]:
    """Return the profile's words for sport and sub-sport, or the number itself if it has no word yet."""
    return _word(SPORTS, numbers.get(Key.SPORT)), _word(SUB_SPORTS, numbers.get(Key.SUB_SPORT))


def _word(words: dict[int, str], number: float | None) -> str | None:
    """Return the word for a number."""
    return None if number is None else words.get(int(number), str(int(number)))
