"""Pictures of the demo for README and docs, always of the current cards."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.async_api import Page

from tests.rig import Browser, Home, free_port

from .dashboard import URL_PATH, make_dashboard
from .history import write_history, write_recording
from .house import House, Place, open_house
from .household import set_up
from .moving_picture import take_moving_picture

TABLET = (1280, 1000)
# High enough to need no scrolling, without a header over a card.
PHONE = (400, 4600)
SCREEN = 845
# The phone's pictures in light, and in dark.
ON_A_PHONE: dict[Literal["light", "dark"], tuple[str, ...]] = {
    "light": ("today", "shoes", "runs"),
    "dark": ("routine", "back"),
}
# The greeting and the first lead-in of a routine are over by then.
INTO_A_HOLD = 22_000
# Seconds until the recorder has the runs' statistics.
STATISTICS_AFTER = 20


async def take_pictures(folder: Path) -> None:
    """Run the demo on a state of its own, deliver a run, and photograph the dashboard, each card, and an evening."""
    with TemporaryDirectory() as state:
        place = Place(Path(state) / "demo")
        async with open_house(place, free_port()) as house:
            write_history(place.recordings, datetime.now(UTC))
            runner, _player = await set_up(house, place)
            await make_dashboard(house.home)
            write_recording(place.recordings / "today.fit", datetime.now(UTC))
            await house.voice.wait_for_line("foam roll")
            await asyncio.sleep(STATISTICS_AFTER)
            for scheme in ON_A_PHONE:
                await _photograph(house, runner, folder, scheme)
            await _photograph_statistics(house.home, folder)
        evening = Place(Path(state) / "evening")
        async with open_house(evening, free_port()) as house:
            write_history(evening.recordings, datetime.now(UTC))
            runner, _player = await set_up(house, evening)
            await make_dashboard(house.home)
            await take_moving_picture(house, runner, evening, folder / "evening.gif")


async def _photograph(house: House, runner: str, folder: Path, scheme: Literal["light", "dark"]) -> None:
    """Take the pictures in light or in dark."""
    home = house.home
    async with Browser(home, width=TABLET[0], height=TABLET[1], scheme=scheme, calm=True) as browser:
        page = await _open(browser)
        await browser.screenshot(page, folder / f"dashboard-{scheme}.png")
    async with Browser(home, width=PHONE[0], height=PHONE[1], scheme=scheme, calm=True) as browser:
        page = await _open(browser)
        for card in (each for each in ON_A_PHONE[scheme] if each != "routine"):
            shown = page.locator(f"home-gym-{card} >> visible=true").first
            await shown.screenshot(path=folder / f"card-{card}.png")
        if "routine" in ON_A_PHONE[scheme]:
            # The routine takes the screen of the phone.
            await page.set_viewport_size({"width": PHONE[0], "height": SCREEN})
            await _play(home, runner, page)
            await browser.screenshot(page, folder / "card-routine.png")


async def _photograph_statistics(home: Home, folder: Path) -> None:
    """Take a picture of Home Assistant's own chart of our statistics, which replaces our dashboard."""
    known = await home.api.command("recorder/list_statistic_ids")
    ours = [one["statistic_id"] for one in known if one["source"] == "home_gym"]
    chart = {"type": "statistics-graph", "title": "Distance by week", "chart_type": "bar", "period": "week"}
    card = {**chart, "days_to_show": 120, "stat_types": ["change"], "entities": ours}
    config = {"views": [{"title": "Statistics", "cards": [card]}]}
    await home.api.command("lovelace/config/save", url_path=URL_PATH, config=config)
    async with Browser(home, width=500, calm=True) as browser:
        page = await browser.open(f"/{URL_PATH}")
        await page.wait_for_timeout(3000)
        await page.locator("hui-statistics-graph-card").screenshot(path=folder / "statistics-graph.png")


async def _open(browser: Browser) -> Page:
    """Open the dashboard and wait until it is complete."""
    page = await browser.open(f"/{URL_PATH}")
    await page.locator("home-gym-back .chart >> visible=true").first.wait_for()
    await page.wait_for_timeout(1500)
    return page


async def _play(home: Home, runner: str, page: Page) -> None:
    """Start the stretch, and wait until the first exercise is held."""
    await home.act("home_gym.start_routine", {"config_entry_id": runner, "habit": "stretch"})
    await page.wait_for_timeout(INTO_A_HOLD)
