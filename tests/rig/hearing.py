"""A speech-to-text engine for Home Assistant's `wyoming` integration that understands the tests' sentences."""

import asyncio
from functools import partial
from types import TracebackType
from typing import Self, override

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk
from wyoming.event import Event
from wyoming.info import AsrModel, AsrProgram, Attribution, Describe, Info
from wyoming.server import AsyncEventHandler, AsyncTcpServer
from wyoming.wake import Detect, Detection

from .process import LOOPBACK, free_port, wait_for

RIG = Attribution(name="Home Gym's tests", url=LOOPBACK)
LANGUAGE = "en"
WAKE_WORD = "coach"
# Seconds of audio before a sentence is understood; satellites send 64 ms at a time.
CHUNKS = 10


class Hearing:
    """A speech-to-text server, and for satellites a wake word server, with a script.

    Satellites detect the wake word when a test speaks; then they stream to Home Assistant, which requests the text
    here.
    """

    def __init__(self) -> None:
        """Choose a port."""
        self.port = free_port()
        self.awaited: list[Wakeful] = []
        self.script: list[str] = []
        self._server = AsyncTcpServer(LOOPBACK, self.port)

    async def __aenter__(self) -> Self:
        """Listen."""
        await self._server.start(partial(Wakeful, self))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        await self._server.stop()

    async def hear(self, text: str) -> None:
        """Speak the wake word and a sentence, repeatedly if necessary, and wait until it was understood.

        A satellite that speaks is deaf meanwhile.
        """
        self.script.append(text)

        async def is_understood() -> bool:
            for satellite in [one for one in self.awaited if one.is_waiting and self.script]:
                await satellite.wake()
            return not self.script

        await wait_for(is_understood, f"{text!r} to be understood", every=0.2)

    @property
    def info(self) -> Info:
        """The description for Home Assistant."""
        model = AsrModel(
            name=LANGUAGE, attribution=RIG, installed=True, description="English", version=None, languages=[LANGUAGE]
        )
        program = AsrProgram(
            name="Ears", attribution=RIG, installed=True, description="A script", version=None, models=[model]
        )
        return Info(asr=[program])


class Wakeful(AsyncEventHandler):
    """One connection of a satellite or of Home Assistant."""

    def __init__(self, hearing: Hearing, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take the server's script."""
        super().__init__(reader, writer)
        self.is_waiting = False
        self._hearing = hearing
        self._chunks: int | None = None

    @override
    async def handle_event(self, event: Event) -> bool:
        """Handle one request."""
        if Describe.is_type(event.type):
            await self.write_event(self._hearing.info.event())
        elif Detect.is_type(event.type):
            self.is_waiting = True
            self._hearing.awaited = [one for one in self._hearing.awaited if one is not self] + [self]
        elif Transcribe.is_type(event.type):
            self._chunks = 0
        elif AudioChunk.is_type(event.type) and self._chunks is not None:
            self._chunks += 1
            if self._chunks == CHUNKS:
                await self._understand()
        return True

    async def wake(self) -> None:
        """Detect the wake word."""
        self.is_waiting = False
        await self.write_event(Detection(name=WAKE_WORD).event())

    async def _understand(self) -> None:
        """Send the script's next sentence, or an empty text."""
        self._chunks = None
        text = self._hearing.script.pop(0) if self._hearing.script else ""
        await self.write_event(Transcript(text=text).event())

    @override
    async def disconnect(self) -> None:
        """Remove the connection."""
        self._hearing.awaited = [one for one in self._hearing.awaited if one is not self]
