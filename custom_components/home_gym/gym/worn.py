"""Pairs worn in the activities of recent runs, for services that are to know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .runner import Runner
from .runs.activity import Activity

LATEST = timedelta(days=28)
"""Age of the oldest run with a pair to write; corrections come sooner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn:
    """The pair of an activity: its id in the rack."""

    activity: Activity
    shoe: str


def pairs_worn(runner: Runner, since: datetime, now: datetime) -> list[Worn]:
    """Return the pairs that were certainly worn in the activities of runs since an instant, the earliest run first.

    A pair that is only a guess by habit is left out.
    """
    runs = runner.runs.between(max(since, now - LATEST), now)
    return [
        Worn(activity=activity, shoe=shoe)
        for run in sorted(runs, key=lambda run: run.start)
        if (shoe := runner.rack.shoe_of(run)) is not None and not runner.projections.possible_shoes(run)
        for activity in runner.activities_of(run)
    ]


def gear_to_assign(worn: Worn, links: Mapping[str, str], assigned: str | None) -> str | None:
    """Return the service's gear that an activity lacks, None for one that has it or needs none.

    `links` are the pairs by the service's gear. `assigned` is the gear that was assigned before; without it, the gear
    that the service shows counts.
    """
    linked = [gear for gear, shoe in links.items() if shoe == worn.shoe]
    if not linked or (assigned or worn.activity.gear) in linked:
        return None
    return linked[0]
