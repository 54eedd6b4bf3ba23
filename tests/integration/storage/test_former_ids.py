"""Journals of versions without the device in an activity's id: everything is read, and known again on delivery."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
import sqlite3
from typing import Any
from unittest.mock import patch

import orjson
import pytest

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.journal.codec import from_plain, to_plain
from custom_components.home_gym.gym.journal.former_ids import DeliveredIds
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, Doubt, Origin, Sport
from custom_components.home_gym.storage.files import EntryFiles
from custom_components.home_gym.storage.journal_file import JournalFile
from custom_components.home_gym.storage.row_file import MINOR, RowFile
from tests.support.integration.stored import first_form, journal_in, write_json
from tests.support.unit.make import NOON, activity, settings

FORMER = (Path(__file__).parent / "data" / "journal_2_0.sql").read_text()
A_DAY = timedelta(days=1)
NOW = NOON + 10 * A_DAY


def recorded(day: int, km: float, **rest: Any) -> Activity:
    """Return an activity in the stored journal, as a source delivers it now."""
    return activity(NOON + day * A_DAY, km=km, **{"origin": Origin.FILE, **rest})


SERIAL = activity(NOON)
NAMED = recorded(1, 6, device="Phone tracker")
NAMELESS = recorded(2, 7)
WITH_ID = recorded(3, 8, device="Cloud", origin_id="17")
MAKER = recorded(4, 9, manufacturer="garmin", device="fr255")
OTHER = recorded(5, 6, device="Phone tracker", sport=Sport.OTHER, doubt=Doubt.NO_SPORT, guess=Sport.RUN)
RIDE = recorded(6, 10, device="Phone tracker", sport=Sport.OTHER)
STORED = (SERIAL, NAMED, NAMELESS, WITH_ID, MAKER, OTHER, RIDE)


@pytest.fixture(params=["rows", "json"])
def files(tmp_path: Path, request: pytest.FixtureRequest) -> EntryFiles:
    """Return the files of a runner as version 2.0 wrote them, or those of version 1 with the same facts."""
    files = EntryFiles(folder=tmp_path / ".storage", entry_id="me")
    files.folder.mkdir()
    with closing(sqlite3.connect(files.rows)) as connection:
        connection.executescript(FORMER)
        rows = connection.execute("SELECT kind, body FROM facts ORDER BY rowid").fetchall()
    if request.param == "json":
        files.rows.unlink()
        facts: dict[str, list[Any]] = {"deliveries": [], "sessions": [], "prompts": [], "corrections": []}
        for kind, body in rows:
            facts[kind].append(orjson.loads(body))
        write_json(files, first_form("me", facts))
    return files


def stored_keys() -> set[str]:
    """Return the ids in the stored journal, by its text alone."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(FORMER)
        return {key for (key,) in connection.execute("SELECT key FROM facts WHERE kind = 'deliveries'")}


def test_activities_keep_their_ids_and_corrections(files: EntryFiles) -> None:
    for _ in range(3):
        journal = journal_in(files)
        assert set(journal.deliveries) == stored_keys()
        runner = Runner(settings(), journal)
        assert [run.distance for run in runner.runs.all()] == [5000, 6500, 7000, 8000, 9000]


@pytest.mark.parametrize("starts", [0, 2])
@pytest.mark.parametrize(
    "again",
    [
        STORED,
        (recorded(1, 6), recorded(2, 7, device="Phone tracker")),
        (recorded(4, 9, manufacturer="garmin", device="Forerunner 255"),),
    ],
    ids=["unchanged", "device known now or no more", "device renamed by its maker"],
)
def test_delivered_again_it_is_known(files: EntryFiles, again: tuple[Activity, ...], starts: int) -> None:
    for _ in range(starts):
        journal_in(files)
    runner = Runner(settings(), journal_in(files))
    before = set(runner.journal.deliveries)
    known = DeliveredIds(runner.journal.deliveries)
    for _ in range(2):
        runner.deliveries.learn(again, now=NOW, live=False)
        assert set(runner.journal.deliveries) == before
    # A device that became known has to be on disk first.
    for one in again:
        assert one.id in known or one.id in DeliveredIds(runner.journal.deliveries)
    assert all(key in known for key in before)
    assert "unknown" not in known


def test_record_of_another_device_in_the_same_second_is_its_own(files: EntryFiles) -> None:
    runner = Runner(settings(), journal_in(files))
    runner.deliveries.learn([recorded(1, 6.1, device="Watch app"), NAMED], now=NOW, live=False)
    runner.deliveries.learn(
        [recorded(2, 7.1, device="Watch app"), recorded(2, 7.2, device="Phone")], now=NOW, live=False
    )
    assert len(runner.journal.deliveries) == len(STORED) + 2
    assert len(runner.runs) == 5


def test_unchanged_record_is_no_change(files: EntryFiles) -> None:
    runner = Runner(settings(), journal_in(files))
    runner.journal.unsaved.settle(runner.journal.unsaved.all())
    runner.deliveries.learn(STORED, now=NOW, live=False)
    assert not len(runner.journal.unsaved)


@pytest.mark.parametrize("files", ["rows"], indirect=True)
def test_failed_write_of_the_ids_is_made_up_for(files: EntryFiles) -> None:
    with patch.object(RowFile, "write", side_effect=sqlite3.OperationalError("full")):
        assert set(journal_in(files).deliveries) == stored_keys()
    file = JournalFile(files)
    with closing(file.rows):
        assert set(file.load(NOW).journal.deliveries) == stored_keys()
        assert file.rows.about()["minor"] == str(MINOR)


def without_ids(journal: Journal) -> Any:
    """Return a journal as the export of an earlier version."""
    plain = to_plain(journal)
    for delivery in plain["deliveries"]:
        delivery["activity"].pop("known_as", None)
    return plain


def test_export_of_an_earlier_version_keeps_its_ids(files: EntryFiles) -> None:
    journal = journal_in(files)
    again = from_plain(without_ids(journal), is_former=True)
    assert again.deliveries == journal.deliveries
    assert all(
        again.deliveries[key].activity.known_as == each.activity.known_as for key, each in journal.deliveries.items()
    )


def test_track_without_a_sport_that_looks_like_a_run_is_a_question_now(files: EntryFiles) -> None:
    for _ in range(2):
        runner = Runner(settings(), journal_in(files))
        assert [each.id for each in runner.projections.doubts.open()] == [OTHER.former_id]
    verbs.decide_run(OTHER.former_id, taken=True)(runner, NOW)
    assert len(runner.runs) == 6
