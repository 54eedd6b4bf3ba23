"""A newcomer's first evening in a browser: from "Add integration" to the spoken hello and the first pair."""

from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import Locator, Page, expect
import pytest

from tests.rig import LOOPBACK, Browser, Home, Speaker, Voice

MOST_CLICKS, MOST_FIELDS = 10, 3
MOST_TABS = 60
FOCUSED = """
() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return `${focused?.localName} ${focused?.textContent ?? ''} ${focused?.getRootNode()?.host?.textContent ?? ''}`;
}
"""
PHONE = {"width": 390, "height": 844}


class Hand:
    """A hand that clicks and types in the dialogs of a set-up, and counts both."""

    def __init__(self, page: Page, pictures: Path) -> None:
        """Take a page, and a folder for pictures of its dialogs."""
        self.page = page
        self.clicks = 0
        self.fields = 0
        self._pictures = pictures

    @property
    def dialog(self) -> Locator:
        """The open dialog of a set-up."""
        return self.page.locator("dialog-data-entry-flow")

    async def add_integration(self) -> None:
        """Choose Home Gym as a new integration."""
        await self.click(self.page.get_by_role("button", name="Add integration").first)
        brands = self.page.locator("dialog-add-integration")
        await self.type(brands.locator("input").first, "Home Gym")
        await self.click(brands.locator("ha-integration-list-item").filter(has_text="Home Gym").first)

    async def click(self, target: Locator) -> None:
        """Click once."""
        await target.click()
        self.clicks += 1

    async def type(self, field: Locator, text: str) -> None:
        """Fill in a field."""
        await field.fill(text)
        self.fields += 1

    async def name(self, name: str) -> None:
        """Fill in the name in a form, and submit it."""
        await self.type(self.dialog.locator("ha-form ha-selector-text input").first, name)
        await self.submit()

    async def choose(self, option: str) -> None:
        """Choose from the menu of a dialog."""
        await self.click(self.dialog.locator(".options ha-list-item").filter(has_text=option).first)

    async def submit(self) -> None:
        """Submit the form of a dialog."""
        await self.click(self.dialog.get_by_role("button", name="Submit"))

    async def see(self, text: str) -> None:
        """Wait for a text in a dialog, and take its picture."""
        await expect(self.dialog.get_by_text(text).first).to_be_visible()
        width = (self.page.viewport_size or PHONE)["width"]
        file = "".join(letter if letter.isalnum() else "_" for letter in text)
        await self.page.screenshot(path=self._pictures / f"{width}_{file}.png", animations="disabled")


@pytest.fixture(scope="module")
async def home(folder: Path) -> AsyncIterator[Home]:
    """Return a home as a newcomer's, with the entities that are enabled at first."""
    async with Home(folder / "config", all_entities=False) as home:
        yield home


@pytest.fixture(scope="module")
async def speaking_home(home: Home, voice: Voice, speaker: Speaker) -> Home:
    """Return a home with a voice and a media player, as it was before Home Gym."""
    await home.add("wyoming", host=LOOPBACK, port=voice.port)
    await home.add("mpd", host=LOOPBACK, port=speaker.port)
    return home


@pytest.fixture(scope="module")
async def phone_browser(speaking_home: Home) -> AsyncIterator[Browser]:
    """Return a browser of the size of a phone."""
    async with Browser(speaking_home, width=PHONE["width"], height=PHONE["height"]) as browser:
        yield browser


async def test_newcomer_hears_hello(speaking_home: Home, browser: Browser, voice: Voice, tmp_path: Path) -> None:
    hand = Hand(await browser.open("/config/integrations/dashboard"), tmp_path)
    await hand.add_integration()
    await hand.see("The coach calls the runner by this name.")
    await hand.name("Alex")
    await hand.see("Where do your runs come from?")
    await hand.choose("A folder with recordings")
    await hand.see("Recordings already in the folder")
    await hand.submit()
    await hand.see("Who speaks?")
    await hand.choose("Say hello on")
    await hand.see("Did you hear it?")

    await voice.wait_for_line("Hello, Alex")
    assert hand.clicks <= MOST_CLICKS
    assert hand.fields <= MOST_FIELDS

    await hand.choose("I heard it well")
    await hand.see("Which shoes do you run in?")
    await hand.choose("A pair of shoes")
    await hand.see("Insoles and fit")
    await hand.name("Trainers")
    await hand.see("Set up so far: Trainers")
    await hand.choose("Finish here")
    await hand.see("Alex is ready.")
    await expect(hand.dialog.get_by_role("link", name="Add the Home Gym dashboard")).to_have_attribute(
        "href", "/config/lovelace/dashboards"
    )
    [entry] = await speaking_home.entries("home_gym")
    subentries = await speaking_home.subentries(entry["entry_id"])
    assert sorted(each["subentry_type"] for each in subentries) == ["shoe", "source", "speaker"]
    issues = (await speaking_home.api.command("repairs/list_issues"))["issues"]
    assert [issue["translation_key"] for issue in issues if issue["domain"] == "home_gym"] == []


async def test_address_of_a_phone_is_shown_after_it_is_saved(
    speaking_home: Home, phone_browser: Browser, voice: Voice, tmp_path: Path
) -> None:
    hand = Hand(await phone_browser.open("/config/integrations/dashboard"), tmp_path)
    await hand.add_integration()
    await hand.see("What do you want to add?")
    await hand.choose("A runner")
    await hand.name("Sam")
    await hand.see("Where do your runs come from?")
    await hand.choose("A phone or a service")
    await hand.see("App or service")
    await hand.submit()
    await hand.see("Who speaks?")
    await hand.choose("Say hello on")
    await hand.see("Did you hear it?")

    await voice.wait_for_line("Hello, Sam")
    assert hand.clicks <= MOST_CLICKS
    assert hand.fields <= MOST_FIELDS

    await hand.choose("I heard it well")
    await hand.see("Which shoes do you run in?")
    await hand.choose("Finish here")
    await hand.see("Webhook address:")
    # The window is closed, and nothing is lost.
    await hand.page.close()
    [sam] = [entry for entry in await speaking_home.entries("home_gym") if entry["title"] == "Sam"]
    kept = {each["subentry_type"]: each["title"] for each in await speaking_home.subentries(sam["entry_id"])}
    assert kept["source"] == "Health Auto Export"


async def test_runner_is_named_by_keyboard_alone(speaking_home: Home, browser: Browser, tmp_path: Path) -> None:
    """Forms need no mouse; the items of Home Assistant's menus are out of reach of the Tab key."""
    page = await browser.open("/config/integrations/dashboard/add?domain=home_gym")
    await tab_to(page, "OK")
    await page.keyboard.press("Enter")
    hand = Hand(page, tmp_path)
    await hand.see("What do you want to add?")
    await hand.choose("A runner")
    await hand.see("The coach calls the runner by this name.")
    await tab_to(page, "input ")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("Kim")
    await page.keyboard.press("Enter")
    await hand.see("Where do your runs come from?")


async def tab_to(page: Page, text: str) -> None:
    """Move the focus by Tab to an element with a text."""
    seen = []
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        focused = str(await page.evaluate(FOCUSED))
        if text in focused:
            return
        seen.append(focused)
    raise AssertionError(f"no focus on {text}, only on {seen}")
