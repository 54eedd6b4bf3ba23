"""An empty stage over Home Assistant's own page: a card alone, with a home behind it that stands still."""

from pathlib import Path
from typing import Any, Self

from playwright.async_api import Locator, Page

from tests.rig import Browser

from .runner import NOW, RUNNER_ID, Answers

SCRIPT = (Path(__file__).parent / "stage.js").read_text(encoding="utf-8")
CARDS = ("today", "routine", "shoes", "runs", "back")


class Stage:
    """A page in which cards are put on show, one after the other."""

    def __init__(self, page: Page) -> None:
        """Use a page of the frontend's."""
        self.page = page

    @classmethod
    async def open(cls, browser: Browser) -> Self:
        """Open a page that needs little, and stop its clock."""
        page = await browser.open("/profile/general")
        stage = await cls.on(page)
        await page.clock.set_fixed_time(NOW)
        return stage

    @classmethod
    async def on(cls, page: Page) -> Self:
        """Make a stage of a page, whose clock is somebody else's."""
        await page.wait_for_function("!!customElements.get('home-gym-today')")
        await page.evaluate(f"() => {{ {SCRIPT} }}")
        return cls(page)

    async def show(
        self,
        card: str,
        answers: Answers,
        *,
        width: int = 400,
        language: str = "en",
        units: str = "km",
        code: str | None = None,
        direction: str = "ltr",
        config: dict[str, Any] | None = None,
    ) -> Locator:
        """Put a card on the stage and return it; `code` is what the home refuses to answer with."""
        if self.page.viewport_size and self.page.viewport_size["width"] != width:
            await self.page.set_viewport_size({"width": width, "height": 1300})
        await self.page.evaluate(
            "options => window.gymStage(options)",
            {
                "type": f"home-gym-{card}",
                "config": {"runner": RUNNER_ID, **(config or {})},
                "width": width,
                "answers": {
                    "document": answers.document,
                    "runs": answers.runs,
                    "months": answers.months,
                    "back": answers.back,
                },
                "locale": {"language": language, "time_format": "24", "first_weekday": "monday", "time_zone": "server"},
                "units": units,
                "code": code,
                "dir": direction,
            },
        )
        # Letters come when they are asked for first.
        await self.page.wait_for_function("document.fonts.status === 'loaded'")
        await self.settled()
        return self.page.locator("#gym-stage > div > *")

    async def tell(self, patch: dict[str, Any], *, wait: bool = True) -> None:
        """Tell the card what changed, and wait until it is drawn."""
        await self.page.evaluate("patch => window.gymTold.say({patch, now: new Date().toISOString()})", patch)
        if wait:
            await self.settled()

    async def settled(self) -> None:
        """Wait until all is drawn."""
        await self.page.evaluate("window.gymSettled()")

    async def calls(self) -> list[dict[str, Any]]:
        """Return what the card asked the home for so far."""
        calls: list[dict[str, Any]] = await self.page.evaluate("window.gymTold.calls")
        return calls

    async def toasts(self) -> list[str]:
        """Return what was told at the foot of the page so far."""
        toasts: list[str] = await self.page.evaluate("window.gymTold.toasts.map(toast => toast.message)")
        return toasts
