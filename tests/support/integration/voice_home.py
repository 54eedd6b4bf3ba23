"""A home with a voice, a media player, voice satellites, a phone and presence sensors, each on its real platform."""

import asyncio
from collections.abc import AsyncIterable, Callable, Coroutine
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    async_fire_time_changed_exact,
    mock_config_flow,
    mock_integration,
    mock_platform,
)

from custom_components.home_gym.speech import Line
from homeassistant.components.assist_pipeline import (
    PipelineEvent,
    PipelineEventType,
    async_update_pipeline,
)
from homeassistant.components.assist_pipeline.pipeline import async_get_pipeline
from homeassistant.components.assist_satellite import (
    AssistSatelliteAnnouncement,
    AssistSatelliteConfiguration,
    AssistSatelliteEntity,
    AssistSatelliteEntityFeature,
)
from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.components.media_player.const import MediaPlayerEntityFeature as Feature
from homeassistant.components.notify import NotifyEntity
from homeassistant.components.notify.const import NotifyEntityFeature
from homeassistant.components.stt import (
    AudioBitRates,
    AudioChannels,
    AudioCodecs,
    AudioFormats,
    AudioSampleRates,
    SpeechMetadata,
    SpeechResult,
    SpeechResultState,
    SpeechToTextEntity,
)
from homeassistant.components.tts import TextToSpeechEntity
from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity import Entity
from homeassistant.setup import async_setup_component
from tests.support.home_assistant import SET_UP

type Said = list[tuple[Any, ...]]

SPEECH_URL = "http://home/api/tts_proxy/line.mp3"


# Of MPEG 2, layer III: 24 kHz with 64 kbit/s are 192 bytes and 24 ms a frame.
FRAME = b"\xff\xf3\x84\xc4" + bytes(188)


def mp3(frames: int) -> bytes:
    """Return a silent sound; another one would need conversion by another program."""
    return FRAME * frames


class Engine(TextToSpeechEntity):
    """A voice with a sound of 0.96 seconds for any text."""

    _attr_unique_id = "engine"
    _attr_name = "Voice"
    _attr_default_language = "en"
    _attr_supported_languages = ["en", "de-AT", "de-DE"]
    _attr_supported_options = ["voice"]

    def __init__(self) -> None:
        """Start without a fault."""
        self.asked: Said = []
        self.fault: Exception | None = None
        self.sound: bytes | None = mp3(40)
        self.waits_for: asyncio.Event | None = None

    async def async_get_tts_audio(
        self, message: str, language: str, options: dict[str, Any]
    ) -> tuple[str | None, bytes | None]:
        """Render the sound."""
        self.asked.append((message, language, options))
        if self.waits_for:
            await self.waits_for.wait()
        if self.fault:
            raise self.fault
        return "mp3", self.sound


class Player(MediaPlayerEntity):
    """A player that performs and records its calls."""

    _attr_unique_id = "player"
    _attr_name = "Gym speaker"
    _attr_should_poll = False
    _attr_supported_features = Feature.PLAY_MEDIA | Feature.VOLUME_SET | Feature.MEDIA_ANNOUNCE
    _attr_state = None

    def __init__(self) -> None:
        """Start silent."""
        self.said: list[str] = []
        self.calls: Said = []
        self.fault: Exception | None = None
        self.fault_of_volume: Exception | None = None
        self.waits_for: asyncio.Event | None = None
        self._attr_volume_level = 0.3

    def play(self, content_id: str | None = "song.mp3", **attributes: Any) -> None:
        """Play something, as a user in the house would."""
        self.change(state="playing", media_content_id=content_id, media_content_type="music", **attributes)

    def change(self, **attributes: Any) -> None:
        """Change the state, as a user in the house would."""
        for name, value in attributes.items():
            setattr(self, f"_attr_{name}", value)
        self.async_write_ha_state()

    async def async_play_media(self, media_type: str, media_id: str, **kwargs: Any) -> None:
        """Play a line or something else."""
        if self.waits_for:
            await self.waits_for.wait()
        if self.fault:
            raise self.fault
        is_line = media_id.startswith("media-source://tts/")
        if is_line:
            assert kwargs["announce"] is True
            line = parse_qs(urlsplit(media_id).query)["message"][0]
            self.said.append(line)
            self.calls.append(("say", line))
        else:
            self.calls.append(("play", media_id, media_type))
        if not (is_line and Feature.MEDIA_ANNOUNCE in self.supported_features):
            self.play(SPEECH_URL if is_line else media_id)

    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume."""
        if self.fault_of_volume:
            raise self.fault_of_volume
        self.calls.append(("volume", volume))
        self.change(volume_level=volume)

    async def async_media_pause(self) -> None:
        """Pause."""
        self.calls.append(("pause",))
        self.change(state="paused")

    async def async_media_stop(self) -> None:
        """Stop."""
        self.calls.append(("stop",))
        if self.fault:
            raise self.fault
        self.change(state="idle")

    async def async_media_play(self) -> None:
        """Resume."""
        self.calls.append(("go on",))
        self.change(state="playing")

    async def async_media_seek(self, position: float) -> None:
        """Seek in the current media."""
        self.calls.append(("seek", position))


class Satellite(AssistSatelliteEntity):
    """A satellite that speaks until the test ends its line."""

    _attr_unique_id = "satellite"
    _attr_name = "Hall"
    _attr_supported_features = AssistSatelliteEntityFeature.ANNOUNCE

    def __init__(self) -> None:
        """Start silent."""
        self.said: Said = []
        self.played: list[str] = []
        self.fault: Exception | None = None
        self.is_done = asyncio.Event()
        self.is_done.set()

    def async_get_configuration(self) -> AssistSatelliteConfiguration:
        """Return a configuration without wake words."""
        return AssistSatelliteConfiguration([], [], 0)

    async def async_set_configuration(self, config: AssistSatelliteConfiguration) -> None:
        """Ignore the configuration."""

    def on_pipeline_event(self, event: Any) -> None:
        """Ignore the event."""

    async def async_announce(self, announcement: AssistSatelliteAnnouncement) -> None:
        """Speak."""
        self.said.append((announcement.message, announcement.preannounce_media_id is not None))
        self.played.append(announcement.original_media_id)
        if self.fault:
            raise self.fault
        await self.is_done.wait()


class Asker(Satellite):
    """A satellite that listens after it has spoken, with an answer set by the test."""

    _attr_unique_id = "asker"
    _attr_name = "Gym"
    _attr_supported_features = AssistSatelliteEntityFeature.ANNOUNCE | AssistSatelliteEntityFeature.START_CONVERSATION

    def __init__(self) -> None:
        """Start without an answer."""
        super().__init__()
        self.asked: Said = []
        self.hears: str | None = None
        self.fault_of_asking: Exception | None = None
        self.listens = True
        self.is_heard = asyncio.Event()
        self.is_heard.set()

    async def async_start_conversation(self, start_announcement: AssistSatelliteAnnouncement) -> None:
        """Ask, and go through a pipeline's states."""
        self.asked.append((start_announcement.message, start_announcement.preannounce_media_id is not None))
        if self.fault_of_asking:
            raise self.fault_of_asking
        if self.listens:
            self._internal_on_pipeline_event(PipelineEvent(PipelineEventType.STT_START))
        await self.is_heard.wait()
        if self.hears is not None:
            heard = {"stt_output": {"text": self.hears}}
            self._internal_on_pipeline_event(PipelineEvent(PipelineEventType.STT_END, heard))
        self._internal_on_pipeline_event(PipelineEvent(PipelineEventType.RUN_END))


class Ears(SpeechToTextEntity):
    """A speech-to-text engine; the satellites' answers are known without it."""

    _attr_unique_id = "ears"
    _attr_name = "Ears"

    supported_languages = ["en"]
    supported_formats = [AudioFormats.WAV]
    supported_codecs = [AudioCodecs.PCM]
    supported_bit_rates = [AudioBitRates.BITRATE_16]
    supported_sample_rates = [AudioSampleRates.SAMPLERATE_16000]
    supported_channels = [AudioChannels.CHANNEL_MONO]

    async def async_process_audio_stream(
        self,
        metadata: SpeechMetadata,  # noqa: ARG002 what Home Assistant hands over
        stream: AsyncIterable[bytes],  # noqa: ARG002
    ) -> SpeechResult:
        """Return an empty result."""
        return SpeechResult(None, SpeechResultState.ERROR)


class Phone(NotifyEntity):
    """A phone without buttons."""

    _attr_unique_id = "phone"
    _attr_name = "Phone"
    _attr_supported_features = NotifyEntityFeature.TITLE

    def __init__(self) -> None:
        """Start without messages."""
        self.read: Said = []

    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Show a message."""
        self.read.append((title, message))


class Sensor(BinarySensorEntity):
    """Sensor that is on, off, or unknown."""

    _attr_should_poll = False

    def __init__(self, name: str, kind: BinarySensorDeviceClass) -> None:
        """Start unknown."""
        self._attr_unique_id = self._attr_name = name
        self._attr_device_class = kind

    def see(self, somebody: bool | None) -> None:
        """Set the state; None for unknown."""
        self._attr_is_on = somebody
        self.async_write_ha_state()


class VoiceHome:
    """All devices of the home, and the clock."""

    def __init__(self, hass: HomeAssistant, clock: FrozenDateTimeFactory) -> None:
        """Create one of each."""
        self.hass = hass
        self.clock = clock
        self.engine = Engine()
        self.player = Player()
        self.satellite = Satellite()
        self.asker = Asker()
        self.ears = Ears()
        self.phone = Phone()
        self.sensors = {
            kind: Sensor(f"Room {kind}", kind)
            for kind in (
                BinarySensorDeviceClass.OCCUPANCY,
                BinarySensorDeviceClass.PRESENCE,
                BinarySensorDeviceClass.MOTION,
            )
        }
        self._flow = mock_config_flow("test", _TestFlow)

    async def move_in(self) -> None:
        """Set all of them up, each by the config entry of an integration."""
        entities: dict[Platform, list[Entity]] = {
            Platform.TTS: [self.engine],
            Platform.MEDIA_PLAYER: [self.player],
            Platform.ASSIST_SATELLITE: [self.satellite, self.asker],
            Platform.STT: [self.ears],
            Platform.NOTIFY: [self.phone],
            Platform.BINARY_SENSOR: list(self.sensors.values()),
        }

        async def set_up(hass: HomeAssistant, entry: ConfigEntry) -> bool:
            await hass.config_entries.async_forward_entry_setups(entry, list(entities))
            succeeded: bool = SET_UP
            return succeeded

        await async_process_ha_core_config(self.hass, {"internal_url": "http://home:8123"})
        assert await async_setup_component(self.hass, "homeassistant", {})
        mock_integration(self.hass, MockModule("test", async_setup_entry=set_up))
        mock_platform(self.hass, "test.config_flow", None)
        for platform, added in entities.items():
            mock_platform(self.hass, f"test.{platform}", MockPlatform(async_setup_entry=_adds(added)))
        self.entry = MockConfigEntry(domain="test")
        self.entry.add_to_hass(self.hass)
        with self._flow:
            assert await self.hass.config_entries.async_setup(self.entry.entry_id)
            await self.hass.async_block_till_done()

    async def join(self, platform: str, *added: Entity) -> None:
        """Add entities of an integration's platform, under its own name."""
        # Real players look for the sound of a line by themselves.
        assert await async_setup_component(self.hass, "media_source", {})
        entities: dict[Platform, list[Entity]] = {}
        for entity in added:
            domain = Platform.NOTIFY if isinstance(entity, NotifyEntity) else Platform.MEDIA_PLAYER
            entities.setdefault(domain, []).append(entity)

        async def set_up(hass: HomeAssistant, entry: ConfigEntry) -> bool:
            await hass.config_entries.async_forward_entry_setups(entry, list(entities))
            succeeded: bool = SET_UP
            return succeeded

        mock_integration(self.hass, MockModule(platform, async_setup_entry=set_up))
        mock_platform(self.hass, f"{platform}.config_flow", None)
        for domain, those in entities.items():
            mock_platform(self.hass, f"{platform}.{domain}", MockPlatform(async_setup_entry=_adds(those)))
        entry = MockConfigEntry(domain=platform)
        entry.add_to_hass(self.hass)
        with mock_config_flow(platform, _TestFlow):
            assert await self.hass.config_entries.async_setup(entry.entry_id)
            await self.hass.async_block_till_done()

    def on_player(self, **changes: Any) -> dict[str, Any]:
        """Return the media player as a speaker's data."""
        return {"media_player": self.player.entity_id, "tts_engine": self.engine.entity_id} | changes

    def on_satellite(self, **changes: Any) -> dict[str, Any]:
        """Return the satellite as a speaker's data."""
        return {"satellite": self.satellite.entity_id} | changes

    async def give_ears(self, engine: str | None = None) -> None:
        """Give the preferred voice assistant a speech-to-text engine, the home's own by default."""
        assistant = async_get_pipeline(self.hass)
        await async_update_pipeline(self.hass, assistant, stt_engine=engine or self.ears.entity_id, stt_language="en")

    async def lose_ears(self) -> None:
        """Remove the preferred voice assistant's speech-to-text engine."""
        await async_update_pipeline(self.hass, async_get_pipeline(self.hass), stt_engine=None, stt_language=None)

    async def settle(self) -> None:
        """Run everything that happens at once, without waiting for longer tasks."""
        for _ in range(100):
            await asyncio.sleep(0)

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.tick(timedelta(seconds=seconds))
        async_fire_time_changed_exact(self.hass)
        await self.settle()

    async def begin(self, performance: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Perform a line in the background."""
        task = asyncio.ensure_future(performance)
        await self.settle()
        return task


class _TestFlow(ConfigFlow):
    """Config flow of the fake integration; never opened."""


def _adds(entities: list[Entity]) -> Callable[..., Coroutine[Any, Any, None]]:
    async def set_up(_hass: HomeAssistant, _entry: ConfigEntry, add: Callable[[list[Entity]], None]) -> None:
        add(entities)

    return set_up


def error_key(error: HomeAssistantError | BaseException | None) -> str | None:
    """Return an error's translation key."""
    assert isinstance(error, HomeAssistantError)
    return error.translation_key


def line(text: str = "Roll", **changes: Any) -> Line:
    """Return a line."""
    return Line(title="Home Gym", text=text, **changes)
