"""A hundred thousand documents that went wrong somewhere: each gives activities that can be counted, or reasons."""

from collections.abc import Callable
from copy import deepcopy
import json
from random import Random
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.journal.journal import countable_end
from custom_components.home_gym.gym.recordings import RecordingError, read
from tests.builders.health import ROWS, document_of

MUTANTS = 10_000
"""For each of thirteen shapes: more than a hundred thousand in the full run."""
QUICK_MUTANTS = 500

STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, -0.0, -1, 1, 0.5, 1e-320, 1e308, -1e308, 10**400, 2**63, float("nan"), float("inf")),
    *(
        float("-inf"),
        "",
        " ",
        "\0",
        "\ud800",
        "\u202e",
        "0",
        "-5",
        "1e999",
        "NaN",
        "11.4 km",
        "11,4",
        "١٢ km",
        "x" * 999,
    ),
    *("2026-05-04T17:00:00Z", "2026-02-30 25:61:61 -9999", "0000-00-00 00:00:00 PM +0000", "31 Foo 2026 at 9:34 am"),
    *("9999-12-31T23:59:59-14:00", "1 Jan 0001 at 0:00", [], {}, [[]], [None], {"qty": "x"}, {"qty": {"qty": 1}}),
    *({"qty": 5, "units": 7}, {"data": {"workouts": []}}, {"sessions": [1]}, {"2026": {"sessions": {}}}, 1777914000),
)
NAMES = sorted({name for row in ROWS.values() for name in row} | {"data", "workouts", "exercise", "qty", "metadata"})


def places(document: Any) -> list[tuple[Any, Any]]:
    """Return every place in a document that holds something: the container and the key."""
    found = []
    todo = [document]
    while todo:
        part = todo.pop()
        keys = list(part) if isinstance(part, dict) else range(len(part))
        for key in keys:
            found.append((part, key))
            if isinstance(part[key], dict | list):
                todo.append(part[key])
    return found


def replace(random: Random, part: Any, key: Any) -> None:
    part[key] = deepcopy(random.choice(STRANGE))


def remove(random: Random, part: Any, key: Any) -> None:
    del part[key]


def move(random: Random, part: Any, key: Any) -> None:
    if isinstance(part, dict):
        part[random.choice(NAMES)] = part.pop(key)
    else:
        part.insert(random.randrange(len(part)), part[key])


def wrap(random: Random, part: Any, key: Any) -> None:
    part[key] = random.choice([[part[key]], {random.choice(NAMES): part[key]}, str(part[key])])


def borrow(random: Random, part: Any, key: Any) -> None:
    other = ROWS[random.choice(sorted(ROWS))]
    name = random.choice(sorted(other))
    if isinstance(part, dict):
        part[name] = deepcopy(other[name])


CHANGES: tuple[Callable[[Random, Any, Any], None], ...] = (replace, replace, remove, move, wrap, borrow)


def mutant(random: Random, original: str) -> bytes:
    """Return a document with one to four changes, now and then in its bytes."""
    document = json.loads(original)
    for _ in range(random.randint(1, 4)):
        if found := places(document):
            random.choice(CHANGES)(random, *random.choice(found))
    data = bytearray(json.dumps(document).encode())
    if random.random() < 0.2:
        at = random.randrange(len(data))
        data[at : at + random.randrange(4)] = random.randbytes(random.randrange(4))
    return bytes(data)


def check(data: bytes) -> int:
    """Read bytes, and return how many activities there are; each must be fit for the journal."""
    try:
        batch = read("fuzz", data)
    except RecordingError:
        return 0
    for activity in batch.activities:
        assert countable_end(activity)
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
def test_mutants(shape: str, mutants: int) -> None:
    random, original = Random(shape), json.dumps(document_of(shape))
    read_anyway = sum(check(mutant(random, original)) for _ in range(mutants))
    # Mutants that are all refused at the door would test nothing behind it.
    assert read_anyway > mutants / 10


def test_how_many_mutants_there_are() -> None:
    assert MUTANTS * len(ROWS) >= 100_000


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(STRANGE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=6),
    max_leaves=12,
)


@given(st.sampled_from(sorted(ROWS)), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
def test_rows_of_any_values(shape: str, changes: dict[str, Any]) -> None:
    check(json.dumps(document_of(shape, ROWS[shape] | changes)).encode())


@given(VALUES)
def test_any_json(value: Any) -> None:
    check(json.dumps([value]).encode())
