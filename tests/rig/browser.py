"""A browser with the login of a home's owner."""

import json
from pathlib import Path
import shutil
import time
from types import TracebackType
from typing import Literal, Self

from playwright.async_api import Browser as Chromium, BrowserContext, Page, Playwright, async_playwright, expect

from .home import Home
from .process import PATIENCE, RigError

# The machine has no screen, and the browser has no business on the internet.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Browser:
    """Chromium without a screen, with the owner's login."""

    def __init__(
        self,
        home: Home,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        calm: bool = False,
    ) -> None:
        """Choose the home, the size of the window, its colours, and reduced motion."""
        self._home = home
        self._size = (width, height)
        self._scheme = scheme
        self._calm = calm
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._context: BrowserContext | None = None

    async def __aenter__(self) -> Self:
        """Open the browser and put the login where the frontend keeps it."""
        executable = shutil.which("chromium")
        if executable is None:
            raise RigError("chromium is missing: run scripts/setup")
        expect.set_options(timeout=PATIENCE * 1000)
        self._playwright = await async_playwright().start()
        try:
            self._chromium = await self._playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            width, height = self._size
            self._context = await self._chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme=self._scheme,
                reduced_motion="reduce" if self._calm else "no-preference",
            )
            login = json.dumps(json.dumps(self._login()))
            await self._context.add_init_script(f"localStorage.setItem('hassTokens', {login})")
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the browser."""
        if self._chromium:
            await self._chromium.close()
        if self._playwright:
            await self._playwright.stop()

    @property
    def context(self) -> BrowserContext:
        """The context shared by all tabs."""
        if self._context is None:
            raise RigError("the browser is not open")
        return self._context

    async def open(self, path: str = "/") -> Page:
        """Open a path of Home Assistant's in a tab of its own, and wait for its frontend."""
        page = await self.context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        await page.goto(self._home.url + path, wait_until="domcontentloaded")
        await page.locator("#ha-launch-screen").wait_for(state="detached")
        return page

    async def open_page(self, path: str, *, width: int | None = None) -> Page:
        """Open a page that isn't the frontend's, in a window of its own width."""
        if self._context is None:
            raise RigError("the browser is not open")
        page = await self._context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        if width:
            await page.set_viewport_size({"width": width, "height": self._size[1]})
        await page.goto(self._home.url + path)
        return page

    async def screenshot(self, page: Page, path: Path) -> Path:
        """Write a screenshot of a page to a PNG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=path)
        return path

    def _login(self) -> dict[str, object]:
        """Return the tokens in the frontend's storage format."""
        tokens = self._home.api.tokens
        if tokens is None:
            raise RigError("nobody is logged in")
        return {
            "access_token": tokens.access,
            "refresh_token": tokens.refresh,
            "token_type": "Bearer",
            "expires_in": tokens.expires_in,
            "expires": int((time.time() + tokens.expires_in) * 1000),
            "hassUrl": self._home.url,
            "clientId": self._home.api.client_id,
        }
