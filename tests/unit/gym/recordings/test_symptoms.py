"""Reports of back pain from phones, with or without workouts."""

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
    """Return a symptom in the format of Health Auto Export."""
    rows = {"name": "Lower Back Pain", "severity": "Moderate", "start": "2026-07-06 07:00:00 -0300"}
    return {**rows, "end": "2026-07-06 08:00:00 -0300", "userEntered": True, "source": "Health", **changes}


def symptoms(*rows: Any) -> tuple[Symptom, ...]:
    """Return the pain reports in a document."""
    return read("body", json.dumps({"data": {"symptoms": list(rows)}}).encode(), BERLIN).symptoms


def test_symptom_becomes_report() -> None:
    """The time is seven in the morning, three hours behind UTC."""
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
def test_severity_gives_score(severity: object, score: float) -> None:
    """A symptom without a known severity has the score of mild pain."""
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
def test_only_back_symptoms_are_read(changes: dict[str, object], count: int) -> None:
    assert len(symptoms(symptom(**changes))) == count


def test_time_without_zone_is_local() -> None:
    [found] = symptoms(symptom(start="2026-07-06 07:00:00"))
    assert found.at == datetime(2026, 7, 6, 5, tzinfo=UTC)


def test_other_entries_are_skipped() -> None:
    assert len(symptoms(None, 5, [], "x", {}, symptom())) == 1


def test_list_holds_no_symptoms() -> None:
    assert read("body", b"[]", BERLIN).symptoms == ()
    assert read("body", b'{"data": {"symptoms": 5}}', BERLIN).symptoms == ()


def test_symptom_and_workout_are_both_read() -> None:
    workout = {"name": "Running", "start": "2026-07-06 07:00:00 -0300", "end": "2026-07-06 07:30:00 -0300"}
    batch = read("body", json.dumps({"data": {"workouts": [workout], "symptoms": [symptom()]}}).encode(), BERLIN)
    assert (len(batch.activities), len(batch.symptoms), batch.problems) == (1, 1, ())


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.sampled_from(list(symptom())), parts, max_size=4),
)


@given(st.lists(values, max_size=4))
def test_arbitrary_entries_give_valid_reports(rows: list[Any]) -> None:
    """Every report has a valid score and a time."""
    for found in symptoms(*rows):
        assert 0 <= found.score <= 10
        assert found.at.tzinfo is UTC
