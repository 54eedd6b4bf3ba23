"""The journal's file on disk."""

import gc
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.codec import to_plain
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.store import (
    JournalStore,
    JournalTooNewError,
    JournalUnreadableError,
    garbage_collection_paused,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import prepare_save_json

from ..support.unit.make import NOON, activity, settings as settings_of


def journal_of(*starts: int) -> Journal:
    """Return a journal with a run on some days of a month, and a session."""
    someone = Runner(settings_of(), Journal())
    someone.deliveries.learn([activity(NOON.replace(day=day)) for day in starts], now=NOON, live=False)
    someone.manual_entries.log_session(Habit.CORE, now=NOON)
    return someone.journal


@pytest.fixture
def file(hass: HomeAssistant) -> Path:
    """Return the journal's file."""
    file = Path(hass.config.path(".storage", "home_gym.me"))
    file.parent.mkdir(exist_ok=True)
    return file


def written(data: Any, version: Any = 1) -> str:
    """Return the content of a file."""
    return json.dumps({"version": version, "minor_version": 1, "key": "home_gym.me", "data": data})


async def test_stored_journal_equals_loaded_journal(hass: HomeAssistant, file: Path) -> None:
    journal = journal_of(1, 2)
    file.write_text(written(to_plain(journal)))

    loaded = await JournalStore(hass, "me").async_load()

    assert loaded == journal
    assert gc.isenabled()


async def test_loaded_journal_is_written_unchanged(hass: HomeAssistant, file: Path) -> None:
    journal = journal_of(1, 2)
    file.write_text(written(to_plain(journal)))
    store = JournalStore(hass, "me")
    loaded = await store.async_load()
    loaded.deliveries |= journal_of(3).deliveries

    for _ in range(2):
        _, content = prepare_save_json(store._written.whole(loaded))
        assert json.loads(content) == to_plain(loaded)

    del loaded.deliveries[next(iter(loaded.deliveries))]
    _, content = prepare_save_json(store._written.whole(loaded))
    assert json.loads(content) == to_plain(loaded)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (written({}, version=2), JournalTooNewError),
        (written({}, version="2"), JournalUnreadableError),
        (json.dumps({"version": 1}), JournalUnreadableError),
    ],
)
async def test_invalid_journal_is_rejected(
    hass: HomeAssistant, file: Path, content: str, error: type[Exception]
) -> None:
    file.write_text(content)

    with pytest.raises(error):
        await JournalStore(hass, "me").async_load()

    assert file.read_text() == content


def test_several_at_once_leave_the_collector_as_it_was() -> None:
    with garbage_collection_paused():
        with garbage_collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
