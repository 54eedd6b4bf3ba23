"""Gear of other services, linked with pairs."""

from typing import Any

import pytest

from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Origin

from ....support.unit.make import NOON, activity, restarted, settings, shoe

STRAVA: dict[str, Any] = {"origin": Origin.ENTITY, "origin_id": "strava:1"}
GARMIN: dict[str, Any] = {"origin": Origin.CLOUD, "origin_id": "garmin:1"}
OLD, NEW = "ha_strava:g1", "ha_strava:g2"


def runner(gear: dict[str, str]) -> Runner:
    """Return a runner with the newest pair as the default."""
    pairs = (shoe("old"), shoe("new", "2026-02-01"))
    return Runner(settings(shoes=pairs, gear=gear), Journal())


@pytest.mark.parametrize(
    ("gear", "activities", "worn"),
    [
        ({OLD: "old"}, [{**STRAVA, "gear": OLD}], "old"),
        ({OLD: "old"}, [{**STRAVA, "gear": NEW}], "new"),
        ({OLD: "old"}, [STRAVA], "new"),
        ({OLD: "thrown away"}, [{**STRAVA, "gear": OLD}], "new"),
        ({}, [{**STRAVA, "gear": OLD}], "new"),
        ({OLD: "old", NEW: "new"}, [{**STRAVA, "gear": NEW}, {**GARMIN, "gear": OLD}], "old"),
        ({OLD: "old"}, [{**STRAVA, "gear": OLD}, {**GARMIN, "gear": NEW}], "old"),
    ],
)
def test_linked_gear_takes_precedence_over_chosen_pair(
    gear: dict[str, str], activities: list[dict[str, Any]], worn: str
) -> None:
    one = runner(gear)
    one.manual_entries.choose_shoe("new")
    one.deliveries.learn([activity(**facts) for facts in activities], now=NOON, live=True)

    for known in (one, restarted(one)):
        [run] = known.runs.all()
        assert known.rack.shoe_of(run) == worn


def test_gear_named_later_moves_run() -> None:
    one = runner({OLD: "old"})
    one.deliveries.learn([activity(**STRAVA)], now=NOON, live=True)
    [run] = one.runs.all()
    assert one.rack.shoe_of(run) == "new"

    one.deliveries.learn([activity(**STRAVA, gear=OLD)], now=NOON, live=True)

    [run] = one.runs.all()
    assert one.rack.shoe_of(run) == "old"
    assert one.summary(NOON).shoes["new"].distance == 0
    assert one.summary(NOON).shoes["old"].distance == 5000
