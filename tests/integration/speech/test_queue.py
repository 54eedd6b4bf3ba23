"""The queue of an output: order, deadlines, and cancelled lines."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.speech import UtterancePriority, async_perform, outputs
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.util import dt as dt_util

from ...support.integration.voice_home import VoiceHome, error_key, line


async def test_two_runners_on_one_player(hass: HomeAssistant, home: VoiceHome) -> None:
    """The sound lasts 0.96 seconds, and the pause one."""
    entry = er.async_get(hass).async_get(home.player.entity_id)
    assert entry
    await async_perform(hass, home.on_player(), line("one"))
    other = await home.begin(async_perform(hass, home.on_player(media_player=entry.id), line("two")))
    await home.wait(1.9)
    assert home.player.said == ["one"]
    await home.wait(0.2)
    assert home.player.said == ["one", "two"]
    await other


@pytest.mark.parametrize("kind", ["player", "satellite"])
async def test_the_more_important_goes_first(hass: HomeAssistant, home: VoiceHome, kind: str) -> None:
    speaker: dict[str, Any] = getattr(home, f"on_{kind}")()
    home.satellite.is_done.clear()
    order = [
        UtterancePriority.PROMPT,
        UtterancePriority.ROUTINE,
        UtterancePriority.PROMPT,
        UtterancePriority.SAFETY,
        UtterancePriority.ROUTINE,
    ]
    lines = [
        await home.begin(async_perform(hass, speaker, line(f"{n} {priority.name}"), priority=priority))
        for n, priority in enumerate(order)
    ]
    for _ in order:
        home.satellite.is_done.set()
        await home.settle()
        await home.wait(2.1)

    said = home.player.said if kind == "player" else [text for text, _ in home.satellite.said]
    assert said == ["0 PROMPT", "3 SAFETY", "1 ROUTINE", "4 ROUTINE", "2 PROMPT"]
    await asyncio.gather(*lines)


async def test_a_satellite_says_one_line_at_a_time(hass: HomeAssistant, home: VoiceHome) -> None:
    home.satellite.is_done.clear()
    first = await home.begin(async_perform(hass, home.on_satellite(), line("one")))
    second = await home.begin(async_perform(hass, home.on_satellite(), line("two")))
    await home.wait(10)
    assert [text for text, _ in home.satellite.said] == ["one"]
    assert not first.done()

    home.satellite.is_done.set()
    await asyncio.gather(first, second)
    assert [text for text, _ in home.satellite.said] == ["one", "two"]


async def test_a_line_that_comes_too_late(hass: HomeAssistant, home: VoiceHome) -> None:
    now = dt_util.utcnow()
    await async_perform(hass, home.on_player(), line("one"), until=now)
    late = await home.begin(async_perform(hass, home.on_player(), line("two"), until=now + timedelta(seconds=1)))
    in_time = await home.begin(async_perform(hass, home.on_player(), line("three"), until=now + timedelta(seconds=5)))
    await home.wait(2.1)

    assert home.player.said == ["one", "three"]
    assert error_key(late.exception()) == "line_too_late"
    await in_time


async def test_lines_beyond_queue_limit_are_dropped(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(), line("now"))
    prompts = [await home.begin(async_perform(hass, home.on_player(), line(str(n)))) for n in range(9)]
    assert error_key(prompts[8].exception()) == "line_crowded_out"
    warning = await home.begin(async_perform(hass, home.on_player(), line("Stop"), priority=UtterancePriority.SAFETY))
    assert error_key(prompts[7].exception()) == "line_crowded_out"

    for _ in range(9):
        await home.wait(2.1)
    assert home.player.said == ["now", "Stop", *"0123456"]
    await asyncio.gather(warning, *prompts[:7])


async def test_a_line_that_is_not_wanted_any_more(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(), line("one"))
    second = await home.begin(async_perform(hass, home.on_player(), line("two")))
    third = await home.begin(async_perform(hass, home.on_player(), line("three")))
    second.cancel()
    await home.wait(2.1)
    assert second.cancelled()
    assert home.player.said == ["one", "three"]
    await third
    # None of them is kept.
    [output] = outputs._OUTPUTS[hass].values()
    assert output.waiting == {}


async def test_a_line_that_is_given_up_the_moment_its_turn_comes(hass: HomeAssistant, home: VoiceHome) -> None:
    home.satellite.is_done.clear()
    first = await home.begin(async_perform(hass, home.on_satellite(), line("one")))
    second = await home.begin(async_perform(hass, home.on_satellite(), line("two")))
    third = await home.begin(async_perform(hass, home.on_satellite(), line("three")))
    first.cancel()
    second.cancel()
    home.satellite.is_done.set()
    await home.settle()
    assert second.cancelled()
    assert [text for text, _ in home.satellite.said] == ["one", "three"]
    await third


async def test_a_slow_voice_keeps_its_place_but_stops_nothing_important(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(), line("one"))
    waits_for = home.engine.waits_for = asyncio.Event()
    slow = await home.begin(async_perform(hass, home.on_player(), line("two")))
    home.engine.waits_for = None
    equal = await home.begin(async_perform(hass, home.on_player(), line("three")))
    await home.wait(2.1)
    assert home.player.said == ["one"]
    important = await home.begin(async_perform(hass, home.on_player(), line("Stop"), priority=UtterancePriority.SAFETY))
    assert home.player.said == ["one", "Stop"]

    waits_for.set()
    await home.wait(2.1)
    await home.wait(2.1)
    assert home.player.said == ["one", "Stop", "two", "three"]
    await asyncio.gather(slow, equal, important)


@pytest.mark.parametrize("kind", ["player", "satellite"])
async def test_a_speaker_that_goes_while_a_line_waits(hass: HomeAssistant, home: VoiceHome, kind: str) -> None:
    speaker: dict[str, Any] = getattr(home, f"on_{kind}")()
    entity = getattr(home, kind)
    home.satellite.is_done.clear()
    first = await home.begin(async_perform(hass, speaker, line("one")))
    second = await home.begin(async_perform(hass, speaker, line("two")))
    entity._attr_available = False
    entity.async_write_ha_state()
    home.satellite.is_done.set()
    await home.wait(2.1)

    assert len(entity.said) == 1
    assert error_key(second.exception()) == "speaker_unavailable"
    await first


@pytest.mark.parametrize("players", [1, 2])
async def test_a_satellite_and_the_player_of_its_device(hass: HomeAssistant, home: VoiceHome, players: int) -> None:
    """A device with several players has several outputs, and the satellite's is unknown."""
    entities = er.async_get(hass)
    device = dr.async_get(hass).async_get_or_create(config_entry_id=home.entry.entry_id, identifiers={("test", "1")})
    for entity_id in (home.player.entity_id, home.satellite.entity_id):
        entities.async_update_entity(entity_id, device_id=device.id)
    if players == 2:
        entities.async_get_or_create("media_player", "test", "other", device_id=device.id)
    await hass.async_block_till_done()

    await async_perform(hass, home.on_player(), line("one"))
    second = await home.begin(async_perform(hass, home.on_satellite(), line("two")))
    assert len(home.satellite.said) == players - 1
    await home.wait(2.1)
    assert len(home.satellite.said) == 1
    await second
