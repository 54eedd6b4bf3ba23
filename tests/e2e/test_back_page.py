"""The page for a professional: eight full weeks on one side of A4, in every language, and readable on a phone."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
import re
from typing import Any

import aiohttp
from playwright.async_api import ViewportSize
import pytest

from tests.rig import Browser, Flow, Home

type Json = dict[str, Any]

LANGUAGES = ["en", "de", "fr", "nl", "es"]
WEEKS, PAIRS = 10, 8
A_DAY = timedelta(days=1)
RED_FLAGS = ["numbness", "bladder_or_bowel", "leg_weakness", "fever", "after_fall", "night_pain"]
# The longest note of a report, in the widest letters.
NOTE = ("When we went down the long hill behind the mill at the end of the week, WWW " * 8)[:500]
# 210 by 297 mm without margins of 12, at 96 dots an inch.
INSIDE_OF_A4 = ViewportSize(width=int(186 / 25.4 * 96), height=int(273 / 25.4 * 96))
A_PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
async def runner(home: Home) -> str:
    """Return the entry of a runner with back pain after each day without core work."""
    entry_id = str((await home.add("home_gym", name="Alexandra Maximiliane"))["entry_id"])
    # Up to yesterday, since at midnight today's first minutes are in the future.
    first = datetime.now(UTC).date() - (WEEKS * 7 + 1) * A_DAY
    for number in range(PAIRS):
        shoe = await Flow.subentry(home.api, entry_id, "shoe")
        await shoe.finish(name=name_of(number), first_used=first.isoformat(), initial_distance=200)

    chance, before = Random(6), False
    for number in range(WEEKS * 7 + 1):
        day = datetime.combine(first + number * A_DAY, time(0, 5), UTC)
        await act(home, entry_id, "log_pain", score=2 if before else 6, time=day.isoformat(), **details(number))
        before = chance.random() < 0.5
        if before:
            await act(home, entry_id, "log_session", habit="core", end=day.isoformat())
        if number % 2:
            start = (day - timedelta(hours=12)).isoformat()
            run = {"start": start, "duration": {"minutes": 70}, "distance": 12.5}
            await act(
                home,
                entry_id,
                "log_run",
                shoe=f"Pair number {number // 2 % PAIRS} with a name that is rather long",
                **run,
            )
    await act(home, entry_id, "log_pain", score=9, **details(0))
    return entry_id


def name_of(number: int) -> str:
    """Return the name of a pair."""
    return f"Pair number {number} with a name that is rather long"


def details(number: int) -> Json:
    """Return all details of a pain report."""
    return {"area": "sacroiliac_joint", "side": "both", "when": "during_run", "note": f"{number}: {NOTE}"[:500]}


async def act(home: Home, entry_id: str, action: str, **data: Any) -> None:
    """Perform an action for the runner."""
    await home.act(f"home_gym.{action}", {"config_entry_id": entry_id, **data})


async def report(home: Home, runner: str, weeks: int = 8) -> Json:
    """Return the report for a professional about some weeks."""
    return await home.ask("home_gym.get_back_report", {"config_entry_id": runner, "weeks": weeks})


def sides(pdf: bytes) -> int:
    """Return the number of pages of a document."""
    return len(A_PAGE.findall(pdf))


async def test_the_report_is_full(home: Home, runner: str) -> None:
    told = await report(home, runner)

    assert len(told["weeks"]) == 8
    # The current week may have just begun.
    assert len(told["reports"]) > 7 * 7
    assert told["pain"]["advice"] == "severe"
    assert [pattern["factor"] for pattern in told["patterns"]["found"]] == ["core"]


async def test_a_counter_of_sides_that_can_count(home: Home, browser: Browser, runner: str) -> None:
    page = await browser.open_page((await report(home, runner))["page"])
    once = sides(await page.pdf(format="A4", prefer_css_page_size=True))
    await page.evaluate("document.body.append(document.body.cloneNode(true))")

    assert sides(await page.pdf(format="A4", prefer_css_page_size=True)) == 2 * once


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_side_of_a4(home: Home, browser: Browser, runner: str, folder: Path, language: str) -> None:
    """Severe pain with all details, and then every red flag there is."""
    await home.speak(language)
    await fits(home, browser, runner, folder / "pages" / f"{language}.png")

    await act(home, runner, "log_pain", score=6.5, red_flags=RED_FLAGS, **details(0))
    assert (await report(home, runner))["pain"]["advice"] == "red_flag"
    await fits(home, browser, runner, folder / "pages" / f"{language}_urgent.png")
    await act(home, runner, "clear_back")
    assert (await report(home, runner))["pain"]["advice"] != "red_flag"


async def fits(home: Home, browser: Browser, runner: str, picture: Path, weeks: int = 8) -> None:
    """Check the page of a runner, on the screen and on paper."""
    address = (await report(home, runner, weeks))["page"]
    async with aiohttp.ClientSession() as nobody, nobody.get(home.url + address) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")

    page = await browser.open_page(address)

    assert await page.locator("html").get_attribute("lang") == home.language
    assert await page.locator("tbody tr").count() == (8 if weeks == 8 else 13)
    assert sides(await page.pdf(format="A4", prefer_css_page_size=True)) == 1
    # A browser shrinks wide content until it is unreadable.
    await page.emulate_media(media="print")
    await page.set_viewport_size(INSIDE_OF_A4)
    assert await page.evaluate("document.documentElement.scrollWidth") <= INSIDE_OF_A4["width"]
    # Another machine's letters may be a little larger.
    assert await page.evaluate("document.body.scrollHeight") <= 0.97 * INSIDE_OF_A4["height"]
    await browser.screenshot(page, picture)


@pytest.mark.parametrize("weeks", [26, 52])
async def test_longer_report_fits_on_one_side_too(
    home: Home, browser: Browser, runner: str, folder: Path, weeks: int
) -> None:
    await fits(home, browser, runner, folder / "pages" / f"{weeks}_weeks.png", weeks)


async def test_print_opens_the_window_to_print(home: Home, browser: Browser, runner: str) -> None:
    page = await browser.open_page((await report(home, runner))["page"])
    await page.evaluate("window.printed = 0; window.print = () => { window.printed += 1 }; 0")
    await page.locator("button").click()
    assert await page.evaluate("window.printed") == 1


@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_nothing_sticks_out_of_a_window(
    home: Home, browser: Browser, runner: str, folder: Path, width: int
) -> None:
    page = await browser.open_page((await report(home, runner))["page"], width=width)

    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await browser.screenshot(page, folder / "pages" / f"{width}.png")


async def test_nothing_failed(home: Home, runner: str) -> None:
    assert [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line] == []
