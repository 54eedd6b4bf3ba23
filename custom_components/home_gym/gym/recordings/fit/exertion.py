"""Strain of a FIT session: training load and effects, ratings, heart-rate zones, and the wearer's heart rates."""

from collections.abc import Iterable, Sequence

from ...runs.exertion import Exertion, HeartRateProfile, HeartRateZones
from .layout import Message
from .profile import Key, Kind


def exertion(numbers: dict[Key, float]) -> Exertion | None:
    """Return the strain that the watch computed and its wearer rated, None without any.

    An anaerobic effect of 0 counts beside an aerobic one: the effort had none. A feel of 0 is the worst, and counts.
    """
    aerobic = numbers.get(Key.AEROBIC_EFFECT) or None
    found = Exertion(
        training_load=numbers.get(Key.TRAINING_LOAD) or None,
        aerobic_effect=aerobic,
        anaerobic_effect=numbers.get(Key.ANAEROBIC_EFFECT) if aerobic else numbers.get(Key.ANAEROBIC_EFFECT) or None,
        perceived=numbers.get(Key.PERCEIVED_EXERTION) or None,
        feel=numbers.get(Key.FEEL),
    )
    return None if found == Exertion() else found


def zones(session: Message, index: int, times: Iterable[Message]) -> HeartRateZones | None:
    """Return the seconds in each heart-rate zone of the session with an index, None if the watch counted none."""
    for message in times:
        if message.numbers.get(Key.REFERENCE) == Kind.SESSION and message.numbers.get(Key.REFERENCE_INDEX, 0) == index:
            seconds = message.lists.get(Key.TIME_IN_ZONES, ())
            if any(seconds):
                return HeartRateZones(seconds=seconds, limits=message.lists.get(Key.ZONE_LIMITS, ()))
    seconds = session.lists.get(Key.TIME_IN_ZONES, ())
    return HeartRateZones(seconds=seconds) if any(seconds) else None


def heart_rate_profile(profiles: Sequence[Message]) -> HeartRateProfile | None:
    """Return the wearer's resting and maximum heart rate, those of running first; None without any."""

    def first(*keys: Key) -> float | None:
        return next((rate for key in keys for each in profiles if (rate := each.numbers.get(key))), None)

    found = HeartRateProfile(
        resting=first(Key.RESTING_HEART_RATE),
        maximum=first(Key.MAX_RUNNING_HEART_RATE, Key.PROFILE_HEART_RATE),
    )
    return None if found == HeartRateProfile() else found
