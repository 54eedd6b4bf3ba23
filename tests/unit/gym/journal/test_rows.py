from dataclasses import replace
from datetime import timedelta
import json
from pathlib import Path
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.journal.codec import JournalError, from_plain, to_plain
from custom_components.home_gym.gym.journal.facts import FACT_KINDS
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.journal.migration import rows_of_document
from custom_components.home_gym.gym.journal.rows import STATE, Row, all_rows, read_rows, with_unknown
from tests.support.profiles import examples
from tests.support.unit.make import NOON

STORED = json.loads((Path(__file__).parent / "data" / "journal.json").read_text())
ROWS = rows_of_document(STORED)
FACT_ROWS = [row for row in ROWS if row.kind != STATE]


def test_journal_survives_its_rows() -> None:
    journal = from_plain(STORED)
    read = read_rows(all_rows(journal))
    assert read.journal == journal
    assert to_plain(read.journal) == STORED
    assert not read.set_aside


def test_stored_journal_becomes_the_same_rows_by_either_way() -> None:
    assert sorted(ROWS, key=str) == sorted(all_rows(from_plain(STORED)), key=str)


@pytest.mark.parametrize("place", range(len(FACT_ROWS)), ids=lambda place: f"{FACT_ROWS[place].kind}-{place}")
@pytest.mark.parametrize("body", [None, [], {}, {"x": 1}, "text", 7])
def test_damaged_fact_is_set_aside_and_all_others_are_read(place: int, body: Any) -> None:
    damaged = FACT_ROWS[place]._replace(body=body)
    read = read_rows([damaged if row is FACT_ROWS[place] else row for row in ROWS])
    assert [each.row for each in read.set_aside] == [damaged]
    whole = from_plain(STORED)
    assert sum(len(read.journal.facts(kind)) for kind in FACT_KINDS) == len(FACT_ROWS) - 1
    for kind in FACT_KINDS:
        assert read.journal.facts(kind).items() <= whole.facts(kind).items()


def test_fact_under_the_key_of_another_is_set_aside() -> None:
    row = FACT_ROWS[0]._replace(key="another")
    read = read_rows([row])
    assert [each.row for each in read.set_aside] == [row]


@pytest.mark.parametrize(("name", "body"), [("may_speak", 1), ("chosen_shoe", 7), ("routine", []), ("week_told", "x")])
def test_damaged_state_is_set_aside_and_has_its_default(name: str, body: Any) -> None:
    read = read_rows([row._replace(body=body) if (row.kind, row.key) == (STATE, name) else row for row in ROWS])
    assert [(each.row.key, each.row.body) for each in read.set_aside] == [(name, body)]
    default = {row.key: row.body for row in all_rows(Journal()) if row.kind == STATE}[name]
    assert to_plain(read.journal) == STORED | {name: default}


def test_rows_of_unknown_kinds_are_ignored() -> None:
    read = read_rows([*ROWS, Row("sauna", "1", None, {}), Row(STATE, "mood", None, "good")])
    assert read.journal == from_plain(STORED)
    assert not read.set_aside


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ("none", "object"),
        ({}, "deliveries"),
        ({"deliveries": "none", "sessions": [], "prompts": []}, "a list"),
        ({"deliveries": [], "sessions": [], "prompts": [], "rests": {}}, "rests"),
    ],
)
def test_document_of_another_kind_is_refused(document: Any, error: str) -> None:
    with pytest.raises(JournalError, match=error):
        rows_of_document(document)


def test_migration_keeps_unreadable_facts_and_unknown_parts() -> None:
    later = {"minutes": 7, "where": ["lake"]}
    document = STORED | {
        "sessions": [{**STORED["sessions"][0], "mood": later}, {"habit": "chess"}],
        "saunas": [later, later],
        "weather": later,
    }
    rows = {(row.kind, row.key): row.body for row in rows_of_document(document)}
    assert rows["saunas", "#1"] == rows["weather", "#0"] == later
    assert rows["sessions", "#1"] == {"habit": "chess"}
    [kept] = [body for (kind, key), body in rows.items() if kind == "sessions" and key != "#1"]
    assert kept["mood"] == later
    read = read_rows(rows_of_document(document))
    assert [each.row.body for each in read.set_aside] == [{"habit": "chess"}]
    assert len(read.journal.sessions) == 1


def test_former_key_is_written_under_its_new_name() -> None:
    prompt = {"activity": "a", "habit": "core", "state": "due", "at": "2026-03-02T12:00:00+00:00"}
    document = {"deliveries": [], "sessions": [], "prompts": [prompt]}
    [row] = rows_of_document(document)
    assert (row.body["topic"], "habit" in row.body) == ("core", False)


LAPS = [row for row in FACT_ROWS if row.kind == "deliveries" and row.body["activity"].get("laps")]


def test_fields_of_a_newer_version_stay_in_a_changed_fact() -> None:
    old = json.loads(json.dumps(LAPS[0].body))
    old["mood"] = "good"
    old["activity"]["weather"] = {"wind": 3}
    old["activity"]["laps"][0]["slope"] = 1
    new = json.loads(json.dumps(LAPS[0].body))
    new["activity"]["distance"] = 5001.5
    kept = with_unknown("deliveries", old, new)
    assert kept["activity"]["distance"] == 5001.5
    assert (kept["mood"], kept["activity"]["weather"]) == ("good", {"wind": 3})
    assert kept["activity"]["laps"][0]["slope"] == 1
    assert read_rows([LAPS[0]._replace(body=kept)]).set_aside == []


def test_removed_value_does_not_come_back_as_unknown() -> None:
    new = {key: value for key, value in LAPS[0].body.items() if key != "chosen_shoe"}
    new["activity"] = {key: value for key, value in new["activity"].items() if key != "laps"}
    assert with_unknown("deliveries", LAPS[0].body, new) == new


@pytest.mark.parametrize(("kind", "old"), [("sauna", {"a": 1}), ("sessions", {"habit": "chess"})])
def test_unreadable_old_value_adds_nothing(kind: str, old: Any) -> None:
    assert with_unknown(kind, old, {"b": 2}) == {"b": 2}


def merged_by_hand(first: Journal, second: Journal) -> dict[str, set[Any]]:
    """Return the keys of facts in either of two journals."""
    return {kind.collection: {*first.facts(kind), *second.facts(kind)} for kind in FACT_KINDS}


@examples(100)
@given(st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_merge_adds_missing_facts_once(here: set[int], there: set[int]) -> None:
    def journal(days: set[int]) -> Journal:
        made = Journal(chosen_shoe=str(sorted(days)))
        for day in days:
            end = NOON + timedelta(days=day)
            made.add(Session(habit=Habit.CORE, end=end, day=end.date()))
        return made

    first, second = journal(here), journal(there)
    expected = merged_by_hand(first, second)
    assert first.merge(second) == len(there - here)
    assert merged_by_hand(first, first) == expected
    # Choices come along with the first facts only.
    assert first.chosen_shoe == str(sorted(here or there))
    assert first.merge(second) == 0


def test_merge_keeps_the_fact_that_is_there() -> None:
    session = Session(habit=Habit.CORE, end=NOON, day=NOON.date(), duration=60)
    first, second = Journal(), Journal()
    first.add(session)
    second.add(replace(session, duration=90))
    assert first.merge(second) == 0
    assert list(first.sessions.values()) == [session]
