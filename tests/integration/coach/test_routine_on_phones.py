"""The guided routine on the lock screen of phones, by the real companion app and a push server that counts."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant
from tests.support.integration import coach, routines
from tests.support.integration.coach import Lines, speaker
from tests.support.integration.companion_app import (
    ANDROID,
    APPLE,
    LIVE_APPLE,
    OLD_ANDROID,
    real_phones,
    runner_with,
)
from tests.support.integration.routines import SHORT, Pass, act, begin, settle
from tests.support.integration.runner_entry import ENTRY_ID, SetUp

let_pass = routines.let_pass
lines = coach.lines

pytestmark = pytest.mark.usefixtures("clock", "lines")

TAG = f"home_gym_routine_{ENTRY_ID}"


def summary(sent: dict[str, Any]) -> tuple[Any, ...]:
    """Return title, message, progress and seconds left of a push, or its end."""
    data = sent["data"]
    if sent["message"] == "clear_notification":
        return ("end", data["tag"])
    return sent["title"], sent["message"], data.get("progress"), data.get("progress_max"), data.get("when")


async def test_each_step_is_one_push_and_countdown_runs_on_device(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, set_up: SetUp, let_pass: Pass
) -> None:
    """On phones with live updates; an older one gets a single message, which goes with the routine."""
    android, apple, plain, old = await real_phones(hass, aioclient_mock, 4, ANDROID, LIVE_APPLE, APPLE, OLD_ANDROID)
    entry = runner_with(android, apple, plain, old, speakers=[speaker()])
    await set_up(entry)
    await begin(hass, entry, SHORT)
    await settle(hass)
    await let_pass(90)
    await settle(hass)
    # 15 s of introduction and 20 s held; then 10 s of introduction and 20 s held.
    for phone in (android, apple):
        assert [summary(sent) for sent in phone.pushed] == [
            ("Front plank", "Core strength · 1 of 2", 1, 2, 35),
            ("Dead bug", "Core strength · 2 of 2", 2, 2, 30),
            ("end", TAG),
        ]
        first = phone.pushed[0]["data"]
        assert (first["live_update"], first["chronometer"], first["when_relative"], first["tag"]) == (
            True,
            True,
            True,
            TAG,
        )
        assert [button["title"] for button in first["actions"]] == ["Pause", "Next", "Stop"]
    # The app's own integration starts a live activity with the token that the iPhone reported.
    assert apple.pushed[0]["live_activity_token"] == "start"
    for phone in (plain, old):
        assert [summary(sent) for sent in phone.pushed] == [
            ("Front plank", "Core strength · 1 of 2", None, None, None),
            ("end", TAG),
        ]
        assert "live_update" not in phone.pushed[0]["data"]


async def test_buttons_steer_routine_and_every_end_clears_it(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, set_up: SetUp, let_pass: Pass
) -> None:
    """Stopped, in an emergency, reloaded, and as Home Assistant stops."""
    [phone] = await real_phones(hass, aioclient_mock, 1, ANDROID)
    entry = runner_with(phone, speakers=[speaker()])
    await set_up(entry)

    async def start() -> None:
        await begin(hass, entry, SHORT)
        await settle(hass)
        assert TAG in phone.shown

    await start()
    await let_pass(5)
    await phone.touch(phone.action("Pause"))
    paused = phone.shown[TAG]
    assert (paused["message"], "chronometer" in paused["data"]) == ("Core strength · Paused", False)
    await phone.touch(phone.action("Go on"))
    assert phone.shown[TAG]["data"]["when"] == 30
    await phone.touch(phone.action("Next"))
    assert phone.shown[TAG]["title"] == "Dead bug"
    stop = phone.action("Stop")
    await phone.touch(stop)
    assert phone.shown == {}
    # A button that comes too late changes nothing.
    await phone.touch(stop)
    for end in ("stop", "reload", "shutdown"):
        await start()
        match end:
            case "stop":
                await act(hass, "stop_routine")
            case "reload":
                await hass.config_entries.async_reload(entry.entry_id)
            case "shutdown":
                hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
        await settle(hass)
        await settle(hass)
        assert phone.shown == {}, end
        if end == "reload":
            await act(hass, "stop_routine")
            await settle(hass)
            assert phone.shown == {}


async def test_emergency_takes_routine_off_the_phone(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, set_up: SetUp
) -> None:
    [phone] = await real_phones(hass, aioclient_mock, 1, ANDROID)
    entry = runner_with(phone, speakers=[speaker()])
    coordinator = await set_up(entry)
    await begin(hass, entry, SHORT)
    await settle(hass)
    await coordinator.async_apply(verbs.report_pain(5, red_flags=[RedFlag.NUMBNESS]))
    await settle(hass)
    assert TAG not in phone.shown


async def test_phone_as_only_guide_has_one_message_a_step(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, set_up: SetUp, let_pass: Pass
) -> None:
    """With the cue; the option off brings a message for each cue, as for any other notify entity."""
    [old] = await real_phones(hass, aioclient_mock, 1, OLD_ANDROID)
    entry = runner_with(old)
    await set_up(entry)
    await begin(hass, entry, SHORT)
    await let_pass(90)
    await settle(hass)
    titles = [sent.get("title") for sent in old.pushed]
    assert titles == ["Front plank", "Dead bug", None]
    assert old.pushed[0]["message"].startswith("Core strength · 1 of 2. ")
    assert len(old.pushed[0]["message"]) > 40


async def test_phone_without_option_shows_no_routine(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, set_up: SetUp, lines: Lines
) -> None:
    [phone] = await real_phones(hass, aioclient_mock, 1, ANDROID)
    entry = runner_with(phone, speakers=[speaker()], data={"shows_routine": False})
    await set_up(entry)
    await begin(hass, entry, SHORT)
    await settle(hass)
    assert phone.pushed == []
    assert lines.heard
