"""A relay that keeps Home Assistant connected to an old satellite without support for pings."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

from wyoming.event import async_read_event, async_write_event
from wyoming.ping import Ping, Pong

from .process import LOOPBACK, free_port


class Lifeline:
    """A port between Home Assistant and a satellite that answers pings.

    Current satellites answer them themselves. To an older one Home Assistant would reconnect every few seconds, and
    each time it would be deaf, and cut off in the middle of a line.
    """

    def __init__(self, satellite: int) -> None:
        """Choose a port in front of a satellite's."""
        self.port = free_port()
        self._satellite = satellite
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        """Accept connections."""
        self._server = await asyncio.start_server(self._connect, LOOPBACK, self.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        if self._server:
            self._server.close()
            self._server.close_clients()
            await self._server.wait_closed()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Relay data in both directions until one side closes."""
        try:
            from_satellite, to_satellite = await asyncio.open_connection(LOOPBACK, self._satellite)
        except OSError:
            writer.close()
            return
        try:
            ways = [
                asyncio.create_task(_pass_on(reader, to_satellite, answer=writer)),
                asyncio.create_task(_pass_on(from_satellite, writer)),
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
        finally:
            to_satellite.close()
            writer.close()


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answer: asyncio.StreamWriter | None = None
) -> None:
    with suppress(OSError, asyncio.IncompleteReadError):
        while event := await async_read_event(reader):
            if answer and Ping.is_type(event.type):
                await async_write_event(Pong(text=Ping.from_event(event).text).event(), answer)
            else:
                await async_write_event(event, writer)
