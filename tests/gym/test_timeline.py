from datetime import datetime, timedelta

from custom_components.home_gym.gym.timeline import Timeline
from tests.gym.make import NOON

HOUR = timedelta(hours=1)


def test_order_and_ranges() -> None:
    timeline = Timeline[datetime]()
    assert timeline.latest() is None
    for hours, key in ((2, "c"), (0, "a"), (1, "b"), (1, "a2")):
        timeline.add(NOON + hours * HOUR, key)
    assert list(timeline) == ["a", "a2", "b", "c"]
    assert timeline.between(NOON, NOON + 2 * HOUR) == ["a", "a2", "b"]
    assert timeline.since(NOON + HOUR) == ["a2", "b", "c"]
    assert timeline.latest() == "c"
    timeline.remove(NOON + 2 * HOUR, "c")
    timeline.remove(NOON + HOUR, "a2")
    assert list(timeline) == ["a", "b"]
