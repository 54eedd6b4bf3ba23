"""A line's effect on volume and music of a media player, and their restoration."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.home_gym.speech import async_perform, async_perform_sound, tells_time
from homeassistant.components.media_player.const import MediaPlayerEntityFeature as Feature
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ...support.integration.voice_home import Player, VoiceHome, error_key, line


async def test_the_volume_of_a_line(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(volume=60), line("one"))
    assert home.player.calls == [("volume", 0.6), ("say", "one")]
    await home.wait(1.9)
    assert home.player.volume_level == 0.6
    await home.wait(0.2)
    assert home.player.calls[2:] == [("volume", 0.3)]


@pytest.mark.parametrize(
    ("changed", "then"),
    [
        # changed by the user
        ({"volume_level": 0.8}, []),
        ({"volume_level": 0.1}, []),
        # a rounding player, one slow to report, one that is off, and one without a report
        ({"volume_level": 0.59}, [("volume", 0.3)]),
        ({"volume_level": 0.3}, [("volume", 0.3)]),
        ({"state": "off"}, [("volume", 0.3)]),
        ({"volume_level": None}, [("volume", 0.3)]),
    ],
)
async def test_volume_changed_by_user_is_kept(
    hass: HomeAssistant, home: VoiceHome, changed: dict[str, Any], then: list[Any]
) -> None:
    await async_perform(hass, home.on_player(volume=60), line("one"))
    home.player.change(**changed)
    await home.wait(2.1)
    assert home.player.calls[2:] == then


@pytest.mark.parametrize(
    "changed", [{"supported_features": Feature.PLAY_MEDIA | Feature.MEDIA_ANNOUNCE}, {"volume_level": None}]
)
async def test_a_volume_that_could_not_be_put_back_stays(
    hass: HomeAssistant, home: VoiceHome, changed: dict[str, Any]
) -> None:
    home.player.change(**changed)
    await async_perform(hass, home.on_player(volume=60), line("one"))
    await home.wait(2.1)
    assert home.player.calls == [("say", "one")]


async def test_a_player_that_fails_is_put_right_at_once(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.fault = HomeAssistantError("no connection")
    with pytest.raises(HomeAssistantError, match="no connection"):
        await async_perform(hass, home.on_player(volume=60), line("one"))
    assert home.player.calls == [("volume", 0.6), ("volume", 0.3)]
    home.player.fault = None
    await async_perform(hass, home.on_player(), line("two"))
    assert home.player.said == ["two"]


async def test_a_line_given_up_while_the_player_begins(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.waits_for = asyncio.Event()
    begun = await home.begin(async_perform(hass, home.on_player(volume=60), line("one")))
    begun.cancel()
    home.player.waits_for.set()
    await home.settle()
    assert begun.cancelled()
    assert home.player.calls[-1] == ("volume", 0.3)


async def test_a_player_that_can_not_be_put_right(
    hass: HomeAssistant, home: VoiceHome, caplog: pytest.LogCaptureFixture
) -> None:
    await async_perform(hass, home.on_player(volume=60), line("one"))
    second = await home.begin(async_perform(hass, home.on_player(), line("two")))
    home.player.fault_of_volume = HomeAssistantError("no connection")
    await home.wait(2.1)
    assert f"{home.player.entity_id} is not as it was before a line was spoken: no connection" in caplog.text
    assert home.player.said == ["one", "two"]
    await second


async def test_the_volume_is_put_back_when_home_assistant_stops(hass: HomeAssistant, home: VoiceHome) -> None:
    await async_perform(hass, home.on_player(volume=60), line("one"))
    await hass.async_stop(force=True)
    assert home.player.calls[2:] == [("volume", 0.3)]


PLAIN = Feature.PLAY_MEDIA | Feature.VOLUME_SET
PAUSES = PLAIN | Feature.PAUSE | Feature.PLAY


@pytest.mark.parametrize(
    ("features", "song", "before", "after"),
    [
        # a player that ducks by itself
        (PAUSES | Feature.MEDIA_ANNOUNCE, {}, [], []),
        # one that loses its music to the line
        (PLAIN, {}, [], [("play", "song.mp3", "music")]),
        (PAUSES, {}, [("pause",)], [("play", "song.mp3", "music")]),
        # one that can resume in the middle, 40 seconds in when the line came
        (
            PAUSES | Feature.SEEK,
            {"media_position": 30},
            [("pause",)],
            [("play", "song.mp3", "music"), ("seek", 40.0)],
        ),
        (PAUSES | Feature.SEEK, {}, [("pause",)], [("play", "song.mp3", "music")]),
        # one without media information, or with another line on
        (PLAIN, {"content_id": None}, [], []),
        (PLAIN, {"content_id": "http://home/api/tts_proxy/other.mp3"}, [], []),
    ],
)
async def test_music_is_resumed_after_line(
    hass: HomeAssistant, home: VoiceHome, features: Feature, song: dict[str, Any], before: list[Any], after: list[Any]
) -> None:
    if "media_position" in song:
        song = song | {"media_position_updated_at": dt_util.utcnow()}
    home.player.change(supported_features=features)
    home.player.play(**song)
    await home.wait(10)
    await async_perform(hass, home.on_player(), line("one"))
    await home.wait(2.1)
    assert home.player.calls == [*before, ("say", "one"), *after]


@pytest.mark.parametrize(
    ("meanwhile", "then"),
    [
        ({"state": "off"}, []),
        ({"media_content_id": "radio"}, []),
        ({"media_content_id": "song.mp3"}, []),
        ({"media_content_id": "song.mp3", "state": "paused"}, [("go on",)]),
        ({"state": "idle"}, [("play", "song.mp3", "music")]),
        ({"media_content_id": None}, [("play", "song.mp3", "music")]),
    ],
)
async def test_music_changed_by_user_is_kept(
    hass: HomeAssistant, home: VoiceHome, meanwhile: dict[str, Any], then: list[Any]
) -> None:
    home.player.change(supported_features=PAUSES)
    home.player.play()
    await async_perform(hass, home.on_player(), line("one"))
    home.player.change(**meanwhile)
    await home.wait(2.1)
    assert home.player.calls == [("pause",), ("say", "one"), *then]


async def test_music_is_resumed_after_failed_line(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.change(supported_features=PAUSES)
    home.player.play()
    home.player.fault = HomeAssistantError("not this sound")
    with pytest.raises(HomeAssistantError, match="not this sound"):
        await async_perform(hass, home.on_player(), line("one"))
    assert home.player.calls == [("pause",), ("go on",)]


async def test_a_player_that_is_removed_while_it_speaks(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.change(supported_features=PAUSES)
    home.player.play()
    await async_perform(hass, home.on_player(volume=60), line("one"))
    er.async_get(hass).async_remove(home.player.entity_id)
    await home.wait(2.1)
    assert home.player.calls == [("pause",), ("volume", 0.6), ("say", "one")]


async def test_sleeping_player_with_a_known_volume(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.change(state="off")
    await async_perform(hass, home.on_player(volume=60), line("one"))
    assert home.player.calls == [("volume", 0.6), ("say", "one")]
    await home.wait(2.1)
    assert home.player.calls[2:] == [("volume", 0.3)]


async def test_sleeping_player_that_reports_its_volume_once_awake(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.change(state="off", volume_level=None)
    speaking = await home.begin(async_perform(hass, home.on_player(volume=60), line("one")))
    assert home.player.calls == [("say", "one")]
    home.player.change(state="playing", volume_level=0.2)
    await speaking
    assert home.player.calls[1:] == [("volume", 0.6)]
    await home.wait(2.1)
    assert home.player.calls[2:] == [("volume", 0.2)]


async def test_sleeping_player_that_is_awake_as_the_line_begins(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.change(state="off", volume_level=None)
    home.player.waits_for = asyncio.Event()
    speaking = await home.begin(async_perform(hass, home.on_player(volume=60), line("one")))
    home.player.change(state="playing", volume_level=0.2)
    home.player.waits_for.set()
    await speaking
    assert home.player.calls == [("say", "one"), ("volume", 0.6)]


async def test_sleeping_player_that_never_reports_its_volume(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.change(state="off", volume_level=None)
    speaking = await home.begin(async_perform(hass, home.on_player(volume=60), line("one")))
    home.player.change(state="playing")
    await home.wait(3.1)
    await speaking
    await home.wait(2.1)
    assert home.player.calls == [("say", "one")]


async def test_player_without_a_voice(hass: HomeAssistant, home: VoiceHome) -> None:
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform(hass, {"media_player": home.player.entity_id}, line("one"))
    assert error_key(raised.value) == "speaker_without_voice"


async def test_text_of_a_player_that_fails(hass: HomeAssistant, home: VoiceHome) -> None:
    echo = Player()
    await home.join("alexa_media", echo)

    async def fail(_call: ServiceCall) -> None:
        raise HomeAssistantError("no connection")

    hass.services.async_register("notify", "alexa_media", fail)
    speaker = {"media_player": echo.entity_id, "volume": 60}
    with pytest.raises(HomeAssistantError, match="no connection"):
        await async_perform(hass, speaker, line("one"))
    assert echo.calls == [("volume", 0.6), ("volume", 0.3)]

    spoken = async_mock_service(hass, "notify", "alexa_media")
    await async_perform(hass, speaker, line("one"))
    text = {"message": "one", "target": [echo.entity_id], "data": {"type": "tts"}}
    assert [call.data for call in spoken] == [text]
    await home.wait(2.1)
    assert echo.calls[2:] == [("volume", 0.6), ("volume", 0.3)]


@pytest.mark.parametrize("rooms", [[], ["gym"]])
async def test_line_by_a_notify_action(hass: HomeAssistant, home: VoiceHome, rooms: list[str]) -> None:
    spoken = async_mock_service(hass, "notify", "broadcast")
    speaker = {"notify_action": "broadcast", "is_spoken": True} | ({"rooms": rooms} if rooms else {})
    await async_perform(hass, speaker, line("one"))
    second = await home.begin(async_perform(hass, speaker, line("two")))
    # The service doesn't report the end of a line.
    assert [call.data["message"] for call in spoken] == ["one"]
    await home.wait(2.1)
    await second
    assert [call.data.get("target", []) for call in spoken] == [rooms, rooms]


async def test_message_by_a_notify_action(hass: HomeAssistant, home: VoiceHome) -> None:
    written = async_mock_service(hass, "notify", "family")
    speaker = {"notify_action": "family", "is_spoken": False}
    await async_perform(hass, speaker, line("one"))
    await async_perform(hass, speaker, line("two"))
    assert [call.data for call in written] == [{"message": text, "title": "Home Gym"} for text in ("one", "two")]


async def test_notify_action_that_was_removed(hass: HomeAssistant, home: VoiceHome) -> None:
    speaker = {"notify_action": "gone", "is_spoken": True}
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform(hass, speaker, line("one"))
    assert error_key(raised.value) == "notify_action_missing"
    with pytest.raises(HomeAssistantError) as raised:
        await async_perform_sound(hass, speaker, "http://home/beat.wav", timedelta(minutes=1))
    assert error_key(raised.value) == "speaker_takes_text"
    assert not tells_time(hass, speaker)
