"""Activities as earlier versions stored them, and their later deliveries."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.journal.codec import from_plain, plain_of, to_plain
from custom_components.home_gym.gym.journal.facts import Delivery
from custom_components.home_gym.gym.journal.former_ids import DeliveredIds, identified, updated
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.journal.migration import rows_of_document
from custom_components.home_gym.gym.journal.rows import Row, read_rows
from custom_components.home_gym.gym.runs.activity import Activity, Doubt, Origin, Sport
from tests.support.unit.make import NOON, activity

TRACKER: dict[str, Any] = {"origin": Origin.FILE, "device": "Tracker"}
NAMED, NAMELESS = activity(**TRACKER), activity(origin=Origin.FILE)


def delivery(one: Activity) -> Delivery:
    """Return the delivery of an activity."""
    return Delivery(activity=one, learned_at=NOON, day=NOON.date(), live=False)


def stored(one: Activity) -> Activity:
    """Return an activity as an earlier version stored it."""
    fact = updated(delivery(one))
    assert isinstance(fact, Delivery)
    return fact.activity


def known(*activities: Activity) -> dict[str, Delivery]:
    """Return deliveries by the ids of their activities."""
    return {one.id: delivery(one) for one in activities}


@pytest.mark.parametrize("one", [NAMED, NAMELESS], ids=["device", "no device"])
def test_row_of_an_earlier_version_keeps_its_key(one: Activity) -> None:
    row = Row(kind="deliveries", key=one.former_id, body=plain_of(delivery(one)))
    for read in (read_rows([row], is_former=True), read_rows(rows_of_document(document(one)), is_former=True)):
        assert not read.set_aside
        [(key, found)] = read.journal.deliveries.items()
        assert (key, found.activity.id, found.activity.known_as) == (one.former_id,) * 3
    assert set(from_plain(document(one), is_former=True).deliveries) == {one.former_id}


def document(one: Activity) -> dict[str, Any]:
    """Return the first form of a journal with an activity."""
    plain = to_plain(Journal())
    return plain | {"deliveries": [plain_of(delivery(one))]}


def test_row_of_this_version_in_a_file_of_an_earlier_one_is_left() -> None:
    row = Row(kind="deliveries", key=NAMED.id, body=plain_of(delivery(NAMED)))
    read = read_rows([row], is_former=True)
    assert set(read.journal.deliveries) == {NAMED.id}


@pytest.mark.parametrize(
    "one",
    [activity(), activity(**TRACKER, origin_id="7"), stored(NAMED)],
    ids=["serial number", "id of the source", "known already"],
)
def test_other_activities_are_as_they_were(one: Activity) -> None:
    assert updated(delivery(one)) == delivery(one)
    assert identified(one, known(stored(NAMED))) is one
    session = Session(habit=Habit.CORE, end=NOON, day=NOON.date())
    assert updated(session) is session


@pytest.mark.parametrize(
    ("before", "now", "is_known"),
    [
        (NAMED, NAMED, True),
        (NAMED, NAMELESS, True),
        (NAMELESS, NAMED, True),
        (NAMED, replace(NAMED, device="Watch app"), False),
        (replace(NAMED, manufacturer="a"), replace(NAMED, manufacturer="a", device="Model"), True),
        (NAMED, replace(NAMED, start=NOON + timedelta(seconds=1)), False),
    ],
)
def test_later_delivery_is_known_by_its_device(before: Activity, now: Activity, is_known: bool) -> None:
    former = stored(before)
    found = identified(now, known(former))
    assert (found.id == former.id) is is_known
    assert found.device == (now.device or former.device)


def test_ids_of_both_rules_are_delivered() -> None:
    former = stored(NAMED)
    ids = DeliveredIds(known(former))
    assert former.id in ids
    assert NAMED.id in ids
    assert replace(NAMED, device="Watch app").id not in ids


@pytest.mark.parametrize(
    ("one", "doubt"),
    [
        (activity(**TRACKER, sport=Sport.OTHER), Doubt.NO_SPORT),
        (activity(**TRACKER, sport=Sport.OTHER, sub_sport="cycling"), None),
        (activity(**TRACKER, sport=Sport.OTHER, manufacturer="a"), None),
        (activity(**TRACKER, sport=Sport.OTHER, km=10), None),
        (activity(device="Phone", origin=Origin.CLOUD, sport=Sport.OTHER), None),
        (NAMED, None),
    ],
    ids=["track", "named", "of a watch", "too fast to guess", "phone", "run"],
)
def test_track_of_no_sport_that_looks_like_a_run_is_doubtful(one: Activity, doubt: Doubt | None) -> None:
    found = stored(one)
    assert (found.doubt, found.guess) == (doubt, Sport.RUN if doubt else None)


def posted(device: str | None, suffix: str = "") -> Activity:
    """Return a post without an id."""
    return activity(origin=Origin.CLOUD, device=device, origin_id=f"own/start/end{suffix}")


@pytest.mark.parametrize(
    ("before", "now", "is_known"),
    [
        (posted("Phone"), posted("Phone", "/Phone"), True),
        (posted("Phone"), posted("Watch", "/Watch"), False),
        (posted(None), posted("Phone", "/Phone"), False),
        (posted(None), posted(None), True),
    ],
    ids=["same device", "another", "unknown then", "unknown"],
)
def test_later_post_is_known_by_its_device(before: Activity, now: Activity, is_known: bool) -> None:
    found = identified(now, known(before))
    assert (found.id == before.id) is is_known
