"""Presence of a person, by the zones of the person's state."""

from typing import Any

import pytest

from custom_components.home_gym.ha.person import is_at_home
from homeassistant.core import State

TRACKED = {"device_trackers": ["device_tracker.phone"]}


@pytest.mark.parametrize(
    ("state", "attributes", "expected"),
    [
        ("home", TRACKED, True),
        # The state is the smallest zone: a gym in the garden lies in the home's zone.
        ("Gym", TRACKED | {"in_zones": ["zone.gym", "zone.home"]}, True),
        ("Gym", TRACKED | {"in_zones": ["zone.gym"]}, False),
        ("Gym", TRACKED | {"in_zones": None}, False),
        ("not_home", TRACKED | {"in_zones": []}, False),
        ("unknown", TRACKED, None),
        ("unavailable", TRACKED, None),
        # Without a tracker a person is never at home.
        ("not_home", {"device_trackers": []}, None),
        ("unknown", {"device_trackers": []}, None),
    ],
)
def test_presence_follows_zones(state: str, attributes: dict[str, Any], expected: bool | None) -> None:
    assert is_at_home(State("person.alex", state, attributes)) is expected
