"""Outings from plug and files to lines: a workout in three files, a belt that pauses, and a couch-to-5k."""

from datetime import timedelta

import pytest

from custom_components.home_gym.gym.runs.activity import Activity
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.support.integration import coach
from tests.support.integration.coach import Lines, runner, speaker
from tests.support.integration.runner_entry import SetUp
from tests.support.integration.treadmill_home import AWAKE, RUNS, WALKS, Plug, treadmill
from tests.support.unit.make import activity

pytestmark = pytest.mark.usefixtures("clock")
lines = coach.lines

TOPICS = {
    "Leg swings": "warm-up",
    "eg swings": "warm-up",
    "ool down": "cool-down",
    "alk for five": "cool-down",
    "roller": "roll",
}


def topics(lines: Lines) -> list[str]:
    """Return the topics of all lines, by their words."""
    return [
        next((topic for words, topic in TOPICS.items() if words in line), line.partition(": ")[2])
        for line in lines.heard
    ]


async def test_workout_of_three_files_brings_two_questions(
    hass: HomeAssistant, set_up: SetUp, plug: Plug, lines: Lines
) -> None:
    """A jog, a race and a jog within 45 minutes; each file arrives half a minute after its end."""
    entry = runner(speaker())
    coordinator = await set_up(entry)
    for minutes, pause in ((12, 2), (18, 3), (10, 0)):
        start = dt_util.utcnow()
        await plug.wait(minutes * 60 + 30)
        part: Activity = activity(start, minutes=minutes, km=minutes / 6, origin_id=start.isoformat())
        await coordinator.async_deliver([part], live=True)
        await hass.async_block_till_done(wait_background_tasks=True)
        for _ in range(pause * 4):
            await plug.wait(15)
    for _ in range(60):
        await plug.wait(60)
    assert topics(lines) == ["cool-down", "roll"]


async def test_belt_that_pauses_brings_one_cool_down(
    hass: HomeAssistant, set_up: SetUp, plug: Plug, lines: Lines
) -> None:
    """Four times five minutes with pauses of two in which the belt stands still: four sessions, one outing."""
    coordinator = await set_up(runner(speaker()))
    await set_up(treadmill())
    await plug.draw(AWAKE, 10, every=5)
    for _ in range(4):
        await plug.draw(RUNS, 300, every=10)
        assert "cool-down" not in topics(lines)
        await plug.draw(AWAKE, 120, every=10)
    assert topics(lines) == ["warm-up"]
    await plug.draw(AWAKE, 40 * 60, every=20)
    assert len(coordinator.runner.runs.all()) == 4
    assert topics(lines) == ["warm-up", "cool-down", "roll"]


async def test_couch_to_5k_is_cooled_down_after_its_last_run(
    hass: HomeAssistant, set_up: SetUp, plug: Plug, lines: Lines
) -> None:
    """Five minutes of walking, eight times a minute of running and a minute and a half of walking, and a walk."""
    await set_up(runner(speaker()))
    await set_up(treadmill())
    await plug.draw(AWAKE, 10, every=5)
    await plug.draw(WALKS, 300, every=10)
    for _ in range(8):
        await plug.draw(RUNS, 60, every=10)
        await plug.draw(WALKS, 90, every=10)
        assert topics(lines) == ["warm-up"]
    await plug.draw(WALKS, 160, every=10)
    assert topics(lines) == ["warm-up", "cool-down"]
    await plug.draw(AWAKE, 20 * 60, every=20)
    assert topics(lines).count("cool-down") == 1
    assert len(lines.heard) <= 3


async def test_short_break_of_a_restart_keeps_the_usual_pause(
    hass: HomeAssistant, set_up: SetUp, plug: Plug, lines: Lines
) -> None:
    """The instants of slowing down and of running on are facts."""
    entry = runner(speaker())
    coordinator = await set_up(entry)
    await set_up(treadmill())
    await plug.draw(RUNS, 660, every=10)
    await plug.draw(WALKS, 120, every=10)
    await plug.draw(RUNS, 120, every=10)
    [slowed] = [trigger for trigger in coordinator.runner.journal.triggers.values() if trigger.resumed]
    assert slowed.resumed
    assert slowed.resumed - slowed.at == pytest.approx(timedelta(seconds=120), abs=timedelta(seconds=20))
