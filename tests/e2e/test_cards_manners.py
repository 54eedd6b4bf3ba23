"""How the cards behave towards everybody: by keyboard and touch, read aloud, in every language, and with odd data."""

from pathlib import Path
from typing import Any

from playwright.async_api import Locator, expect
import pytest

from custom_components.home_gym.gym.habit import Habit
from tests.rig import Browser, Home
from tests.showcase import CARDS, NOW, RUNNER_ID, Answers, Stage, answers_of, many_runs, showcase

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MARKUP = '<img src=x onerror="window.hacked=1"> & {name}'
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 5
LANGUAGES = ("en", "de", "fr", "nl", "es")


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Return what the home answers."""
    return answers_of(showcase())


@pytest.fixture(scope="module")
def playing() -> Answers:
    """Return what the home answers while a routine goes on."""
    return answers_of(showcase(), playing=Habit.STRETCH)


async def complaints(stage: Stage) -> list[str]:
    """Return what axe finds serious."""
    if not await stage.page.evaluate("'axe' in window"):
        await stage.page.add_script_tag(path=AXE)
    found: list[dict[str, Any]] = await stage.page.evaluate(
        "rules => axe.run('#gym-stage', {runOnly: rules}).then(result => result.violations)", RULES
    )
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary')}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


async def overflowing(card: Locator) -> list[str]:
    """Return what sticks out of a card at its sides, but for what is cut off on purpose."""
    found: list[str] = await card.evaluate(
        """card => {
            const frame = card.getBoundingClientRect();
            const out = [];
            const isCut = one => {
                for (let each = one.parentNode; each && each !== card; each = each.parentNode ?? each.host)
                    if (each instanceof HTMLElement && each.localName !== 'ha-card'
                        && getComputedStyle(each).overflowX !== 'visible') return true;
                return false;
            };
            const look = root => {
                for (const one of root.querySelectorAll('*')) {
                    if (one.shadowRoot) look(one.shadowRoot);
                    const box = one.getBoundingClientRect();
                    if (!box.width || one.closest('.hidden, svg, dialog, option') || isCut(one)) continue;
                    if (box.left < frame.left - 1 || box.right > frame.right + 1)
                        out.push(`${one.tagName}.${one.className} ${Math.round(box.left)}-${Math.round(box.right)}`);
                }
            };
            look(card.shadowRoot);
            return out;
        }"""
    )
    return found


def with_names(answers: Answers, name: str) -> Answers:
    """Return answers in which everything that has a name has this one."""
    document = answers.document
    return answers.changed(
        name=name,
        shoes={key: {**shoe, "name": name} for key, shoe in document["shoes"].items()},
        treadmills={"belt": {"name": name, "in_use": True, "available": True, "since": NOW.isoformat(), "speed": 2.5}},
        routine={**document["routine"], "title": name, "step": {"title": name}, "coming": {"title": name}}
        if document["routine"]["state"] != "idle"
        else document["routine"],
    )


# Read aloud, seen badly, touched


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(gym: Home, answers: Answers, playing: Answers, scheme: Any) -> None:
    async with Browser(gym, scheme=scheme, calm=True) as browser:
        stage = await Stage.open(browser)
        for card in CARDS:
            await stage.show(card, answers)
            assert await complaints(stage) == [], card
        await stage.show("routine", playing)
        assert await complaints(stage) == []
        shoes = await stage.show("shoes", answers)
        await shoes.get_by_text("Light racers").click()
        assert await complaints(stage) == []
        runs = await stage.show("runs", answers)
        await runs.locator("button.run").first.click()
        await expect(runs.get_by_role("dialog")).to_be_visible()
        assert await complaints(stage) == []
        for advice in ("red_flag", "severe"):
            pain = {**answers.document["pain"], "advice": advice, "red_flags": ["numbness", "fever"]}
            await stage.show("back", answers.changed(pain=pain))
            assert await complaints(stage) == [], advice
        back = await stage.show("back", answers)
        await back.get_by_role("button", name="4 of 10").click()
        assert await complaints(stage) == []


@pytest.mark.parametrize("card", [*CARDS, "playing"])
@pytest.mark.parametrize("width", [320, 1280])
async def test_every_target_is_as_big_as_a_thumb(
    stage: Stage, answers: Answers, playing: Answers, card: str, width: int
) -> None:
    is_playing = card == "playing"
    shown = await stage.show("routine" if is_playing else card, playing if is_playing else answers, width=width)
    small = await shown.evaluate(
        """card => {
            const small = [];
            const look = root => {
                for (const one of root.querySelectorAll('button, summary, select, input[type=search], textarea')) {
                    const { width, height } = one.getBoundingClientRect();
                    if (width && (height < 44 || width < 44)) small.push([one.outerHTML, width, height]);
                }
                for (const one of root.querySelectorAll('*')) if (one.shadowRoot) look(one.shadowRoot);
            };
            look(card.shadowRoot);
            return small;
        }"""
    )
    assert small == []


async def test_the_keyboard_goes_through_a_card_in_order(stage: Stage, answers: Answers) -> None:
    await stage.show("today", answers)
    await stage.page.evaluate("document.activeElement?.blur()")
    seen = []
    for _ in range(4):
        await stage.page.keyboard.press("Tab")
        seen.append(await stage.page.evaluate("window.gymCard.shadowRoot.activeElement?.getAttribute('aria-label')"))
    assert [label for label in seen if label][:4] == [
        "Start: Foam roll",
        "Done: Foam roll",
        "Start: Stretch",
        "Done: Stretch",
    ]
    await stage.page.keyboard.press("Enter")
    assert (await stage.calls())[-1] == {
        "service": "log_session",
        "config_entry_id": RUNNER_ID,
        "habit": "stretch",
    }
    assert await stage.toasts() == ["Stretch: logged"]


async def test_who_wants_no_motion_sees_none(gym: Home, stage: Stage, playing: Answers) -> None:
    running = with_names(playing, "Belt")
    for card in ("today", "routine"):
        await stage.show(card, running)
        assert (
            await stage.page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length") == 0
        )
    async with Browser(gym) as browser:
        lively = await Stage.open(browser)
        await lively.show("today", running)
        assert await lively.page.evaluate("window.gymCard.shadowRoot.getAnimations().length") > 0


# Languages and units


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", [*CARDS, "playing"])
async def test_nothing_sticks_out_on_a_small_phone(stage: Stage, answers: Answers, card: str, language: str) -> None:
    if card == "playing":
        told = answers_of(showcase(), language=language, playing=Habit.STRETCH)
        shown = await stage.show("routine", told, width=320, language=language)
    else:
        shown = await stage.show(card, answers, width=320, language=language)
    assert await overflowing(shown) == []


async def test_the_profile_decides_over_words_numbers_and_the_first_day(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers, language="de")
    await expect(shown.get_by_role("heading", name="Guten Abend, Alex")).to_be_visible()
    await expect(shown.get_by_text("Donnerstag, 7. Mai")).to_be_visible()
    await expect(shown.get_by_text("6,20")).to_be_visible()
    assert (await shown.locator("thead th span[aria-hidden]").all_inner_texts()) == list("MDMDFSS")
    shown = await stage.show("today", answers, units="mi")
    # 6.2 km are 3.85 miles.
    await expect(shown.get_by_text("3.85")).to_be_visible()


@pytest.mark.parametrize("card", CARDS)
async def test_right_to_left(stage: Stage, answers: Answers, card: str) -> None:
    shown = await stage.show(card, answers, width=400, direction="rtl")
    assert await overflowing(shown) == []
    heading = await shown.locator("h2").first.evaluate("one => getComputedStyle(one).direction")
    assert heading == "rtl"


# Odd data


@pytest.mark.parametrize("card", [*CARDS, "playing"])
async def test_markup_is_text(stage: Stage, answers: Answers, playing: Answers, card: str) -> None:
    told = with_names(playing if card == "playing" else answers, MARKUP)
    shown = await stage.show("routine" if card == "playing" else card, told)
    assert await stage.page.evaluate("window.hacked") is None
    assert await shown.locator("img").count() == 0
    if card in ("today", "shoes", "runs", "playing"):
        await expect(shown.get_by_text(MARKUP).first).to_be_visible()


@pytest.mark.parametrize("card", [*CARDS, "playing"])
@pytest.mark.parametrize("width", [320, 800])
async def test_long_names_stay_inside(stage: Stage, answers: Answers, playing: Answers, card: str, width: int) -> None:
    told = with_names(playing if card == "playing" else answers, LONG)
    shown = await stage.show("routine" if card == "playing" else card, told, width=width)
    assert await overflowing(shown) == []


async def test_nothing_yet(stage: Stage, answers: Answers) -> None:
    document = {key: value for key, value in answers.document.items() if key != "last_run"}
    nothing = Answers(
        {**document, "shoes": {}, "runs": 0, "days": {}}, [], [], {**answers.back, "scores": {}, "distances": {}}
    )
    shown = await stage.show("today", nothing)
    await expect(shown.get_by_text("No runs yet.")).to_be_visible()
    shown = await stage.show("shoes", nothing)
    await expect(shown.get_by_text("No shoes yet.")).to_be_visible()
    shown = await stage.show("runs", nothing)
    await expect(shown.get_by_text("No runs yet.")).to_be_visible()
    shown = await stage.show("back", nothing.changed(pain={"days": 0, "red_flags": []}))
    await expect(shown.get_by_text("Nothing reported yet.")).to_be_visible()


async def test_forty_pairs(stage: Stage, answers: Answers) -> None:
    shoe = answers.document["shoes"]["road"]
    forty = {f"shoe{number}": {**shoe, "name": f"Pair {number}"} for number in range(40)}
    shown = await stage.show("shoes", answers.changed(shoes=forty), width=320)
    await expect(shown.get_by_text("40 pairs")).to_be_visible()
    assert await shown.locator("details.pair").count() == 40
    assert await overflowing(shown) == []


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("not_found", "This runner is no longer there."),
        ("unauthorized", "You may not see this runner."),
        ("no_runner", "This is not a runner."),
        ("unknown_command", "Waiting for Home Gym to start."),
    ],
)
async def test_who_is_not_to_be_seen(stage: Stage, answers: Answers, card: str, code: str, told: str) -> None:
    shown = await stage.show(card, answers, code=code)
    await expect(shown.get_by_role("status").filter(has_text=told)).to_be_visible()


async def test_a_runner_who_goes_away_and_comes_back(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers)
    await stage.tell({"state": "not_loaded"})
    await expect(shown.get_by_text("This runner is not set up at the moment.")).to_be_visible()
    # What was known stays, and cannot be touched.
    await expect(shown.get_by_text("Good evening, Alex")).to_be_visible()
    assert await shown.locator(".content").get_attribute("inert") is not None
    await stage.tell({"state": "ready"})
    await expect(shown.get_by_text("This runner is not set up at the moment.")).to_have_count(0)
    await stage.tell({"state": "removed"})
    await expect(shown.get_by_text("This runner is no longer there.")).to_be_visible()


async def test_beside_a_red_flag_nothing_else_counts(stage: Stage, answers: Answers) -> None:
    pain = {"days": 1, "advice": "red_flag", "red_flags": ["numbness"]}
    shown = await stage.show("back", answers.changed(pain=pain))
    await expect(shown.get_by_role("alert")).to_contain_text("See a doctor today")
    await expect(shown.get_by_role("alert")).to_contain_text("numbness around the groin or in both legs")
    assert await shown.get_by_role("button").count() == 1
    today = await stage.show("today", answers.changed(pain=pain))
    await expect(today.get_by_text("See a doctor today")).to_be_visible()
    assert await today.locator(".streaks, .due, .chip").count() == 0


# Only what changed is drawn anew


CHANGES: dict[str, dict[str, Any]] = {
    "today": {"core_streak": 7},
    "routine": {"routine": {"state": "paused"}},
    "shoes": {"rested_shoe": "trail"},
    "runs": {"revision": 1000},
    "back": {"hints": ["ramp"]},
}
# Each of these parts is one card's alone, but for the revision, by which the back knows that its weeks may be others.
ALONE = {card: [other for other in CARDS if other != card and (card, other) != ("back", "runs")] for card in CARDS}


@pytest.mark.parametrize("card", CARDS)
async def test_a_change_is_drawn_by_the_card_that_shows_it(stage: Stage, answers: Answers, card: str) -> None:
    await stage.show(card, answers)
    before = await stage.page.evaluate("window.gymCard.renders")
    for other in ALONE[card]:
        await stage.tell(CHANGES[other])
    # Home Assistant hands over its whole state at each change of any entity.
    await stage.page.evaluate("for (let n = 0; n < 50; n += 1) window.gymCard.hass = {...window.gymHass, states: {}}")
    await stage.page.wait_for_timeout(100)
    assert await stage.page.evaluate("window.gymCard.renders") == before
    await stage.tell(CHANGES[card])
    assert before < await stage.page.evaluate("window.gymCard.renders") <= before + 2


async def test_twenty_thousand_runs_are_scrolled_through(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("runs", many_runs(answers, 20_000))
    assert await shown.locator("button.run").count() < 40
    height, almost_all = await shown.evaluate(
        """async card => {
            const list = card.shadowRoot.querySelector('.list');
            const steps = 120, times = [];
            const update = card.performUpdate.bind(card);
            card.performUpdate = () => {
                const begun = performance.now();
                update();
                times.push(performance.now() - begun);
            };
            for (let step = 0; step < steps; step += 1) {
                list.scrollTop = (list.scrollHeight / steps) * step;
                await new Promise(requestAnimationFrame);
                await new Promise(requestAnimationFrame);
            }
            times.sort((one, other) => one - other);
            return [list.scrollHeight, times[Math.floor(times.length * 0.95)]];
        }"""
    )
    assert height > 20_000 * 68
    assert await shown.locator("button.run").count() < 40
    # Some rows are drawn, not twenty thousand, which would take seconds; the milliseconds are the machine's.
    assert almost_all < 50
