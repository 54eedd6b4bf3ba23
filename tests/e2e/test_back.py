"""Three weeks and an evening of back pain, in real Home Assistant with its clock moved.

The advice comes and goes on the days in the rules; beside a red flag the coach is silent, through runs and restarts,
until it is acknowledged.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from pathlib import Path
import time as stopwatch

import aiohttp
import pytest

from tests.rig import RigError, Speaker, Voice, wait_for
from tests.rig.speaker import RATE

from .story import A_DAY, Story, begun

# A fresh run's prompts come within seconds; a longer time without one is silence.
SILENCE = 12
MONDAY, TUESDAY, THURSDAY, SATURDAY = 0, 1, 3, 5


@pytest.fixture(scope="module")
async def story(folder: Path, voice: Voice, speaker: Speaker) -> AsyncIterator[Story]:
    """Return a runner on the first Monday evening, set up today, since a folder's setup separates history from news."""
    async with begun(folder, voice, speaker) as story:
        await story.go_to(MONDAY)
        yield story


async def test_first_week_of_pain_brings_no_advice(story: Story, voice: Voice) -> None:
    """Monday evening's pain at once; Wednesday's and Friday's are reported on Saturday. The fresh run is prompted."""
    await story.run_now(8000)
    await story.hurts(3, area="lower_back", when="after_run")
    await voice.wait_for_line("foam roll")

    await story.go_to(SATURDAY)
    await story.run_on(3, 6000)
    await story.hurts(4, day=2)
    await story.hurts(3, day=4, side="left", note="the long hill")

    assert (await story.advice(), await story.issues()) == (None, [])


async def test_two_days_of_the_second_week_are_not_enough(story: Story) -> None:
    """Monday's by action, Tuesday's by the number entity."""
    await story.go_to(7 + TUESDAY)
    await story.hurts(3, day=7 + MONDAY)
    number = await story.home.entity_id("number", f"{story.alex.entry_id}_back_pain")
    await story.home.act("number.set_value", {"value": 3}, entity_id=number)

    assert (await story.home.state(number))["state"] == "3.0"
    assert (await story.advice(), await story.issues()) == (None, [])


async def test_third_day_of_second_week_brings_advice(story: Story) -> None:
    await story.go_to(7 + THURSDAY)
    await story.run_on(7 + 2, 9000)
    assert (await story.advice(), await story.issues()) == (None, [])

    assert "professional" in await story.say("My back hurts, three out of ten")
    assert await story.advice() == "persistent"
    assert await story.issues() == [("see_professional", "warning")]


async def test_read_repair_hides_notice_only(story: Story) -> None:
    await story.acknowledge()

    assert (await story.advice(), await story.issues()) == ("persistent", [])


async def test_red_flag_silences_coach_at_once(story: Story, voice: Voice) -> None:
    await story.start_on(14 + MONDAY)
    await story.hurts(2, red_flags=["fever"])
    assert await story.advice() == "red_flag"
    assert await story.issues() == [("urgent_advice", "critical")]
    before = list(voice.lines)

    await story.run_now(5000)

    await asyncio.sleep(SILENCE)
    assert voice.lines == before
    assert await story.prompts() == [("foam_roll", "held", "red_flag"), ("stretch", "held", "red_flag")]
    with pytest.raises(RigError, match="start_routine"):
        await story.act("start_routine", habit="core")


async def test_coach_stays_silent_after_power_cut(story: Story, voice: Voice) -> None:
    before = list(voice.lines)

    await story.home.kill()
    await story.home.start(ahead=story.ahead)

    await asyncio.sleep(SILENCE)
    assert voice.lines == before
    assert await story.advice() == "red_flag"
    assert await story.issues() == [("urgent_advice", "critical")]
    assert {prompt[1:] for prompt in await story.prompts()} == {("held", "red_flag")}


async def test_coach_speaks_again_after_clearance(story: Story, voice: Voice, speaker: Speaker) -> None:
    """The foam roll waits for the fourth week of the return; the stretch comes at once."""
    before, cleared = len(voice.lines), stopwatch.time()

    await story.clear()

    assert (await story.advice(), await story.issues()) == ("persistent", [("see_professional", "warning")])
    await wait_for(lambda: len(voice.lines) > before, "the coach to ask")
    assert "stretch" in voice.lines[before].casefold()
    await speaker.wait_for_sound(after=cleared, seconds=1)


async def test_report_and_page_for_professional(story: Story) -> None:
    """Eight weeks, three of them with reports; the page needs no login."""
    report = await story.home.ask("home_gym.get_back_report", {"config_entry_id": story.alex.entry_id})

    weeks = report["weeks"]
    assert [week["first"] for week in weeks] == [
        (story.first + (14 - 7 * ago) * A_DAY).isoformat() for ago in reversed(range(8))
    ]
    told = [(week["runs"], week["distance"], week["pain_days"], week["pain_worst"]) for week in weeks[-3:]]
    assert told == [(2, 8000 + 6000, 3, 4), (1, 9000, 3, 3), (1, 5000, 1, 2)]
    assert sum(story.run) == 28_000
    async with aiohttp.ClientSession() as nobody:
        async with nobody.get(story.home.url + report["page"]) as answer:
            assert answer.status == 200
            assert "Back report: Alex" in await answer.text()
        async with nobody.get(story.home.url + report["page"].partition("?")[0]) as answer:
            assert answer.status == 401


def beats_a_minute(samples: Sequence[int]) -> list[float]:
    """Return the tempo between each audible click and the next, by loudness after silence."""
    loud = max(map(abs, samples)) / 3
    clicks: list[int] = []
    for at, sample in enumerate(samples):
        if abs(sample) > loud and (not clicks or at - clicks[-1] > RATE / 10):
            clicks.append(at)
    return [60 * RATE / (later - earlier) for earlier, later in pairwise(clicks)]


async def test_a_cadence_is_heard(story: Story, speaker: Speaker) -> None:
    # The coach's line may still sound.
    await speaker.wait_for_silence()
    asked = stopwatch.time()
    with speaker.recording() as heard:
        await story.act("play_cadence", cadence=173, duration={"seconds": 20})
        sound = await speaker.wait_for_sound(after=asked, seconds=18)

    assert sound.peak > 3000
    beats = beats_a_minute(heard)
    # 18 seconds were played; a busy player may stumble and leave clicks out.
    assert len(beats) >= 0.8 * 173 * 18 / 60
    assert len([beat for beat in beats if abs(beat - 173) <= 0.5]) >= 0.8 * len(beats)


async def test_two_weeks_without_pain_end_the_advice(story: Story) -> None:
    """Severe pain on a Monday, three times no, and six reports without pain in the two weeks after."""
    await story.hurts(8)
    for _ in range(3):
        await story.act("answer_triage", answer="no")
    assert await story.advice() == "severe"
    assert await story.issues() == [("see_professional", "warning")]

    for day in (3, 6, 9, 11, 13):
        await story.go_to(14 + MONDAY + day)
        await story.hurts(0)
    assert await story.advice() == "severe"

    await story.start_on(14 + MONDAY + 14)
    await story.hurts(0)
    assert (await story.advice(), await story.issues()) == (None, [])


async def test_pain_was_never_spoken(story: Story, voice: Voice) -> None:
    said = " ".join(voice.lines).casefold()
    assert "foam roll" in said
    assert [word for word in ("pain", "hurt", "fever", "doctor", "professional", "warning") if word in said] == []
    assert [line for line in story.home.log.splitlines() if "ERROR" in line and "home_gym" in line] == []
