"""Cadence beat on a runner's speaker, without interrupting other sounds."""

import asyncio
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import voluptuous as vol

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.speech.metronome import beats
from custom_components.home_gym.speech import Line, async_perform
from homeassistant.components.assist_satellite import SatelliteBusyError
from homeassistant.components.media_player.const import MediaPlayerEntityFeature as Feature
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from tests.support.integration import speakers
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, with_id

from ...support.integration.voice_home import VoiceHome, error_key

SPEAKS = Feature.PLAY_MEDIA | Feature.VOLUME_SET

pytestmark = pytest.mark.usefixtures("clock")
home = speakers.home


def runner(home: VoiceHome, *kinds: str) -> MockConfigEntry:
    """Return a runner with speakers of these kinds."""
    data: dict[str, Any] = {
        "player": home.on_player(volume=60),
        "satellite": home.on_satellite(),
        "phone": {"notify": home.phone.entity_id},
    }
    speakers = [
        with_id(
            ConfigSubentryData(data=data[kind], subentry_type="speaker", title=f"The {kind}", unique_id=None),
            kind.upper(),
        )
        for kind in kinds
    ]
    return MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"}, subentries_data=speakers
    )


async def play(hass: HomeAssistant, **data: Any) -> None:
    """Play a cadence."""
    await hass.services.async_call(DOMAIN, "play_cadence", {"config_entry_id": ENTRY_ID, **data}, blocking=True)


async def test_beat_plays_on_media_player(
    hass: HomeAssistant, home: VoiceHome, set_up: SetUp, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """The middle of the band for a minute, at the speaker's volume, which is restored."""
    await set_up(runner(home, "player"))
    client = await hass_client_no_auth()
    await play(hass)
    volume, (_, url, _) = home.player.calls
    assert volume == ("volume", 0.6)
    parts = urlsplit(url)
    assert parts.path == "/api/home_gym/cadence/175/60.wav"

    response = await client.get(f"{parts.path}?{parts.query}")
    assert (response.status, response.content_type) == (HTTPStatus.OK, "audio/wav")
    assert await response.read() == beats(175, 60)
    assert (await client.get(parts.path)).status == HTTPStatus.UNAUTHORIZED

    await home.wait(59)
    assert home.player.volume_level == 0.6
    await home.wait(1.1)
    assert home.player.volume_level == 0.3


@pytest.mark.parametrize(("features", "is_under"), [(SPEAKS | Feature.MEDIA_ANNOUNCE, True), (SPEAKS, False)])
async def test_beat_goes_on_under_lines_of_a_player_that_ducks(
    hass: HomeAssistant, home: VoiceHome, set_up: SetUp, features: Feature, is_under: bool
) -> None:
    """Elsewhere a line waits for the end of the beat."""
    await set_up(
        MockConfigEntry(
            domain=DOMAIN,
            title="Alex",
            entry_id=ENTRY_ID,
            data={"name": "Alex"},
            subentries_data=[
                ConfigSubentryData(data=home.on_player(), subentry_type="speaker", title="The player", unique_id=None)
            ],
        )
    )
    home.player.change(supported_features=features, state="idle")
    await play(hass)
    line = Line(title="Home Gym", text="Left side.")
    speaking = hass.async_create_task(async_perform(hass, home.on_player(), line))
    await home.wait(2)
    assert home.player.said == (["Left side."] if is_under else [])
    assert not any(call[0] in {"pause", "stop"} for call in home.player.calls)
    await home.wait(70)
    await speaking
    assert home.player.said == ["Left side."]


async def test_beat_plays_on_satellite(hass: HomeAssistant, home: VoiceHome, set_up: SetUp) -> None:
    await set_up(runner(home, "player", "satellite"))
    await play(hass, cadence=168.5, duration={"seconds": 20}, speaker="the satellite")
    [played] = home.satellite.played
    assert "/api/home_gym/cadence/168.5/20.wav" in played
    assert home.player.calls == []


@pytest.mark.parametrize(
    ("kinds", "data", "key"),
    [
        ((), {}, "nothing_heard"),
        (("phone",), {}, "nothing_heard"),
        (("player", "phone"), {"speaker": "The phone"}, "unknown_speaker"),
        (("player",), {"speaker": "Kitchen"}, "unknown_speaker"),
    ],
)
async def test_missing_speaker_is_an_error(
    hass: HomeAssistant, home: VoiceHome, set_up: SetUp, kinds: tuple[str, ...], data: dict[str, str], key: str
) -> None:
    await set_up(runner(home, *kinds))
    with pytest.raises(ServiceValidationError) as refused:
        await play(hass, **data)
    assert refused.value.translation_key == key


async def test_a_speaker_that_fails(hass: HomeAssistant, home: VoiceHome, set_up: SetUp) -> None:
    """The failure is reported, and the volume is restored."""
    await set_up(runner(home, "player"))
    home.player.fault = HomeAssistantError("broken")
    with pytest.raises(HomeAssistantError, match="broken"):
        await play(hass)
    assert home.player.volume_level == 0.3


async def test_a_satellite_that_is_busy(hass: HomeAssistant, home: VoiceHome, set_up: SetUp) -> None:
    await set_up(runner(home, "satellite"))
    home.satellite.fault = SatelliteBusyError()
    with pytest.raises(HomeAssistantError) as refused:
        await play(hass)
    assert error_key(refused.value) == "satellite_busy"


async def test_a_player_that_never_answers(hass: HomeAssistant, home: VoiceHome, set_up: SetUp) -> None:
    """It counts as failed after 20 seconds."""
    await set_up(runner(home, "player"))
    home.player.waits_for = asyncio.Event()
    playing = await home.begin(play(hass))
    await home.wait(19)
    assert not playing.done()
    await home.wait(2)
    assert error_key(playing.exception()) == "speaker_silent"
    home.player.waits_for.set()
    await home.settle()


async def ache(hass: HomeAssistant, **said: Any) -> None:
    """Report pain."""
    await hass.services.async_call(DOMAIN, "log_pain", {"config_entry_id": ENTRY_ID, "score": 2, **said}, blocking=True)


FEVER = {"red_flags": ["fever"]}


@pytest.mark.parametrize("kind", ["player", "satellite"])
async def test_no_beat_beside_a_red_flag(hass: HomeAssistant, home: VoiceHome, set_up: SetUp, kind: str) -> None:
    await set_up(runner(home, kind))
    await ache(hass, **FEVER)
    with pytest.raises(ServiceValidationError) as refused:
        await play(hass)
    assert refused.value.translation_key == "red_flag"
    assert (home.player.calls, home.satellite.played) == ([], [])


@pytest.mark.parametrize(("can_stop", "call"), [(True, ("stop",)), (False, ("pause",))])
async def test_a_red_flag_stops_a_beat(
    hass: HomeAssistant, home: VoiceHome, set_up: SetUp, can_stop: bool, call: tuple[str]
) -> None:
    """At once, while it plays; pain alone doesn't, and after its end nothing is stopped."""
    home.player._attr_supported_features |= Feature.STOP if can_stop else Feature.PAUSE
    await set_up(runner(home, "player"))
    await play(hass)
    await home.wait(20)
    await ache(hass)
    assert call not in home.player.calls
    await ache(hass, **FEVER)
    await home.settle()
    assert home.player.calls[-1] == call
    await home.wait(41)
    assert home.player.volume_level == 0.3
    await ache(hass, **FEVER)
    await home.settle()
    assert home.player.calls.count(call) == 1


async def test_a_beat_that_can_not_be_stopped(
    hass: HomeAssistant, home: VoiceHome, set_up: SetUp, caplog: pytest.LogCaptureFixture
) -> None:
    home.player._attr_supported_features |= Feature.STOP
    await set_up(runner(home, "player"))
    await play(hass)
    home.player.fault = HomeAssistantError("broken")
    await ache(hass, **FEVER)
    await home.settle()
    assert "could not be stopped: broken" in caplog.text
    await home.wait(61)


async def test_a_red_flag_while_a_satellite_keeps_the_beat(hass: HomeAssistant, home: VoiceHome, set_up: SetUp) -> None:
    """A running beat there cannot be stopped; a waiting one is not played."""
    await set_up(runner(home, "satellite"))
    home.satellite.is_done.clear()
    first, second = await home.begin(play(hass)), await home.begin(play(hass))
    await ache(hass, **FEVER)
    await home.settle()
    for waiting in (first, second):
        assert error_key(waiting.exception()) == "red_flag"
    home.satellite.is_done.set()
    await home.settle()
    assert len(home.satellite.played) == 1


async def test_cancelled_beat_is_not_played(hass: HomeAssistant, home: VoiceHome, set_up: SetUp) -> None:
    await set_up(runner(home, "satellite"))
    home.satellite.is_done.clear()
    playing = await home.begin(play(hass))
    playing.cancel()
    await home.settle()
    assert playing.cancelled()
    home.satellite.is_done.set()


@pytest.mark.parametrize("data", [{"cadence": 119}, {"cadence": 221}, {"duration": 0}, {"duration": 601}])
async def test_invalid_cadence_is_rejected(
    hass: HomeAssistant, home: VoiceHome, set_up: SetUp, data: dict[str, int]
) -> None:
    await set_up(runner(home, "player"))
    with pytest.raises(vol.Invalid):
        await play(hass, **data)


@pytest.mark.parametrize("path", ["abc/60", "100/60", "170/x", "170/9999"])
async def test_invalid_beat_url_is_not_found(
    hass: HomeAssistant, home: VoiceHome, set_up: SetUp, hass_client: ClientSessionGenerator, path: str
) -> None:
    await set_up(runner(home))
    client = await hass_client()
    assert (await client.get(f"/api/home_gym/cadence/{path}.wav")).status == HTTPStatus.NOT_FOUND
