"""No layout shift after the cards are drawn, and no memory leak in a long routine."""

from collections.abc import AsyncIterator
from datetime import timedelta
import json

import pytest

from custom_components.home_gym.gym.exercises.level import Length
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.choice import routine_for
from custom_components.home_gym.gym.routines.player import Player
from custom_components.home_gym.gym.routines.view import routine_view
from custom_components.home_gym.gym.views.patches import document_of
from custom_components.home_gym.languages import PHRASES
from tests.rig import Browser, Home
from tests.visual.showcase import NOW, Stage, answers_of, showcase
from tests.visual.showcase.watch import WATCH, all_seen, dashboard_of_all

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
async def path(home: Home) -> str:
    """Return a dashboard of all cards, with a runner with some runs."""
    return await dashboard_of_all(home)


@pytest.fixture(scope="module")
async def browser(home: Home, path: str) -> AsyncIterator[Browser]:
    """Return a browser that measures timings."""
    async with Browser(home, height=2400) as browser:
        await browser.context.add_init_script(WATCH)
        # A warm cache, as at home: the frontend, and the heights of the cards.
        page = await browser.open(path)
        await all_seen(page)
        await page.close()
        yield browser


async def test_nothing_moves_once_the_cards_are_there(browser: Browser, path: str) -> None:
    moves = []
    for _ in range(3):
        page = await browser.open(path)
        await all_seen(page)
        await page.wait_for_timeout(1500)
        seen = await page.evaluate("window.gymSeen")
        painted = max(seen["cards"].values())
        moves.append(sum(shift["value"] for shift in seen["shifts"] if shift["at"] > painted))
        await page.close()
    assert min(moves) == 0


async def test_ten_minutes_of_a_routine_cost_no_memory(home: Home) -> None:
    """The page's own clock is driven through ten minutes, with all its timers and every step."""
    phrases = json.loads((PHRASES / "en.json").read_text(encoding="utf-8"))
    player = Player(routine_for(Habit.STRETCH, length=Length.FULL))
    async with Browser(home, calm=False) as browser:
        page = await browser.open("/profile/general")
        await page.clock.install(time=NOW)
        stage = await Stage.on(page)
        player.start(NOW)
        await stage.show("routine", answers_of(showcase()).changed(routine=document_of(routine_view(player, phrases))))
        session = await page.context.new_cdp_session(page)

        async def used() -> float:
            """Return the memory held by the page's scripts, in bytes."""
            await session.send("HeapProfiler.collectGarbage")
            usage = await session.send("Runtime.getHeapUsage")
            return float(usage["usedSize"])

        seconds, grown, begun, steps = 0, 0.0, 0.0, set()
        while seconds < 660:
            seconds += 5
            now = NOW + timedelta(seconds=seconds)
            for second in range(5):
                player.tick(now - timedelta(seconds=4 - second))
            if player.step is None:
                player = Player(routine_for(Habit.STRETCH, length=Length.FULL))
                player.start(now)
            steps.add(player.number)
            await stage.tell({"routine": document_of(routine_view(player, phrases))}, wait=False)
            await page.clock.run_for(5000)
            # The first minute fills caches.
            if seconds == 60:
                begun = await used()
        grown = (await used() - begun) / MEGABYTE
    assert len(steps) >= 8
    assert grown <= 5
