"""Words about the cadence during a run on a treadmill that reports it."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym.treadmill.ftms import TreadmillData
from homeassistant.core import HomeAssistant
from tests.support.integration import coach
from tests.support.integration.coach import Lines, runner, speaker
from tests.support.integration.runner_entry import SetUp
from tests.support.integration.treadmill_home import AWAKE, RUNS, WALKS, Plug, settled, treadmill

# The usual band.
ADVICE = "170 to 180"

pytestmark = pytest.mark.usefixtures("clock")
lines = coach.lines


async def heard_during(
    hass: HomeAssistant,
    set_up: SetUp,
    lines: Lines,
    plug: Plug,
    *,
    cadence: float,
    watts: float = RUNS,
    words: bool = True,
) -> tuple[MockConfigEntry, list[str]]:
    """Return the runner and the lines about cadence in nine minutes on the belt."""
    entry = runner(speaker(), quiet_start="01:00:00", quiet_end="02:00:00")
    await set_up(entry)
    belt = treadmill(cadence_words=words)
    belt.add_to_hass(hass)
    assert await hass.config_entries.async_setup(belt.entry_id)
    await settled(hass)
    before = len(lines.heard)
    await plug.draw(watts, 20, every=10)
    belt.runtime_data.live = TreadmillData(cadence=cadence)
    await plug.draw(watts, 520, every=10)
    await plug.draw(AWAKE, 15)
    return entry, [said for said in lines.heard[before:] if ADVICE in said]


async def test_low_cadence_is_spoken_of_every_few_minutes(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, plug: Plug
) -> None:
    _, heard = await heard_during(hass, set_up, lines, plug, cadence=162)
    assert len(heard) == 2
    assert all("162" in said for said in heard)


@pytest.mark.parametrize(("cadence", "watts", "words"), [(175, RUNS, True), (162, RUNS, False), (162, WALKS, True)])
async def test_silence_in_the_band_at_a_walk_and_when_not_wanted(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, plug: Plug, cadence: float, watts: float, words: bool
) -> None:
    _, heard = await heard_during(hass, set_up, lines, plug, cadence=cadence, watts=watts, words=words)
    assert heard == []
