"""The cards in a real home: added from the picker, edited, touched, and their effects."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Page, expect
import pytest

from tests.rig import Browser, Flow, Home, wait_for

URL = "gym-cards"
CARDS = ("today", "routine", "shoes", "back", "runs")

type Json = dict[str, Any]


@pytest.fixture(scope="module")
async def runner(home: Home) -> str:
    """Return the id of a runner with two pairs and two runs, and prompts at any hour."""
    entry = str((await home.add("home_gym", name="Alex <b>"))["entry_id"])
    options = await (await Flow.options(home.api, entry)).choose("settings")
    await options.finish(quiet_start="00:00:00", quiet_end="00:00:00")
    for name, first_used in (("Daily trainers", "2026-01-01"), ("New trainers", "2026-02-01")):
        await (await Flow.subentry(home.api, entry, "shoe")).finish(name=name, first_used=first_used)
    now = datetime.now(UTC).replace(microsecond=0)
    for days, distance in ((3, 5), (1, 8)):
        run = {"start": (now - timedelta(days=days)).isoformat(), "duration": 2400, "distance": distance}
        await home.act("home_gym.log_run", {"config_entry_id": entry, "unit_of_measurement": "km", **run})
    return entry


@pytest.fixture(scope="module")
async def browser(home: Home, runner: str) -> AsyncIterator[Browser]:
    """Return a browser without animations."""
    async with Browser(home, calm=True, height=1400) as browser:
        yield browser


async def make(home: Home, config: Json) -> str:
    """Replace the dashboard and return its path."""
    known = await home.api.command("lovelace/dashboards/list")
    if not any(one["url_path"] == URL for one in known):
        fields = {"mode": "storage", "show_in_sidebar": False, "require_admin": False}
        await home.api.command("lovelace/dashboards/create", url_path=URL, title="Cards", **fields)
    await home.api.command("lovelace/config/save", url_path=URL, config=config)
    return f"/{URL}"


async def kept(home: Home) -> Json:
    """Return the dashboard's first card."""
    config = await home.api.command("lovelace/config", url_path=URL, force=True)
    card: Json = config["views"][0]["sections"][0]["cards"][0]
    return card


async def show(home: Home, browser: Browser, runner: str, *cards: str) -> Page:
    """Open a dashboard with these cards."""
    sections = [{"type": "grid", "cards": [{"type": f"custom:home-gym-{card}", "runner": runner}]} for card in cards]
    view = {"title": "Cards", "type": "sections", "sections": sections}
    return await browser.open(await make(home, {"views": [view]}))


# Editing


@pytest.mark.parametrize("card", CARDS)
async def test_a_card_is_added_from_the_picker_and_edited(home: Home, browser: Browser, runner: str, card: str) -> None:
    empty: Json = {"views": [{"title": "Cards", "type": "sections", "sections": [{"type": "grid", "cards": []}]}]}
    page = await browser.open(f"{await make(home, empty)}/0?edit=1")

    await page.get_by_role("button", name="Add card").first.click()
    await page.get_by_role("tab", name="By card").click()
    await page.get_by_placeholder("Search cards").fill(f"Home Gym: {card}")
    # The preview shows the real runner.
    preview = page.locator(f"hui-card-picker home-gym-{card}")
    await expect(preview.locator("ha-card")).to_be_visible()
    await expect(preview.locator("[aria-busy]")).to_have_count(0)
    await page.locator(".card").filter(has_text=f"Home Gym: {card}").locator(".overlay").click()
    editor = page.locator("hui-card-element-editor")
    await expect(editor.get_by_text("If you leave this empty, users see their own runner.")).to_be_visible()
    await editor.locator("ha-select, ha-generic-picker, ha-picker-field").first.click()
    await page.get_by_role("option", name="Alex <b>").or_(page.get_by_role("menuitem", name="Alex <b>")).first.click()
    await page.get_by_role("button", name="Save").click()

    async def is_kept() -> bool:
        config = await home.api.command("lovelace/config", url_path=URL, force=True)
        cards = config["views"][0]["sections"][0]["cards"]
        return bool(cards) and cards[0].get("runner") == runner

    await wait_for(is_kept, "the card to be saved")
    assert (await kept(home))["type"] == f"custom:home-gym-{card}"
    await page.close()


async def test_the_new_dashboard_dialog_offers_ours(home: Home, browser: Browser, runner: str) -> None:
    page = await browser.open("/config/lovelace/dashboards")
    await page.get_by_role("button", name="Add dashboard").click()
    await expect(page.locator("dashboard-card").filter(has_text="Home Gym")).to_be_visible()
    await page.close()


async def test_the_dashboard_makes_itself_and_follows_new_shoes(home: Home, browser: Browser, runner: str) -> None:
    page = await browser.open(await make(home, {"strategy": {"type": "custom:home-gym"}}))
    for card in CARDS:
        await expect(page.locator(f"home-gym-{card} ha-card >> visible=true").first).to_be_visible()
    await expect(page.locator("home-gym-shoes").get_by_text("2 pairs")).to_be_visible()
    await (await Flow.subentry(home.api, runner, "shoe")).finish(name="Third pair", first_used="2026-03-01")
    await expect(page.locator("home-gym-shoes").get_by_text("Third pair")).to_be_visible()
    await page.close()


# Touch


async def test_a_routine_is_done_by_touch(home: Home, browser: Browser, runner: str) -> None:
    page = await show(home, browser, runner, "routine")
    sensor = await home.entity_id("sensor", f"{runner}_routine")
    card = page.locator("home-gym-routine")
    await card.get_by_role("button", name="Stretch").click()
    await home.wait_for_state(sensor, "running")
    await expect(card.get_by_role("heading", name="Hamstring stretch")).to_be_visible()
    await expect(card.get_by_text("Left side")).to_be_visible()
    drawing = await card.locator(".drawing").evaluate("one => getComputedStyle(one).maskImage")
    assert "hamstring_stretch.svg" in drawing
    before = int(await card.get_by_role("timer").inner_text())
    await expect(card.get_by_role("timer")).not_to_have_text(str(before))
    assert await card.locator("home-gym-player").evaluate("one => one.wakeLock.wanted")

    await card.get_by_role("button", name="Pause").click()
    await home.wait_for_state(sensor, "paused")
    await expect(card.get_by_text("Paused")).to_be_visible()
    assert not await card.locator("home-gym-player").evaluate("one => one.wakeLock.wanted")
    await card.get_by_role("button", name="Next step").click()
    await expect(card.get_by_text("Right side").first).to_be_visible()
    await card.get_by_role("button", name="Previous step").click()
    await expect(card.get_by_text("1 of 6")).to_be_visible()
    await card.get_by_role("button", name="Go on").click()
    await home.wait_for_state(sensor, "running")
    await card.get_by_role("button", name="Stop").click()
    await home.wait_for_state(sensor, "idle")
    await expect(card.get_by_role("heading", name="Routines")).to_be_visible()
    await page.close()


async def test_a_habit_is_logged_and_taken_back(home: Home, browser: Browser, runner: str) -> None:
    page = await show(home, browser, runner, "today")
    due = await home.entity_id("binary_sensor", f"{runner}_stretch_due")
    more = page.locator("home-gym-today").get_by_role("button", name="More answers: Stretch")
    await more.click()
    await page.locator("home-gym-today").get_by_role("button", name="Done: Stretch").click()
    await home.wait_for_state(due, "off")
    await expect(page.get_by_text("Stretch: logged").first).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await home.wait_for_state(due, "on")
    await expect(more).to_be_visible()
    await page.close()


async def test_prompt_is_snoozed_once(home: Home, browser: Browser, runner: str) -> None:
    page = await show(home, browser, runner, "today")
    card = page.locator("home-gym-today")
    await home.act("home_gym.prompt", {"config_entry_id": runner, "habit": "massage"})
    await card.get_by_role("button", name="More answers: Massage").click()
    await card.get_by_role("button", name="Later: Massage").click()
    await expect(page.get_by_text("You will be asked again in a while").first).to_be_visible()
    # A second time would decline the prompt.
    await expect(card.get_by_role("button", name="Later: Massage")).to_have_count(0)
    await expect(card.get_by_role("button", name="Done: Massage")).to_be_visible()
    await page.close()


async def test_shoes_are_chosen_assigned_and_retired(home: Home, browser: Browser, runner: str) -> None:
    page = await show(home, browser, runner, "shoes")
    select = await home.entity_id("select", f"{runner}_shoe")
    card = page.locator("home-gym-shoes")
    pair = card.locator("details.pair").filter(has_text="Daily trainers")
    await pair.locator("summary").click()
    await pair.get_by_role("button", name="Wear next").click()
    await home.wait_for_state(select, "Daily trainers")
    await expect(pair.get_by_text("Next run")).to_be_visible()

    await pair.get_by_role("button", name="Worn on the last run").click()
    await expect(pair.get_by_text("8.0 km")).to_be_visible()
    runs = await home.ask("home_gym.get_runs", {"config_entry_id": runner})
    assert runs["runs"][0]["shoe"] == "Daily trainers"

    await pair.get_by_role("button", name="Retire").click()
    await card.get_by_text("1 retired pair").click()
    retired = card.locator("details.retired details.pair")
    await expect(retired).to_contain_text("Daily trainers")
    # Undone by mistake, it is retired on its earlier day again.
    [shoe] = [one["subentry_id"] for one in await home.subentries(runner) if one["title"] == "Daily trainers"]
    request = {"config_entry_id": runner, "shoe": shoe, "retired": True, "on": "2026-03-01"}
    await home.api.command("home_gym/retire_shoe", **request)
    await expect(retired).to_contain_text("retired 3/1/2026")
    await retired.locator("summary").click()
    await retired.get_by_role("button", name="Use again").click()
    await expect(page.get_by_text("Daily trainers is in use again").first).to_be_visible()
    await page.get_by_role("button", name="Undo").last.click()
    await expect(retired).to_contain_text("retired 3/1/2026")
    await page.close()


async def test_pain_is_reported_and_a_red_flag_is_unmistakable(home: Home, browser: Browser, runner: str) -> None:
    page = await show(home, browser, runner, "back")
    card = page.locator("home-gym-back")
    pain = await home.entity_id("sensor", f"{runner}_back_pain")
    await card.get_by_role("button", name="4 of 10").click()
    await card.get_by_label("Where").select_option("lower_back")
    await card.get_by_role("button", name="Report", exact=True).click()
    await home.wait_for_state(pain, "4.0")
    await expect(page.get_by_text("Reported: 4 of 10").first).to_be_visible()
    await expect(card.get_by_text("1 day with pain in four weeks")).to_be_visible()
    async with page.context.expect_page() as opened:
        await card.get_by_role("button", name="Print a report").click()
    report = await opened.value
    await expect(report.get_by_text("Alex <b>").first).to_be_visible()
    await report.close()

    await card.get_by_role("button", name="2 of 10").click()
    await card.get_by_label("numbness around the groin").check()
    await card.get_by_role("button", name="Report", exact=True).click()
    await expect(card.get_by_role("alert")).to_contain_text("Get help now")
    await expect(card.locator(".call")).to_be_visible()
    await expect(page.get_by_text("Your report was saved").first).to_be_visible()
    await expect(page.get_by_text("2 of 10")).to_have_count(0)
    await card.get_by_role("button", name="I have read it").click()
    await expect(page.get_by_text("The notice is hidden until the next report").first).to_be_visible()
    await expect(card.get_by_role("alert")).to_be_visible()
    await card.get_by_role("button", name="A professional has cleared me").click()
    await card.get_by_role("button", name="I am cleared").click()
    await expect(card.get_by_text("Week 1 after the clearance")).to_be_visible()
    await expect(card.get_by_role("alert")).to_have_count(0)
    await page.close()


async def test_runs_are_searched_looked_at_and_corrected(home: Home, browser: Browser, runner: str) -> None:
    page = await show(home, browser, runner, "runs")
    card = page.locator("home-gym-runs")
    await expect(card.locator("button.run")).to_have_count(2)
    await card.get_by_role("searchbox").fill("nothing like this")
    await expect(card.get_by_text("No run matches.")).to_be_visible()
    last = datetime.now(UTC) - timedelta(days=1)
    await card.get_by_role("searchbox").fill(str(last.year))
    await card.locator("button.run").first.click()
    dialog = card.get_by_role("dialog")
    await expect(dialog.get_by_text("Logged by hand")).to_be_visible()
    await dialog.get_by_label("Distance in km").fill("8.5")
    await dialog.get_by_role("button", name="Save").click()
    await expect(card.get_by_text("8.50 km").first).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(card.get_by_text("8.00 km").first).to_be_visible()
    # Input from before is not in the form opened now.
    await card.locator("button.run").first.click()
    await expect(dialog.get_by_label("Distance in km")).to_have_value("8.00")
    first_shoe = await dialog.get_by_label("Shoe").input_value()
    await dialog.get_by_label("Distance in km").fill("9.99")
    await dialog.get_by_label("Shoe").evaluate("one => (one.value = '')")
    await dialog.get_by_role("button", name="Close").click()
    await card.locator("button.run").nth(1).click()
    await expect(dialog.get_by_label("Distance in km")).to_have_value("5.00")
    assert await dialog.get_by_label("Shoe").input_value()
    await dialog.get_by_role("button", name="Close").click()
    await card.locator("button.run").first.click()
    await expect(dialog.get_by_label("Distance in km")).to_have_value("8.00")
    assert await dialog.get_by_label("Shoe").input_value() == first_shoe
    await dialog.get_by_role("button", name="Remove this run").click()
    await expect(card.locator("button.run")).to_have_count(1)
    await page.close()


# Restarts and errors


async def test_cards_outlive_a_restart(home: Home, browser: Browser, runner: str) -> None:
    page = await show(home, browser, runner, "today", "shoes")
    await expect(page.locator("home-gym-shoes").get_by_text("New trainers")).to_be_visible()
    await home.stop()
    await expect(page.locator("home-gym-today .offline")).to_be_visible()
    await home.start()
    await expect(page.locator("home-gym-today .offline")).to_have_count(0)
    await page.locator("home-gym-today").get_by_role("button", name="More answers: Stretch").click()
    await page.locator("home-gym-today").get_by_role("button", name="Done: Stretch").click()
    await expect(page.get_by_text("Stretch: logged").first).to_be_visible()
    await page.close()


async def test_nothing_failed(home: Home) -> None:
    wrong = [line for line in home.log.splitlines() if "ERROR" in line and "home_gym" in line]
    assert wrong == []
