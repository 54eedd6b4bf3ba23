"""Drawings of the exercises and of the points of a form check: one each, in a common style, of lines only."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from custom_components.home_gym.gym.exercises.exercise import catalogue
from custom_components.home_gym.gym.prompts.form_check import FormPoint

FOLDER = Path(__file__).parents[4] / "custom_components" / "home_gym" / "drawings"
DRAWINGS = sorted(FOLDER.iterdir())
SVG = "{http://www.w3.org/2000/svg}"
HAND = {
    "viewBox": "0 0 120 80",
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "3",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
# All that a line needs; no colour, no script, no style, no reference to anything outside.
SHAPES = {
    "path": {"d", "stroke-dasharray"},
    "circle": {"cx", "cy", "r"},
    "rect": {"x", "y", "width", "height", "rx"},
}
GROUND = "M8 75H112"


def parsed(drawing: Path) -> ET.Element:
    """Return the elements of a drawing; declarations, which could hold entities, are refused before parsing."""
    text = drawing.read_text(encoding="ascii")
    assert "<!" not in text
    assert "<?" not in text
    return ET.fromstring(text)  # noqa: S314


def test_every_exercise_and_point_of_form_has_a_drawing_and_every_drawing_is_one() -> None:
    points = {f"form_{point}.svg" for point in FormPoint}
    assert {exercise.drawing for exercise in catalogue().values()} | points == {drawing.name for drawing in DRAWINGS}


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.stem)
def test_drawing_consists_of_lines_only(drawing: Path) -> None:
    root = parsed(drawing)
    assert drawing.stat().st_size < 1000
    assert root.tag == f"{SVG}svg"
    assert root.attrib == HAND
    for shape in root:
        name = shape.tag.removeprefix(SVG)
        assert shape.attrib.keys() <= SHAPES[name]
        assert not list(shape)
        assert not (shape.text or "").strip()


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.stem)
def test_drawing_shows_figure_on_ground(drawing: Path) -> None:
    ground, head, *body = parsed(drawing)
    assert ground.get("d") == GROUND
    assert (head.tag, head.get("r")) == (f"{SVG}circle", "5")
    assert body


def test_drawings_differ() -> None:
    assert len({drawing.read_text() for drawing in DRAWINGS}) == len(DRAWINGS)
