"""A runner on another machine: exported here, imported there."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.journal.facts import FACT_KINDS
from custom_components.home_gym.gym.runs.curve import Curve
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, SetUp

pytestmark = pytest.mark.usefixtures("clock")
ELSEWHERE = "01ELSEWHERE"


async def export(hass: HomeAssistant) -> Path:
    """Export the runner, and return the path of the file."""
    answer = await hass.services.async_call(
        DOMAIN, "export_runner", {"config_entry_id": ENTRY_ID}, blocking=True, return_response=True
    )
    assert answer
    return Path(str(answer["path"]))


async def bring(hass: HomeAssistant, entry_id: str, path: Path) -> None:
    """Import a file for a runner."""
    data = {"config_entry_id": entry_id, "path": str(path)}
    await hass.services.async_call(DOMAIN, "import_runner", data, blocking=True)
    await hass.async_block_till_done()


async def lived(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    """Set up a runner with facts of many kinds, choices and options."""
    await set_up(entry)
    hass.config_entries.async_update_entry(entry, options={"core_goal": 4, "calendar": "calendar.of_this_home"})
    await hass.async_block_till_done()
    coordinator = entry.runtime_data.coordinator
    await coordinator.async_deliver([RUN], live=True)
    run = coordinator.runner.runs.latest()
    for verb in (
        verbs.log_session(Habit.CORE),
        verbs.correct_run(run.id, distance=9000.0),
        verbs.choose_shoe(NEW_SHOE),
        verbs.allow_voice(False),
        verbs.report_pain(7, red_flags=(RedFlag.NUMBNESS,)),
        verbs.acknowledge_advice(),
    ):
        await coordinator.async_apply(verb)


def elsewhere(title: str = "Alex elsewhere") -> MockConfigEntry:
    """Return the entry of a new runner."""
    return MockConfigEntry(domain=DOMAIN, title=title, entry_id=ELSEWHERE, data={"name": title})


async def test_runner_imported_elsewhere_has_the_same_summary(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await lived(hass, set_up, entry)
    path = await export(hass)
    await set_up(other := elsewhere())
    for _ in range(2):
        await bring(hass, ELSEWHERE, path)
        here, there = entry.runtime_data.runner, other.runtime_data.runner
        assert there.journal == here.journal
        now = dt_util.utcnow()
        assert there.summary(now) == here.summary(now)
    assert dict(other.options) == {"core_goal": 4}
    assert {shoe.title for shoe in other.subentries.values()} == {"Daily trainers", "New trainers"}


async def test_export_is_private_and_readable(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await lived(hass, set_up, entry)
    path = await export(hass)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent == Path(hass.config.path("home_gym_exports"))
    document = orjson.loads(path.read_bytes())
    assert path.read_text().count("\n") > 50
    assert (document["format"], document["entry"]["name"]) == ("home_gym.runner", "Alex")
    assert {kind.stored_as for kind in FACT_KINDS} <= document["journal"].keys()


async def test_curves_move_with_their_runs(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    unknown = [None, None]
    curve = Curve(times=[0, 60], metres=[0, 180], heart_rates=unknown, cadences=unknown, heights=unknown)
    await entry.runtime_data.coordinator.async_deliver([replace(RUN, curve=curve.packed())], live=True)
    path = await export(hass)
    await set_up(other := elsewhere())
    await bring(hass, ELSEWHERE, path)
    coordinator = other.runtime_data.coordinator
    found = await coordinator.store.async_curve(coordinator.runner.journal, [RUN.id])
    assert found
    assert list(found.metres) == [0, 180]


@pytest.mark.parametrize("curves", [[], {"x": 1}, {"x": "no base64"}, {"x": "AQID"}])
async def test_export_with_odd_curves_is_refused(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, curves: object
) -> None:
    await lived(hass, set_up, entry)
    path = await export(hass)
    path.write_bytes(orjson.dumps(orjson.loads(path.read_bytes()) | {"curves": curves}))
    with pytest.raises(ServiceValidationError):
        await bring(hass, ENTRY_ID, path)


async def test_import_into_a_kept_journal_adds_missing_facts_only(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await lived(hass, set_up, entry)
    path = await export(hass)
    coordinator = entry.runtime_data.coordinator
    await coordinator.async_apply(verbs.undo_last())
    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    await coordinator.async_apply(verbs.allow_voice(True))
    hass.config_entries.async_update_entry(entry, options={"core_goal": 2})
    await hass.async_block_till_done()
    await bring(hass, ENTRY_ID, path)
    journal = entry.runtime_data.runner.journal
    assert len(journal.pains) == 1
    assert {session.habit for session in journal.sessions.values()} == {Habit.CORE, Habit.STRETCH}
    assert journal.may_speak
    assert dict(entry.options) == {"core_goal": 2}


GOOD: dict[str, Any] = {
    "format": "home_gym.runner",
    "major": 2,
    "minor": 1,
    "entry": {"name": "Alex", "options": {}, "shoes": []},
    "journal": {"deliveries": [], "sessions": [], "prompts": []},
}


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"format": "recipe"},
        GOOD | {"major": 3},
        GOOD | {"major": "2"},
        GOOD | {"entry": None},
        GOOD | {"entry": {"options": {}, "shoes": 3}},
        GOOD | {"entry": {"options": {}, "shoes": [{"id": 3, "name": "x", "data": {}}]}},
        GOOD | {"entry": {"options": {}, "shoes": [{"id": "3", "name": "x", "data": []}]}},
        GOOD | {"journal": None},
        GOOD | {"journal": {"deliveries": [{}], "sessions": [], "prompts": []}},
    ],
    ids=str,
)
async def test_other_file_is_refused_and_changes_nothing(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, document: Any
) -> None:
    coordinator = await set_up(entry)
    path = Path(hass.config.path("export.json"))
    path.write_bytes(orjson.dumps(document))
    with pytest.raises(ServiceValidationError, match="is no export"):
        await bring(hass, ENTRY_ID, path)
    assert entry.runtime_data.coordinator is coordinator
    assert coordinator.runner.journal.is_empty


async def test_empty_export_is_taken(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    path = Path(hass.config.path("export.json"))
    path.write_bytes(orjson.dumps(GOOD))
    await bring(hass, ENTRY_ID, path)
    assert entry.runtime_data.runner.journal.is_empty


async def test_missing_and_forbidden_files_are_refused(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, tmp_path: Path
) -> None:
    await set_up(entry)
    outside = tmp_path.parent / "elsewhere.json"
    outside.write_bytes(orjson.dumps(GOOD))
    for path in (Path("missing.json"), outside):
        with pytest.raises(ServiceValidationError):
            await bring(hass, ENTRY_ID, path)


async def test_export_that_can_not_be_written_is_an_error(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    Path(hass.config.path("home_gym_exports")).write_text("a file in the way")
    with pytest.raises(HomeAssistantError, match="could not be written"):
        await export(hass)
