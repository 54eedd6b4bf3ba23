"""The rules of warm-up and cool-down in the guide to the back against the code."""

from pathlib import Path
import re

from custom_components.home_gym.gym.habits import easy_efforts
from custom_components.home_gym.gym.runs import curve, easy_parts

GUIDE = (Path(__file__).parents[3] / "docs" / "back.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("\n## Warm-up and cool-down\n")[2].partition("\n## ")[0]
ROWS = {
    cells[0]: cells[1]
    for line in SECTION.splitlines()
    if line.startswith("|") and len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 3
}


def numbers(text: str) -> list[float]:
    """Return the numbers in a text."""
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


def test_rules_of_easy_parts() -> None:
    named = [numbers(figure) for figure in ROWS.values() if numbers(figure)]
    assert named == [
        [easy_parts.SHORTEST_RUN],
        [easy_parts.SHORTEST, easy_parts.LONGEST, 100 * easy_parts.LARGEST_SHARE],
        [100 * easy_parts.EASY_MINUTE, 100 * easy_parts.EASY_PACE],
        [100 * easy_parts.EASY_HEART_RATE, easy_parts.SETTLING],
        [100 * easy_parts.EASY_PACE_ALONE],
        [100 * easy_parts.STEP, easy_parts.STEP_MINUTES],
        [100 * easy_parts.STEEPEST],
        [easy_parts.STANDING, easy_parts.LONGEST_STOP],
    ]


def test_rules_of_jogs_and_walks() -> None:
    gap, walk, jog = (
        each.total_seconds() / 60 for each in (easy_efforts.GAP, easy_efforts.LONGEST_WALK, easy_efforts.LONGEST_JOG)
    )
    text = SECTION.partition("**A jog or a walk")[2]
    assert numbers(text) == [gap, gap, walk, jog, 100 * easy_parts.EASY_PACE, 100 * easy_parts.EASY_HEART_RATE]


def test_points_of_a_curve() -> None:
    data = (Path(__file__).parents[3] / "docs" / "data.md").read_text(encoding="utf-8")
    for text in (GUIDE, data):
        assert f"at most {curve.MOST_POINTS} points" in text
