"""Preset: how to recognise a service's entities, and how to read activities from their states."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
import re
from typing import Any

from ..recordings.sports import is_named
from ..runs.activity import Activity, Sport

LONGEST_ID = 19
"""Digits of a number that a service gives to an activity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """State of one entity, one event or one calendar.

    `key` is the unique id without the account. Only readable states become snapshots: an unavailable, unknown or
    restored entity is left out.
    """

    key: str
    state: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """Settings for reading snapshots.

    `zone` is the zone of local times, `now` guards against future times, and `runs` are the words for sports that count
    as a run, with `*` for any letters.
    """

    zone: tzinfo
    now: datetime
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingActions:
    """Actions of an integration for the whole recordings of its service.

    `name` is the name of the service, `download` the action that writes the recording of an activity into `folder`,
    below Home Assistant's own.
    """

    name: str
    download: str
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingActions:
    """Actions of an integration that change the account: the pair of an activity, a new activity, and an upload."""

    assign_gear: str
    create_run: str
    upload_run: str


type ReadActivities = Callable[[Sequence[Snapshot], ReadingContext], list[Activity]]
type ReadGear = Callable[[Sequence[Snapshot]], dict[str, str]]


def no_gear(snapshots: Sequence[Snapshot]) -> dict[str, str]:
    """Return no gear, for services without any."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """Reader of one service.

    `service` is the integration's domain. `unique_ids` matches the unique ids of the entities used, with the groups
    `account` and `key`; `anchor` matches the keys of those that show activities by themselves. `calendar` is the key of
    a calendar whose events are part of its snapshot, as the attribute `events`. `event` is the type of an event on Home
    Assistant's bus whose data is read like attributes, under the key `event`. `gear` returns the names of shoes by
    their ids. `recordings` are the actions for whole recordings, `writing` those that change the account;
    None for an integration without any.
    """

    service: str
    unique_ids: re.Pattern[str]
    anchor: re.Pattern[str]
    read: ReadActivities
    gear: ReadGear = no_gear
    calendar: str | None = None
    event: str | None = None
    recordings: RecordingActions | None = None
    writing: WritingActions | None = None

    def key_of(self, unique_id: str, account: str) -> str | None:
        """Return the key of an entity of an account, or None for an unused one."""
        match = self.unique_ids.fullmatch(unique_id)
        return match["key"] if match and match["account"] == account else None

    def account_of(self, unique_id: str) -> str | None:
        """Return the account of an entity that shows activities, or None for any other entity."""
        match = self.unique_ids.fullmatch(unique_id)
        return match["account"] if match and self.anchor.fullmatch(match["key"]) else None

    def own_id_of(self, activity: Activity) -> str | None:
        """Return the service's own id of an activity with a recording worth a request, None for any other.

        Runs have one, and efforts without a named sport.
        """
        if activity.sport is not Sport.RUN and is_named(activity.sub_sport):
            return None
        service, _, own_id = (activity.origin_id or "").partition(":")
        is_number = own_id.isdecimal() and len(own_id) <= LONGEST_ID
        return own_id if service == self.service and is_number else None
