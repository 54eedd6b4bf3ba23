"""Three evenings with a sore back, by voice: nine of ten in core work, five mornings, and a warning sign."""

import asyncio
from collections.abc import AsyncIterator
from datetime import time
from pathlib import Path

import aiohttp
import pytest

from tests.rig import Flow, RigError, Speaker, Voice, wait_for

from .story import Story, begun

MORNING = time(9, 5)
# A fresh run's prompts come within seconds; a longer time without one is silence.
SILENCE = 12
COUNTRY, EMERGENCY_NUMBER = "DE", "112"


@pytest.fixture(scope="module")
async def story(folder: Path, voice: Voice, speaker: Speaker) -> AsyncIterator[Story]:
    """Return a runner in Germany on a Monday evening."""
    async with begun(folder, voice, speaker) as story:
        await story.home.api.command("config/core/update", country=COUNTRY)
        options = await Flow.options(story.home.api, story.alex.entry_id)
        await (await options.choose("settings")).finish(check_in={"ask": "automatic", "check_in_time": "09:00:00"})
        await story.go_to(0)
        yield story


async def routine(story: Story) -> str:
    """Return the entity of the routine."""
    return await story.home.entity_id("sensor", f"{story.alex.entry_id}_routine")


async def test_nine_of_ten_in_core_work_pauses_it_and_asks(story: Story) -> None:
    await story.act("start_routine", habit="core")
    await story.home.wait_for_state(await routine(story), "running")

    answer = await story.say("Stop, my back hurts, nine out of ten")

    assert "?" in answer
    await story.home.wait_for_state(await routine(story), "paused")
    for _ in range(3):
        answer = await story.say("No")
    assert "doctor" in answer.casefold() or "professional" in answer.casefold()
    assert await story.back() == "doctor"
    with pytest.raises(RigError, match="start_routine"):
        await story.act("start_routine", habit="core")
    await story.act("stop_routine")


async def test_coach_checks_in_on_five_mornings(story: Story, voice: Voice) -> None:
    """Severe on Monday: asked every morning until it is better; the fifth answer is, so the sixth morning is quiet."""
    for day, score in enumerate((8, 7, 7, 5, 2), start=1):
        await wake_on(story, day)

        async def is_asked() -> bool:
            return await check_ins(story) == ["spoken"]

        await wait_for(is_asked, f"the check-in of day {day}", every=0.5)
        assert f"Noted: {score} out of ten" in await story.say(f"My back hurts, {score} out of ten")
    await wake_on(story, 6)
    await asyncio.sleep(SILENCE)
    assert await check_ins(story) == []
    # Home Assistant keeps the sound of a line that comes again.
    asked = [line for line in voice.lines if "to 10" in line]
    assert all("how" in line.casefold() and "back" in line.casefold() for line in asked)
    assert asked


async def wake_on(story: Story, day: int) -> None:
    """Set the clock to the morning of a day; since no timer moves with it, a change follows."""
    await story.go_to(day, MORNING)
    await story.act("log_session", habit="stretch")


async def check_ins(story: Story) -> list[str]:
    """Return the states of the last hour's check-ins."""
    return [state for topic, state, _ in await story.prompts() if topic == "check_in"]


async def test_warning_sign_by_voice_silences_coach_and_names_number(story: Story, voice: Voice) -> None:
    await story.go_to(14)
    answer = await story.say("I can't feel it when I wipe, and my back hurts")
    assert EMERGENCY_NUMBER in answer
    assert EMERGENCY_NUMBER in await story.say("Yes")
    assert await story.back() == "emergency"
    assert await story.issues() == [("urgent_advice", "critical")]

    before = len(voice.lines)
    await story.run_now(5000)
    await asyncio.sleep(SILENCE)
    assert voice.lines[before:] == []
    assert {prompt[1:] for prompt in await story.prompts()} == {("held", "red_flag")}


async def test_report_opens_in_an_emergency(story: Story) -> None:
    report = await story.home.ask("home_gym.get_back_report", {"config_entry_id": story.alex.entry_id, "weeks": 26})
    async with aiohttp.ClientSession() as nobody, nobody.get(story.home.url + report["page"]) as answer:
        page = await answer.text()
    assert "A warning sign was reported" in page
    assert "numbness around the groin" in page


async def test_clearance_by_voice_returns_in_four_weeks(story: Story) -> None:
    """No core work in the first week, no roll in the first three, and nothing left out after the fourth."""
    assert "cleared" in await story.say("My doctor cleared me today")
    assert await story.back() == "cleared"

    refused = {}
    for week in range(5):
        await story.go_to(14 + 7 * week + 1)
        await story.hurts(0)
        refused[week] = [habit for habit in ("core", "foam_roll", "stretch") if await is_refused(story, habit)]
    assert refused == {0: ["core", "foam_roll"], 1: ["foam_roll"], 2: ["foam_roll"], 3: [], 4: []}
    assert await story.back() == "none"


async def is_refused(story: Story, habit: str) -> bool:
    """Return whether the coach refuses to guide a habit; else end it at once."""
    try:
        await story.act("start_routine", habit=habit)
    except RigError:
        return True
    await story.act("stop_routine")
    return False


async def test_nothing_failed(story: Story) -> None:
    assert [line for line in story.home.log.splitlines() if "ERROR" in line and "home_gym" in line] == []
