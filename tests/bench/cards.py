"""Time until the cards are visible after Home Assistant's own shell, in a real browser: prints one row and its limit.

`python -m tests.bench.cards`, from the project's folder.
"""

import asyncio
from pathlib import Path
from statistics import median
import sys
from tempfile import TemporaryDirectory

from tests.rig import Browser, Home
from tests.visual.showcase.watch import WATCH, all_seen, dashboard_of_all

ROUNDS = 5
LIMIT = 300


async def waits() -> list[float]:
    """Return the milliseconds from the shell to the last card, for a browser with a warm cache."""
    found = []
    with TemporaryDirectory() as folder:
        async with Home(Path(folder) / "config") as home:
            path = await dashboard_of_all(home)
            async with Browser(home, height=2400) as browser:
                await browser.context.add_init_script(WATCH)
                for _ in range(ROUNDS + 1):
                    page = await browser.open(path)
                    await all_seen(page)
                    seen = await page.evaluate("window.gymSeen")
                    found.append(max(seen["cards"].values()) - seen["shell"])
                    # Later activity doesn't belong to the next page.
                    await page.wait_for_timeout(1500)
                    await page.close()
    return found[1:]


def main() -> None:
    """Measure, and print the row."""
    figure = median(asyncio.run(waits()))
    too_much = "" if figure <= LIMIT else "TOO MUCH"
    sys.stdout.write(f"{'the last card, after the shell':<52} {figure:>9.0f} {LIMIT:>7} ms   {too_much}\n")


if __name__ == "__main__":
    main()
