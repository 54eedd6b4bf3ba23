"""The open question of the triage on the runner's phones."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.signs import Answer, Question
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from tests.support.integration import coach, shoe_question
from tests.support.integration.check_in import MORNING
from tests.support.integration.coach import Move
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, state_of
from tests.support.integration.shoe_question import Phone

pytestmark = pytest.mark.usefixtures("clock")
move_to = coach.move_to
phone = shoe_question.phone

A_MINUTE = timedelta(minutes=1)
QUESTIONS = ["Any numbness", "Any change in passing", "A weak leg"]


async def reported(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, *, person: str | None = None, **options: Any
) -> MockConfigEntry:
    """Return the entry of a runner with a phone, and with a report of 8 just now by another way."""
    entry = shoe_question.runner(phone.entity.id)
    object.__setattr__(entry, "options", {"prompts": [], "quiet_start": "00:00:00", "quiet_end": "00:00:00"} | options)
    if person:
        object.__setattr__(entry, "data", {"name": "Alex", "person": person})
    hass.states.async_set(phone.entity.entity_id, "unknown")
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(8))
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


def messages(phone: Phone) -> list[str]:
    """Return the beginnings of the notifications so far."""
    starts = [*QUESTIONS, "Get medical care now", "clear_notification"]
    return [
        next((start for start in starts if sent["message"].startswith(start)), sent["message"])
        for sent in phone.received
    ]


async def test_question_comes_a_minute_after_the_report(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    await reported(hass, set_up, phone)
    await move_to(NOW + A_MINUTE - timedelta(seconds=1))
    assert phone.asked == []
    await move_to(NOW + A_MINUTE)
    assert messages(phone) == QUESTIONS[:1]
    assert phone.titles == ["Yes", "No", "I don't know"]


async def test_answers_on_the_phone_go_through_the_three_questions(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    entry = await reported(hass, set_up, phone)
    await move_to(NOW + A_MINUTE)
    for _ in range(3):
        [number] = [number for number, sent in enumerate(phone.asked) if sent is phone.asked[-1]]
        latest = [sent for sent in phone.asked[: number + 1] if "actions" in sent["data"]][-1]
        [no] = [button["action"] for button in latest["data"]["actions"] if button["title"] == "No"]
        await phone.touch(no)
    await move_to(NOW + timedelta(days=1))
    asked = [message for message in messages(phone) if message != "clear_notification"]
    assert asked[:3] == QUESTIONS
    assert len([message for message in asked if message in QUESTIONS]) == 3
    assert entry.runtime_data.runner.back.last_round.open_questions == ()


@pytest.mark.parametrize(
    ("country", "title", "said"),
    [("DE", "Call 112", "Get medical care now: call 112."), (None, None, "your local emergency number")],
)
async def test_emergency_is_answered_with_the_number_to_call(
    hass: HomeAssistant,
    set_up: SetUp,
    phone: Phone,
    move_to: Move,
    country: str | None,
    title: str | None,
    said: str,
) -> None:
    hass.config.country = country
    await reported(hass, set_up, phone)
    written = async_mock_service(hass, "notify", "send_message")
    await move_to(NOW + A_MINUTE)
    await phone.touch(phone.action("Yes"))
    assert state_of(hass, "sensor", "back_state") == "emergency"
    if title:
        [call] = [sent for sent in phone.asked if said in sent["message"]]
        assert call["data"]["actions"] == [{"action": "URI", "title": title, "uri": "tel:112"}]
    else:
        assert [said in call.data["message"] for call in written] == [True]


async def test_phone_with_more_buttons_names_the_signs_of_the_third_question(
    hass: HomeAssistant, set_up: SetUp, move_to: Move
) -> None:
    phone = Phone(hass, os_name="iOS")
    entry = await reported(hass, set_up, phone)
    for _ in range(2):
        await entry.runtime_data.coordinator.async_apply(verbs.answer_question(Answer.NO))
    await move_to(NOW + A_MINUTE)
    assert phone.titles == [
        *("A weak leg", "Fever", "Fall or crash, last 3 days", "Fall or crash before that", "No", "I don't know")
    ]
    await phone.touch(phone.action("Fall or crash before that"))
    assert state_of(hass, "sensor", "back_state") == "doctor"


async def test_answer_elsewhere_clears_the_notification(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    entry = await reported(hass, set_up, phone)
    await move_to(NOW + A_MINUTE)
    await entry.runtime_data.coordinator.async_apply(verbs.answer_question(Answer.NO))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert messages(phone) == [QUESTIONS[0], "clear_notification"]
    assert phone.received[1]["data"]["tag"] == phone.asked[0]["data"]["tag"]
    await move_to(NOW + 2 * A_MINUTE)
    assert messages(phone)[2:] == [QUESTIONS[1]]


async def test_unanswered_question_comes_again_next_morning(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    await reported(hass, set_up, phone, check_in="never")
    await move_to(NOW + A_MINUTE)
    await move_to(MORNING - timedelta(seconds=1))
    assert len(phone.asked) == 1
    await move_to(MORNING)
    assert messages(phone) == QUESTIONS[:1] * 2


async def test_question_waits_for_the_end_of_quiet_hours(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    """Quiet hours end at 7:00 in Berlin."""
    await reported(hass, set_up, phone, quiet_start="12:00:00", quiet_end="07:00:00")
    await move_to(MORNING - timedelta(hours=1, seconds=1))
    assert phone.asked == []
    await move_to(MORNING - timedelta(hours=1))
    assert messages(phone) == QUESTIONS[:1]


async def test_question_waits_until_the_runner_is_home(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    hass.states.async_set("person.alex", "not_home", {"device_trackers": ["device_tracker.phone"]})
    await reported(hass, set_up, phone, person="person.alex")
    await move_to(NOW + 10 * A_MINUTE)
    assert phone.asked == []
    hass.states.async_set("person.alex", "home", {"device_trackers": ["device_tracker.phone"]})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert messages(phone) == QUESTIONS[:1]


async def test_reload_does_not_repeat_the_question(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    entry = await reported(hass, set_up, phone)
    await move_to(NOW + A_MINUTE)
    await hass.config_entries.async_reload(entry.entry_id)
    await move_to(NOW + 3 * A_MINUTE)
    assert messages(phone) == QUESTIONS[:1]
    await entry.runtime_data.coordinator.async_apply(verbs.answer_question(Answer.NO))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert messages(phone) == [QUESTIONS[0], "clear_notification"]


async def test_severe_check_in_by_phone_asks_at_once(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    entry = await reported(hass, set_up, phone)
    await entry.runtime_data.coordinator.async_apply(verbs.withdraw_report())
    await entry.runtime_data.coordinator.async_apply(verbs.report_pain(7, red_flags=()))
    for _ in range(3):
        await entry.runtime_data.coordinator.async_apply(verbs.answer_question(Answer.NO))
    await move_to(MORNING)
    await phone.touch(phone.action("Another number"), reply_text="worse")
    assert messages(phone)[-1] == QUESTIONS[0]
    await move_to(MORNING + 2 * A_MINUTE)
    assert len([message for message in messages(phone) if message == QUESTIONS[0]]) == 1


@pytest.mark.parametrize("action", ["numbness/perhaps", "weather/yes", "numbness", ""])
async def test_unknown_button_changes_nothing(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, action: str
) -> None:
    entry = await reported(hass, set_up, phone)
    await move_to(NOW + A_MINUTE)
    await phone.touch(f"home_gym_triage/{ENTRY_ID}/{action}")
    assert entry.runtime_data.runner.back.last_round.answers == {}


async def test_late_no_is_logged_and_lifts_nothing(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, caplog: pytest.LogCaptureFixture
) -> None:
    entry = await reported(hass, set_up, phone)
    await move_to(NOW + A_MINUTE)
    no = phone.action("No")
    await entry.runtime_data.coordinator.async_apply(verbs.answer_question(Answer.YES, question=Question.NUMBNESS))
    await phone.touch(no)
    assert state_of(hass, "sensor", "back_state") == "emergency"
    assert "an answer came too late" in caplog.text


async def test_phone_that_fails_is_logged(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, caplog: pytest.LogCaptureFixture
) -> None:
    entry = await reported(hass, set_up, phone)
    phone.fault = HomeAssistantError("no connection")
    await move_to(NOW + A_MINUTE)
    await entry.runtime_data.coordinator.async_apply(verbs.answer_question(Answer.NO))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "could not be notified: no connection" in caplog.text
    assert "keeps a notification: no connection" in caplog.text
