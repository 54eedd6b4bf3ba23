"""When the cards are there after Home Assistant's own shell, in a real browser: prints one row beside its limit.

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
    """Return the milliseconds from the shell to the last card, for a browser that has been there before."""
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
                    # Whatever goes on after that is not the next page's.
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
