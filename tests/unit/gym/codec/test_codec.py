"""Codecs of a small class with a field of each sort, in each dialect."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
import json
from operator import attrgetter
from typing import Annotated, Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.codec.codec import Codec
from custom_components.home_gym.gym.codec.schema import CodecError, Dialect, OneOf, Within, stored
from tests.support.profiles import examples


class Colour(StrEnum):
    """An enumeration."""

    RED = "red"
    BLUE = "blue"


class Shape(StrEnum):
    """Another enumeration."""

    ROUND = "round"


type Look = Colour | Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part of `Tree`."""

    id: str
    length: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """A part of `Tree` with inline parts of its own."""

    width: float
    height: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A field of each sort."""

    look: Look = field(metadata=stored("appearance", former_key="colour"))
    seen: datetime
    day: date
    age: timedelta
    alive: bool
    rings: tuple[int, ...]
    warmth: Annotated[int, Within(low=-1, high=1)]
    shade: Annotated[Colour, OneOf(Colour.BLUE)] | None
    trunk: Trunk = field(metadata=stored(inline=True))
    span: tuple[float, float | None] | None = None
    names: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    pruned: tuple[date | None, ...] = ()
    leaves: dict[str, Leaf] = field(default_factory=dict, metadata=stored(keyed_by=attrgetter("id")))
    counts: dict[Colour, int] = field(default_factory=dict)
    twigs: list[Leaf] = field(default_factory=list, metadata=stored(required=False))


OMITTING, WHOLE, CLOSED = "omitting", "whole", "closed"


def codec_of(name: str) -> Codec[Any]:
    """Return a codec, made again by each test, so that a fault in the making has a test to fail."""
    match name:
        case "omitting":
            return Codec(Tree, Dialect(omitted=(None, ())))
        case "whole":
            return Codec(Tree, Dialect(rows=frozenset({Leaf}), all_keys=True))
        case _:
            return Codec(Trunk, Dialect(omitted=(None,), known_keys=True))


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TREE = Tree(
    look=Shape.ROUND,
    seen=NOON,
    day=NOON.date(),
    age=timedelta(minutes=1, milliseconds=500),
    alive=True,
    rings=(3, 5),
    warmth=-1,
    shade=None,
    trunk=Trunk(width=0.5),
    names=frozenset({"b", "a"}),
    pruned=(None, NOON.date()),
    leaves={"x": Leaf(id="x"), "y": Leaf(id="y", length=2.5)},
    counts={Colour.RED: 2},
)
BASIC: dict[str, Any] = {
    "appearance": "round",
    "seen": "2026-03-02T12:00:00+00:00",
    "day": "2026-03-02",
    "age": 60.5,
    "alive": True,
    "rings": [3, 5],
    "warmth": -1,
}


def test_omitting_dialect_writes_only_fields_with_values() -> None:
    expected = {
        **BASIC,
        "width": 0.5,
        "names": ["a", "b"],
        "pruned": [None, "2026-03-02"],
        "leaves": [{"id": "x"}, {"id": "y", "length": 2.5}],
        "counts": {"red": 2},
        "twigs": [],
    }
    assert json.dumps(codec_of(OMITTING).write(TREE)) == json.dumps(expected)
    assert codec_of(OMITTING).read(expected) == TREE


def test_whole_dialect_writes_every_field_and_rows() -> None:
    expected = {
        **BASIC,
        "shade": None,
        "width": 0.5,
        "height": None,
        "span": None,
        "names": ["a", "b"],
        "notes": [],
        "pruned": [None, "2026-03-02"],
        "leaves": [["x", None], ["y", 2.5]],
        "counts": {"red": 2},
        "twigs": [],
    }
    assert json.dumps(codec_of(WHOLE).write(TREE)) == json.dumps(expected)
    assert codec_of(WHOLE).read(expected) == TREE


def test_former_key_is_read() -> None:
    plain = codec_of(OMITTING).write(TREE)
    assert (
        codec_of(OMITTING).read({"colour" if key == "appearance" else key: part for key, part in plain.items()}) == TREE
    )


@pytest.mark.parametrize("name", [OMITTING, WHOLE])
@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"appearance": "square"}, ("appearance",)),
        ({"appearance": []}, ("appearance",)),
        ({"seen": "2026-03-02T12:00:00"}, ("seen",)),
        ({"seen": "1969-12-31T12:00:00+00:00"}, ("seen",)),
        ({"seen": "2200-01-01T00:00:00+00:00"}, ("seen",)),
        ({"seen": 5}, ("seen",)),
        ({"day": "today"}, ("day",)),
        ({"day": 20260302}, ("day",)),
        ({"age": -1}, ("age",)),
        ({"age": float("inf")}, ("age",)),
        ({"alive": 1}, ("alive",)),
        ({"rings": [1, True]}, ("rings",)),
        ({"rings": [-1]}, ("rings",)),
        ({"rings": [10**9]}, ("rings",)),
        ({"rings": 3}, ("rings",)),
        ({"warmth": 2}, ("warmth",)),
        ({"warmth": True}, ("warmth",)),
        ({"warmth": 0.5}, ("warmth",)),
        ({"shade": "red"}, ("shade",)),
        ({"width": float("nan")}, ("width",)),
        ({"span": [1.0]}, ("span",)),
        ({"span": [1.0, "far"]}, ("span", 1)),
        ({"names": ["a", 1]}, ("names", 1)),
        ({"pruned": ["never"]}, ("pruned", 0)),
        ({"leaves": {}}, ("leaves",)),
        ({"leaves": [7]}, ("leaves", 0)),
        ({"counts": {"green": 1}}, ("counts", "green")),
        ({"counts": {"red": 1.5}}, ("counts", "red")),
        ({"counts": []}, ("counts",)),
    ],
    ids=str,
)
def test_error_names_the_field(name: str, change: dict[str, Any], path: tuple[str | int, ...]) -> None:
    codec = codec_of(name)
    with pytest.raises(CodecError) as raised:
        codec.read({**codec.write(TREE), **change})
    assert raised.value.path[: len(path)] == path or raised.value.path == path[:1]
    assert str(raised.value).startswith(str(path[0]))


def test_error_names_the_field_of_a_part() -> None:
    with pytest.raises(CodecError, match=r"^leaves\.1\.length: TypeError") as raised:
        codec_of(OMITTING).read(
            {**codec_of(OMITTING).write(TREE), "leaves": [{"id": "x"}, {"id": "y", "length": "long"}]}
        )
    assert raised.value.path == ("leaves", 1, "length")


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        *((OMITTING, key) for key in (*BASIC, "width")),
        *(
            (WHOLE, key)
            for key in (*BASIC, "width", "height", "shade", "span", "names", "notes", "pruned", "leaves", "counts")
        ),
    ],
)
def test_missing_required_field_is_refused(name: str, missing: str) -> None:
    codec = codec_of(name)
    plain = {key: part for key, part in codec.write(TREE).items() if key != missing}
    with pytest.raises(CodecError, match=r"is missing") as raised:
        codec.read(plain)
    assert raised.value.path == (missing,)


def test_values_never_written_are_refused() -> None:
    changes: tuple[dict[str, Any], ...] = ({"rings": []}, {"shade": None}, {"height": None})
    for change in changes:
        with pytest.raises(CodecError):
            codec_of(OMITTING).read({**codec_of(OMITTING).write(TREE), **change})


def test_optional_field_may_be_missing() -> None:
    plain = codec_of(WHOLE).write(TREE)
    del plain["twigs"]
    assert codec_of(WHOLE).read(plain) == TREE


@pytest.mark.parametrize("plain", [None, [], "x", 5, True])
@pytest.mark.parametrize("name", [OMITTING, WHOLE, CLOSED])
def test_value_other_than_object_is_refused(name: str, plain: object) -> None:
    codec = codec_of(name)
    with pytest.raises(CodecError, match=r"an object was expected"):
        codec.read(plain)


def test_unknown_key_is_ignored_or_refused() -> None:
    assert codec_of(OMITTING).read({**codec_of(OMITTING).write(TREE), "later": 1}) == TREE
    leaf = Codec(Leaf, Dialect(omitted=(None,)))
    assert leaf.read({"id": "x", "later": 1}) == Leaf(id="x")
    with pytest.raises(CodecError, match=r"^later: is not known"):
        codec_of(CLOSED).read({"width": 1, "later": 1})


def test_list_of_objects_names_the_position() -> None:
    leaf = Codec(Leaf, Dialect(omitted=(None,)))
    assert leaf.read_all([{"id": "x"}]) == [Leaf(id="x")]
    with pytest.raises(CodecError, match=r"^1\.id: is missing"):
        leaf.read_all([{"id": "x"}, {}])


def test_check_refuses_contradictory_parts() -> None:
    def check(trunk: Trunk) -> None:
        if trunk.height and trunk.height < trunk.width:
            raise ValueError("wider than high")

    codec = Codec(Trunk, Dialect(omitted=(None,)), check)
    assert codec.read({"width": 1, "height": 2}) == Trunk(width=1, height=2)
    with pytest.raises(CodecError, match=r"^wider than high$"):
        codec.read({"width": 1, "height": 0.5})


def test_unstorable_annotation_is_refused() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd:
        """A class with a field of no storable type."""

        when: set[int]

    with pytest.raises(TypeError, match=r"can't be stored"):
        Codec(Odd, Dialect())


figures = st.floats(0, 1e9, exclude_max=True, allow_nan=False)
names = st.text(st.characters(codec="utf-8"), max_size=5)
leaves = st.builds(Leaf, id=names, length=st.none() | figures)
trees = st.builds(
    Tree,
    look=st.sampled_from([*Colour, *Shape]),
    seen=st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    day=st.dates(),
    age=st.integers(0, 10**8).map(lambda tenths: timedelta(milliseconds=100 * tenths)),
    alive=st.booleans(),
    rings=st.lists(st.integers(0, 10**9 - 1), min_size=1, max_size=4).map(tuple),
    warmth=st.integers(-1, 1),
    shade=st.sampled_from([None, Colour.BLUE]),
    trunk=st.builds(Trunk, width=figures, height=st.none() | figures),
    span=st.none() | st.tuples(figures, st.none() | figures),
    names=st.frozensets(names, max_size=3),
    notes=st.lists(names, max_size=3).map(tuple),
    pruned=st.lists(st.none() | st.dates(), max_size=3).map(tuple),
    leaves=st.lists(leaves, max_size=3).map(lambda found: {leaf.id: leaf for leaf in found}),
    counts=st.dictionaries(st.sampled_from(Colour), st.integers(0, 999)),
    twigs=st.lists(leaves, max_size=2),
)


@examples(200)
@given(trees, st.sampled_from([OMITTING, WHOLE]))
def test_round_trip(tree: Tree, name: str) -> None:
    codec = codec_of(name)
    assert codec.read(json.loads(json.dumps(codec.write(tree)))) == tree
