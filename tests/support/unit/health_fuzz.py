"""Mutated JSON documents."""

from collections.abc import Callable
from copy import deepcopy
import json
from random import Random
from typing import Any

from tests.builders.health import ROWS

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
    """Return every place of a value in a document: the container and the key."""
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
