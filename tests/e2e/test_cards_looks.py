"""How the cards look: in light and dark, from phone to tablet, held against pictures that somebody looked at.

UPDATE_LOOKS=1 takes the pictures anew; look at every one of them before it is kept.
"""

from collections.abc import AsyncIterator
import io
import os
from pathlib import Path
from typing import Literal

from PIL import Image, ImageChops
import pytest

from custom_components.home_gym.gym.habit import Habit
from tests.rig import Browser, Home
from tests.showcase import CARDS, Answers, Stage, answers_of, showcase

LOOKS = Path(__file__).parent / "looks"
# Letters are drawn a little differently by every browser: so many per cent of the points may differ, by so much.
MOST_PER_CENT = 1.5
TOLERANCE = 48

type Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Return what the home answers."""
    return answers_of(showcase())


@pytest.fixture(scope="module", params=["light", "dark"])
async def scheme(request: pytest.FixtureRequest, gym: Home) -> AsyncIterator[tuple[Scheme, Stage]]:
    """Return a stage in light and in dark colours."""
    async with Browser(gym, scheme=request.param, calm=True) as browser:
        yield request.param, await Stage.open(browser)


def differing(one: Image.Image, other: Image.Image) -> float:
    """Return how many per cent of the points of two pictures differ; all of them where their sizes do."""
    if one.size != other.size:
        return 100.0
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    return 100 * sum(difference.histogram()[TOLERANCE:]) / (one.width * one.height)


@pytest.mark.parametrize("width", [320, 800, 1280])
@pytest.mark.parametrize("card", [*CARDS, "playing"])
async def test_a_card_looks_as_it_did(
    scheme: tuple[Scheme, Stage], answers: Answers, card: str, width: int, tmp_path: Path
) -> None:
    name, stage = scheme
    if card == "playing":
        shown = await stage.show("routine", answers_of(showcase(), playing=Habit.STRETCH), width=width)
    else:
        shown = await stage.show(card, answers, width=width, config={"weeks": "26"})
    seen = Image.open(io.BytesIO(await shown.screenshot(animations="disabled")))
    path = LOOKS / f"{card}-{width}-{name}.png"
    if os.environ.get("UPDATE_LOOKS"):
        path.parent.mkdir(exist_ok=True)
        seen.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    with Image.open(path) as kept:
        share = differing(seen, kept)
    if share > MOST_PER_CENT:
        seen.save(tmp_path / path.name)
    assert share <= MOST_PER_CENT, f"{share:.2f} % differ: compare {tmp_path / path.name} with {path}"
