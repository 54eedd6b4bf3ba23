"""The contract of every driver, against the code of the integration that it drives."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
import time
from typing import Any

import pytest

from custom_components.home_gym.speech import UtterancePriority, async_perform, async_perform_sound, tells_time
from custom_components.home_gym.speech.media_player import DRIVERS, REFUSED, Timing, VolumeOf, driver_of, refusal_of
from homeassistant import components
from homeassistant.components.media_player.const import MediaPlayerEntityFeature as Feature
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ...support.integration.real_players import (
    REAL_PLAYERS,
    RealPlayer,
    casting,
    echo,
    esphome,
    music_assistant,
    sonos,
)
from ...support.integration.voice_home import VoiceHome, error_key, line

EACH = pytest.mark.parametrize("make", REAL_PLAYERS, ids=lambda make: make.__name__)
# The rendered sound of any text lasts 0.96 seconds, and a pause of one follows.
LENGTH = 1.96


async def move_in(home: VoiceHome, make: Callable[[], RealPlayer]) -> RealPlayer:
    """Add a player to the home."""
    player = make()
    await home.join(player.platform, player.entity, *([player.notify] if player.notify else []))
    return player


def on(home: VoiceHome, player: RealPlayer, **changes: Any) -> dict[str, Any]:
    """Return a player as a speaker's data."""
    return home.on_player(media_player=player.entity.entity_id, **changes)


def lines_of(player: RealPlayer) -> list[str]:
    """Return the lines that the device played, rendered sounds without their one-time names."""
    return ["sound" if "/api/tts_proxy/" in asked else asked for asked, _ in player.device.heard]


async def let_end(home: VoiceHome, player: RealPlayer) -> None:
    """Let the line end, also for a client that waits for it."""
    await home.wait(LENGTH)
    player.device.is_over.set()
    await home.settle()
    await happen(home)


async def happen(home: VoiceHome) -> None:
    """Run everything that doesn't wait for a later time, work outside the event loop included."""
    for _ in range(5):
        await home.settle()
        await asyncio.get_running_loop().run_in_executor(None, time.sleep, 0.005)


def test_every_platform_has_a_contract() -> None:
    # Groups drive others' players, and Alexa Media Player is no part of Home Assistant: both have tests of their own.
    assert {make().platform for make in REAL_PLAYERS} == DRIVERS.keys() - {"group", "alexa_media"}


@EACH
async def test_driver_keeps_the_contract(hass: HomeAssistant, home: VoiceHome, make: Callable[[], RealPlayer]) -> None:
    player = await move_in(home, make)
    assert refusal_of(hass, player.entity.entity_id) is None
    assert tells_time(hass, on(home, player)) is (player.platform != "alexa_devices")
    with casting(player.device):
        await check_usual_volume(home, player)
        await check_chosen_volume(home, player)
        await check_volume_at_night(home, player)
        await check_order(home, player)
        await check_fault(home, player)


async def check_usual_volume(home: VoiceHome, player: RealPlayer) -> None:
    """Check that a line without a volume changes none."""
    await say(home, player)
    assert lines_of(player) == ["Roll" if player.notify else "sound"]
    assert [loud for _, loud in player.device.heard] == [None]
    assert player.device.volumes == []


async def check_chosen_volume(home: VoiceHome, player: RealPlayer) -> None:
    """Check that a line has its volume, and the device its own before and after it."""
    volume = driver_of(home.hass, player.entity.entity_id).traits(home.hass, player.entity.entity_id).volume
    await say(home, player, volume=40)
    if volume is VolumeOf.LINE:
        assert ([loud for _, loud in player.device.heard], player.device.volumes) == ([0.4], [])
    else:
        assert ([loud for _, loud in player.device.heard], player.device.volumes) == ([None], [0.4, 0.15])


async def check_volume_at_night(home: VoiceHome, player: RealPlayer) -> None:
    """Check that a line at night has the volume for it."""
    await say(home, player, is_night=True, volume=40, night_volume=10)
    used = {player.device.heard[0][1], *player.device.volumes}
    assert 0.1 in used
    assert 0.4 not in used


async def check_order(home: VoiceHome, player: RealPlayer) -> None:
    """Check that no line begins before the end of the one before."""
    player.device.clear()
    routine = UtterancePriority.ROUTINE
    tasks = [
        await home.begin(async_perform(home.hass, on(home, player), line(f"Line {number}"), priority=routine))
        for number in (1, 2, 3)
    ]
    for number in (1, 2, 3):
        await happen(home)
        assert len(player.device.heard) == number
        await home.wait(0.5)
        assert len(player.device.heard) == number
        await let_end(home, player)
        player.device.is_over.clear()
    player.device.is_over.set()
    for task in tasks:
        await task


async def check_fault(home: VoiceHome, player: RealPlayer) -> None:
    """Check that a fault is raised, leaves the volume as it was, and doesn't keep the next line."""
    await home.wait(LENGTH)
    player.device.clear()
    player.device.fault = HomeAssistantError("no connection")
    with pytest.raises(HomeAssistantError, match="no connection"):
        await async_perform(home.hass, on(home, player, volume=40), line("Roll"))
    assert player.device.volume == 0.15
    player.device.fault = None
    player.device.is_over.set()
    await async_perform(home.hass, on(home, player), line("Roll"))
    assert len(player.device.heard) == 1


async def say(home: VoiceHome, player: RealPlayer, *, is_night: bool = False, **speaker: int) -> None:
    """Speak one line to its end on a player that forgot all lines before."""
    player.device.clear()
    spoken = async_perform(home.hass, on(home, player, **speaker), line("Roll", is_night=is_night))
    task = await home.begin(spoken)
    await happen(home)
    await let_end(home, player)
    await task
    await home.wait(LENGTH)


async def test_line_that_was_heard_is_not_waited_for_again(hass: HomeAssistant, home: VoiceHome) -> None:
    player = await move_in(home, music_assistant)
    first = await home.begin(async_perform(hass, on(home, player), line("One")))
    second = await home.begin(async_perform(hass, on(home, player), line("Two")))
    await let_end(home, player)
    assert first.done()
    # The next line begins as the call for the first returns.
    assert len(player.device.heard) == 2
    await second


async def test_call_that_returns_early_is_followed_by_the_length(hass: HomeAssistant, home: VoiceHome) -> None:
    player = await move_in(home, music_assistant)
    player.device.is_over.set()
    await async_perform(hass, on(home, player), line("One"))
    second = await home.begin(async_perform(hass, on(home, player), line("Two")))
    assert len(player.device.heard) == 1
    await home.wait(LENGTH)
    await second
    assert len(player.device.heard) == 2


async def test_long_line_is_heard_to_its_end(hass: HomeAssistant, home: VoiceHome) -> None:
    player = await move_in(home, music_assistant)
    home.engine.sound = home.engine.sound and home.engine.sound * 40
    task = await home.begin(async_perform(hass, on(home, player), line("Long")))
    # 38.4 seconds of sound are more than a player may take to react.
    await home.wait(39)
    assert not task.done()
    player.device.is_over.set()
    await task


async def test_echo_without_its_notify_entity(hass: HomeAssistant, home: VoiceHome) -> None:
    player = await move_in(home, echo)
    entity_id = player.entity.entity_id
    assert player.notify
    er.async_get(hass).async_update_entity(player.notify.entity_id, disabled_by=er.RegistryEntryDisabler.USER)
    await hass.async_block_till_done()
    assert refusal_of(hass, entity_id) == "echo_without_notify"
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform(hass, on(home, player), line("Roll"))
    assert error_key(raised.value) == "echo_without_notify"


async def test_echo_plays_no_sound(hass: HomeAssistant, home: VoiceHome) -> None:
    player = await move_in(home, echo)
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform_sound(hass, on(home, player), "http://home/beat.wav", timedelta(minutes=1))
    assert error_key(raised.value) == "speaker_takes_text"


async def test_group_drives_each_member_as_its_platform_does(hass: HomeAssistant, home: VoiceHome) -> None:
    members = [await move_in(home, make) for make in (sonos, esphome)]
    group = er.async_get(hass).async_get_or_create("media_player", "group", "all").entity_id
    inner = er.async_get(hass).async_get_or_create("media_player", "group", "inner").entity_id
    features = {"supported_features": Feature.PLAY_MEDIA | Feature.VOLUME_SET}
    hass.states.async_set(inner, "on", {**features, "entity_id": [members[1].entity.entity_id, group]})
    hass.states.async_set(
        group, "on", {**features, "entity_id": [members[0].entity.entity_id, inner, "media_player.gone"]}
    )
    traits = driver_of(hass, group).traits(hass, group)
    assert (traits.timing, traits.volume, traits.takes_text) == (Timing.STARTED, VolumeOf.LINE, False)

    await async_perform(hass, home.on_player(media_player=group, volume=40), line("Roll"))
    assert members[0].device.heard[0][1] == 0.4
    assert members[0].device.volumes == []
    assert len(members[1].device.heard) == 1
    assert members[1].device.volumes == [0.4]
    await home.wait(LENGTH)
    assert members[1].device.volumes == [0.4, 0.15]


async def test_group_speaks_as_long_as_one_member_does(
    hass: HomeAssistant, home: VoiceHome, caplog: pytest.LogCaptureFixture
) -> None:
    members = [await move_in(home, make) for make in (sonos, esphome)]
    group = er.async_get(hass).async_get_or_create("media_player", "group", "all").entity_id
    features = {"supported_features": Feature.PLAY_MEDIA | Feature.VOLUME_SET}
    hass.states.async_set(group, "on", {**features, "entity_id": [each.entity.entity_id for each in members]})
    members[0].device.fault = HomeAssistantError("no connection")
    await async_perform(hass, home.on_player(media_player=group), line("Roll"))
    assert len(members[1].device.heard) == 1
    assert f"A member of {group} didn't speak a line: no connection" in caplog.text

    await home.wait(LENGTH)
    members[1].device.fault = HomeAssistantError("no connection either")
    with pytest.raises(HomeAssistantError, match="no connection"):
        await async_perform(hass, home.on_player(media_player=group), line("Roll"))
    hass.states.async_set(group, "on", {**features, "entity_id": []})
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform(hass, home.on_player(media_player=group), line("Roll"))
    assert error_key(raised.value) == "speaker_unavailable"


@pytest.mark.parametrize("platform", sorted(REFUSED))
def test_refused_platform_plays_no_address(platform: str) -> None:
    folder = Path(components.__file__).parent / platform
    code = "".join(path.read_text() for path in folder.glob("*.py"))
    assert "play_media" in code.lower()
    assert "async_process_play_media_url" not in code
    assert "is_media_source_id" not in code
