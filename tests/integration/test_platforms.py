"""The entities of every platform for a runner and a treadmill, as snapshots."""

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, snapshot_platform
from syrupy.assertion import SnapshotAssertion

from custom_components.home_gym import PLATFORMS
from custom_components.home_gym.gym.treadmill.log import BeltRecord, Certainty
from custom_components.home_gym.treadmill import PLATFORMS as TREADMILL_PLATFORMS
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from tests.support.integration.example_runs import RUN, START, STRENGTH
from tests.support.integration.repairs import PLUG, TREADMILL, keep, session, treadmill_entry
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of, state_of

pytestmark = pytest.mark.usefixtures("clock", "entity_registry_enabled_by_default")


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    """Set up this platform alone."""
    with patch("custom_components.home_gym.PLATFORMS", [request.param]):
        yield request.param


async def test_after_a_run(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, platform: Platform, snapshot: SnapshotAssertion
) -> None:
    coordinator = await set_up(entry)

    await coordinator.async_deliver([STRENGTH, RUN], live=True)
    await hass.async_block_till_done()

    await snapshot_platform(hass, er.async_get(hass), snapshot, entry.entry_id)


@pytest.mark.parametrize("platform", TREADMILL_PLATFORMS)
async def test_a_treadmill_after_a_session(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, platform: Platform, snapshot: SnapshotAssertion
) -> None:
    hass.states.async_set(PLUG, "6", {"unit_of_measurement": "W"})
    said = BeltRecord(
        session=session(START, minutes=41), runner=ENTRY_ID, certainty=Certainty.SAID, delivered=True, asked=True
    )
    await keep(hass, TREADMILL, said)
    await set_up(entry)
    with patch("custom_components.home_gym.treadmill.PLATFORMS", [platform]):
        await set_up(treadmill_entry(ENTRY_ID))
    await hass.async_block_till_done(wait_background_tasks=True)

    await snapshot_platform(hass, er.async_get(hass), snapshot, TREADMILL)


async def test_unavailable_plug(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    await set_up(treadmill_entry(ENTRY_ID))
    await hass.async_block_till_done(wait_background_tasks=True)

    assert state_of(hass, "binary_sensor", "in_use", TREADMILL) == "unavailable"
    assert state_of(hass, "sensor", "session_duration", TREADMILL) == "unknown"


async def test_before_anything(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)

    for key in ("last_run", "last_run_distance", "last_run_duration", "last_run_cadence", "last_warm_up"):
        assert state_of(hass, "sensor", key) == "unknown", key
    assert state_of(hass, "sensor", "weekly_distance") == "0.0"
    assert state_of(hass, "sensor", "next_habit") == "stretch"
    assert state_of(hass, "event", "run") == "unknown"


async def test_the_home_that_counts_in_miles(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    coordinator = await set_up(entry)

    await coordinator.async_deliver([RUN], live=True)
    await hass.async_block_till_done()

    state = hass.states.get(entity_id_of(hass, "sensor", "last_run_distance"))
    assert state is not None
    assert state.attributes["unit_of_measurement"] == "mi"
    assert float(state.state) == pytest.approx(8012.34 / 1609.344)


async def test_entities_change_with_time_alone(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, clock: object
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)
    await hass.async_block_till_done()
    assert state_of(hass, "binary_sensor", "foam_roll_due") == "on"
    assert timedelta(hours=1) == NOW - START
