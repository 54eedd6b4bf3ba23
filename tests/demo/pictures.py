"""Pictures of the demo for README and docs, so that they show what is there today."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.rig import Browser, free_port

from .dashboard import URL_PATH, make_dashboard
from .history import write_history, write_recording
from .house import Place, open_house
from .household import set_up

WIDTH, HEIGHT = 1280, 1100


async def take_pictures(folder: Path) -> None:
    """Run the demo on a state of its own, let a run come in, and photograph the dashboard."""
    with TemporaryDirectory() as state:
        place = Place(Path(state) / "demo")
        async with open_house(place, free_port()) as house:
            write_history(place.recordings, datetime.now(UTC))
            runner, player = await set_up(house, place)
            await make_dashboard(house.home, runner, player)
            write_recording(place.recordings / "today.fit", datetime.now(UTC))
            await house.voice.wait_for_line("foam roll", timeout=30)
            async with Browser(house.home, width=WIDTH, height=HEIGHT) as browser:
                page = await browser.open(f"/{URL_PATH}")
                await page.get_by_text("Last run distance").wait_for()
                # Tiles fade in.
                await page.wait_for_timeout(1500)
                await browser.screenshot(page, folder / "first-light.png")
