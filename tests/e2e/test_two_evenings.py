"""Two evenings with the coach: a belt that pauses, and a workout in three files."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import run_recording
from tests.rig import Speaker, Voice, wait_for

from .evenings import AWAKE, MINUTE, PROMPTS, RUN, SILENCE, asked, draw, later, treadmill_of
from .story import Story, begun


@pytest.fixture(scope="module")
async def story(folder: Path, voice: Voice, speaker: Speaker) -> AsyncIterator[Story]:
    """Return the evenings of a runner with prompts to warm up, to cool down and to roll."""
    async with begun(folder, voice, speaker, prompts=PROMPTS) as story:
        yield story


async def test_belt_that_pauses_is_one_outing_with_one_cool_down(story: Story, voice: Voice) -> None:
    await story.go_to(0)
    voice.spoken.clear()
    plug = await treadmill_of(story)
    await plug.replay([AWAKE] * 3)
    await wait_for(lambda: asked(voice, "warm"), "the warm-up")
    for _ in range(2):
        await draw(story, plug, RUN, 7 * MINUTE)
        # A drink.
        await draw(story, plug, AWAKE, MINUTE)
        assert len(voice.lines) == 1
    await later(story, 4 * MINUTE)
    await wait_for(lambda: len(voice.lines) > 1, "the cool-down")
    await asyncio.sleep(SILENCE)
    assert [len(asked(voice, habit)) for habit in ("warm", "cool", "roller")] == [1, 1, 0]
    assert len(voice.lines) == 2
    await plug.replay([0] * 4)


async def test_workout_in_three_files_asks_once_after_not_today(story: Story, voice: Voice) -> None:
    await story.go_to(1)
    voice.spoken.clear()
    for minutes, start, metres in ((15, 80, 2500.0), (20, 60, 4000.0), (12, 30, 2000.0)):
        began = story.now.replace(microsecond=0) - start * MINUTE
        (story.alex.folder / f"{metres:.0f}.fit").write_bytes(run_recording(began, metres, minutes * 60))
        await story.alex.wait_for_run(metres)
    await wait_for(lambda: voice.lines, "a question after the outing")
    [line] = voice.lines
    await story.alex.decline("foam_roll")
    for _ in range(2):
        await later(story, 10 * MINUTE)
        await asyncio.sleep(SILENCE / 2)
    assert voice.lines == [line]


async def test_nothing_failed(story: Story) -> None:
    wrong = [line for line in story.home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
