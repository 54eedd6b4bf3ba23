"""A run on the treadmill on the lock screen of its runner's phone."""

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.home_gym.gym.treadmill.ftms import TreadmillData
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.support.integration.companion_app import ANDROID, OLD_ANDROID, real_phones, runner_with
from tests.support.integration.runner_entry import SetUp
from tests.support.integration.treadmill_home import RUNS, TREADMILL_ID, Plug, treadmill

TAG = f"home_gym_treadmill_{TREADMILL_ID}"


@pytest.mark.parametrize("wanted", [True, False])
async def test_run_is_shown_with_time_and_each_kilometre(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, set_up: SetUp, plug: Plug, wanted: bool
) -> None:
    """Only if it is wanted; an older phone gets one message."""
    live, old = await real_phones(hass, aioclient_mock, 2, ANDROID, OLD_ANDROID)
    await set_up(runner_with(live, old, data={"shows_treadmill": wanted}))
    belt = treadmill()
    await set_up(belt)
    start = dt_util.utcnow()
    await plug.draw(RUNS, 60)
    coordinator = belt.runtime_data
    for metres in (400.0, 1010.0, 1990.0, 2020.0):
        coordinator.live = TreadmillData(total_distance=metres)
        await plug.draw(RUNS, 10)
    coordinator.live = None
    assert (TAG in live.shown) is wanted
    await plug.run(5)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert TAG not in live.shown
    messages = [sent["message"] for sent in live.pushed if sent["data"]["tag"] == TAG]
    told = ["Your run has begun", "one kilometer so far", "2 kilometers so far", "clear_notification"]
    assert messages == (told if wanted else [])
    assert [sent["message"] for sent in old.pushed if sent["data"]["tag"] == TAG] == (
        ["Your run has begun", "clear_notification"] if wanted else []
    )
    if wanted:
        data = live.pushed[0]["data"]
        assert data["chronometer"] is True
        assert abs(data["when"] - start.timestamp()) < 10
        assert "when_relative" not in data
