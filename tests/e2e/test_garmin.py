"""Garmin Connect's integration as a source: its entity changes, the recording is fetched, the pair is written back."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import run_recording
from tests.rig import Athlete, Flow, GarminAccount, Home, Speaker, Voice, lead_to, wait_for

# The watch's own figures, and rounder ones on the entity.
DISTANCE, SHOWN, MOVING_TIME = 7012.0, 7000.0, 2400


@pytest.fixture(scope="module")
def account(folder: Path) -> GarminAccount:
    """Return the account, in a home with its integration."""
    (folder / "config").mkdir()
    lead_to(folder / "config", {})
    return GarminAccount(folder / "config")


@pytest.fixture(scope="module")
async def home(folder: Path, account: GarminAccount) -> AsyncIterator[Home]:
    """Return a home with Garmin's integration."""
    async with Home(folder / "config") as home:
        yield home


@pytest.fixture(scope="module")
async def alex(home: Home, voice: Voice, speaker: Speaker, folder: Path) -> Athlete:
    """Return a runner, just set up."""
    return await Athlete.move_in(home, voice, speaker, folder / "recordings")


async def test_new_activity_is_fetched_fused_and_given_its_pair_once(
    home: Home, alex: Athlete, account: GarminAccount
) -> None:
    entity_id = await home.entity_id("sensor", "A_lastActivity", "garmin_connect")
    kinds = await Flow.subentry(home.api, alex.entry_id, "source")
    await (await kinds.choose("service")).send(service=entity_id)
    await kinds.send(recordings=True, writes_gear=True)
    assert kinds.step == "gear"
    await kinds.finish(shoe=alex.shoe_id)

    # Pairs are written for runs that begin after the switch, so an hour passes and then the run.
    await home.stop()
    await home.start(ahead=timedelta(hours=2))
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    account.show(2, start.isoformat(), MOVING_TIME, SHOWN, run_recording(start, DISTANCE, MOVING_TIME))
    await alex.wait_for_run(DISTANCE)
    await wait_for(lambda: bool(account.calls("add_gear_to_activity")), "the pair", timeout=60)

    answer = await home.ask("home_gym.get_runs", {"config_entry_id": alex.entry_id})
    newest = answer["runs"][0]
    assert (newest["distance"], newest["shoe"]) == (DISTANCE, "Daily trainers")
    [asked] = account.calls("add_gear_to_activity")
    assert (asked["activity_id"], asked["gear_uuid"]) == (2, "pegasus")


async def test_restart_fetches_and_writes_nothing_again(home: Home, alex: Athlete, account: GarminAccount) -> None:
    runs = (await home.ask("home_gym.get_runs", {"config_entry_id": alex.entry_id}))["runs"]
    await home.stop()
    await home.start(ahead=timedelta(hours=4))
    # Another activity shows that the one before had its turn.
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=3)
    account.show(3, start.isoformat(), 1500, 4000, run_recording(start, 4008.0, 1500))
    await wait_for(
        lambda: 3 in [call["activity_id"] for call in account.calls("add_gear_to_activity")], "its pair", timeout=90
    )
    fetched = [call["activity_id"] for call in account.calls("download_activity")]
    assert sorted(number for number in fetched if number != 1) == [2, 3]
    assert [call["activity_id"] for call in account.calls("add_gear_to_activity")] == [2, 3]
    after = (await home.ask("home_gym.get_runs", {"config_entry_id": alex.entry_id}))["runs"]
    assert len(after) == len(runs) + 1
    assert [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line] == []
