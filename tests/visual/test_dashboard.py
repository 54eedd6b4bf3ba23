"""The generated dashboard in a real home: its columns are filled, and nothing is cut off or broken inside letters."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path

from playwright.async_api import Page, expect
import pytest

from tests.rig import Browser, Flow, Home, wait_for

URL = "gym-strategy"
LEAST_FILLED = 0.85

# The cards on the page that are drawn: left, top, right and bottom of each.
BOXES = """() => {
    const boxes = [];
    const look = root => {
        for (const one of root.querySelectorAll('*')) {
            const isOurs = one.localName.startsWith('home-gym-') && one.shadowRoot?.querySelector('ha-card');
            if (isOurs || one.localName === 'hui-tile-card') {
                const {left, top, right, bottom} = one.getBoundingClientRect();
                if (right > left && bottom > top) boxes.push([left, top, right, bottom]);
            } else if (one.shadowRoot) look(one.shadowRoot);
        }
    };
    look(document);
    return boxes;
}"""


def filled(boxes: list[list[float]]) -> float:
    """Return the share of the rectangle around all cards that they cover."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return sum((box[2] - box[0]) * (box[3] - box[1]) for box in boxes) / ((right - left) * (bottom - top))


@pytest.fixture(scope="module")
async def path(home: Home) -> str:
    """Return a generated dashboard of a runner with two months of runs, shoes and reports."""
    runner = await Flow.new_runner(home.api, "Robin")
    now = datetime.now(UTC).replace(microsecond=0)
    for days in range(1, 60, 2):
        run = {
            "start": (now - timedelta(days=days)).isoformat(),
            "duration": 2400 + 10 * days,
            "distance": 7 + days % 5,
        }
        await home.act("home_gym.log_run", {"config_entry_id": runner, "unit_of_measurement": "km", **run})
        if days % 6 == 1:
            when = {"config_entry_id": runner, "time": run["start"], "score": days % 4}
            await home.act("home_gym.log_pain", when)
    for name in ("Daily trainers", "Light racers"):
        shoe = await Flow.subentry(home.api, runner, "shoe")
        await shoe.finish(name=name, first_used=f"{now - timedelta(days=90):%Y-%m-%d}")
    fields = {"mode": "storage", "show_in_sidebar": False, "require_admin": False}
    await home.api.command("lovelace/dashboards/create", url_path=URL, title="Gym", **fields)
    await home.api.command("lovelace/config/save", url_path=URL, config={"strategy": {"type": "custom:home-gym"}})
    # As after the set-up, whose card is there only until it is done.
    hidden = {"hidden": {runner: ["source", "speaker", "goals"]}}
    await home.api.command("frontend/set_user_data", key="home_gym", value=hidden)
    return f"/{URL}/{runner.lower()}"


@pytest.fixture(scope="module")
async def page(home: Home, path: str) -> AsyncIterator[Page]:
    """Return the dashboard in a tab, beside a collapsed sidebar."""
    async with Browser(home, calm=True) as browser:
        await browser.context.add_init_script("localStorage.setItem('dockedSidebar', '\"auto\"')")
        yield await browser.open(path)


async def shown(page: Page, width: int) -> list[list[float]]:
    """Show the dashboard at a width, and return its cards once they stay as they are."""
    await page.set_viewport_size({"width": width, "height": 1400})
    seen: list[list[list[float]]] = []

    async def is_calm() -> bool:
        seen.append(await page.evaluate(BOXES))
        return len(seen) > 4 and len(seen[-1]) > 5 and seen[-1] == seen[-4]

    await wait_for(is_calm, "the dashboard")
    return seen[-1]


@pytest.mark.parametrize(("width", "columns"), [(800, 2), (1280, 3), (1920, 4)])
async def test_columns_are_filled(page: Page, width: int, columns: int) -> None:
    boxes = await shown(page, width)
    if folder := os.environ.get("GYM_SCREENS"):
        await page.screenshot(path=Path(folder) / f"dashboard-{width}.png", full_page=True)
    assert len({round(box[0]) for box in boxes}) == columns
    assert filled(boxes) >= LEAST_FILLED, sorted(boxes)


@pytest.mark.parametrize("width", [270, 320, 390])
async def test_phone_has_one_column_without_scrolling_sideways(page: Page, width: int) -> None:
    boxes = await shown(page, width)
    if folder := os.environ.get("GYM_SCREENS"):
        await page.screenshot(path=Path(folder) / f"dashboard-{width}.png", full_page=True)
    assert len({round(box[0]) for box in boxes}) == 1
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert all(box[0] >= 0 and box[2] <= width + 1 for box in boxes)


async def test_cards_of_other_arrangements_ask_for_nothing(home: Home, path: str) -> None:
    sent: list[str] = []
    async with Browser(home, calm=True) as browser:
        browser.context.on(
            "page",
            lambda page: page.on(
                "websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame)))
            ),
        )
        page = await browser.open(path)
        await expect(page.locator("home-gym-runs button.run >> visible=true").first).to_be_visible()
        await shown(page, 1280)
    for command in ("subscribe", "runs", "back", "trends"):
        assert sum(f'"home_gym/{command}"' in frame for frame in sent) == 1, command


async def test_emergency_is_one_banner_and_the_rest_is_gone(home: Home, page: Page, path: str) -> None:
    runner = path.rsplit("/", 1)[-1].upper()
    await home.act("home_gym.log_pain", {"config_entry_id": runner, "score": 4, "red_flags": ["numbness"]})
    try:
        for width in (1280, 390):
            await page.set_viewport_size({"width": width, "height": 1400})
            banner = page.get_by_role("alert")
            await expect(banner).to_have_count(1)
            await expect(banner).to_contain_text("Get help now")
            for gone in (".day", ".due", ".week", ".streaks", ".offers"):
                await expect(page.locator(f"{gone} >> visible=true")).to_have_count(0)
            await expect(page.locator("home-gym-runs ha-card >> visible=true")).to_have_count(1)
            await expect(
                page.get_by_role("link", name="Call").or_(page.get_by_text("emergency number"))
            ).to_be_visible()
            if folder := os.environ.get("GYM_SCREENS"):
                await page.screenshot(path=Path(folder) / f"emergency-{width}.png", full_page=True)
    finally:
        await home.act("home_gym.withdraw_pain_report", {"config_entry_id": runner})
