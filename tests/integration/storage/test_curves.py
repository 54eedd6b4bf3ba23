"""Curves of recordings: written with their facts, read one by one, copied, exported and erased with the journal."""

from pathlib import Path
import sqlite3
from typing import Any

import pytest

from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity
from custom_components.home_gym.gym.runs.curve import Curve
from custom_components.home_gym.storage.files import EntryFiles, files_of
from custom_components.home_gym.store import JournalStore
from homeassistant.core import HomeAssistant
from tests.support.integration.stored import stored_journal
from tests.support.unit.make import NOON, activity, settings

CURVE = Curve(
    times=[0, 900, 1800], metres=[0, 2500, 5000], heart_rates=[120, 150, None], cadences=[None] * 3, heights=[1, 2, 3]
)
OTHER = Curve(times=[0, 60], metres=[0, 200], heart_rates=[None] * 2, cadences=[None] * 2, heights=[None] * 2)


def recorded(day: int = 2, curve: Curve | None = CURVE, **rest: Any) -> Activity:
    """Return a run with a curve on a day of the month."""
    return activity(NOON.replace(day=day), curve=curve.packed() if curve else None, **rest)


@pytest.fixture
async def store(hass: HomeAssistant) -> JournalStore:
    """Return the store of a new runner."""
    store = JournalStore(hass, "me")
    await store.async_load()
    return store


@pytest.fixture
def files(hass: HomeAssistant) -> EntryFiles:
    """Return the journal's files."""
    return files_of(hass, "me")


@pytest.fixture
def someone() -> Runner:
    """Return a runner without runs."""
    return Runner(settings(), Journal())


def rows(path: Path) -> int:
    """Return the number of curves in a file."""
    with sqlite3.connect(path) as connection:
        [found] = connection.execute("SELECT count(*) FROM curves").fetchone()
    connection.close()
    return int(found)


async def test_curve_is_read_before_and_after_it_is_saved(store: JournalStore, someone: Runner) -> None:
    run = recorded()
    someone.deliveries.learn([run], now=NOON, live=False)
    for _ in range(2):
        found = await store.async_curve(someone.journal, ["unknown", run.id])
        assert found
        assert (list(found.metres), list(found.heart_rates)) == ([0, 2500, 5000], [120, 150, None])
        await store.async_save(someone.journal)
    assert not someone.journal.unsaved.curves()
    assert await store.async_curve(someone.journal, ["unknown"]) is None


async def test_no_curve_stays_in_memory(
    hass: HomeAssistant, store: JournalStore, files: EntryFiles, someone: Runner
) -> None:
    someone.deliveries.learn([recorded(day) for day in (1, 2, 3)], now=NOON, live=False)
    await store.async_save(someone.journal)
    assert [each.activity.curve for each in someone.journal.deliveries.values()] == [None] * 3
    assert stored_journal(hass, "me") == someone.journal
    await store.async_close()
    assert rows(files.rows) == 3


async def test_runner_without_a_curve_is_asked_in_vain(store: JournalStore, someone: Runner) -> None:
    run = recorded(curve=None)
    assert await store.async_curve(someone.journal, [run.id]) is None
    someone.deliveries.learn([run], now=NOON, live=False)
    await store.async_save(someone.journal)
    assert await store.async_curve(someone.journal, [run.id]) is None
    assert await store.async_curves(someone.journal) == {}


async def test_newer_version_of_a_recording_replaces_its_curve(store: JournalStore, someone: Runner) -> None:
    for curve, km in ((CURVE, 5), (OTHER, 6)):
        someone.deliveries.learn([recorded(curve=curve, km=km, origin_id="1")], now=NOON, live=False)
        await store.async_save(someone.journal)
    [(run, packed)] = (await store.async_curves(someone.journal)).items()
    assert packed == OTHER.packed()
    # A list of the service without points is no reason to lose them.
    someone.deliveries.learn([recorded(curve=None, km=7, origin_id="1")], now=NOON, live=False)
    await store.async_save(someone.journal)
    assert await store.async_curves(someone.journal) == {run: packed}


async def test_withdrawn_recording_takes_its_curve_along(
    store: JournalStore, files: EntryFiles, someone: Runner
) -> None:
    run = recorded()
    someone.deliveries.learn([run, recorded(3)], now=NOON, live=False)
    await store.async_save(someone.journal)
    someone.deliveries.withdraw(run.id)
    assert await store.async_curve(someone.journal, [run.id]) is None
    await store.async_save(someone.journal)
    await store.async_close()
    assert rows(files.rows) == 1


async def test_file_of_an_earlier_version_has_no_table_yet(
    store: JournalStore, files: EntryFiles, someone: Runner
) -> None:
    someone.deliveries.learn([recorded(1, curve=None)], now=NOON, live=False)
    await store.async_save(someone.journal)
    run = recorded()
    assert await store.async_curve(someone.journal, [run.id]) is None
    someone.deliveries.learn([run], now=NOON, live=False)
    await store.async_save(someone.journal)
    await store.async_close()
    assert rows(files.rows) == 1


async def test_damaged_curve_is_none(store: JournalStore, files: EntryFiles, someone: Runner) -> None:
    run, other = recorded(1), recorded(2, OTHER)
    someone.deliveries.learn([run, other], now=NOON, live=False)
    await store.async_save(someone.journal)
    await store.async_close()
    with sqlite3.connect(files.rows) as connection:
        connection.execute("UPDATE curves SET body = x'0102' WHERE activity = ?", (run.id,))
    connection.close()
    assert await store.async_curve(someone.journal, [run.id]) is None
    assert await store.async_curve(someone.journal, [run.id, other.id])
    assert await store.async_curves(someone.journal) == {other.id: OTHER.packed()}


async def test_daily_copy_has_the_curves(
    hass: HomeAssistant, store: JournalStore, files: EntryFiles, someone: Runner
) -> None:
    someone.deliveries.learn([recorded()], now=NOON, live=False)
    await store.async_save(someone.journal)
    await store.async_look_after()
    [copy] = files.generations().values()
    assert rows(copy) == 1
    await store.async_close()
