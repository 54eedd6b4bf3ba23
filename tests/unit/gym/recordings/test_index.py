"""Strava's list of activities."""

from dataclasses import replace

import pytest

from custom_components.home_gym.gym.recordings import index
from custom_components.home_gym.gym.recordings.index import Listed, read_index
from custom_components.home_gym.gym.runs.activity import Sport
from tests.support.unit.make import activity

ENGLISH = """\
Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Activity Gear,Filename
1,"May 4, 2026, 5:00:00 PM",Evening Run,Run,"two
lines",1800,5.0,Blue shoes,activities/1.fit.gz
2,"May 3, 2026, 5:00:00 PM",Manual,Run,,1800,5.0,Blue shoes,
3,"May 2, 2026, 5:00:00 PM",Yoga,Yoga,,1800,0,,activities/3.gpx
4,short
"""
GERMAN = ENGLISH.replace("Activity Type", "Aktivitätsart").replace("Activity Gear", "Ausrüstung")


@pytest.mark.parametrize("table", [ENGLISH, GERMAN, "\ufeff" + ENGLISH])
def test_list_gives_gear_and_kind(table: str) -> None:
    assert read_index("export/activities.csv", table.encode()) == {
        "export/activities/1.fit.gz": Listed(gear="Blue shoes", kind="Run"),
        "export/activities/3.gpx": Listed(gear=None, kind="Yoga"),
    }
    assert set(read_index("activities.csv", table.encode())) == {"activities/1.fit.gz", "activities/3.gpx"}


@pytest.mark.parametrize(
    "table", [b"", b"\0\xff", b"a,b\n1,2\n", b"h\nactivities/1.fit\n", b'"' + b"x" * 200_000 + b'"\n']
)
def test_other_tables_give_nothing(table: bytes) -> None:
    assert read_index("activities.csv", table) == {}


def test_gear_applies_to_runs_and_sport_of_recording_takes_precedence() -> None:
    run, walk = activity(), activity(sport=Sport.WALK)
    silent = activity(sport=Sport.OTHER)
    listed = Listed(gear="Blue shoes", kind="Trail Run")

    assert listed.applied_to(run) == replace(run, gear="Blue shoes")
    assert listed.applied_to(walk) == walk
    read = listed.applied_to(silent)
    assert (read.sport, read.sub_sport, read.gear) == (Sport.RUN, "trail_run", "Blue shoes")
    assert Listed(gear=None, kind=None).applied_to(silent) == silent
    cycling = activity(sport=Sport.OTHER, sub_sport="cycling")
    assert listed.applied_to(cycling) == cycling


def listing(recordings: int) -> bytes:
    """Return a list of some recordings."""
    rows = "".join(f"{number},d,n,Run,Blue,a/{number}.fit\n" for number in range(recordings))
    return f"Activity ID,Date,Name,Activity Type,Activity Gear,Filename\n{rows}".encode()


@pytest.mark.parametrize(("recordings", "expected"), [(3, 3), (4, 0)])
def test_list_of_too_many_recordings_is_left_out(
    recordings: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MAX_ENTRIES", 3)
    assert len(read_index("activities.csv", listing(recordings))) == expected


@pytest.mark.parametrize(
    "row",
    [b"," * (index.MAX_CELLS + 1), b"x" * index.MAX_LINE, (b'"\n"' + b"," * 999) * 11, b'"' + b"x\n" * 100_000],
    ids=["cells", "line", "cells of one row in many lines", "cell in many lines"],
)
def test_table_with_endless_row_is_left_out(row: bytes) -> None:
    assert len(read_index("activities.csv", listing(3))) == 3
    assert read_index("activities.csv", listing(3) + row + b"\n") == {}


def test_row_with_long_text_is_left_out() -> None:
    long = b"9,d,n,Run," + b"x" * 201 + b",a/9.fit\n"
    assert "a/9.fit" not in read_index("activities.csv", listing(3) + long)
    assert len(read_index("activities.csv", listing(3) + long)) == 3
