"""One reader's turn, in a process of its own: reads each file, and reports the time and the result.

Run as `python readers.py READER ROUNDS`, the files' paths on standard input, one a line. Writes one JSON object. It
imports nothing but the reader, so that the reported memory is the reader's.
"""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from io import BytesIO
import json
from pathlib import Path
import sys
import time
import warnings

type Seen = dict[str, object]
type Session = tuple[bool, datetime | int | None, float | None, float | None, float | None]
type Read = Callable[[bytes], Seen]


def seen(sessions: list[Session]) -> Seen:
    """Return the runs of a file's sessions: whether each is a run, its start, metres, moving and elapsed seconds."""
    runs = [
        {
            "start": start.isoformat() if isinstance(start, datetime) else None,
            "distance": distance,
            "moving_time": moving_time,
            "elapsed_time": elapsed_time,
        }
        for is_run, start, distance, moving_time, elapsed_time in sessions
        if is_run
    ]
    return {"kind": "run" if runs else "other_activity" if sessions else "not_activity", "runs": runs}


def home_gym() -> Read:
    """Return our reader: checksum, sessions, laps, and the figures of records."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "custom_components" / "home_gym"))
    files = import_module("gym.recordings")

    def read(data: bytes) -> Seen:
        """Read one file."""
        try:
            activities = files.parse("", data)
        except files.RecordingError:
            return {"kind": "corrupt", "runs": []}
        return seen(
            [
                (each.sport == "run", each.start, each.distance, each.moving_time, each.elapsed_time)
                for each in activities
            ]
        )

    return read


def garmin_fit_sdk() -> Read:
    """Return Garmin's reader for Python, used as documented."""
    from garmin_fit_sdk import Decoder, Stream  # noqa: PLC0415

    def read(data: bytes) -> Seen:
        """Read one file."""
        messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
        sessions: list[Session] = [
            (
                session.get("sport") == "running",
                session.get("start_time"),
                session.get("total_distance"),
                session.get("total_timer_time"),
                session.get("total_elapsed_time"),
            )
            for session in messages.get("session_mesgs", [])
        ]
        return {"kind": "corrupt", "runs": []} if errors and not sessions else seen(sessions)

    return read


def fitdecode() -> Read:
    """Return fitdecode, used as documented."""
    import fitdecode as library  # noqa: PLC0415

    warnings.simplefilter("ignore")

    def read(data: bytes) -> Seen:
        """Read one file."""
        sessions: list[Session] = []
        with library.FitReader(BytesIO(data)) as frames:
            for frame in frames:
                if frame.frame_type == library.FIT_FRAME_DATA and frame.name == "session":
                    sport, *figures = (
                        frame.get_value(name, fallback=None)
                        for name in ("sport", "start_time", "total_distance", "total_timer_time", "total_elapsed_time")
                    )
                    sessions.append((sport == "running", *figures))
        return seen(sessions)

    return read


READERS: dict[str, Callable[[], Read]] = {
    "home_gym": home_gym,
    "garmin-fit-sdk": garmin_fit_sdk,
    "fitdecode": fitdecode,
}


def attempt(read: Read, data: bytes) -> Seen:
    """Read one file; any exception of a reader counts as corrupt."""
    try:
        return read(data)
    except Exception:  # noqa: BLE001 every reader has exceptions of its own
        return {"kind": "corrupt", "runs": []}


def peak_megabytes() -> float:
    """Return the peak memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    return 0


def main() -> None:
    """Take the turn."""
    reader, rounds = sys.argv[1], int(sys.argv[2])
    paths = [Path(line) for line in sys.stdin.read().splitlines()]
    read = READERS[reader]()
    seconds = []
    for _ in range(rounds):
        results, spent = [], 0.0
        for path in paths:
            data = path.read_bytes()
            started = time.perf_counter()
            result = attempt(read, data)
            spent += time.perf_counter() - started
            results.append(result)
        seconds.append(spent)
    json.dump({"seconds": seconds, "peak": peak_megabytes(), "results": results}, sys.stdout)


if __name__ == "__main__":
    main()
