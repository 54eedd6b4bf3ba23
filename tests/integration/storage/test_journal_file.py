"""The file of a journal: bytes of a change, damage, and files of other versions."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
import os
from pathlib import Path
import shutil
import sqlite3
from typing import Any
from unittest.mock import patch

import orjson
import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.codec import from_plain, to_plain
from custom_components.home_gym.gym.journal.facts import FACT_KINDS
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.journal.rows import Row, SetAside, state_rows
from custom_components.home_gym.gym.prompts.prompt import PromptFact, PromptState, PromptTrigger
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.storage import row_file
from custom_components.home_gym.storage.files import EntryFiles
from custom_components.home_gym.storage.generations import go_back, keep_generation
from custom_components.home_gym.storage.journal_file import JournalFile, UnreadableError, summary_of
from custom_components.home_gym.storage.row_file import MINOR, NewRow, RowFile, TooNewError
from tests.support.integration.stored import first_form, rows_in, write_json
from tests.support.unit.make import NOON, activity, settings as settings_of

STORED = Path(__file__).parents[2] / "unit" / "gym" / "journal" / "data" / "journal.json"
WHOLE: dict[str, Any] = orjson.loads(STORED.read_bytes())
A_DAY = timedelta(days=1)
# The stored journal's prompts are of this spring.
NOW = NOON


@pytest.fixture
def files(tmp_path: Path) -> EntryFiles:
    """Return the files of a runner."""
    return EntryFiles(folder=tmp_path / ".storage", entry_id="me")


@pytest.fixture
def file(files: EntryFiles) -> Iterator[JournalFile]:
    """Return the file of a journal with one of everything, as it was migrated."""
    write_json(files, first_form("me", WHOLE))
    file = JournalFile(files)
    assert file.load(NOW).journal == from_plain(WHOLE)
    yield file
    file.rows.close()


def save(file: JournalFile, journal: Journal) -> None:
    """Save the changes of a journal."""
    changes = journal.unsaved.all()
    file.write(changes, state_rows(journal))
    journal.unsaved.settle(changes)


def load(files: EntryFiles, now: datetime = NOW) -> Journal:
    """Return the journal on disk."""
    file = JournalFile(files)
    with closing(file.rows):
        return file.load(now).journal


def change(files: EntryFiles, statement: str, *values: Any) -> None:
    """Change a file from outside."""
    with closing(sqlite3.connect(files.rows)) as connection, connection:
        connection.execute(statement, values)


def test_change_writes_its_own_row_only(file: JournalFile) -> None:
    journal = file.load(NOW).journal
    session = next(iter(journal.sessions.values()))
    with patch.object(RowFile, "write", autospec=True) as write:
        journal.add(replace(session, duration=99))
        save(file, journal)
        journal.chosen_shoe = "another"
        save(file, journal)
        save(file, journal)
        journal.remove(session)
        save(file, journal)
    puts = [[(row.kind, row.key) for row in call.args[1]] for call in write.call_args_list]
    assert puts == [[("sessions", session.key)], [("state", "chosen_shoe")], []]
    assert write.call_args_list[-1].args[2] == [("sessions", session.key)]


def test_step_of_a_routine_writes_its_own_row_only(file: JournalFile) -> None:
    journal = file.load(NOW).journal
    assert journal.routine
    with patch.object(RowFile, "write", autospec=True) as write:
        journal.routine = replace(journal.routine, elapsed=journal.routine.elapsed + 1)
        save(file, journal)
    assert [(row.kind, row.key) for row in write.call_args.args[1]] == [("state", "routine")]


def test_order_of_facts_survives(files: EntryFiles) -> None:
    someone = Runner(settings_of(), Journal())
    file = JournalFile(files)
    file.load(NOW)
    for day in (5, 3, 9, 1):
        someone.deliveries.learn([activity(NOON.replace(day=day))], now=NOON, live=False)
        save(file, someone.journal)
    someone.deliveries.learn([activity(NOON.replace(day=3), km=9)], now=NOON, live=False)
    save(file, someone.journal)
    file.rows.close()
    again = load(files)
    assert list(again.deliveries.items()) == list(someone.journal.deliveries.items())


def test_failed_write_leaves_nothing(files: EntryFiles, file: JournalFile) -> None:
    journal = file.load(NOW).journal
    before = rows_in(files)
    # A disk without room for another page.
    file.rows.execute("PRAGMA max_page_count = 1")
    big = [activity(NOON + number * A_DAY, device="x" * 190) for number in range(40)]
    Runner(settings_of(), journal).deliveries.learn(big, now=NOON, live=False)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        save(file, journal)
    assert rows_in(files) == before
    file.rows.execute("PRAGMA max_page_count = 100000")
    save(file, journal)
    assert load(files) == journal


@pytest.mark.parametrize("kind", [kind.stored_as for kind in FACT_KINDS])
@pytest.mark.parametrize(
    "damage",
    [
        "body = replace(body, 'a', 'e')",
        "body = body || ' '",
        "body = substr(body, 2), checksum = NULL",
        "body = '{}', checksum = NULL",
        "body = x'ff00', checksum = NULL",
        "body = 'null', checksum = NULL",
        "checksum = checksum + 1",
        "checksum = 'x'",
        "at = '2999'",
        "key = key || 'x', checksum = NULL",
    ],
)
def test_damaged_row_is_set_aside(files: EntryFiles, file: JournalFile, kind: str, damage: str) -> None:
    file.rows.close()
    first = "rowid = (SELECT min(rowid) FROM facts WHERE kind = ?)"
    change(files, f"UPDATE facts SET {damage} WHERE {first}", kind)  # noqa: S608  # of the table above
    before = files.rows.read_bytes()

    again = JournalFile(files)
    read = again.load(NOW)
    again.rows.close()

    assert [each.row.kind for each in read.set_aside] == [kind]
    expected = from_plain(WHOLE | {kind: WHOLE[kind][1:]})
    assert read.journal == expected
    assert files.rows.read_bytes() == before


def test_row_edited_by_hand_counts_with_an_empty_checksum(files: EntryFiles, file: JournalFile) -> None:
    file.rows.close()
    change(files, "UPDATE facts SET body = 'false', checksum = NULL WHERE key = 'may_speak'")
    assert load(files).may_speak is False


def test_damaged_row_is_kept_when_its_fact_comes_again(files: EntryFiles, file: JournalFile) -> None:
    journal = file.load(NOW).journal
    session = next(iter(journal.sessions.values()))
    file.rows.close()
    change(files, "UPDATE facts SET body = '{' WHERE kind = 'sessions' AND key = ?", session.key)

    again = JournalFile(files)
    read = again.load(NOW)
    assert len(read.set_aside) == 1
    read.journal.add(session)
    save(again, read.journal)
    again.rows.close()

    assert load(files).sessions[session.key] == session
    with closing(sqlite3.connect(files.rows)) as connection:
        assert connection.execute("SELECT kind, key, body FROM set_aside").fetchall() == [
            ("sessions", session.key, "{")
        ]


def newer_minor(files: EntryFiles) -> None:
    """Turn a file into one of a newer minor version, with parts that only that version knows."""
    change(files, "UPDATE about SET value = ? WHERE name = 'minor'", str(MINOR + 1))
    add = "INSERT INTO facts VALUES (?, ?, NULL, ?, NULL)"
    change(files, add, "saunas", "1", '{"minutes":7}')
    change(files, add, "state", "mood", '"good"')
    change(
        files, add, "sessions", "sauna@1/1", '{"habit":"sauna","end":"2026-03-02T12:00:00+00:00","day":"2026-03-02"}'
    )
    change(
        files, "UPDATE facts SET body = json_insert(body, '$.mood', 'good'), checksum = NULL WHERE kind = 'sessions'"
    )


def test_parts_of_a_newer_minor_version_are_kept_and_written_back(files: EntryFiles, file: JournalFile) -> None:
    file.rows.close()
    newer_minor(files)
    before = rows_in(files)
    again = JournalFile(files)
    read = again.load(NOW)
    assert read.journal == from_plain(WHOLE)
    assert read.set_aside == []

    session = next(iter(read.journal.sessions.values()))
    read.journal.add(replace(session, duration=99))
    read.journal.may_speak = not read.journal.may_speak
    save(again, read.journal)
    about = again.rows.about()
    again.rows.close()

    after = rows_in(files)
    assert after["sessions", session.key] == {**before["sessions", session.key], "duration": 99}
    assert after["sessions", session.key]["mood"] == "good"
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed == {("sessions", session.key), ("state", "may_speak")}
    assert about["minor"] == str(MINOR + 1)


def test_newer_major_version_is_refused_and_left_alone(files: EntryFiles, file: JournalFile) -> None:
    file.rows.close()
    change(files, "UPDATE about SET value = '3' WHERE name = 'major'")
    before = files.rows.read_bytes()
    with pytest.raises(TooNewError):
        load(files)
    assert files.rows.read_bytes() == before
    assert [path.name for path in files.folder.glob("*.db*")] == [files.rows.name]


CONTENTS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: whole[:0],
    "text": lambda whole: b"no database at all, but long enough to be one" * (len(whole) // 45),
    "cut": lambda whole: whole[: len(whole) // 2],
    "headless": lambda whole: bytes(100) + whole[100:],
    "torn": lambda whole: whole[:4096] + os.urandom(len(whole) - 4096),
    "another": lambda whole: another_database() + whole[:0],
}


def another_database() -> bytes:
    """Return a SQLite file of something else."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE shopping (item TEXT)")
        return connection.serialize()


@pytest.mark.parametrize("damage", CONTENTS)
def test_damaged_file_is_left_alone_and_goes_back_to_a_copy(files: EntryFiles, file: JournalFile, damage: str) -> None:
    assert keep_generation(files, file.rows, NOW.date())
    journal = file.load(NOW).journal
    file.rows.close()
    damaged = CONTENTS[damage](files.rows.read_bytes())
    files.rows.write_bytes(damaged)

    with pytest.raises(UnreadableError):
        load(files)
    assert files.rows.read_bytes() == damaged

    go_back(files, NOW.date(), NOW)
    assert load(files) == journal
    assert files.damaged(NOW).read_bytes() == damaged


def test_lost_file_with_copies_is_no_empty_journal(files: EntryFiles, file: JournalFile) -> None:
    keep_generation(files, file.rows, NOW.date())
    file.rows.close()
    files.rows.unlink()
    with pytest.raises(UnreadableError, match="missing"):
        load(files)


def test_damaged_copy_replaces_nothing(files: EntryFiles, file: JournalFile) -> None:
    keep_generation(files, file.rows, NOW.date())
    file.rows.close()
    files.generation(NOW.date()).write_bytes(b"x" * 8192)
    before = files.rows.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        go_back(files, NOW.date(), NOW)
    assert files.rows.read_bytes() == before


def test_last_three_days_with_changes_have_copies(files: EntryFiles, file: JournalFile) -> None:
    journal = file.load(NOW).journal
    made = []
    for day in range(6):
        if day != 2:
            Runner(settings_of(), journal).manual_entries.log_session(Habit.CORE, now=NOW + day * A_DAY)
            save(file, journal)
        made.append([keep_generation(files, file.rows, NOW.date() + day * A_DAY) for _ in range(2)])
    assert made == [[True, False]] * 2 + [[False, False]] + [[True, False]] * 3
    assert list(files.generations()) == [NOW.date() + day * A_DAY for day in (5, 4, 3)]
    assert {path.stat().st_mode & 0o777 for path in files.generations().values()} == {0o600}


def test_copy_of_a_clock_ahead_keeps_no_day_from_its_copy(files: EntryFiles, file: JournalFile) -> None:
    assert keep_generation(files, file.rows, NOW.date().replace(year=2040))
    assert keep_generation(files, file.rows, NOW.date())
    assert NOW.date() in files.generations()


def test_damaged_file_is_not_copied_over_good_copies(files: EntryFiles, file: JournalFile) -> None:
    keep_generation(files, file.rows, NOW.date())
    good = files.generation(NOW.date()).read_bytes()
    file.rows.close()
    content = files.rows.read_bytes()
    files.rows.write_bytes(content[:8192] + os.urandom(len(content) - 8192))
    again = RowFile(files.rows)
    with closing(again), pytest.raises(sqlite3.DatabaseError):
        keep_generation(files, again, NOW.date() + A_DAY)
    assert files.generation(NOW.date()).read_bytes() == good
    assert list(files.generations()) == [NOW.date()]


class PowerCutError(Exception):
    """The end of a process, as a test sees it."""


@pytest.mark.parametrize("step", ["_stored", "replace_durably"])
def test_power_cut_during_migration_costs_nothing(files: EntryFiles, step: str) -> None:
    write_json(files, first_form("me", WHOLE))
    before = files.json.read_bytes()
    with patch.object(row_file, step, side_effect=PowerCutError), pytest.raises(PowerCutError):
        JournalFile(files).load(NOW)
    assert not files.rows.exists()
    assert load(files) == from_plain(WHOLE)
    assert files.json.read_bytes() == before
    assert list(files.folder.glob("*.new*")) == []


def test_facts_of_an_earlier_version_that_ran_again_are_taken_over(files: EntryFiles, file: JournalFile) -> None:
    file.rows.close()
    session = {"habit": "core", "end": "2026-03-02T18:00:00+00:00", "day": "2026-03-02"}
    write_json(files, first_form("me", WHOLE | {"sessions": [*WHOLE["sessions"], session]}))
    os.utime(files.json, (1, 1))
    assert len(load(files).sessions) == len(from_plain(WHOLE).sessions) + 1
    # Taken over once, and no more after that.
    journal_before = load(files)
    again = JournalFile(files)
    journal = again.load(NOW).journal
    journal.remove(next(iter(journal.sessions.values())))
    save(again, journal)
    again.rows.close()
    assert load(files) == journal != journal_before


def test_file_of_earlier_version_is_removed_after_a_month(files: EntryFiles, file: JournalFile) -> None:
    for days, stays in ((0, True), (29, True), (30, False)):
        file.unlink_outlived_json(NOW + days * A_DAY)
        assert files.json.exists() is stays


def old_prompts(journal: Journal) -> tuple[PromptFact, PromptFact, PromptTrigger]:
    """Add a closed and an open prompt and a trigger of two years ago to a journal."""
    long_ago = NOW - 2 * 365 * A_DAY
    closed = PromptFact(activity="old", topic=Habit.CORE, state=PromptState.DONE, at=long_ago)
    held = replace(closed, topic=Habit.STRETCH, state=PromptState.HELD)
    trigger = PromptTrigger(id="belt", habit=Habit.WARM_UP, at=long_ago)
    for fact in (closed, held, trigger):
        journal.add(fact)
    return closed, held, trigger


def test_closed_prompts_and_triggers_of_last_year_are_pruned(files: EntryFiles, file: JournalFile) -> None:
    journal = file.load(NOW).journal
    recent = PromptFact(activity="new", topic=Habit.CORE, state=PromptState.DONE, at=NOW - 300 * A_DAY)
    newest = replace(recent, activity="newest", at=NOW)
    journal.add(recent)
    journal.add(newest)
    old_prompts(journal)
    save(file, journal)
    again = load(files)
    assert again.prompts.keys() >= {recent.key, newest.key}
    assert ("old", Habit.CORE) not in again.prompts
    assert "belt" not in again.triggers

    assert file.prune(NOW) == 2
    kept = {key for kind, key in rows_in(files) if kind in ("prompts", "occasions")}
    assert "core/old" not in kept
    assert {"core/new", "core/newest", "stretch/old"} <= kept
    assert file.prune(NOW) == 0


def test_clock_ahead_prunes_nothing_of_the_last_year(file: JournalFile) -> None:
    journal = file.load(NOW).journal
    journal.add(PromptFact(activity="new", topic=Habit.CORE, state=PromptState.DONE, at=NOW))
    journal.add(PromptFact(activity="newer", topic=Habit.CORE, state=PromptState.DONE, at=NOW + A_DAY))
    save(file, journal)
    file.prune(NOW.replace(year=2040))
    assert {"core/new", "core/newer"} <= {key for _, key in rows_in(file.files)}


def test_disk_that_can_not_be_written_is_read(files: EntryFiles, file: JournalFile) -> None:
    journal = file.load(NOW).journal
    Runner(settings_of(), journal).manual_entries.log_session(Habit.CORE, now=NOW)
    save(file, journal)
    again = JournalFile(files)
    error = sqlite3.OperationalError("unable to open database file")
    with patch.object(RowFile, "_open", side_effect=error):
        read = again.load(NOW)
        assert read.journal == journal
        Runner(settings_of(), read.journal).manual_entries.log_session(Habit.STRETCH, now=NOW)
        with pytest.raises(sqlite3.OperationalError):
            save(again, read.journal)
    save(again, read.journal)
    again.rows.close()
    assert load(files) == read.journal


def test_held_file_stays_as_it_is_and_any_cut_of_its_log_is_consistent(
    files: EntryFiles, file: JournalFile, tmp_path: Path
) -> None:
    journal = file.load(NOW).journal
    file.rows.hold(True)
    held = files.rows.read_bytes()
    known = [to_plain(journal)]
    for hour in range(60):
        Runner(settings_of(), journal).manual_entries.log_session(Habit.CORE, now=NOW + timedelta(hours=hour))
        save(file, journal)
        known.append(to_plain(journal))
    assert files.rows.read_bytes() == held
    log = files.sides()[0].read_bytes()
    copy = EntryFiles(folder=tmp_path / "restored", entry_id="me")
    for cut in (0, 31, 4000, len(log) // 3, len(log) // 2 + 17, len(log) - 1, len(log)):
        shutil.rmtree(copy.folder, ignore_errors=True)
        copy.folder.mkdir()
        copy.rows.write_bytes(held)
        copy.sides()[0].write_bytes(log[:cut])
        assert to_plain(load(copy)) in known
    file.rows.hold(False)
    file.rows.close()
    assert load(files) == journal
    assert not files.sides()[0].exists()


def test_file_opened_and_closed_while_held_stays_as_it_is(files: EntryFiles, file: JournalFile) -> None:
    journal = file.load(NOW).journal
    file.rows.hold(True)
    held = files.rows.read_bytes()
    Runner(settings_of(), journal).manual_entries.log_session(Habit.CORE, now=NOW)
    save(file, journal)
    file.rows.close()
    again = JournalFile(files, held=True)
    assert again.load(NOW).journal == journal
    again.rows.close()
    assert files.rows.read_bytes() == held


def test_text_with_half_a_character_is_kept(files: EntryFiles) -> None:
    rows = RowFile(files.rows)
    rows.create([NewRow("sessions", "a", None, row_file.dumps({"text": "\ud800", "large": 2**70}))], {})
    [row] = rows.rows()
    rows.close()
    assert row.is_intact
    assert row_file.loads(row.body) == {"text": "\ud800", "large": 2**70}


def test_summary_of_damage_has_no_day_of_pain() -> None:
    aside = [
        SetAside(row=Row(kind, "key", at), reason="x")
        for kind, at in (
            ("pains", "2026-03-02T12:00:00+00:00"),
            ("sessions", "2026-03-01T12:00:00+00:00"),
            ("state", None),
        )
    ]
    assert summary_of(aside) == "pains, sessions 2026-03-01, state"
    assert summary_of(aside * 4).endswith(", …")
