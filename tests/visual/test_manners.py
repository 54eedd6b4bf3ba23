"""Behaviour of the cards for every user: by keyboard and touch, read aloud, in every language, and with odd data."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, expect
import pytest

from custom_components.home_gym.gym.habits.habit import Habit
from tests.rig import Browser, Home
from tests.support.stages import Scheme, Stages
from tests.visual.showcase import CARDS, HARDER, NOW, RUNNER_ID, Answers, Stage, answers_of, many_runs, showcase

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MARKUP = '<img src=x onerror="window.hacked=1"> & {name}'
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 5
LANGUAGES = ("en", "de", "fr", "nl", "es")


@pytest.fixture(scope="module")
def playing() -> Answers:
    """Return the home's responses during a routine."""
    return answers_of(showcase(), playing=Habit.STRETCH)


async def complaints(stage: Stage) -> list[str]:
    """Return axe's serious findings."""
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
    """Return the parts outside a card's sides, except those cut off on purpose."""
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


async def place(part: Locator) -> list[int]:
    """Return a part's position and size, to the pixel."""
    box = await part.bounding_box()
    assert box
    return [round(box[side]) for side in ("x", "y", "width", "height")]


def with_names(answers: Answers, name: str) -> Answers:
    """Return responses with one name for everything."""
    document = answers.document
    return answers.changed(
        name=name,
        shoes={key: {**shoe, "name": name} for key, shoe in document["shoes"].items()},
        treadmills={"belt": {"name": name, "in_use": True, "available": True, "since": NOW.isoformat(), "speed": 2.5}},
        routine={**document["routine"], "title": name, "step": {"title": name}, "coming": {"title": name}}
        if document["routine"]["state"] != "idle"
        else document["routine"],
    )


# Accessibility and touch


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(stages: Stages, answers: Answers, playing: Answers, scheme: Scheme) -> None:
    stage = await stages(scheme, "manners")
    for card in CARDS:
        await stage.show(card, answers)
        assert await complaints(stage) == [], card
    played = await stage.show("routine", playing)
    assert await complaints(stage) == []
    await played.get_by_role("button", name="Easier or harder").click()
    assert await complaints(stage) == []
    shoes = await stage.show("shoes", answers)
    await shoes.get_by_text("Light racers").first.click()
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
                    // Seven days side by side on the smallest phones.
                    const least = one.closest('.week') ? 43 : 44;
                    if (width && (height < 44 || width < least)) small.push([one.outerHTML, width, height]);
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
    focused = "window.gymCard.shadowRoot.activeElement"
    name = f"({focused}?.getAttribute('aria-label') ?? {focused}?.innerText)?.trim()"
    seen = []
    for _ in range(6):
        await stage.page.keyboard.press("Tab")
        seen.append(await stage.page.evaluate(name))
    assert seen == [
        "Log",
        "It is quiet until 19:30.",
        "Start: Foam roll",
        "More answers: Foam roll",
        "Start: Stretch",
        "More answers: Stretch",
    ]
    await stage.page.keyboard.press("Enter")
    await stage.settled()
    await stage.page.keyboard.press("Tab")
    assert await stage.page.evaluate(name) == "Done: Stretch"
    await stage.page.keyboard.press("Enter")
    assert (await stage.calls())[-1] == {
        "service": "log_session",
        "config_entry_id": RUNNER_ID,
        "habit": "stretch",
    }
    assert await stage.toasts() == ["Stretch: logged"]
    assert await stage.page.evaluate(name) == "Done: Stretch"
    # A done item disappears, and keyboard focus moves on from its place.
    await stage.tell({"today": {"due": {"stretch": None}}})
    assert await stage.page.evaluate(f"{focused}.className") == "content"


async def test_two_touches_at_once_are_one(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers)
    before = len(await stage.calls())
    await shown.get_by_role("button", name="More answers: Stretch").click()
    await shown.get_by_role("button", name="Done: Stretch").evaluate("one => { one.click(); one.click(); }")
    await stage.settled()
    assert len(await stage.calls()) == before + 1


async def test_two_due_habits_have_buttons_and_the_others_are_named(stage: Stage, answers: Answers) -> None:
    due = {
        "foam_roll": {"reason": "after_run", "since": NOW.isoformat(), "asked": True, "snoozed": False},
        "stretch": {"reason": "daily", "asked": True, "snoozed": True},
        "core": {"reason": "goal", "asked": False, "snoozed": False},
    }
    shown = await stage.show("today", answers.changed(today={**answers.document["today"], "due": due}), width=560)
    starts = shown.get_by_role("button", name="Start:")
    assert await starts.count() == 2
    lefts = "all => all.map(one => one.getBoundingClientRect().left)"
    assert len(set(await starts.evaluate_all(lefts))) == 1
    await expect(shown.get_by_text("After that: Core")).to_be_visible()
    # A habit can be snoozed once.
    for habit, later in (("Foam roll", 1), ("Stretch", 0)):
        await shown.get_by_role("button", name=f"More answers: {habit}").click()
        assert await shown.get_by_role("button", name="Later:").count() == later
    await shown.get_by_role("button", name="Not today: Stretch").click()
    await stage.settled()
    assert (await stage.calls())[-1]["service"] == "dismiss_prompt"


async def test_week_shows_a_day_and_logs_a_forgotten_session(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers)
    held = shown.locator(".held")
    await expect(held).to_contain_text("Today · Run 6.20 km")
    await shown.get_by_role("button", name="Wednesday, May 6").click()
    await expect(held).to_contain_text("No run")
    await expect(held).to_contain_text("Core")
    await held.get_by_role("button", name="Log for this day").click()
    dialog = shown.get_by_role("dialog")
    # Rest begins today.
    await expect(dialog.get_by_role("button", name="Rest")).to_have_count(0)
    await dialog.get_by_role("button", name="Session").click()
    assert await complaints(stage) == []
    await dialog.get_by_role("button", name="Foam roll").click()
    await stage.settled()
    call = (await stage.calls())[-1]
    assert (call["service"], call["habit"], call["end"][:10]) == ("log_session", "foam_roll", "2026-05-06")
    # Days to come take nothing.
    assert await shown.get_by_role("button", name="Friday, May 8").is_disabled()


async def test_run_is_logged_by_hand(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers)
    await shown.get_by_role("button", name="Log", exact=True).click()
    dialog = shown.get_by_role("dialog")
    assert await complaints(stage) == []
    await dialog.get_by_role("button", name="Run").click()
    await dialog.get_by_label("Distance in km").fill("7.5")
    await dialog.get_by_label("Minutes").fill("40.5")
    await dialog.get_by_label("Started at").fill("07:10")
    assert await complaints(stage) == []
    await dialog.get_by_role("button", name="Save").click()
    await stage.settled()
    call = (await stage.calls())[-1]
    assert (call["service"], call["distance"], call["unit_of_measurement"]) == ("log_run", 7.5, "km")
    assert (call["start"], call["duration"]) == ("2026-05-07 07:10:00", {"seconds": 2430})
    assert await stage.toasts() == ["The run is logged"]


async def test_routine_takes_the_screen_of_a_phone_and_goes_on_as_a_bar(stage: Stage, playing: Answers) -> None:
    shown = await stage.show("today", playing, width=390)
    screen = shown.get_by_role("dialog")
    await expect(screen.get_by_text("Hip flexor stretch").first).to_be_visible()
    assert await complaints(stage) == []
    box = await screen.bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"]) == (0, 0, 390)
    await screen.get_by_role("button", name="It hurts").click()
    await stage.settled()
    # It pauses at once.
    assert (await stage.calls())[-1]["service"] == "pause_routine"
    await screen.get_by_role("button", name="3 of 10").click()
    await screen.get_by_role("button", name="Report", exact=True).click()
    await stage.settled()
    assert (await stage.calls())[-1]["service"] == "log_pain"
    renders = await stage.page.evaluate("window.gymCard.renders")
    await screen.get_by_role("button", name="Leave; the routine goes on").click()
    await expect(screen).to_have_count(0)
    await expect(shown.locator(".bar")).to_contain_text("3 of 6")
    # A step is drawn by the player alone.
    await stage.tell({"routine": {"number": 6, "step": {"title": "Child's pose"}}})
    await expect(shown.locator(".bar")).to_contain_text("Child's pose")
    assert await stage.page.evaluate("window.gymCard.renders") == renders
    await shown.get_by_role("button", name="Open the routine").click()
    await expect(screen).to_be_visible()
    await stage.tell({"routine": {"state": "idle"}, "unrated": "stretch", "today": {"done": ["stretch"]}})
    await expect(screen.get_by_role("heading", name="Done: Stretch")).to_be_visible()
    await expect(screen.get_by_text("11 days in a row")).to_be_visible()
    assert await complaints(stage) == []
    await screen.get_by_role("button", name="Right", exact=True).click()
    await stage.settled()
    assert (await stage.calls())[-1] == {"service": "rate_routine", "config_entry_id": RUNNER_ID, "effort": "right"}
    await screen.get_by_role("button", name="Close").last.click()
    await expect(screen).to_have_count(0)


async def test_stopped_routine_has_no_end_to_celebrate(stage: Stage, playing: Answers) -> None:
    shown = await stage.show("today", playing, width=390)
    await shown.get_by_role("dialog").get_by_role("button", name="Stop").click()
    await stage.tell({"routine": {"state": "idle"}})
    await expect(shown.get_by_role("dialog")).to_have_count(0)
    await expect(shown.get_by_role("heading", name="Good evening, Alex")).to_be_visible()


async def test_set_up_shows_missing_parts_and_keeps_a_row_hidden(stage: Stage, answers: Answers) -> None:
    missing = {"source": False, "speaker": True, "shoes": False, "goals": True}
    shown = await stage.show("setup", answers.changed(set_up=missing))
    await expect(shown.get_by_text("2 of 4")).to_be_visible()
    assert await complaints(stage) == []
    await expect(shown.get_by_role("link").first).to_have_attribute(
        "href", f"/config/integrations/integration/home_gym?config_entry={RUNNER_ID}"
    )
    await shown.get_by_role("button", name="Hide: Runs").click()
    await stage.settled()
    call = (await stage.calls())[-1]
    assert (call["type"], call["value"]) == ("frontend/set_user_data", {"hidden": {RUNNER_ID: ["source"]}})
    await shown.get_by_role("button", name="Hide: Shoes").click()
    await expect(shown).to_be_hidden()


async def test_figures_of_weeks_come_by_keys(stage: Stage, answers: Answers) -> None:
    back = await stage.show("back", answers, config={"weeks": "26"})
    week = back.get_by_role("slider", name="Week")
    assert (await week.get_attribute("aria-valuetext") or "").startswith("Week of May 4: ")
    await week.focus()
    await stage.page.keyboard.press("ArrowLeft")
    await expect(back.locator(".tip")).to_have_text(await week.get_attribute("aria-valuetext") or "")
    await expect(back.locator(".tip")).to_contain_text("Week of Apr 27")


SHAPES = """card => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d');
    const over = (...colours) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = ([r, g, b]) => {
        const part = value => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
        return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const contrast = (one, other) => {
        const [more, less] = [light(one), light(other)].sort((a, b) => b - a);
        return (more + 0.05) / (less + 0.05);
    };
    const style = getComputedStyle(card.shadowRoot.querySelector('ha-card'));
    const behind = style.backgroundColor;
    const soft = getComputedStyle(card.shadowRoot.querySelector('button:not(.main, .bare)')).backgroundColor;
    const shapes = [
        ['.day .share', 'stroke'],
        ['.week .share', 'stroke'],
        ['.chart .load', 'fill'],
        ['.chart path.pain', 'stroke'],
        ['.chart path.dot', 'stroke'],
        ['.heat path', 'fill', soft],
        ['.bar.good .fill', 'backgroundColor'],
        ['.bar.warn .fill', 'backgroundColor'],
        ['.bar.bad .fill', 'backgroundColor'],
    ];
    return shapes.flatMap(([selector, property, on = behind]) =>
        [...card.shadowRoot.querySelectorAll(selector)].map(one => [
            selector, contrast(over(behind, getComputedStyle(one)[property]), over(behind, on)),
        ]));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_shapes_that_say_something_are_seen(stages: Stages, answers: Answers, scheme: Scheme) -> None:
    shoe = answers.document["shoes"]["road"]
    worn = {
        "good": {**shoe, "warning": False, "replacement_due": False},
        "warn": {**shoe, "warning": True, "replacement_due": False},
        "bad": {**shoe, "warning": True, "replacement_due": True},
    }
    habits = ["warm_up", "cool_down", "core", "stretch", "foam_roll", "massage", "heat_or_ice"]
    days = {NOW.date().isoformat(): {"distance": 5000, "habits": habits, "resting": False}}
    told = answers.changed(shoes=worn, days=days)
    seen: dict[str, float] = {}
    stage = await stages(scheme, "manners")
    for card in ("today", "shoes", "back"):
        shown = await stage.show(card, told)
        for shape, contrast in await shown.evaluate(SHAPES):
            seen[shape] = min(contrast, seen.get(shape, 21))
    assert len(seen) == 9
    assert {shape: contrast for shape, contrast in seen.items() if contrast < 3} == {}


async def test_reduced_motion_is_respected(home: Home, stage: Stage, playing: Answers) -> None:
    running = with_names(playing, "Belt")
    for card in ("today", "routine"):
        await stage.show(card, running)
        assert (
            await stage.page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length") == 0
        )
    async with Browser(home) as browser:
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
        await shown.locator(".relief button").first.click()
    else:
        shown = await stage.show(card, answers, width=320, language=language)
    assert await overflowing(shown) == []


async def test_the_profile_decides_over_words_numbers_and_the_first_day(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers, language="de")
    await expect(shown.get_by_role("heading", name="Guten Abend, Alex")).to_be_visible()
    await expect(shown.get_by_text("Donnerstag, 7. Mai", exact=True)).to_be_visible()
    await expect(shown.get_by_text("6,20").first).to_be_visible()
    assert (await shown.locator(".weekday").all_inner_texts()) == list("MDMDFSS")
    shown = await stage.show("today", answers, units="mi")
    # 6.2 km are 3.85 miles.
    await expect(shown.get_by_text("3.85").first).to_be_visible()


@pytest.mark.parametrize("card", CARDS)
async def test_cards_work_right_to_left(stage: Stage, answers: Answers, card: str) -> None:
    shown = await stage.show(card, answers, width=400, direction="rtl")
    assert await overflowing(shown) == []
    heading = await shown.locator("h2").first.evaluate("one => getComputedStyle(one).direction")
    assert heading == "rtl"


@pytest.mark.parametrize("width", [320, 800])
async def test_an_exercise_shows_its_other_forms_and_nothing_moves(stage: Stage, width: int) -> None:
    """In its harder form it says so at once, and offers the easier one on request; from right to left too."""
    told = answers_of(showcase(), playing=Habit.FOAM_ROLL, progress=HARDER)
    shown = await stage.show("routine", told, width=width, direction="rtl")
    step = told.document["routine"]["step"]
    await expect(shown.get_by_text(f"Harder: {step['harder']}")).to_be_visible()
    easier = shown.get_by_text(f"Easier: {step['easier']}")
    await expect(easier).to_be_hidden()
    watched = [shown.locator(selector).last for selector in ("home-gym-ring", ".step", ".controls", ".relief button")]
    before = [await place(one) for one in watched]
    await shown.get_by_text("Easier or harder").click()
    await expect(easier).to_be_visible()
    assert [await place(one) for one in watched] == before
    assert await overflowing(shown) == []


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


async def test_cards_without_data(stage: Stage, answers: Answers) -> None:
    document = {key: value for key, value in answers.document.items() if key != "last_run"}
    nothing = Answers(
        document={**document, "shoes": {}, "runs": 0, "days": {}},
        runs=[],
        months=[],
        back={**answers.back, "scores": {}, "distances": {}},
        trends={"bars": [], "records": []},
    )
    shown = await stage.show("today", nothing)
    await expect(shown.get_by_text("No runs yet.")).to_be_visible()
    shown = await stage.show("shoes", nothing)
    await expect(shown.get_by_text("No shoes yet.")).to_be_visible()
    shown = await stage.show("runs", nothing)
    await expect(shown.get_by_text("No runs yet.")).to_be_visible()
    shown = await stage.show("back", nothing.changed(pain={"days": 0, "red_flags": []}))
    await expect(shown.get_by_text("Nothing reported yet.")).to_be_visible()
    shown = await stage.show("trends", nothing)
    await expect(shown.get_by_text("No run", exact=True)).to_be_visible()
    # No run comes by itself without a source.
    lacking = nothing.changed(set_up={**document["set_up"], "source": False})
    for card in ("today", "runs"):
        shown = await stage.show(card, lacking)
        await expect(shown.get_by_text("Home Gym has no source of runs so far")).to_be_visible()


async def test_forty_pairs_fit(stage: Stage, answers: Answers) -> None:
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
        ("not_found", "This runner no longer exists."),
        ("unauthorized", "You have no access to this runner."),
        ("no_runner", "This is not a runner."),
        ("unknown_command", "Waiting for Home Gym to start."),
    ],
)
async def test_missing_runner_is_explained(stage: Stage, answers: Answers, card: str, code: str, told: str) -> None:
    shown = await stage.show(card, answers, code=code)
    await expect(shown.get_by_role("status").filter(has_text=told)).to_be_visible()


async def test_reload_and_removal_are_shown(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers)
    await stage.tell({"state": "not_loaded"})
    await expect(shown.get_by_text("This runner is not loaded right now.")).to_be_visible()
    # The last document stays, and cannot be touched.
    await expect(shown.get_by_text("Good evening, Alex")).to_be_visible()
    assert await shown.locator(".content").get_attribute("inert") is not None
    await stage.tell({"state": "ready"})
    await expect(shown.get_by_text("This runner is not loaded right now.")).to_have_count(0)
    await stage.tell({"state": "removed"})
    await expect(shown.get_by_text("This runner no longer exists.")).to_be_visible()


async def test_lost_connection_is_shown(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers)
    await stage.page.evaluate("window.gymTold.fire('disconnected')")
    await expect(shown.get_by_text("Home Gym can't be reached right now.")).to_be_visible()
    await expect(shown.get_by_text("Good evening, Alex")).to_be_visible()
    await stage.page.evaluate("window.gymTold.fire('ready')")
    await expect(shown.get_by_text("Home Gym can't be reached right now.")).to_have_count(0)


async def test_card_follows_first_and_last_runner(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers, config={"runner": ""})
    alex, nobody = shown.get_by_text("Good evening, Alex"), shown.get_by_text("There is no runner for you yet.")
    await expect(alex).to_be_visible()
    await stage.page.evaluate("window.gymTold.nobody = true; window.gymCard.hass = {...window.gymHass, devices: {}}")
    await expect(nobody).to_be_visible()
    await stage.page.evaluate("window.gymTold.nobody = false; window.gymTold.fire('ready')")
    await expect(alex).to_be_visible()
    await stage.page.evaluate("window.gymTold.nobody = true")
    await stage.tell({"state": "removed"})
    await expect(nobody).to_be_visible()


async def test_failed_page_of_runs_is_loaded_after_reconnecting(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("runs", answers)
    await stage.page.evaluate("window.gymTold.refused.add('home_gym/runs')")
    await stage.tell({"revision": 1000})
    await expect(shown.get_by_text("That did not work.")).to_be_visible()
    await stage.page.evaluate("window.gymTold.refused.clear()")
    await shown.get_by_role("button", name="Try again").click()
    await expect(shown.get_by_text("That did not work.")).to_have_count(0)

    await stage.page.evaluate("window.gymTold.refused.add('home_gym/runs')")
    await stage.tell({"revision": 1001})
    await expect(shown.get_by_text("That did not work.")).to_be_visible()
    await stage.page.evaluate("window.gymTold.refused.clear(); window.gymTold.fire('disconnected')")
    await stage.page.evaluate("window.gymTold.fire('ready')")
    await expect(shown.get_by_text("That did not work.")).to_have_count(0)


async def test_failed_weeks_are_requested_again(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("back", answers, config={"weeks": "8"})
    await stage.page.evaluate("window.gymTold.refused.add('home_gym/back')")
    await shown.get_by_role("button", name="52").click()
    await expect(shown.get_by_text("The weeks could not be loaded.")).to_be_visible()
    # The pressed button is the displayed range.
    await expect(shown.locator(".segments [aria-pressed=true]")).to_have_text("8 wks")
    await stage.page.evaluate("window.gymTold.refused.clear()")
    await shown.get_by_role("button", name="Try again").click()
    await expect(shown.get_by_text("The weeks could not be loaded.")).to_have_count(0)


async def test_blocked_window_is_replaced_by_link(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("back", answers)
    await stage.page.evaluate("window.open = () => null")
    await shown.get_by_role("button", name="Print a report").click()
    await expect(shown.get_by_role("link", name="Open the report")).to_have_attribute("href", "/a-page")
    assert await complaints(stage) == []


async def test_the_greeting_follows_the_clock(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("today", answers)
    try:
        for hours, greeting in ((6, "Hello, Alex"), (12, "Good morning, Alex"), (17, "Hello, Alex")):
            await stage.page.clock.set_fixed_time(NOW + timedelta(hours=hours))
            await stage.page.evaluate("window.gymCard.greet()")
            await expect(shown.get_by_role("heading", name=greeting)).to_be_visible()
    finally:
        await stage.page.clock.set_fixed_time(NOW)


async def test_red_flag_hides_everything_else(stage: Stage, answers: Answers) -> None:
    pain = {"days": 1, "advice": "red_flag", "red_flags": ["numbness"]}
    shown = await stage.show("back", answers.changed(pain=pain))
    await expect(shown.get_by_role("alert")).to_contain_text("Get help now")
    await expect(shown.get_by_role("alert")).to_contain_text("Call your local emergency number.")
    await expect(shown.get_by_role("alert")).to_contain_text("Numbness around the groin or in both legs")
    # Reading the notice, and the report to take along.
    assert await shown.get_by_role("button").count() == 2
    today = await stage.show("today", answers.changed(pain=pain))
    await expect(today.get_by_text("Get help now")).to_be_visible()
    assert await today.locator(".streaks, .due, .chip").count() == 0
    answers = answers.changed(rested_shoe="trail")
    calm = await stage.show("shoes", answers)
    await expect(calm.get_by_text("is the least recently worn pair")).to_be_visible()
    shoes = await stage.show("shoes", answers.changed(pain=pain))
    await expect(shoes.get_by_text("Daily trainers")).to_be_visible()
    await expect(shoes.get_by_text("is the least recently worn pair")).to_have_count(0)


async def test_report_with_red_flag_is_confirmed_without_score(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("back", answers)
    await shown.get_by_role("button", name="2 of 10").click()
    await shown.get_by_label("numbness around the groin").check()
    await shown.get_by_role("button", name="Report", exact=True).click()
    await stage.settled()
    assert await stage.toasts() == ["Your report was saved"]
    # The form is gone, and the focus is back on its opener.
    assert (
        await stage.page.evaluate(
            "window.gymCard.shadowRoot.querySelector('home-gym-pain').shadowRoot.activeElement.ariaLabel"
        )
        == "2 of 10"
    )


EMERGENCY = {"state": "emergency", "number": 0, "questions": 0, "is_unknown": False, "can_withdraw": True}
RED = {"days": 1, "advice": "red_flag", "red_flags": ["numbness"], "is_read": False}


async def test_emergency_number_is_called_with_one_touch(stage: Stage, answers: Answers) -> None:
    told = answers.changed(pain=RED, back=EMERGENCY, emergency_number="112")
    for card in ("today", "back"):
        shown = await stage.show(card, told)
        await expect(shown.get_by_role("link", name="Call 112")).to_have_attribute("href", "tel:112")


async def test_dashboard_shows_the_call_once(stage: Stage, answers: Answers) -> None:
    told = answers.changed(pain=RED, back=EMERGENCY, emergency_number="112")
    for card in ("back", "routine"):
        shown = await stage.show(card, told, config={"banner": False})
        assert await shown.get_by_role("alert").count() == 0
        await expect(shown.get_by_text("The coach is silent until a professional")).to_be_visible()


async def test_clearance_has_a_day(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("back", answers.changed(pain=RED, back=EMERGENCY))
    await shown.get_by_role("button", name="A professional has cleared me").click()
    await shown.get_by_label("On", exact=True).fill("2026-05-02")
    await shown.get_by_label("Running was allowed at once").check()
    await shown.get_by_role("button", name="I am cleared").click()
    await stage.settled()
    assert (await stage.calls())[-1] == {
        "service": "clear_back",
        "config_entry_id": RUNNER_ID,
        "day": "2026-05-02",
        "may_run": True,
    }


async def test_report_is_withdrawn_in_two_steps(stage: Stage, answers: Answers) -> None:
    shown = await stage.show("back", answers.changed(pain=RED, back=EMERGENCY))
    before = len(await stage.calls())
    await shown.get_by_role("button", name="That report was wrong").click()
    assert len(await stage.calls()) == before
    await shown.get_by_role("button", name="Really withdraw the last report?").click()
    await stage.settled()
    assert (await stage.calls())[-1] == {"service": "withdraw_pain_report", "config_entry_id": RUNNER_ID}


@pytest.mark.parametrize(
    ("question", "answer", "sent"),
    [
        ("numbness", "No", "no"),
        ("bladder_or_bowel", "I don't know", "unknown"),
        ("weakness_fever_fall", "A fall or crash before that", "old_fall"),
    ],
)
async def test_question_is_answered_on_the_card(
    stage: Stage, answers: Answers, question: str, answer: str, sent: str
) -> None:
    back = {**EMERGENCY, "state": "doctor", "question": question, "number": 2, "questions": 3}
    shown = await stage.show("back", answers.changed(back=back))
    await expect(shown.get_by_text("Question 2 of 3")).to_be_visible()
    await shown.get_by_role("button", name=answer, exact=True).click()
    await stage.settled()
    assert (await stage.calls())[-1] == {
        "service": "answer_triage",
        "config_entry_id": RUNNER_ID,
        "answer": sent,
        "question": question,
    }


@pytest.mark.parametrize(("trend", "icon"), [("better", "down"), ("same", "neutral"), ("worse", "up")])
async def test_pain_trend_has_its_icon(stage: Stage, answers: Answers, trend: str, icon: str) -> None:
    shown = await stage.show("back", answers.changed(pain={"days": 3, "trend": trend, "red_flags": []}))
    assert await shown.locator(".hints ha-icon").first.get_attribute("icon") == f"mdi:trending-{icon}"


async def test_retired_pairs_need_no_insoles(stage: Stage, answers: Answers) -> None:
    shoe = {**answers.document["shoes"]["road"], "insoles_due": True}
    shoes = {"worn": shoe, "old": {**shoe, "retired": "2026-01-01"}}
    shown = await stage.show("shoes", answers.changed(shoes=shoes))
    assert await shown.get_by_text("New insoles").count() == 1


# Rendering of changes only


CHANGES: dict[str, dict[str, Any]] = {
    "today": {"core_streak": 7},
    "routine": {"routine": {"state": "paused"}},
    "shoes": {"rested_shoe": "trail"},
    "runs": {"revision": 1000},
    "back": {"hints": ["ramp"]},
    "trends": {"runs": 1000},
}
# Each of these parts belongs to one card, except for those that tell cards with weeks or months to load these again.
SHARED = {("back", "runs"), ("trends", "runs"), ("runs", "trends"), ("today", "trends")}
ALONE = {card: [other for other in CARDS if other != card and (card, other) not in SHARED] for card in CARDS}


@pytest.mark.parametrize("card", CARDS)
async def test_a_change_is_drawn_by_the_card_that_shows_it(stage: Stage, answers: Answers, card: str) -> None:
    await stage.show(card, answers)
    before = await stage.page.evaluate("window.gymCard.renders")
    for other in ALONE[card]:
        await stage.tell(CHANGES[other])
    # Home Assistant passes its whole state on at each change of any entity.
    await stage.page.evaluate("for (let n = 0; n < 50; n += 1) window.gymCard.hass = {...window.gymHass, states: {}}")
    await stage.settled()
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
    # Some rows are drawn, not twenty thousand, which would take seconds; the milliseconds depend on the machine.
    assert almost_all < 250
