"""Exercise sessions of Android's Health Connect, sent by bridges; none has its own distance or cadence."""

from ...runs.activity import Sport
from ..sports import HEALTH_CONNECT_NUMBERS, classify, normal, says_indoors, word_of_number
from .build import PostContext, PostedActivity
from .row import Row

SERVICE = "health_connect"

ANDROID_WORDS = frozenset({*HEALTH_CONNECT_NUMBERS.values(), "running_treadmill", "weightlifting"})
"""Android's words for the exercises used here; the runner's choice of names doesn't change them."""


def is_session(row: Row) -> bool:
    """Return whether a row is a session in Android's own format."""
    return row.has("exerciseType", "startTime")


def read_session(row: Row, context: PostContext) -> PostedActivity:
    """Return a session in Android's format: kind as a number, times as texts or as seconds since 1970."""
    word = word_of_number(row.number("exerciseType"), HEALTH_CONNECT_NUMBERS)
    word = word or row.text("exerciseName", "exerciseType")
    metadata = row.part("metadata")
    return PostedActivity(
        service=SERVICE,
        id=metadata.text("id"),
        sport=_sport(word, context),
        word=word,
        start=row.instant("startTime", zone=context.zone),
        end=row.instant("endTime", zone=context.zone),
        elapsed_time=row.number("duration"),
        indoor=says_indoors(word),
        device=metadata.text("dataOrigin"),
        several_devices=True,
    )


def is_bridged(row: Row) -> bool:
    """Return whether a row is a session of the HC Webhook app."""
    return row.has("type", "start_time") and (row.has("end_time") or row.has("duration_seconds"))


def read_bridged(row: Row, context: PostContext) -> PostedActivity:
    """Return a session of the HC Webhook app, with the figures that the app adds; its types are Android's numbers."""
    word = word_of_number(row.number("type"), HEALTH_CONNECT_NUMBERS) or row.text("type")
    return PostedActivity(
        service=SERVICE,
        id=row.text("id", "uuid"),
        sport=_sport(word, context),
        word=word,
        start=row.instant("start_time", zone=context.zone),
        end=row.instant("end_time", zone=context.zone),
        moving_time=row.number("duration_seconds"),
        distance=row.number("distance_meters"),
        cadence=row.number("avg_cadence_spm"),
        heart_rate=row.number("avg_heart_rate", "avg_heart_rate_bpm"),
        indoor=says_indoors(word),
    )


def _sport(word: str | None, context: PostContext) -> Sport:
    """Return the sport of a word, in Android's spelling or any other."""
    key = normal(word).removeprefix("exercise_type_")
    return classify(key) if key in ANDROID_WORDS else context.names.sport(word)
