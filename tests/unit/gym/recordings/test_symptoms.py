"""Pain that a phone was told of, beside workouts or alone."""

from datetime import UTC, datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.back.pain import Area
from custom_components.home_gym.gym.recordings import read
from custom_components.home_gym.gym.recordings.phone_json import Names, PostContext
from custom_components.home_gym.gym.recordings.symptom import Symptom

BERLIN = PostContext(names=Names(), zone=ZoneInfo("Europe/Berlin"))


def symptom(**changes: Any) -> dict[str, Any]:
    """Return a symptom as Health Auto Export sends it."""
    told = {"name": "Lower Back Pain", "severity": "Moderate", "start": "2026-07-06 07:00:00 -0300"}
    return {**told, "end": "2026-07-06 08:00:00 -0300", "userEntered": True, "source": "Health", **changes}


def symptoms(*told: Any) -> tuple[Symptom, ...]:
    """Return the pain in a document."""
    return read("body", json.dumps({"data": {"symptoms": list(told)}}).encode(), BERLIN).symptoms


def test_a_symptom() -> None:
    """Seven in the morning three hours behind UTC."""
    at = datetime(2026, 7, 6, 10, tzinfo=UTC)
    assert symptoms(symptom()) == (Symptom(score=5, at=at, area=Area.LOWER_BACK, source="apple_health"),)


@pytest.mark.parametrize(
    ("severity", "score"),
    [
        ("Not Present", 0),
        ("not_present", 0),
        ("Mild", 3),
        ("Leicht", 3),
        ("moderate", 5),
        ("SEVERE", 8),
        ("Present", 3),
        ("", 3),
        (None, 3),
        (7, 3),
    ],
)
def test_how_much(severity: object, score: float) -> None:
    """Where a word says only that there is pain, it is a little."""
    assert [each.score for each in symptoms(symptom(severity=severity))] == [score]


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"name": "lower_back_pain"}, 1),
        ({"name": " Kreuzschmerzen "}, 1),
        ({"name": "Headache"}, 0),
        ({"name": None}, 0),
        ({"name": 5}, 0),
        ({"start": None}, 0),
        ({"start": None, "date": "2026-07-06 07:00:00 -0300"}, 1),
        ({"start": "yesterday"}, 0),
        ({"start": "2026-07-06 07:00:00"}, 1),
    ],
)
def test_what_is_pain_of_the_back(changes: dict[str, object], count: int) -> None:
    assert len(symptoms(symptom(**changes))) == count


def test_a_time_without_a_zone_is_the_homes() -> None:
    [found] = symptoms(symptom(start="2026-07-06 07:00:00"))
    assert found.at == datetime(2026, 7, 6, 5, tzinfo=UTC)


def test_what_else_is_in_the_list_costs_nothing() -> None:
    assert len(symptoms(None, 5, [], "x", {}, symptom())) == 1


def test_a_list_is_no_document_of_symptoms() -> None:
    assert read("body", b"[]", BERLIN).symptoms == ()
    assert read("body", b'{"data": {"symptoms": 5}}', BERLIN).symptoms == ()


def test_beside_a_workout() -> None:
    """Both are taken."""
    workout = {"name": "Running", "start": "2026-07-06 07:00:00 -0300", "end": "2026-07-06 07:30:00 -0300"}
    batch = read("body", json.dumps({"data": {"workouts": [workout], "symptoms": [symptom()]}}).encode(), BERLIN)
    assert (len(batch.activities), len(batch.symptoms), batch.problems) == (1, 1, ())


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.sampled_from(list(symptom())), parts, max_size=4),
)


@given(st.lists(values, max_size=4))
def test_whatever_is_in_the_list(told: list[Any]) -> None:
    """Every one has a score that can be, and a time."""
    for found in symptoms(*told):
        assert 0 <= found.score <= 10
        assert found.at.tzinfo is UTC
