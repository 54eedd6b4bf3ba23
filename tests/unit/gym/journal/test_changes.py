from dataclasses import replace

import pytest

from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.journal.changes import Changes
from custom_components.home_gym.gym.journal.facts import FACT_KINDS, Delivery, Fact
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.journal.rows import RowChanges, rows_of
from custom_components.home_gym.gym.prompts.prompt import PromptFact, PromptState
from tests.support.unit.make import NOON, activity

STRETCH = Session(habit=Habit.STRETCH, end=NOON, day=NOON.date())
CORE = replace(STRETCH, habit=Habit.CORE)
PROMPT = PromptFact(activity="a/b", topic=Habit.CORE, state=PromptState.DUE, at=NOON)


def written(journal: Journal) -> list[Fact | None]:
    """Return the unsaved facts of a journal, and note that they are on disk."""
    changes = journal.unsaved.all()
    journal.unsaved.settle(changes)
    return [fact for _, _, fact in changes]


def test_each_change_is_written_once() -> None:
    journal = Journal()
    journal.add(STRETCH)
    journal.add(CORE)
    assert written(journal) == [STRETCH, CORE]
    assert written(journal) == []
    journal.remove(STRETCH)
    assert written(journal) == [None]
    assert len(journal.unsaved) == 0


def test_change_during_a_write_is_written_next() -> None:
    journal = Journal()
    journal.add(PROMPT)
    journal.add(CORE)
    under_way = journal.unsaved.all()
    spoken = replace(PROMPT, state=PromptState.SPOKEN)
    journal.add(spoken)
    journal.unsaved.settle(under_way)
    assert written(journal) == [spoken]


def test_failed_write_leaves_changes_unsaved() -> None:
    journal = Journal()
    journal.add(CORE)
    before = journal.unsaved.all()
    journal.add(STRETCH)
    assert journal.unsaved.all() == (*before, *journal.unsaved.all()[1:])
    assert written(journal) == [CORE, STRETCH]


def test_copy_has_changes_of_its_own() -> None:
    journal = Journal()
    journal.add(CORE)
    copy = journal.copy()
    written(journal)
    assert written(copy) == [CORE]


@pytest.mark.parametrize(("key", "expected"), [(CORE.key, True), (STRETCH.key, False)])
def test_unsaved_fact_is_known(key: str, expected: bool) -> None:
    journal = Journal()
    journal.add(CORE)
    assert journal.unsaved.affects("sessions", key) is expected


def test_rows_follow_from_changes() -> None:
    journal = Journal()
    journal.add(PROMPT)
    journal.add(CORE)
    journal.remove(CORE)
    changes = rows_of(journal.unsaved.all())
    assert isinstance(changes, RowChanges)
    assert [(row.kind, row.key, row.at) for row in changes.put] == [
        ("prompts", "core/a/b", "2026-03-02T12:00:00+00:00")
    ]
    assert list(changes.removed) == [("sessions", CORE.key)]


def test_key_with_half_a_character_can_be_stored() -> None:
    kind = next(kind for kind in FACT_KINDS if kind.collection == "triggers")
    assert kind.row_key("belt\ud800").encode() == b"belt\\ud800"


def test_written_curve_is_settled_unless_it_changed_meanwhile() -> None:
    changes = Changes()
    changes.note_curve("one", b"1")
    changes.note_curve("two", b"2")
    written = changes.copy().curves()
    changes.note_curve("two", b"3")
    changes.note_curve("three", None)
    changes.settle_curves(written)
    assert changes.curves() == {"two": b"3", "three": None}


def test_merged_runs_bring_their_curves() -> None:
    here, there = Journal(), Journal()
    known, missing = (
        Delivery(activity=activity(NOON.replace(day=day)), learned_at=NOON, day=NOON.date(), live=False)
        for day in (1, 2)
    )
    here.add(known)
    for each in (known, missing):
        there.add(each)
        there.unsaved.note_curve(each.activity.id, b"curve")
    here.merge(there)
    assert here.unsaved.curves() == {missing.activity.id: b"curve"}
