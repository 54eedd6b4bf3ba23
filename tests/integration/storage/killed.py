"""Processes that write a journal and a treadmill's sessions, and are killed, one after the other.

`python -m tests.integration.storage.killed FOLDER KILLS SEED` prints one JSON object: the number of kills, and each
loss or doubling.
"""

from tests.support import home_assistant  # noqa: F401 before the test plugin

# isort: split

import asyncio
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json
import os
from pathlib import Path
from random import Random
import signal
import sys
import time

from custom_components.home_gym.gym.habits.habit import Habit, Session
from custom_components.home_gym.gym.journal.facts import Delivery
from custom_components.home_gym.gym.journal.journal import Journal
from custom_components.home_gym.gym.journal.rows import state_rows
from custom_components.home_gym.gym.routines.position import PlayerMemory
from custom_components.home_gym.gym.routines.routine import Routine, Step
from custom_components.home_gym.gym.runs.activity import Activity, Origin, Sport
from custom_components.home_gym.gym.treadmill.log import BeltRecord
from custom_components.home_gym.gym.treadmill.session import BeltSession, BeltState, Phase
from custom_components.home_gym.storage.files import EntryFiles
from custom_components.home_gym.storage.generations import keep_generation
from custom_components.home_gym.storage.journal_file import JournalFile
from custom_components.home_gym.treadmill.store import StoredTreadmill, TreadmillStore
from homeassistant.core import HomeAssistant

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
STEPS = 8
ROUTINE = Routine(
    id="core",
    habit=Habit.CORE,
    steps=tuple(
        Step(exercise="front_plank", side=None, seconds=20, rest=5, repetitions=None, name=None) for _ in range(STEPS)
    ),
)


def add(journal: Journal, number: int) -> None:
    """Add a post, a session and a step of a routine, as one change; every third change edits the post before."""
    at = START + timedelta(hours=number)
    run = Activity(sport=Sport.RUN, start=at, elapsed_time=1800, origin=Origin.CLOUD, origin_id=str(number))
    journal.deliver(Delivery(activity=run, learned_at=at, day=at.date(), live=True))
    journal.add(Session(habit=Habit.CORE, end=at, day=at.date(), logged=at))
    if number % 3 == 2:
        before = next(one for one in journal.deliveries.values() if one.activity.origin_id == str(number - 1))
        journal.add(replace(before, activity=replace(before.activity, distance=1000.0 + number)))
    journal.chosen_shoe = str(number)
    journal.routine = step_of(number)


def step_of(number: int) -> PlayerMemory:
    """Return the routine at the step of a change."""
    return PlayerMemory(
        routine=ROUTINE,
        step=number % STEPS,
        passed=0,
        elapsed=0,
        done=(0.0,) * STEPS,
        active=float(number),
        running=True,
    )


def record_of(number: int) -> BeltRecord:
    """Return the treadmill's session of a change."""
    start = START + timedelta(minutes=number)
    walk = Phase(state=BeltState.WALKING, start=start, end=start + timedelta(seconds=30))
    return BeltRecord(session=BeltSession(start=start, end=walk.end, phases=(walk,), levels=(None,)), distance=number)


async def go_on(files: EntryFiles, reported: int) -> None:
    """Load the journal and the treadmill, and write one change after the other; report each once both are on disk."""
    file = JournalFile(files)
    journal = file.load(START).journal
    store = TreadmillStore(HomeAssistant(str(files.folder.parent)), "belt")
    treadmill = await store.async_load()
    number = int(journal.chosen_shoe or -1) + 1
    # The journal may have changes that the treadmill lacks.
    for missing in range(len(treadmill.log.records), number):
        treadmill.log.add(record_of(missing))
    while True:
        add(journal, number)
        changes = journal.unsaved.all()
        file.write(changes, state_rows(journal))
        journal.unsaved.settle(changes)
        treadmill.log.add(record_of(number))
        await store.async_save(treadmill)
        os.write(reported, f"{number}\n".encode())
        if number % 20 == 0:
            keep_generation(files, file.rows, START.date() + timedelta(days=number))
        number += 1


async def look(files: EntryFiles, last_reported: int, told: int) -> tuple[int, list[str]]:
    """Return the last change on disk, and the faults after a kill; both had all changes up to the told one."""
    file = JournalFile(files)
    with closing(file.rows):
        read = file.load(START)
    store = TreadmillStore(HomeAssistant(str(files.folder.parent)), "belt")
    treadmill: StoredTreadmill = await store.async_load()
    await store.async_close()
    journal = read.journal
    last = int(journal.chosen_shoe or -1)
    runs = sorted(int(one.activity.origin_id or -1) for one in journal.deliveries.values())
    edited = {one.activity.origin_id: one.activity.distance for one in journal.deliveries.values()}
    belt = sorted(int(record.distance or 0) for record in treadmill.log.records.values())
    checks = {
        f"reported {last_reported}, kept {last}": last_reported <= last <= last_reported + 1,
        f"runs to {last}": runs == list(range(last + 1)),
        f"sessions to {last}": len(journal.sessions) == last + 1,
        f"edits to {last}": all(edited[str(n - 1)] == 1000.0 + n for n in range(2, last + 1, 3)),
        f"the step of {last}": journal.routine == (step_of(last) if last >= 0 else None),
        f"treadmill from {told} to {last}": belt == list(range(len(belt))) and told < len(belt) <= last + 1,
        "rows that can't be read": not read.set_aside,
    }
    return last, [name for name, holds in checks.items() if not holds]


def main() -> None:
    """Write and kill."""
    folder = Path(sys.argv[1]) / ".storage"
    folder.mkdir(exist_ok=True)
    files, kills, chance = EntryFiles(folder=folder, entry_id="me"), int(sys.argv[2]), Random(sys.argv[3])
    found: list[str] = []
    last_reported = told = -1
    for _ in range(kills):
        reading, reported = os.pipe()
        process = os.fork()
        if not process:
            os.close(reading)
            asyncio.run(go_on(files, reported))
        os.close(reported)
        time.sleep(chance.uniform(0, 0.25))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        with os.fdopen(reading) as lines:
            numbers = [int(line) for line in lines.read().split()]
        # A change may be on disk without a report.
        told = max([told, *numbers])
        last_reported, wrong = asyncio.run(look(files, max([last_reported, *numbers]), told))
        found += wrong
    json.dump({"kills": kills, "faults": found, "changes": last_reported + 1}, sys.stdout)


if __name__ == "__main__":
    main()
