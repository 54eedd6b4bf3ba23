"""The table of bounds in the guide to odd input against the code."""

from pathlib import Path
import re

import pytest

from custom_components.home_gym.gym.bounds import AHEAD
from custom_components.home_gym.gym.intake.budget import MAX_TEXT_LENGTH
from custom_components.home_gym.gym.recordings import rides
from custom_components.home_gym.gym.recordings.samples import MOST_STRIDES
from custom_components.home_gym.gym.runs.validation import (
    FASTEST_ON_FOOT,
    FIGURES,
    FURTHEST,
    FURTHEST_ON_FOOT,
    LAP_TOLERANCE,
    LONGEST,
    MOVING_TOLERANCE,
    NESTED,
)

GUIDE = (Path(__file__).parents[3] / "docs" / "odd-input.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Bounds of figures")[2].partition("\n## ")[0]
TRACKS = GUIDE.partition("## Tracks")[2].partition("\n## ")[0]
ROWS = {
    cells[0]: tuple(cells[1:])
    for line in SECTION.splitlines()
    if line.startswith("|") and len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 3
}


def numbers(text: str) -> list[float]:
    """Return the numbers in a text."""
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


@pytest.mark.parametrize(
    ("row", "figures"),
    [
        ("cadence, also of laps, thirds and the profile", ("cadence",)),
        ("heart rate, mean and highest", ("heart_rate", "max_heart_rate")),
        ("power", ("power",)),
        ("vertical oscillation", ("vertical_oscillation",)),
        ("ground contact time", ("ground_contact_time",)),
        ("ground contact balance", ("ground_contact_balance",)),
        ("vertical ratio", ("vertical_ratio",)),
        ("step length", ("step_length",)),
        ("ascent, descent", ("ascent", "descent")),
        ("training load", ("training_load",)),
        ("training effect, aerobic and anaerobic", ("aerobic_effect", "anaerobic_effect")),
        ("perceived exertion", ("perceived",)),
        ("feel", ("feel",)),
        ("resting heart rate of the runner", ("resting",)),
        ("maximum heart rate of the runner", ("maximum",)),
    ],
)
def test_bounds_of_figures(row: str, figures: tuple[str, ...]) -> None:
    least, most = ROWS[row]
    for figure in figures:
        bounds = next(table[figure] for table in (FIGURES, *NESTED.values()) if figure in table)
        assert ([bounds.least], [bounds.most]) == (numbers(least), numbers(most))


def test_bounds_of_times_distances_and_texts() -> None:
    assert numbers(ROWS["elapsed time, moving time"][1]) == [LONGEST, LONGEST / 86_400, MOVING_TOLERANCE]
    assert numbers(ROWS["distance on foot"][1]) == [FURTHEST_ON_FOOT]
    assert numbers(ROWS["other distances"][1]) == [FURTHEST]
    assert numbers(ROWS["laps"][0]) == numbers(ROWS["laps"][1]) == [LAP_TOLERANCE]
    assert numbers(ROWS["names and IDs"][1]) == [MAX_TEXT_LENGTH]
    assert numbers(ROWS["time in each heart-rate zone"][1]) == [LONGEST]
    offset = [numbers(cell)[0] * 3600 for cell in ROWS["local time against UTC"]]
    assert offset == [-FIGURES["utc_offset"].least, FIGURES["utc_offset"].most]
    assert numbers(ROWS["start and end"][1])[1] == AHEAD.total_seconds() / 3600


def test_speeds() -> None:
    (_, first), *others = FASTEST_ON_FOOT
    assert numbers(ROWS["speed on foot"][1]) == [
        first,
        *(number for least, speed in others for number in (speed, least)),
    ]


def test_figures_of_tracks() -> None:
    named = numbers(TRACKS.partition("The details")[0])
    assert {rides.SHORTEST_RIDE, rides.EDGE, rides.EDGE_METRES, FASTEST_ON_FOOT[1][1]} <= set(named)
    assert MOST_STRIDES in numbers(SECTION.rpartition("|")[2])
