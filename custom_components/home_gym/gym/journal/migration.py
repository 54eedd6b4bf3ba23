"""Migration of a journal's first form, one JSON document, to rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..codec.schema import CodecError
from .codec import STATE_NAMES, JournalError
from .facts import FACT_KINDS, Fact, FactKind
from .former_ids import updated
from .rows import STATE, Row, row_of, with_unknown


def rows_of_document(document: object) -> list[Row]:
    """Return the rows of a journal in its first form.

    Facts that can't be read and parts that only a later version knows are kept as they are. Raises JournalError for
    anything but a journal.
    """
    if not isinstance(document, Mapping):
        raise JournalError(f"an object was expected, not {type(document).__name__}")
    rows: list[Row] = []
    for kind in FACT_KINDS:
        if kind.in_every_file and kind.stored_as not in document:
            raise JournalError(f"{kind.stored_as}: is missing")
        items = document.get(kind.stored_as, [])
        if not isinstance(items, list):
            raise JournalError(f"{kind.stored_as}: a list was expected, not {type(items).__name__}")
        rows += (_row(kind, number, item) for number, item in enumerate(items))
    rows += (Row(kind=STATE, key=name, body=document[name]) for name in STATE_NAMES if name in document)
    known = {kind.stored_as for kind in FACT_KINDS} | set(STATE_NAMES)
    for name in document.keys() - known:
        rows += _unknown(str(name), document[name])
    return rows


def _row(kind: FactKind[Fact], number: int, item: Any) -> Row:
    try:
        fact = kind.codec.read(item)
        former = updated(fact)
        row = row_of(kind, fact if kind.key(fact) == kind.key(former) else former)
    except CodecError:
        return Row(kind=kind.stored_as, key=f"#{number}", body=item)
    # Nearly every fact is written as it was.
    return row if row.body == item else row._replace(body=with_unknown(kind.stored_as, item, row.body))


def _unknown(name: str, value: object) -> Iterator[Row]:
    items = value if isinstance(value, list) else [value]
    return (Row(kind=name, key=f"#{number}", body=item) for number, item in enumerate(items))
