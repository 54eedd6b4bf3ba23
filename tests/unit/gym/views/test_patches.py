"""Documents and patches: applying every patch gives the whole document."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.views.patches import document_of, patch_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A part."""

    at: datetime
    metres: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """A whole."""

    inner: Inner | None = None
    by_day: Any = None
    habits: Any = None
    flag: bool = False
    text: str | None = None


NONE = Outer()
AT = datetime(2026, 5, 4, 18, tzinfo=UTC)

DOCUMENTS: list[tuple[Outer, dict[str, Any]]] = [
    (NONE, {"flag": False}),
    (Outer(text="<b>"), {"flag": False, "text": "<b>"}),
    (
        Outer(inner=Inner(at=AT, metres=1.23456789)),
        {"flag": False, "inner": {"at": "2026-05-04T18:00:00+00:00", "metres": 1.2346}},
    ),
    (Outer(by_day={date(2026, 5, 4): 7, date(2026, 5, 5): None}), {"flag": False, "by_day": {"2026-05-04": 7}}),
    (Outer(habits=frozenset({Habit.STRETCH, Habit.CORE})), {"flag": False, "habits": ["core", "stretch"]}),
    (Outer(habits=(Habit.STRETCH, Habit.CORE)), {"flag": False, "habits": ["stretch", "core"]}),
]


@pytest.mark.parametrize(("shown", "document"), DOCUMENTS)
def test_dataclass_becomes_json_document(shown: Outer, document: dict[str, Any]) -> None:
    assert document_of(shown) == document


@pytest.mark.parametrize("shown", [7, object(), Outer(by_day=object())])
def test_unsupported_value_is_refused(shown: object) -> None:
    with pytest.raises(TypeError):
        document_of(shown)


def applied(document: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """Apply a patch as RFC 7386 says."""
    merged = dict(document)
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            known = merged.get(key)
            merged[key] = applied(known if isinstance(known, dict) else {}, value)
        else:
            merged[key] = value
    return merged


LEAVES = st.booleans() | st.integers(0, 3) | st.text("ab", max_size=2) | st.lists(st.integers(0, 2), max_size=2)
TREES = st.dictionaries(
    st.sampled_from("abc"),
    st.recursive(LEAVES, lambda part: st.dictionaries(st.sampled_from("abc"), part, max_size=3), max_leaves=8),
    max_size=3,
)


@given(TREES, TREES)
def test_patch_turns_one_document_into_another(before: Any, after: Any) -> None:
    assert applied(before, patch_between(before, after)) == after


@given(TREES)
def test_equal_documents_have_empty_patch(document: Any) -> None:
    assert patch_between(document, document) == {}


def test_true_differs_from_one() -> None:
    assert patch_between({"a": 1}, {"a": True}) == {"a": True}


def test_patch_has_only_changes() -> None:
    before: Any = {"shoes": {"1": {"distance": 5, "name": "Old"}, "2": {"distance": 7}}, "runs": 3}
    after: Any = {"shoes": {"1": {"distance": 6, "name": "Old"}}, "runs": 3}
    assert patch_between(before, after) == {"shoes": {"1": {"distance": 6}, "2": None}}
