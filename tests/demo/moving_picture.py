"""Moving picture for the README: a file arrives, the coach asks, the routine runs, and the streak grows."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
import time

from PIL import Image
from playwright.async_api import Page

from tests.rig import Browser

from .dashboard import URL_PATH
from .history import write_recording
from .house import House, Place

PHONE = (390, 844)
CAPTION_HEIGHT = 136
COLOURS = 96
READ = 3200
"""Milliseconds of a picture with a new caption."""
SECOND = 1000
"""Milliseconds between two pictures of a running routine."""
SECONDS_OF_LINE, SHOWN_LINES = 2, 6
LONGEST = 900
"""Seconds of a routine, at most."""
START = "Start: Stretch"

CAPTION = """<body style="margin:0"><div style="box-sizing:border-box;height:100vh;padding:12px 18px;display:flex;
align-items:center;background:#12202b;color:#fff;font:500 17px/1.3 Roboto,sans-serif">{}</div>"""


@dataclass(slots=True)
class MovingPicture:
    """Pictures of a page, each with the milliseconds for which it is shown."""

    page: Page
    caption: Page
    frames: list[tuple[Image.Image, int]] = field(default_factory=list)

    async def show(self, caption: str, milliseconds: int = READ) -> None:
        """Add the page with a caption below it."""
        await self.caption.set_content(CAPTION.format(escape(caption)))
        parts = [Image.open(BytesIO(await page.screenshot())) for page in (self.page, self.caption)]
        frame = Image.new("RGB", (PHONE[0], PHONE[1] + CAPTION_HEIGHT))
        frame.paste(parts[0], (0, 0))
        frame.paste(parts[1], (0, PHONE[1]))
        self.frames.append((frame, milliseconds))

    def write(self, file: Path) -> None:
        """Write an animation that repeats for ever, in one palette, so that still parts cost nothing."""
        pictures = [picture for picture, _ in self.frames]
        palette = _side_by_side(pictures).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
        still = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
        durations = [milliseconds for _, milliseconds in self.frames]
        file.parent.mkdir(parents=True, exist_ok=True)
        still[0].save(file, save_all=True, append_images=still[1:], duration=durations, loop=0, optimize=True)


async def take_moving_picture(house: House, runner: str, place: Place, file: Path) -> None:
    """Deliver a run, and photograph the evening after it on a phone."""
    home = house.home
    async with Browser(home, width=PHONE[0], height=PHONE[1], calm=True) as browser:
        page = await browser.open(f"/{URL_PATH}")
        await page.locator("home-gym-today >> visible=true").first.wait_for()
        await page.wait_for_timeout(1500)
        caption = await browser.context.new_page()
        await caption.set_viewport_size({"width": PHONE[0], "height": CAPTION_HEIGHT})
        picture = MovingPicture(page, caption)
        await picture.show("Alex comes home from a run.")
        write_recording(place.recordings / "today.fit", datetime.now(UTC))
        await picture.show("The watch's file arrives in a folder.")
        spoken = await house.voice.wait_for_line("foam roll")
        await page.wait_for_timeout(1500)
        await picture.show(_said(spoken.text), 2 * READ)
        await page.locator("home-gym-today").get_by_role("button", name=START).click()
        await page.get_by_role("timer").first.wait_for()
        await _follow(house, runner, picture)
        await page.wait_for_timeout(2500)
        await picture.show("Done. The ring of the stretch is full, and a streak begins.", 2 * READ)
        picture.write(file)


async def _follow(house: House, runner: str, picture: MovingPicture) -> None:
    """Show the first lines of the routine while it runs, a part of a countdown with each, and wait for its end."""
    voice, heard = house.voice, len(house.voice.spoken)
    shown = 0
    until = time.monotonic() + LONGEST
    while await _is_running(house, runner) and time.monotonic() < until:
        if shown < SHOWN_LINES and len(voice.spoken) > heard:
            heard, shown = len(voice.spoken), shown + 1
            for _ in range(SECONDS_OF_LINE):
                await picture.show(_said(voice.spoken[heard - 1].text), SECOND)
                await picture.page.wait_for_timeout(SECOND)
        await picture.page.wait_for_timeout(SECOND)


def _said(line: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{line}\N{RIGHT DOUBLE QUOTATION MARK}"


async def _is_running(house: House, runner: str) -> bool:
    """Return whether the routine goes on."""
    routine = await house.home.entity_id("sensor", f"{runner}_routine")
    return str((await house.home.state(routine))["state"]) != "idle"


def _side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Return the first, the last and some pictures between them in one, to choose colours that suit all."""
    chosen = pictures[:: max(1, len(pictures) // 6)]
    whole = Image.new("RGB", (sum(picture.width for picture in chosen), pictures[0].height))
    left = 0
    for picture in chosen:
        whole.paste(picture, (left, 0))
        left += picture.width
    return whole
