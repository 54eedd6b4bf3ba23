"""A voice satellite in a process of its own, with silence for a microphone and a file for a loudspeaker."""

from itertools import chain
from pathlib import Path
import shlex
import sys
from types import TracebackType
from typing import Self

from .configuration import REPOSITORY
from .hearing import WAKE_WORD, Hearing
from .lifeline import Lifeline
from .process import LOOPBACK, Program, free_port, is_port_busy

PYTHON = REPOSITORY / ".home_gym" / "satellite" / "bin" / "python"
RATE = 22050
SAMPLE_BYTES = 2
# 64 ms of silence at a time, no faster than a microphone would.
SILENCE = """\
import sys, time
due = time.monotonic()
while True:
    sys.stdout.buffer.write(bytes(2048))
    sys.stdout.buffer.flush()
    due += 0.064
    time.sleep(max(0, due - time.monotonic()))
"""


class Satellite:
    """A satellite that wakes up with its script's wake word."""

    def __init__(self, folder: Path, hearing: Hearing, name: str = "Gym satellite") -> None:
        """Choose a folder for its sound."""
        self.name = name
        self._own_port = free_port()
        self._lifeline = Lifeline(self._own_port)
        self._played = folder / "played.raw"
        folder.mkdir(parents=True, exist_ok=True)
        self._played.touch()
        options = {
            "--name": name,
            "--uri": f"tcp://{LOOPBACK}:{self._own_port}",
            "--mic-command": shlex.join([sys.executable, "-c", SILENCE]),
            "--snd-command": shlex.join(["sh", "-c", f"cat >> {shlex.quote(str(self._played))}"]),
            "--wake-uri": f"tcp://{LOOPBACK}:{hearing.port}",
            "--wake-word-name": WAKE_WORD,
        }
        command = [str(PYTHON), "-m", "wyoming_satellite", "--no-zeroconf", *chain(*options.items())]
        self._program = Program("the satellite", command, folder / "satellite.log")

    async def __aenter__(self) -> Self:
        """Start the satellite."""
        await self._program.start()
        await self._program.wait_until(self._is_listening, "the satellite to listen", 30)
        await self._lifeline.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the satellite."""
        await self._lifeline.__aexit__(kind, error, trace)
        await self._program.stop(5)

    @property
    def port(self) -> int:
        """The port for Home Assistant."""
        return self._lifeline.port

    @property
    def seconds_played(self) -> float:
        """The seconds of sound played so far."""
        return self._played.stat().st_size / RATE / SAMPLE_BYTES

    @property
    def log(self) -> str:
        """Its log."""
        return self._program.tail(1000)

    async def _is_listening(self) -> bool:
        """Return whether it accepts connections."""
        return is_port_busy(self._own_port)
