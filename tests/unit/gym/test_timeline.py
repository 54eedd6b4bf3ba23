from datetime import datetime, timedelta

from custom_components.home_gym.gym.timeline import Timeline
from tests.support.unit.make import NOON

HOUR = timedelta(hours=1)


def test_ids_are_ordered_and_found_by_range() -> None:
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


def test_fill_gives_same_order_as_add() -> None:
    entries = [(NOON + hours * HOUR, key) for hours, key in ((2, "c"), (0, "a"), (1, "b"), (1, "a2"))]
    timeline = Timeline[datetime]()
    assert timeline.earliest() is None
    timeline.fill(entries[:2])
    timeline.fill(entries[2:])
    assert list(timeline) == ["a", "a2", "b", "c"]
    assert (timeline.earliest(), timeline.latest()) == ("a", "c")
    assert timeline.between(NOON + HOUR, NOON + HOUR) == []
    # earlier than the latest of the same instant, and later than it
    timeline.add(NOON + 2 * HOUR, "b2")
    timeline.add(NOON + 2 * HOUR, "d")
    assert list(timeline)[3:] == ["b2", "c", "d"]


def test_start_of_range_is_included_for_any_id() -> None:
    """Ids of figures and of letters."""
    timeline = Timeline[datetime]()
    timeline.fill([(NOON, "0"), (NOON, "f"), (NOON + HOUR, "1"), (NOON + HOUR, "e")])
    assert timeline.between(NOON, NOON + HOUR) == ["0", "f"]
    assert timeline.since(NOON + HOUR) == ["1", "e"]
    timeline.remove(NOON, "f")
    assert list(timeline) == ["0", "1", "e"]
