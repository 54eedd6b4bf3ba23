"""Files as earlier versions wrote them: each loads, and is written back byte by byte."""

from dataclasses import fields
import json
from pathlib import Path
from typing import Any, get_args

import pytest

from custom_components.home_gym.gym.codec.schema import parts_of
from custom_components.home_gym.gym.journal.codec import from_plain, to_plain
from custom_components.home_gym.gym.journal.facts import FACT_KINDS, FACTS, Fact
from custom_components.home_gym.gym.journal.journal import Journal

JOURNAL = Path(__file__).parent / "data" / "journal.json"


def test_stored_journal_is_written_back_unchanged() -> None:
    text = JOURNAL.read_text()
    assert json.dumps(to_plain(from_plain(json.loads(text))), indent=1) + "\n" == text


@pytest.mark.parametrize("kind", FACT_KINDS, ids=lambda kind: kind.collection)
def test_stored_journal_has_every_field_of_every_kind(kind: Any) -> None:
    """The proof above covers a field only where the file has it."""
    stored = json.loads(JOURNAL.read_text())[kind.stored_as]
    assert {key for fact in stored for key in fact} == {part.key for part in parts_of(kind.kind, FACTS)}


def test_journal_has_one_collection_for_each_kind() -> None:
    journal = Journal()
    collections = [item.name for item in fields(Journal) if getattr(journal, item.name) == {}]
    assert collections == [*(kind.collection for kind in FACT_KINDS), "advice_acknowledged"]
    assert {kind.kind for kind in FACT_KINDS} == set(get_args(Fact.__value__))


def test_copy_is_independent_of_later_changes() -> None:
    journal = from_plain(json.loads(JOURNAL.read_text()))
    copy, before = journal.copy(), to_plain(journal)
    for kind in FACT_KINDS:
        journal.remove(next(iter(journal.facts(kind).values())))
    journal.advice_acknowledged.clear()
    assert to_plain(copy) == before
