"""The demo from a new user's view: started, tried, stopped, and started again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
import signal
import sys

import pytest

from tests.demo.history import write_recording
from tests.rig import LOOPBACK, free_port, wait_for
from tests.rig.process import PATIENCE


class Terminal:
    """The demo running in a terminal."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.text = ""

    async def read(self) -> None:
        """Collect the output."""
        assert self.process.stdout
        async for line in self.process.stdout:
            self.text += line.decode()

    async def shows(self, text: str, seconds: float = PATIENCE) -> None:
        """Wait for some output."""
        await wait_for(lambda: text in self.text, f"{text!r} after {self.text!r}", timeout=seconds)


@asynccontextmanager
async def demo(folder: Path, *options: str) -> AsyncIterator[Terminal]:
    """Start the demo, and stop it with Ctrl-C."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.demo",
        "--folder",
        str(folder),
        *options,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    terminal = Terminal(process)
    reader = asyncio.create_task(terminal.read())
    try:
        yield terminal
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await process.wait()
        await reader


@pytest.fixture(scope="module")
def port() -> int:
    """Return the port of the demo."""
    return free_port()


async def test_the_first_evening(folder: Path, port: int) -> None:
    async with demo(folder / "demo", "--port", str(port)) as terminal:
        await terminal.shows("Ctrl-C stops it all", 270)
        assert f"http://{LOOPBACK}:{port}/home-gym" in terminal.text

        write_recording(folder / "demo" / "recordings" / "today.fit", datetime.now(UTC))

        await terminal.shows("foam roller")
    assert terminal.process.returncode == 0


async def test_second_start_keeps_everything(folder: Path, port: int) -> None:
    async with demo(folder / "demo", "--port", str(port)) as terminal:
        await terminal.shows("Ctrl-C stops it all", 270)
        assert "recordings of the last months" not in terminal.text
    assert terminal.process.returncode == 0


async def test_a_busy_port_is_named(folder: Path) -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), LOOPBACK)
    async with server:
        busy = server.sockets[0].getsockname()[1]
        async with demo(folder / "other", "--port", str(busy)) as terminal:
            await terminal.shows(f"port {busy} is used by another program: choose another with --port")
            assert await terminal.process.wait() == 1
