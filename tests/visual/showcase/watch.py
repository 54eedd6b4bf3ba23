"""Timing of a dashboard's cards, and layout shifts after that."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import Page

from tests.rig import Flow, Home, wait_for

from .stage import CARDS

URL = "gym-speed"
# Checks at each frame for the header of a dashboard, and the content of our cards.
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


async def dashboard_of_all(home: Home) -> str:
    """Make a dashboard of all cards, with a runner with some runs, and return its path."""
    runner = await Flow.new_runner(home.api, "Kim")
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


async def all_seen(page: Page) -> None:
    """Wait until all cards show their content."""

    async def seen() -> bool:
        return len(await page.evaluate("Object.keys(window.gymSeen.cards)")) == len(CARDS)

    await wait_for(seen, "all cards")
