"""What a preset is: how to tell a service's entities, and how to read activities from what they show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
import re
from typing import Any

from ..runs.activity import Activity


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What one entity, one event or one calendar showed.

    `key` is what is left of the unique id without the account. Only what can be read is a snapshot: an entity that is
    unavailable, unknown or restored is left out.
    """

    key: str
    state: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """What reading depends on besides the snapshots.

    `zone` is what local times mean, `now` guards against times to come, and `runs` are the words for sports that count
    as a run, with `*` for any letters.
    """

    zone: tzinfo
    now: datetime
    runs: tuple[str, ...]


type ReadActivities = Callable[[Sequence[Snapshot], ReadingContext], list[Activity]]
type ReadGear = Callable[[Sequence[Snapshot]], dict[str, str]]


def no_gear(snapshots: Sequence[Snapshot]) -> dict[str, str]:
    """Return no gear, for services that know of none."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """How one service is read.

    `service` is the integration's domain. `unique_ids` matches the unique ids of the entities that matter, with the
    groups `account` and `key`; `anchor` matches the keys of those that tell of activities by themselves. `calendar` is
    the key of a calendar whose events are part of its snapshot, as the attribute `events`. `event` is the type of an
    event of Home Assistant's bus whose data is read like attributes, under the key `event`. `gear` returns the names
    of shoes by their ids.
    """

    service: str
    unique_ids: re.Pattern[str]
    anchor: re.Pattern[str]
    read: ReadActivities
    gear: ReadGear = no_gear
    calendar: str | None = None
    event: str | None = None

    def key_of(self, unique_id: str, account: str) -> str | None:
        """Return the key of an entity of an account, or None for one that doesn't matter."""
        match = self.unique_ids.fullmatch(unique_id)
        return match["key"] if match and match["account"] == account else None

    def account_of(self, unique_id: str) -> str | None:
        """Return the account that an entity tells of the activities of, or None for one that tells of none."""
        match = self.unique_ids.fullmatch(unique_id)
        return match["account"] if match and self.anchor.fullmatch(match["key"]) else None
