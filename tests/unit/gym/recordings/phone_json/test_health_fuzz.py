"""Mutated documents, a hundred thousand in a full run: each gives valid activities, or reasons."""

import json
from random import Random
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.recordings import RecordingError, read
from custom_components.home_gym.gym.runs.validation import check as check_activity
from tests.builders.health import ROWS, document_of
from tests.support.unit.health_fuzz import NAMES, STRANGE, mutant

MUTANTS = 10_000
"""For each of thirteen shapes: more than a hundred thousand in the full run."""
QUICK_MUTANTS = 500


def check(data: bytes) -> int:
    """Read bytes, and return the number of activities; each must be valid for the journal."""
    try:
        batch = read("fuzz", data)
    except RecordingError:
        return 0
    for activity in batch.activities:
        assert check_activity(activity)
        assert activity.id
        texts = (activity.sub_sport, activity.device, activity.origin_id)
        assert all(text is None or text.encode() for text in texts)
        figures = (activity.elapsed_time, activity.moving_time, activity.distance, activity.cadence)
        assert all(figure is None or figure > 0 for figure in figures)
    for problem in batch.problems:
        assert problem.which.encode()
    return len(batch.activities)


@pytest.mark.parametrize("mutants", [QUICK_MUTANTS, pytest.param(MUTANTS, marks=pytest.mark.full)])
@pytest.mark.parametrize("shape", ROWS)
def test_mutated_documents_give_activities_or_reasons(shape: str, mutants: int) -> None:
    random, original = Random(shape), json.dumps(document_of(shape))
    read_anyway = sum(check(mutant(random, original)) for _ in range(mutants))
    # Mutants that are all refused at the door would test nothing behind it.
    assert read_anyway > mutants / 10


def test_number_of_mutated_documents() -> None:
    assert MUTANTS * len(ROWS) >= 100_000


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(STRANGE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=6),
    max_leaves=12,
)


@given(st.sampled_from(sorted(ROWS)), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
def test_rows_of_arbitrary_values(shape: str, changes: dict[str, Any]) -> None:
    check(json.dumps(document_of(shape, ROWS[shape] | changes)).encode())


@given(VALUES)
def test_arbitrary_json(value: Any) -> None:
    check(json.dumps([value]).encode())
