"""Removed runners: kept for a month, back under the same name, or erased at once."""

from datetime import timedelta
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.storage.files import files_of, folder_of
from homeassistant.core import HomeAssistant
from tests.support.home_assistant import notifications
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, OLD_SHOE, SetUp

pytestmark = pytest.mark.usefixtures("clock")


def runner_again(title: str, entry_id: str = "01AGAIN") -> MockConfigEntry:
    """Return the entry of a runner that is added again, without shoes."""
    return MockConfigEntry(domain=DOMAIN, title=title, entry_id=entry_id, data={"name": title})


async def removed(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> HomeGymCoordinator:
    """Set up a runner with a run and a session, and remove it."""
    await set_up(entry)
    hass.config_entries.async_update_entry(entry, options={"core_goal": 4})
    await hass.async_block_till_done()
    coordinator: HomeGymCoordinator = entry.runtime_data.coordinator
    await coordinator.async_deliver([RUN], live=True)
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    await coordinator.async_apply(verbs.choose_shoe(OLD_SHOE))
    await hass.config_entries.async_remove(ENTRY_ID)
    await hass.async_block_till_done()
    return coordinator


def deleted(hass: HomeAssistant) -> list[Path]:
    """Return the files of removed runners."""
    return sorted(folder_of(hass).glob(f"{DOMAIN}.deleted.*"))


async def test_runner_added_again_has_everything_back(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    before = await removed(hass, set_up, entry)
    assert len(deleted(hass)) == 1
    [told] = [one["message"] for key, one in notifications(hass).items() if key == f"{DOMAIN}_removed"]
    assert "Alex" in told
    assert "30 days" in told

    await set_up(again := runner_again("alex"))
    await hass.async_block_till_done()
    coordinator = again.runtime_data.coordinator
    assert coordinator.runner.journal == before.runner.journal
    assert coordinator.data.shoes == before.data.shoes
    assert coordinator.runner.settings.core_goal == 4
    assert coordinator.data.chosen_shoe == OLD_SHOE
    assert deleted(hass) == []
    assert files_of(hass, "01AGAIN").rows.exists()


async def test_runner_of_another_name_begins_empty(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await removed(hass, set_up, entry)
    coordinator = await set_up(runner_again("Kim"))
    assert coordinator.runner.journal.is_empty
    assert len(deleted(hass)) == 1


@pytest.mark.parametrize(("days", "kept"), [(29, 1), (30, 0)])
async def test_file_of_removed_runner_is_kept_for_a_month(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: FrozenDateTimeFactory, days: int, kept: int
) -> None:
    await removed(hass, set_up, entry)
    clock.tick(timedelta(days=days))
    await set_up(runner_again("Kim"))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(deleted(hass)) == kept


@pytest.mark.parametrize(
    ("data", "erased"), [({}, 1), ({"name": "ALEX"}, 1), ({"name": "Kim"}, 0)], ids=["all", "by name", "another"]
)
async def test_removed_runner_is_erased_at_once(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, data: dict[str, str], erased: int
) -> None:
    await removed(hass, set_up, entry)
    answer = await hass.services.async_call(DOMAIN, "erase_removed_runners", data, blocking=True, return_response=True)
    assert answer == {"erased": erased}
    assert len(deleted(hass)) == 1 - erased
    coordinator = await set_up(runner_again("Alex"))
    assert coordinator.runner.journal.is_empty is bool(erased)


async def test_damaged_file_of_removed_runner_is_kept_too(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    await hass.config_entries.async_unload(ENTRY_ID)
    files_of(hass, ENTRY_ID).rows.write_bytes(b"x" * 9000)
    await hass.config_entries.async_remove(ENTRY_ID)
    [kept] = deleted(hass)
    assert kept.read_bytes() == b"x" * 9000
    # It has no name, and harms no one.
    coordinator = await set_up(runner_again("Alex"))
    assert coordinator.runner.journal.is_empty


async def test_runner_without_facts_leaves_nothing(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    await hass.config_entries.async_remove(ENTRY_ID)
    await hass.async_block_till_done()
    assert list(folder_of(hass).glob(f"*{ENTRY_ID}*")) == []
    assert f"{DOMAIN}_removed" not in notifications(hass)
