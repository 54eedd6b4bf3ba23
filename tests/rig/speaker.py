"""A speaker for Home Assistant's `mpd` integration, with a recording of its sounds."""

from array import array
import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
import os
from pathlib import Path
import time
from types import TracebackType
from typing import Self

from .process import LOOPBACK, Program, free_port, is_port_busy, wait_for

RATE = 22050
SAMPLE_BYTES = 2
AUDIBLE = 500  # of 32767
PAUSE = 1.0  # seconds of silence that part one sound from the next

CONFIGURATION = """\
bind_to_address "{host}"
port "{port}"
music_directory "{music}"
playlist_directory "{playlists}"
state_file "{state}"
zeroconf_enabled "no"
auto_update "no"
database {{
  plugin "simple"
  path "{database}"
}}
input {{
  plugin "curl"
}}
audio_output {{
  type "fifo"
  name "Ear"
  path "{fifo}"
  format "22050:16:1"
  mixer_type "software"
}}
"""

OUTPUT = """\
audio_output {{
  type "{kind}"
  name "Loudspeaker"
  mixer_type "software"
}}
"""


@dataclass(slots=True)
class Sound:
    """A sound: its start (seconds since 1970), its length, and its peak (of 32767)."""

    began: float
    seconds: float = 0
    peak: int = 0


class Ear:
    """Detector of sounds in a stream of samples."""

    def __init__(self) -> None:
        """Start in silence."""
        self.sounds: list[Sound] = []
        self.audible_until = 0.0
        self._silence = PAUSE
        self._heard_at = 0.0

    def hear(self, samples: Sequence[int], now: float) -> None:
        """Process the latest samples."""
        # between two sounds the player may send nothing at all
        self._silence += max(0.0, now - self._heard_at - len(samples) / RATE)
        self._heard_at = now
        step = RATE // 50
        for at in range(0, len(samples), step):
            part = samples[at : at + step]
            peak = max(abs(sample) for sample in part)
            if peak < AUDIBLE:
                self._silence += len(part) / RATE
                continue
            if self._silence >= PAUSE:
                self.sounds.append(Sound(began=now))
                self._silence = 0
            self.audible_until = now
            sound = self.sounds[-1]
            # pauses between words belong to the sound
            sound.seconds += self._silence + len(part) / RATE
            sound.peak = max(sound.peak, peak)
            self._silence = 0


class Speaker:
    """MPD on this machine, with its output drained and measured."""

    def __init__(self, folder: Path, port: int | None = None, outputs: Sequence[str] = ()) -> None:
        """Choose a folder for MPD's own files, a port, and outputs beside the ear (`alsa`, `pulse`)."""
        self.port = port or free_port()
        self._folder = folder
        self._fifo = folder / "fifo"
        self._outputs = outputs
        self._ear = Ear()
        self._recording: array[int] | None = None
        self._descriptor = -1
        self._rest = b""
        self._mpd = Program(
            "mpd", ["mpd", "--no-daemon", "--stderr", str(folder / "mpd.conf")], folder / "mpd.log", dict(os.environ)
        )

    @property
    def sounds(self) -> list[Sound]:
        """The sounds so far, each after a silence of a second or more."""
        return self._ear.sounds

    async def __aenter__(self) -> Self:
        """Start MPD and drain its output."""
        self._write_configuration()
        self._fifo.unlink(missing_ok=True)
        os.mkfifo(self._fifo)
        # both ways, so that the pipe stays open while MPD has nothing to play
        self._descriptor = os.open(self._fifo, os.O_RDWR | os.O_NONBLOCK)
        asyncio.get_running_loop().add_reader(self._descriptor, self._drain)
        try:
            await self._mpd.start()
            await self._mpd.wait_until(self._is_listening, "MPD to listen", 15)
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop MPD."""
        await self._close()

    @contextmanager
    def recording(self) -> Iterator[array[int]]:
        """Record every sample within the context."""
        self._recording = array("h")
        try:
            yield self._recording
        finally:
            self._recording = None

    async def wait_for_sound(self, *, after: float = 0, seconds: float = 0.3) -> Sound:
        """Return the first sound after a moment, once it has lasted some seconds."""

        def find() -> Sound | None:
            return next((s for s in self.sounds if s.began > after and s.seconds >= seconds), None)

        return await wait_for(find, "the speaker to be heard")

    async def wait_for_silence(self, seconds: float = 3) -> None:
        """Wait for some seconds of silence; a pause between words is shorter."""
        await wait_for(lambda: time.time() - self._ear.audible_until > seconds, "the speaker to fall silent")

    async def _is_listening(self) -> bool:
        """Return whether MPD accepts connections."""
        return is_port_busy(self.port)

    async def _close(self) -> None:
        """Stop MPD and close our end of the pipe."""
        await self._mpd.stop(5)
        asyncio.get_running_loop().remove_reader(self._descriptor)
        os.close(self._descriptor)

    def _write_configuration(self) -> None:
        """Write MPD's configuration."""
        music, playlists = self._folder / "music", self._folder / "playlists"
        for folder in music, playlists:
            folder.mkdir(parents=True, exist_ok=True)
        text = CONFIGURATION.format(
            host=LOOPBACK,
            port=self.port,
            music=music,
            playlists=playlists,
            state=self._folder / "state",
            database=self._folder / "database",
            fifo=self._fifo,
        )
        text += "".join(OUTPUT.format(kind=kind) for kind in self._outputs)
        (self._folder / "mpd.conf").write_text(text)

    def _drain(self) -> None:
        """Process MPD's output."""
        with suppress(BlockingIOError):
            self._rest += os.read(self._descriptor, 65536)
        whole = len(self._rest) - len(self._rest) % SAMPLE_BYTES
        samples = array("h", self._rest[:whole])
        self._ear.hear(samples, time.time())
        if self._recording is not None:
            self._recording.extend(samples)
        self._rest = self._rest[whole:]
