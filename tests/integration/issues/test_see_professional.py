"""The back in Home Assistant: reports, advice, acknowledgement, and the page for a professional."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus
from random import Random
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser, async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import voluptuous as vol

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.diagnostics import async_get_config_entry_diagnostics
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of, state_of

pytestmark = pytest.mark.usefixtures("clock")

ADVICE, URGENT = f"see_professional_severe_{ENTRY_ID}", f"urgent_advice_{ENTRY_ID}"

ANSWERING = {"log_pain", "answer_triage", "clear_back", "withdraw_pain_report"}

type Act = Callable[..., Awaitable[Any]]


@pytest.fixture
async def act(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> Act:
    """Return the function to perform an action for the runner."""
    await set_up(entry)

    async def act(action: str, **data: Any) -> Any:
        returns = action.startswith("get_") or action in ANSWERING
        answer = await hass.services.async_call(
            DOMAIN, action, {"config_entry_id": ENTRY_ID, **data}, blocking=True, return_response=returns
        )
        await hass.async_block_till_done()
        return answer

    return act


def issues(hass: HomeAssistant) -> set[str]:
    """Return the ids of the advice issues."""
    return {key for domain, key in ir.async_get(hass).issues if domain == DOMAIN}


async def test_a_score_is_shown(hass: HomeAssistant, act: Act) -> None:
    await act("log_pain", score=4, area="lower_back", side="left", when="after_run", note="since the hill")
    assert state_of(hass, "sensor", "back_pain") == "4.0"
    assert state_of(hass, "number", "back_pain") == "4.0"
    assert state_of(hass, "binary_sensor", "see_professional") == "off"
    assert issues(hass) == set()


async def test_place_of_pain_is_in_no_state_and_no_diagnostics(
    hass: HomeAssistant, act: Act, entry: MockConfigEntry
) -> None:
    await act("log_pain", score=8, area="buttock", side="left", note="since the hill", red_flags=["fever"])
    shown = [f"{state.state} {state.attributes}" for state in hass.states.async_all()]
    document = str(await async_get_config_entry_diagnostics(hass, entry))
    for secret in ("buttock", "since the hill", "fever"):
        assert not [text for text in (*shown, document) if secret in text]


async def test_a_number_is_a_report(hass: HomeAssistant, act: Act) -> None:
    number = entity_id_of(hass, "number", "back_pain")
    await hass.services.async_call("number", "set_value", {"entity_id": number, "value": 3}, blocking=True)
    assert state_of(hass, "sensor", "back_pain") == "3.0"
    await hass.services.async_call(
        "button", "press", {"entity_id": entity_id_of(hass, "button", "undo_last")}, blocking=True
    )
    assert state_of(hass, "number", "back_pain") == "unknown"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"score": 11}, vol.Invalid),
        ({"score": -1}, vol.Invalid),
        ({"score": "much"}, vol.Invalid),
        ({"score": 3, "area": "elbow"}, vol.Invalid),
        ({"score": 3, "red_flags": ["tired"]}, vol.Invalid),
        ({"score": 3, "note": "x" * 501}, vol.Invalid),
        ({"score": 3, "time": NOW + timedelta(minutes=1)}, ServiceValidationError),
    ],
)
async def test_invalid_reports_are_rejected(
    hass: HomeAssistant, act: Act, data: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await act("log_pain", **data)
    assert state_of(hass, "sensor", "back_pain") == "unknown"


async def test_advice_comes_and_goes(hass: HomeAssistant, act: Act, clock: FrozenDateTimeFactory) -> None:
    """Severe pain triggers it, two weeks without pain end it."""
    await act("log_pain", score=7)
    state = hass.states.get(entity_id_of(hass, "binary_sensor", "see_professional"))
    assert state is not None
    assert (state.state, state.attributes["reason"]) == ("on", "severe")
    issue = ir.async_get(hass).issues[DOMAIN, ADVICE]
    assert (issue.is_fixable, issue.severity) == (True, ir.IssueSeverity.WARNING)

    # Silence is no health; answers and six days without pain are.
    clock.move_to(NOW + timedelta(days=20))
    async_fire_time_changed(hass, NOW + timedelta(days=20))
    await hass.async_block_till_done()
    assert state_of(hass, "binary_sensor", "see_professional") == "on"
    for _ in range(3):
        await act("answer_triage", answer="no")
    for day in (21, 24, 27, 30, 33, 34):
        clock.move_to(NOW + timedelta(days=day))
        await act("log_pain", score=0)
    assert state_of(hass, "binary_sensor", "see_professional") == "off"
    assert issues(hass) == set()


async def test_emergency_lasts_until_clearance(hass: HomeAssistant, act: Act) -> None:
    await act("log_pain", score=8)
    answer = await act("log_pain", score=1, red_flags=["leg_weakness"])
    assert (answer["state"], answer["reasons"], answer["question"]) == ("emergency", ["leg_weakness"], None)
    assert issues(hass) == {URGENT}
    assert ir.async_get(hass).issues[DOMAIN, URGENT].severity is ir.IssueSeverity.CRITICAL
    assert state_of(hass, "sensor", "next_habit") == "none"
    with pytest.raises(ServiceValidationError) as refused:
        await act("start_routine", habit="core")
    assert refused.value.translation_key == "red_flag"

    # Having read the notice hides it, and brings nothing back.
    await act("acknowledge_advice")
    assert issues(hass) == set()
    assert state_of(hass, "binary_sensor", "see_professional") == "on"
    assert state_of(hass, "sensor", "next_habit") == "none"

    # After the clearance training returns in steps.
    assert (await act("clear_back"))["step"] == 1
    assert state_of(hass, "binary_sensor", "see_professional") == "off"
    assert state_of(hass, "sensor", "next_habit") == "stretch"
    with pytest.raises(ServiceValidationError) as refused:
        await act("start_routine", habit="core")
    assert refused.value.translation_key == "not_coached"
    await act("start_routine", habit="stretch")


async def test_questions_are_answered_by_actions(hass: HomeAssistant, act: Act) -> None:
    hass.config.country = "DE"
    answers = [await act("log_pain", score=5), await act("answer_triage", answer="no")]
    assert [answer["question"] for answer in answers] == ["numbness", "bladder_or_bowel"]
    answer = await act("answer_triage", answer="yes")
    assert (answer["state"], answer["emergency_number"]) == ("emergency", "112")
    with pytest.raises(ServiceValidationError) as refused:
        await press_undo(hass)
    assert refused.value.translation_key == "state_kept"
    # It was misheard.
    assert (await act("answer_triage", answer="no", question="bladder_or_bowel"))["state"] == "doctor"
    assert (await act("withdraw_pain_report"))["state"] == "none"
    for action in ("answer_triage", "withdraw_pain_report"):
        with pytest.raises(ServiceValidationError):
            await act(action, **({"answer": "no"} if action == "answer_triage" else {}))


async def press_undo(hass: HomeAssistant) -> None:
    """Press the button to undo the last log."""
    await hass.services.async_call(
        "button", "press", {"entity_id": entity_id_of(hass, "button", "undo_last")}, blocking=True
    )


async def test_pain_pauses_routine_and_emergency_ends_it(hass: HomeAssistant, act: Act) -> None:
    await act("start_routine", habit="core")
    assert state_of(hass, "sensor", "routine") == "running"
    await act("log_pain", score=3)
    assert state_of(hass, "sensor", "routine") == "paused"
    await act("resume_routine")
    assert state_of(hass, "sensor", "routine") == "running"
    await act("log_pain", score=7)
    assert state_of(hass, "sensor", "routine") == "paused"
    with pytest.raises(ServiceValidationError) as refused:
        await act("resume_routine")
    assert refused.value.translation_key == "not_coached"
    await act("log_pain", score=3, red_flags=["numbness"])
    assert state_of(hass, "sensor", "routine") == "idle"


@pytest.mark.parametrize(("score", "red_flags", "issue"), [(9, [], ADVICE), (3, ["fever"], URGENT)])
async def test_repair_is_read_and_changes_nothing_else(
    hass: HomeAssistant, act: Act, hass_client: ClientSessionGenerator, score: int, red_flags: list[str], issue: str
) -> None:
    assert await async_setup_component(hass, "repairs", {})
    client = await hass_client()
    await act("log_pain", score=score, red_flags=red_flags)

    opened = await client.post("/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue})
    menu = await opened.json()
    assert (menu["type"], menu["menu_options"]) == ("menu", ["confirm", "cleared"])
    chosen = await client.post(f"/api/repairs/issues/fix/{menu['flow_id']}", json={"next_step_id": "confirm"})
    screen = await chosen.json()
    assert (screen["step_id"], screen["description_placeholders"]) == ("confirm", {"runner": "Alex"})
    assert issues(hass) == {issue}
    await client.post(f"/api/repairs/issues/fix/{screen['flow_id']}", json={})
    await hass.async_block_till_done()

    assert issues(hass) == set()
    assert state_of(hass, "binary_sensor", "see_professional") == "on"


async def test_repair_records_clearance(hass: HomeAssistant, act: Act, hass_client: ClientSessionGenerator) -> None:
    assert await async_setup_component(hass, "repairs", {})
    client = await hass_client()
    await act("log_pain", score=3, red_flags=["fever"])

    async def submit(flow: str = "", **request: Any) -> Any:
        return await (await client.post(f"/api/repairs/issues/fix{flow}", json=request)).json()

    menu = await submit(handler=DOMAIN, issue_id=URGENT)
    flow = f"/{menu['flow_id']}"
    assert (await submit(flow, next_step_id="cleared"))["step_id"] == "cleared"
    refused = await submit(flow, day="2026-05-05", may_run=False)
    assert refused["errors"] == {"day": "in_the_future"}
    assert (await submit(flow, day="2026-05-04", may_run=True))["type"] == "create_entry"
    await hass.async_block_till_done()
    assert issues(hass) == set()
    assert state_of(hass, "binary_sensor", "see_professional") == "off"


async def test_a_red_flag_while_another_is_ignored(hass: HomeAssistant, act: Act, entry: MockConfigEntry) -> None:
    """An ignored issue stays ignored, also after a restart, until there is another red flag."""
    registry = ir.async_get(hass)

    def is_ignored() -> bool:
        return registry.issues[DOMAIN, URGENT].dismissed_version is not None

    await act("log_pain", score=3, red_flags=["fever"])
    ir.async_ignore_issue(hass, DOMAIN, URGENT, True)
    await act("log_pain", score=9)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert is_ignored()
    await act("log_pain", score=3, red_flags=["bladder_or_bowel"])
    assert issues(hass) == {URGENT}
    assert not is_ignored()


async def test_another_reason_while_one_is_ignored(hass: HomeAssistant, act: Act) -> None:
    """Persistent pain is ignored; severe pain is a reason of its own."""
    for ago in (0, 1, 2, 7, 8, 9):
        await act("log_pain", score=4, time=NOW - timedelta(days=ago + 1))
    persistent = f"see_professional_persistent_{ENTRY_ID}"
    assert issues(hass) == {persistent}
    ir.async_ignore_issue(hass, DOMAIN, persistent, True)
    await act("log_pain", score=8)
    assert issues(hass) == {ADVICE}
    assert ir.async_get(hass).issues[DOMAIN, ADVICE].dismissed_version is None


async def test_persistent_pain_is_only_read(hass: HomeAssistant, act: Act, hass_client: ClientSessionGenerator) -> None:
    assert await async_setup_component(hass, "repairs", {})
    client = await hass_client()
    for ago in (0, 1, 2, 7, 8, 9):
        await act("log_pain", score=4, time=NOW - timedelta(days=ago + 1))
    request = {"handler": DOMAIN, "issue_id": f"see_professional_persistent_{ENTRY_ID}"}
    screen = await (await client.post("/api/repairs/issues/fix", json=request)).json()
    assert (screen["type"], screen["step_id"]) == ("form", "confirm")


async def test_a_red_flag_while_the_repair_is_open(
    hass: HomeAssistant, act: Act, hass_client: ClientSessionGenerator
) -> None:
    """Submitting the screen is about its own advice only, not a newer one."""
    assert await async_setup_component(hass, "repairs", {})
    client = await hass_client()

    async def submit(flow: str = "", **request: str) -> Any:
        response = await client.post(f"/api/repairs/issues/fix{flow}", json=request)
        await hass.async_block_till_done()
        return await response.json()

    await act("log_pain", score=9)
    severe = await submit(handler=DOMAIN, issue_id=ADVICE)
    await submit(f"/{severe['flow_id']}", next_step_id="confirm")
    await act("log_pain", score=3, red_flags=["fever"])
    assert (await submit(f"/{severe['flow_id']}"))["type"] == "create_entry"
    assert issues(hass) == {URGENT}

    urgent = await submit(handler=DOMAIN, issue_id=URGENT)
    await submit(f"/{urgent['flow_id']}", next_step_id="confirm")
    await act("log_pain", score=3, red_flags=["numbness"])
    assert (await submit(f"/{urgent['flow_id']}"))["type"] == "form"
    assert issues(hass) == {URGENT}
    assert (await submit(f"/{urgent['flow_id']}"))["type"] == "create_entry"
    assert issues(hass) == set()


async def test_a_repair_while_the_runner_is_not_there(
    hass: HomeAssistant, act: Act, hass_client: ClientSessionGenerator, entry: MockConfigEntry
) -> None:
    assert await async_setup_component(hass, "repairs", {})
    client = await hass_client()
    await act("log_pain", score=9)
    await hass.config_entries.async_unload(entry.entry_id)
    opened = await client.post("/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": ADVICE})
    assert (await opened.json())["reason"] == "not_loaded"


async def test_advice_goes_with_the_runner(hass: HomeAssistant, act: Act, entry: MockConfigEntry) -> None:
    await act("log_pain", score=9)
    await hass.config_entries.async_remove(entry.entry_id)
    assert issues(hass) == set()


async def test_report_has_eight_weeks(hass: HomeAssistant, act: Act) -> None:
    """Eight weeks, metres and seconds, and an address that opens the page."""
    await act("log_run", start=NOW - timedelta(hours=2), duration={"minutes": 30}, distance=5, unit_of_measurement="km")
    await act("log_session", habit="core")
    await act("log_pain", score=7, area="lower_back", note="<b>since</b> the hill")
    report = await act("get_back_report")
    assert len(report["weeks"]) == 8
    week = report["weeks"][-1]
    assert (week["first"], week["distance"], week["runs"], week["pain_worst"]) == ("2026-05-04", 5000, 1, 7)
    assert week["days_of_habit"]["core"] == 1
    assert [(each["score"], each["area"]) for each in report["reports"]] == [(7, "lower_back")]
    assert report["pain"]["advice"] == "severe"
    assert week["change"] is None
    assert report["shoes"] == [
        {
            "name": "New trainers",
            "distance": 5000,
            "share": pytest.approx(100 * 5 / 805),
            "last_used": (NOW - timedelta(hours=2)).isoformat(),
            "retired": None,
        }
    ]
    assert "weeks=8" in report["page"]
    assert [len((await act("get_back_report", weeks=weeks))["weeks"]) for weeks in ("26", 52)] == [26, 52]
    assert report["patterns"] == {"weeks": 0, "reports": 1, "is_enough": False, "found": []}


@pytest.fixture
async def page(hass: HomeAssistant, act: Act, hass_client_no_auth: ClientSessionGenerator) -> Callable[[], Any]:
    """Return the function to open the page at the report's address."""
    client = await hass_client_no_auth()

    async def page() -> str:
        response = await client.get((await act("get_back_report"))["page"])
        assert response.status == HTTPStatus.OK
        assert response.headers["Cache-Control"] == "no-store"
        return await response.text()

    return page


async def test_page_escapes_user_input(act: Act, page: Callable[[], Awaitable[str]]) -> None:
    """User input is escaped, and nothing is loaded from elsewhere."""
    await act("log_run", start=NOW - timedelta(hours=2), duration={"minutes": 30}, distance=5, unit_of_measurement="km")
    for number in range(20):
        when = {"area": "hip", "side": "both", "when": "at_rest", "note": "<img onerror=x>"} if number == 19 else {}
        await act("log_pain", score=7, time=NOW - timedelta(days=19 - number), **when)
    text = await page()
    assert "Back report: Alex" in text
    assert "Pain of 7 out of 10 or more was reported." in text
    assert "May 4, 2026: 7/10, hip, both sides, at rest, &lt;img onerror=x&gt;" in text
    assert "and 12 more" in text
    assert "5.0\N{NO-BREAK SPACE}km" in text
    assert "Daily trainers" not in text
    assert "New trainers: 5.0" in text
    assert "there are 2 with 20" in text
    for elsewhere in ("http:", "https:", "src=", "<link", "<img"):
        assert elsewhere not in text


async def test_page_shows_half_points(act: Act, page: Callable[[], Awaitable[str]]) -> None:
    await act("log_pain", score=6.5)
    text = await page()
    assert "May 4, 2026: 6.5/10" in text
    # The mean and the worst of the week.
    assert text.count("<td>6.5</td>") == 2


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("a" * 50, "at rest, " + "a" * 50 + "<"),
        ("a" * 51, "at rest, " + "a" * 49 + "\N{HORIZONTAL ELLIPSIS}<"),
        ("first\n\nsecond  third", "at rest, first second third<"),
    ],
)
async def test_long_note_is_cut_on_page(act: Act, page: Callable[[], Awaitable[str]], note: str, shown: str) -> None:
    await act("log_pain", score=3, when="at_rest", note=note)
    assert shown in await page()


async def test_the_page_of_a_red_flag(act: Act, page: Callable[[], Awaitable[str]]) -> None:
    """The warning comes alone."""
    await act("log_pain", score=3, red_flags=["fever"])
    text = await page()
    assert "a doctor should check today" in text
    assert "fever with back pain" in text


async def test_page_opens_for_signed_url_and_administrator_only(
    hass: HomeAssistant,
    act: Act,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_admin_user: MockUser,
) -> None:
    path = f"/api/home_gym/back_report/{ENTRY_ID}"
    stranger, admin = await hass_client_no_auth(), await hass_client()
    assert (await stranger.get(path)).status == HTTPStatus.UNAUTHORIZED
    assert (await admin.get(path)).status == HTTPStatus.OK
    assert (await admin.get("/api/home_gym/back_report/nobody")).status == HTTPStatus.NOT_FOUND
    await hass.config_entries.async_unload(entry.entry_id)
    assert (await admin.get(path)).status == HTTPStatus.NOT_FOUND
    hass_admin_user.groups = []
    assert (await admin.get(path)).status == HTTPStatus.UNAUTHORIZED


async def diary(act: Act, scores: Callable[[int], float]) -> None:
    """Report twelve weeks of scores, by their age in days."""
    for ago in range(84):
        await act("log_pain", score=scores(ago), time=NOW - timedelta(days=ago))


async def test_a_pattern_on_the_page(act: Act, page: Callable[[], Awaitable[str]]) -> None:
    """Days after core work hurt 2, others 6; the page claims no cause."""
    chance = Random(3)
    done = [chance.random() < 0.5 for _ in range(85)]
    for ago in (ago for ago, did in enumerate(done) if did):
        await act("log_session", habit="core", end=NOW - timedelta(days=ago))
    await diary(act, lambda ago: 2 if done[ago + 1] else 6)
    text = await page()
    assert "Core work: a day later, pain was 4.0 points lower (probably between 4.0 and 4.0) after more of it" in text
    assert "no cause, and no reason to stop a habit" in text


async def test_no_pattern_on_the_page(act: Act, page: Callable[[], Awaitable[str]]) -> None:
    await diary(act, lambda _ago: 2)
    assert "more than chance would explain" in await page()
