"""Appearance of the cards: in light and dark, from phone to tablet, compared with reviewed pictures.

UPDATE_LOOKS=1 takes new pictures; review every one of them before it is kept.
"""

from collections.abc import Awaitable, Callable, Mapping
import io
import os
from pathlib import Path

from PIL import Image, ImageChops
from playwright.async_api import Locator
import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from tests.support.stages import Scheme, Stages
from tests.visual.showcase import CARDS, HARDER, Answers, Stage, answers_of, showcase

LOOKS = Path(__file__).parent / "looks"
# Browsers render letters slightly differently: this share of the points may differ in per cent, by this much.
MOST_PER_CENT = 1.5
TOLERANCE = 48

type Scene = Callable[[Stage, Answers, int], Awaitable[Locator]]


def differing(one: Image.Image, other: Image.Image) -> float:
    """Return the share of differing points of two pictures in per cent; 100 for different sizes."""
    if one.size != other.size:
        return 100.0
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    return 100 * sum(difference.histogram()[TOLERANCE:]) / (one.width * one.height)


async def playing(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show a running routine."""
    return await stage.show("routine", answers_of(showcase(), playing=Habit.STRETCH), width=width)


async def harder(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show an exercise in its harder form, with the easier one."""
    told = answers_of(showcase(), playing=Habit.FOAM_ROLL, progress=HARDER)
    shown = await stage.show("routine", told, width=width)
    await shown.get_by_role("button", name="Easier or harder").click()
    await stage.page.evaluate("document.activeElement?.blur()")
    return shown


async def flagged(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show the advice after a red flag."""
    pain = {"days": 1, "advice": "red_flag", "red_flags": ["numbness", "fever"], "is_read": False}
    back = {"state": "emergency", "number": 0, "questions": 0, "is_unknown": False, "can_withdraw": True}
    told = answers.changed(pain=pain, back=back, emergency_number="112")
    return await stage.show("back", told, width=width)


async def asked(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show the third question after a report, with the advice of a doctor."""
    pain = {"days": 1, "latest": 5, "advice": "doctor", "red_flags": [], "is_read": False}
    back = {
        "state": "doctor",
        "question": "weakness_fever_fall",
        "number": 3,
        "questions": 3,
        "is_unknown": False,
        "can_withdraw": True,
    }
    return await stage.show("back", answers.changed(pain=pain, back=back, emergency_number="112"), width=width)


async def advised(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show the advice to see a professional, with a selected week."""
    pain = {"days": 9, "advice": "persistent", "trend": "better", "red_flags": []}
    shown = await stage.show("back", answers.changed(pain=pain), width=width, config={"weeks": "26"})
    await shown.get_by_role("slider", name="Week").focus()
    await stage.page.keyboard.press("ArrowLeft")
    return shown


async def opened(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show a pair with all its actions, and a hint."""
    trail = {
        **answers.document["shoes"]["trail"],
        "distance": 402_000,
        "remaining": 403_000,
        "share": 50,
        "warning": False,
    }
    shoes = {**answers.document["shoes"], "trail": trail}
    shown = await stage.show("shoes", answers.changed(shoes=shoes, rested_shoe="trail"), width=width)
    await shown.get_by_text("Trail grippers").last.click()
    return shown


async def resting(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show a resting runner."""
    today = {**answers.document["today"], "resting": True, "due": {}}
    days = {day: {**done, "resting": day >= "2026-05-06"} for day, done in answers.document["days"].items()}
    return await stage.show("today", answers.changed(today=today, days=days), width=width)


async def looked_at(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show one run."""
    shown = await stage.show("runs", answers, width=width)
    await shown.locator("button.run").first.click()
    dialog = shown.get_by_role("dialog")
    await dialog.get_by_text("Watch file").wait_for()
    await stage.page.evaluate("document.activeElement?.blur()")
    return dialog


async def doubted(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show recordings that may be runs, one with its correction open."""
    latest = [
        {
            "id": "a",
            "start": "2026-05-07T05:10:00+00:00",
            "end": "2026-05-07T05:38:00+00:00",
            "distance": 5120,
            "duration": 1680,
            "doubt": "no_sport",
            "guess": "run",
            "title": "Along the river",
        },
        {
            "id": "b",
            "start": "2026-05-05T16:00:00+00:00",
            "end": "2026-05-05T16:00:00+00:00",
            "doubt": "no_figures",
            "guess": "run",
        },
    ]
    shown = await stage.show("runs", answers.changed(doubtful={"total": 9, "latest": latest}), width=width)
    await shown.locator("summary").last.click()
    await stage.page.evaluate("document.activeElement?.blur()")
    return shown


async def checked(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show the questions of a form check beside the answers of the one before."""
    before = {"day": "2026-03-08", "seen_by": "film", "good": ["posture", "arms", "shin"], "to_work_on": ["hips"]}
    shown = await stage.show("runs", answers.changed(form={"is_due": True, "checks": [before]}), width=width)
    await shown.get_by_role("button", name="Form check").click()
    dialog = shown.get_by_role("dialog")
    await dialog.get_by_text("Last check").wait_for()
    await stage.page.evaluate("document.activeElement?.blur()")
    return dialog


async def logged(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show the log."""
    shown = await stage.show("today", answers, width=width)
    await shown.get_by_role("button", name="Log", exact=True).click()
    dialog = shown.get_by_role("dialog")
    await dialog.wait_for()
    await stage.page.evaluate("document.activeElement?.blur()")
    return dialog


async def barred(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show a routine that was left, as a bar."""
    shown = await stage.show("today", answers_of(showcase(), playing=Habit.STRETCH), width=width)
    leave = shown.get_by_role("button", name="Leave; the routine goes on")
    if await leave.count():
        await leave.click()
    return shown.locator(".bar")


async def finished(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show the screen at the end of a routine."""
    shown = await stage.show("today", answers_of(showcase(), playing=Habit.STRETCH), width=width)
    if width > 600:
        await shown.get_by_role("button", name="Open the routine").click()
    await stage.tell({"routine": {"number": 6}})
    await stage.tell({"routine": {"state": "idle"}, "unrated": "stretch", "today": {"done": ["stretch"], "due": {}}})
    await stage.page.evaluate("document.activeElement?.blur()")
    return shown.get_by_role("dialog")


async def set_up(stage: Stage, answers: Answers, width: int) -> Locator:
    """Show the card of a set-up without anything."""
    missing = {"source": False, "speaker": False, "shoes": False, "goals": False}
    return await stage.show("setup", answers.changed(set_up=missing), width=width)


SCENES: Mapping[str, Scene] = {
    "playing": playing,
    "harder": harder,
    "flagged": flagged,
    "asked": asked,
    "advised": advised,
    "opened": opened,
    "resting": resting,
    "looked-at": looked_at,
    "doubted": doubted,
    "checked": checked,
    "logged": logged,
    "barred": barred,
    "finished": finished,
    "set-up": set_up,
}


@pytest.mark.parametrize("width", [320, 390, 800, 1280, 1920])
@pytest.mark.parametrize("card", [*CARDS, *SCENES])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_card_looks_as_it_did(
    stages: Stages, answers: Answers, scheme: Scheme, card: str, width: int, tmp_path: Path
) -> None:
    stage = await stages(scheme, "looks")
    # The pointer's hover changes the look.
    await stage.page.mouse.move(0, 0)
    if scene := SCENES.get(card):
        shown = await scene(stage, answers, width)
    else:
        shown = await stage.show(card, answers, width=width, config={"weeks": "26"})
    await stage.settled()
    seen = Image.open(io.BytesIO(await shown.screenshot(animations="disabled")))
    path = LOOKS / f"{card}-{width}-{scheme}.png"
    if os.environ.get("UPDATE_LOOKS"):
        path.parent.mkdir(exist_ok=True)
        seen.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    with Image.open(path) as kept:
        share = differing(seen, kept)
    if share > MOST_PER_CENT:
        seen.save(tmp_path / path.name)
    assert share <= MOST_PER_CENT, f"{share:.2f} % differ: compare {tmp_path / path.name} with {path}"
