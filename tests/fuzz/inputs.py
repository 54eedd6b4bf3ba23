"""Inputs of the fuzz: one for each seed, always the same, and what may come of it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
import gzip
from io import BytesIO
import json
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED

from custom_components.home_gym.gym.codec.schema import CodecError
from custom_components.home_gym.gym.journal.codec import JournalError, from_plain
from custom_components.home_gym.gym.journal.facts import FACT_KINDS
from custom_components.home_gym.gym.recordings import RecordingError, parse
from custom_components.home_gym.gym.recordings.archive import find, walk
from custom_components.home_gym.gym.recordings.ceiling import ceiling
from custom_components.home_gym.gym.recordings.completeness import completeness
from custom_components.home_gym.gym.recordings.index import MAX_SIZE, NAME, read_index
from custom_components.home_gym.gym.recordings.memory import Memory
from custom_components.home_gym.gym.recordings.phone_json import DEFAULT_CONTEXT
from custom_components.home_gym.sources.webhook.intake import parse_post
from tests.builders.health import ROWS, document_of
from tests.support.archives import zipped
from tests.support.unit.health_fuzz import mutant

from . import originals
from .mutations import mutated

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CODECS = {kind.stored_as: kind.codec for kind in FACT_KINDS}
BUILT, COLLECTED = "built", "collected"
"""Origins of inputs: the builders of the tests, and the collection of recordings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Bytes for one of the targets; `detail` is the content type of a post, or the kind of a row."""

    target: str
    data: bytes
    detail: str = ""


def input_of(origin: str, seed: int) -> Input:
    """Return the input of a seed."""
    random = Random(f"{origin} {seed}")
    known = originals.recordings() if origin == BUILT else originals.collected()
    target = random.choice(list(TARGETS))
    if target == ROW:
        key = random.choice(list(originals.rows()))
        return Input(target=target, data=_row(random, random.choice(originals.rows()[key])), detail=key)
    data = _document(random) if random.random() < 0.2 else mutated(random, random.choice(known), known)
    if target == POST and random.random() < 0.5:
        return Input(target=target, data=_form(random, data), detail="multipart/form-data; boundary=x")
    if target == ARCHIVE or random.random() < 0.1:
        data = _packed(random, data, known)
    return Input(target=target, data=data, detail="application/octet-stream")


def check(given: Input) -> None:
    """Read an input; raises any exception but those that its reader may raise."""
    TARGETS[given.target](given)


def _document(random: Random) -> bytes:
    return mutant(random, json.dumps(document_of(random.choice(list(ROWS)))))


def _row(random: Random, original: str) -> bytes:
    return mutant(random, original) if random.random() < 0.7 else mutated(random, original.encode(), (b"{}", b"[1]"))


def _form(random: Random, data: bytes) -> bytes:
    form = b'--x\r\nContent-Disposition: form-data; name="a"; filename="run"\r\n\r\n' + data + b"\r\n--x--\r\n"
    return mutated(random, form, (form,)) if random.random() < 0.7 else form


def _packed(random: Random, data: bytes, others: tuple[bytes, ...]) -> bytes:
    names = [random.choice(("a.fit", NAME, f"x/{NAME}", "ä/\U0001f3c3", "../b", "n" * 300)) for _ in range(2)]
    members = {name: random.choice((data, random.choice(others))) for name in names}
    packed = zipped(members, random.choice((ZIP_STORED, ZIP_DEFLATED)))
    if random.random() < 0.2:
        packed = gzip.compress(packed)
    return mutated(random, packed, (packed,)) if random.random() < 0.7 else packed


def _read_recording(given: Input) -> None:
    completeness(given.data)
    most = ceiling(given.data, Memory())
    with suppress(RecordingError):
        activities = parse("fuzz", given.data)
        assert len(activities) <= most
        for activity in activities:
            assert activity.id


def _read_post(given: Input) -> None:
    parse_post(given.detail, given.data, DEFAULT_CONTEXT, NOW)


def _read_archive(given: Input) -> None:
    stream = BytesIO(given.data)
    with suppress(RecordingError):
        index = find(stream, NAME, most=MAX_SIZE)
        if index and isinstance(index.content, bytes):
            read_index(index.name, index.content)
    with suppress(RecordingError):
        for member in walk(stream):
            if isinstance(member.content, bytes):
                with suppress(RecordingError):
                    parse("fuzz", member.content)


def _read_row(given: Input) -> None:
    try:
        row = json.loads(given.data)
    except ValueError, RecursionError:
        return
    # A state with a list is no fact, and has no codec of its own.
    if codec := CODECS.get(given.detail):
        with suppress(CodecError):
            codec.read(row)
    with suppress(JournalError):
        from_plain({"deliveries": [], "sessions": [], "prompts": [], given.detail: [row]})


RECORDING, POST, ARCHIVE, ROW = "recording", "post", "archive", "row"
TARGETS: Mapping[str, Callable[[Input], None]] = {
    RECORDING: _read_recording,
    POST: _read_post,
    ARCHIVE: _read_archive,
    ROW: _read_row,
}
