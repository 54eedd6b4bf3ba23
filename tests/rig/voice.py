"""A voice for Home Assistant's `wyoming` integration: espeak-ng behind the Wyoming protocol, with a memory."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
import io
import time
from types import TracebackType
from typing import Self, override
import wave

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Attribution, Describe, Info, TtsProgram, TtsVoice
from wyoming.server import AsyncEventHandler, AsyncTcpServer
from wyoming.tts import Synthesize

from .process import LOOPBACK, RigError, free_port, wait_for

ESPEAK = Attribution(name="espeak-ng", url="https://github.com/espeak-ng/espeak-ng")
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A requested line, and its time (seconds since 1970)."""

    text: str
    at: float


class Voice:
    """A text-to-speech server on this machine that records each requested line.

    Home Assistant requests a line only once while it is in its cache.
    """

    def __init__(self, name: str = "Coach", port: int | None = None) -> None:
        """Choose the entity's name, and a port."""
        self.name = name
        self.port = port or free_port()
        self.spoken: list[Spoken] = []
        self.on_spoken: Callable[[Spoken], None] | None = None
        self._server = AsyncTcpServer(LOOPBACK, self.port)

    async def __aenter__(self) -> Self:
        """Listen."""
        await self._server.start(partial(_Handler, self))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Fall silent."""
        await self._server.stop()

    @property
    def lines(self) -> list[str]:
        """The requested lines, in order."""
        return [spoken.text for spoken in self.spoken]

    async def wait_for_line(self, containing: str) -> Spoken:
        """Return the first line with some words in it."""
        words = containing.casefold()

        def find() -> Spoken | None:
            return next((spoken for spoken in self.spoken if words in spoken.text.casefold()), None)

        return await wait_for(find, f"a line with {containing!r}")

    @property
    def info(self) -> Info:
        """The description for Home Assistant."""
        voice = TtsVoice(
            name=LANGUAGE,
            description="English",
            attribution=ESPEAK,
            installed=True,
            version=None,
            languages=[LANGUAGE],
        )
        program = TtsProgram(
            name=self.name,
            description="espeak-ng",
            attribution=ESPEAK,
            installed=True,
            version=None,
            voices=[voice],
        )
        return Info(tts=[program])

    def remember(self, text: str) -> None:
        """Keep a line."""
        spoken = Spoken(text, time.time())
        self.spoken.append(spoken)
        if self.on_spoken:
            self.on_spoken(spoken)


class _Handler(AsyncEventHandler):
    """One connection of Home Assistant's."""

    def __init__(self, voice: Voice, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take the server's record."""
        super().__init__(reader, writer)
        self._voice = voice

    @override
    async def handle_event(self, event: Event) -> bool:
        """Answer one request."""
        if Describe.is_type(event.type):
            await self.write_event(self._voice.info.event())
        elif Synthesize.is_type(event.type):
            text = Synthesize.from_event(event).text
            self._voice.remember(text)
            await self._say(text)
        return True

    async def _say(self, text: str) -> None:
        """Send a line as sound."""
        with wave.open(io.BytesIO(await _synthesize(text))) as sound:
            rate, width, channels = sound.getframerate(), sound.getsampwidth(), sound.getnchannels()
            await self.write_event(AudioStart(rate=rate, width=width, channels=channels).event())
            # espeak-ng doesn't know the length when it writes the header, so we read to the end
            while audio := sound.readframes(4096):
                chunk = AudioChunk(rate=rate, width=width, channels=channels, audio=audio)
                await self.write_event(chunk.event())
        await self.write_event(AudioStop().event())


async def _synthesize(text: str) -> bytes:
    """Return a line as a WAV file."""
    process = await asyncio.create_subprocess_exec(
        "espeak-ng",
        "--stdout",
        "--stdin",
        "-v",
        LANGUAGE,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    sound, _ = await process.communicate(text.encode())
    if process.returncode:
        raise RigError(f"espeak-ng ended with {process.returncode}")
    return sound
