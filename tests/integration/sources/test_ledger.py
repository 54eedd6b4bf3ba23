"""The ledger of a folder, also when lost, damaged or outdated."""

from dataclasses import replace
import json
import os
from pathlib import Path
from typing import Any

import pytest

from custom_components.home_gym.gym.runs.activity import Activity, Sport
from custom_components.home_gym.sources.folder import ledger as module
from custom_components.home_gym.sources.folder.ledger import Ledger
from custom_components.home_gym.sources.folder.recordings import Reading
from custom_components.home_gym.sources.folder.survey import Stamp
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from tests.support.integration.recordings import START

FOLDER = "/media/recordings"
SOURCE = "01SOURCE"
RUN = Activity(sport=Sport.RUN, start=START, elapsed_time=60)
STAMP = Stamp(4292, 1_777_917_600_123_456_789)
READ = Reading(path="2026/run.fit", stamp=STAMP, live=True, activities=(RUN,))
UNREAD = Reading(path="notes.csv", stamp=STAMP, live=True, problem="unknown_format")


KEY = f"home_gym.folder.{SOURCE}"


async def write(hass: HomeAssistant, *readings: Reading) -> None:
    """Write a ledger with these readings."""
    ledger = Ledger(hass, SOURCE)
    await ledger.async_load(FOLDER)
    for reading in readings:
        ledger.remember(reading)
    ledger.is_history_read = True
    await ledger.async_save()


async def loaded(hass: HomeAssistant, folder: str = FOLDER, delivered: set[str] | None = None) -> Ledger:
    """Return the ledger of another start."""
    ledger = Ledger(hass, SOURCE)
    await ledger.async_load(folder, delivered)
    return ledger


def is_empty(ledger: Ledger) -> bool:
    """Return whether the ledger is empty."""
    known = ledger.is_known(READ.path, STAMP) or ledger.is_known(UNREAD.path, STAMP)
    return not known and not ledger.is_history_read


async def test_ledger_survives_restart(hass: HomeAssistant) -> None:
    await write(hass, READ, UNREAD)

    ledger = await loaded(hass)

    assert ledger.is_known(READ.path, STAMP)
    assert not ledger.is_known(READ.path, Stamp(STAMP.size, STAMP.modified + 1))
    assert not ledger.is_known("other.fit", STAMP)
    assert ledger.problems({READ.path, UNREAD.path}) == {UNREAD.path: "unknown_format"}
    assert ledger.problems({READ.path}) == {}
    assert ledger.counts() == {"read": 2, "unknown_format": 1}
    assert ledger.is_history_read


async def test_refusal_by_the_clock_is_tried_again(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten minutes, and after a restart at once: the clock may have been wrong."""
    now = 1000.0
    monkeypatch.setattr(module, "monotonic", lambda: now)
    ledger = await loaded(hass)
    ledger.remember(replace(READ, activities=(), problem="future"))
    await ledger.async_save()
    assert ledger.is_known(READ.path, STAMP)
    assert ledger.problems({READ.path}) == {READ.path: "future"}
    now += module.FUTURE_FOR
    assert not ledger.is_known(READ.path, STAMP)
    assert not (await loaded(hass)).is_known(READ.path, STAMP)


async def test_missing_file_is_an_empty_ledger(hass: HomeAssistant, caplog: pytest.LogCaptureFixture) -> None:
    assert is_empty(await loaded(hass))
    assert "damaged" not in caplog.text


async def test_other_folder_is_an_empty_ledger(hass: HomeAssistant, caplog: pytest.LogCaptureFixture) -> None:
    await write(hass, READ)

    assert is_empty(await loaded(hass, folder="/media/elsewhere"))
    assert "damaged" not in caplog.text


async def test_file_missing_in_journal_is_read_again(hass: HomeAssistant) -> None:
    """After restoring an older journal, or none."""
    await write(hass, READ, UNREAD)

    with_run = await loaded(hass, delivered={RUN.id})
    assert with_run.is_known(READ.path, STAMP)
    without = await loaded(hass, delivered=set())
    assert not without.is_known(READ.path, STAMP)
    assert without.is_known(UNREAD.path, STAMP)
    assert without.is_history_read


async def test_removed_file_is_forgotten(hass: HomeAssistant) -> None:
    await write(hass, READ, UNREAD)
    ledger = await loaded(hass)

    # A drive that is away leaves an empty folder.
    assert not ledger.keep(set())
    assert ledger.is_known(READ.path, STAMP)
    assert not ledger.keep({READ.path, UNREAD.path, "new.fit"})
    assert ledger.keep({UNREAD.path})
    assert not ledger.is_known(READ.path, STAMP)


async def test_file_with_invalid_name_is_not_saved(hass: HomeAssistant, caplog: pytest.LogCaptureFixture) -> None:
    odd = os.fsdecode(b"l\xe4uft.fit")
    await write(hass, READ, Reading(path=odd, stamp=STAMP, live=True), Reading(path="läuft", stamp=STAMP, live=True))

    ledger = await loaded(hass)

    assert ledger.is_known(READ.path, STAMP)
    assert ledger.is_known("läuft", STAMP)
    assert not ledger.is_known(odd, STAMP)
    assert "ERROR" not in caplog.text


async def test_removed_ledger_leaves_no_file(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    await write(hass, READ)
    assert KEY in hass_storage

    await Ledger(hass, SOURCE).async_remove()

    assert KEY not in hass_storage


def document(**changes: Any) -> dict[str, Any]:
    """Return the content of a whole file, with changes."""
    known = {READ.path: [STAMP.size, STAMP.modified, None, [RUN.id]]}
    data = {"folder": FOLDER, "is_history_read": True, "known": known} | changes
    return {"version": 1, "minor_version": 1, "key": KEY, "data": data}


async def test_whole_file_is_loaded(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    hass_storage[KEY] = document()
    assert (await loaded(hass)).is_known(READ.path, STAMP)


@pytest.mark.parametrize(
    "damaged",
    [
        {"some": "file"},
        {"version": 1},
        {"version": 2, "minor_version": 1, "data": document()["data"]},
        {"version": 1, "data": "known"},
        {"version": 1, "data": [1]},
        {"version": 1, "data": {"folder": FOLDER}},
        document(known=None),
        document(known=[1]),
        document(known={READ.path: 1}),
        document(known={READ.path: [1, 2]}),
        document(known={READ.path: ["much", 2, None, []]}),
        document(known={READ.path: [1, 2, None, None]}),
    ],
)
async def test_damaged_file_is_an_empty_ledger(
    hass: HomeAssistant, hass_storage: dict[str, Any], damaged: Any, caplog: pytest.LogCaptureFixture
) -> None:
    hass_storage[KEY] = damaged

    assert is_empty(await loaded(hass))

    assert "all files are read again" in caplog.text
    assert list(ir.async_get(hass).issues) == []
    await write(hass, READ)
    assert (await loaded(hass)).is_known(READ.path, STAMP)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\0" * 64, json.dumps(document())[:-20]])
async def test_a_file_that_is_no_json_raises_no_alarm(
    hass: HomeAssistant, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = Path(hass.config.path(".storage", KEY))
    file.parent.mkdir(exist_ok=True)
    file.write_text(content)

    assert is_empty(await loaded(hass))

    assert "all files are read again" in caplog.text
    assert list(ir.async_get(hass).issues) == []
    assert list(file.parent.glob(f"{KEY}*")) == [file]


async def test_a_file_that_is_a_folder(hass: HomeAssistant) -> None:
    Path(hass.config.path(".storage", KEY)).mkdir(parents=True)
    assert is_empty(await loaded(hass))
