"""The demo's house: its state, its ports, and the order of its start."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import fcntl
import json
import os
from pathlib import Path
import shutil

from tests.rig import Home, RigError, Speaker, Voice, free_port
from tests.rig.process import is_port_busy


@dataclass(frozen=True, slots=True)
class Place:
    """Folder of the demo's state."""

    folder: Path

    @property
    def recordings(self) -> Path:
        """The watched folder."""
        return self.folder / "recordings"

    @property
    def config(self) -> Path:
        """Home Assistant's configuration."""
        return self.folder / "config"

    @property
    def ready(self) -> Path:
        """The marker file of a complete setup."""
        return self.folder / "ready"

    def clear(self) -> None:
        """Delete the state."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class House:
    """All processes of the demo."""

    home: Home
    voice: Voice
    speaker: Speaker


@asynccontextmanager
async def lock(place: Place) -> AsyncIterator[None]:
    """Prevent a second demo on the same state."""
    place.folder.parent.mkdir(parents=True, exist_ok=True)
    with place.folder.with_suffix(".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RigError("the demo is running already: use that one, or stop it with Ctrl-C") from None
        yield


@asynccontextmanager
async def open_house(place: Place, port: int) -> AsyncIterator[House]:
    """Start the voice, the speaker and Home Assistant."""
    voice_port, speaker_port = _ports(place)
    for busy in filter(is_port_busy, (port, voice_port, speaker_port)):
        remedy = "choose another with --port" if busy == port else "stop it, or begin anew with --fresh"
        raise RigError(f"port {busy} is used by another program: {remedy}")
    async with (
        Voice(port=voice_port) as voice,
        Speaker(place.folder / "mpd", speaker_port, outputs=sound_outputs()) as speaker,
        Home(place.config, port, time_zone=local_time_zone(), all_entities=False) as home,
    ):
        yield House(home, voice, speaker)


def sound_outputs() -> tuple[str, ...]:
    """Return MPD's names for this machine's sound outputs."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if "PULSE_SERVER" in os.environ or (runtime and Path(runtime, "pulse", "native").exists()):
        return ("pulse",)
    if any(Path("/dev/snd").glob("pcm*p")):
        return ("alsa",)
    return ()


def local_time_zone() -> str:
    """Return the name of the machine's time zone."""
    if name := os.environ.get("TZ", "").lstrip(":"):
        return name
    _, found, name = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")
    return name if found and name != "Etc/UTC" else "UTC"


def _ports(place: Place) -> tuple[int, int]:
    """Return the ports of voice and speaker, as stored in Home Assistant."""
    path = place.folder / "ports.json"
    if not path.exists():
        place.folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([free_port(), free_port()]))
    voice, speaker = json.loads(path.read_text())
    return int(voice), int(speaker)
