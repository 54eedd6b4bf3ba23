"""The demo's command line: starts the house, prints instructions, and prints the speaker's lines."""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
import os
from pathlib import Path
import shlex
import signal
import sys
import time

from tests.rig import RigError, Spoken
from tests.rig.process import Program

from .dashboard import URL_PATH, make_dashboard
from .history import write_history, write_recording
from .house import House, Place, lock, open_house, sound_outputs
from .household import set_up
from .pictures import take_pictures

REPOSITORY = Path(__file__).parents[2]
DEMO = REPOSITORY / ".home_gym" / "demo"
RESTART = 100  # Home Assistant's exit code to ask for a restart


def main() -> int:
    """Run the command line."""
    options = _options()
    if options.recording:
        write_recording(options.recording, datetime.now(UTC))
        print(f"A run that ended two minutes ago: {options.recording}")
        return 0
    try:
        if options.pictures:
            asyncio.run(take_pictures(options.pictures))
            return 0
        asyncio.run(_develop(Place(options.folder.absolute()), options.port, fresh=options.fresh))
    except RigError as error:
        print(f"\nThat did not work: {error}", file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="scripts/develop", description="Home Assistant with Home Gym, to try.")
    parser.add_argument("--fresh", action="store_true", help="forget the last demo and begin anew")
    parser.add_argument("--port", type=int, default=8123, help="Home Assistant's port (8123)")
    parser.add_argument("--folder", type=Path, default=DEMO, help="where the demo is kept (.home_gym/demo)")
    parser.add_argument("--recording", type=Path, metavar="PATH", help="only write a run that ended just now to a file")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="only take the pictures for README and docs")
    return parser.parse_args()


async def _develop(place: Place, port: int, *, fresh: bool) -> None:
    """Run the demo until Ctrl-C."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with lock(place):
        if fresh or not place.ready.exists():
            place.clear()
        run = asyncio.create_task(_run(place, port))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({run, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            print("\nStopping …", flush=True)
        stopped.cancel()
        run.cancel()
        with suppress(asyncio.CancelledError):
            await run


async def _run(place: Place, port: int) -> None:
    """Start everything, again after each restart that Home Assistant asks for."""
    began = time.monotonic()
    first = not place.ready.exists()
    _say("Home Assistant starts (half a minute the first time)" if first else "Home Assistant starts")
    async with _rebuilding(place), open_house(place, port) as house:
        if first:
            _say(f"{write_history(place.recordings, datetime.now(UTC))} recordings of the last months")
            _say("Alex, two pairs of shoes, the watched folder and the speaker are set up")
        await set_up(house, place)
        await make_dashboard(house.home)
        place.ready.touch()
        house.voice.on_spoken = _print_line
        _say(f"Ready after {time.monotonic() - began:.0f} s\n")
        print(_welcome(house, place), flush=True)
        while await house.home.program.ended() == RESTART:
            _say("Home Assistant restarts")
            await house.home.start()
        raise RigError(f"Home Assistant ended:\n{house.home.program.tail()}")


@asynccontextmanager
async def _rebuilding(place: Place) -> AsyncIterator[None]:
    """Rebuild the cards after each change of their sources; reload the page to see them."""
    program = Program(
        "The cards", ["node", str(REPOSITORY / "frontend" / "build.mjs"), "--watch"], place.folder / "cards.log"
    )
    await program.start()
    try:
        yield
    finally:
        await program.stop()


def _print_line(spoken: Spoken) -> None:
    """Print a line for the speaker."""
    print(f"{datetime.now():%H:%M:%S}  🔊 {spoken.text}", flush=True)  # noqa: DTZ005


def _say(what: str) -> None:
    """Print the progress."""
    print(f"• {what}", flush=True)


def _welcome(house: House, place: Place) -> str:
    """Return the instructions for the user."""
    heard = "heard on this machine, and read here" if sound_outputs() else "read here"
    folder = shlex.quote(os.path.relpath(place.recordings))
    return f"""\
Home Assistant   {house.home.url}/{URL_PATH}
Login            {house.home.username} / {house.home.password}
Watched folder   {folder}
Speaker          what it says is {heard}

Try first, in another terminal: Alex comes home from a run.
    scripts/develop --recording /tmp/run.fit && cp /tmp/run.fit {folder}/"$(date +%F-%H%M)".fit
A second one within the hour tells of the same run, and Home Gym asks only once.

Ctrl-C stops it all and keeps it for the next time; --fresh begins anew.
"""


if __name__ == "__main__":
    sys.exit(main())
