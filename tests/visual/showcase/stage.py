"""An empty stage in Home Assistant's own page: a single card, with a fixed home behind it."""

from pathlib import Path
from typing import Any, Self

from playwright.async_api import Locator, Page

from tests.rig import Browser

from .runner import NOW, RUNNER_ID, Answers

SCRIPT = (Path(__file__).parent / "stage.js").read_text(encoding="utf-8")
CARDS = ("today", "routine", "shoes", "runs", "back", "trends")


class Stage:
    """A page that shows cards, one after the other."""

    def __init__(self, page: Page) -> None:
        """Use a page of the frontend."""
        self.page = page

    @classmethod
    async def open(cls, browser: Browser) -> Self:
        """Open a lightweight page, and stop its clock."""
        page = await browser.open("/profile/general")
        stage = await cls.on(page)
        await page.clock.set_fixed_time(NOW)
        return stage

    @classmethod
    async def on(cls, page: Page) -> Self:
        """Make a stage of a page with a clock under other control."""
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
        """Show a card on the stage and return it; `code` is an error code in place of the home's response."""
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
                    "trends": answers.trends,
                },
                "locale": {"language": language, "time_format": "24", "first_weekday": "monday", "time_zone": "server"},
                "units": units,
                "code": code,
                "dir": direction,
            },
        )
        # Fonts load at their first use.
        await self.page.wait_for_function("document.fonts.status === 'loaded'")
        await self.settled()
        return self.page.locator("#gym-stage > div > *")

    async def tell(self, patch: dict[str, Any], *, wait: bool = True) -> None:
        """Send the card a change, and wait until it is drawn."""
        await self.page.evaluate("patch => window.gymTold.say({patch, now: new Date().toISOString()})", patch)
        if wait:
            await self.settled()

    async def settled(self) -> None:
        """Wait until all is drawn."""
        await self.page.evaluate("window.gymSettled()")

    async def calls(self) -> list[dict[str, Any]]:
        """Return the card's commands so far."""
        calls: list[dict[str, Any]] = await self.page.evaluate("window.gymTold.calls")
        return calls

    async def toasts(self) -> list[str]:
        """Return the toasts so far."""
        toasts: list[str] = await self.page.evaluate("window.gymTold.toasts.map(toast => toast.message)")
        return toasts
