"""An evening of a beginner on a treadmill: runs and walks in turns."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rig import Speaker, Voice, wait_for

from .evenings import AWAKE, MINUTE, PROMPTS, RUN, SILENCE, WALK, asked, draw, later, treadmill_of
from .story import Story, begun


@pytest.fixture(scope="module")
async def story(folder: Path, voice: Voice, speaker: Speaker) -> AsyncIterator[Story]:
    """Return the evenings of a runner with prompts to warm up, to cool down and to roll."""
    async with begun(folder, voice, speaker, prompts=PROMPTS) as story:
        yield story


async def test_walks_between_runs_of_a_beginner_are_no_cool_down(story: Story, voice: Voice) -> None:
    await story.go_to(0)
    voice.spoken.clear()
    plug = await treadmill_of(story)
    await plug.replay([AWAKE] * 3)
    await wait_for(lambda: asked(voice, "warm"), "the warm-up")
    await draw(story, plug, WALK, 5 * MINUTE)
    for _ in range(4):
        await draw(story, plug, RUN, 2 * MINUTE)
        assert len(voice.lines) == 1
        await draw(story, plug, WALK, 2 * MINUTE)
        assert len(voice.lines) == 1
    await later(story, 3 * MINUTE)
    await wait_for(lambda: len(voice.lines) > 1, "the cool-down")
    await asyncio.sleep(SILENCE)
    assert [len(asked(voice, habit)) for habit in ("warm", "cool", "roller")] == [1, 1, 0]


async def test_nothing_failed(story: Story) -> None:
    wrong = [line for line in story.home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
