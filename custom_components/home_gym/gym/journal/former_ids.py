"""Activities as earlier versions stored them.

Until version 2.0 of the files, the name of a device was no part of an activity's id. An activity stored then keeps its
id, which corrections and prompts refer to, and later deliveries of the same record are matched to it. A recording that
names no sport counted for nothing then; one that looks like a run is doubtful now.
"""

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import override

from ..recordings.sports import guess
from ..runs.activity import Activity, Doubt, Origin, Sport, device_suffix
from .facts import Delivery, Fact


def updated(fact: Fact) -> Fact:
    """Return a fact of an earlier version's file; an activity keeps the id that it had there."""
    if not isinstance(fact, Delivery) or fact.activity.known_as or not fact.activity.needs_device:
        return fact
    activity = replace(fact.activity, known_as=fact.activity.former_id)
    if _names_no_sport(activity) and guess(activity) is Sport.RUN:
        activity = replace(activity, doubt=Doubt.NO_SPORT, guess=Sport.RUN)
    return replace(fact, activity=activity)


def _names_no_sport(activity: Activity) -> bool:
    """Return whether an activity is the track of a file without a sport; watches have a manufacturer."""
    has_word = activity.sub_sport is not None or activity.manufacturer is not None
    return activity.sport is Sport.OTHER and activity.origin is Origin.FILE and not has_word


def identified(activity: Activity, known: Mapping[str, Delivery]) -> Activity:
    """Return an activity with the id that an earlier version stored it by, or else as it is."""
    if activity.known_as:
        return activity
    if activity.origin_id is not None:
        return _posted(activity, known)
    if not activity.needs_device:
        return activity
    stored = known.get(activity.former_id)
    if stored is None or stored.activity.known_as is None or not _is_same_device(stored.activity, activity):
        return activity
    former = stored.activity
    return replace(activity, known_as=former.known_as, device=activity.device or former.device)


def _posted(activity: Activity, known: Mapping[str, Delivery]) -> Activity:
    """Return a posted activity with the id that its source had without the device."""
    suffix = device_suffix(activity.device)
    if not suffix or not (activity.origin_id or "").endswith(suffix):
        return activity
    former = replace(activity, origin_id=(activity.origin_id or "").removesuffix(suffix))
    stored = known.get(former.id)
    return former if stored and stored.activity.device == activity.device else activity


def _is_same_device(former: Activity, activity: Activity) -> bool:
    """Return whether two activities with one former id are of one device; a reader may name it otherwise by now."""
    is_named = former.device is not None and activity.device is not None
    return not is_named or former.device == activity.device or activity.manufacturer is not None


class DeliveredIds(Container[str]):
    """Ids of all delivered activities, by the rule of an earlier version or of this one."""

    def __init__(self, deliveries: Mapping[str, Delivery]) -> None:
        """Follow deliveries as they come and go."""
        self._deliveries = deliveries
        self._own = {
            delivery.activity.own_id: key for key, delivery in deliveries.items() if delivery.activity.known_as
        }

    @override
    def __contains__(self, key: object) -> bool:
        """Return whether an activity with this id was delivered."""
        return key in self._deliveries or self._own.get(str(key)) in self._deliveries
