"""Arbitrary states of entities give activities that are valid for the journal, or nothing."""

from datetime import datetime
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.integrations import PRESETS, mapped
from custom_components.home_gym.gym.integrations.model import Snapshot
from custom_components.home_gym.gym.runs.validation import check as check_activity

from ....support.unit.shown import BERLIN, NOW, garmin, strava, suunto

KEYS = [
    *("lastActivity", "lastActivities", "gear_1", "gear_g1_name", "last_workout", "last_exercise"),
    *("last_apple_workout", "workouts_today", "last_workout_type", "workouts_recent", "event", "workout"),
    *("workout_type", "workout_duration", "workout_distance", *strava(), *suunto()),
]
NAMES = [
    *("activity_id", "sport_type", "gear_id", "unit_of_measurement", "last_activities", "workouts", "workout"),
    *("events", "start", "end", "summary", "start_time", "end_time", "start_datetime", "end_datetime", "id", "key"),
    *("duration", "duration_min", "duration_minutes", "distance", "distance_km", "distance_units", "stepcount"),
    *("heart_rate", "sport", "type", "name", "default_for_activity", "gear_status_name", "custom_make_model"),
    *garmin(),
]
texts = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["2026-08-19 07:02:11", "2026-08-19T05:02:11Z", "9999-12-31 23:59:59", "PT9999999H", "1:02:03"]),
    st.sampled_from(["unknown", "5 km", "-5", "1e400", "run", "g1", "active", "99999999999999999999"]),
)
plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts, st.datetimes(), st.just(10**400))
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.sampled_from(NAMES), texts), inner, max_size=6)
    ),
    max_leaves=10,
)
snapshots = st.builds(
    Snapshot,
    key=st.sampled_from(KEYS),
    state=texts,
    attributes=st.dictionaries(st.sampled_from(NAMES), values, max_size=12),
)


def check(found: list[Any]) -> None:
    """Check that the activities are valid for the journal, and in the past."""
    assert len({activity.id for activity in found}) == len(found)
    for activity in found:
        assert check_activity(activity) <= NOW.replace(hour=13)
        assert isinstance(activity.start, datetime)


@pytest.mark.parametrize("service", PRESETS)
@given(shown=st.lists(snapshots, max_size=6))
def test_preset_accepts_arbitrary_states(service: str, shown: list[Snapshot]) -> None:
    check(PRESETS[service].read(shown, BERLIN))
    gear = PRESETS[service].gear(shown)
    assert all(isinstance(name, str) for name in gear.values())


fields = st.one_of(st.none(), st.sampled_from([*NAMES, "state"]))


@given(shown=snapshots, start=st.sampled_from(NAMES), names=st.lists(fields, min_size=5, max_size=5))
def test_mapping_accepts_arbitrary_states(shown: Snapshot, start: str, names: list[str | None]) -> None:
    own_id, distance, duration, cadence, sport = names
    wanted = mapped.Fields(
        start=start, own_id=own_id, distance=distance, duration=duration, cadence=cadence, sport=sport
    )
    check(mapped.read(shown, wanted, BERLIN))
