"""Check-in on the back the morning after a long run: one prompt, one tap."""

from collections.abc import Callable
import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from tests.support.integration import coach, shoe_question
from tests.support.integration.check_in import BEFORE, MORNING, run_and_sleep
from tests.support.integration.coach import Lines, Move, speaker
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of
from tests.support.integration.shoe_question import Phone

pytestmark = pytest.mark.usefixtures("clock")
lines = coach.lines
move_to = coach.move_to
prompts = coach.prompts
phone = shoe_question.phone


def by_phone(hass: HomeAssistant, phone: Phone) -> MockConfigEntry:
    """Return the entry of a runner with prompts by phone."""
    entry = shoe_question.runner(phone.entity.id)
    object.__setattr__(entry, "options", {"prompts": [], "check_in": "always"})
    hass.states.async_set(phone.entity.entity_id, "unknown")
    return entry


async def check_in(hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move) -> MockConfigEntry:
    """Return the entry of a runner with a check-in on the phone."""
    entry = by_phone(hass, phone)
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.choose_shoe("01NEWSHOE"))
    await run_and_sleep(hass, entry, move_to)
    return entry


def scores_of(entry: MockConfigEntry) -> list[float]:
    """Return the reported scores."""
    return [report.score for report in entry.runtime_data.runner.journal.pains.values()]


def check_in_state(entry: MockConfigEntry) -> str:
    """Return the state of the one check-in."""
    [fact] = [fact for fact in entry.runtime_data.runner.journal.prompts.values() if fact.topic == "check_in"]
    return str(fact.state)


async def test_check_in_is_spoken_in_the_morning(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = coach.runner(speaker(), prompts=[])
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(3))
    # A report from before the run's end is no answer.
    await coordinator.async_apply(verbs.undo_last())
    await coordinator.async_apply(verbs.report_pain(3, at=NOW - timedelta(days=9)))
    await run_and_sleep(hass, entry, move_to)
    [said] = lines.heard
    assert "back" in said
    assert "10" in said
    assert prompts() == [("due", "check_in"), ("spoken", "check_in", "Gym speaker 1")]

    await hass.services.async_call(DOMAIN, "log_pain", {"config_entry_id": ENTRY_ID, "score": 2}, blocking=True)
    await hass.async_block_till_done()
    assert prompts()[-1] == ("done", "check_in")
    assert coordinator.runner.replies.asked_lately(MORNING) == []


async def test_first_long_run_brings_check_in_without_earlier_pain(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move
) -> None:
    entry = coach.runner(speaker(), prompts=[])
    coordinator = await set_up(entry)
    await run_and_sleep(hass, entry, move_to)
    await move_to(MORNING + timedelta(hours=5))
    assert len(lines.heard) == 1
    # Silence is no zero.
    assert coordinator.runner.journal.pains == {}


async def test_check_in_after_severe_pain_mentions_no_run(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move
) -> None:
    coordinator = await set_up(coach.runner(speaker(), prompts=[]))
    await coordinator.async_apply(verbs.report_pain(7))
    for day in range(3):
        await move_to(MORNING + timedelta(days=day))
        await move_to(MORNING + timedelta(days=day, hours=6))
    assert len(lines.heard) == 3
    assert not [said for said in lines.heard if "run" in said]


ANDROID = ["No pain", "2 out of 10", "Another number"]
SIX = ["No pain", "2 out of 10", "4 out of 10", "6 out of 10", "8 out of 10", "Worse"]
SCORES = [0, 2, 4, 6, 8, 10]
IPHONE = {"os_name": "iOS", "manufacturer": "Apple"}


@pytest.mark.parametrize(
    ("app", "titles"),
    [
        ({}, ANDROID),
        ({"os_name": "Android", "manufacturer": "Google"}, ANDROID),
        (IPHONE, SIX),
        ({"os_name": "iPadOS"}, SIX),
        ({"manufacturer": "Apple"}, SIX),
        ({"os_name": "Linux", "manufacturer": "Apple"}, ANDROID),
    ],
)
async def test_phone_shows_as_many_scores_as_it_can(
    hass: HomeAssistant, set_up: SetUp, move_to: Move, app: dict[str, str], titles: list[str]
) -> None:
    phone = Phone(hass, **app)
    entry = await check_in(hass, set_up, phone, move_to)
    assert phone.titles == titles
    behaviors = [button.get("behavior") for button in phone.asked[-1]["data"]["actions"]]
    assert behaviors == ([None, None, "textInput"] if titles is ANDROID else [None] * 6)
    assert entry.runtime_data.runner.journal.pains == {}


@pytest.mark.parametrize(("title", "score"), zip(SIX, SCORES, strict=True))
async def test_one_tap_is_the_answer(
    hass: HomeAssistant, set_up: SetUp, move_to: Move, title: str, score: float
) -> None:
    phone = Phone(hass, **IPHONE)
    entry = await check_in(hass, set_up, phone, move_to)
    await phone.touch(phone.action(title))
    assert scores_of(entry) == [score]
    assert check_in_state(entry) == "done"


@pytest.mark.parametrize(("button", "score"), [("pain_little", 3), ("pain_much", 6)])
async def test_button_of_an_earlier_version_still_answers(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, button: str, score: float
) -> None:
    entry = await check_in(hass, set_up, phone, move_to)
    await phone.touch(f"home_gym_prompt/{ENTRY_ID}/check_in/{button}")
    assert scores_of(entry) == [score]


@pytest.mark.parametrize(
    ("text", "score"), [("3", 3), ("7/10", 7), ("worse", 10), ("My back hurts, three out of ten", 3)]
)
async def test_typed_reply_is_the_answer(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, text: str, score: float
) -> None:
    entry = await check_in(hass, set_up, phone, move_to)
    await phone.touch(phone.action("Another number"), reply_text=text)
    assert scores_of(entry) == [score]
    assert check_in_state(entry) == "done"


@pytest.mark.parametrize("text", ["11", "-2", "", "blue", "how far is the moon?"])
async def test_typed_reply_that_is_no_score_is_answered_and_loses_nothing(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, text: str
) -> None:
    entry = await check_in(hass, set_up, phone, move_to)
    await phone.touch(phone.action("Another number"), reply_text=text)
    assert scores_of(entry) == []
    assert check_in_state(entry) == "spoken"
    question, answer = phone.asked
    assert "number from 0" in answer["message"]
    assert answer["data"] == question["data"]
    await phone.touch(phone.action("Another number"), reply_text="4")
    assert scores_of(entry) == [4]


async def test_app_without_a_text_field_is_answered(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    entry = await check_in(hass, set_up, phone, move_to)
    await phone.touch(phone.action("Another number"))
    assert "number from 0" in phone.asked[-1]["message"]
    assert check_in_state(entry) == "spoken"


async def test_typed_reply_that_comes_too_late_is_answered(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    entry = await check_in(hass, set_up, phone, move_to)
    action = phone.action("Another number")
    written = async_mock_service(hass, "notify", "send_message")
    await phone.touch(action, reply_text="1")
    await phone.touch(action, reply_text="2")
    await phone.touch(action)
    assert scores_of(entry) == [1]
    assert ["no open question" in call.data["message"] for call in written] == [True, False]


async def test_text_beside_another_button_changes_nothing(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    entry = await check_in(hass, set_up, phone, move_to)
    await phone.touch(phone.action("2 out of 10"), reply_text="9")
    assert scores_of(entry) == [2]


async def test_tap_opens_the_scale(hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move) -> None:
    await check_in(hass, set_up, phone, move_to)
    data = phone.asked[-1]["data"]
    assert data["url"] == data["clickAction"] == f"/?more-info-entity-id={entity_id_of(hass, 'number', 'back_pain')}"


async def test_second_tap_reports_nothing(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, caplog: pytest.LogCaptureFixture
) -> None:
    entry = await check_in(hass, set_up, phone, move_to)
    none, little = phone.action("No pain"), phone.action("2 out of 10")
    await phone.touch(little)
    await phone.touch(none)
    await phone.touch(little)
    assert scores_of(entry) == [2]
    assert caplog.text.count("an answer came too late") == 2


async def test_a_red_flag_silences_it(hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move) -> None:
    entry = coach.runner(speaker(), prompts=[], check_in="always")
    await set_up(entry)
    flagged = {"config_entry_id": ENTRY_ID, "score": 2, "red_flags": ["fever"], "time": NOW - timedelta(days=1)}
    await hass.services.async_call(DOMAIN, "log_pain", flagged, blocking=True)
    await run_and_sleep(hass, entry, move_to)
    await move_to(MORNING + timedelta(hours=5))
    assert lines.heard == []


async def test_a_warm_up_comes_with_a_cue(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    """160 steps a minute are less than 170, so the cue is that of the cadence, in the next line's variant."""
    entry = coach.runner(speaker())
    coordinator = await set_up(entry)
    await coordinator.async_deliver([dataclasses.replace(BEFORE, cadence=160)], live=False)
    await hass.services.async_call(DOMAIN, "prompt", {"config_entry_id": ENTRY_ID, "habit": "warm_up"}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    [said] = lines.heard
    assert "Today, take short, quick steps." in said


async def test_no_cue_with_cues_switched_off(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    await set_up(coach.runner(speaker(), form_cue=False))
    await hass.services.async_call(DOMAIN, "prompt", {"config_entry_id": ENTRY_ID, "habit": "warm_up"}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    [said] = lines.heard
    assert "Today" not in said


@pytest.mark.parametrize("answer", ["done", "start"])
async def test_button_without_score_is_rejected(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, answer: str
) -> None:
    entry = by_phone(hass, phone)
    coordinator = await set_up(entry)
    await run_and_sleep(hass, entry, move_to)
    said = {"config_entry_id": ENTRY_ID, "answer": answer}
    with pytest.raises(ServiceValidationError, match="only a score"):
        await hass.services.async_call(DOMAIN, "answer_prompt", said, blocking=True)
    assert [prompt.topic for prompt in coordinator.runner.replies.unanswered(MORNING)] == ["check_in"]

    await hass.services.async_call(DOMAIN, "answer_prompt", said | {"answer": "not_today"}, blocking=True)
    assert coordinator.runner.replies.unanswered(MORNING) == []
