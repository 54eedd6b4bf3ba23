"""Mutations of bytes: of single ones, of ranges, of numbers and words in text, and of how often a part is repeated."""

from collections.abc import Callable, Sequence
from random import Random
import re

MAX_SIZE = 1 << 20
"""Bytes of a mutant."""

NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
WORDS = (
    *(
        b"",
        b"0",
        b"-1",
        b"1e999",
        b"NaN",
        b"-Infinity",
        b"9" * 400,
        b"2088-01-01T00:00:00Z",
        b"0000-00-00",
        b"\xff\xfe",
    ),
    *(
        b"9999-12-31T23:59:59-14:00",
        b"0001-01-01T00:00:00+14:00",
        b"\0",
        b"\xed\xa0\x80",
        b"&#xFFFF;",
        b"\\ud800",
        b"PK",
    ),
    *(b"x" * 300, b"[" * 2000, b"<a>" * 200, b"<!DOCTYPE a>", b'"', b"{}", b"null", b"true", b".FIT", b"\x1f\x8b\x08"),
)
_WORD = re.compile(rb"[A-Za-z0-9.:+-]{1,40}")

type Mutate = Callable[[Random, bytearray, Sequence[bytes]], None]


def _place(random: Random, data: bytearray, longest: int) -> slice:
    start = random.randrange(len(data) + 1)
    return slice(start, min(len(data), start + random.randrange(longest + 1)))


def _flip(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _overwrite(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    place = _place(random, data, 12)
    data[place] = random.randbytes(place.stop - place.start)


def _put_number(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    width, number = random.choice((1, 2, 4, 8)), random.choice(NUMBERS)
    start = random.randrange(len(data) + 1)
    data[start : start + width] = (number & (1 << 8 * width) - 1).to_bytes(width, random.choice(("little", "big")))


def _remove(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    del data[_place(random, data, random.choice((4, 40, 4000)))]


def _cut_off(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    del data[random.randrange(len(data) + 1) :]


def _repeat(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    place = _place(random, data, random.choice((2, 20, 200, 2000)))
    part = bytes(data[place])
    most = MAX_SIZE if random.random() < 0.02 else 4096
    times = random.randrange(1, max(2, (most - len(data)) // max(1, len(part))))
    data[place.stop : place.stop] = part * times if len(data) + len(part) * times <= MAX_SIZE else part


def _splice(random: Random, data: bytearray, others: Sequence[bytes]) -> None:
    other = random.choice(others)
    start = random.randrange(len(other))
    data[_place(random, data, 200)] = other[start : start + random.choice((20, 400, len(other)))]


def _replace_word(random: Random, data: bytearray, _: Sequence[bytes]) -> None:
    if found := _WORD.search(data, random.randrange(len(data) + 1)):
        data[found.start() : found.end()] = random.choice(WORDS)


MUTATIONS: tuple[Mutate, ...] = (
    _flip,
    _overwrite,
    _put_number,
    _remove,
    _cut_off,
    _repeat,
    _splice,
    _replace_word,
    _replace_word,
)


def mutated(random: Random, original: bytes, others: Sequence[bytes]) -> bytes:
    """Return bytes after one to six mutations."""
    data = bytearray(original)
    for _ in range(random.randint(1, 6)):
        random.choice(MUTATIONS)(random, data, others)
    return bytes(data[: 2 * MAX_SIZE])
