"""Distances and steps of Health Connect beside its sessions; each expected figure is worked out beside it."""

import json
from typing import Any

import pytest

from custom_components.home_gym.gym.recordings import read
from custom_components.home_gym.gym.runs.activity import Activity

SESSION = {"type": "56", "start_time": "2026-05-04T17:00:00Z", "end_time": "2026-05-04T17:40:00Z"}
ANDROID = {"exerciseType": 56, "startTime": "2026-05-04T17:00:00Z", "endTime": "2026-05-04T17:40:00Z"}


def span(begin: str, end: str, **figures: Any) -> dict[str, Any]:
    """Return a span of the evening of the session, in the words of HC Webhook."""
    return {"start_time": f"2026-05-04T{begin}:00Z", "end_time": f"2026-05-04T{end}:00Z", **figures}


def android(begin: str, end: str, metres: float, app: str = "watch") -> dict[str, Any]:
    """Return a span as Android's own record."""
    return {
        "startTime": f"2026-05-04T{begin}:00Z",
        "endTime": f"2026-05-04T{end}:00Z",
        "distance": {"inMeters": metres},
        "metadata": {"dataOrigin": app},
    }


def posted(document: dict[str, Any]) -> Activity:
    """Return the only activity of a post."""
    [activity] = read("post.json", json.dumps(document).encode()).activities
    return activity


@pytest.mark.parametrize(
    ("spans", "metres"),
    [
        ([span("17:00", "17:40", meters=7000)], 7000),
        # The sum of those inside; those before and after are other walks.
        ([span("16:00", "16:59", meters=900), span("17:00", "17:20", meters=3000)], 3000),
        ([span("17:00", "17:20", meters=3000), span("17:20", "17:40", meters=3200)], 6200),
        ([span("17:20", "17:40", meters=3200), span("17:00", "17:20", meters=3000)], 6200),
        # 20 of 30 minutes are inside: two thirds of 4500 m.
        ([span("16:50", "17:20", meters=4500)], 3000),
        ([span("17:30", "18:00", meters=3000)], 1000),
        # All of an hour's span around the session: 40 of 60 minutes.
        ([span("16:50", "17:50", meters=9000)], 6000),
        # The same span twice, and one inside another, count once.
        ([span("17:00", "17:40", meters=7000)] * 2, 7000),
        ([span("17:00", "17:40", meters=7000), span("17:10", "17:20", meters=1800)], 7000),
        # The last 10 of 20 minutes are new: half of 3000 m.
        ([span("17:00", "17:20", meters=3000), span("17:10", "17:30", meters=3000)], 4500),
        # Two apps saw the same run: the larger figure alone.
        ([span("17:00", "17:40", meters=6900, source="phone"), span("17:00", "17:40", meters=7000)], 7000),
        ([span("17:00", "17:40", meters=7000, source="phone"), span("17:00", "17:40", meters=6900)], 7000),
        ([android("17:00", "17:20", 3000), android("17:20", "17:40", 3200), android("17:00", "17:40", 100, "b")], 6200),
        ([span("17:00", "17:40", distance="7 km")], 7000),
        ([span("17:00", "17:40", length={"inMeters": 7000})], 7000),
        # Nothing that can be read, and no length.
        ([span("17:00", "17:40"), span("17:40", "17:00", meters=1), span("17:00", "17:00", meters=9), {}, 4], None),
        ([span("17:00", "17:40", meters=0), span("17:00", "17:40", meters=-5)], None),
        # A distance that nobody runs in 40 minutes leaves the session as it is.
        ([span("17:00", "17:40", meters=90_000)], None),
        ([], None),
        ("none", None),
    ],
)
def test_distance_of_spans_within_session(spans: Any, metres: float | None) -> None:
    for session in (SESSION, ANDROID):
        for document in (
            {"exercise": [session], "distance": spans},
            {"data": {"exercise": [session], "distance": spans}},
        ):
            assert posted(document).distance == (None if metres is None else pytest.approx(metres))


def test_own_figures_of_session_stay() -> None:
    session = SESSION | {"distance_meters": 7100, "avg_cadence_spm": 171}
    document = {
        "exercise": [session],
        "distance": [span("17:00", "17:40", meters=7000)],
        "steps": [span("17:00", "17:40", count=6000)],
    }
    assert (posted(document).distance, posted(document).cadence) == (7100, 171)


@pytest.mark.parametrize(
    ("spans", "cadence"),
    [
        # 6800 steps in 40 minutes.
        ([span("17:00", "17:40", count=6800)], 170),
        # 5440 steps in 32 minutes, which are four fifths of the session.
        ([span("17:00", "17:32", count=5440)], 170),
        # Half of the session tells nothing about its whole.
        ([span("17:00", "17:20", count=3400)], None),
        ([span("16:30", "17:30", steps=10_200), span("17:30", "17:40", value=1700)], 170),
        # No runner takes 20 steps a minute.
        ([span("17:00", "17:40", count=400)], None),
    ],
)
def test_cadence_of_steps_within_session(spans: list[Any], cadence: float | None) -> None:
    found = posted({"exercise": [SESSION], "steps": spans}).cadence
    assert found == (None if cadence is None else pytest.approx(cadence))


def test_other_sessions_have_no_distance_of_spans() -> None:
    spans = [span("17:00", "17:40", meters=7000)]
    ride = SESSION | {"type": "8"}
    unfinished = {"type": "56", "start_time": "2026-05-04T17:00:00Z", "duration_seconds": 0}
    assert posted({"exercise": [ride], "distance": spans}).distance is None
    assert not any(
        activity.distance
        for activity in read("post.json", json.dumps({"exercise": [unfinished], "distance": spans}).encode()).activities
    )
    apple = {"name": "Outdoor Run", "start": "2026-05-04 17:00:00 +0000", "end": "2026-05-04 17:40:00 +0000"}
    assert posted({"workouts": [apple | {"duration": 2400}], "distance": spans}).distance is None


def test_sessions_share_spans_by_time() -> None:
    second = SESSION | {"start_time": "2026-05-04T18:00:00Z", "end_time": "2026-05-04T18:20:00Z"}
    spans = [span("17:00", "17:40", meters=7000), span("18:00", "18:20", meters=3100)]
    found = read("post.json", json.dumps({"exercise": [SESSION, second], "distance": spans}).encode()).activities
    assert [activity.distance for activity in found] == [7000, 3100]
