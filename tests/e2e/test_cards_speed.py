"""How fast the cards are there, that nothing moves after that, and that a long routine costs no memory."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
import json

from playwright.async_api import Page
import pytest

from custom_components.home_gym.gym.document import document_of
from custom_components.home_gym.gym.habit import Habit
from custom_components.home_gym.gym.player import Player
from custom_components.home_gym.gym.routine import Length, routine_for
from custom_components.home_gym.gym.routine_view import routine_view
from custom_components.home_gym.languages import PHRASES
from tests.rig import Browser, Home, wait_for
from tests.showcase import CARDS, NOW, Stage, answers_of, showcase

URL = "gym-speed"
MEGABYTE = 1024 * 1024
# Looks, at each frame, what is there by now: the header of a dashboard, and what is in our cards.
WATCH = """
window.gymSeen = {cards: {}, shifts: []};
new PerformanceObserver(list => {
    for (const one of list.getEntries()) window.gymSeen.shifts.push({at: one.startTime, value: one.value});
}).observe({type: 'layout-shift', buffered: true});
const inside = (root, ...names) => names.reduce((at, name) => (at?.shadowRoot ?? at)?.querySelector(name), root);
const look = () => {
    const panel = inside(document, 'home-assistant', 'home-assistant-main', 'ha-panel-lovelace');
    const root = inside(panel, 'hui-root');
    const sections = inside(root, 'hui-sections-view');
    const seen = window.gymSeen;
    if (root?.shadowRoot?.querySelector('.header')) seen.shell ??= performance.now();
    for (const section of sections?.shadowRoot?.querySelectorAll('hui-section') ?? []) {
        for (const card of inside(section, 'hui-grid-section')?.shadowRoot?.querySelectorAll('hui-card') ?? []) {
            const ours = card.firstElementChild;
            if (ours?.shadowRoot?.querySelector('.content')) seen.cards[ours.localName] ??= performance.now();
        }
    }
    requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@pytest.fixture(scope="module")
async def path(home: Home) -> str:
    """Return a dashboard of all cards, of a runner with some runs."""
    runner = str((await home.add("home_gym", name="Alex"))["entry_id"])
    now = datetime.now(UTC).replace(microsecond=0)
    for days in range(1, 9):
        run = {"start": (now - timedelta(days=days)).isoformat(), "duration": 2400, "distance": 8}
        await home.act("home_gym.log_run", {"config_entry_id": runner, "unit_of_measurement": "km", **run})
    fields = {"mode": "storage", "show_in_sidebar": False, "require_admin": False}
    await home.api.command("lovelace/dashboards/create", url_path=URL, title="Cards", **fields)
    sections = [{"type": "grid", "cards": [{"type": f"custom:home-gym-{card}", "runner": runner}]} for card in CARDS]
    view = {"title": "Cards", "type": "sections", "max_columns": 3, "sections": sections}
    await home.api.command("lovelace/config/save", url_path=URL, config={"views": [view]})
    return f"/{URL}"


@pytest.fixture(scope="module")
async def browser(home: Home, path: str) -> AsyncIterator[Browser]:
    """Return a browser that takes the time."""
    async with Browser(home, height=2400) as browser:
        await browser.context.add_init_script(WATCH)
        # As at home: a browser that knows the frontend, and the heights that the cards had.
        page = await browser.open(path)
        await all_seen(page)
        await page.close()
        yield browser


async def all_seen(page: Page) -> None:
    """Wait until all cards show what they have."""

    async def seen() -> bool:
        return len(await page.evaluate("Object.keys(window.gymSeen.cards)")) == len(CARDS)

    await wait_for(seen, "all cards", timeout=30)


async def test_cards_are_there_with_the_dashboard_and_stay_where_they_are(browser: Browser, path: str) -> None:
    waits, moves = [], []
    for _ in range(3):
        page = await browser.open(path)
        await all_seen(page)
        await page.wait_for_timeout(1500)
        seen = await page.evaluate("window.gymSeen")
        painted = max(seen["cards"].values())
        waits.append(painted - seen["shell"])
        moves.append(sum(shift["value"] for shift in seen["shifts"] if shift["at"] > painted))
        await page.close()
    # The best of three: others work on this machine too.
    assert min(waits) <= 300
    assert min(moves) == 0


async def test_ten_minutes_of_a_routine_cost_no_memory(home: Home, path: str) -> None:
    """The page's own clock is driven through ten minutes: every timer fires that would, and every step is told."""
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
            """Return what the page's scripts hold on to, in bytes."""
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
