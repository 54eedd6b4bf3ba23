"""The cost of a long journal and a large import: prints one table, each figure beside its limit.

`python -m tests.bench.scale`, from the project's folder. Each measurement is made in a process of its own.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
import gc
import json
from pathlib import Path
import shutil
from statistics import median
import subprocess
import sys
from tempfile import TemporaryDirectory
import time
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.coordinator import HomeGymCoordinator
from custom_components.home_gym.gym.back.pain import PainReport
from custom_components.home_gym.gym.back.pain_history import PainHistory
from custom_components.home_gym.gym.back.patterns import patterns_in
from custom_components.home_gym.gym.calendar import Calendar
from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.intake.deliveries import divided
from custom_components.home_gym.gym.journal.facts import Delivery
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.prompts.prompt import PromptFact, PromptState
from custom_components.home_gym.gym.recordings import RecordingError, parse
from custom_components.home_gym.gym.runner import Runner
from custom_components.home_gym.gym.runs.activity import Activity, CadenceProfile, Origin, RunningDynamics, Sport
from custom_components.home_gym.gym.runs.form import Band, form_of
from custom_components.home_gym.gym.settings import Settings
from custom_components.home_gym.importer import Importer, reader
from custom_components.home_gym.settings import settings_of
from custom_components.home_gym.store import JournalStore, garbage_collection_paused
from homeassistant.config_entries import ConfigEntries, ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.corpus import FOLDER, shift
from tests.support.unit.make import activity, lap

PHRASES = Path(reader.__file__).parents[1] / "gym" / "speech" / "phrases" / "en.json"
ARCHIVE = Path(__file__).parents[2] / ".home_gym" / "bench" / "export.zip"
RECORDINGS, LARGEST = 2000, 100_000
RUNS = 20_000
REPORTS = 5_000
TICK = 0.005
FIRST = datetime(1971, 1, 4, 6, tzinfo=UTC)

# A watch's measurements of stride: the seconds at each of sixty cadences, and all other figures.
STRIDE: dict[str, Any] = {
    "cadence_thirds": (173.0, 171.5, 168.0),
    "cadence_profile": CadenceProfile(lowest=140, seconds=tuple(10 + steps % 100 for steps in range(60))),
    "dynamics": RunningDynamics(vertical_oscillation=0.084, ground_contact_time=0.24, ground_contact_balance=50.4),
}

# The start of each of 20,000 activities of an hour, from the first on.
OVERLAPS: dict[str, Callable[[int], timedelta]] = {
    "separate": lambda number: timedelta(hours=2 * number),
    "a chain": lambda number: timedelta(minutes=40 * number),
    "ten at a time": lambda number: timedelta(hours=3 * (number // 10), minutes=number % 10),
    "a hundred at a time": lambda number: timedelta(hours=3 * (number // 100), seconds=20 * (number % 100)),
    "all at once": lambda _number: timedelta(0),
}

type Figures = dict[str, float]


def _table() -> list[int]:
    """Return the checksum of each single byte."""
    table = list(range(256))
    for _ in range(8):
        table = [value >> 1 ^ (0xA001 if value & 1 else 0) for value in table]
    return table


TABLE = _table()


def checksum(data: bytes | bytearray) -> int:
    """Return the FIT checksum, byte by byte; the tests' own, bit by bit, would take an hour here."""
    found = 0
    for byte in data:
        found = found >> 8 ^ TABLE[(found ^ byte) & 0xFF]
    return found


def archive() -> Path:
    """Return an export of 2,000 recordings, made of the collection's and each on a day of its own."""
    if ARCHIVE.exists():
        return ARCHIVE
    shift._checksum = checksum
    sources = [path.read_bytes() for path in sorted((FOLDER / "fit").glob("*.fit")) if path.stat().st_size < LARGEST]
    movable = []
    for source in sources:
        try:
            shift.shifted(source, 0)
            movable += [source] if parse("", source) else []
        except ValueError, KeyError, IndexError, RecordingError:
            continue
    ARCHIVE.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(ARCHIVE.with_suffix(".part"), "w") as packed:
        for number in range(RECORDINGS):
            moved = shift.shifted(movable[number % len(movable)], -86_400 * (number // len(movable)))
            packed.writestr(f"activities/{number}.fit", moved)
    return ARCHIVE.with_suffix(".part").rename(ARCHIVE)


def memory(field: str) -> float:
    """Return this process's memory in megabytes, current or peak."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(field))


def bare_reading() -> Figures:
    """Read each recording of the export, and keep nothing."""
    started = time.perf_counter()
    with ZipFile(archive()) as packed:
        for name in packed.namelist():
            parse(name, packed.read(name))
    return {"seconds": time.perf_counter() - started}


async def watchdog(gaps: list[float]) -> None:
    """Measure the longest pause of the event loop."""
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(TICK)
        gaps.append(time.perf_counter() - asked - TICK)


def home(folder: str) -> tuple[HomeAssistant, MockConfigEntry, JournalStore]:
    """Return a Home Assistant with one runner with one pair, and nothing else."""
    hass = HomeAssistant(folder)
    hass.config_entries = ConfigEntries(hass, {})
    data = {"first_used": "1990-01-01", "initial_distance": 0, "warn_at": 483_000, "replace_at": 805_000}
    shoe = ConfigSubentryData(data=data, subentry_type="shoe", title="Trainers", unique_id=None)
    entry = MockConfigEntry(domain=DOMAIN, title="Alex", entry_id="me", data={"name": "Alex"}, subentries_data=[shoe])
    return hass, entry, JournalStore(hass, entry.entry_id)


async def importing(folder: str) -> Figures:
    """Import the export as Home Assistant does."""
    hass, entry, store = home(folder)
    runner = Runner(settings_of(hass, entry), await store.async_load())
    coordinator = HomeGymCoordinator(hass, entry, runner, store)
    phrases = json.loads(PHRASES.read_text())
    importer = Importer(hass, coordinator, phrases)
    gaps: list[float] = []
    watching = asyncio.create_task(watchdog(gaps))
    before, started = memory("VmRSS"), time.perf_counter()
    await importer.async_add(archive())
    assert importer._task is not None
    await importer._task
    seconds = time.perf_counter() - started
    watching.cancel()
    return {
        "seconds": seconds,
        "held": max(gaps),
        "memory": memory("VmHWM") - before,
        "runs": len(runner.journal.deliveries),
    }


def day_of(number: int) -> datetime:
    """Return the start of a run by number, on six days a week."""
    return FIRST + timedelta(days=number // 6 * 7 + number % 6)


def life(runs: int, **measured: Any) -> Journal:
    """Return a journal of some runs, of five laps each, and twice as many sessions; each run has these figures."""
    journal = Journal()
    for number in range(runs):
        start = day_of(number) + timedelta(seconds=number % 997)
        laps = tuple(lap(5.5, start=start + timedelta(minutes=6 * kilometre)) for kilometre in range(5))
        figures = {"laps": laps, "cadence": 171.5, "heart_rate": 151.2, **measured}
        run = activity(start, minutes=30 + number % 30, km=5 + number % 7, **figures)
        journal.deliver(Delivery(activity=run, learned_at=start, day=start.date(), live=False))
    for number in range(2 * runs):
        end = day_of(number // 2) + timedelta(hours=3 * (number % 2))
        journal.add(Session(habit=list(Habit)[number % len(Habit)], end=end, day=end.date(), logged=end))
    return journal


def reported(journal: Journal, reports: int) -> None:
    """Add reports of pain to a journal, the last on the day of its last run."""
    last = max(delivery.learned_at for delivery in journal.deliveries.values())
    for number in range(reports):
        at = last - timedelta(days=number)
        report = PainReport(score=number * 7 % 11, at=at, day=at.date(), recorded_at=at)
        journal.add(report)


async def looking_after_the_back(folder: str, runs: int) -> Figures:
    """Derive load, form, pain and patterns from a whole journal, and after one more run and report."""
    hass, entry, _ = home(folder)
    journal = life(runs, **STRIDE)
    reported(journal, REPORTS)
    runner = Runner(settings_of(hass, entry), journal)
    now = day_of(runs)
    told = runner.runs.all()
    started = time.perf_counter()
    sum(run.distance or 0 for run in told)
    summing = time.perf_counter() - started
    started = time.perf_counter()
    PainHistory(journal.pains.values())
    [form_of(run, Band()) for run in told]
    runner.summary(now)
    patterns = patterns_in(runner.diary(now))
    runner.back_report(now, patterns)
    whole = time.perf_counter() - started
    adding = []
    for number in range(200):
        at = now + timedelta(hours=number)
        started = time.perf_counter()
        runner.manual_entries.report_pain(number % 11, now=at)
        runner.deliveries.learn([activity(at - timedelta(minutes=30), minutes=20, **STRIDE)], now=at, live=False)
        runner.summary(at)
        adding.append(time.perf_counter() - started)
    return {"whole": whole, "ratio": whole / summing, "adding": median(adding)}


def prompted(journal: Journal) -> None:
    """Add three closed prompts for each run to a journal, with four steps each."""
    steps = (PromptState.DUE, PromptState.SPEAKING, PromptState.SPOKEN, PromptState.EXPIRED)
    for delivery in list(journal.deliveries.values()):
        for topic in (Habit.FOAM_ROLL, Habit.STRETCH, Habit.CORE):
            at = delivery.learned_at
            fact = PromptFact(
                activity=delivery.activity.id, topic=topic, state=PromptState.DUE, at=at, channel="kitchen"
            )
            for minute, state in enumerate(steps):
                at = delivery.learned_at + timedelta(minutes=minute)
                fact = replace(fact, state=state, at=at).with_step(at)
            journal.add(fact)


def written() -> int:
    """Return the bytes that this process has caused to be written to disk."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("write_bytes"))


async def living(folder: str, runs: int) -> Figures:
    """Start with a journal of some runs in a process of its own, add to it, and save it."""
    hass, entry, store = home(folder)
    before, busy = memory("VmRSS"), time.process_time()
    # The day after the last run, since prompts of earlier years are left out.
    with patch.object(dt_util, "utcnow", return_value=day_of(runs)), garbage_collection_paused():
        journal = await store.async_load()
        runner = Runner(settings_of(hass, entry), journal)
        HomeGymCoordinator(hass, entry, runner, store)
    start_up = time.process_time() - busy
    gc.collect()
    held = memory("VmRSS") - before
    now = day_of(runs)
    adding, saving, bytes_written, processor = [], [], [], []
    for number in range(200):
        run, at = activity(now + timedelta(hours=number), minutes=20), now + timedelta(hours=number + 1)
        started = time.perf_counter()
        runner.deliveries.learn([run], now=at, live=True)
        runner.summary(at)
        adding.append(time.perf_counter() - started)
    await store.async_save(journal)
    gaps: list[float] = []
    for number in range(100):
        at = now + timedelta(days=100, hours=number)
        runner.deliveries.learn([activity(at, minutes=20, **STRIDE)], now=at, live=False)
        watching = asyncio.create_task(watchdog(gaps))
        await asyncio.sleep(0)
        started, busy, before_io = time.perf_counter(), time.process_time(), written()
        await store.async_save(journal)
        saving.append(time.perf_counter() - started)
        processor.append(time.process_time() - busy)
        bytes_written.append(written() - before_io)
        watching.cancel()
    await store.async_close()
    return {
        "start_up": start_up,
        "memory": held,
        "adding": median(adding),
        "save": median(saving),
        "processor": median(processor),
        "bytes": max(bytes_written),
        "usual_bytes": median(bytes_written),
        "held": max(gaps, default=0),
    }


async def filled(folder: str, runs: int) -> Figures:
    """Write a journal of some runs, with twice as many sessions and three times as many prompts."""
    _, _, store = home(folder)
    journal = life(runs, **STRIDE)
    prompted(journal)
    with garbage_collection_paused():
        await store.async_load()
        await store.async_save(journal)
    await store.async_close()
    return {"bytes": store.path.stat().st_size}


def lived(runs: int) -> Figures:
    """Return the best of three starts with a journal of some runs."""
    ARCHIVE.parent.mkdir(parents=True, exist_ok=True)
    found = []
    with TemporaryDirectory(dir=ARCHIVE.parent) as folder:
        measured("fill", str(runs), f"{folder}/full")
        for number in range(3):
            shutil.copytree(f"{folder}/full", f"{folder}/{number}")
            found.append(measured("life", str(runs), f"{folder}/{number}"))
    return min(found, key=lambda figures: figures["start_up"])


def overlapping(kind: str) -> Figures:
    """Deliver 20,000 activities of a kind, in the parts of a delivery, and return the processor's seconds."""
    starts = [FIRST + OVERLAPS[kind](number) for number in range(RUNS)]
    activities = [
        Activity(sport=Sport.RUN, start=start, elapsed_time=3600.0, origin=Origin.CLOUD, origin_id=str(number))
        for number, start in enumerate(starts)
    ]
    runner, now = Runner(Settings(calendar=Calendar(timezone=UTC)), Journal()), FIRST + timedelta(days=10_000)
    busy = time.process_time()
    prepared = runner.deliveries.prepared(activities)
    circumstances = runner.deliveries.circumstances(now, live=False)
    parts, last = divided(prepared, circumstances)
    for part in (*parts, *last):
        runner.deliveries.take(part, circumstances)
    return {"processor": time.process_time() - busy}


def measured(*what: str) -> Figures:
    """Make a measurement in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.scale", *what]
    figures: Figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return figures


def measure(what: Sequence[str]) -> Figures:
    """Make a measurement in this process."""
    # Objects from before belong to Home Assistant, and collecting them is no cost of this measurement.
    gc.collect()
    gc.freeze()
    with TemporaryDirectory(dir=ARCHIVE.parent) as folder:
        match what:
            case ["bare"]:
                return bare_reading()
            case ["import"]:
                return asyncio.run(importing(folder))
            case ["overlap", kind]:
                return overlapping(kind)
            case ["back", runs]:
                return asyncio.run(looking_after_the_back(folder, int(runs)))
            case ["fill", runs, there]:
                return asyncio.run(filled(there, int(runs)))
            case ["life", runs, there]:
                return asyncio.run(living(there, int(runs)))
    raise SystemExit(f"no such measurement: {what}")


def row(what: str, figure: float, limit: float, unit: str) -> None:
    """Print one figure beside its limit."""
    sys.stdout.write(f"{what:<52} {figure:>9.2f} {limit:>7g} {unit:<4} {'' if figure <= limit else 'TOO MUCH'}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure, and print the table."""
    if not (FOLDER / "fit").is_dir():
        sys.exit(f"No collection of recordings in {FOLDER}: nothing to import.")
    size = archive().stat().st_size / 1e6
    sys.stdout.write(f"\n{RECORDINGS} recordings, {size:.0f} MB; a journal of {RUNS} runs and {2 * RUNS} sessions\n\n")
    sys.stdout.write(f"{'what':<52} {'figure':>9} {'limit':>7}\n")
    # Other load on the machine makes a round slower, never faster.
    rounds = [(measured("bare"), measured("import")) for _ in range(3)]
    reading = min(bare["seconds"] for bare, _ in rounds)
    imported = min((imported for _, imported in rounds), key=lambda figures: figures["seconds"])
    row("importing, against reading alone", imported["seconds"] / reading, 1.3, "x")
    row("importing: the event loop is held for at most", 1000 * imported["held"], 20, "ms")
    row("importing: memory grows by", imported["memory"], 60, "MB")
    overlaps = {kind: min(measured("overlap", kind)["processor"] for _ in range(3)) for kind in OVERLAPS}
    for kind, seconds in overlaps.items():
        row(f"{RUNS} activities, {kind}: against separate ones", seconds / overlaps["separate"], 2, "x")
    lives = {runs: lived(runs) for runs in (200, 2_500, RUNS)}
    short, long = lives[200], lives[RUNS]
    back = min((measured("back", str(RUNS)) for _ in range(3)), key=lambda figures: figures["whole"])
    row("the back: load, form, pain and patterns of a life", back["whole"], 1, "s")
    row("the back: against adding up the distances of a life", back["ratio"], 1000, "x")
    row("the back: one more run and one more report", 1000 * back["adding"], 5, "ms")
    row("adding a run, against a journal of 200", long["adding"] / short["adding"], 2, "x")
    for runs, figures in lives.items():
        row(f"{runs} runs: starting, processor", figures["start_up"], 0.5, "s")
        row(f"{runs} runs: memory held", figures["memory"], 120, "MB")
        row(f"{runs} runs: one more run and its summary", 1000 * figures["adding"], 5, "ms")
        row(f"{runs} runs: saving it, processor", 1000 * figures["processor"], 5, "ms")
        row(f"{runs} runs: saving it, bytes written, usually", figures["usual_bytes"] / 1024, 64, "KiB")
        row(f"{runs} runs: saving it, bytes written at most", figures["bytes"] / 1024, 64, "KiB")
        row(f"{runs} runs: saving it, the event loop is held for", 1000 * figures["held"], 20, "ms")


if __name__ == "__main__":
    if sys.argv[1:]:
        json.dump(measure(sys.argv[1:]), sys.stdout)
    else:
        main()
