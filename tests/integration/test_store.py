"""The journal's file on disk."""

import gc
import stat
from typing import Any

import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.codec import to_plain
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.storage.files import EntryFiles, files_of
from custom_components.home_gym.store import (
    JournalStore,
    JournalTooNewError,
    JournalUnreadableError,
    garbage_collection_paused,
)
from homeassistant.core import HomeAssistant
from tests.support.integration.stored import first_form, stored_journal, write_json
from tests.support.unit.make import NOON, activity, settings as settings_of


def journal_of(*starts: int) -> Journal:
    """Return a journal with a run on some days of a month, and a session."""
    someone = Runner(settings_of(), Journal())
    someone.deliveries.learn([activity(NOON.replace(day=day)) for day in starts], now=NOON, live=False)
    someone.manual_entries.log_session(Habit.CORE, now=NOON)
    return someone.journal


@pytest.fixture
def files(hass: HomeAssistant) -> EntryFiles:
    """Return the journal's files."""
    return files_of(hass, "me")


async def test_saved_journal_equals_loaded_journal(hass: HomeAssistant, files: EntryFiles) -> None:
    journal = journal_of(1, 2)
    journal.chosen_shoe = "blue"
    store = JournalStore(hass, "me")
    await store.async_load()
    await store.async_save(journal)
    await store.async_close()

    assert stored_journal(hass, "me") == journal
    assert gc.isenabled()
    assert stat.S_IMODE(files.rows.stat().st_mode) == 0o600


async def test_file_and_its_log_are_private(hass: HomeAssistant, files: EntryFiles) -> None:
    store = JournalStore(hass, "me")
    await store.async_load()
    for journal in (journal_of(1), journal_of(2)):
        await store.async_save(journal)
    found = [path for path in (files.rows, *files.sides()) if path.exists()]
    assert len(found) > 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}
    await store.async_close()
    assert [path.name for path in files.folder.glob("*me*")] == ["home_gym.me.db"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (first_form("me", {}, version=2), JournalTooNewError),
        (first_form("me", {}, version="2"), JournalUnreadableError),
        ({"version": 1}, JournalUnreadableError),
    ],
)
async def test_invalid_journal_is_rejected(
    hass: HomeAssistant, files: EntryFiles, content: Any, error: type[Exception]
) -> None:
    write_json(files, content)
    before = files.json.read_bytes()

    with pytest.raises(error):
        await JournalStore(hass, "me").async_load()

    assert files.json.read_bytes() == before
    assert list(files.folder.glob("*me*")) == [files.json]


async def test_journal_of_first_form_is_read_and_stays_beside_rows(hass: HomeAssistant, files: EntryFiles) -> None:
    journal = journal_of(1, 2)
    journal.may_speak = False
    write_json(files, first_form("me", to_plain(journal)))
    before = files.json.read_bytes()

    store = JournalStore(hass, "me")
    assert await store.async_load() == journal
    await store.async_close()
    assert files.json.read_bytes() == before
    assert stored_journal(hass, "me") == journal


def test_several_at_once_leave_the_collector_as_it_was() -> None:
    with garbage_collection_paused():
        with garbage_collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
