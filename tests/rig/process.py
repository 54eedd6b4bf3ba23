"""Programs of the rig, and waiting for conditions."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
import inspect
from pathlib import Path
import random
import shutil
import signal
import socket
from typing import Any, overload

LOOPBACK = "127.0.0.1"
# Ephemeral ports begin here, so that a chosen one below is not given to another client before its use.
GIVEN_OUT_FROM = 32768
LEAST_PORT = 20000
# Seconds; successful waits take less, also on a busy machine.
PATIENCE = 60


# A program ends with its parent process, even after a kill.
TOGETHER = ("setpriv", "--pdeathsig", "TERM", "--")

_chosen: set[int] = set()


class RigError(Exception):
    """A failure of the rig itself."""


def free_port() -> int:
    """Return an unused port, another one each time."""
    for port in random.SystemRandom().sample(range(LEAST_PORT, GIVEN_OUT_FROM), 1000):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((LOOPBACK, port))
            if port not in _chosen:
                _chosen.add(port)
                return port
    raise RigError("all ports are taken")


def is_port_busy(port: int) -> bool:
    """Return whether a port is in use."""
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0


@overload
async def wait_for[T](
    condition: Callable[[], Awaitable[T | None]], what: str, *, timeout: float = ..., every: float = ...
) -> T: ...
@overload
async def wait_for[T](
    condition: Callable[[], T | None], what: str, *, timeout: float = ..., every: float = ...
) -> T: ...
async def wait_for(condition: Callable[[], Any], what: str, *, timeout: float = PATIENCE, every: float = 0.05) -> Any:
    """Return a condition's first true result, or fail with the name of the awaited thing."""
    loop = asyncio.get_running_loop()
    until = loop.time() + timeout
    while True:
        answer = condition()
        if inspect.isawaitable(answer):
            answer = await answer
        if answer:
            return answer
        if loop.time() > until:
            raise RigError(f"waited {timeout:g} s in vain for {what}")
        await asyncio.sleep(every)


class Program:
    """One program, known by its own process id, with its output in a log."""

    def __init__(self, name: str, command: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> None:
        """Describe the program to start."""
        self.name = name
        self.log = log
        self.env = env
        self._command = command
        self._process: asyncio.subprocess.Process | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was started and is still running."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it, in a session of its own, so that a Ctrl-C reaches only us."""
        if shutil.which(self._command[0]) is None:
            raise RigError(f"{self._command[0]} is missing: run scripts/setup")
        together = TOGETHER if shutil.which(TOGETHER[0]) else ()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *together,
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                start_new_session=True,
            )

    async def stop(self, timeout: float = 30) -> None:
        """Ask it to end, and kill it after the timeout."""
        await self._end(signal.SIGTERM, timeout)

    async def kill(self) -> None:
        """Kill it as a power cut would."""
        await self._end(signal.SIGKILL, 5)

    async def ended(self) -> int:
        """Wait until it ends by itself, and return its exit code."""
        if self._process is None:
            raise RigError(f"{self.name} was not started")
        return await self._process.wait()

    async def wait_until(self, condition: Callable[[], Awaitable[bool]], what: str, timeout: float) -> None:
        """Wait for a condition as long as the program lives, or fail with the end of its log."""

        async def met_or_dead() -> bool:
            return not self.is_running or await condition()

        try:
            await wait_for(met_or_dead, what, timeout=timeout)
        except RigError as error:
            raise RigError(f"{error}\n{self.tail()}") from None
        if not self.is_running:
            raise RigError(f"{self.name} ended before {what}:\n{self.tail()}")

    def tail(self, lines: int = 30) -> str:
        """Return the end of its log."""
        with suppress(FileNotFoundError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        return ""

    async def _end(self, by: signal.Signals, timeout: float) -> None:
        """Send a signal and wait for the end."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.send_signal(by)
        try:
            async with asyncio.timeout(timeout):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
